"""`netral host` on a terminal of its own, led by keys, with its room's file to look into."""

import asyncio
import os
import socket
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from speed import NETRAL
from terminal import Terminal

from quiz.room import Room
from quiz.room_database import SqliteRooms
from quiz.room_store import RoomRecord
from quiz.tui.leading import REST


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Led:
    """A room kept under `home`, led from a terminal; the terminal is read all the while."""

    def __init__(self, home: Path, port: int) -> None:
        self.home = home
        self.port = port

    async def start(self, *more: str) -> float:
        """Start the program; seconds until it takes connections."""
        environ = {**os.environ, "NETRAL_HOME": str(self.home)}
        command = [*NETRAL, "host", "--port", str(self.port), *more]
        began = time.perf_counter()
        self.terminal = Terminal(command, environ)
        self._reading = asyncio.ensure_future(self._read())
        while not await self._listens():
            if time.perf_counter() - began > 20:
                raise AssertionError(self.terminal.text)
            await asyncio.sleep(0.01)
        return time.perf_counter() - began

    async def _listens(self) -> bool:
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.close()
            return True
        return False

    async def _read(self) -> None:
        while True:
            while self.terminal.read(0):
                pass
            await asyncio.sleep(0.005)

    async def key(self, key: str, word: str) -> float:
        """Press a key; seconds until `word` is painted."""
        before = len(self.terminal.raw)
        began = time.perf_counter()
        self.terminal.press(key)
        while word.encode() not in self.terminal.raw[before:]:
            if time.perf_counter() - began > 20:
                raise AssertionError(self.terminal.text)
            await asyncio.sleep(0.002)
        return time.perf_counter() - began

    async def usual(self) -> float:
        """Press the key that goes on, once keys do not rest any more; returns when."""
        await asyncio.sleep(REST + 0.2)
        self.terminal.press(" ")
        return time.perf_counter()

    def kill(self) -> None:
        """Kill the program, as a power cut would."""
        self._reading.cancel()
        self.terminal.close()

    def peak(self) -> float:
        """The most memory the program has had, in MB."""
        status = Path(f"/proc/{self.terminal.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def record(self) -> RoomRecord:
        """The room as it was set up."""
        with closing(SqliteRooms(self.home / "rooms.db")) as store:
            return store.rooms()[0]

    def room(self) -> Room:
        """The room, as its events make it."""
        with closing(SqliteRooms(self.home / "rooms.db")) as store:
            record = store.rooms()[0]
            return Room.replay(record.setup, store.events(record.id))

    def votes(self, question: str, round: int) -> list[tuple[int, str]]:
        """Each row of a ballot: participant and verdict."""
        with closing(sqlite3.connect(self.home / "rooms.db")) as connection:
            return connection.execute(
                "SELECT participant, verdict FROM vote WHERE question = ? AND round = ?",
                (question, round),
            ).fetchall()
