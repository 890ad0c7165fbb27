"""The figures in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz import i18n, stats
from quiz import stats_words as words
from quiz.forms import Comparison
from quiz.models import Confidence
from quiz.proportions import newcombe
from quiz.session import Kind, Plan, Score
from quiz.stats import Day, Learnt, Progress, Step

from . import banks

BANK = banks.bank(
    *(
        banks.scenario(id, [banks.question(f"{id}-{n}") for n in range(4)], principle)
        for principle, id in (("satu", "a"), ("dua", "b"))
    ),
    principles=("satu", "dua"),
)
SATU = Learnt("satu", Score(1, 4, 4), Score(3, 4, 4))
DUA = Learnt("dua", Score(0, 0, 4), Score(0, 0, 4))
FIGURES = stats.Figures(
    answers=8,
    learnt=(SATU, DUA),
    days=(),
    calibration=dict.fromkeys(Confidence, Score(0, 0, 0)),
    sure_but_wrong=("a-0", "a-1"),
    mastered=(),
    unseen=("b",),
    weakest=SATU,
)


def progress(step: Step, due: int = 0, next_due: date | None = None) -> Progress:
    deck = tuple(BANK.question)[:due]
    return Progress(FIGURES, step, Plan(Kind.REVIEW, "", deck), next_due, 0.9, None)


@pytest.mark.parametrize(
    ("step", "english", "indonesian"),
    [
        (Step.BEGIN, "Begin with a first practice.", "Mulailah dengan latihan pertama."),
        (
            Step.CONTINUE,
            "Go on with the session that you left.",
            "Lanjutkan latihan yang Anda tinggalkan.",
        ),
        (Step.REVIEW, "Review: 3 scenarios are due.", "Ulangan: 3 kasus jatuh tempo."),
        (
            Step.SURE_BUT_WRONG,
            "Judge 2 acts again: you were sure, but wrong.",
            "Nilai lagi 2 tindakan: Anda yakin, tetapi keliru.",
        ),
        (
            Step.PRACTICE,
            "Quick practice: 1 scenario is new to you.",
            "Latihan cepat: 1 kasus masih baru bagi Anda.",
        ),
        (
            Step.PRINCIPLE,
            "Practise your weakest principle: Prinsip satu.",
            "Latih prinsip yang paling lemah: Prinsip satu.",
        ),
    ],
)
def test_every_step_says_what_to_do_and_why(step: Step, english: str, indonesian: str) -> None:
    assert words.next_line(BANK, progress(step, due=3), "en") == english

    i18n.install("id")
    assert words.next_line(BANK, progress(step, due=3), "id") == indonesian


def test_at_rest_it_says_when_the_next_review_is() -> None:
    said = words.next_line(BANK, progress(Step.REST, next_due=date(2026, 11, 27)), "en")

    assert said.startswith("You are up to date.")
    assert "27 November 2026" in said


def test_days_are_named_in_full_and_in_short() -> None:
    assert words.day(date(2026, 10, 5)) == "5 October 2026"
    assert words.short_day(date(2026, 10, 5)) == "5 Oct"

    i18n.install("id")
    assert words.short_day(date(2026, 8, 17)) == "17 Agu"


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (
            72,
            [
                "Principle     First             Latest            Asked",
                "Prinsip satu  ━━╺───────   1/4  ━━━━━━━━╺─   3/4    4/4",
                "Prinsip dua   ──────────     –  ──────────     –    0/4",
            ],
        ),
        (
            40,
            [
                "Principle      First  Latest  Asked",
                "Prinsip satu     1/4     3/4    4/4",
                "Prinsip dua        –       –    0/4",
            ],
        ),
        (
            30,
            [
                "Princi…   First  Latest  Asked",
                "Prinsi…     1/4     3/4    4/4",
                "Prinsi…       –       –    0/4",
            ],
        ),
    ],
)
def test_a_table_has_bars_where_there_is_room(width: int, lines: list[str]) -> None:
    head, rows = words.table(BANK, FIGURES.learnt, "en", width)

    assert [head, *rows] == lines


@given(st.integers(34, 200), st.sampled_from(["en", "id"]))
def test_a_table_is_never_wider_than_its_room_and_its_columns_stand_below_one_another(
    width: int, language: str
) -> None:
    with i18n.speaking(language):
        head, rows = words.table(BANK, FIGURES.learnt, "en", width)

    assert len({len(line) for line in (head, *rows)}) == 1
    assert len(head) <= width


def test_days_are_summed_up() -> None:
    start = date(2026, 11, 1)
    days = [Day(start + timedelta(days=n), count) for n, count in enumerate((0, 3, 0, 7, 7))]

    said = words.days_line(days)

    assert said == "17 answers on 3 days; the most in a day: 7, on 4 November 2026."
    assert words.days_line(days[:2]).startswith("3 answers on 1 day;")
    assert words.days_line(days[:1]) == "No answers in the last four weeks."


def test_memory_says_what_is_remembered_and_what_is_due() -> None:
    lines = [*words.memory_lines(progress(Step.REVIEW, due=2), 5)]

    assert lines == [
        "You are expected to remember about 90% of the 5 scenarios practised.",
        "2 scenarios are due today.",
    ]
    nothing = replace(progress(Step.BEGIN), retention=None)
    assert len([*words.memory_lines(nothing, 0)]) == 1


def test_calibration_has_a_line_for_each_level_the_surest_first() -> None:
    levels = dict(
        zip(Confidence, (Score(1, 2, 2), Score(0, 0, 0), Score(90, 100, 100)), strict=True)
    )

    assert [*words.calibration_lines(levels)] == [
        "Sure         ━━━━━━━━━╺  90/100  90% right",
        "Fairly sure  ──────────     0/0  –",
        "Unsure       ━━━━━╺────     1/2  50% right",
    ]
    (never,) = words.calibration_lines(FIGURES.calibration)
    assert "the settings can have it ask" in never


@pytest.mark.parametrize(
    ("before", "after", "left_out", "english"),
    [
        ((12, 14), (13, 14), 0, "12 of 14 right before, 13 of 14 right after: +7 points."),
        ((13, 14), (12, 14), 0, "13 of 14 right before, 12 of 14 right after: −7 points."),
        ((7, 14), (5, 10), 4, "7 of 14 right before, 5 of 10 right after: 0 points."),
    ],
)
def test_a_comparison_says_how_sure_one_can_be(
    before: tuple[int, int], after: tuple[int, int], left_out: int, english: str
) -> None:
    low, high = newcombe(*after, *before)
    scores = [Score(right, asked, asked) for right, asked in (before, after)]
    comparison = Comparison(*scores, left_out, scores[1].share - scores[0].share, low, high)

    said, *rest = words.comparison_lines(comparison)

    assert said.startswith(english)
    assert f"from −{round(-low * 100)} to +{round(high * 100)} points." in said
    assert rest == (["4 acts of form B are left out: you met them in between."] if left_out else [])


def test_without_a_comparison_it_says_what_will_be_there() -> None:
    (said,) = words.comparison_lines(None)

    assert said.startswith("Forms A and B")


def test_the_weakest_principle_is_named_where_one_is_known() -> None:
    said = words.weakest_line(BANK, FIGURES, "en")

    assert said == "Weakest: Prinsip satu, 3 of 4 right."
    assert words.weakest_line(BANK, replace(FIGURES, weakest=None), "en") is None
