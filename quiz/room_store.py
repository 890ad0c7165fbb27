"""Where rooms are kept: what any store of them must do. Tokens are never stored, only hashes."""

import hashlib
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from quiz import naming
from quiz.errors import UsageError
from quiz.i18n import _
from quiz.room import Event, Setup


@dataclass(frozen=True, slots=True)
class RoomRecord:
    """A room as it was set up; `address` and `port` are where it was last to be found."""

    id: int
    code: str
    setup: Setup
    secret: str
    created_at: datetime
    address: str
    port: int


@dataclass(frozen=True, slots=True)
class Credential:
    """A token or personal code of a participant, to be stored as its hash."""

    participant: int
    secret: str

    @property
    def hash(self) -> str:
        """SHA-256, hexadecimal."""
        return hashlib.sha256(self.secret.encode()).hexdigest()


class RoomStore(Protocol):
    """Where rooms are kept. Every method may raise a StoreError, and then nothing has changed."""

    def create(self, record: RoomRecord) -> RoomRecord:
        """Keep a new room; returns it with the id it was given."""

    def move_to(self, room: int, address: str, port: int) -> None:
        """Keep where a room is to be found from now on."""

    def write(self, room: int, event: Event, *credentials: Credential) -> "Future[None]":
        """Append an event, with the credentials it brings; done after the commit.

        The future raises a StoreError where nothing was written.
        """

    def admit(self, room: int, credential: Credential) -> "Future[None]":
        """Give a participant one credential more; done after the commit."""

    def rooms(self) -> list[RoomRecord]:
        """All rooms, newest first."""

    def events(self, room: int) -> list[Event]:
        """What was accepted in a room, in order; of a changed vote only the last."""

    def credentials(self, room: int) -> dict[str, int]:
        """The participant of each credential, by its hash."""

    def close(self) -> None:
        """Write what is waiting, then let go."""


def find(store: RoomStore, name: str) -> RoomRecord:
    """A room by its number or code; raises UsageError where there is none.

    Of several with the same code, the newest.
    """
    rooms = store.rooms()
    code, number = naming.normal(name), name.strip()
    for record in rooms:
        if code == record.code or number == str(record.id):
            return record
    raise UsageError(
        _("There is no room “{name}”.").format(name=name),
        _("“netral rooms” lists them."),
    )
