"""The learner's database: an append-only log in SQLite, and the sessions computed from it.

Every public method commits before it returns, or raises a StoreError and has changed nothing.
Times are aware datetimes, stored as ISO 8601 in UTC.
"""

import errno
import json
import os
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from quiz.errors import (
    AnsweredElsewhere,
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreNewer,
    StoreReadOnly,
)
from quiz.i18n import _
from quiz.models import Verdict
from quiz.session import Answer, Kind, Plan, Session

# What SQLite may keep beside a database; each belongs to it and goes where it goes.
_BESIDE = ("-journal", "-wal", "-shm")


def _create_log(connection: sqlite3.Connection) -> None:
    connection.execute(
        """CREATE TABLE session (
               id INTEGER PRIMARY KEY,
               uid TEXT NOT NULL UNIQUE,
               bank TEXT NOT NULL,
               kind TEXT NOT NULL,
               subject TEXT NOT NULL,
               deck TEXT NOT NULL,
               started_at TEXT NOT NULL)"""
    )
    connection.execute(
        """CREATE TABLE answer (
               id INTEGER PRIMARY KEY,
               session INTEGER NOT NULL REFERENCES session,
               question TEXT NOT NULL,
               given TEXT NOT NULL,
               expected TEXT NOT NULL,
               answered_at TEXT NOT NULL,
               UNIQUE (session, question))"""
    )
    connection.execute("CREATE INDEX answer_question ON answer (question)")
    connection.execute(
        """CREATE TABLE reading (
               session INTEGER NOT NULL REFERENCES session,
               question TEXT NOT NULL,
               read_at TEXT NOT NULL,
               PRIMARY KEY (session, question)) WITHOUT ROWID"""
    )
    connection.execute(
        """CREATE TABLE ending (
               session INTEGER PRIMARY KEY REFERENCES session,
               reason TEXT NOT NULL CHECK (reason IN ('finished', 'left')),
               ended_at TEXT NOT NULL)"""
    )
    for table in ("session", "answer", "reading", "ending"):
        for move in ("UPDATE", "DELETE"):
            connection.execute(
                f"CREATE TRIGGER {table}_no_{move.lower()} BEFORE {move} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
            )


# Each runs once, in order, in one transaction with its record, which is PRAGMA user_version.
MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_create_log,)


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
        with _explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            _check_permission(path)
            connection = sqlite3.connect(str(path), isolation_level=None, timeout=wait)
            try:
                _prepare(connection, path)
                _write_ahead(connection)
            except BaseException:
                connection.close()
                raise
        return cls(connection, path)

    @classmethod
    def in_memory(cls) -> "Store":
        """A store that is gone with the program."""
        connection = sqlite3.connect(":memory:", isolation_level=None)
        _prepare(connection, Path(":memory:"))
        return cls(connection, None)

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
            with _explained(self.path), _transaction(self._connection, "IMMEDIATE"):
                yield self._connection

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One moment of the log, whatever another window writes meanwhile."""
        with _explained(self.path), _transaction(self._connection, "DEFERRED"):
            yield self._connection


def set_aside(path: Path, at: datetime) -> Path:
    """Rename a damaged database, so that a new one can begin; returns its new name.

    Whatever was set aside before stays. Raises StoreError where it cannot be renamed.
    """
    with _explained(path):
        aside = _reserve(path.with_name(f"{path.name}.damaged-{at:%Y%m%d-%H%M%S}"))
        try:
            # First what lies beside: left alone with a new database, it would be applied to it.
            for suffix in _BESIDE:
                if (beside := _beside(path, suffix)).exists():
                    beside.rename(_beside(aside, suffix))
            path.replace(aside)
        except OSError:
            aside.unlink()
            raise
    return aside


def _reserve(wanted: Path) -> Path:
    """Make an empty file named `wanted`, with a number where something has that name."""
    path, number = wanted, 1
    while any(_beside(path, suffix).exists() for suffix in ("", *_BESIDE)):
        number += 1
        path = _beside(wanted, f"-{number}")
    path.touch(exist_ok=False)
    return path


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _check_permission(path: Path) -> None:
    """Raise PermissionError where `path` may not be written.

    SQLite would open a file that it may only read, and say “unable to open” of the rest.
    """
    folder = os.access(path.parent, os.W_OK | os.X_OK)
    if not folder or (path.exists() and not os.access(path, os.R_OK | os.W_OK)):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _write_ahead(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # For this switch SQLite does not wait. Another window is opening the same database, and
        # either it switches or the next to open does; with both journals, committed is kept.
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # So that REPLACE, too, meets the triggers that keep the log append-only.
    connection.execute("PRAGMA recursive_triggers = ON")
    with _transaction(connection, "IMMEDIATE"):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise StoreNewer(
                _("A newer Netral wrote the history in {path}.").format(path=path),
                _("Upgrade this Netral, or train without keeping answers."),
            )
        # A spoilt page, or half a one at the end, SQLite would only notice on reading it.
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise _store_error(sqlite3.SQLITE_CORRUPT, path)
        for number, migrate in enumerate(MIGRATIONS[version:], version + 1):
            migrate(connection)
            connection.execute(f"PRAGMA user_version = {number}")


@contextmanager
def _transaction(connection: sqlite3.Connection, mode: str) -> Iterator[None]:
    connection.execute(f"BEGIN {mode}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _explained(path: Path | None) -> Iterator[None]:
    """Turn what SQLite and the file system raise into a StoreError that says what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # The low byte is SQLite's primary result code; the rest only refines it.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        raise _store_error(code, path, error) from error
    except OSError as error:
        code = _CODE_OF_ERRNO.get(error.errno or 0, sqlite3.SQLITE_CANTOPEN)
        raise _store_error(code, path, error) from error


_CODE_OF_ERRNO = {
    errno.EACCES: sqlite3.SQLITE_READONLY,
    errno.EPERM: sqlite3.SQLITE_READONLY,
    errno.EROFS: sqlite3.SQLITE_READONLY,
    errno.ENOSPC: sqlite3.SQLITE_FULL,
    # Not every Windows has quotas.
    getattr(errno, "EDQUOT", errno.ENOSPC): sqlite3.SQLITE_FULL,
}


def _store_error(code: int, path: Path | None, error: Exception | None = None) -> StoreError:
    kinds: dict[int, tuple[type[StoreError], str, str]] = {
        sqlite3.SQLITE_READONLY: (
            StoreReadOnly,
            _("The history in {path} may not be written."),
            _("Make the file and its folder writable, or set NETRAL_HOME to another folder."),
        ),
        sqlite3.SQLITE_FULL: (
            StoreFull,
            _("The disk is full; nothing more fits into {path}."),
            _("Free some space and try again; what was answered so far is kept."),
        ),
        sqlite3.SQLITE_BUSY: (
            StoreLocked,
            _("Another program holds the history in {path}."),
            _("Close the other program, or wait a moment, and try again."),
        ),
        sqlite3.SQLITE_CORRUPT: (
            StoreCorrupt,
            _("The history in {path} is damaged, or is not a Netral history."),
            _("It can be set aside under another name, and a new history begun."),
        ),
    }
    same = {
        sqlite3.SQLITE_LOCKED: sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_NOTADB: sqlite3.SQLITE_CORRUPT,
    }
    kind, message, hint = kinds.get(
        same.get(code, code),
        (
            StoreError,
            _("The history in {path} cannot be used: {reason}."),
            _("Look at that file and its folder, or set NETRAL_HOME to another folder."),
        ),
    )
    return kind(message.format(path=path or ":memory:", reason=error), hint)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
