"""The SQLite file itself: opened, upgraded, set aside, and its errors explained."""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from quiz.errors import StoreCorrupt, StoreError, StoreFull, StoreLocked, StoreNewer, StoreReadOnly
from quiz.i18n import _

# What SQLite may keep beside a database; each belongs to it and goes where it goes.
_BESIDE = ("-journal", "-wal", "-shm")

# In bytes: some 13,000 answers, of which all pages are checked within 10 ms.
_LARGE = 4_000_000

# Each runs once, in order, in one transaction with its record, which is PRAGMA user_version.
Migrations = tuple[Callable[[sqlite3.Connection], None], ...]


def connect(
    path: Path, wait: float, migrations: Migrations, *, check: bool = True
) -> sqlite3.Connection:
    """Open the database at `path`, creating and upgrading it by `migrations` as needed.

    `wait` is how many seconds each statement waits for another program that is writing. Without
    `check` a spoilt page is only found when it is read, except before an upgrade. Raises a
    StoreError where the database cannot be read and written.
    """
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _check_permission(path)
        connection = sqlite3.connect(str(path), isolation_level=None, timeout=wait)
        try:
            _prepare(connection, path, migrations, check=check)
            _write_ahead(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def in_memory(migrations: Migrations) -> sqlite3.Connection:
    """A database that is gone with the program."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _prepare(connection, Path(":memory:"), migrations, check=False)
    return connection


def is_large(path: Path) -> bool:
    """Whether checking every page of the database at `path` takes longer than a moment."""
    with explained(path):
        return path.exists() and path.stat().st_size > _LARGE


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


def files(path: Path) -> list[Path]:
    """Every file there is of the database at `path`, those set aside as damaged with it."""
    asides = [aside for aside in path.parent.glob(f"{path.name}.damaged-*") if aside.is_file()]
    besides = [_beside(path, suffix) for suffix in (*_BESIDE, "")]
    return [*(file for file in besides if file.exists()), *sorted(asides)]


def claim(path: Path) -> None:
    """Raise StoreLocked while anybody else has the database at `path` open, even if idle."""
    if not path.exists():
        return
    with suppress(StoreCorrupt), explained(path):
        connection = sqlite3.connect(str(path), isolation_level=None, timeout=0)
        try:
            # Nobody who has it open lets the kind of journal be changed; this also empties it.
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            connection.execute("BEGIN EXCLUSIVE")
        finally:
            connection.close()


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


def _prepare(
    connection: sqlite3.Connection, path: Path, migrations: Migrations, *, check: bool
) -> None:
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
        check = check or version < len(migrations)
        if check and connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
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
    except UnicodeDecodeError as error:
        # Names in the schema that are no longer text.
        raise _store_error(sqlite3.SQLITE_CORRUPT, path, error) from error


@contextmanager
def readable(path: Path | None) -> Iterator[None]:
    """As `explained`; and what Netral never wrote is damage, which SQLite cannot see."""
    try:
        with explained(path):
            yield
    except (ValueError, TypeError, KeyError) as error:
        raise StoreCorrupt(
            _("{path} holds something that Netral did not write: {reason}.").format(
                path=path, reason=error
            ),
            _("Put back a copy of that file, or set it aside under another name."),
        ) from error


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
