"""What is said in a room, and how it is counted. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from quiz.models import Confidence, Verdict


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in the room; `id` counts from 1 and is no credential, `team` counts from 1."""

    id: int
    name: str
    team: int | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """What a participant said."""

    verdict: Verdict
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Hands:
    """Raised hands as the facilitator counted them."""

    neutral: int
    not_neutral: int


@dataclass(slots=True)
class Ballot:
    """One round on one question; `present` is who was here when it was closed."""

    votes: dict[int, Vote] = field(default_factory=dict)
    hands: Hands | None = None
    present: int = 0

    @property
    def personal(self) -> Mapping[Verdict, int]:
        """Votes for each verdict, without raised hands."""
        count = Counter(vote.verdict for vote in self.votes.values())
        return {verdict: count[verdict] for verdict in Verdict}

    @property
    def tally(self) -> Mapping[Verdict, int]:
        """Votes and hands for each verdict, together."""
        personal, hands = self.personal, self.hands or Hands(0, 0)
        return {
            Verdict.NEUTRAL: personal[Verdict.NEUTRAL] + hands.neutral,
            Verdict.NOT_NEUTRAL: personal[Verdict.NOT_NEUTRAL] + hands.not_neutral,
        }

    @property
    def total(self) -> int:
        """How many voted, phones and hands together."""
        return sum(self.tally.values())

    @property
    def silent(self) -> int:
        """How many of those present at the close did not vote by phone."""
        return max(0, self.present - len(self.votes))

    def share(self, verdict: Verdict) -> float:
        """The share of votes for `verdict`, 0 to 1; 0 where nobody voted."""
        return self.tally[verdict] / self.total if self.total else 0.0

    def sure_but_wrong(self, expected: Verdict) -> int:
        """How many were sure of the other verdict."""
        return sum(
            vote.confidence is Confidence.SURE and vote.verdict is not expected
            for vote in self.votes.values()
        )
