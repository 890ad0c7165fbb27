"""The learner's log, append-only, and the sessions computed from it.

Every public method commits before it returns, or raises a StoreError and has changed nothing.
Times are aware datetimes, stored as ISO 8601 in UTC.
"""

import json
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from quiz import database
from quiz.database import explained, transaction
from quiz.errors import AnsweredElsewhere
from quiz.i18n import _
from quiz.models import Verdict
from quiz.session import Answer, Kind, Plan, Session


@dataclass(frozen=True, slots=True)
class Run:
    """A session as the log has it: its row, what it was asked to be, and its state."""

    id: int
    kind: Kind
    subject: str
    session: Session


class Store:
    """One connection to the log."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path, wait: float = 2.0) -> "Store":
        """Open the database at `path`, creating and upgrading it as needed.

        `wait` is how many seconds each method waits for another program that is writing. Raises a
        StoreError where the database cannot be read and written.
        """
        return cls(database.connect(path, wait, database.MIGRATIONS), path)

    @classmethod
    def in_memory(cls) -> "Store":
        """A store that is gone with the program."""
        return cls(database.in_memory(database.MIGRATIONS), None)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def begin(self, plan: Plan, bank: str, at: datetime) -> Run:
        """Log the start of a session on the bank with id `bank`."""
        with self._writing() as connection:
            row = connection.execute(
                "INSERT INTO session (uid, bank, kind, subject, deck, started_at) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (uuid.uuid4().hex, bank, plan.kind, plan.subject, json.dumps(plan.deck), _utc(at)),
            ).lastrowid
        return Run(row or 0, plan.kind, plan.subject, Session(plan.deck))

    def record(self, session: int, answer: Answer, at: datetime) -> None:
        """Log an answer. Raises AnsweredElsewhere when this question of it already has one."""
        with self._writing() as connection:
            logged = connection.execute(
                "INSERT INTO answer (session, question, given, expected, answered_at) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT (session, question) DO NOTHING",
                (session, answer.question, answer.given, answer.expected, _utc(at)),
            ).rowcount
            if not logged:
                raise AnsweredElsewhere(
                    _("This question was answered in another window."),
                    _("That answer counts; the session goes on from it."),
                )

    def leave_behind(self, session: int, question: str, at: datetime, *, last: bool) -> None:
        """Log that an explanation was left behind; with the `last` one the session is finished."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO reading VALUES (?, ?, ?)", (session, question, _utc(at))
            )
            if last:
                self._end(session, "finished", at)

    def leave(self, session: int, at: datetime) -> None:
        """Log that a session will not be continued."""
        with self._writing():
            self._end(session, "left", at)

    def run(self, session: int) -> Run:
        """A session as the log has it now."""
        with self._reading() as connection:
            kind, subject, deck = connection.execute(
                "SELECT kind, subject, deck FROM session WHERE id = ?", (session,)
            ).fetchone()
            answers = connection.execute(
                "SELECT question, given, expected FROM answer WHERE session = ? ORDER BY id",
                (session,),
            ).fetchall()
            (read,) = connection.execute(
                "SELECT count(*) FROM reading WHERE session = ?", (session,)
            ).fetchone()
        given = tuple(Answer(q, Verdict(g), Verdict(e)) for q, g, e in answers)
        # A question the bank lacked for a while was passed over; it comes after those answered.
        order = tuple(dict.fromkeys([*(answer.question for answer in given), *json.loads(deck)]))
        return Run(session, Kind(kind), subject, Session(order, given, read))

    def unfinished(self, bank: str) -> Run | None:
        """The newest session on `bank` that was neither finished nor left."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT id FROM session WHERE bank = ? "
                "AND NOT EXISTS (SELECT 1 FROM ending WHERE ending.session = session.id) "
                "ORDER BY id DESC LIMIT 1",
                (bank,),
            ).fetchone()
        return self.run(row[0]) if row else None

    def seen(self) -> dict[str, int]:
        """How often each question has been answered, by its id."""
        with self._reading() as connection:
            return dict(
                connection.execute("SELECT question, count(*) FROM answer GROUP BY question")
            )

    def latest(self) -> dict[str, bool]:
        """Whether the latest answer to each question was right, by the question's id."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT question, given = expected, max(id) FROM answer GROUP BY question"
            ).fetchall()
        return {question: bool(right) for question, right, _newest in rows}

    def adopt(self, run: Run, bank: str, at: datetime) -> Run:
        """Log a session that another store holds, as far as it has come."""
        session = run.session
        with self._writing():
            adopted = self.begin(Plan(run.kind, run.subject, session.deck), bank, at)
            for answer in session.answers:
                self.record(adopted.id, answer, at)
            for question in session.deck[: session.read]:
                self.leave_behind(adopted.id, question, at, last=question == session.deck[-1])
        return replace(adopted, session=session)

    def _end(self, session: int, reason: str, at: datetime) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO ending VALUES (?, ?, ?)", (session, reason, _utc(at))
        )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction; a method called inside joins it."""
        if self._connection.in_transaction:
            yield self._connection
        else:
            with explained(self.path), transaction(self._connection, "IMMEDIATE"):
                yield self._connection

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One moment of the log, whatever another window writes meanwhile."""
        with explained(self.path), transaction(self._connection, "DEFERRED"):
            yield self._connection


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
