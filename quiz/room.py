"""A facilitator's live run with a room: phases, moves, votes. Pure.

A room is its events: what is accepted is returned as an event, and replaying the events gives the
room. Unlike a learner's session it is not a value that is copied with every step: thousands vote
within seconds, and each step would copy them all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from quiz.errors import IllegalMove
from quiz.i18n import _
from quiz.phases import COUNTING_HANDS, LOOKING_BACK, TABLE, refusal
from quiz.phases import VOTING as VOTING
from quiz.phases import Move as Move
from quiz.phases import Phase as Phase
from quiz.votes import Ballot, Hands, Participant, Vote


@dataclass(frozen=True, slots=True)
class Setup:
    """What a room was set up to be; `deck` holds question ids, `teams` 0 means none.

    With `names` participants may give their own, and are told that the facilitator may file them.
    Raises ValueError for a deck that is empty or asks a question twice.
    """

    bank: str
    deck: tuple[str, ...]
    language: str
    confidence: bool = False
    names: bool = False
    teams: int = 0

    def __post_init__(self) -> None:
        if not self.deck or len(set(self.deck)) < len(self.deck):
            raise ValueError(f"a room cannot be run on the deck {self.deck}")


@dataclass(frozen=True, slots=True)
class Moved:
    """The facilitator moved; `present` is who was here, where a vote was closed."""

    seq: int
    at: datetime
    move: Move
    present: int = 0


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody joined."""

    seq: int
    at: datetime
    participant: Participant


@dataclass(frozen=True, slots=True)
class Voted:
    """A vote was cast, or changed; the last one of a participant in a round counts."""

    seq: int
    at: datetime
    question: str
    round: int
    participant: int
    vote: Vote


@dataclass(frozen=True, slots=True)
class Counted:
    """Hands were counted; the last count in a round counts."""

    seq: int
    at: datetime
    question: str
    round: int
    hands: Hands


Event = Moved | Joined | Voted | Counted
E = TypeVar("E", Moved, Joined, Voted, Counted)


class Room:
    """The state, and what may be done in it.

    Each method that changes something returns the event that was accepted, or raises IllegalMove
    with a sentence and has changed nothing. `version` counts what participants are to see: it
    grows with every move of the facilitator and with no vote.
    """

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.phase = Phase.LOBBY
        self.round = 1
        self.paused = False
        self.looking_back = False
        self.seq = 0
        self.version = 0
        self.participants: dict[int, Participant] = {}
        self.skipped: set[str] = set()
        self.revealed: list[str] = []
        self.began_at: datetime | None = None  # the last vote or discussion, for the clock
        self._position = 0
        self._ballots: dict[tuple[str, int], Ballot] = {}

    @classmethod
    def replay(cls, setup: Setup, events: Iterable[Event]) -> "Room":
        """The room that `events` made, in the order of their numbers."""
        room = cls(setup)
        for event in events:
            room.apply(event)
        return room

    # What can be seen.

    @property
    def question(self) -> str | None:
        """The question at hand; None in the lobby and when all is done."""
        return None if self.phase in (Phase.LOBBY, Phase.DONE) else self.setup.deck[self._position]

    @property
    def number(self) -> int:
        """The number of the question at hand, from 1; 0 where there is none."""
        return self._position + 1 if self.question else 0

    @property
    def result(self) -> str | None:
        """The question whose result may be shown: the one revealed now, or the one looked back at.

        None while nothing may be known of the verdict.
        """
        if self.looking_back:
            return self._earlier
        return self.question if self.phase is Phase.REVEALED else None

    @property
    def _earlier(self) -> str | None:
        before = self.revealed[:-1] if self.phase is Phase.REVEALED else self.revealed
        return before[-1] if before else None

    @property
    def voting(self) -> bool:
        """Whether a vote is taken at this moment."""
        return self.phase in VOTING and not self.paused

    def ballot(self, question: str, round: int) -> Ballot:
        """A round on a question; empty where it has not been held."""
        return self._ballots.get((question, round)) or Ballot()

    def last_round(self, question: str) -> int:
        """The round that counts: 2 where anybody voted in it."""
        return 2 if self.ballot(question, 2).total else 1

    def counted(self, question: str) -> Ballot:
        """The ballot that counts: round 2 replaces round 1."""
        return self.ballot(question, self.last_round(question))

    def vote_of(self, participant: int, question: str) -> Vote | None:
        """The last vote of a participant on a question, of either round."""
        votes = (self.ballot(question, round).votes.get(participant) for round in (2, 1))
        return next((vote for vote in votes if vote), None)

    def discussed(self, question: str) -> bool:
        """Whether a second round was held."""
        return (question, 2) in self._ballots

    @property
    def scored(self) -> list[str]:
        """The questions that count in a score; what was skipped is never revealed."""
        return list(self.revealed)

    @property
    def to_come(self) -> set[str]:
        """The questions that the room may still judge; their verdicts are not to be known."""
        if self.phase is Phase.DONE:
            return set()
        return set(self.setup.deck) - self.skipped - set(self.revealed)

    def allows(self, move: Move) -> bool:
        """Whether the facilitator may make this move now."""
        if move is Move.END:
            return self.phase is not Phase.DONE
        if move is Move.PAUSE:
            return not self.paused and self.phase is not Phase.DONE
        if self.paused or move is Move.GO_ON:
            return self.paused and move is Move.GO_ON
        if move is Move.LOOK_BACK:
            return self.phase in LOOKING_BACK and self._earlier is not None
        if move is Move.DISCUSS and self.round == 2:
            return False
        return move in TABLE[self.phase]

    # What can be done.

    def move(self, move: Move, at: datetime, present: Iterable[int] = ()) -> Moved:
        """Make a move; `present` are the participants here now, which a close takes down."""
        if not self.allows(move):
            paused = self.paused and move is not Move.GO_ON
            raise IllegalMove(_("The room is paused.") if paused else refusal(move))
        here = 0
        if move is Move.CLOSE and self.question:
            here = len(self.ballot(self.question, self.round).votes.keys() | set(present))
        return self._accept(Moved(self.seq + 1, at, move, here))

    def join(self, name: str, at: datetime) -> Joined:
        """Let somebody in, at any phase but the last."""
        if self.phase is Phase.DONE:
            raise IllegalMove(_("This room has ended."))
        id = len(self.participants) + 1
        team = (id - 1) % self.setup.teams + 1 if self.setup.teams else None
        return self._accept(Joined(self.seq + 1, at, Participant(id, name, team)))

    def vote(
        self, participant: int, question: str, round: int, vote: Vote, at: datetime
    ) -> Voted | None:
        """Cast a vote or change it; None where it is the same again, which is no event."""
        if participant not in self.participants:
            raise IllegalMove(_("Please join the room first."))
        if self.paused:
            raise IllegalMove(_("The room is paused."))
        if not self.voting or (question, round) != (self.question, self.round):
            raise IllegalMove(_("This vote is not open."))
        if not self.setup.confidence:
            vote = Vote(vote.verdict)  # nobody was asked how sure they are
        if self.ballot(question, round).votes.get(participant) == vote:
            return None
        return self._accept(Voted(self.seq + 1, at, question, round, participant, vote))

    def count(self, hands: Hands, at: datetime) -> Counted:
        """Take down raised hands for the round at hand; an earlier count of it is replaced."""
        if self.paused:
            raise IllegalMove(_("The room is paused."))
        if self.phase not in COUNTING_HANDS or self.question is None:
            raise IllegalMove(_("Hands are counted while a vote is open or just closed."))
        if min(hands.neutral, hands.not_neutral) < 0:
            raise IllegalMove(_("A count cannot be less than nothing."))
        return self._accept(Counted(self.seq + 1, at, self.question, self.round, hands))

    def _accept(self, event: E) -> E:
        self.apply(event)
        return event

    def apply(self, event: Event) -> None:
        """Take an accepted event into account."""
        self.seq = event.seq
        match event:
            case Moved():
                self._moved(event)
            case Joined():
                self.participants[event.participant.id] = event.participant
            case Voted():
                ballot = self._ballot(event.question, event.round)
                ballot.votes[event.participant] = event.vote
            case Counted():
                self._ballot(event.question, event.round).hands = event.hands

    def _ballot(self, question: str, round: int) -> Ballot:
        return self._ballots.setdefault((question, round), Ballot())

    def _moved(self, event: Moved) -> None:
        self.version += 1
        move, question = event.move, self.question
        looked_back, self.looking_back = self.looking_back, False
        if move is Move.LOOK_BACK:
            self.looking_back = not looked_back
        elif move in (Move.PAUSE, Move.GO_ON):
            self.paused = move is Move.PAUSE
        elif move is Move.END:
            self.phase, self.paused = Phase.DONE, False
        else:
            self._step(move, question, event)

    def _step(self, move: Move, question: str | None, event: Moved) -> None:
        to = TABLE[self.phase][move]
        if question is not None:
            if move in (Move.OPEN, Move.DISCUSS):
                self.began_at = event.at
            if move is Move.OPEN:
                # A round that was closed too early goes on; after a discussion the second begins.
                self.round = 2 if self.phase is Phase.DISCUSSING else self.round
                to = Phase.REVOTING if self.round == 2 else Phase.VOTING
            elif move is Move.CLOSE:
                self._ballot(question, self.round).present = event.present
            elif move is Move.REVEAL:
                self.revealed.append(question)
            elif move is Move.SKIP:
                self.skipped.add(question)
        if move in (Move.NEXT, Move.SKIP):
            self._position += 1
            self.round = 1
            if self._position == len(self.setup.deck):
                to = Phase.DONE
        self.phase = to
