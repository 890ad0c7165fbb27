"""What a facilitator is advised to do after a vote."""

import pytest

from quiz import i18n
from quiz.facilitation import Advice, advice, sentence
from quiz.models import Confidence, Verdict
from quiz.votes import Ballot, Hands, Vote

NEUTRAL, NOT_NEUTRAL = Verdict
NOBODY, RETEACH, DISCUSS, EXPLAIN = Advice
SURE = Confidence.SURE


def voted(right: int, wrong: int, sure: int = 0) -> Ballot:
    """Votes on a neutral act; `sure` of the wrong ones were sure of themselves."""
    said = [Vote(NEUTRAL)] * right + [Vote(NOT_NEUTRAL, SURE)] * sure
    return Ballot(dict(enumerate(said + [Vote(NOT_NEUTRAL)] * (wrong - sure))))


@pytest.mark.parametrize(
    ("right", "wrong", "first", "second"),
    [
        (0, 1, RETEACH, RETEACH),
        (34, 66, RETEACH, RETEACH),
        (35, 65, DISCUSS, EXPLAIN),
        (7, 13, DISCUSS, EXPLAIN),
        (50, 50, DISCUSS, EXPLAIN),
        (70, 30, DISCUSS, EXPLAIN),
        (14, 6, DISCUSS, EXPLAIN),
        (71, 29, EXPLAIN, EXPLAIN),
        (1, 0, EXPLAIN, EXPLAIN),
    ],
)
def test_the_share_that_was_right_decides_and_after_the_second_round_nothing_is_discussed(
    right: int, wrong: int, first: Advice, second: Advice
) -> None:
    assert advice(voted(right, wrong), NEUTRAL, 1) is first
    assert advice(voted(right, wrong), NEUTRAL, 2) is second


def test_raised_hands_count_like_votes() -> None:
    ballot = Ballot({1: Vote(NEUTRAL)}, Hands(1, 8))

    assert advice(ballot, NEUTRAL, 1) is RETEACH
    assert advice(ballot, NOT_NEUTRAL, 1) is EXPLAIN


def test_where_nobody_voted_nobody_is_said_to_be_wrong() -> None:
    assert advice(Ballot(present=30), NEUTRAL, 1) is NOBODY
    assert advice(Ballot(hands=Hands(0, 0)), NEUTRAL, 2) is NOBODY


@pytest.mark.parametrize(
    ("right", "wrong", "sure", "said"),
    [
        (12, 3, 3, DISCUSS),  # a fifth, three people
        (8, 2, 2, EXPLAIN),  # a fifth, but two people
        (13, 3, 3, EXPLAIN),  # three people, but less than a fifth
        (80, 20, 20, DISCUSS),
        (80, 20, 19, EXPLAIN),
        (2, 8, 8, RETEACH),  # too few who could tell their neighbours
    ],
)
def test_many_sure_but_wrong_are_worth_a_discussion_even_where_most_are_right(
    right: int, wrong: int, sure: int, said: Advice
) -> None:
    assert advice(voted(right, wrong, sure), NEUTRAL, 1) is said


def test_raised_hands_do_not_thin_out_those_who_are_sure_but_wrong() -> None:
    ballot = voted(12, 3, 3)
    ballot.hands = Hands(100, 0)

    assert advice(ballot, NEUTRAL, 1) is DISCUSS


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_advice_is_a_sentence_of_its_own_in_each_round(language: str) -> None:
    i18n.install(language)
    first = [sentence(advice) for advice in Advice]

    assert len({*first}) == len(Advice)
    assert all(said.endswith(".") for said in first)
    assert sentence(EXPLAIN, 2) != sentence(EXPLAIN)
    assert sentence(RETEACH, 2) != sentence(RETEACH)
    assert sentence(NOBODY, 2) == sentence(NOBODY)
