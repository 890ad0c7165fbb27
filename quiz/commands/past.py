"""Rooms that were led on this computer, as commands look at them afterwards."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime

from quiz import paths
from quiz.errors import UsageError
from quiz.i18n import _
from quiz.models import Bank
from quiz.room import Event, Move, Moved, Room
from quiz.room_store import RoomRecord, RoomStore, find


@dataclass(frozen=True, slots=True)
class Past:
    """A room as it stands in the store; `at` is when it began, or else was set up."""

    record: RoomRecord
    room: Room
    at: datetime


def past_rooms() -> list[Past]:
    """All rooms, newest first. Raises StoreError."""
    with _opened() as store:
        return [_past(store, record) for record in store.rooms()] if store else []


def past_room(name: str, bank: Bank) -> Past:
    """A room of this bank by its number or code.

    Raises UsageError where there is none, or it is of another bank, and StoreError.
    """
    with _opened() as store:
        if store is None:
            raise UsageError(
                _("No room has been led on this computer yet."), _("Begin one with “netral host”.")
            )
        past = _past(store, find(store, name))
    if past.room.setup.bank != bank.manifest.id:
        raise UsageError(
            _("This room judged the bank “{room}”, and this one is “{bank}”.").format(
                room=past.room.setup.bank, bank=bank.manifest.id
            ),
            _("Name the folder of its bank with --bank."),
        )
    return past


@contextmanager
def _opened() -> Iterator[RoomStore | None]:
    """The store of rooms; none where there never was one, and to look for it leaves none."""
    file = paths.rooms_database()
    if not file.exists():
        yield None
        return
    from quiz.room_database import SqliteRooms

    with closing(SqliteRooms(file)) as store:
        yield store


def _past(store: RoomStore, record: RoomRecord) -> Past:
    events = store.events(record.id)
    return Past(record, Room.replay(record.setup, events), _began(events) or record.created_at)


def _began(events: Sequence[Event]) -> datetime | None:
    moves = (event for event in events if isinstance(event, Moved))
    return next((event.at for event in moves if event.move is Move.START), None)
