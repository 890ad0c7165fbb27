"""The SQLite file itself: opened, upgraded, set aside, and its errors explained."""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from quiz.errors import StoreCorrupt, StoreError, StoreFull, StoreLocked, StoreNewer, StoreReadOnly
from quiz.i18n import _

# What SQLite may keep beside a database; each belongs to it and goes where it goes.
_BESIDE = ("-journal", "-wal", "-shm")

Migrations = tuple[Callable[[sqlite3.Connection], None], ...]


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
MIGRATIONS: Migrations = (_create_log,)


def connect(path: Path, wait: float, migrations: Migrations) -> sqlite3.Connection:
    """Open the database at `path`, creating and upgrading it by `migrations` as needed.

    `wait` is how many seconds each statement waits for another program that is writing. Raises a
    StoreError where the database cannot be read and written.
    """
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _check_permission(path)
        connection = sqlite3.connect(str(path), isolation_level=None, timeout=wait)
        try:
            _prepare(connection, path, migrations)
            _write_ahead(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def in_memory(migrations: Migrations) -> sqlite3.Connection:
    """A database that is gone with the program."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _prepare(connection, Path(":memory:"), migrations)
    return connection


def set_aside(path: Path, at: datetime) -> Path:
    """Rename a damaged database, so that a new one can begin; returns its new name.

    Whatever was set aside before stays. Raises StoreError where it cannot be renamed.
    """
    with explained(path):
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


def _prepare(connection: sqlite3.Connection, path: Path, migrations: Migrations) -> None:
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # So that REPLACE, too, meets the triggers that keep the log append-only.
    connection.execute("PRAGMA recursive_triggers = ON")
    with transaction(connection, "IMMEDIATE"):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(migrations):
            raise StoreNewer(
                _("A newer Netral wrote the history in {path}.").format(path=path),
                _("Upgrade this Netral, or train without keeping answers."),
            )
        # A spoilt page, or half a one at the end, SQLite would only notice on reading it.
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise _store_error(sqlite3.SQLITE_CORRUPT, path)
        for number, migrate in enumerate(migrations[version:], version + 1):
            migrate(connection)
            connection.execute(f"PRAGMA user_version = {number}")


@contextmanager
def transaction(connection: sqlite3.Connection, mode: str) -> Iterator[None]:
    """Commit what is done inside, or nothing of it; `mode` is SQLite's, IMMEDIATE or DEFERRED."""
    connection.execute(f"BEGIN {mode}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def explained(path: Path | None) -> Iterator[None]:
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
