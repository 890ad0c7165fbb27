"""Whether the languages of a bank say as much as each other."""

from typing import Any

import pytest

from quiz.lint.finding import Finding
from quiz.lint.parity import parity
from quiz.models import Scenario, Text

from .banks import bank, question, scenario, words

EVEN = Text({"id": words(20), "en": words(25)})  # 1.25 English words for one Indonesian word


def many(number: int) -> list[Scenario]:
    return [
        scenario(f"lain-{n}", [question(f"lain-{n}", act=EVEN, explanation="Pendek.")])
        for n in range(number)
    ]


def found_with(others: int = 20, situation: str | Text = "Ada.", **texts: Any) -> list[Finding]:
    own = scenario("kasus", [question("a"), question("b", **texts)], situation=situation)
    return list(parity(bank(own, *many(others))))


def pair(ours: int, theirs: int) -> Text:
    return Text({"id": words(ours), "en": words(theirs)})


def test_texts_as_long_as_usual_in_this_bank_are_left_alone() -> None:
    assert found_with(act=EVEN, explanation=pair(40, 50), instead=pair(30, 36)) == []


@pytest.mark.parametrize("key", ["act", "explanation", "instead"])
@pytest.mark.parametrize("uneven", [pair(40, 30), pair(20, 40)])
def test_a_text_far_longer_in_one_language_is_said_at_the_other_language(
    key: str, uneven: Text
) -> None:
    [finding] = found_with(**{key: uneven})

    assert (finding.code, finding.file) == ("uneven-languages", "scenarios/prinsip/kasus.yaml")
    assert finding.at == ("questions", 1, key, "en")
    assert str(round(len(uneven.say("id").split()) * 1.25)) in finding.message


def test_an_uneven_situation_is_said_at_the_situation() -> None:
    [finding] = found_with(situation=pair(20, 40))

    assert finding.at == ("situation", "en")


def test_up_to_half_as_long_again_is_even() -> None:
    assert found_with(act=pair(24, 45)) == []
    assert found_with(act=pair(24, 20)) == []


def test_texts_of_fewer_than_twenty_words_say_nothing() -> None:
    assert found_with(act=pair(5, 19)) == []
    assert len(found_with(act=pair(5, 20))) == 1


def test_a_bank_with_too_few_texts_has_nothing_usual() -> None:
    assert found_with(others=18, act=pair(20, 60)) == []
    assert len(found_with(others=19, act=pair(20, 60))) == 1


def test_a_bank_in_one_language_has_nothing_to_compare() -> None:
    only = [
        scenario(f"s{n}", [question(f"q{n}", act=Text({"id": words(20 + n)}))]) for n in range(40)
    ]

    assert list(parity(bank(*only, languages=("id",)))) == []


def test_each_further_language_is_held_against_the_first() -> None:
    short = Text(dict.fromkeys(("id", "en", "jv"), "Ada."))
    acts = [Text({"id": words(20), "en": words(20), "jv": words(n)}) for n in [30] * 20 + [60]]
    cases = [
        scenario(f"s{n}", [question(f"q{n}", act=act, explanation=short)], situation=short)
        for n, act in enumerate(acts)
    ]

    [finding] = parity(bank(*cases, languages=("id", "en", "jv")))

    assert finding.file == "scenarios/prinsip/s20.yaml"
    assert finding.at == ("questions", 0, "act", "jv")
