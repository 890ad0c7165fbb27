"""What any store of rooms must do; SQLite is the one there is."""

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from quiz import database, room_database
from quiz.errors import (
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreNewer,
    StoreReadOnly,
    UsageError,
)
from quiz.models import Confidence, Verdict
from quiz.room import Counted, Event, Joined, Move, Moved, Setup, Voted
from quiz.room_database import SqliteRooms, held
from quiz.room_store import Credential, RoomRecord, RoomStore, find
from quiz.votes import Hands, Participant, Vote

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
SETUP = Setup("kecil", ("satu", "dua"), "id", confidence=True, names=True, teams=2)
NEUTRAL, NOT_NEUTRAL = Vote(Verdict.NEUTRAL), Vote(Verdict.NOT_NEUTRAL, Confidence.SURE)

Opener = Callable[[Path], RoomStore]
# One line for each store there is: all of them keep rooms alike.
STORES: list[Opener] = [SqliteRooms]


@pytest.fixture(params=STORES, ids=lambda opener: opener.__name__)
def opener(request: pytest.FixtureRequest) -> Opener:
    opened: Opener = request.param
    return opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rooms.db"


@pytest.fixture
def store(opener: Opener, path: Path) -> Iterator[RoomStore]:
    with closing(opener(path)) as store:
        yield store


def record(code: str = "K7M2QX") -> RoomRecord:
    return RoomRecord(0, code, SETUP, "secret", NOON, "10.0.0.5", 8000)


def at(seconds: int) -> datetime:
    return NOON + timedelta(seconds=seconds)


def an_evening() -> list[Event]:
    ratna, budi = Participant(1, "Jahe 1", 1), Participant(2, "Pala 1", None)
    return [
        Joined(1, at(1), ratna),
        Moved(2, at(2), Move.START),
        Moved(3, at(3), Move.OPEN),
        Voted(4, at(4), "satu", 1, 1, NEUTRAL),
        Joined(5, at(5), budi),
        Counted(6, at(6), "satu", 1, Hands(3, 4)),
        Voted(7, at(7), "satu", 1, 2, NOT_NEUTRAL),
        Moved(8, at(8), Move.CLOSE, present=2),
        Moved(9, at(9), Move.REVEAL),
    ]


def test_what_was_written_is_read_again_in_order_also_by_the_next_program(
    opener: Opener, path: Path
) -> None:
    with closing(opener(path)) as store:
        room = store.create(record())
        futures = [store.write(room.id, event) for event in an_evening()]
        for future in futures:
            future.result(5)
        assert store.events(room.id) == an_evening()
    with closing(opener(path)) as store:
        assert store.events(room.id) == an_evening()
        assert store.rooms() == [room]


def test_what_still_waits_is_written_before_the_store_is_closed(opener: Opener, path: Path) -> None:
    with closing(opener(path)) as store:
        room = store.create(record())
        futures = [store.write(room.id, event) for event in an_evening()]
    assert all(future.done() for future in futures)
    with closing(opener(path)) as store:
        assert store.events(room.id) == an_evening()


def test_a_future_is_done_only_once_its_event_is_committed(store: RoomStore, path: Path) -> None:
    room = store.create(record())
    store.write(room.id, an_evening()[0]).result(5)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM participant").fetchall() == [("Jahe 1",)]


def test_of_a_changed_vote_the_last_is_kept_once(store: RoomStore) -> None:
    room = store.create(record())
    store.write(room.id, Joined(1, at(1), Participant(1, "Jahe 1"))).result(5)
    for seq, vote in enumerate((NEUTRAL, NOT_NEUTRAL, NEUTRAL), 2):
        store.write(room.id, Voted(seq, at(seq), "satu", 1, 1, vote)).result(5)
    store.write(room.id, Voted(5, at(5), "satu", 2, 1, NOT_NEUTRAL)).result(5)
    assert store.events(room.id)[1:] == [
        Voted(4, at(4), "satu", 1, 1, NEUTRAL),
        Voted(5, at(5), "satu", 2, 1, NOT_NEUTRAL),
    ]


def test_rooms_do_not_mix(store: RoomStore) -> None:
    one, other = store.create(record("AAA111")), store.create(record("BBB222"))
    store.write(one.id, Joined(1, at(1), Participant(1, "Jahe 1"))).result(5)
    store.write(other.id, Joined(1, at(1), Participant(1, "Pala 1"))).result(5)
    store.write(one.id, Voted(2, at(2), "satu", 1, 1, NEUTRAL)).result(5)
    assert [event.seq for event in store.events(one.id)] == [1, 2]
    assert [event.seq for event in store.events(other.id)] == [1]
    assert [room.code for room in store.rooms()] == ["BBB222", "AAA111"]


def test_an_event_number_is_given_once(store: RoomStore) -> None:
    room = store.create(record())
    store.write(room.id, Moved(1, at(1), Move.START)).result(5)
    with pytest.raises(StoreError):
        store.write(room.id, Moved(1, at(2), Move.OPEN)).result(5)
    assert store.events(room.id) == [Moved(1, at(1), Move.START)]


def test_a_room_goes_where_it_is_moved_to(store: RoomStore) -> None:
    room = store.create(record())
    store.move_to(room.id, "192.168.1.7", 8001)
    assert [(r.address, r.port) for r in store.rooms()] == [("192.168.1.7", 8001)]


def test_a_credential_is_kept_with_its_participant_and_never_as_it_is(
    store: RoomStore, path: Path
) -> None:
    room = store.create(record())
    token = Credential(1, "token:very-secret")
    store.write(room.id, Joined(1, at(1), Participant(1, "Jahe 1")), token).result(5)
    code = Credential(1, "code:ABCD2345")
    store.admit(room.id, code).result(5)
    assert store.credentials(room.id) == {token.hash: 1, code.hash: 1}
    store.close()
    kept = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"very-secret" not in kept
    assert b"ABCD2345" not in kept


def test_a_participant_who_could_not_be_written_brings_no_credential(store: RoomStore) -> None:
    room = store.create(record())
    joined = Joined(1, at(1), Participant(1, "Jahe 1"))
    store.write(room.id, joined, Credential(1, "token:a")).result(5)
    with pytest.raises(StoreError):
        store.write(room.id, joined, Credential(1, "token:b")).result(5)
    assert store.credentials(room.id) == {Credential(1, "token:a").hash: 1}


def test_thousands_of_votes_at_once_become_as_many_rows(store: RoomStore) -> None:
    room = store.create(record())
    people = range(1, 1201)
    for id in people:
        store.write(room.id, Joined(id, at(1), Participant(id, f"Jahe {id}")))
    votes = [store.write(room.id, Voted(2000 + p, at(2), "satu", 1, p, NEUTRAL)) for p in people]
    for future in votes:
        future.result(10)
    voted = [event for event in store.events(room.id) if isinstance(event, Voted)]
    assert sorted(event.participant for event in voted) == list(people)


# When the disk does not do as it should.


def test_a_vote_for_nobody_is_refused(store: RoomStore) -> None:
    room = store.create(record())
    with pytest.raises(StoreError):
        store.write(room.id, Voted(1, at(1), "satu", 1, 9, NEUTRAL)).result(5)
    assert store.events(room.id) == []


def test_a_disk_that_is_full_refuses_and_keeps_what_it_has(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = database.connect

    def cramped(*arguments: Any) -> sqlite3.Connection:
        connection = connect(*arguments)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 5}")
        return connection

    SqliteRooms(path).close()
    monkeypatch.setattr(database, "connect", cramped)
    with closing(SqliteRooms(path)) as store:
        room = store.create(record())
        large = [Joined(n, at(2), Participant(n, "x" * 2000)) for n in range(1, 100)]
        futures = [store.write(room.id, event) for event in large]
        written = len(list(takewhile(lambda done: done.exception(5) is None, futures)))
        with pytest.raises(StoreFull, match="full"):
            futures[written].result(5)
        assert store.events(room.id) == large[:written]
    monkeypatch.undo()
    with closing(SqliteRooms(path)) as store:
        store.write(room.id, Moved(500, at(3), Move.OPEN)).result(5)
        assert len(store.events(room.id)) == written + 1


def test_a_database_that_another_program_holds_refuses_and_works_again_later(path: Path) -> None:
    with closing(SqliteRooms(path, wait=0.05)) as store:
        room = store.create(record())
        store.write(room.id, Moved(1, at(1), Move.START)).result(5)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreLocked):
                store.write(room.id, Moved(2, at(2), Move.OPEN)).result(5)
        store.write(room.id, Moved(2, at(3), Move.OPEN)).result(5)
        assert store.events(room.id)[-1] == Moved(2, at(3), Move.OPEN)


def test_what_the_file_cannot_hold_is_refused_and_the_next_is_written(path: Path) -> None:
    with closing(SqliteRooms(path)) as store:
        room = store.create(record())
        with pytest.raises(OverflowError):
            store.write(room.id, Counted(1, at(1), "satu", 1, Hands(2**70, 0))).result(5)
        store.write(room.id, Moved(1, at(1), Move.START)).result(5)
        assert store.events(room.id) == [Moved(1, at(1), Move.START)]


def test_a_newer_database_is_not_touched(path: Path) -> None:
    SqliteRooms(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreNewer):
        SqliteRooms(path)


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE room SET created_at = '2026-11-2x'",
        "UPDATE room SET setup = '{\"bank\"'",
        "UPDATE room SET setup = '{\"dack\": []}'",
        "UPDATE room SET setup = '[]'",
        "UPDATE move SET move = 'stark' WHERE seq = 2",
        "UPDATE move SET at = 7 WHERE seq = 2",
        "UPDATE vote SET verdict = 'neutrol'",
        "UPDATE vote SET confidence = 'sore'",
    ],
)
def test_what_no_session_has_written_is_damage(path: Path, spoil: str) -> None:
    with closing(SqliteRooms(path)) as store:
        room = store.create(record())
        for event in an_evening():
            store.write(room.id, event).result(5)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(spoil)
    with closing(SqliteRooms(path)) as store, pytest.raises(StoreCorrupt, match="did not write"):
        store.events(store.rooms()[0].id)


def test_a_slow_disk_loses_nothing_and_commits_many_at_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits = []
    commit = room_database._commit
    everything_waits = threading.Event()

    def slow(connection: sqlite3.Connection, path: Path, batch: object) -> None:
        everything_waits.wait(30)
        time.sleep(0.03)
        commits.append(len(batch))  # type: ignore[arg-type]
        commit(connection, path, batch)  # type: ignore[arg-type]

    monkeypatch.setattr(room_database, "_commit", slow)
    with closing(SqliteRooms(path)) as store:
        room = store.create(record())
        futures = [
            store.write(room.id, Joined(n, at(n), Participant(n, f"Jahe {n}")))
            for n in range(1, 1001)
        ]
        everything_waits.set()
        for future in futures:
            future.result(10)
        assert len(store.events(room.id)) == 1000
    assert sum(commits) == 1000
    assert len(commits) <= 4


def test_writing_from_the_loop_never_waits_for_the_disk(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    commit = room_database._commit

    def waiting(*arguments: object) -> None:
        gate.wait(5)
        commit(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(room_database, "_commit", waiting)
    with closing(SqliteRooms(path)) as store:
        room = store.create(record())
        future = store.write(room.id, Moved(1, at(1), Move.START))
        assert not future.done()
        gate.set()
        future.result(5)


# Who leads a room, and how one is found.


def test_a_room_is_led_by_one_program(path: Path, python: Callable[..., str]) -> None:
    trying = """
        import sys
        from pathlib import Path
        from quiz.errors import StoreLocked
        from quiz.room_database import held
        try:
            with held(Path(sys.argv[1]), int(sys.argv[2])):
                print("mine")
        except StoreLocked as error:
            print(error.message)
        """
    with held(path, 7):
        assert python(trying, path, 7) == "Another Netral is leading this room."
        assert python(trying, path, 8) == "mine"
    assert python(trying, path, 7) == "mine"


def test_what_goes_wrong_while_a_room_is_led_is_not_laid_to_its_lock(path: Path) -> None:
    with pytest.raises(OSError, match="terminal"), held(path, 7):
        raise OSError(5, "the terminal is gone")


def test_a_room_is_found_by_number_and_by_code_however_it_is_typed(store: RoomStore) -> None:
    one, other = store.create(record("K7M2QX")), store.create(record("AAA111"))
    for name in ("K7M2QX", "k7m 2qx", "K7M-2QX", f" {one.id} "):
        assert find(store, name) == one
    mistakable = store.create(record("01V2QX"))
    assert find(store, "oiu-2qx") == mistakable
    assert find(store, str(other.id)) == other


def test_of_two_rooms_with_one_code_the_newer_is_meant(store: RoomStore) -> None:
    store.create(record())
    newer = store.create(record())
    assert find(store, "K7M2QX") == newer


def test_an_unknown_room_is_said_to_be_unknown(store: RoomStore) -> None:
    with pytest.raises(UsageError, match="no room “ZZZ999”"):
        find(store, "ZZZ999")


def test_a_setup_from_the_file_is_the_one_that_was_given(store: RoomStore, path: Path) -> None:
    store.create(record())
    with closing(sqlite3.connect(path)) as other:
        (kept,) = other.execute("SELECT setup FROM room").fetchone()
    assert json.loads(kept)["deck"] == ["satu", "dua"]
    assert store.rooms()[0].setup == SETUP


def test_a_database_that_may_only_be_read_refuses_a_vote_and_keeps_what_it_has(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(SqliteRooms(path)) as store:
        room = store.create(record())
        store.write(room.id, Joined(1, at(1), Participant(1, "Jahe 1"))).result(5)
    connect = database.connect

    def read_only(*arguments: Any) -> sqlite3.Connection:
        connection = connect(*arguments)
        connection.execute("PRAGMA query_only = ON")
        return connection

    monkeypatch.setattr(database, "connect", read_only)
    with closing(SqliteRooms(path)) as store:
        with pytest.raises(StoreReadOnly):
            store.write(room.id, Voted(2, at(2), "satu", 1, 1, NEUTRAL)).result(5)
        assert len(store.events(room.id)) == 1
