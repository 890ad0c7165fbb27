"""How many take part in the round at hand, which everybody may know. Pure."""

from collections.abc import Set
from dataclasses import dataclass

from quiz.room import VOTING, Room


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many have voted of how many are here; a raised hand counts in both."""

    voted: int
    here: int

    @property
    def share(self) -> float:
        """The share that has voted, 0 to 1; 0 where nobody is here."""
        return self.voted / self.here if self.here else 0.0


def turnout(room: Room, present: Set[int]) -> Turnout:
    """The turnout while a vote is open, else that of its close; `present` is who is here now.

    Whoever voted and left is counted as here, as at the close.
    """
    if room.question is None:
        return Turnout(0, len(present))
    ballot = room.ballot(room.question, room.round)
    voted = ballot.votes.keys()
    here = len(voted | present) if room.phase in VOTING else ballot.present
    hands = ballot.total - len(voted)
    return Turnout(len(voted) + hands, here + hands)
