"""How what is said in a room is counted."""

import pytest

from quiz.models import Confidence, Verdict
from quiz.votes import Ballot, Hands, Vote

NEUTRAL, NOT_NEUTRAL = Verdict
UNSURE, FAIRLY, SURE = Confidence


def ballot(*votes: Vote, hands: Hands | None = None, present: int = 0) -> Ballot:
    return Ballot(dict(enumerate(votes, 1)), hands, present)


def test_an_empty_ballot_has_no_votes_no_silent_and_no_share() -> None:
    empty = ballot()

    assert empty.total == empty.silent == 0
    assert empty.tally == empty.personal == {NEUTRAL: 0, NOT_NEUTRAL: 0}
    assert empty.share(NEUTRAL) == empty.share(NOT_NEUTRAL) == 0.0


def test_votes_and_hands_count_together_and_can_be_told_apart() -> None:
    both = ballot(Vote(NEUTRAL), Vote(NEUTRAL), Vote(NOT_NEUTRAL), hands=Hands(1, 4))

    assert both.tally == {NEUTRAL: 3, NOT_NEUTRAL: 5}
    assert both.personal == {NEUTRAL: 2, NOT_NEUTRAL: 1}
    assert both.total == 8
    assert both.share(NEUTRAL) == 3 / 8
    assert both.share(NOT_NEUTRAL) == 5 / 8


def test_hands_alone_make_a_result() -> None:
    assert ballot(hands=Hands(3, 1)).share(NEUTRAL) == 0.75


@pytest.mark.parametrize(("present", "silent"), [(5, 3), (2, 0), (0, 0)])
def test_the_silent_are_those_present_who_did_not_vote_by_phone_and_never_fewer_than_none(
    present: int, silent: int
) -> None:
    votes = ballot(Vote(NEUTRAL), Vote(NOT_NEUTRAL), hands=Hands(9, 9), present=present)

    assert votes.silent == silent


def test_sure_but_wrong_are_those_who_said_sure_of_the_other_verdict() -> None:
    votes = ballot(
        Vote(NEUTRAL, SURE),
        Vote(NEUTRAL, FAIRLY),
        Vote(NEUTRAL, UNSURE),
        Vote(NEUTRAL),
        Vote(NOT_NEUTRAL, SURE),
        Vote(NOT_NEUTRAL, SURE),
        hands=Hands(7, 7),
    )

    assert votes.sure_but_wrong(NOT_NEUTRAL) == 1
    assert votes.sure_but_wrong(NEUTRAL) == 2
