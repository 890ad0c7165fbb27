"""Whether a verdict could be guessed from how often it is right."""

import pytest

from quiz.lint.balance import balance
from quiz.lint.finding import Finding
from quiz.models import Bank

from .banks import bank, question, scenario


def verdicts(pattern: str, principle: str = "prinsip") -> Bank:
    """A bank with a scenario for each group of `n` (neutral) and `x` (not neutral)."""
    return bank(*cases(pattern, principle), principles=("prinsip", "lain"))


def cases(pattern: str, principle: str = "prinsip") -> list:  # type: ignore[type-arg]
    return [
        scenario(
            f"{principle}-{number}",
            (
                question(f"{principle}-{number}-{place}", verdict == "n")
                for place, verdict in enumerate(group)
            ),
            principle,
        )
        for number, group in enumerate(pattern.split())
    ]


def codes(found: Bank) -> list[str]:
    return [finding.code for finding in balance(found)]


@pytest.mark.parametrize("pattern", ["nxnxn xnxnx xnxnx xnxnx", "xnxnx nxnxn nxnxn nxnxn"])
def test_a_share_at_either_end_of_the_band_is_balanced(pattern: str) -> None:
    assert pattern.count("n") in (9, 11)

    assert codes(verdicts(pattern)) == []


@pytest.mark.parametrize("pattern", ["nxnxn xnxnx xnxnx xnxxx", "xnxnx nxnxn nxnxn nxnnn"])
def test_a_share_beyond_the_band_is_said_of_the_bank(pattern: str) -> None:
    assert pattern.count("n") in (8, 12)

    [finding] = balance(verdicts(pattern))

    assert (finding.code, finding.file, finding.at) == ("bank-balance", "scenarios/bank.yaml", ())
    assert f"{pattern.count('n')} of 20" in finding.message


def test_too_few_neutral_acts_and_too_many_want_different_help() -> None:
    few, many = (
        next(balance(verdicts(p))) for p in ("xxxnx xxxnx xxxnx xxxnx", "nnnxn nnnxn nnnxn nnnxn")
    )

    assert few.help != many.help


def test_a_bank_of_fewer_than_twenty_questions_is_not_weighed() -> None:
    assert codes(verdicts("xxnx xx")) == []
    assert "bank-balance" not in codes(verdicts("nnnxn nnnx nnnx nnnx nn"))


def test_each_principle_is_weighed_by_itself() -> None:
    even = cases("nnxnn nnxnn", "prinsip") + cases("xxnxx xxnxx", "lain")
    found = list(balance(bank(*even, principles=("prinsip", "lain"))))

    assert [(f.code, f.at) for f in found] == [
        ("principle-balance", ("principles", 0)),
        ("principle-balance", ("principles", 1)),
    ]
    assert all(f.file == "scenarios/bank.yaml" for f in found)


@pytest.mark.parametrize("pattern", ["xnxnx xnxnx", "nxnxn nxnxn", "xxnxx xxnx"])
def test_a_principle_within_its_band_or_too_small_is_left_alone(pattern: str) -> None:
    assert codes(verdicts(pattern)) == []


def runs(pattern: str) -> list[Finding]:
    return [finding for finding in balance(verdicts(pattern)) if finding.code == "verdict-run"]


def test_three_of_one_verdict_in_a_row_are_no_run() -> None:
    assert runs("nnnxxx xxxnnn") == []


def test_a_run_is_said_once_at_the_question_that_makes_it_too_long() -> None:
    [finding] = runs("xnnnnn")

    assert finding.file == "scenarios/prinsip/prinsip-0.yaml"
    assert finding.at == ("questions", 4, "verdict")


def test_a_run_ends_with_its_scenario() -> None:
    assert runs("xnnn nnxx") == []
