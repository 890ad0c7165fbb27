"""Whether an act tells its verdict by how long it is, or by its words."""

import random
from collections.abc import Callable, Iterator

import pytest

from quiz.lint.acts import acts_in
from quiz.lint.finding import Finding
from quiz.lint.giveaways import giveaways
from quiz.models import Bank

from .banks import bank_of_acts

Tell = Callable[[bool, int], str]


def fair(seed: int = 3) -> Iterator[str]:
    """Acts of twelve words that say nothing of their verdict."""
    draw = random.Random(seed)
    some = [f"kata{n}" for n in range(60)]
    while True:
        yield " ".join(draw.choices(some, k=12))


def made(tell: Tell, questions: int = 100, languages: tuple[str, ...] = ("id",)) -> Bank:
    """A bank of scenarios with four questions each; `tell` adds words to an act by its verdict."""
    acts = fair()
    cases: dict[str, list[tuple[bool, str]]] = {}
    for number in range(questions):
        neutral = number % 4 in (0, 3)
        told = f"{next(acts)} {tell(neutral, number)}".strip()
        cases.setdefault(f"s{number // 4}", []).append((neutral, told))
    return bank_of_acts(cases, languages)


def found_in(bank: Bank) -> list[Finding]:
    return list(giveaways([acts_in(bank, language) for language in bank.manifest.languages]))


def codes(bank: Bank) -> list[str]:
    return [finding.code for finding in found_in(bank)]


def nothing(neutral: bool, number: int) -> str:
    del neutral, number
    return ""


def longer(neutral: bool, number: int) -> str:
    return f"beda{number} lagi{number}" if neutral else ""


def always(neutral: bool, number: int) -> str:
    del number
    return "menolak" if neutral else "membantu"


def rarely(neutral: bool, number: int) -> str:
    return "menolak" if number == 1 or (neutral and number < 48) else f"lain{number}"


def test_acts_that_tell_nothing_are_left_alone() -> None:
    assert codes(made(nothing)) == []


@pytest.mark.parametrize("tell", [longer, always])
def test_below_a_hundred_acts_no_figure_means_anything(tell: Tell) -> None:
    assert codes(made(tell, 99)) == []
    assert codes(made(tell, 100)) != []


def test_acts_of_one_kind_that_are_longer_are_said_at_the_language() -> None:
    [finding] = found_in(made(longer))

    assert (finding.code, finding.file) == ("act-length-gap", "scenarios/bank.yaml")
    assert finding.at == ("languages", 0)
    assert "14.0" in finding.message
    assert "12.0" in finding.message


def test_means_that_differ_by_a_tenth_are_near_enough() -> None:
    def one_more(neutral: bool, number: int) -> str:
        return f"beda{number}" if neutral else ""

    assert codes(made(one_more)) == []


def test_each_language_is_judged_by_itself() -> None:
    found = found_in(made(longer, languages=("id", "en")))

    assert [(f.code, f.at) for f in found] == [
        ("act-length-gap", ("languages", 0)),
        ("act-length-gap", ("languages", 1)),
    ]


def test_a_word_that_stands_with_one_verdict_is_named_with_the_acts_that_have_it() -> None:
    found = [finding for finding in found_in(made(rarely)) if finding.code == "telling-word"]

    [finding] = found
    assert finding.at == ("languages", 0)
    assert "“menolak” stands in 24 neutral acts and in 1 others" in finding.message
    assert "s0-0, s0-3, s1-0" in finding.help
    assert finding.help.endswith("…."), "of many acts the first ones"


def bare(acts: int, scenarios: int) -> Bank:
    """A bank of acts of one word each, in which one word stands in so many neutral acts."""
    cases: dict[str, list[tuple[bool, str]]] = {f"s{n}": [] for n in range(25)}
    for number in range(150):
        neutral, home = number % 2 == 0, number // 2 % 25
        told = neutral and home < scenarios and acts > 0
        acts -= told
        cases[f"s{home}"].append((neutral, "menolak" if told else f"kata{number}"))
    assert acts == 0
    return bank_of_acts(cases)


@pytest.mark.parametrize(
    ("acts", "scenarios", "warned"), [(10, 10, True), (9, 9, False), (15, 5, True), (12, 4, False)]
)
def test_a_word_in_few_acts_or_few_scenarios_may_be_chance(
    acts: int, scenarios: int, warned: bool
) -> None:
    assert ("telling-word" in codes(bare(acts, scenarios))) == warned


def test_a_word_is_not_telling_for_standing_in_most_acts_of_both_kinds() -> None:
    def often(neutral: bool, number: int) -> str:
        return f"lain{number}" if neutral and number % 3 == 0 else "surat"

    assert "telling-word" not in codes(made(often))


@pytest.mark.parametrize("frequent", [True, False])
def test_a_word_that_goes_with_the_more_frequent_verdict_of_the_bank_tells_nothing(
    frequent: bool,
) -> None:
    acts = fair()
    cases = {
        f"s{n}": [((place != 1) == frequent, f"{next(acts)} surat") for place in range(4)]
        for n in range(25)
    }

    assert "telling-word" not in codes(bank_of_acts(cases))


def test_ten_words_of_a_language_are_named_at_most() -> None:
    def flood(neutral: bool, number: int) -> str:
        del number
        return " ".join(f"{'baik' if neutral else 'buruk'}{n}" for n in range(10))

    assert codes(made(flood)).count("telling-word") == 10


def test_acts_that_a_counter_of_words_guesses_are_said_with_the_words_that_carry_it() -> None:
    [finding] = [f for f in found_in(made(always)) if f.code == "guessable-acts"]

    assert finding.at == ("languages", 0)
    assert "100 of 100" in finding.message
    assert "“menolak” (50 neutral, 0 not)" in finding.help
    assert "“membantu” (0 neutral, 50 not)" in finding.help


@pytest.mark.parametrize(("told", "warned"), [(10, False), (11, True)])
def test_sixty_per_cent_may_be_guessed(told: int, warned: bool) -> None:
    # Of words that stand in one act only nothing is learnt, and 50 of 100 acts are guessed right.
    cases: dict[str, list[tuple[bool, str]]] = {}
    for number in range(100):
        neutral = number % 2 == 0
        word = "menolak" if neutral and number < 2 * told else f"kata{number}"
        cases.setdefault(f"s{number // 4}", []).append((neutral, word))

    assert ("guessable-acts" in codes(bank_of_acts(cases))) == warned
