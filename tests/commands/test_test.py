"""`netral test`, line by line: form A, what is kept for form B, and form B."""

from contextlib import closing
from pathlib import Path

import pytest

from quiz.bank import load
from quiz.forms import reserved
from quiz.models import Bank, Verdict
from quiz.session import Kind
from quiz.store import Run, Store

from ..commandline import SMALL, TRAINING, Netral


@pytest.fixture(scope="module")
def bank() -> Bank:
    found, problems = load(TRAINING)
    assert found, problems
    return found


def newest(home: Path, bank: str = "netral") -> Run:
    with closing(Store.open(home / "netral.db")) as store:
        return store.run(max(test.session for test in store.tests(bank)))


def kept(home: Path, bank: Bank) -> frozenset[str]:
    with closing(Store.open(home / "netral.db")) as store:
        return reserved(bank, store.tests("netral"))


def right(bank: Bank, deck: tuple[str, ...]) -> str:
    neutral = Verdict.NEUTRAL
    return "".join("1\n" if bank.question[id].verdict is neutral else "2\n" for id in deck)


def sit(netral: Netral, home: Path, bank: Bank, *options: str) -> list[str]:
    """Take the test that is next, all of it right; returns what was asked."""
    netral("test", "--bank", TRAINING, typed="")
    deck = newest(home).session.deck
    done = netral("test", "--bank", TRAINING, "--json", *options, typed=right(bank, deck))
    assert done.code == 0
    assert [found["right"] for found in done.objects] == [True] * len(deck)
    return done.asked


def test_it_says_what_it_is_and_explains_nothing_before_the_end(netral: Netral, home: Path) -> None:
    done = netral("test", "--bank", SMALL, typed="1\n")

    assert done.out.startswith("Test A\n\nForm A has 2 questions.")
    assert "No answer is explained before the end." in done.out
    assert "Question 2 of 2" in done.out
    assert not [word for word in ("Right", "Not quite", "The source says") if word in done.out]
    run = newest(home, "kecil")
    assert (run.kind, run.subject, len(run.session.answers)) == (Kind.TEST, "A", 1)


def test_a_test_left_half_done_is_gone_on_with(netral: Netral) -> None:
    netral("test", "--bank", SMALL, typed="1\n")
    netral("play", "--bank", SMALL, "--scenario", "kaus-partai", typed="1\n")

    done = netral("test", "--bank", SMALL, typed="1\n")

    assert "Question 1 of 2" not in done.out
    assert "1 of 2 right. Passed (mark 50%)" in done.out
    assert "Now train, then take form B." in done.out
    assert "“netral certificate”" in done.out


def test_form_b_follows_form_a_and_is_compared_with_it(
    netral: Netral, home: Path, bank: Bank
) -> None:
    first = sit(netral, home, bank)

    netral("test", "--bank", TRAINING, typed="")
    deck = newest(home).session.deck
    done = netral("test", "--bank", TRAINING, typed="1\n" * len(deck))

    assert done.out.startswith("Test B\n")
    assert not {*deck} & {*first}
    assert "4 of 4 right before, 2 of 4 right after: −50 points." in done.out


def test_what_form_b_asks_stays_out_of_mixed_practice_until_it_is_done(
    netral: Netral, home: Path, bank: Bank
) -> None:
    first = sit(netral, home, bank)
    waiting = kept(home, bank)
    assert len(waiting) == len(first) == 4

    for options in (["-n", "99"], ["--principle", "tim-sukses"], ["--level", "basic"], []):
        done = netral("play", "--bank", TRAINING, "--json", *options, typed="1\n\n" * 30)
        assert done.asked
        assert not waiting & {*done.asked}, options

    second = sit(netral, home, bank)
    assert {*second} == waiting
    done = netral("play", "--bank", TRAINING, "--json", "-n", "99", typed="1\n\n" * 30)
    assert {*done.asked} == {*bank.question}


def test_a_scenario_chosen_and_a_seed_are_played_whole(
    netral: Netral, home: Path, bank: Bank
) -> None:
    sit(netral, home, bank)
    (scenario, *_rest) = {bank.home_of[id].id for id in kept(home, bank)}

    done = netral("play", "--bank", TRAINING, "--json", "--scenario", scenario, typed="1\n\n" * 30)
    assert done.asked == [q.id for q in bank.scenario[scenario].questions]

    seeded = netral(
        "play", "--bank", TRAINING, "--json", "-n", "99", "--seed", 1, typed="1\n\n" * 30
    )
    assert {*seeded.asked} == {*bank.question}
