"""Rooms in one SQLite file: what was accepted, in order, and who holds which token.

All writing of events goes through one thread, which commits together whatever is waiting. A future
it returns is done once what it stands for is committed to disk, not before.
"""

import json
import queue
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from operator import attrgetter
from pathlib import Path

from quiz import database
from quiz.database import explained, readable, transaction
from quiz.errors import StoreLocked
from quiz.i18n import _
from quiz.models import Confidence, Verdict
from quiz.room import Counted, Event, Joined, Move, Moved, Setup, Voted
from quiz.room_store import Credential, RoomRecord
from quiz.room_tables import MIGRATIONS, Job, admission, row, utc
from quiz.votes import Hands, Participant, Vote

# What one commit may hold: enough that five thousand votes in a second are few commits, little
# enough that the first of them does not wait long.
_BATCH = 500


_Waiting = tuple[Sequence[Job], "Future[None]"]


class SqliteRooms:
    """Rooms in one SQLite file; `write` may be called from any one thread."""

    def __init__(self, path: Path, wait: float = 2.0) -> None:
        """Open the file at `path`, creating it as needed. Raises a StoreError where it cannot."""
        self.path = path
        with readable(path):
            self._connection = database.connect(path, wait, MIGRATIONS)
        self._wait = wait
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._writer: threading.Thread | None = None

    def close(self) -> None:
        """Write what is waiting, then let go."""
        if self._writer:
            self._queue.put(None)
            self._writer.join()
            self._writer = None
        self._connection.close()

    def create(self, record: RoomRecord) -> RoomRecord:
        """Keep a new room; returns it with the id it was given."""
        row = (
            record.code,
            json.dumps(asdict(record.setup)),
            record.secret,
            utc(record.created_at),
            record.address,
            record.port,
        )
        with explained(self.path), transaction(self._connection, "IMMEDIATE"):
            id = self._connection.execute(
                "INSERT INTO room (code, setup, secret, created_at, address, port) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                row,
            ).lastrowid
        return replace(record, id=id or 0)

    def move_to(self, room: int, address: str, port: int) -> None:
        """Keep where a room is to be found from now on."""
        with explained(self.path), transaction(self._connection, "IMMEDIATE"):
            self._connection.execute(
                "UPDATE room SET address = ?, port = ? WHERE id = ?", (address, port, room)
            )

    def rooms(self) -> list[RoomRecord]:
        """All rooms, newest first."""
        with readable(self.path):
            rows = self._connection.execute(
                "SELECT id, code, setup, secret, created_at, address, port FROM room "
                "ORDER BY id DESC"
            )
            return [
                RoomRecord(id, code, _setup(setup), secret, _time(at), address, port)
                for id, code, setup, secret, at, address, port in rows
            ]

    def events(self, room: int) -> list[Event]:
        """What was accepted in a room, in order; of a changed vote only the last."""
        with readable(self.path), transaction(self._connection, "DEFERRED"):
            return sorted(self._events(room), key=attrgetter("seq"))

    def _events(self, room: int) -> Iterator[Event]:
        read = self._connection.execute
        for seq, at, move, present in read(
            "SELECT seq, at, move, present FROM move WHERE room = ?", (room,)
        ):
            yield Moved(seq, _time(at), Move(move), present)
        for seq, at, id, name, team in read(
            "SELECT seq, at, id, name, team FROM participant WHERE room = ?", (room,)
        ):
            yield Joined(seq, _time(at), Participant(id, name, team))
        for seq, at, question, round, participant, verdict, confidence in read(
            "SELECT seq, at, question, round, participant, verdict, confidence "
            "FROM vote WHERE room = ?",
            (room,),
        ):
            vote = Vote(Verdict(verdict), Confidence(confidence) if confidence else None)
            yield Voted(seq, _time(at), question, round, participant, vote)
        for seq, at, question, round, neutral, not_neutral in read(
            "SELECT seq, at, question, round, neutral, not_neutral FROM hands WHERE room = ?",
            (room,),
        ):
            hands = Hands(neutral, not_neutral)
            yield Counted(seq, _time(at), question, round, hands)

    def credentials(self, room: int) -> dict[str, int]:
        """The participant of each credential, by its hash."""
        with explained(self.path):
            return dict(
                self._connection.execute(
                    "SELECT hash, participant FROM credential WHERE room = ?", (room,)
                )
            )

    def write(self, room: int, event: Event, *credentials: Credential) -> "Future[None]":
        """Append an event, with the credentials it brings; done after the commit."""
        return self._submit([row(room, event), *(admission(room, c) for c in credentials)])

    def admit(self, room: int, credential: Credential) -> "Future[None]":
        """Give a participant one credential more; done after the commit."""
        return self._submit([admission(room, credential)])

    def _submit(self, jobs: Sequence[Job]) -> "Future[None]":
        if self._writer is None:
            self._writer = threading.Thread(target=self._work, name="rooms", daemon=True)
            self._writer.start()
        future: Future[None] = Future()
        self._queue.put((jobs, future))
        return future

    def _work(self) -> None:
        """Commit whatever is waiting, all of it at once, until told to stop."""
        try:
            connection = database.connect(self.path, self._wait, MIGRATIONS)
        except Exception as error:
            self._refuse_all(error)
            return
        with closing(connection):
            stopping = False
            while not stopping:
                batch, stopping = self._waiting()
                if batch:
                    _commit(connection, self.path, batch)

    def _waiting(self) -> tuple[list[_Waiting], bool]:
        """What waits now, at least one, and whether to stop after it."""
        batch: list[_Waiting] = []
        item = self._queue.get()
        while item is not None:
            batch.append(item)
            if len(batch) == _BATCH:
                return batch, False
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                return batch, False
        return batch, True

    def _refuse_all(self, error: Exception) -> None:
        while (item := self._queue.get()) is not None:
            item[1].set_exception(error)


def _commit(connection: sqlite3.Connection, path: Path, batch: Sequence[_Waiting]) -> None:
    try:
        with explained(path), transaction(connection, "IMMEDIATE"):
            for jobs, _future in batch:
                for statement, values in jobs:
                    connection.execute(statement, values)
    except Exception as error:
        # Whatever it was, nobody must wait for ever, and the next ones are to be written.
        for _jobs, future in batch:
            future.set_exception(error)
    else:
        for _jobs, future in batch:
            future.set_result(None)


_time = datetime.fromisoformat


def _setup(text: str) -> Setup:
    found = json.loads(text)
    return Setup(**{**found, "deck": tuple(found["deck"])})


@contextmanager
def held(path: Path, room: int) -> Iterator[None]:
    """Hold a room for this program alone; the system lets go of it if the program dies.

    Raises StoreLocked where another program leads this room.
    """
    lock = path.with_name(f"{path.name}.room-{room}.lock")
    with explained(lock):
        holding = sqlite3.connect(lock, isolation_level=None, timeout=0)
    with closing(holding):
        try:
            holding.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise StoreLocked(
                _("Another Netral is leading this room."),
                _("Close it there first, or begin another room."),
            ) from error
        yield
