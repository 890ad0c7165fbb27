"""A learner's progress as a store has it."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from quiz.bank import load
from quiz.history import edition
from quiz.models import Bank
from quiz.overview import overview
from quiz.session import Answer, Kind, Plan
from quiz.stats import Step
from quiz.store import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DECK = ("memakai-kaus", "memakai-seragam", "bertanya-pilihan", "datang-pagi")


@pytest.fixture(scope="module")
def bank() -> Bank:
    found, problems = load(Path(__file__).parent / "small_bank")
    assert found, problems
    return found


def begin(
    store: Store, bank: Bank, number: int, of: str = "kecil", kind: str = "practice", days: int = 1
) -> int:
    """A session so many days ago whose first questions are answered rightly."""
    at = NOW - timedelta(days=days)
    run = store.begin(Plan(Kind(kind), "A" if kind == "test" else "", DECK), of, at)
    for id in DECK[:number]:
        question = bank.question[id]
        answer = Answer(id, question.verdict, question.verdict, None, edition(question))
        store.record(run.id, answer, at)
        store.leave_behind(run.id, id, at, last=id == DECK[-1])
    return run.id


def day(at: datetime) -> date:
    return at.date()


def test_it_counts_the_answers_on_this_bank_and_names_what_to_continue(bank: Bank) -> None:
    with closing(Store.in_memory()) as store:
        begin(store, bank, 4)
        begin(store, bank, 4, of="lain")
        unfinished = begin(store, bank, 1)

        found, run = overview(bank, store, store.history("kecil"), NOW, day, None)

    assert found.figures.answers == 5
    assert (found.step, run and run.id) == (Step.CONTINUE, unfinished)


def test_a_session_with_nothing_left_to_ask_is_not_continued(bank: Bank) -> None:
    with closing(Store.in_memory()) as store:
        store.begin(Plan(Kind.PRACTICE, "", ("sudah-dicabut",)), "kecil", NOW)

        found, run = overview(bank, store, store.history("kecil"), NOW, day, None)

    assert (found.step, run) == (Step.BEGIN, None)


def test_a_test_counts_once_it_is_finished(bank: Bank) -> None:
    with closing(Store.in_memory()) as store:
        begin(store, bank, 3, kind="test")
        before, _run = overview(bank, store, store.history("kecil"), NOW, day, None)
        begin(store, bank, 4, kind="test")
        after, _run = overview(bank, store, store.history("kecil"), NOW, day, None)

    assert (before.figures.answers, after.figures.answers) == (0, 4)


def test_the_day_to_be_ready_by_brings_the_next_review_forward(bank: Bank) -> None:
    with closing(Store.in_memory()) as store:
        for days in (60, 40, 1):
            begin(store, bank, 4, days=days)
        free, _run = overview(bank, store, store.history("kecil"), NOW, day, None)
        bound, _run = overview(bank, store, store.history("kecil"), NOW, day, date(2026, 12, 20))

    assert free.next_due is not None
    assert bound.next_due is not None
    assert bound.next_due < date(2026, 12, 20) < free.next_due
