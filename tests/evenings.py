"""Rooms led from beginning to end, for what is said of them afterwards."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from quiz.models import Bank, Confidence, Verdict
from quiz.phases import Move
from quiz.room import Event, Room, Setup
from quiz.room_database import SqliteRooms
from quiz.room_store import RoomRecord
from quiz.votes import Hands, Vote

from . import banks
from .rooms import AT

# Two scenarios of two principles; the questions ending in -0 and -2 are neutral, the others not.
BANK: Bank = banks.bank(
    *(
        banks.scenario(
            case,
            [banks.question(f"{case}-{n}", n % 2 == 0, f"Tindakan {case} {n}.") for n in range(4)],
            principle,
        )
        for case, principle in (("pasar", "loket"), ("kantor", "kartu"))
    ),
    principles=("loket", "kartu"),
)


@dataclass(frozen=True)
class Held:
    """A round: how many voted for each verdict by phone, and how many hands were raised."""

    neutral: int = 0
    not_neutral: int = 0
    hands: tuple[int, int] | None = None
    confidence: Confidence | None = None

    @property
    def votes(self) -> list[Vote]:
        verdicts = [Verdict.NEUTRAL] * self.neutral + [Verdict.NOT_NEUTRAL] * self.not_neutral
        return [Vote(verdict, self.confidence) for verdict in verdicts]


# The rounds that were held on a question; None where it was skipped.
Rounds = Sequence[Held] | None


def setup(*deck: str, language: str = "en", names: bool = False, bank: str = "bank") -> Setup:
    return Setup(bank, deck or tuple(BANK.question), language, confidence=True, names=names)


def lead(
    given: Setup, *outcomes: Rounds, people: int = 40, names: Sequence[str] = ()
) -> list[Event]:
    """What is accepted in a room in which this came of its questions, in their order."""
    room = Room(given)
    called = [*names, *(f"Jahe {n}" for n in range(len(names), people))]
    events: list[Event | None] = [room.join(name, AT) for name in called]
    events.append(room.move(Move.START, AT))
    for rounds in outcomes:
        events += [room.move(Move.SKIP, AT)] if rounds is None else judge(room, rounds)
    return [event for event in events if event]


def judge(room: Room, rounds: Sequence[Held]) -> list[Event | None]:
    events: list[Event | None] = []
    for number, held in enumerate(rounds, 1):
        question = room.question
        assert question
        events += [room.move(Move.DISCUSS, AT)] if number == 2 else []
        events.append(room.move(Move.OPEN, AT))
        for participant, vote in enumerate(held.votes, 1):
            events.append(room.vote(participant, question, number, vote, AT))
        events += [room.count(Hands(*held.hands), AT)] if held.hands else []
        events.append(room.move(Move.CLOSE, AT, room.participants))
    return [*events, room.move(Move.REVEAL, AT), room.move(Move.NEXT, AT)]


def led(*outcomes: Rounds, people: int = 40, deck: Sequence[str] = ()) -> Room:
    """The room in which this came of its questions; it ended where all of them are told."""
    given = setup(*deck)
    return Room.replay(given, lead(given, *outcomes, people=people))


def keep(home: Path, code: str, given: Setup, events: Sequence[Event]) -> None:
    """Have a room in the store as if it had been led on this computer."""
    with closing(SqliteRooms(home / "rooms.db")) as store:
        record = store.create(RoomRecord(0, code, given, "secret", AT, "10.0.0.5", 8000))
        for event in events:
            store.write(record.id, event)
