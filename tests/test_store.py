"""The learner's log: nothing answered is lost, and a session goes on where it was."""

import json
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.errors import AnsweredElsewhere, StoreCorrupt, StoreError, StoreFull, StoreLocked
from quiz.history import Entry
from quiz.log_tables import MIGRATIONS
from quiz.models import Confidence, Verdict
from quiz.session import Answer, Kind, Plan, Session
from quiz.store import Run, Store

from .conftest import refused, rows

# In Jayapura; the log keeps UTC wherever the learner is.
AT = datetime(2025, 11, 22, 18, 30, tzinfo=timezone(timedelta(hours=9)))
LOGGED_AT = "2025-11-22T09:30:00.000+00:00"
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


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return {table: rows(path, f"SELECT * FROM {table}") for table in TABLES}


def play(store: Store, run: Run, *answers: Answer, read: int) -> Session:
    """Answer and read on, in the log and in the state; returns the state."""
    session = run.session
    for number, answer in enumerate(answers):
        session = session.answer(answer.given, answer.expected, answer.confidence, answer.edition)
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
    assert started_at == LOGGED_AT
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


@pytest.mark.parametrize("last", [False, True])
def test_an_explanation_left_behind_is_in_the_log_and_the_last_one_finishes_the_session(
    last: bool, store: Store, path: Path
) -> None:
    run = store.begin(plan(), "netral", AT)
    store.record(run.id, right("a"), AT)

    store.leave_behind(run.id, "a", AT, last=last)

    assert rows(path, "SELECT * FROM reading") == [(run.id, "a", LOGGED_AT)]
    assert rows(path, "SELECT * FROM ending") == [(run.id, "finished", LOGGED_AT)] * last


def test_a_session_left_is_in_the_log(store: Store, path: Path) -> None:
    run = store.begin(plan(), "netral", AT)

    store.leave(run.id, AT)

    assert rows(path, "SELECT * FROM ending") == [(run.id, "left", LOGGED_AT)]


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
    said=st.lists(
        st.tuples(
            st.sampled_from(Verdict),
            st.sampled_from([None, *Confidence]),
            st.sampled_from([None, "0123456789ab"]),
        ),
        min_size=6,
        max_size=6,
    ),
    moves=st.integers(0, 12),
    kind=st.sampled_from(Kind),
)
@settings(max_examples=60)
def test_a_session_cut_off_after_any_move_comes_back_the_very_same(
    deck: list[str],
    said: list[tuple[Verdict, Confidence | None, str | None]],
    moves: int,
    kind: Kind,
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
                    given, confidence, edition = said[session.read]
                    session = session.answer(given, NEUTRAL, confidence, edition)
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
    if table in ("reading", "ending"):
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

    assert store.seen("netral") == {"a": 2}


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
        store.leave_behind(7, "a", AT, last=False)
    with refused(StoreError, path):
        store.leave(7, AT)

    assert not any(everything(path).values())


# Two windows.


def test_a_log_with_a_spoilt_byte_is_read_or_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "netral.db"
    (newest,) = (Path(__file__).parent / "histories").glob(f"version-{len(MIGRATIONS)}.db")
    sound = newest.read_bytes()
    draw, refusals = random.Random(1), set()
    for _time in range(400):
        spoilt = bytearray(sound)
        spoilt[draw.randrange(100, len(sound))] ^= 1 << draw.randrange(8)
        path.write_bytes(spoilt)
        try:
            with closing(Store.open(path, hurried=True)) as store:
                store.history("netral")
                store.tests("netral")
                store.unfinished("netral")
                store.export()
        except StoreError as error:
            refusals.add(type(error))
    assert StoreCorrupt in refusals


def test_two_windows_that_write_in_turn_see_each_others_answers(store: Store, path: Path) -> None:
    with closing(Store.open(path)) as other:
        mine, yours = store.begin(plan(), "netral", AT), other.begin(plan(), "netral", AT)
        for question in "abc":
            store.record(mine.id, right(question), AT)
            other.record(yours.id, wrong(question), AT)

        assert store.run(yours.id) == other.run(yours.id)
        assert store.run(mine.id) == other.run(mine.id)
        assert store.seen("netral") == other.seen("netral") == dict.fromkeys("abc", 2)


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
    assert store.seen("netral") == dict.fromkeys(deck, 4)
    assert rows(path, "SELECT count(*) FROM reading") == [(90,)]
    assert rows(path, "SELECT count(*) FROM ending") == [(3,)]


def test_programs_that_create_the_database_at_once_all_get_their_answers_in(
    path: Path, root: Path
) -> None:
    write_at_once(path, root, shared=0)

    with closing(Store.open(path)) as store:
        assert set(store.seen("netral").values()) == {3}
    assert rows(path, "SELECT count(*), count(DISTINCT session) FROM answer") == [(90, 3)]


def test_a_log_that_another_program_holds_can_be_read_but_not_written(path: Path) -> None:
    with closing(Store.open(path, wait=0)) as store:
        run = store.begin(plan(), "netral", AT)
        before = everything(path)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
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
        assert store.seen("netral") == {"a": 1}


@pytest.mark.parametrize(("told", "milliseconds"), [({}, 2000), ({"wait": 0.5}, 500)])
def test_a_store_waits_two_seconds_unless_told_otherwise(
    told: dict[str, float], milliseconds: int, path: Path
) -> None:
    with closing(Store.open(path, **told)) as store:
        assert store.path == path
        assert store._connection.execute("PRAGMA busy_timeout").fetchone() == (milliseconds,)


@pytest.mark.parametrize(
    ("size", "hurried", "checked"), [(0, True, False), (0, False, True), (1_000_000, True, True)]
)
def test_who_is_hurried_gets_a_large_history_unchecked(
    size: int, hurried: bool, checked: bool, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Store.open(path, hurried=True)) as store:
        store.begin(plan(), "netral", AT)
        assert store.checked, "a new one has nothing to check"
    monkeypatch.setattr("quiz.database._LARGE", size)

    with closing(Store.open(path, hurried=hurried)) as store:
        assert store.checked is checked
        assert store.unfinished("netral") is not None


# From one store to another.


@pytest.mark.parametrize(
    ("answered", "read"), [(0, 0), (1, 0), (1, 1), (2, 1), (2, 2), (3, 2), (3, 3)]
)
@pytest.mark.parametrize("into_memory", [True, False])
def test_a_session_goes_on_in_another_store_where_it_was(
    answered: int, read: int, into_memory: bool, store: Store
) -> None:
    with closing(Store.in_memory()) as memory:
        old, new = (store, memory) if into_memory else (memory, store)
        earlier = new.begin(plan("xyz"), "netral", AT)
        run = old.begin(Plan(Kind.PRINCIPLE, "loyalitas", tuple("abc")), "netral", AT)
        sure = replace(wrong("b"), confidence=Confidence.SURE, edition="0123456789ab")
        answers = (right("a"), sure, right("c"))[:answered]
        session = play(old, run, *answers, read=read)

        adopted = new.adopt(replace(run, session=session), "netral", AT)

        assert adopted == Run(adopted.id, Kind.PRINCIPLE, "loyalitas", session)
        assert new.run(adopted.id) == adopted
        assert new.unfinished("netral") == (earlier if session.done else adopted)
        if not session.done:
            question = session.current
            if not session.explaining:
                session = session.answer(NOT_NEUTRAL, NEUTRAL)
                new.record(adopted.id, session.last, AT)
            session = session.advance()
            new.leave_behind(adopted.id, question, AT, last=session.done)
            assert new.run(adopted.id).session == session


def test_a_store_in_memory_starts_empty_and_has_no_path() -> None:
    with closing(Store.in_memory()) as one, closing(Store.in_memory()) as two:
        one.begin(plan(), "netral", AT)

        assert one.path is None
        assert two.unfinished("netral") is None


# Figures.


def test_seen_counts_the_answers_to_each_question(store: Store) -> None:
    assert store.seen("netral") == {}

    first = store.begin(plan(), "netral", AT)
    play(store, first, wrong("a"), right("b"), read=1)
    assert store.seen("netral") == {"a": 1, "b": 1}

    second = store.begin(plan(), "netral", AT)
    store.record(second.id, wrong("b"), AT + timedelta(days=1))
    store.record(second.id, right("a"), AT + timedelta(days=1))
    assert store.seen("netral") == {"a": 2, "b": 2}


def test_each_bank_has_its_own_figures(store: Store) -> None:
    ours = store.begin(plan(), "netral", AT)
    theirs = store.begin(plan(), "bank-lain", AT)
    store.record(ours.id, right("a"), AT)
    store.record(theirs.id, wrong("a"), AT)
    store.record(theirs.id, wrong("b"), AT)

    assert store.seen("netral") == {"a": 1}
    assert [entry.question for entry in store.history("netral")] == ["a"]
    assert store.seen("bank-lain") == {"a": 1, "b": 1}
    assert [entry.right for entry in store.history("bank-lain")] == [False, False]


def test_a_bank_is_begun_with_its_first_answer(store: Store) -> None:
    ours, theirs = (store.begin(plan(), bank, AT) for bank in ("netral", "bank-lain"))
    store.record(theirs.id, wrong("a"), AT)
    assert not store.begun("netral")
    store.record(ours.id, wrong("a"), AT)

    assert store.begun("netral")


def test_the_history_has_all_that_was_said_of_a_question(store: Store, path: Path) -> None:
    answers = [
        Answer("a", NEUTRAL, NOT_NEUTRAL),
        Answer("b", NEUTRAL, NEUTRAL, None, "0123456789ab"),
        *(Answer(confidence, NEUTRAL, NEUTRAL, confidence, "ab") for confidence in Confidence),
    ]
    run = store.begin(
        Plan(Kind.REVIEW, "", tuple(answer.question for answer in answers)), "netral", AT
    )
    [(uid,)] = rows(path, "SELECT uid FROM session")
    for number, answer in enumerate(answers):
        store.record(run.id, answer, AT + timedelta(minutes=number))

    assert sorted(store.history("netral")) == [
        Entry(
            AT + timedelta(minutes=number),
            str(uid),
            answer.question,
            answer.given,
            answer.expected,
            answer.confidence,
            answer.edition,
            Kind.REVIEW,
        )
        for number, answer in enumerate(answers)
    ]
    assert all(entry.at.tzinfo is UTC for entry in store.history("netral"))


# What goes wrong is said, and nothing has changed.


def limit_pages(store: Store, spare: int) -> None:
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count = {pages + spare}")


def test_what_does_not_fit_on_a_full_disk_can_be_logged_once_there_is_space(
    store: Store, path: Path
) -> None:
    run = store.begin(plan(), "netral", AT)
    session = play(store, run, wrong("a"), read=0)
    before = everything(path)
    long = "b" * 50_000
    another = Plan(Kind.PRACTICE, "", (long,))
    limit_pages(store, spare=0)

    with refused(StoreFull, path):
        store.begin(another, "netral", AT)
    with refused(StoreFull, path):
        store.record(run.id, right(long), AT)

    assert everything(path) == before
    assert store.unfinished("netral") == replace(run, session=session)
    limit_pages(store, spare=100)
    store.record(run.id, right(long), AT)
    assert store.seen("netral") == {"a": 1, long: 1}
    assert store.begin(another, "netral", AT) == store.unfinished("netral")


def test_a_session_that_does_not_fit_is_not_adopted_in_part(store: Store, path: Path) -> None:
    deck = tuple(f"a-question-with-a-long-name-{number}" for number in range(400))
    answers = tuple(right(question) for question in deck)
    store.begin(plan(), "netral", AT)
    before = everything(path)
    limit_pages(store, spare=5)

    with refused(StoreFull, path):
        store.adopt(Run(1, Kind.PRACTICE, "", Session(deck, answers, 400)), "netral", AT)

    assert everything(path) == before


def test_damage_done_while_the_store_is_open_is_said_when_it_is_met(path: Path) -> None:
    with closing(Store.open(path)) as store:
        run = store.begin(plan(), "netral", AT)
    whole = path.read_bytes()
    with closing(Store.open(path)) as store:
        path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
        store._connection.execute("PRAGMA shrink_memory")

        for look in (store.seen, store.history, lambda _bank: store.run(run.id)):
            with refused(StoreCorrupt, path):
                look("netral")


@pytest.mark.parametrize("in_memory", [False, True])
def test_a_store_already_closed_says_that_it_cannot_be_used(in_memory: bool, path: Path) -> None:
    store = Store.in_memory() if in_memory else Store.open(path)
    store.close()

    with refused(StoreError, Path(":memory:") if in_memory else path):
        store.seen("netral")


def test_tests_are_those_begun_and_not_left(store: Store) -> None:
    def begin(form: str, kind: Kind = Kind.TEST, bank: str = "netral") -> Run:
        return store.begin(Plan(kind, form, ("a", "b")), bank, AT)

    finished, begun, left = begin("A"), begin("B"), begin("B")
    begin("", Kind.PRACTICE)
    begin("A", bank="other")
    store.leave_behind(finished.id, "b", AT + timedelta(hours=1), last=True)
    store.leave(left.id, AT)

    found = {test.session: test for test in store.tests("netral")}

    assert found.keys() == {finished.id, begun.id}
    one = found[finished.id]
    assert (one.form, one.deck, one.started) == ("A", ("a", "b"), AT)
    assert one.finished == AT + timedelta(hours=1)
    assert found[begun.id].finished is None
    assert len({test.uid for test in found.values()}) == 2


def test_a_test_finished_on_one_computer_and_left_on_another_is_finished(
    store: Store, path: Path
) -> None:
    run = store.begin(Plan(Kind.TEST, "A", ("a",)), "netral", AT)
    store.leave(run.id, AT)
    store.leave_behind(run.id, "a", AT, last=True)
    assert store.tests("netral") == []

    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO ending VALUES (?, 'finished', ?)", (run.id, LOGGED_AT))

    (test,) = store.tests("netral")
    assert test.finished == AT
