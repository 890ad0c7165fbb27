"""Acts that are near copies of one another."""

from quiz.lint.acts import acts_in
from quiz.lint.doubles import doubles
from quiz.lint.finding import Finding
from quiz.models import Bank

from .banks import bank, bank_of_acts, question, scenario

ACT = [f"kata-{number}" for number in range(30)]
STORY = " ".join(ACT)


def found_in(made: Bank) -> list[Finding]:
    return list(doubles(made, acts_in(made, "id")))


def exchanged(*places: int) -> str:
    return " ".join(f"lain-{n}" if n in places else word for n, word in enumerate(ACT))


def test_acts_of_different_words_are_no_doubles() -> None:
    assert (
        found_in(bank_of_acts({"a": [(True, STORY)], "b": [(True, exchanged(*range(30)))]})) == []
    )


def test_a_copy_in_another_scenario_is_said_at_the_later_of_the_two() -> None:
    made = bank_of_acts({"a": [(True, "Lain."), (True, STORY)], "b": [(False, STORY)]})

    [finding] = found_in(made)

    assert (finding.code, finding.file) == ("double-act", "scenarios/prinsip/b.yaml")
    assert finding.at == ("questions", 0, "act")
    assert "“a-1” in scenarios/prinsip/a.yaml" in finding.message
    assert "100%" in finding.message


def test_four_words_exchanged_here_and_there_still_make_a_near_copy() -> None:
    made = bank_of_acts({"a": [(True, STORY)], "b": [(True, exchanged(4, 11, 18, 25))]})

    [finding] = found_in(made)

    # Each act has 28 triples; each word exchanged is in three of them. They share 16 of 40.
    assert "40%" in finding.message


def test_an_act_that_shares_less_than_a_third_is_a_story_of_its_own() -> None:
    made = bank_of_acts({"a": [(True, STORY)], "b": [(True, exchanged(2, 8, 14, 20, 26))]})

    assert found_in(made) == []  # They share 13 of 43 triples.


def test_signs_and_capitals_do_not_hide_a_copy() -> None:
    shouted = f"“{STORY.upper().replace(' ', ', ')}!”"

    assert len(found_in(bank_of_acts({"a": [(True, STORY)], "b": [(True, shouted)]}))) == 1


def test_the_two_of_a_pair_may_be_alike_and_any_third_may_not() -> None:
    pair = [question("a", True, STORY, contrast="b"), question("b", False, STORY, contrast="a")]

    assert found_in(bank(scenario("kasus", pair))) == []

    third = question("c", True, STORY)
    [finding] = found_in(bank(scenario("kasus", [*pair, third])))
    assert finding.at == ("questions", 2, "act")


def test_of_many_copies_each_but_the_first_is_named_once() -> None:
    made = bank_of_acts({f"a{number}": [(True, STORY)] for number in range(100)})

    assert [finding.file for finding in found_in(made)] == [
        f"scenarios/prinsip/a{number}.yaml" for number in range(1, 100)
    ]


def test_the_act_most_alike_is_the_one_named() -> None:
    made = bank_of_acts(
        {"a": [(True, exchanged(1, 2, 3))], "b": [(True, exchanged(0))], "c": [(True, STORY)]}
    )

    last = found_in(made)[-1]

    assert last.file == "scenarios/prinsip/c.yaml"
    assert "“b-0”" in last.message


def test_acts_too_short_for_a_triple_are_not_compared() -> None:
    assert found_in(bank_of_acts({"a": [(True, "Ia datang.")], "b": [(True, "Ia datang.")]})) == []
