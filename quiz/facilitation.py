"""What a facilitator may do next, by how a vote went. Pure.

The thresholds are those of peer instruction: a discussion among neighbours teaches most where 35
to 70 per cent were right before it. Source: C. H. Crouch and E. Mazur, “Peer instruction: ten
years of experience and results”, American Journal of Physics 69 (2001), 970-977; E. Mazur, “Peer
instruction: a user's manual” (1997).
"""

from enum import StrEnum
from typing import Final

from quiz.i18n import N_, _
from quiz.models import Verdict
from quiz.votes import Ballot

RETEACH_BELOW: Final = 0.35
EXPLAIN_ABOVE: Final = 0.70
# Many are sure but wrong from a fifth of those who said how they judge, but not two people alone:
# our own choice, since a belief held with confidence is not undone by an explanation in passing.
SURE_BUT_WRONG_FROM: Final = 0.20
SURE_BUT_WRONG_AT_LEAST: Final = 3


class Advice(StrEnum):
    """What is likely to teach the room most now."""

    NOBODY = "nobody"
    RETEACH = "reteach"
    DISCUSS = "discuss"
    EXPLAIN = "explain"


_SENTENCES = {
    Advice.NOBODY: N_("Nobody has voted. Open the vote again, or count raised hands."),
    Advice.RETEACH: N_("Few are right. Go through the principle again before you move on."),
    Advice.DISCUSS: N_(
        "Opinions differ. Let everyone talk with a neighbour who voted otherwise, then vote again."
    ),
    Advice.EXPLAIN: N_("Most are right. Reveal, explain briefly and move on."),
}
_AFTER_DISCUSSION = {
    Advice.RETEACH: N_("Few are right even now. Reveal, and take time for the principle."),
    Advice.EXPLAIN: N_("The discussion is done. Reveal, and say which fact decides."),
}


def advice(ballot: Ballot, expected: Verdict, round: int) -> Advice:
    """What to do after a vote was closed; hands count like votes in the share that was right.

    Few right come before many sure but wrong: where hardly anybody knows better, neighbours have
    little to tell each other. There is no third round, so after the second nothing is discussed.
    """
    if not ballot.total:
        return Advice.NOBODY
    right = ballot.share(expected)
    if right < RETEACH_BELOW:
        return Advice.RETEACH
    if round == 1 and (right <= EXPLAIN_ABOVE or _many_sure_but_wrong(ballot, expected)):
        return Advice.DISCUSS
    return Advice.EXPLAIN


def _many_sure_but_wrong(ballot: Ballot, expected: Verdict) -> bool:
    many = max(SURE_BUT_WRONG_AT_LEAST, SURE_BUT_WRONG_FROM * len(ballot.votes))
    return ballot.sure_but_wrong(expected) >= many


def sentence(advice: Advice, round: int = 1) -> str:
    """The advice as it is given to the facilitator after a round."""
    later = _AFTER_DISCUSSION.get(advice) if round > 1 else None
    return _(later or _SENTENCES[advice])
