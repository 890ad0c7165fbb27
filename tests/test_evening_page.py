"""The papers of an evening."""

import re
from html import escape

import pytest

from quiz import i18n
from quiz.bank import load
from quiz.evening import Evening
from quiz.evening_page import handout, overrun, run_sheet
from quiz.models import Bank

from . import banks
from .commandline import DECK, SMALL
from .test_report_page import text


@pytest.fixture(scope="module")
def small() -> Bank:
    bank, _problems = load(SMALL)
    assert bank
    return bank


PLAN = Evening("kecil", tuple(DECK), 90)


def test_the_run_sheet_has_all_that_a_facilitator_says(small: Bank) -> None:
    found = text(run_sheet(PLAN, small, "en"))

    for question in small.question.values():
        for words in (question.act, question.explanation):
            assert words.say("en") in found
        assert question.citations[0].quote in found
        assert question.citations[0].gloss["en"] in found
    assert "Instead: Wear the uniform." in found
    assert found.count("To discuss: Which fact decides here") == 4
    assert "Wayan keeps the counter." in found
    assert re.search(r"1\. Wayan wears a party shirt\.\s+✕ Not neutral", found)


def test_the_run_sheet_has_the_times(small: Bank) -> None:
    found = text(run_sheet(PLAN, small, "en"))

    assert "about 20 of 90 minutes" in found
    for row in ("0–5 Welcome", "5–15 The party shirt", "15–20 Closing"):
        assert row in re.sub(r"\s+", " ", found)
    assert "(1½ min)" in found
    assert "Where 35% to 70% are right" in found


def test_an_evening_that_takes_too_long_says_so(small: Bank) -> None:
    assert overrun(Evening("kecil", tuple(DECK), 20), small) is None
    assert overrun(Evening("kecil", tuple(DECK), 19), small) == (
        "This takes about 20 minutes, and there are 19."
    )


def test_the_handout_has_situation_acts_and_boxes_and_nothing_else(small: Bank) -> None:
    made = handout(PLAN, small, "en")

    found = text(made)
    assert "Wayan keeps the counter." in found
    for number, question in enumerate(small.question.values(), 1):
        assert f"{number}. {question.act.say('en')}" in found
        assert question.explanation.say("en") not in found
        assert question.citations[0].quote not in found
    assert "Wear the uniform." not in found
    assert made.count('class="box"') == 4 * 2 * 2
    assert not re.search("[○✕✓]", found)


def test_a_question_is_on_the_handout_the_same_whatever_its_verdict() -> None:
    def made(neutral: bool) -> str:
        questions = [banks.question(f"q-{n}", neutral) for n in range(4)]
        bank = banks.bank(banks.scenario("s", questions))
        return handout(Evening("bank", ("q-0", "q-1"), 90), bank, "en")

    assert made(True) == made(False)


def test_numbers_run_on_through_the_scenarios() -> None:
    cases = ("satu", "dua")
    bank = banks.bank(
        *(
            banks.scenario(c, [banks.question(f"{c}-{n}", act=f"{c}.") for n in range(4)])
            for c in cases
        )
    )
    evening = Evening("bank", tuple(bank.question), 90)

    for paper in (run_sheet, handout):
        assert re.findall(r"(\d)\. (?:satu|dua)\.", text(paper(evening, bank, "en"))) == list(
            "12345678"
        )


@pytest.mark.parametrize("paper", [run_sheet, handout])
def test_the_papers_are_whole_in_themselves_and_speak_both_languages(
    small: Bank, paper: object
) -> None:
    assert callable(paper)
    for language, word in (("id", "Kaus partai"), ("en", "The party shirt")):
        i18n.install(language)
        made = paper(PLAN, small, language)
        assert made.startswith(f'<!DOCTYPE html>\n<html lang="{language}">')
        assert not re.search(r"src=|href=|url\(|@import|<script|<link|https?:", made)
        assert word in made


@pytest.mark.parametrize("paper", [run_sheet, handout])
def test_nothing_of_the_bank_is_taken_for_markup(paper: object) -> None:
    assert callable(paper)
    nasty = "<img src=x>&\"'"
    questions = [banks.question(f"q-{n}", act=nasty) for n in range(4)]
    bank = banks.bank(banks.scenario(nasty, questions, situation=nasty))

    made = paper(Evening("bank", ("q-0",), 90), bank, "en")

    assert "<img" not in made
    assert made.count(escape(nasty)) >= 3
