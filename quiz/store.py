"""The learner's log, append-only, and the sessions computed from it.

Every public method commits before it returns, or raises a StoreError and has changed nothing.
Times are aware datetimes, stored as ISO 8601 in UTC.
"""

import json
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quiz import database
from quiz.database import explained, readable, transaction
from quiz.errors import AnsweredElsewhere
from quiz.history import Entry, Sitting, stamp
from quiz.i18n import _
from quiz.log_tables import MIGRATIONS
from quiz.models import Confidence, Verdict
from quiz.session import Answer, Kind, Plan, Session

if TYPE_CHECKING:
    from quiz.merging import Merged
    from quiz.portable import Record

# Members by what the log has for them: a look-up costs a fifth of calling the enumeration.
_KIND: dict[str, Kind] = {kind.value: kind for kind in Kind}
_VERDICT: dict[str, Verdict] = {verdict.value: verdict for verdict in Verdict}
_CONFIDENCE: dict[str | None, Confidence | None] = {None: None}
_CONFIDENCE |= {confidence.value: confidence for confidence in Confidence}


@dataclass(frozen=True, slots=True)
class Run:
    """A session as the log has it: its row, what it was asked to be, and its state."""

    id: int
    kind: Kind
    subject: str
    session: Session


class Store:
    """One connection to the log.

    `checked` says whether every page of the file was found sound on opening.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path | None, *, checked: bool = True
    ) -> None:
        self._connection = connection
        self.path = path
        self.checked = checked

    @classmethod
    def open(cls, path: Path, wait: float = 2.0, *, hurried: bool = False) -> "Store":
        """Open the database at `path`, creating and upgrading it as needed.

        `wait` is how many seconds each method waits for another program that is writing. Who is
        `hurried` gets a large file unchecked, and has it checked by opening it once more when
        there is time. Raises a StoreError where the database cannot be read and written.
        """
        checked = not (hurried and database.is_large(path))
        connection = database.connect(path, wait, MIGRATIONS, check=checked)
        return cls(connection, path, checked=checked)

    @classmethod
    def in_memory(cls) -> "Store":
        """A store that is gone with the program."""
        return cls(database.in_memory(MIGRATIONS), None)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def begin(self, plan: Plan, bank: str, at: datetime) -> Run:
        """Log the start of a session on the bank with id `bank`."""
        with self._writing() as connection:
            row = connection.execute(
                "INSERT INTO session (uid, bank, kind, subject, deck, started_at) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (uuid.uuid4().hex, bank, plan.kind, plan.subject, json.dumps(plan.deck), stamp(at)),
            ).lastrowid
        return Run(row or 0, plan.kind, plan.subject, Session(plan.deck))

    def record(self, session: int, answer: Answer, at: datetime) -> None:
        """Log an answer. Raises AnsweredElsewhere when this question of it already has one."""
        with self._writing() as connection:
            logged = connection.execute(
                "INSERT INTO answer "
                "(session, question, given, expected, confidence, edition, answered_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (session, question, replaces) DO NOTHING",
                (session, *_said(answer), stamp(at)),
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
                "INSERT OR IGNORE INTO reading VALUES (?, ?, ?)", (session, question, stamp(at))
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
            # One that was replaced keeps its place.
            answers = connection.execute(
                "SELECT question, given, expected, confidence, edition FROM counted "
                "WHERE session = ? ORDER BY (SELECT min(id) FROM answer WHERE "
                "answer.session = counted.session AND answer.question = counted.question)",
                (session,),
            ).fetchall()
            (read,) = connection.execute(
                "SELECT count(*) FROM reading WHERE session = ?", (session,)
            ).fetchone()
            given = tuple(
                Answer(
                    question, Verdict(given), Verdict(expected), _CONFIDENCE[confidence], edition
                )
                for question, given, expected, confidence, edition in answers
            )
            # Of two computers that went on from the same question, one may not have read as far.
            read = max(read, len(given) - 1)
            # A question the bank lacked for a while was passed over: it comes after those answered.
            order = tuple(
                dict.fromkeys([*(answer.question for answer in given), *json.loads(deck)])
            )
            return Run(session, Kind(kind), subject, Session(order, given, read))

    def unfinished(self, bank: str) -> Run | None:
        """The newest session on `bank` that is neither finished nor left."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT id FROM session WHERE bank = ? "
                "AND NOT EXISTS (SELECT 1 FROM ending WHERE ending.session = session.id) "
                "ORDER BY id DESC LIMIT 1",
                (bank,),
            ).fetchone()
        return self.run(row[0]) if row else None

    def begun(self, bank: str) -> bool:
        """Whether anything has been answered on `bank`."""
        with self._reading() as connection:
            (found,) = connection.execute(
                "SELECT EXISTS (SELECT 1 FROM session JOIN answer ON session = session.id "
                "WHERE bank = ?)",
                (bank,),
            ).fetchone()
        return bool(found)

    def seen(self, bank: str) -> dict[str, int]:
        """How often each question of `bank` has been answered, in any edition, by its id."""
        with self._reading() as connection:
            return dict(
                connection.execute(
                    "SELECT question, count(*) FROM session JOIN counted ON session = session.id "
                    "WHERE bank = ? GROUP BY question",
                    (bank,),
                )
            )

    def newest(self) -> int:
        """A number that grows with every answer in the log; 0 where there is none."""
        with self._reading() as connection:
            (number,) = connection.execute("SELECT max(id) FROM answer").fetchone()
        return number or 0

    def history(self, bank: str) -> list[Entry]:
        """Every answer on `bank`, in no order; one that another replaced is not among them."""
        with self._reading() as connection:
            sessions = {
                id: (uid, _KIND[kind])
                for id, uid, kind in connection.execute(
                    "SELECT id, uid, kind FROM session WHERE bank = ?", (bank,)
                )
            }
            rows = connection.execute(
                "SELECT answered_at, session, question, given, expected, confidence, edition "
                "FROM counted"
            )
            # Texts are the same in many rows; what is kept is one of each.
            same: dict[Any, Any] = {}
            return [
                Entry(
                    datetime.fromisoformat(at),
                    sessions[session][0],
                    same.setdefault(question, question),
                    _VERDICT[given],
                    _VERDICT[expected],
                    _CONFIDENCE[confidence],
                    same.setdefault(edition, edition),
                    sessions[session][1],
                )
                for at, session, question, given, expected, confidence, edition in rows
                if session in sessions
            ]

    def tests(self, bank: str) -> list[Sitting]:
        """The tests on `bank` that were begun and not left, in no order."""
        with self._reading() as connection:
            # Of several endings one that says it was finished counts.
            rows = connection.execute(
                "SELECT id, uid, subject, deck, started_at, min(reason || ' ' || ended_at) "
                "FROM session LEFT JOIN ending ON ending.session = session.id "
                "WHERE bank = ? AND kind = 'test' GROUP BY id",
                (bank,),
            ).fetchall()
            sittings = []
            for id, uid, form, deck, started, ending in rows:
                reason, _space, ended = (ending or "").partition(" ")
                if reason != "left":
                    begun = datetime.fromisoformat(started)
                    finished = datetime.fromisoformat(ended) if ended else None
                    sittings.append(
                        Sitting(id, uid, form, tuple(json.loads(deck)), begun, finished)
                    )
            return sittings

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

    def export(self) -> "list[Record]":
        """All that counts in the log, of every bank."""
        from quiz import merging

        with self._reading() as connection:
            return merging.records(connection)

    def merge(self, records: "Sequence[Record]") -> "Merged":
        """Log what others know and this log lacks; all of it or, after an error, nothing.

        Raises HistoryFileError where a session here is another one there.
        """
        from quiz import merging

        with self._writing() as connection:
            return merging.merge(connection, records)

    def _end(self, session: int, reason: str, at: datetime) -> None:
        self._connection.execute(
            "INSERT INTO ending SELECT ?1, ?2, ?3 "
            "WHERE NOT EXISTS (SELECT 1 FROM ending WHERE session = ?1)",
            (session, reason, stamp(at)),
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
        with readable(self.path), transaction(self._connection, "DEFERRED"):
            yield self._connection


def _said(answer: Answer) -> tuple[str | None, ...]:
    return answer.question, answer.given, answer.expected, answer.confidence, answer.edition
