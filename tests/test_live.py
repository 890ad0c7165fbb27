import asyncio
import gc
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from quiz import room_database
from quiz.errors import IllegalMove, StoreError, StoreLocked
from quiz.live import LiveRoom, Ticket
from quiz.models import Bank, Confidence, Verdict
from quiz.room import Move, Phase, Room, Setup, Voted
from quiz.room_database import SqliteRooms
from quiz.room_store import RoomRecord
from quiz.votes import Hands, Vote

from . import banks

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
NEUTRAL, NOT_NEUTRAL = Vote(Verdict.NEUTRAL), Vote(Verdict.NOT_NEUTRAL)
SURE = Vote(Verdict.NEUTRAL, Confidence.SURE)


@pytest.fixture
def bank() -> Bank:
    questions = [banks.question("satu"), banks.question("dua", neutral=False)]
    return banks.bank(banks.scenario("kasus", questions))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteRooms]:
    with closing(SqliteRooms(tmp_path / "rooms.db", wait=0.05)) as store:
        yield store


def setup(**others: Any) -> Setup:
    return Setup("bank", ("satu", "dua"), "id", **others)


def begin(store: SqliteRooms, bank: Bank, setup: Setup = setup()) -> LiveRoom:  # noqa: B008
    record = store.create(RoomRecord(0, "K7M2QX", setup, "secret", NOON, "10.0.0.5", 8000))
    return LiveRoom(record, store, bank, lambda: NOON)


def again(store: SqliteRooms, bank: Bank) -> LiveRoom:
    """The room as another program would take it up now."""
    return LiveRoom(store.rooms()[0], store, bank, lambda: NOON)


def dump(room: Room) -> dict[str, Any]:
    return vars(room)


async def in_voting(live: LiveRoom, people: int = 1) -> list[Ticket]:
    tickets = [await live.join() for _turn in range(people)]
    await live.move(Move.START)
    await live.move(Move.OPEN)
    return tickets


@pytest.fixture
def held_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Commits wait until `set` is called; `fail` makes the next one fail."""
    gate = threading.Event()
    commit = room_database._commit

    def waiting(*arguments: Any) -> None:
        gate.wait(5)
        commit(*arguments)

    monkeypatch.setattr(room_database, "_commit", waiting)
    yield gate
    gate.set()


async def test_a_room_taken_up_by_another_program_is_the_same_room(
    store: SqliteRooms, bank: Bank
) -> None:
    live = begin(store, bank, setup(confidence=True, teams=2))
    one, other = await in_voting(live, 2)
    await live.vote(one.participant.id, "satu", 1, SURE)
    await live.vote(other.participant.id, "satu", 1, NEUTRAL)
    await live.vote(other.participant.id, "satu", 1, NOT_NEUTRAL)
    await live.count(Hands(3, 1))
    await live.move(Move.CLOSE)
    await live.move(Move.REVEAL)
    after = again(store, bank)
    assert dump(after.room) == dump(live.room)
    assert after.view == live.view
    assert after.known(one.token) == one.participant.id
    assert after.known(other.token) == other.participant.id


async def test_a_room_is_resumed_paused_and_goes_on_when_told(
    store: SqliteRooms, bank: Bank
) -> None:
    live = begin(store, bank)
    (ticket,) = await in_voting(live)
    after = await LiveRoom.resume(store.rooms()[0], store, bank, lambda: NOON)
    assert after.room.paused
    assert after.view.paused
    assert after.room.phase is Phase.VOTING
    with pytest.raises(IllegalMove):
        await after.vote(ticket.participant.id, "satu", 1, NEUTRAL)
    await after.move(Move.GO_ON)
    await after.vote(ticket.participant.id, "satu", 1, NEUTRAL)
    assert after.published > live.published


async def test_a_lobby_and_an_ended_room_are_not_paused_when_resumed(
    store: SqliteRooms, bank: Bank
) -> None:
    live = begin(store, bank)
    resumed = await LiveRoom.resume(store.rooms()[0], store, bank, lambda: NOON)
    assert not resumed.room.paused
    await live.move(Move.END)
    resumed = await LiveRoom.resume(store.rooms()[0], store, bank, lambda: NOON)
    assert not resumed.room.paused
    assert resumed.room.phase is Phase.DONE


# Nobody sees, and nobody is told, what is not on disk.


async def test_a_vote_is_acknowledged_after_its_commit_and_not_before(
    store: SqliteRooms, bank: Bank, held_disk: Any
) -> None:
    held_disk.set()
    live = begin(store, bank)
    (ticket,) = await in_voting(live)
    held_disk.clear()
    voting = asyncio.ensure_future(live.vote(ticket.participant.id, "satu", 1, NEUTRAL))
    await asyncio.sleep(0.05)
    assert not voting.done()
    held_disk.set()
    await asyncio.wait_for(voting, 5)


async def test_a_move_is_seen_after_its_commit_and_not_before(
    store: SqliteRooms, bank: Bank, held_disk: Any
) -> None:
    live = begin(store, bank)
    moving = asyncio.ensure_future(live.move(Move.START))
    await asyncio.sleep(0.05)
    assert live.view.phase is Phase.LOBBY
    assert live.published == 0
    held_disk.set()
    await asyncio.wait_for(moving, 5)
    assert live.view.phase is Phase.READING
    assert live.published == 1


async def test_a_vote_whose_sender_has_gone_still_counts(
    store: SqliteRooms, bank: Bank, held_disk: Any
) -> None:
    held_disk.set()
    live = begin(store, bank)
    (ticket,) = await in_voting(live)
    held_disk.clear()
    voting = asyncio.ensure_future(live.vote(ticket.participant.id, "satu", 1, NEUTRAL))
    await asyncio.sleep(0)
    voting.cancel()
    with suppress(asyncio.CancelledError):
        await voting
    held_disk.set()
    await live.vote(ticket.participant.id, "satu", 1, NEUTRAL)
    assert again(store, bank).room.ballot("satu", 1).votes == {1: NEUTRAL}


async def test_a_repeated_vote_is_acknowledged_only_with_the_first_on_disk(
    store: SqliteRooms, bank: Bank, held_disk: Any
) -> None:
    held_disk.set()
    live = begin(store, bank)
    (ticket,) = await in_voting(live)
    held_disk.clear()
    twice = [
        asyncio.ensure_future(live.vote(ticket.participant.id, "satu", 1, NEUTRAL))
        for _turn in range(2)
    ]
    await asyncio.sleep(0.05)
    assert not any(vote.done() for vote in twice)
    held_disk.set()
    await asyncio.wait_for(asyncio.gather(*twice), 5)


async def test_a_repetition_of_a_changed_vote_waits_for_the_change(
    store: SqliteRooms, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = begin(store, bank, setup(confidence=True))
    await in_voting(live)
    disk: list[Future[None]] = []

    def later(*_arguments: object) -> Future[None]:
        disk.append(Future())
        return disk[-1]

    monkeypatch.setattr(store, "write", later)
    votes = [asyncio.ensure_future(live.vote(1, "satu", 1, vote)) for vote in (NEUTRAL, SURE, SURE)]
    await asyncio.sleep(0)
    disk[0].set_result(None)
    await asyncio.wait_for(votes[0], 5)
    assert [vote.done() for vote in votes] == [True, False, False]
    disk[1].set_result(None)
    await asyncio.wait_for(asyncio.gather(*votes), 5)
    assert len(disk) == 2


async def test_many_simultaneous_duplicates_become_one_vote_each(
    store: SqliteRooms, bank: Bank
) -> None:
    live = begin(store, bank)
    tickets = await asyncio.gather(*(live.join() for _turn in range(1000)))
    await live.move(Move.START)
    await live.move(Move.OPEN)
    await asyncio.gather(
        *(live.vote(t.participant.id, "satu", 1, NEUTRAL) for t in tickets for _turn in range(10))
    )
    votes = [event for event in store.events(live.id) if isinstance(event, Voted)]
    assert len(votes) == 1000
    assert {vote.participant for vote in votes} == {t.participant.id for t in tickets}


async def test_a_close_racing_with_votes_counts_just_those_it_acknowledged(
    store: SqliteRooms, bank: Bank
) -> None:
    live = begin(store, bank)
    tickets = await asyncio.gather(*(live.join() for _turn in range(1000)))
    await live.move(Move.START)
    await live.move(Move.OPEN)

    many, closing_now = asyncio.Semaphore(0), asyncio.Event()

    async def vote(ticket: Ticket) -> bool:
        if ticket.participant.id > 900:
            await closing_now.wait()
        else:
            await asyncio.sleep(ticket.participant.id % 7 / 1000)
        try:
            await live.vote(ticket.participant.id, "satu", 1, NEUTRAL)
        except IllegalMove:
            return False
        many.release()
        return True

    async def close() -> None:
        for _vote in range(300):
            await many.acquire()
        closing_now.set()
        await live.move(Move.CLOSE)

    *acknowledged, _closed = await asyncio.gather(*map(vote, tickets), close())
    rows = [event for event in store.events(live.id) if isinstance(event, Voted)]
    assert 0 < sum(filter(None, acknowledged)) < 1000
    assert len(rows) == sum(filter(None, acknowledged))
    assert live.room.ballot("satu", 1).total == len(rows)
    moves = [event for event in store.events(live.id) if not isinstance(event, Voted)]
    assert max(row.seq for row in rows) < moves[-1].seq


async def test_on_a_disk_that_takes_30_ms_three_thousand_votes_wait_for_a_handful_of_commits(
    store: SqliteRooms, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = begin(store, bank)
    tickets = await asyncio.gather(*(live.join() for _turn in range(3000)))
    await live.move(Move.START)
    await live.move(Move.OPEN)
    commit = room_database._commit
    everybody_has_voted = threading.Event()
    batches = []

    def slow(connection: sqlite3.Connection, path: Path, batch: Any) -> None:
        everybody_has_voted.wait(30)
        time.sleep(0.03)
        batches.append(len(batch))
        commit(connection, path, batch)

    monkeypatch.setattr(room_database, "_commit", slow)
    voting = asyncio.gather(*(live.vote(t.participant.id, "satu", 1, NEUTRAL) for t in tickets))
    await asyncio.sleep(0)
    everybody_has_voted.set()
    await voting
    rows = [event for event in store.events(live.id) if isinstance(event, Voted)]
    assert len(rows) == sum(batches) == 3000
    # So that the last of them has waited for the disk less than half a second.
    assert len(batches) * 0.03 < 0.5


async def test_a_clock_set_back_an_hour_during_a_question_is_the_same_room_when_taken_up_again(
    store: SqliteRooms, bank: Bank
) -> None:
    clock = [NOON]
    record = RoomRecord(0, "K7M2QX", setup(), "secret", NOON, "10.0.0.5", 8000)
    live = LiveRoom(store.create(record), store, bank, lambda: clock[0])
    one, other = await in_voting(live, 2)
    await live.vote(one.participant.id, "satu", 1, NEUTRAL)
    clock[0] -= timedelta(hours=1)
    await live.vote(other.participant.id, "satu", 1, NEUTRAL)
    await live.vote(one.participant.id, "satu", 1, NOT_NEUTRAL)
    await live.move(Move.CLOSE)
    after = again(store, bank)
    assert dump(after.room) == dump(live.room)
    assert after.room.phase is Phase.CLOSED
    assert after.room.ballot("satu", 1).votes == {1: NOT_NEUTRAL, 2: NEUTRAL}


# The store refuses.


async def test_what_could_not_be_kept_is_undone_and_works_the_next_time(
    store: SqliteRooms, bank: Bank
) -> None:
    live = begin(store, bank, setup(confidence=True))
    (ticket,) = await in_voting(live)
    await live.vote(ticket.participant.id, "satu", 1, NEUTRAL)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked):
            await live.move(Move.CLOSE)
        with pytest.raises(StoreLocked):
            await live.vote(ticket.participant.id, "satu", 1, NOT_NEUTRAL)
        with pytest.raises(StoreLocked):
            await live.join()
    await live.vote(ticket.participant.id, "satu", 1, SURE)
    assert live.room.phase is Phase.VOTING
    assert live.room.ballot("satu", 1).votes == {1: SURE}
    assert len(live.room.participants) == 1
    newcomer = await live.join()
    assert live.known(newcomer.token) == newcomer.participant.id
    await live.move(Move.CLOSE)
    assert dump(again(store, bank).room) == dump(live.room)


async def test_a_repetition_of_a_vote_that_failed_is_written_or_refused_never_just_acknowledged(
    store: SqliteRooms, bank: Bank, held_disk: Any
) -> None:
    held_disk.set()
    live = begin(store, bank)
    (ticket,) = await in_voting(live)
    held_disk.clear()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        twice = [
            asyncio.ensure_future(live.vote(ticket.participant.id, "satu", 1, NEUTRAL))
            for _turn in range(2)
        ]
        await asyncio.sleep(0)
        held_disk.set()
        outcomes = await asyncio.gather(*twice, return_exceptions=True)
    acknowledged = [outcome is None for outcome in outcomes]
    assert isinstance(outcomes[0], StoreError)
    kept = again(store, bank).room.ballot("satu", 1).votes
    assert bool(kept) == any(acknowledged)


async def test_what_can_neither_be_written_nor_read_again_is_never_acknowledged(
    store: SqliteRooms, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = begin(store, bank)
    (ticket,) = await in_voting(live)
    events = store.events

    def broken(_room: int) -> Any:
        raise StoreError("The disk is gone.")

    monkeypatch.setattr(store, "events", broken)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked):
            await live.vote(ticket.participant.id, "satu", 1, NEUTRAL)
    # The very same vote again: it must not be taken for one that is there already.
    for action in (
        lambda: live.vote(ticket.participant.id, "satu", 1, NEUTRAL),
        lambda: live.move(Move.CLOSE),
        lambda: live.join(),
        lambda: live.count(Hands(1, 1)),
    ):
        with pytest.raises(StoreError, match="disk is gone"):
            await action()
    monkeypatch.setattr(store, "events", events)
    await live.vote(ticket.participant.id, "satu", 1, NEUTRAL)
    assert again(store, bank).room.ballot("satu", 1).votes == {1: NEUTRAL}
    assert dump(again(store, bank).room) == dump(live.room)


# Who is here, and who waits.


async def test_one_person_with_two_connections_is_here_until_both_are_gone(
    store: SqliteRooms, bank: Bank
) -> None:
    live = begin(store, bank)
    ticket = await live.join()
    live.enter(ticket.participant.id)
    live.enter(ticket.participant.id)
    live.leave(ticket.participant.id)
    assert live.present == {1}
    live.leave(ticket.participant.id)
    assert live.present == set()


async def test_a_page_that_asks_anew_is_here_for_a_while(
    store: SqliteRooms, bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = begin(store, bank)
    ticket = await live.join()
    live.seen(ticket.participant.id)
    assert live.present == {1}
    loop = asyncio.get_running_loop()
    later = loop.time() + 21
    monkeypatch.setattr(loop, "time", lambda: later)
    assert live.present == set()


async def test_a_close_takes_down_who_was_here_and_who_voted(
    store: SqliteRooms, bank: Bank
) -> None:
    live = begin(store, bank)
    first, second, *_away = await in_voting(live, 4)
    await live.vote(first.participant.id, "satu", 1, NEUTRAL)
    live.enter(second.participant.id)
    await live.move(Move.CLOSE)
    assert live.room.ballot("satu", 1).present == 2


async def test_those_who_wait_get_the_newest_version_and_no_queue(
    store: SqliteRooms, bank: Bank
) -> None:
    live = begin(store, bank)
    waiting = [asyncio.ensure_future(live.next_version(0)) for _turn in range(250)]
    await asyncio.sleep(0)
    await asyncio.gather(live.move(Move.START), live.move(Move.OPEN))
    assert set(await asyncio.wait_for(asyncio.gather(*waiting), 5)) <= {1, 2}
    assert await live.next_version(0) == 2


async def test_news_goes_out_in_chunks_and_between_them_the_loop_looks_after_others(
    store: SqliteRooms, bank: Bank
) -> None:
    live = begin(store, bank)
    woken: list[int] = []

    async def wait(number: int) -> None:
        await live.next_version(0)
        woken.append(number)

    waiting = [asyncio.ensure_future(wait(number)) for number in range(1000)]
    await asyncio.sleep(0)
    await live.move(Move.START)
    seen = set()
    while len(woken) < len(waiting):
        await asyncio.sleep(0)
        seen.add(len(woken))
    assert len(seen) >= 10
    assert woken == list(range(1000))


async def test_a_version_far_in_the_future_waits_for_the_next_one_like_everybody(
    store: SqliteRooms, bank: Bank
) -> None:
    live = begin(store, bank)
    waiting = asyncio.ensure_future(live.next_version(10**9))
    await live.move(Move.START)
    assert await asyncio.wait_for(waiting, 5) == 1


async def test_no_vote_wakes_those_who_wait_but_the_facilitator_is_told(
    store: SqliteRooms, bank: Bank
) -> None:
    live = begin(store, bank)
    (ticket,) = await in_voting(live)
    told = []
    stop = live.watch(lambda: told.append(live.room.ballot("satu", 1).total))
    waiting = asyncio.ensure_future(live.next_version(live.published))
    await live.vote(ticket.participant.id, "satu", 1, NEUTRAL)
    await asyncio.sleep(0.01)
    assert told[-1] == 1
    assert not waiting.done()
    stop()
    await live.move(Move.CLOSE)
    assert len(told) == 1
    await waiting


async def test_the_projectors_type_grows_and_shrinks_within_bounds(
    store: SqliteRooms, bank: Bank
) -> None:
    live = begin(store, bank)
    live.enlarge(1)
    assert live.scale == pytest.approx(1.15)
    live.enlarge(50)
    assert live.scale == 3.0
    live.enlarge(-50)
    assert live.scale == 0.6


# Names and codes.


async def test_a_participant_gets_a_pseudonym_unless_the_room_allows_names(
    store: SqliteRooms, bank: Bank
) -> None:
    hidden = begin(store, bank)
    assert (await hidden.join("Ratna")).participant.name == "Cengkih 1"
    open_room = begin(store, bank, setup(names=True))
    assert (await open_room.join("  Ratna\u202e ")).participant.name == "Ratna"
    assert (await open_room.join("RATNA")).participant.name == "RATNA 2"
    assert (await open_room.join("\u200b")).participant.name == "Jahe 1"
    assert (await open_room.join(None)).participant.name == "Lengkuas 1"


async def test_a_name_like_a_pseudonym_to_come_takes_it_from_nobody(
    store: SqliteRooms, bank: Bank
) -> None:
    live = begin(store, bank, setup(names=True))
    await live.join("pala 1")
    names = [(await live.join()).participant.name for _turn in range(2)]
    assert len({name.casefold() for name in [*names, "pala 1"]}) == 3


async def test_a_personal_code_brings_somebody_back_on_another_phone(
    store: SqliteRooms, bank: Bank
) -> None:
    live = begin(store, bank)
    ticket = await live.join()
    code = await live.personal_code(ticket.participant.id)
    back = await live.come_back(code)
    assert back is not None
    assert back.participant == ticket.participant
    assert live.known(back.token) == live.known(ticket.token) == 1
    assert await live.come_back("00000000") is None
    after = again(store, bank)
    assert after.known(back.token) == 1
    assert await after.come_back(code) is not None


async def test_a_code_is_no_token_and_a_token_no_code(store: SqliteRooms, bank: Bank) -> None:
    live = begin(store, bank)
    ticket = await live.join()
    code = await live.personal_code(ticket.participant.id)
    assert live.known(code) is None
    assert live.known(f"code:{code}") is None
    assert await live.come_back(ticket.token) is None


async def test_a_token_of_another_room_is_unknown(store: SqliteRooms, bank: Bank) -> None:
    one, other = begin(store, bank), begin(store, bank)
    ticket = await other.join()
    code = await other.personal_code(ticket.participant.id)
    await one.join()
    assert one.known(ticket.token) is None
    assert await one.come_back(code) is None


async def test_the_collector_leaves_alone_what_stands_when_voting_opens(
    store: SqliteRooms, bank: Bank
) -> None:
    live = begin(store, bank)
    await live.move(Move.START)
    gc.unfreeze()
    await live.move(Move.OPEN)
    assert gc.get_freeze_count() > 0
    gc.unfreeze()
