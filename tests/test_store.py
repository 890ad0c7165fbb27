"""The learner's log on disk: nothing answered is lost, and what goes wrong is said."""

import errno
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz import database
from quiz.database import set_aside
from quiz.errors import (
    AnsweredElsewhere,
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreNewer,
    StoreReadOnly,
)
from quiz.models import Verdict
from quiz.session import Answer, Kind, Plan, Session
from quiz.store import Run, Store

AT = datetime(2025, 11, 22, 9, 30, tzinfo=UTC)
NEUTRAL, NOT_NEUTRAL = Verdict
TABLES = ("session", "answer", "reading", "ending")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "netral.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(Store.open(path)) as store:
        yield store


def plan(deck: str = "abc") -> Plan:
    return Plan(Kind.PRACTICE, "", tuple(deck))


def right(question: str) -> Answer:
    return Answer(question, NEUTRAL, NEUTRAL)


def wrong(question: str) -> Answer:
    return Answer(question, NOT_NEUTRAL, NEUTRAL)


def rows(path: Path, select: str) -> list[tuple[object, ...]]:
    """What another program reads in the database."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(select).fetchall()


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return {table: rows(path, f"SELECT * FROM {table}") for table in TABLES}


@contextmanager
def refused(kind: type[StoreError], path: Path) -> Iterator[None]:
    """Something that raises just this error, which says where, what is wrong and what to do."""
    with pytest.raises(StoreError) as caught:
        yield
    error = caught.value
    assert type(error) is kind
    assert str(path) in error.message
    assert error.hint


def play(store: Store, run: Run, *answers: Answer, read: int) -> Session:
    """Answer and read on, in the log and in the state; returns the state."""
    session = run.session
    for number, answer in enumerate(answers):
        session = session.answer(answer.given, answer.expected)
        store.record(run.id, answer, AT)
        if number < read:
            session = session.advance()
            store.leave_behind(run.id, answer.question, AT, last=session.done)
    return session


# Every method commits before it returns.


def test_a_session_begun_is_in_the_log(store: Store, path: Path) -> None:
    run = store.begin(Plan(Kind.LEVEL, "basic", ("a", "b")), "netral", AT)

    assert run == Run(run.id, Kind.LEVEL, "basic", Session(("a", "b")))
    [(id, uid, bank, kind, subject, deck, started_at)] = rows(path, "SELECT * FROM session")
    assert (id, bank, kind, subject) == (run.id, "netral", "level", "basic")
    assert json.loads(str(deck)) == ["a", "b"]
    assert started_at == "2025-11-22T09:30:00.000+00:00"
    assert uid


def test_every_session_has_an_id_of_its_own_that_no_other_machine_gives(
    store: Store, path: Path
) -> None:
    store.begin(plan(), "netral", AT)
    store.begin(plan(), "netral", AT)

    assert len(set(rows(path, "SELECT uid FROM session"))) == 2


def test_an_answer_recorded_is_in_the_log(store: Store, path: Path) -> None:
    run = store.begin(plan(), "netral", AT)

    store.record(run.id, wrong("a"), AT + timedelta(seconds=5))

    assert rows(path, "SELECT session, question, given, expected, answered_at FROM answer") == [
        (run.id, "a", "not-neutral", "neutral", "2025-11-22T09:30:05.000+00:00")
    ]


def test_an_explanation_left_behind_is_in_the_log(store: Store, path: Path) -> None:
    run = store.begin(plan(), "netral", AT)
    store.record(run.id, right("a"), AT)

    store.leave_behind(run.id, "a", AT, last=False)

    assert rows(path, "SELECT * FROM reading") == [(run.id, "a", "2025-11-22T09:30:00.000+00:00")]
    assert rows(path, "SELECT * FROM ending") == []


def test_the_last_explanation_left_behind_finishes_the_session(store: Store, path: Path) -> None:
    run = store.begin(plan("a"), "netral", AT)
    store.record(run.id, right("a"), AT)

    store.leave_behind(run.id, "a", AT, last=True)

    assert rows(path, "SELECT * FROM ending") == [
        (run.id, "finished", "2025-11-22T09:30:00.000+00:00")
    ]


def test_a_session_left_is_in_the_log(store: Store, path: Path) -> None:
    run = store.begin(plan(), "netral", AT)

    store.leave(run.id, AT)

    assert rows(path, "SELECT * FROM ending") == [(run.id, "left", "2025-11-22T09:30:00.000+00:00")]


def test_times_are_kept_in_utc_wherever_the_learner_is(store: Store, path: Path) -> None:
    jayapura = timezone(timedelta(hours=9))

    store.begin(plan(), "netral", AT.astimezone(jayapura))

    assert rows(path, "SELECT started_at FROM session") == [("2025-11-22T09:30:00.000+00:00",)]


def test_a_commit_reaches_the_disk_and_not_only_the_systems_memory(store: Store) -> None:
    full = 2

    assert store._connection.execute("PRAGMA synchronous").fetchone() == (full,)


def test_an_answer_outlives_a_program_killed_right_after_recording_it(
    path: Path, root: Path
) -> None:
    code = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from quiz.models import Verdict
from quiz.session import Answer, Kind, Plan
from quiz.store import Store
store = Store.open(Path(sys.argv[1]))
run = store.begin(Plan(Kind.PRACTICE, "", ("a", "b")), "netral", datetime.now(UTC))
store.record(run.id, Answer("a", Verdict.NEUTRAL, Verdict.NOT_NEUTRAL), datetime.now(UTC))
print(run.id, flush=True)
time.sleep(60)
"""
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], cwd=root, stdout=subprocess.PIPE, text=True
    )
    with child:
        assert child.stdout is not None
        id = int(child.stdout.readline())
        child.kill()

    with closing(Store.open(path)) as store:
        session = Session(("a", "b"), (Answer("a", NEUTRAL, NOT_NEUTRAL),), 0)
        assert store.unfinished("netral") == Run(id, Kind.PRACTICE, "", session)


# A session goes on where it was.


@given(
    deck=st.lists(st.sampled_from("abcdef"), unique=True, min_size=1),
    said=st.lists(st.sampled_from(Verdict), min_size=6, max_size=6),
    moves=st.integers(0, 12),
    kind=st.sampled_from(Kind),
)
@settings(max_examples=60)
def test_a_session_cut_off_after_any_move_comes_back_the_very_same(
    deck: list[str], said: list[Verdict], moves: int, kind: Kind
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "netral.db"
        with closing(Store.open(path)) as store:
            run = store.begin(Plan(kind, "subject", tuple(deck)), "netral", AT)
            session = run.session
            for _move in range(min(moves, 2 * len(deck))):
                if session.explaining:
                    left = session.current
                    session = session.advance()
                    store.leave_behind(run.id, left, AT, last=session.done)
                else:
                    session = session.answer(said[session.read], NEUTRAL)
                    store.record(run.id, session.last, AT)

        with closing(Store.open(path)) as store:
            same = replace(run, session=session)
            assert store.run(run.id) == same
            assert store.unfinished("netral") == (None if session.done else same)


def test_a_session_is_read_as_of_one_moment_whatever_another_window_writes_meanwhile(
    store: Store, path: Path
) -> None:
    run = store.begin(plan(), "netral", AT)
    before = play(store, run, right("a"), read=1)
    with closing(Store.open(path)) as other:

        def answer_meanwhile(statement: str) -> None:
            if "FROM reading" in statement:
                store._connection.set_trace_callback(None)
                other.record(run.id, right("b"), AT)
                other.leave_behind(run.id, "b", AT, last=False)

        store._connection.set_trace_callback(answer_meanwhile)

        assert store.run(run.id).session == before
        assert store.run(run.id).session.read == 2


def test_a_question_that_the_bank_lacked_for_a_while_is_asked_after_those_answered(
    store: Store,
) -> None:
    run = store.begin(plan("abcd"), "netral", AT)
    play(store, run, right("a"), read=1)
    lacking = replace(run, session=store.run(run.id).session.within(dict.fromkeys("acd")))
    assert lacking.session.current == "c"
    store.record(run.id, right("c"), AT)
    store.leave_behind(run.id, "c", AT, last=False)

    session = store.run(run.id).session

    assert session == Session(tuple("acbd"), (right("a"), right("c")), 2)
    assert session.current == "b"


def test_only_a_session_neither_finished_nor_left_is_offered_again(store: Store) -> None:
    assert store.unfinished("netral") is None

    older = store.begin(plan(), "netral", AT)
    newer = store.begin(plan("de"), "netral", AT)
    assert store.unfinished("netral") == newer

    store.leave(newer.id, AT)
    assert store.unfinished("netral") == older

    play(store, older, right("a"), wrong("b"), right("c"), read=3)
    assert store.unfinished("netral") is None


def test_the_newest_session_is_the_one_begun_last_even_if_the_clock_went_back(
    store: Store,
) -> None:
    store.begin(plan(), "netral", AT)
    newer = store.begin(plan(), "netral", AT - timedelta(days=1))

    assert store.unfinished("netral") == newer


def test_each_bank_has_its_own_unfinished_session(store: Store) -> None:
    ours = store.begin(plan(), "netral", AT)
    other = store.begin(plan("xyz"), "bank-lain", AT)

    assert store.unfinished("netral") == ours
    assert store.unfinished("bank-lain") == other
    assert store.unfinished("bank-ketiga") is None


def test_how_a_session_ended_first_is_how_it_ended(store: Store, path: Path) -> None:
    finished = store.begin(plan("a"), "netral", AT)
    left = store.begin(plan("a"), "netral", AT)
    play(store, finished, right("a"), read=1)
    store.leave(finished.id, AT)
    store.leave(left.id, AT)
    play(store, left, right("a"), read=1)

    assert rows(path, "SELECT session, reason FROM ending ORDER BY session") == [
        (finished.id, "finished"),
        (left.id, "left"),
    ]


# The log only grows.


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET rowid = rowid + 1"])
def test_the_database_itself_refuses_to_change_or_forget_the_log(
    table: str, change: str, store: Store, path: Path
) -> None:
    run = store.begin(plan("a"), "netral", AT)
    play(store, run, right("a"), read=1)
    before = everything(path)
    assert all(before.values())
    if table == "reading":
        change = change.replace("rowid", "session")

    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        other.execute(change.format(table))

    assert everything(path) == before


@pytest.mark.parametrize("table", TABLES)
def test_not_even_the_store_can_replace_what_it_logged(
    table: str, store: Store, path: Path
) -> None:
    run = store.begin(plan("a"), "netral", AT)
    play(store, run, right("a"), read=1)
    before = everything(path)

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store._connection.execute(f"REPLACE INTO {table} SELECT * FROM {table}")

    assert everything(path) == before


def test_the_first_answer_to_a_question_stands(store: Store, path: Path) -> None:
    run = store.begin(plan(), "netral", AT)
    store.record(run.id, wrong("a"), AT)
    with closing(Store.open(path)) as other:
        with pytest.raises(AnsweredElsewhere) as caught:
            other.record(run.id, right("a"), AT)
        assert caught.value.message
        assert caught.value.hint

        assert store.run(run.id) == other.run(run.id)
        assert store.run(run.id).session.answers == (wrong("a"),)
        other.record(run.id, right("b"), AT)

    assert store.run(run.id).session.answers == (wrong("a"), right("b"))


def test_the_same_question_may_be_answered_in_every_session(store: Store) -> None:
    for answer in (wrong("a"), right("a")):
        store.record(store.begin(plan(), "netral", AT).id, answer, AT)

    assert store.seen() == {"a": 2}


def test_an_explanation_left_behind_in_two_windows_counts_once(store: Store, path: Path) -> None:
    run = store.begin(plan(), "netral", AT)
    session = play(store, run, right("a"), read=1)
    with closing(Store.open(path)) as other:
        other.leave_behind(run.id, "a", AT + timedelta(hours=1), last=False)

    assert store.run(run.id).session == session


def test_nothing_is_logged_of_a_session_that_does_not_exist(store: Store, path: Path) -> None:
    with refused(StoreError, path):
        store.record(7, right("a"), AT)
    with refused(StoreError, path):
        store.leave_behind(7, "a", AT, last=True)
    with refused(StoreError, path):
        store.leave(7, AT)

    assert not any(everything(path).values())


# Two windows.


def test_two_windows_that_write_in_turn_see_each_others_answers(store: Store, path: Path) -> None:
    with closing(Store.open(path)) as other:
        mine, yours = store.begin(plan(), "netral", AT), other.begin(plan(), "netral", AT)
        for question in "abc":
            store.record(mine.id, right(question), AT)
            other.record(yours.id, wrong(question), AT)

        assert store.run(yours.id) == other.run(yours.id)
        assert store.run(mine.id) == other.run(mine.id)
        assert store.seen() == other.seen() == dict.fromkeys("abc", 2)


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from quiz.errors import AnsweredElsewhere
from quiz.models import Verdict
from quiz.session import Answer, Kind, Plan
from quiz.store import Store

at = datetime(2025, 11, 22, tzinfo=UTC)
questions = [f"q{number}" for number in range(30)]
print("ready", flush=True)
shared = int(sys.stdin.readline())
store = Store.open(Path(sys.argv[1]), wait=30)
own = store.begin(Plan(Kind.PRACTICE, "", tuple(questions)), "netral", at)
won = 0
for question in questions:
    store.record(own.id, Answer(question, Verdict.NEUTRAL, Verdict.NEUTRAL), at)
    store.leave_behind(own.id, question, at, last=question == questions[-1])
    if shared:
        try:
            store.record(shared, Answer(question, Verdict.NEUTRAL, Verdict.NEUTRAL), at)
            won += 1
        except AnsweredElsewhere:
            pass
print(won, flush=True)
store.close()
"""


def write_at_once(path: Path, root: Path, shared: int) -> list[int]:
    """Three programs that write at once; how many answers each got into the shared session."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _number in range(3)
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(f"{shared}\n")
        writer.stdin.flush()
    said = [writer.communicate(timeout=60)[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    return [int(text) for text in said]


def test_programs_that_write_at_once_lose_nothing_and_answer_nothing_twice(
    store: Store, path: Path, root: Path
) -> None:
    deck = tuple(f"q{number}" for number in range(30))
    shared = store.begin(Plan(Kind.PRACTICE, "", deck), "netral", AT)

    won = write_at_once(path, root, shared.id)

    assert sum(won) == 30
    assert {answer.question for answer in store.run(shared.id).session.answers} == set(deck)
    assert len(store.run(shared.id).session.answers) == 30
    assert store.seen() == dict.fromkeys(deck, 4)
    assert rows(path, "SELECT count(*) FROM reading") == [(90,)]
    assert rows(path, "SELECT count(*) FROM ending") == [(3,)]


def test_programs_that_create_the_database_at_once_all_get_their_answers_in(
    path: Path, root: Path
) -> None:
    write_at_once(path, root, shared=0)

    with closing(Store.open(path)) as store:
        assert set(store.seen().values()) == {3}
    assert rows(path, "SELECT count(*), count(DISTINCT session) FROM answer") == [(90, 3)]


def test_a_database_that_another_window_is_just_creating_is_used_as_it_is(path: Path) -> None:
    Store.open(path).close()
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as late,
    ):
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN IMMEDIATE")

        database._write_ahead(late)

        other.execute("COMMIT")
        assert late.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    with closing(Store.open(path)) as store:
        assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_only_a_database_in_use_may_keep_the_journal_it_has(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "netral.db", isolation_level=None)) as connection:
        connection.execute("BEGIN")

        with pytest.raises(sqlite3.OperationalError, match="transaction"):
            database._write_ahead(connection)


# From one store to another.


@pytest.mark.parametrize("answers", ["", "a", "ab", "abc"])
@pytest.mark.parametrize("unread", [0, 1])
@pytest.mark.parametrize("into_memory", [True, False])
def test_a_session_goes_on_in_another_store_where_it_was(
    answers: str, unread: int, into_memory: bool, store: Store
) -> None:
    memory = Store.in_memory()
    old, new = (store, memory) if into_memory else (memory, store)
    new.begin(plan("xyz"), "netral", AT)
    run = old.begin(Plan(Kind.PRINCIPLE, "loyalitas", tuple("abc")), "netral", AT)
    read = max(0, len(answers) - unread)
    session = play(old, run, *map(right, answers), read=read)

    adopted = new.adopt(replace(run, session=session), "netral", AT)

    assert (adopted.kind, adopted.subject) == (Kind.PRINCIPLE, "loyalitas")
    assert adopted.session == session
    assert new.run(adopted.id) == adopted
    if not session.done:
        assert new.unfinished("netral") == adopted
        question = session.current
        if not session.explaining:
            session = session.answer(NOT_NEUTRAL, NEUTRAL)
            new.record(adopted.id, session.last, AT)
        session = session.advance()
        new.leave_behind(adopted.id, question, AT, last=session.done)
        assert new.run(adopted.id).session == session
    memory.close()


def test_a_finished_session_is_finished_in_another_store_too(store: Store) -> None:
    run = store.begin(plan("ab"), "netral", AT)
    session = play(store, run, right("a"), wrong("b"), read=2)
    with closing(Store.in_memory()) as memory:
        adopted = memory.adopt(replace(run, session=session), "netral", AT)

        assert memory.run(adopted.id).session.done
        assert memory.unfinished("netral") is None


def test_a_session_that_does_not_fit_is_not_adopted_in_part(store: Store, path: Path) -> None:
    deck = tuple(f"a-question-with-a-long-name-{number}" for number in range(400))
    answers = tuple(right(question) for question in deck)
    store.begin(plan(), "netral", AT)
    before = everything(path)
    limit_pages(store, spare=5)

    with refused(StoreFull, path):
        store.adopt(Run(1, Kind.PRACTICE, "", Session(deck, answers, 400)), "netral", AT)

    assert everything(path) == before


def test_a_store_in_memory_starts_empty_and_has_no_path() -> None:
    with closing(Store.in_memory()) as one, closing(Store.in_memory()) as two:
        one.begin(plan(), "netral", AT)

        assert one.path is None
        assert two.unfinished("netral") is None


# Figures.


def test_seen_counts_the_answers_to_each_question_and_latest_tells_the_newest(
    store: Store,
) -> None:
    assert store.seen() == {}
    assert store.latest() == {}

    first = store.begin(plan(), "netral", AT)
    play(store, first, wrong("a"), right("b"), read=1)
    assert store.seen() == {"a": 1, "b": 1}
    assert store.latest() == {"a": False, "b": True}

    second = store.begin(plan(), "netral", AT)
    store.record(second.id, wrong("b"), AT)
    store.record(second.id, right("a"), AT)
    assert store.seen() == {"a": 2, "b": 2}
    assert store.latest() == {"a": True, "b": False}


def test_the_latest_answer_is_the_one_logged_last_even_if_the_clock_went_back(
    store: Store,
) -> None:
    for answer, at in ((wrong("a"), AT), (right("a"), AT - timedelta(days=1))):
        store.record(store.begin(plan(), "netral", at).id, answer, at)

    assert store.latest() == {"a": True}


# Opening and upgrading.


def test_opening_creates_the_folders_and_the_database(path: Path) -> None:
    with closing(Store.open(path)) as store:
        assert store.path == path

    assert rows(path, "PRAGMA user_version") == [(len(database.MIGRATIONS),)]
    assert rows(path, "PRAGMA journal_mode") == [("wal",)]


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.touch()

    with closing(Store.open(path)) as store:
        run = store.begin(plan(), "netral", AT)

        assert store.unfinished("netral") == run


def test_opening_again_keeps_what_is_there(path: Path) -> None:
    with closing(Store.open(path)) as store:
        run = store.begin(plan(), "netral", AT)
        session = play(store, run, wrong("a"), read=0)

    for _time in range(2):
        with closing(Store.open(path)) as store:
            assert store.unfinished("netral") == replace(run, session=session)


def test_nothing_that_lies_beside_a_database_stays_after_it_is_closed(path: Path) -> None:
    with closing(Store.open(path)) as store:
        store.begin(plan(), "netral", AT)

    assert list(path.parent.iterdir()) == [path]


def test_an_older_database_is_upgraded_and_keeps_its_answers(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Store.open(path)) as store:
        run = store.begin(plan(), "netral", AT)
        store.record(run.id, right("a"), AT)

    def add_a_table(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE remark (text TEXT)")

    newer = (*database.MIGRATIONS, add_a_table)
    monkeypatch.setattr(database, "MIGRATIONS", newer)
    for _time in range(2):
        with closing(Store.open(path)) as store:
            assert store.run(run.id).session.answers == (right("a"),)

    assert rows(path, "SELECT * FROM remark") == []
    assert rows(path, "PRAGMA user_version") == [(len(newer),)]


def test_an_upgrade_that_fails_halfway_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Store.open(path)) as store:
        store.begin(plan(), "netral", AT)
    schema = rows(path, "SELECT name, sql FROM sqlite_master")
    version = rows(path, "PRAGMA user_version")

    def add_a_table(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE remark (text TEXT)")

    monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, add_a_table, add_a_table))

    with refused(StoreError, path):
        Store.open(path)
    assert rows(path, "SELECT name, sql FROM sqlite_master") == schema
    assert rows(path, "PRAGMA user_version") == version


def test_a_database_of_a_newer_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA user_version = {len(database.MIGRATIONS) + 1}")
    before = path.read_bytes()

    with refused(StoreNewer, path):
        Store.open(path)

    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


# Damage.


def a_log(path: Path) -> bytes:
    """The bytes of a log of many pages."""
    with closing(Store.open(path)) as store:
        for number in range(20):
            deck = tuple(f"question-{number}-{turn}" for turn in range(20))
            run = store.begin(Plan(Kind.PRACTICE, "", deck), "netral", AT)
            for question in deck[:5]:
                store.record(run.id, right(question), AT)
    return path.read_bytes()


@pytest.mark.parametrize(
    "garbage",
    [
        b"xy",
        b"Catatan rapat: netralitas ASN.\n" * 100,
        bytes(range(256)) * 64,
        b"SQLite format 3\x00",
        b"SQLite format 3\x00" + b"\xff" * 8192,
        b"\x00" * 4096,
    ],
    ids=["two bytes", "a text", "garbage", "a magic number", "a magic garbage", "zeros"],
)
def test_a_file_that_is_no_database_is_said_to_be_damaged_and_left_as_it_is(
    garbage: bytes, path: Path
) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(garbage)

    with refused(StoreCorrupt, path):
        Store.open(path)

    assert path.read_bytes() == garbage


@pytest.mark.parametrize("share", [0.001, 0.01, 0.1, 0.3, 0.5, 0.9, 0.99])
def test_a_database_cut_short_anywhere_is_said_to_be_damaged(share: float, path: Path) -> None:
    whole = a_log(path)
    path.write_bytes(whole[: int(len(whole) * share)])

    with refused(StoreCorrupt, path):
        Store.open(path)


@pytest.mark.parametrize("page", [1, 3])
def test_a_database_with_a_spoilt_page_is_said_to_be_damaged(page: int, path: Path) -> None:
    whole = bytearray(a_log(path))
    whole[4096 * page : 4096 * (page + 1)] = b"\xa5" * 4096
    path.write_bytes(whole)

    with refused(StoreCorrupt, path):
        Store.open(path)


def test_damage_done_while_the_store_is_open_is_said_when_it_is_met(path: Path) -> None:
    whole = a_log(path)
    with closing(Store.open(path)) as store:
        path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
        store._connection.execute("PRAGMA shrink_memory")

        for look in (store.seen, store.latest, lambda: store.run(3)):
            with refused(StoreCorrupt, path):
                look()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are listed on Linux")
def test_a_database_that_cannot_be_opened_is_let_go_of_at_once(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database " * 100)

    with pytest.raises(StoreCorrupt) as caught:
        Store.open(path)

    held = [os.path.realpath(fd) for fd in Path("/proc/self/fd").iterdir()]
    assert str(path) not in held
    assert caught.value.hint


# Setting a damaged database aside.


def test_a_damaged_database_set_aside_is_kept_and_makes_room_for_a_new_one(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"damaged " * 100)
    with pytest.raises(StoreCorrupt):
        Store.open(path)

    aside = set_aside(path, AT)

    assert aside == path.with_name("netral.db.damaged-20251122-093000")
    assert aside.read_bytes() == b"damaged " * 100
    assert list(path.parent.iterdir()) == [aside]
    with closing(Store.open(path)) as store:
        assert store.seen() == {}


def test_what_lies_beside_a_database_goes_with_it(path: Path) -> None:
    path.parent.mkdir(parents=True)
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).write_text(f"this is {suffix}")

    aside = set_aside(path, AT)

    assert {file.name: file.read_text() for file in path.parent.iterdir()} == {
        aside.name + suffix: f"this is {suffix}" for suffix in ("", "-wal", "-shm", "-journal")
    }


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
def test_setting_aside_never_overwrites_what_has_the_name_already(suffix: str, path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("damaged now")
    path.with_name(path.name + "-wal").write_text("beside it")
    earlier = path.with_name("netral.db.damaged-20251122-093000" + suffix)
    earlier.write_text("damaged before")

    aside = set_aside(path, AT)

    assert earlier.read_text() == "damaged before"
    assert aside.read_text() == "damaged now"
    assert aside.with_name(aside.name + "-wal").read_text() == "beside it"
    assert len(list(path.parent.iterdir())) == 3


def test_databases_set_aside_within_one_second_are_all_kept(path: Path) -> None:
    path.parent.mkdir(parents=True)
    asides = []
    for turn in range(4):
        path.write_text(f"damaged {turn}")
        asides.append(set_aside(path, AT))

    assert [aside.read_text() for aside in asides] == [f"damaged {turn}" for turn in range(4)]


def test_a_name_taken_at_the_last_moment_is_not_overwritten_either(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("damaged")
    exists = Path.exists

    def take(self: Path) -> bool:
        found = exists(self)
        if not found and self.name.endswith("-shm"):
            self.with_name(self.name.removesuffix("-shm")).write_text("somebody else's")
        return found

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Path, "exists", take)
        with refused(StoreError, path):
            set_aside(path, AT)

    assert sorted(file.read_text() for file in path.parent.iterdir()) == [
        "damaged",
        "somebody else's",
    ]


def test_a_database_that_is_gone_cannot_be_set_aside_and_leaves_no_empty_file(path: Path) -> None:
    path.parent.mkdir(parents=True)

    with refused(StoreError, path):
        set_aside(path, AT)

    assert list(path.parent.iterdir()) == []


# Another program holds the database.


@contextmanager
def held(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program in the middle of writing."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def test_a_database_that_another_program_holds_cannot_be_opened(path: Path) -> None:
    Store.open(path).close()

    with held(path), refused(StoreLocked, path):
        Store.open(path, wait=0)

    Store.open(path, wait=0).close()


def test_a_log_that_another_program_holds_can_be_read_but_not_written(path: Path) -> None:
    with closing(Store.open(path, wait=0)) as store:
        run = store.begin(plan(), "netral", AT)
        before = everything(path)
        with held(path):
            for write in (
                lambda: store.begin(plan(), "netral", AT),
                lambda: store.record(run.id, right("a"), AT),
                lambda: store.leave_behind(run.id, "a", AT, last=True),
                lambda: store.leave(run.id, AT),
                lambda: store.adopt(run, "netral", AT),
            ):
                with refused(StoreLocked, path):
                    write()
            assert store.unfinished("netral") == run

        assert everything(path) == before
        store.record(run.id, right("a"), AT)
        assert store.seen() == {"a": 1}


def test_a_store_waits_until_the_other_program_has_written(path: Path) -> None:
    with closing(Store.open(path, wait=30)) as store, held(path) as other:
        release = threading.Timer(0.1, other.execute, ["COMMIT"])
        release.start()

        run = store.begin(plan(), "netral", AT)

        release.join()
        assert store.unfinished("netral") == run


def test_a_store_waits_two_seconds_unless_told_otherwise(store: Store) -> None:
    assert store._connection.execute("PRAGMA busy_timeout").fetchone() == (2000,)


def test_a_database_is_held_however_finely_sqlite_says_so(path: Path) -> None:
    with closing(Store.open(path, wait=0)) as store, closing(Store.open(path)) as other:
        with refused(StoreLocked, path), store._reading() as connection:
            connection.execute("SELECT * FROM session").fetchall()
            run = other.begin(plan(), "netral", AT)
            connection.execute("INSERT INTO ending VALUES (?, 'left', '')", (run.id,))

        assert store.unfinished("netral") == run


# The disk is full.


def limit_pages(store: Store, spare: int) -> None:
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count = {pages + spare}")


def test_a_full_disk_is_said_and_what_was_answered_is_kept(store: Store, path: Path) -> None:
    run = store.begin(plan(), "netral", AT)
    session = play(store, run, wrong("a"), read=0)
    before = everything(path)
    limit_pages(store, spare=0)

    with refused(StoreFull, path):
        store.begin(plan("x" * 5000), "netral", AT)

    assert everything(path) == before
    assert store.unfinished("netral") == replace(run, session=session)
    limit_pages(store, spare=100)
    assert store.unfinished("netral") != store.begin(plan("x" * 5000), "netral", AT)


def test_an_answer_that_did_not_fit_can_be_recorded_once_there_is_space(
    store: Store, path: Path
) -> None:
    run = store.begin(plan(), "netral", AT)
    limit_pages(store, spare=0)
    long = "a" * 5000

    with refused(StoreFull, path):
        store.record(run.id, right(long), AT)
    limit_pages(store, spare=10)
    store.record(run.id, right(long), AT)

    assert store.seen() == {long: 1}


# What may not be written, and what is no file.


def test_what_may_not_be_written_is_said_to_be_so_and_not_opened(
    open_folder: Path, python: Callable[..., str]
) -> None:
    def closed(name: str, folder: int, file: int | None) -> Path:
        path = open_folder / name / "netral.db"
        path.parent.mkdir()
        if file is not None:
            Store.open(path).close()
            path.chmod(file)
        path.parent.chmod(folder)
        return path

    paths = {
        "file": closed("file", folder=0o777, file=0o444),
        "folder": closed("folder", folder=0o555, file=0o666),
        "unreadable": closed("unreadable", folder=0o777, file=0o000),
        "no file": closed("no-file", folder=0o555, file=None),
        "closed": closed("closed", folder=0o000, file=None),
        "below": open_folder / "file-below" / "more" / "netral.db",
    }
    paths["below"].parent.parent.mkdir(mode=0o555)
    fine = closed("fine", folder=0o777, file=0o666)

    said = python(
        """
        import json, sys
        from pathlib import Path
        from quiz.errors import StoreError
        from quiz.store import Store
        drop_privileges()
        said = []
        for path in sys.argv[1:]:
            try:
                Store.open(Path(path)).close()
                said.append("opened")
            except StoreError as error:
                told = path in error.message and bool(error.hint)
                said.append(type(error).__name__ if told else repr(error))
        print(json.dumps(said))
        """,
        *paths.values(),
        fine,
    )

    assert dict(zip([*paths, "fine"], json.loads(said), strict=True)) == {
        **dict.fromkeys(paths, "StoreReadOnly"),
        "fine": "opened",
    }


def test_a_database_in_a_folder_that_may_not_be_written_is_not_set_aside(
    open_folder: Path, python: Callable[..., str]
) -> None:
    path = open_folder / "netral.db"
    path.write_text("damaged")
    path.with_name("netral.db-wal").write_text("beside it")
    open_folder.chmod(0o555)

    said = python(
        """
        import sys
        from datetime import UTC, datetime
        from pathlib import Path
        from quiz.errors import StoreError
        from quiz.database import set_aside
        drop_privileges()
        try:
            set_aside(Path(sys.argv[1]), datetime.now(UTC))
        except StoreError as error:
            print(type(error).__name__, bool(error.hint))
        """,
        path,
    )

    assert said == "StoreReadOnly True"
    assert sorted(file.name for file in open_folder.iterdir()) == ["netral.db", "netral.db-wal"]


def test_a_store_that_becomes_read_only_says_so(store: Store, path: Path) -> None:
    store._connection.execute("PRAGMA query_only = ON")

    with refused(StoreReadOnly, path):
        store.begin(plan(), "netral", AT)


@pytest.mark.parametrize("below", ["netral.db", "folder/netral.db"])
def test_a_file_in_the_place_of_a_folder_is_said(below: str, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    with refused(StoreError, tmp_path / "taken" / below):
        Store.open(tmp_path / "taken" / below)

    assert (tmp_path / "taken").read_text() == "a file"


def test_a_folder_in_the_place_of_the_database_is_said(path: Path) -> None:
    path.mkdir(parents=True)

    with refused(StoreError, path):
        Store.open(path)


def test_a_store_already_closed_says_that_it_cannot_be_used(path: Path) -> None:
    store = Store.open(path)
    store.close()

    with refused(StoreError, path):
        store.seen()


def test_a_store_in_memory_is_not_spoken_of_as_a_file() -> None:
    store = Store.in_memory()
    store.close()

    with refused(StoreError, Path(":memory:")):
        store.seen()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("EACCES", StoreReadOnly),
        ("EPERM", StoreReadOnly),
        ("EROFS", StoreReadOnly),
        ("ENOSPC", StoreFull),
        ("EDQUOT", StoreFull),
        ("EIO", StoreError),
    ],
)
def test_what_the_file_system_refuses_is_said_in_the_words_of_the_store(
    name: str, kind: type[StoreError], path: Path
) -> None:
    if not hasattr(errno, name):
        pytest.skip(f"this system has no {name}")

    with refused(kind, path), database.explained(path):
        raise OSError(getattr(errno, name), "refused", str(path))


def test_a_system_without_quotas_can_use_the_store(python: Callable[..., str]) -> None:
    said = python(
        """
        import errno
        if hasattr(errno, "EDQUOT"):
            del errno.EDQUOT
        from quiz.store import Store
        print(Store.in_memory().seen())
        """
    )

    assert said == "{}"
