"""The phases of a room, and which of the facilitator's moves leads where, as a table. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from quiz.i18n import N_, _


class Phase(StrEnum):
    """Where a room stands; all but the first and the last are about one question."""

    LOBBY = "lobby"
    READING = "reading"
    VOTING = "voting"
    CLOSED = "closed"
    DISCUSSING = "discussing"
    REVOTING = "revoting"
    REVEALED = "revealed"
    DONE = "done"


class Move(StrEnum):
    """What the facilitator does."""

    START = "start"
    OPEN = "open"
    CLOSE = "close"
    DISCUSS = "discuss"
    REVEAL = "reveal"
    NEXT = "next"
    SKIP = "skip"
    LOOK_BACK = "look-back"
    PAUSE = "pause"
    GO_ON = "go-on"
    END = "end"


# Where each move leads. What leads nowhere here is illegal, but for the last four moves, which
# depend on more than the phase. SKIP and NEXT lead to DONE after the last question; OPEN after
# CLOSED opens the same round again, be it the first or the second, and no vote in it is lost.
TABLE: Mapping[Phase, Mapping[Move, Phase]] = {
    Phase.LOBBY: {Move.START: Phase.READING},
    Phase.READING: {Move.OPEN: Phase.VOTING, Move.SKIP: Phase.READING},
    Phase.VOTING: {Move.CLOSE: Phase.CLOSED, Move.SKIP: Phase.READING},
    Phase.CLOSED: {
        Move.OPEN: Phase.VOTING,
        Move.DISCUSS: Phase.DISCUSSING,
        Move.REVEAL: Phase.REVEALED,
        Move.SKIP: Phase.READING,
    },
    Phase.DISCUSSING: {
        Move.OPEN: Phase.REVOTING,
        Move.REVEAL: Phase.REVEALED,
        Move.SKIP: Phase.READING,
    },
    Phase.REVOTING: {Move.CLOSE: Phase.CLOSED, Move.SKIP: Phase.READING},
    Phase.REVEALED: {Move.NEXT: Phase.READING},
    Phase.DONE: {},
}
VOTING = (Phase.VOTING, Phase.REVOTING)
LOOKING_BACK = (Phase.READING, Phase.REVEALED, Phase.DONE)
COUNTING_HANDS = (Phase.VOTING, Phase.CLOSED, Phase.REVOTING)

_REFUSALS = {
    Move.START: N_("The room has already begun."),
    Move.OPEN: N_("Voting cannot be opened now."),
    Move.CLOSE: N_("No vote is open."),
    Move.DISCUSS: N_("A discussion comes after the first vote is closed."),
    Move.REVEAL: N_("Close the vote before the reveal."),
    Move.NEXT: N_("The next question comes after the reveal."),
    Move.SKIP: N_("There is no question to skip."),
    Move.LOOK_BACK: N_("There is no earlier result to show now."),
    Move.PAUSE: N_("The room is not running."),
    Move.GO_ON: N_("The room is not paused."),
    Move.END: N_("The room has already ended."),
}


def refusal(move: Move) -> str:
    """Why a move is illegal where it leads nowhere."""
    return _(_REFUSALS[move])
