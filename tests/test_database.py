"""The SQLite file: opened, upgraded and set aside, and what goes wrong with it is said."""

import errno
import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quiz import database
from quiz.database import claim, connect, explained, files, set_aside, transaction
from quiz.errors import StoreCorrupt, StoreError, StoreFull, StoreLocked, StoreNewer, StoreReadOnly
from quiz.log_tables import MIGRATIONS

from .conftest import refused, rows

AT = datetime(2025, 11, 22, 9, 30, tzinfo=UTC)
BESIDE = ("-journal", "-wal", "-shm")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database may be; its folders are not there."""
    return tmp_path / "data" / "netral" / "netral.db"


@pytest.fixture
def file(path: Path) -> Path:
    """The same path, with the folders made for a test that lays something there."""
    path.parent.mkdir(parents=True)
    return path


def log(connection: sqlite3.Connection, subject: str = "") -> None:
    """A session and its first answer."""
    session = connection.execute(
        "INSERT INTO session (uid, bank, kind, subject, deck, started_at) "
        "VALUES (hex(randomblob(16)), 'netral', 'practice', ?, '[\"a\"]', '2025-11-22')",
        (subject,),
    ).lastrowid
    connection.execute(
        "INSERT INTO answer (session, question, given, expected, answered_at) "
        "VALUES (?, 'a', 'neutral', 'neutral', '2025-11-22')",
        (session,),
    )


def everything(path: Path) -> list[tuple[object, ...]]:
    return rows(path, "SELECT * FROM session JOIN answer ON answer.session = session.id")


def a_log(path: Path) -> bytes:
    """The bytes of a log of many pages."""
    with (
        closing(connect(path, migrations=MIGRATIONS, wait=0)) as connection,
        transaction(connection, "IMMEDIATE"),
    ):
        for _number in range(100):
            log(connection, "x" * 500)
    return path.read_bytes()


def add_a_table(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE remark (text TEXT)")


# Opening and upgrading.


@pytest.mark.parametrize("empty_file", [False, True])
def test_opening_makes_a_database_with_its_folders_or_of_an_empty_file(
    empty_file: bool, path: Path
) -> None:
    if empty_file:
        path.parent.mkdir(parents=True)
        path.touch()

    with closing(connect(path, migrations=MIGRATIONS, wait=0)) as connection:
        log(connection)

    assert len(everything(path)) == 1
    assert rows(path, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert rows(path, "PRAGMA journal_mode") == [("wal",)]


def test_opening_again_keeps_what_is_there(path: Path) -> None:
    with closing(connect(path, migrations=MIGRATIONS, wait=0)) as connection:
        log(connection)
    before = everything(path)
    assert before

    for _time in range(2):
        connect(path, migrations=MIGRATIONS, wait=0).close()
        assert everything(path) == before


def test_nothing_that_lies_beside_a_database_stays_after_it_is_closed(path: Path) -> None:
    with closing(connect(path, migrations=MIGRATIONS, wait=0)) as connection:
        log(connection)

    assert list(path.parent.iterdir()) == [path]


def test_a_commit_reaches_the_disk_and_not_only_the_systems_memory(path: Path) -> None:
    full = 2

    with closing(connect(path, migrations=MIGRATIONS, wait=0)) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (full,)


def test_a_database_that_another_window_is_just_creating_is_used_as_it_is(path: Path) -> None:
    connect(path, migrations=MIGRATIONS, wait=0).close()
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as late,
    ):
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN IMMEDIATE")

        database._write_ahead(late)

        other.execute("COMMIT")
        assert late.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    with closing(connect(path, migrations=MIGRATIONS, wait=0)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_only_a_database_in_use_may_keep_the_journal_it_has(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN")

        with pytest.raises(sqlite3.OperationalError, match="transaction"):
            database._write_ahead(connection)


def test_an_older_database_is_upgraded_and_keeps_its_answers(path: Path) -> None:
    with closing(connect(path, migrations=MIGRATIONS, wait=0)) as connection:
        log(connection)
    before = everything(path)

    newer = (*MIGRATIONS, add_a_table)
    for _time in range(2):
        connect(path, migrations=newer, wait=0).close()
        assert everything(path) == before

    assert rows(path, "SELECT * FROM remark") == []
    assert rows(path, "PRAGMA user_version") == [(len(newer),)]


def test_an_upgrade_that_fails_halfway_changes_nothing(path: Path) -> None:
    connect(path, migrations=MIGRATIONS, wait=0).close()
    schema = rows(path, "SELECT name, sql FROM sqlite_master")
    version = rows(path, "PRAGMA user_version")

    with refused(StoreError, path):
        connect(path, migrations=(*MIGRATIONS, add_a_table, add_a_table), wait=0)

    assert rows(path, "SELECT name, sql FROM sqlite_master") == schema
    assert rows(path, "PRAGMA user_version") == version


def test_a_database_of_a_newer_program_is_left_alone(file: Path) -> None:
    with closing(sqlite3.connect(file)) as newer:
        newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = file.read_bytes()

    with refused(StoreNewer, file):
        connect(file, migrations=MIGRATIONS, wait=0)

    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_a_system_without_quotas_can_use_the_database(python: Callable[..., str]) -> None:
    said = python(
        """
        import errno
        if hasattr(errno, "EDQUOT"):
            del errno.EDQUOT
        from quiz.database import in_memory
        from quiz.log_tables import MIGRATIONS
        print(in_memory(MIGRATIONS).execute("SELECT count(*) FROM session").fetchone())
        """
    )

    assert said == "(0,)"


# Damage.


@pytest.mark.parametrize(
    "garbage",
    [
        b"xy",
        b"Catatan rapat: netralitas ASN.\n" * 100,
        bytes(range(256)) * 64,
        b"SQLite format 3\x00",
        b"SQLite format 3\x00" + b"\xff" * 8192,
        b"\x00" * 4096,
    ],
    ids=["two bytes", "a text", "garbage", "a magic number", "a magic garbage", "zeros"],
)
def test_a_file_that_is_no_database_is_said_to_be_damaged_and_left_as_it_is(
    garbage: bytes, file: Path
) -> None:
    file.write_bytes(garbage)

    with refused(StoreCorrupt, file):
        connect(file, migrations=MIGRATIONS, wait=0)

    assert file.read_bytes() == garbage


@pytest.mark.parametrize("share", [0.001, 0.01, 0.1, 0.3, 0.5, 0.9, 0.99])
def test_a_database_cut_short_anywhere_is_said_to_be_damaged(share: float, path: Path) -> None:
    whole = a_log(path)
    path.write_bytes(whole[: int(len(whole) * share)])

    with refused(StoreCorrupt, path):
        connect(path, migrations=MIGRATIONS, wait=0)


@pytest.mark.parametrize("page", [1, 3])
def test_a_database_with_a_spoilt_page_is_said_to_be_damaged(page: int, path: Path) -> None:
    whole = bytearray(a_log(path))
    whole[4096 * page : 4096 * (page + 1)] = b"\xa5" * 4096
    path.write_bytes(whole)

    with refused(StoreCorrupt, path):
        connect(path, migrations=MIGRATIONS, wait=0)


def test_a_spoilt_page_of_what_is_not_checked_waits_until_it_is_read(path: Path) -> None:
    whole = bytearray(a_log(path))
    whole[4096:8192] = b"\xa5" * 4096
    path.write_bytes(whole)

    with (
        closing(connect(path, 0, MIGRATIONS, check=False)) as connection,
        refused(StoreCorrupt, path),
        explained(path),
    ):
        connection.execute("SELECT * FROM session").fetchall()


def test_a_database_is_checked_before_it_is_upgraded_however_hurried(path: Path) -> None:
    whole = bytearray(a_log(path))
    whole[4096:8192] = b"\xa5" * 4096
    path.write_bytes(whole)

    with refused(StoreCorrupt, path):
        connect(path, 0, (*MIGRATIONS, add_a_table), check=False)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are listed on Linux")
def test_a_database_that_cannot_be_opened_is_let_go_of_at_once(file: Path) -> None:
    file.write_bytes(b"no database " * 100)

    # The error, and with it the frames that know the connection, lives on while we look.
    with pytest.raises(StoreCorrupt) as caught:
        connect(file, migrations=MIGRATIONS, wait=0)

    held = [os.path.realpath(fd) for fd in Path("/proc/self/fd").iterdir()]
    assert str(file) not in held
    assert caught.value.hint


# Setting a damaged database aside.


def test_a_damaged_database_set_aside_is_kept_and_makes_room_for_a_new_one(file: Path) -> None:
    file.write_bytes(b"damaged " * 100)
    with refused(StoreCorrupt, file):
        connect(file, migrations=MIGRATIONS, wait=0)

    aside = set_aside(file, AT)

    assert aside == file.with_name("netral.db.damaged-20251122-093000")
    assert aside.read_bytes() == b"damaged " * 100
    assert list(file.parent.iterdir()) == [aside]
    connect(file, migrations=MIGRATIONS, wait=0).close()
    assert everything(file) == []


def test_what_lies_beside_a_database_goes_with_it(file: Path) -> None:
    for suffix in ("", *BESIDE):
        file.with_name(file.name + suffix).write_text(f"this is {suffix}")

    aside = set_aside(file, AT)

    assert {left.name: left.read_text() for left in file.parent.iterdir()} == {
        aside.name + suffix: f"this is {suffix}" for suffix in ("", *BESIDE)
    }


@pytest.mark.parametrize("suffix", ["", *BESIDE])
def test_setting_aside_never_overwrites_what_has_the_name_already(suffix: str, file: Path) -> None:
    file.write_text("damaged now")
    file.with_name(file.name + "-wal").write_text("beside it")
    earlier = file.with_name("netral.db.damaged-20251122-093000" + suffix)
    earlier.write_text("damaged before")

    aside = set_aside(file, AT)

    assert earlier.read_text() == "damaged before"
    assert aside.read_text() == "damaged now"
    assert aside.with_name(aside.name + "-wal").read_text() == "beside it"
    assert len(list(file.parent.iterdir())) == 3


def test_databases_set_aside_within_one_second_are_all_kept(file: Path) -> None:
    asides = []
    for turn in range(4):
        file.write_text(f"damaged {turn}")
        asides.append(set_aside(file, AT))

    assert [aside.read_text() for aside in asides] == [f"damaged {turn}" for turn in range(4)]


def test_a_name_taken_at_the_last_moment_is_not_overwritten_either(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("damaged")
    exists = Path.exists

    def take(self: Path) -> bool:
        found = exists(self)
        if not found and self.name.endswith("-shm"):
            self.with_name(self.name.removesuffix("-shm")).write_text("somebody else's")
        return found

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Path, "exists", take)
        with refused(StoreError, file):
            set_aside(file, AT)

    assert sorted(left.read_text() for left in file.parent.iterdir()) == [
        "damaged",
        "somebody else's",
    ]


def test_a_database_that_is_gone_cannot_be_set_aside_and_leaves_no_empty_file(file: Path) -> None:
    with refused(StoreError, file):
        set_aside(file, AT)

    assert list(file.parent.iterdir()) == []


# Another program holds the database.


@contextmanager
def held(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program in the middle of writing."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def test_a_database_that_another_program_holds_cannot_be_opened(path: Path) -> None:
    connect(path, migrations=MIGRATIONS, wait=0).close()

    with held(path), refused(StoreLocked, path):
        connect(path, migrations=MIGRATIONS, wait=0)

    connect(path, migrations=MIGRATIONS, wait=0).close()


def test_a_statement_waits_until_the_other_program_has_written(path: Path) -> None:
    with (
        closing(connect(path, migrations=MIGRATIONS, wait=30)) as connection,
        held(path) as other,
    ):
        release = threading.Timer(0.1, other.execute, ["COMMIT"])
        release.start()

        log(connection)

        release.join()
    assert len(everything(path)) == 1


def test_a_database_is_held_however_finely_sqlite_says_so(path: Path) -> None:
    with (
        closing(connect(path, migrations=MIGRATIONS, wait=0)) as connection,
        closing(connect(path, migrations=MIGRATIONS, wait=0)) as other,
        refused(StoreLocked, path),
        explained(path),
        transaction(connection, "DEFERRED"),
    ):
        connection.execute("SELECT * FROM session").fetchall()
        log(other)
        log(connection)

    assert len(everything(path)) == 1


def test_a_database_is_claimed_only_where_nobody_else_has_it_open(path: Path) -> None:
    claim(path)
    with closing(connect(path, 0, MIGRATIONS)) as connection:
        log(connection)
        with refused(StoreLocked, path):
            claim(path)
        log(connection)
    before = everything(path)

    claim(path)

    assert everything(path) == before
    assert list(path.parent.iterdir()) == [path]


def test_the_files_of_a_database_are_those_beside_it_and_those_set_aside(file: Path) -> None:
    assert files(file) == []
    names = [*(f"netral.db{suffix}" for suffix in BESIDE), "netral.db"]
    names += ["netral.db.damaged-20251122-093000", "netral.db.damaged-20251122-093000-wal"]
    for name in [*names, "netral.db.mine", "rooms.db", "netral.db-mine"]:
        (file.parent / name).touch()

    assert [found.name for found in files(file)] == names


# What cannot be written, and what is no file.


@pytest.mark.parametrize(
    ("limit", "kind"), [("max_page_count = 1", StoreFull), ("query_only = ON", StoreReadOnly)]
)
def test_what_cannot_be_written_is_said_and_what_is_there_is_kept(
    limit: str, kind: type[StoreError], path: Path
) -> None:
    with closing(connect(path, migrations=MIGRATIONS, wait=0)) as connection:
        log(connection)
        before = everything(path)
        connection.execute(f"PRAGMA {limit}")

        with refused(kind, path), explained(path), transaction(connection, "IMMEDIATE"):
            log(connection, "x" * 50_000)

        assert not connection.in_transaction
        assert everything(path) == before


def test_what_may_not_be_written_is_said_to_be_so_and_not_opened(
    open_folder: Path, python: Callable[..., str]
) -> None:
    def closed(name: str, folder: int, file: int | None) -> Path:
        path = open_folder / name / "netral.db"
        path.parent.mkdir()
        if file is not None:
            connect(path, migrations=MIGRATIONS, wait=0).close()
            path.chmod(file)
        path.parent.chmod(folder)
        return path

    paths = {
        "file": closed("file", folder=0o777, file=0o444),
        "folder": closed("folder", folder=0o555, file=0o666),
        "unreadable": closed("unreadable", folder=0o777, file=0o000),
        "no file": closed("no-file", folder=0o555, file=None),
        "closed": closed("closed", folder=0o000, file=None),
        "below": open_folder / "file-below" / "more" / "netral.db",
    }
    paths["below"].parent.parent.mkdir(mode=0o555)
    fine = closed("fine", folder=0o777, file=0o666)

    said = python(
        """
        import json, sys
        from pathlib import Path
        from quiz.database import connect
        from quiz.errors import StoreError
        from quiz.log_tables import MIGRATIONS
        drop_privileges()
        said = []
        for path in sys.argv[1:]:
            try:
                connect(Path(path), wait=0, migrations=MIGRATIONS).close()
                said.append("opened")
            except StoreError as error:
                told = path in error.message and bool(error.hint)
                said.append(type(error).__name__ if told else repr(error))
        print(json.dumps(said))
        """,
        *paths.values(),
        fine,
    )

    assert dict(zip([*paths, "fine"], json.loads(said), strict=True)) == {
        **dict.fromkeys(paths, "StoreReadOnly"),
        "fine": "opened",
    }


def test_a_database_in_a_folder_that_may_not_be_written_is_not_set_aside(
    open_folder: Path, python: Callable[..., str]
) -> None:
    path = open_folder / "netral.db"
    path.write_text("damaged")
    path.with_name("netral.db-wal").write_text("beside it")
    open_folder.chmod(0o555)

    said = python(
        """
        import sys
        from datetime import UTC, datetime
        from pathlib import Path
        from quiz.database import set_aside
        from quiz.errors import StoreError
        from quiz.log_tables import MIGRATIONS
        drop_privileges()
        try:
            set_aside(Path(sys.argv[1]), datetime.now(UTC))
        except StoreError as error:
            print(type(error).__name__, bool(error.hint))
        """,
        path,
    )

    assert said == "StoreReadOnly True"
    assert sorted(file.name for file in open_folder.iterdir()) == ["netral.db", "netral.db-wal"]


@pytest.mark.parametrize("below", ["netral.db", "folder/netral.db"])
def test_a_file_in_the_place_of_a_folder_is_said(below: str, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    with refused(StoreError, tmp_path / "taken" / below):
        connect(tmp_path / "taken" / below, migrations=MIGRATIONS, wait=0)

    assert (tmp_path / "taken").read_text() == "a file"


def test_a_folder_in_the_place_of_the_database_is_said(path: Path) -> None:
    path.mkdir(parents=True)

    with refused(StoreError, path):
        connect(path, migrations=MIGRATIONS, wait=0)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("EACCES", StoreReadOnly),
        ("EPERM", StoreReadOnly),
        ("EROFS", StoreReadOnly),
        ("ENOSPC", StoreFull),
        ("EDQUOT", StoreFull),
        ("EIO", StoreError),
    ],
)
def test_what_the_file_system_refuses_is_said_in_the_words_of_the_store(
    name: str, kind: type[StoreError], path: Path
) -> None:
    if not hasattr(errno, name):
        pytest.skip(f"this system has no {name}")

    with refused(kind, path), explained(path):
        raise OSError(getattr(errno, name), "refused", str(path))
