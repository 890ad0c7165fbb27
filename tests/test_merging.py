"""Logs of several computers, merged: the same figures, in whatever order they come together."""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz import stats
from quiz.bank import load
from quiz.errors import HistoryFileError, StoreFull
from quiz.history import stamp
from quiz.merging import Merged
from quiz.models import Bank, Confidence, Verdict
from quiz.portable import Ending, GivenAnswer, Reading, Record, read, write
from quiz.session import Answer, Kind, Plan, Session
from quiz.store import Store

from .commandline import DECK, SMALL
from .conftest import refused, rows

AT = datetime(2025, 11, 22, 9, 30, tzinfo=UTC)
NEUTRAL, NOT_NEUTRAL = Verdict
KINDS = (Kind.PRACTICE, ""), (Kind.TEST, "A"), (Kind.TEST, "B")


@pytest.fixture(scope="module")
def bank() -> Bank:
    found, problems = load(SMALL)
    assert found, problems
    return found


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(Store.in_memory()) as store:
        yield store


def later(minutes: int) -> str:
    return stamp(AT + timedelta(minutes=minutes))


def said(
    question: str,
    verdict: Verdict = NEUTRAL,
    minutes: int = 1,
    confidence: Confidence | None = None,
    edition: str | None = None,
) -> GivenAnswer:
    return GivenAnswer(question, verdict, NEUTRAL, confidence, edition, later(minutes))


def record(*answers: GivenAnswer, ending: Ending | None = None, uid: str = "a" * 32) -> Record:
    readings = tuple(Reading(answer.question, answer.answered_at) for answer in answers)
    return Record(
        uid, "kecil", Kind.PRACTICE, "", tuple(DECK), stamp(AT), answers, readings, ending
    )


def figures(store: Store, bank: Bank) -> object:
    """All that anything is computed from, and the figures."""
    log, tests = store.history("kecil"), store.tests("kecil")
    return (
        stats.progress(bank, log, tests, AT + timedelta(days=3), datetime.date),
        sorted(log),
        store.seen("kecil"),
        [
            replace(each, answers=tuple(sorted(each.answers, key=str)), readings=())
            for each in store.export()
        ],
        [set(each.readings) for each in store.export()],
    )


@st.composite
def computers(draw: st.DrawFn) -> list[list[Record]]:
    """What each of a few computers knows of the same sessions, here and there another answer."""
    answer = st.builds(
        said,
        st.just(""),
        st.sampled_from(Verdict),
        st.integers(1, 2),
        st.sampled_from([None, *Confidence]),
        st.sampled_from([None, "0123456789ab"]),
    )
    ending = st.builds(
        Ending, st.sampled_from(["finished", "left"]), st.sampled_from([later(3), later(4)])
    )
    known = []
    for _computer in range(draw(st.integers(1, 4))):
        records = []
        for number in draw(st.sets(st.integers(0, 2))):
            answers = [
                replace(draw(answer), question=question)
                for question in DECK[: draw(st.integers(0, len(DECK)))]
            ]
            # That an explanation was left behind has a time too, but nothing depends on it.
            told = record(*answers, ending=draw(st.none() | ending), uid=f"{number:032}")
            told = replace(told, kind=KINDS[number][0], subject=KINDS[number][1])
            read = tuple(Reading(answer.question, later(2)) for answer in answers)
            records.append(replace(told, readings=read[: draw(st.integers(0, len(DECK)))]))
        known.append(records)
    return known


@given(known=computers(), seed=st.integers(0, 999))
@settings(max_examples=150)
def test_logs_come_to_the_same_figures_in_whatever_order_they_are_merged(
    bank: Bank, known: list[list[Record]], seed: int
) -> None:
    stores = [Store.in_memory() for _records in known]
    try:
        for store, records in zip(stores, known, strict=True):
            store.merge(records)
        one, other = Store.in_memory(), Store.in_memory()
        stores += [one, other]
        for store in stores[: len(known)]:
            one.merge(store.export())
        chance = random.Random(seed)
        # By way of others, some more than once.
        for giver in chance.choices(stores[: len(known)], k=6):
            chance.choice(stores[: len(known)]).merge(giver.export())
        for store in chance.sample(stores[: len(known)], len(known)):
            other.merge(store.export())

        assert figures(one, bank) == figures(other, bank)
        assert one.merge(other.export()) == Merged()
        for store in stores[: len(known)]:
            store.merge(one.export())
            assert figures(store, bank) == figures(one, bank)
    finally:
        for store in stores:
            store.close()


def test_what_is_exported_and_imported_elsewhere_is_the_same_there(
    store: Store, bank: Bank
) -> None:
    run = store.begin(Plan(Kind.TEST, "B", tuple(DECK)), "kecil", AT)
    store.record(run.id, Answer(DECK[0], NEUTRAL, NOT_NEUTRAL), AT)
    store.leave_behind(run.id, DECK[0], AT, last=False)
    store.record(run.id, Answer(DECK[1], NEUTRAL, NEUTRAL, Confidence.SURE, "0123456789ab"), AT)
    left = store.begin(
        Plan(Kind.LEVEL, "basic", tuple(DECK)), "bank-lain", AT + timedelta(minutes=1)
    )
    store.leave(left.id, AT)
    records = read(write(store.export()).encode())

    with closing(Store.in_memory()) as there:
        assert there.merge(records) == Merged(sessions=2, answers=2)
        assert there.merge(records) == Merged()

        assert there.export() == store.export() == records
        assert figures(there, bank) == figures(store, bank)
        assert there.unfinished("kecil") == store.unfinished("kecil")
        assert there.unfinished("bank-lain") is None


def test_a_session_known_here_gains_what_it_lacks(store: Store) -> None:
    store.merge([record(said(DECK[0]))])

    merged = store.merge([record(said(DECK[0]), said(DECK[1]), ending=Ending("left", later(9)))])

    assert merged == Merged(answers=1)
    assert store.export() == [record(said(DECK[0]), said(DECK[1]), ending=Ending("left", later(9)))]
    assert store.unfinished("kecil") is None


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize(
    ("counts", "not_counted"),
    [
        (said(DECK[0], NOT_NEUTRAL, minutes=1), said(DECK[0], NEUTRAL, minutes=2)),
        (said(DECK[0], NEUTRAL), said(DECK[0], NOT_NEUTRAL)),
        (said(DECK[0], NEUTRAL), said(DECK[0], NEUTRAL, 1, Confidence.SURE)),
        (said(DECK[0], NEUTRAL), said(DECK[0], NEUTRAL, 1, None, "0123456789ab")),
    ],
)
def test_of_two_answers_to_one_question_the_earlier_counts_and_both_are_kept_in_the_log(
    counts: GivenAnswer, not_counted: GivenAnswer, first: int, tmp_path: Path
) -> None:
    came = [record(counts, said(DECK[1])), record(not_counted, said(DECK[1]))]
    if first:
        came.reverse()
    with closing(Store.open(tmp_path / "netral.db")) as store:
        store.merge([came[0]])
        merged = store.merge([came[1]])

        assert merged == Merged(differing=1)
        assert set(store.export()[0].answers) == {counts, said(DECK[1])}
        assert [
            entry.given for entry in sorted(store.history("kecil")) if entry.question == DECK[0]
        ] == [counts.given]
        assert store.seen("kecil") == {DECK[0]: 1, DECK[1]: 1}
        run = store.unfinished("kecil")
        assert run is not None
        assert [answer.question for answer in run.session.answers] == DECK[:2]
        assert run.session.answers[0].given == counts.given
    assert len(rows(tmp_path / "netral.db", "SELECT * FROM answer")) == 2 + first


def test_a_session_that_two_computers_went_on_with_goes_on_after_all_that_either_has(
    store: Store,
) -> None:
    # The other one's bank lacked the second question for a while.
    store.merge([replace(record(said(DECK[0]), said(DECK[1])), readings=())])
    store.merge([replace(record(said(DECK[0]), said(DECK[2])), readings=())])

    run = store.unfinished("kecil")

    assert run is not None
    assert [answer.question for answer in run.session.answers] == DECK[:3]
    assert run.session == Session(tuple(DECK), run.session.answers, 2)
    store.leave_behind(run.id, run.session.current, AT, last=False)


def test_an_answer_known_from_elsewhere_is_not_given_again(store: Store) -> None:
    from quiz.errors import AnsweredElsewhere

    store.merge([record(said(DECK[0], NEUTRAL, 5))])
    store.merge([record(said(DECK[0], NOT_NEUTRAL, 4))])
    run = store.unfinished("kecil")
    assert run is not None

    with pytest.raises(AnsweredElsewhere):
        store.record(run.id, Answer(DECK[0], NEUTRAL, NEUTRAL), AT)


@pytest.mark.parametrize(
    "change",
    [
        {"bank": "lain"},
        {"kind": Kind.TEST},
        {"subject": "x"},
        {"deck": tuple(reversed(DECK))},
        {"started_at": later(1)},
    ],
)
def test_a_file_that_tells_of_a_session_otherwise_is_refused_as_a_whole(
    change: dict[str, object], store: Store
) -> None:
    store.merge([record(said(DECK[0]))])
    before = store.export()
    changed = replace(record(said(DECK[0]), said(DECK[1])), **change)  # type: ignore[arg-type]

    with pytest.raises(HistoryFileError) as caught:
        store.merge([record(said(DECK[2]), uid="b" * 32), changed])

    assert "a" * 32 in caught.value.message
    assert caught.value.hint
    assert store.export() == before


def test_what_does_not_fit_on_the_disk_is_not_merged_in_part(tmp_path: Path) -> None:
    path = tmp_path / "netral.db"
    with closing(Store.open(path)) as store:
        store.merge([record(said(DECK[0]))])
        before = store.export()
        (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
        store._connection.execute(f"PRAGMA max_page_count = {pages + 5}")

        with refused(StoreFull, path):
            store.merge([record(said(DECK[0]), uid=f"{number:032}") for number in range(2000)])

        assert store.export() == before
