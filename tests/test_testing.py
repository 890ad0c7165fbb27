"""The test as every front end takes it."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quiz.bank import load
from quiz.forms import next_form
from quiz.models import Bank, Verdict
from quiz.session import Kind, Plan
from quiz.store import Run, Store
from quiz.testing import next_test, outcome, rules

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
AFTER_A = "Now train, then take form B. Until then its questions stay out of your practice."
PASSED = "You have passed: “netral certificate” writes a page to print."


@pytest.fixture(scope="module")
def bank() -> Bank:
    found, problems = load(Path(__file__).parent / "training_bank")
    assert found, problems
    return found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "netral.db")) as store:
        yield store


def play(bank: Bank, store: Store, test: Plan | Run, given: str, day: int = 0) -> Run:
    """Answer as many questions as `given` has letters, R right and W wrong."""
    at = NOON + timedelta(days=day)
    run = test if isinstance(test, Run) else store.begin(test, bank.manifest.id, at)
    session = run.session
    for sign in given:
        question = bank.question[session.current]
        wrong = next(verdict for verdict in Verdict if verdict is not question.verdict)
        session = session.answer(question.verdict if sign == "R" else wrong, question.verdict)
        store.record(run.id, session.last, at)
        session = session.advance()
        store.leave_behind(run.id, question.id, at, last=session.done)
    return store.run(run.id)


def test_a_test_begun_is_gone_on_with_though_something_else_was_begun_since(
    bank: Bank, store: Store
) -> None:
    first = next_test(bank, store)
    assert first == next_form(bank, [])
    begun = play(bank, store, first, "RW")
    store.begin(Plan(Kind.PRACTICE, "", tuple(bank.question)[:2]), bank.manifest.id, NOON)

    assert next_test(bank, store) == begun


def test_of_a_test_begun_on_two_computers_both_go_on_with_the_same(
    bank: Bank, store: Store
) -> None:
    play(bank, store, next_test(bank, store), "RW", day=1)
    with closing(Store.in_memory()) as other:
        play(bank, other, next_test(bank, other), "WWR")
        there = other.export()
        other.merge(store.export())
        store.merge(there)

        both = [next_test(bank, one) for one in (store, other)]

    assert [isinstance(run, Run) and len(run.session.answers) for run in both] == [2, 2]


def test_a_test_that_was_dropped_begins_anew(bank: Bank, store: Store) -> None:
    first = next_test(bank, store)
    store.leave(play(bank, store, first, "RW").id, NOON)

    assert next_test(bank, store) == first


def test_a_test_of_which_the_bank_has_lost_the_rest_begins_anew(bank: Bank, store: Store) -> None:
    known = next(iter(bank.question))
    play(bank, store, Plan(Kind.TEST, "A", (known, "gone")), "R")

    assert next_test(bank, store) == next_form(bank, [])


def test_a_test_finished_leads_to_the_other_form(bank: Bank, store: Store) -> None:
    first = play(bank, store, next_test(bank, store), "RRRR")

    second = next_test(bank, store)

    assert isinstance(second, Plan)
    assert second.subject == "B"
    assert not {*second.deck} & {*first.session.deck}


def test_what_a_test_is_is_said_with_its_length_and_the_pass_mark(bank: Bank) -> None:
    said = [*rules(bank, "A", 4)]

    assert said[0].startswith("Form A has 4 questions. Take form A before you train")
    assert bank.manifest.pass_mark == 0.8
    assert " 80%" in said[-1]
    assert next(rules(bank, "B", 1)).startswith("Form B has 1 question. ")


def test_after_form_a_one_trains_and_a_pass_names_the_certificate(bank: Bank, store: Store) -> None:
    failed = play(bank, store, next_test(bank, store), "RRWW")
    assert [*outcome(bank, store, failed)] == [AFTER_A]

    passed = play(bank, store, Plan(Kind.TEST, "A", failed.session.deck), "RRRR", day=1)
    assert [*outcome(bank, store, passed)] == [AFTER_A, PASSED]


def test_after_form_b_the_two_are_compared(bank: Bank, store: Store) -> None:
    play(bank, store, next_test(bank, store), "RRWW")
    second = play(bank, store, next_test(bank, store), "RRRR", day=3)

    compared, passed = outcome(bank, store, second)

    assert compared.startswith("2 of 4 right before, 4 of 4 right after: +50 points.")
    assert passed == PASSED


def test_after_form_b_that_was_all_met_before_nothing_is_compared(bank: Bank, store: Store) -> None:
    play(bank, store, next_test(bank, store), "RRWW")
    second = next_test(bank, store)
    assert isinstance(second, Plan)
    play(bank, store, Plan(Kind.MISSED, "", second.deck), "RRRR", day=1)

    said = [*outcome(bank, store, play(bank, store, second, "WWWW", day=3))]

    assert len(said) == 1
    assert "cannot be compared" in said[0]
