"""Rooms to test with, brought where a test wants them."""

from collections.abc import Iterable
from copy import deepcopy
from datetime import UTC, datetime, timedelta

from quiz.models import Verdict
from quiz.room import Event, Move, Room, Setup
from quiz.votes import Vote

DECK = ("satu", "dua", "tiga")
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NEUTRAL, NOT_NEUTRAL = Vote(Verdict.NEUTRAL), Vote(Verdict.NOT_NEUTRAL)


def later(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def setup(
    deck: tuple[str, ...] = DECK, *, confidence: bool = False, teams: int = 0, language: str = "id"
) -> Setup:
    return Setup("bank", deck, language, confidence=confidence, teams=teams)


def room_after(
    *moves: Move, people: int = 0, given: Setup | None = None, present: Iterable[int] = ()
) -> Room:
    """The room in which `people` joined at the start, after `moves`."""
    room = Room(given or setup())
    for number in range(1, people + 1):
        room.join(f"Jahe {number}", AT)
    for move in moves:
        room.move(move, AT, present)
    return room


def cast(room: Room, votes: dict[int, Vote]) -> list[Event | None]:
    """Have participants vote in the round at hand."""
    assert room.question is not None
    return [
        room.vote(participant, room.question, room.round, vote, AT)
        for participant, vote in votes.items()
    ]


def dump(room: Room) -> dict[str, object]:
    """Everything there is to know of a room, apart from it."""
    return deepcopy(vars(room))
