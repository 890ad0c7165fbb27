"""Lengths, and what each scenario needs."""

import pytest

from quiz.lint.budgets import budgets, unpaired
from quiz.models import Text

from .banks import bank, question, scenario, text, words


def places(*questions: object, situation: str | Text = "Ia menjaga loket.") -> list[object]:
    found = budgets(bank(scenario("kasus", questions, situation=situation)))  # type: ignore[arg-type]
    return [(finding.code, finding.at) for finding in found]


def test_texts_and_quotes_as_long_as_they_may_be_are_left_alone() -> None:
    full = question("a", act=words(45), explanation=words(80), quotes=(words(5), words(40)))

    assert places(full, situation=words(90)) == []


@pytest.mark.parametrize(("key", "most"), [("act", 45), ("explanation", 80)])
def test_a_word_more_is_said_in_the_language_that_has_it(key: str, most: int) -> None:
    long = text(words(most), en=words(most + 1))

    [finding] = budgets(bank(scenario("kasus", [question("a"), question("b", **{key: long})])))  # type: ignore[arg-type]

    assert finding.code == "text-too-long"
    assert finding.file == "scenarios/prinsip/kasus.yaml"
    assert finding.at == ("questions", 1, key, "en")
    assert str(most + 1) in finding.message


def test_a_situation_too_long_in_both_languages_is_said_twice() -> None:
    assert places(question("a"), situation=words(91)) == [
        ("text-too-long", ("situation", "id")),
        ("text-too-long", ("situation", "en")),
    ]


@pytest.mark.parametrize("number", [4, 41])
def test_a_quote_too_short_or_too_long_is_said_at_the_quote(number: int) -> None:
    long = question("a", quotes=(words(5), words(number)))

    assert places(long) == [("quote-length", ("questions", 0, "citations", 1, "quote"))]


def test_a_scenario_with_a_pair_is_left_alone() -> None:
    pair = [question("a", True, contrast="b"), question("b", False, contrast="a")]

    assert list(unpaired(bank(scenario("kasus", [*pair, question("c")])))) == []


def test_each_scenario_without_a_pair_is_named() -> None:
    one, two = (scenario(id, [question(f"{id}-a"), question(f"{id}-b")]) for id in ("satu", "dua"))

    assert [(f.code, f.file) for f in unpaired(bank(one, two))] == [
        ("no-pair", "scenarios/prinsip/satu.yaml"),
        ("no-pair", "scenarios/prinsip/dua.yaml"),
    ]
