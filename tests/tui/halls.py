"""A room led from a screen: real rules and a real store, a clock that is set, a door that waits."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from quiz.live import LiveRoom
from quiz.models import Bank, Confidence, Verdict
from quiz.phases import Phase
from quiz.room import Setup
from quiz.room_database import SqliteRooms
from quiz.room_store import RoomRecord
from quiz.tui.host import HostScreen
from quiz.tui.hosting import HostApp
from quiz.tui.widgets import KeyBar
from quiz.votes import Vote

from .conftest import NOON, press, until

ADDRESS = "http://192.168.1.20:8000"
CODE = "K7M2QX"


class Door:
    """Lets nobody in; says what it was asked."""

    def __init__(self, address: str = ADDRESS, network: tuple[str, ...] = ()) -> None:
        self.address = address
        self.network = list(network)
        self.served = False
        self.broken: Exception | None = None
        self.refusing: Exception | None = None
        self.closing = asyncio.Event()

    @property
    def projector(self) -> str:
        return f"{self.address}/layar?k=secret"

    def addresses(self) -> list[str]:
        return self.network

    def give_out(self, address: str) -> None:
        self.address = f"http://{address}:8000"
        if self.refusing:
            raise self.refusing

    async def serve(self) -> None:
        self.served = True
        await self.closing.wait()
        if self.broken:
            raise self.broken


class Hall:
    """A room in `folder`, and its screen."""

    def __init__(self, bank: Bank, store: SqliteRooms, **setup: Any) -> None:
        self.bank, self.store = bank, store
        self.clock = NOON
        deck = setup.pop("deck", tuple(bank.question))
        whole = Setup(bank.manifest.id, deck, setup.pop("language", "en"), **setup)
        record = RoomRecord(0, CODE, whole, "secret", NOON, "", 0)
        self.record = store.create(record)
        self.live = LiveRoom(self.record, store, bank, self.now)
        self.door = Door()

    def now(self) -> datetime:
        return self.clock

    def wait(self, **time: float) -> None:
        self.clock += timedelta(**time)

    def app(self, *, door: bool = True, **others: Any) -> HostApp:
        return HostApp(self.live, self.door if door else None, self.now, **others)

    async def come(self, people: int) -> None:
        """So many people come in, and stay."""
        for _turn in range(people):
            ticket = await self.live.join()
            self.live.enter(ticket.participant.id)

    async def vote(self, right: int, wrong: int, confidence: Confidence | None = None) -> None:
        """So many vote rightly, and the next ones wrongly."""
        room = self.live.room
        assert room.question
        expected = self.bank.question[room.question].verdict
        other = next(verdict for verdict in Verdict if verdict is not expected)
        for number in range(1, right + wrong + 1):
            verdict = expected if number <= right else other
            await self.live.vote(number, room.question, room.round, Vote(verdict, confidence))

    @property
    def phase(self) -> Phase:
        return self.live.room.phase


@contextmanager
def hall_in(folder: Path, bank: Bank, **setup: Any) -> Iterator[Hall]:
    """A hall whose rooms are kept in `folder`."""
    store = SqliteRooms(folder / "rooms.db", wait=0.05)
    try:
        yield Hall(bank, store, **setup)
    finally:
        store.close()


def host(pilot: Pilot[Any]) -> HostScreen:
    """The facilitator's screen, whatever lies on it."""
    return next(s for s in pilot.app.screen_stack if isinstance(s, HostScreen))


async def lead(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, each after the move of the one before is shown."""
    for key in keys:
        await press(pilot, key)
        await until(pilot, lambda: not host(pilot)._moving)
        await pilot.pause()


def keys(pilot: Pilot[Any]) -> dict[str, str]:
    """What the key bar offers, as far as it fits."""
    return dict(pilot.app.screen.query_one(KeyBar).hints())


def all_keys(pilot: Pilot[Any]) -> set[str]:
    """Every key that works now and that a wide enough bar would show."""
    active = pilot.app.screen.active_bindings.values()
    return {a.binding.key for a in active if a.enabled and a.binding.show}
