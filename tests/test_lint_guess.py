"""How often a counter of words guesses the verdict of an act it has not seen."""

import math
import random
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from quiz.bank import load
from quiz.lint.acts import Acts, acts_in
from quiz.lint.guess import MOST_SCENARIOS, Guesses, WordCounter
from quiz.models import Bank

from .banks import bank_of_acts


def drawn(scenarios: int, seed: int = 1) -> Bank:
    """A bank of acts whose words are drawn from a few, the verdicts too."""
    draw = random.Random(seed)
    some = [f"kata{n}" for n in range(40)]
    return bank_of_acts(
        {
            f"s{n}": [
                (draw.random() < 0.5, " ".join(draw.choices(some, k=draw.randint(1, 12))))
                for _ in range(draw.randint(1, 6))
            ]
            for n in range(scenarios)
        }
    )


def trained_anew(bank: Bank, language: str) -> Guesses:
    """The figure by the book: for every scenario the counts of all others, made from nothing."""
    cases = [
        [(features(q.act.say(language)), q.verdict == "neutral") for q in scenario.questions]
        for scenario in bank.scenarios
    ]
    right = guessed = 0
    for left_out, acts in enumerate(cases):
        counts, number = (Counter[object](), Counter[object]()), [0, 0]
        for other, rest in enumerate(cases):
            for present, neutral in rest if other != left_out else ():
                counts[neutral].update(present)
                number[neutral] += 1
        if not all(number):
            continue
        for present, neutral in acts:
            known = [x for x in present if x in counts[0] or x in counts[1]]
            odds = math.log(number[1] / number[0]) + math.fsum(
                math.log((counts[1][x] + 1) / (number[1] + 2))
                - math.log((counts[0][x] + 1) / (number[0] + 2))
                for x in known
            )
            right += (odds > 1e-9) == neutral
            guessed += 1
    return Guesses(right, guessed)


def features(act: str) -> set[object]:
    words = re.findall(r"[\w-]+", act.lower())
    return {*words, *pairwise(words)}


@pytest.mark.parametrize("seed", range(8))
def test_taking_a_scenario_away_again_is_as_good_as_never_having_counted_it(seed: int) -> None:
    bank = drawn(12, seed)

    assert WordCounter(acts_in(bank, "id")).guess() == trained_anew(bank, "id")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_figure_of_the_bundled_bank_is_the_one_trained_anew(root: Path, language: str) -> None:
    bank, _problems = load(root)
    assert bank

    assert WordCounter(acts_in(bank, language)).guess() == trained_anew(bank, language)


def told_by_a_word() -> Acts:
    acts = {
        f"s{n}": [(True, f"Ia {n} menolak surat itu."), (False, f"Ia {n} membantu surat itu.")]
        for n in range(10)
    }
    return acts_in(bank_of_acts(acts), "id")


def test_acts_told_by_one_word_are_all_guessed_and_the_word_is_named() -> None:
    counter = WordCounter(told_by_a_word())

    assert counter.guess() == Guesses(20, 20)
    assert counter.guess().percent == 100
    named = {carrier.name: (carrier.neutral, carrier.other) for carrier in counter.carriers()}
    assert named == {
        "menolak": (10, 0),
        "menolak surat": (10, 0),
        "membantu": (0, 10),
        "membantu surat": (0, 10),
    }


def test_words_of_one_scenario_alone_are_of_no_use_to_guess_it() -> None:
    acts = {
        f"s{n}": [(True, f"netral{n} baik{n}"), (False, f"buruk{n} salah{n}")] for n in range(6)
    }
    counter = WordCounter(acts_in(bank_of_acts(acts), "id"))

    assert counter.guess().percent == 50
    assert counter.carriers() == []


def test_nothing_is_guessed_where_the_other_scenarios_have_one_verdict_only() -> None:
    one = bank_of_acts({"a": [(True, "Ia datang."), (False, "Ia pergi.")]})
    same = bank_of_acts({"a": [(True, "Ia datang.")], "b": [(True, "Ia pulang.")]})

    for bank in (one, same):
        guesses = WordCounter(acts_in(bank, "id")).guess()
        assert guesses == Guesses(0, 0)
        assert guesses.percent == 0


def test_of_a_large_bank_scenarios_from_all_over_it_are_guessed() -> None:
    number = 3 * MOST_SCENARIOS
    # In the last third each word stands for the other verdict.
    acts = {
        f"s{n}": [(n < number * 2 / 3, "menolak"), (n >= number * 2 / 3, "membantu")]
        for n in range(number)
    }

    guesses = WordCounter(acts_in(bank_of_acts(acts), "id")).guess()

    assert guesses.guessed == 2 * MOST_SCENARIOS
    assert guesses.percent == pytest.approx(200 / 3, abs=1)


def test_what_helped_most_comes_first_and_what_misled_is_not_named() -> None:
    acts = {
        f"s{n}": [
            (True, "menolak" if n < 8 else "meminta"),
            (False, "membantu" if n else "menolak"),
        ]
        for n in range(10)
    }
    counter = WordCounter(acts_in(bank_of_acts(acts), "id"))

    names = [carrier.name for carrier in counter.carriers()]

    assert names == ["membantu", "menolak", "meminta"]
