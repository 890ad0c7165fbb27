"""Figures from the log."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz import forms, stats
from quiz.bank import load
from quiz.history import Entry, Sitting, edition, present
from quiz.models import Bank, Confidence, Verdict
from quiz.session import Kind, Plan, Score
from quiz.stats import Step

from . import banks

NEUTRAL, NOT_NEUTRAL = Verdict
UNSURE, FAIRLY, SURE = Confidence
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def utc(at: datetime) -> date:
    return at.date()


def bank_of(**principles: Sequence[str]) -> Bank:
    """A bank of scenarios by principle; each has four questions, which are all neutral."""
    return banks.bank(
        *(
            banks.scenario(
                id, [banks.question(f"{id}-{n}", act=f"{id} {n}") for n in range(4)], principle
            )
            for principle, ids in principles.items()
            for id in ids
        ),
        principles=tuple(principles),
    )


BANK = bank_of(satu=("a", "b"), dua=("c",), tiga=("d",))


def entry(
    question: str,
    right: bool = True,
    days: float = 1,
    confidence: Confidence | None = None,
    session: str = "s",
    kind: Kind = Kind.PRACTICE,
) -> Entry:
    """An answer to a question of BANK, so many days ago."""
    said = NEUTRAL if right else NOT_NEUTRAL
    words = edition(BANK.question[question])
    at = NOW - timedelta(days=days)
    return Entry(at, session, question, said, NEUTRAL, confidence, words, kind)


def figures(*entries: Entry, bank: Bank = BANK, now: datetime = NOW) -> stats.Figures:
    return stats.figures(bank, present(bank, entries), now, utc)


def all_of(scenario: str, days: float, *, wrong: str = "") -> list[Entry]:
    """Answers to a scenario's four questions, all right but one."""
    ids = [q.id for q in BANK.scenario[scenario].questions]
    return [entry(id, id != wrong, days, session=f"{days}") for id in ids]


def test_a_principle_counts_first_and_latest_answers_of_the_questions_answered() -> None:
    found = figures(
        entry("a-0", False, 3), entry("a-0", True, 2), entry("a-0", False, 4),
        entry("a-1", True, 2), entry("a-1", False, 1), entry("c-0", True),
    )  # fmt: skip

    satu, dua, tiga = found.learnt
    assert (satu.principle, satu.first, satu.latest) == ("satu", Score(1, 2, 8), Score(1, 2, 8))
    assert (dua.first, dua.latest) == (Score(1, 1, 4), Score(1, 1, 4))
    assert (tiga.first, tiga.latest) == (Score(0, 0, 4), Score(0, 0, 4))
    assert found.answers == 6


def test_a_principle_without_scenarios_is_left_out() -> None:
    bank = replace(
        BANK,
        manifest=replace(
            BANK.manifest,
            principles=(
                *BANK.manifest.principles,
                replace(BANK.manifest.principles[0], id="empat"),
            ),
        ),
    )

    assert [one.principle for one in figures(bank=bank).learnt] == ["satu", "dua", "tiga"]


def test_a_first_attempt_stays_wrong_and_the_latest_shows_what_was_learnt() -> None:
    (satu, *_rest) = figures(entry("a-0", False, 3), entry("a-0", True, 2)).learnt

    assert (satu.first.right, satu.latest.right) == (0, 1)


def test_without_answers_every_figure_is_there_and_empty() -> None:
    found = figures()

    assert found.answers == 0
    assert [one.latest.asked for one in found.learnt] == [8, 4, 4]
    assert [day.answers for day in found.days] == [0] * 28
    assert set(found.calibration.values()) == {Score(0, 0, 0)}
    assert (found.sure_but_wrong, found.mastered, found.weakest) == ((), (), None)
    assert found.unseen == ("a", "b", "c", "d")
    assert stats.retention([]) is None


def test_days_are_the_last_28_with_today_last() -> None:
    found = figures(
        entry("a-0", days=0), entry("a-1", days=0), entry("a-2", days=27),
        entry("a-3", days=28), entry("b-0", days=-2), entry("b-1", days=400),
    )  # fmt: skip

    assert [day.day for day in found.days] == [
        date(2026, 11, 22) - timedelta(days=ago) for ago in range(27, -1, -1)
    ]
    assert [day.answers for day in found.days] == [1] + [0] * 26 + [2]


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Asia/Jakarta", 22), ("Pacific/Kiritimati", 22), ("America/New_York", 21), ("UTC", 21)],
)
def test_an_answer_counts_on_the_day_the_learner_lived_it(zone: str, day: int) -> None:
    late = entry("a-0")._replace(at=datetime(2026, 11, 21, 18, tzinfo=UTC))

    found = stats.figures(BANK, [late], NOW, lambda at: at.astimezone(ZoneInfo(zone)).date())

    assert [one.day.day for one in found.days if one.answers] == [day]


def test_the_earliest_day_is_whole_in_any_zone() -> None:
    zone = ZoneInfo("Etc/GMT-14")
    now = datetime(2026, 11, 22, 23, 59, tzinfo=zone)
    first = datetime(2026, 10, 26, 0, 0, tzinfo=zone)

    found = stats.figures(
        BANK,
        [entry("a-0")._replace(at=first.astimezone(UTC))],
        now.astimezone(UTC),
        lambda at: at.astimezone(zone).date(),
    )

    assert found.days[0] == stats.Day(date(2026, 10, 26), 1)


def test_calibration_counts_every_answer_by_its_confidence() -> None:
    found = figures(
        entry("a-0", True, 5, SURE), entry("a-0", False, 4, SURE), entry("a-0", True, 3, SURE),
        entry("a-1", False, 2, UNSURE), entry("a-1", True, 1, None),
    )  # fmt: skip

    assert found.calibration == {
        UNSURE: Score(0, 1, 1),
        FAIRLY: Score(0, 0, 0),
        SURE: Score(2, 3, 3),
    }
    assert list(found.calibration) == list(Confidence)


def test_sure_but_wrong_is_what_was_so_last_latest_first() -> None:
    found = figures(
        entry("a-0", False, 5, SURE),
        entry("a-1", False, 4, SURE), entry("a-1", True, 3, SURE),
        entry("a-2", False, 4, SURE), entry("a-2", False, 3, FAIRLY),
        entry("a-3", True, 4, SURE), entry("a-3", False, 2, SURE),
        entry("b-0", False, 1, None),
    )  # fmt: skip

    assert found.sure_but_wrong == ("a-3", "a-0")
    assert stats.correction(found) == Plan(Kind.SURE_BUT_WRONG, "", ("a-3", "a-0"))


@pytest.mark.parametrize(
    ("what", "entries", "mastered"),
    [
        ("once is not enough", all_of("c", 3), ()),
        ("twice, days apart", all_of("c", 3) + all_of("c", 1), ("c",)),
        ("twice in one evening", all_of("c", 3) + all_of("c", 2.9), ()),
        ("just a day apart", all_of("c", 2) + all_of("c", 1), ("c",)),
        ("just less than a day apart", all_of("c", 2) + all_of("c", 1.0001), ()),
        ("and again at night", all_of("c", 3) + all_of("c", 1) + all_of("c", 0.9), ("c",)),
        ("wrong long ago", all_of("c", 9, wrong="c-2") + all_of("c", 3) + all_of("c", 1), ("c",)),
        ("wrong at the last", all_of("c", 9) + all_of("c", 3) + all_of("c", 1, wrong="c-2"), ()),
        ("wrong between", all_of("c", 9) + all_of("c", 3, wrong="c-2") + all_of("c", 1), ()),
        ("one question never", (all_of("c", 3) + all_of("c", 1))[1:-4] + all_of("c", 1)[1:], ()),
    ],
)  # fmt: skip
def test_a_scenario_is_mastered_once_all_is_right_twice_days_apart(
    what: str, entries: list[Entry], mastered: tuple[str, ...]
) -> None:
    numbered = [e._replace(session=f"{what} {n}") for n, e in enumerate(entries)]

    assert figures(*numbered).mastered == mastered


def test_unseen_are_the_scenarios_without_any_answer() -> None:
    assert figures(entry("b-3", False), entry("d-0")).unseen == ("a", "c")


def test_the_weakest_principle_has_the_lowest_share_of_latest_answers() -> None:
    found = figures(
        entry("a-0", False), entry("a-1"), entry("a-2"), entry("c-0"), entry("c-1", False),
        entry("d-0", False, 3), entry("d-0", True, 2),
    )  # fmt: skip

    assert found.weakest is not None
    assert found.weakest.principle == "dua"
    assert figures(entry("d-0", False, 3), entry("d-0", True, 2)).weakest is None


def test_of_two_equally_weak_principles_the_one_taught_first_counts() -> None:
    found = figures(entry("c-0", False), entry("d-0", False))

    assert found.weakest is not None
    assert found.weakest.principle == "dua"


EVERYTHING = [entry(f"{s}-{n}", session=f"{s}{n}") for s in "abcd" for n in range(4)]
SLIP = entry("c-0", False, 0.5)


@pytest.mark.parametrize(
    ("entries", "unfinished", "due", "step"),
    [
        ([], False, 0, Step.BEGIN),
        ([], True, 0, Step.CONTINUE),
        ([SLIP], True, 2, Step.CONTINUE),
        ([SLIP._replace(confidence=SURE)], False, 2, Step.REVIEW),
        ([SLIP._replace(confidence=SURE)], False, 0, Step.SURE_BUT_WRONG),
        ([SLIP], False, 0, Step.PRACTICE),
        ([*EVERYTHING, SLIP], False, 0, Step.PRINCIPLE),
        ([*EVERYTHING, entry("a-0", False, 0.5)], False, 0, Step.REST),
        (EVERYTHING, False, 0, Step.REST),
    ],
)
def test_the_next_step_is_the_first_there_is_to_do(
    entries: list[Entry], unfinished: bool, due: int, step: Step
) -> None:
    found = figures(*entries)

    assert stats.next_step(found, unfinished=unfinished, due=due, mark=0.8) is step


def test_retention_is_the_mean_over_the_scenarios_seen() -> None:
    assert stats.retention([0.9, 0.7]) == pytest.approx(0.8)


def edited(bank: Bank, question: str, change: Callable[[], dict[str, object]]) -> Bank:
    """The bank with one question changed."""
    return replace(
        bank,
        scenarios=tuple(
            replace(
                s,
                questions=tuple(
                    replace(q, **change()) if q.id == question else q  # type: ignore[arg-type]
                    for q in s.questions
                ),
            )
            for s in bank.scenarios
        ),
    )


def test_answers_to_edited_and_removed_questions_are_in_no_figure() -> None:
    log = [entry("c-0", False, 1, SURE), entry("c-1", True, 2), entry("d-0", False, 2, SURE)]
    new_words = edited(BANK, "c-0", lambda: {"act": banks.text("Lain sama sekali.")})
    without_d = replace(new_words, scenarios=new_words.scenarios[:-1])

    found = stats.progress(without_d, log, (), NOW, utc).figures

    assert found == figures(log[1], bank=without_d)
    assert found.answers == 1


def test_progress_puts_together_figures_review_and_what_is_next() -> None:
    found = stats.progress(BANK, all_of("c", 200, wrong="c-1"), (), NOW, utc)

    assert found.figures == figures(*all_of("c", 200, wrong="c-1"))
    assert (found.step, found.review) == (Step.REVIEW, Plan(Kind.REVIEW, "", ("c-0",)))
    assert found.next_due is not None
    assert found.next_due < NOW.date()
    assert found.retention is not None
    assert 0 < found.retention < 0.9
    assert found.comparison is None


def test_a_review_leaves_alone_what_is_kept_for_a_test() -> None:
    bank, _problems = load(Path(__file__).parent / "training_bank")
    assert bank
    form = forms.next_form(bank, ())
    test = Sitting(1, "tes", form.subject, form.deck, NOW - timedelta(days=90), NOW)
    kept = forms.reserved(bank, [test])
    assert kept
    log = [
        Entry(
            NOW - timedelta(days=89 if question in kept else 80),
            "s",
            question,
            bank.question[question].verdict,
            bank.question[question].verdict,
            None,
            None,
            Kind.PRACTICE,
        )
        for question in bank.question
    ]

    with_test = stats.progress(bank, log, [test], NOW, utc).review.deck
    without = stats.progress(bank, log, (), NOW, utc).review.deck

    assert len(with_test) == len(without) == len(bank.scenarios)
    assert set(without) <= kept
    assert kept.isdisjoint(with_test)


def test_an_unfinished_test_tells_nothing() -> None:
    log = [
        entry("c-0", False, 1, SURE, "latihan"),
        entry("d-0", False, 1, SURE, "tes", Kind.TEST),
    ]
    test = Sitting(2, "tes", "A", ("d-0", "d-1"), NOW - timedelta(days=1), None)
    finished = replace(test, finished=NOW)

    during = stats.progress(BANK, log, [test], NOW, utc)
    after = stats.progress(BANK, log, [finished], NOW, utc)

    assert during.figures.sure_but_wrong == ("c-0",)
    assert during.figures.answers == 1
    assert after.figures.answers == 2


MOMENTS = st.integers(-40 * 24, 24).map(lambda hours: NOW + timedelta(hours=hours))
ANSWERS = st.builds(
    Entry,
    MOMENTS,
    st.sampled_from(["s", "t", "u"]),
    st.sampled_from(sorted(BANK.question)),
    st.sampled_from(Verdict),
    st.just(NEUTRAL),
    st.sampled_from([None, *Confidence]),
    st.none(),
    st.just(Kind.PRACTICE),
)
LOGS = st.lists(ANSWERS, max_size=40, unique_by=lambda e: (e.session, e.question))


@given(LOGS.flatmap(lambda log: st.tuples(st.just(log), st.permutations(log))))
def test_the_order_in_which_answers_came_into_the_log_does_not_matter(
    logs: tuple[list[Entry], list[Entry]],
) -> None:
    log, other = logs
    both = [stats.figures(BANK, present(BANK, one), NOW, utc) for one in (log, other)]

    assert both[0] == both[1]


@given(LOGS)
def test_figures_of_one_log_agree_with_one_another(log: list[Entry]) -> None:
    found = stats.figures(BANK, present(BANK, log), NOW, utc)

    for one in found.learnt:
        assert one.first.answered == one.latest.answered <= one.latest.asked
        assert max(one.first.right, one.latest.right) <= one.latest.answered
    assert sum(day.answers for day in found.days) <= found.answers == len(log)
    assert sum(s.answered for s in found.calibration.values()) <= found.answers
    assert not set(found.mastered) & set(found.unseen)
    assert len(set(found.sure_but_wrong)) == len(found.sure_but_wrong)
    assert not {BANK.home_of[id].id for id in found.sure_but_wrong} & set(found.mastered)


def test_a_hundred_thousand_answers_cost_no_more_than_reading_them_a_few_times() -> None:
    questions = sorted(BANK.question)
    log = [
        entry(questions[n % 16], n % 7 > 0, n / 90, SURE if n % 3 else None, session=f"{n // 16}")
        for n in range(100_000)
    ]
    entries = present(BANK, log)

    start = perf_counter()
    assert sum(1 for e in entries if e.given == e.expected and e.at < NOW) > 80_000
    once = perf_counter() - start
    start = perf_counter()
    stats.figures(BANK, entries, NOW, utc)
    assert perf_counter() - start < 20 * once
