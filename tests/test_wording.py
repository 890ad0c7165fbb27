"""The words and signs that every front end shares."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from quiz import i18n, wording
from quiz.bank import load
from quiz.models import Bank, Confidence, Law, Level, Source, Text, Verdict
from quiz.session import Answer, Kind, Score

NEUTRAL, NOT_NEUTRAL = Verdict


@pytest.fixture(scope="module")
def bank() -> Bank:
    found, problems = load(Path(__file__).parent / "small_bank")
    assert found, problems
    return found


def source(bank: Bank, said: dict[str, str]) -> Source:
    """A source that says so much of itself, and no more than it must beside."""
    return replace(bank.sources["koran-2024"], **{"title": None, **said})  # type: ignore[arg-type]


def law(checked: str) -> Law:
    return Law(
        id="aturan-1",
        name="Aturan Contoh",
        article="Pasal 1",
        paraphrase=Text({"id": "Kantor bebas atribut.", "en": "No party marks."}),
        status="in-force",
        checked=checked,
    )


@pytest.mark.parametrize(
    ("language", "neutral", "not_neutral"),
    [("en", "Neutral", "Not neutral"), ("id", "Netral", "Tidak netral")],
)
def test_a_verdict_is_a_word_of_the_language(language: str, neutral: str, not_neutral: str) -> None:
    i18n.install(language)

    assert wording.verdict(NEUTRAL) == neutral
    assert wording.verdict(NOT_NEUTRAL) == not_neutral


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Unsure", "Fairly sure", "Sure"]), ("id", ["Ragu", "Cukup yakin", "Yakin"])],
)
def test_a_confidence_is_said_in_the_language(language: str, words: list[str]) -> None:
    i18n.install(language)

    assert [wording.confidence(confidence) for confidence in Confidence] == words


def test_a_contrast_is_withheld_while_it_is_yet_to_be_judged(bank: Bank) -> None:
    question, alone = bank.question["memakai-kaus"], bank.question["datang-pagi"]
    contrast = "memakai-seragam"

    assert "this session" in (wording.withheld(question, (contrast,), frozenset()) or "")
    assert "your test" in (wording.withheld(question, (), {contrast}) or "")
    assert wording.withheld(question, ("datang-pagi",), {"memakai-kaus"}) is None
    assert wording.withheld(alone, (contrast,), {contrast}) is None


def test_each_verdict_has_a_sign_of_its_own_that_takes_one_cell() -> None:
    signs = [wording.SIGNS[verdict] for verdict in Verdict]

    assert len(set(signs)) == len(Verdict)
    assert [cell_len(sign) for sign in signs] == [1, 1]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Basic", "Intermediate", "Advanced"]), ("id", ["Dasar", "Menengah", "Lanjut"])],
)
def test_a_level_is_a_word_of_the_language(language: str, words: list[str]) -> None:
    i18n.install(language)

    assert [wording.level(level) for level in Level] == words


@pytest.mark.parametrize(
    ("iso", "english", "indonesian"),
    [
        ("2020", "2020", "2020"),
        ("2020-12", "December 2020", "Desember 2020"),
        ("2020-12-24", "24 December 2020", "24 Desember 2020"),
        ("2024-05-06", "6 May 2024", "6 Mei 2024"),
    ],
)
def test_a_date_says_as_much_as_is_known_of_it(iso: str, english: str, indonesian: str) -> None:
    assert wording.date(iso) == english

    i18n.install("id")
    assert wording.date(iso) == indonesian


def test_where_nothing_is_due_the_day_is_said_on_which_something_will_be() -> None:
    assert "practise" in wording.nothing_due(None)
    assert wording.nothing_due(datetime.date(2026, 11, 7)).endswith(" is on 7 November 2026.")

    i18n.install("id")
    assert wording.nothing_due(datetime.date(2026, 11, 7)).endswith(" 7 November 2026.")


ENGLISH = "January February March April May June July August September October November December"
INDONESIAN = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
)


@pytest.mark.parametrize(("language", "months"), [("en", ENGLISH), ("id", INDONESIAN)])
def test_every_month_has_its_name(language: str, months: str) -> None:
    i18n.install(language)

    said = [wording.date(f"2020-{month:02}") for month in range(1, 13)]

    assert said == [f"{month} 2020" for month in months.split()]


@pytest.mark.parametrize(
    ("said", "credit"),
    [
        ({}, "Koran Contoh, 6 May 2024"),
        ({"title": "Kabar"}, "“Kabar”, Koran Contoh, 6 May 2024"),
        ({"author": "Wayan"}, "Wayan, Koran Contoh, 6 May 2024"),
        ({"author": "Wayan", "title": "Kabar"}, "Wayan, “Kabar”, Koran Contoh, 6 May 2024"),
        ({"published": "2024", "editor": "Ketut", "note": "©"}, "Koran Contoh, 2024"),
    ],
)
def test_a_credit_holds_what_the_source_says_of_itself(
    bank: Bank, said: dict[str, str], credit: str
) -> None:
    assert wording.credit(source(bank, said)) == credit


def test_a_credit_says_its_date_in_the_language(bank: Bank) -> None:
    i18n.install("id")

    assert wording.credit(source(bank, {})) == "Koran Contoh, 6 Mei 2024"


@pytest.mark.parametrize(
    ("given", "expected", "english", "indonesian"),
    [
        (NEUTRAL, NEUTRAL, "Right: neutral.", "Tepat: netral."),
        (NOT_NEUTRAL, NOT_NEUTRAL, "Right: not neutral.", "Tepat: tidak netral."),
        (NOT_NEUTRAL, NEUTRAL, "Not quite: this is neutral.", "Belum tepat: ini netral."),
        (NEUTRAL, NOT_NEUTRAL, "Not quite: this is not neutral.", "Belum tepat: ini tidak netral."),
    ],
)
def test_an_outcome_says_whether_the_answer_was_right_and_what_the_verdict_is(
    given: Verdict, expected: Verdict, english: str, indonesian: str
) -> None:
    answer = Answer("soal", given, expected)
    assert wording.outcome(answer) == english

    i18n.install("id")
    assert wording.outcome(answer) == indonesian


def test_a_law_is_named_in_its_own_words_and_told_in_the_language_of_the_bank() -> None:
    reference = law("2025-12")

    assert wording.law(reference, "en") == "Aturan Contoh, Pasal 1: No party marks."
    assert wording.law(reference, "id") == "Aturan Contoh, Pasal 1: Kantor bebas atribut."


def test_a_quote_stands_with_its_source_and_its_translation_where_there_is_one(bank: Bank) -> None:
    (citation,) = bank.question["datang-pagi"].citations

    quote, gloss = wording.quoted(bank, citation, "en")
    (alone,) = wording.quoted(bank, citation, "id")

    assert f"“{citation.quote}” ({wording.credit(bank.sources['koran-2024'])})" in quote
    assert "Staff come earlier to serve citizens." in gloss
    assert alone == quote


def test_a_contrast_is_the_other_act_and_its_verdict(bank: Bank) -> None:
    other = wording.contrast(bank.question["memakai-seragam"], "id")

    assert other == "Wayan memakai seragam. Neutral."


def test_the_laws_of_a_question_are_told_with_how_current_they_are(bank: Bank) -> None:
    told = list(wording.laws(bank, bank.question["memakai-kaus"], "en"))

    (reference,) = bank.laws.values()
    assert wording.law(reference, "en") in told[0]
    assert told[1:] == [wording.laws_checked([reference])]
    assert list(wording.laws(bank, bank.question["datang-pagi"], "en")) == []


def test_laws_are_as_current_as_the_one_checked_longest_ago() -> None:
    laws = [law("2025-02"), law("2024-11"), law("2025-01")]
    assert "November 2024" in wording.laws_checked(laws)
    assert "December 2025" in wording.laws_checked([law("2025-12")])

    i18n.install("id")
    assert "Desember 2025" in wording.laws_checked([law("2025-12")])


@pytest.mark.parametrize(
    ("kind", "subject", "english", "indonesian"),
    [
        (Kind.PRACTICE, "", "Quick practice", "Latihan cepat"),
        (Kind.MISSED, "", "What I missed", "Yang belum tepat"),
        (Kind.REVIEW, "", "Review", "Ulangan"),
        (Kind.SURE_BUT_WRONG, "", "Sure but wrong", "Yakin tapi keliru"),
        (Kind.TEST, "A", "Test A", "Tes A"),
        (Kind.TEST, "B", "Test B", "Tes B"),
        (Kind.ROOM, "", "From a group session", "Dari sesi kelompok"),
        (Kind.LEVEL, "basic", "Level: Basic", "Tingkat: Dasar"),
        (Kind.LEVEL, "advanced", "Level: Advanced", "Tingkat: Lanjut"),
        (Kind.SCENARIO, "kaus-partai", "The party shirt", "Kaus partai"),
        (Kind.PRINCIPLE, "tanpa-atribut", "No party marks", "Tanpa atribut"),
        (Kind.SCENARIO, "kasus-yang-dicabut", "kasus-yang-dicabut", "kasus-yang-dicabut"),
        (Kind.PRINCIPLE, "prinsip-yang-dicabut", "prinsip-yang-dicabut", "prinsip-yang-dicabut"),
        (Kind.SCENARIO, "tanpa-atribut", "tanpa-atribut", "tanpa-atribut"),
        (Kind.PRINCIPLE, "kaus-partai", "kaus-partai", "kaus-partai"),
    ],
)
def test_a_session_is_called_by_what_it_was_asked_to_be(
    bank: Bank, kind: Kind, subject: str, english: str, indonesian: str
) -> None:
    assert wording.title(bank, kind, subject, "en") == english

    i18n.install("id")
    assert wording.title(bank, kind, subject, "id") == indonesian


def test_every_kind_of_session_has_a_name(bank: Bank) -> None:
    subjects = {Kind.SCENARIO: "kaus-partai", Kind.PRINCIPLE: "tanpa-atribut", Kind.LEVEL: "basic"}

    titles = {wording.title(bank, kind, subjects.get(kind, ""), "en") for kind in Kind}

    assert len(titles) == len(Kind)


def test_a_scenario_goes_under_the_name_of_its_principle(bank: Bank) -> None:
    scenario = bank.scenario["kaus-partai"]

    assert wording.principle_of(bank, scenario, "en") == "No party marks"
    assert wording.principle_of(bank, scenario, "id") == "Tanpa atribut"


def test_a_tally_counts_the_right_among_the_answered() -> None:
    assert wording.tally(Score(3, 4, 9)) == "Right 3/4"

    i18n.install("id")
    assert wording.tally(Score(3, 4, 9)) == "Tepat 3/4"


def test_a_result_counts_the_right_among_the_answered() -> None:
    assert wording.result(Score(3, 4, 4)) == "3 of 4 right"
    assert wording.result(Score(0, 0, 4)) == "Nothing answered"

    i18n.install("id")
    assert wording.result(Score(3, 4, 4)) == "3 dari 4 tepat"


@pytest.mark.parametrize(
    ("score", "mark", "english", "indonesian"),
    [
        (Score(4, 5, 5), 0.8, "Passed (mark 80%)", "Lulus (batas 80%)"),
        (Score(3, 5, 5), 0.8, "Below the mark of 80%", "Belum mencapai batas 80%"),
        (Score(5, 5, 5), 1.0, "Passed (mark 100%)", "Lulus (batas 100%)"),
        (Score(0, 5, 5), 0.0, "Passed (mark 0%)", "Lulus (batas 0%)"),
        (Score(0, 0, 5), 0.0, "Below the mark of 0%", "Belum mencapai batas 0%"),
        (Score(1, 2, 2), 0.29, "Passed (mark 29%)", "Lulus (batas 29%)"),
    ],
)
def test_the_pass_line_says_the_mark_and_whether_it_is_reached(
    score: Score, mark: float, english: str, indonesian: str
) -> None:
    assert wording.pass_line(score, mark) == english

    i18n.install("id")
    assert wording.pass_line(score, mark) == indonesian


@given(st.floats(-0.5, 1.5) | st.sampled_from([float("inf"), -float("inf")]), st.integers(0, 200))
@example(0.99, 8)
def test_a_bar_takes_exactly_its_width(share: float, width: int) -> None:
    assert cell_len(wording.bar(share, width)) == width


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 80))
def test_a_larger_share_never_has_a_shorter_bar(one: float, other: float, width: int) -> None:
    smaller, larger = sorted((one, other))

    assert wording.bar(smaller, width).count("━") <= wording.bar(larger, width).count("━")


@pytest.mark.parametrize(
    ("share", "drawn"),
    [
        (0.0, "────────"),
        (-1.0, "────────"),
        (0.125, "━╺──────"),
        (0.5, "━━━━╺───"),
        (0.875, "━━━━━━━╺"),
        (1.0, "━━━━━━━━"),
        (7.0, "━━━━━━━━"),
    ],
)
def test_a_bar_is_filled_by_its_share_and_needs_no_colour(share: float, drawn: str) -> None:
    assert wording.bar(share, 8) == drawn


def test_where_all_raised_hands_no_number_of_participants_is_named() -> None:
    assert wording.extent(2, 12) == "2 questions explained · 12 participants"
    assert wording.extent(1, 0) == "1 question explained"
