"""Every version of the log there ever was becomes the present one, and keeps what it holds.

When MIGRATIONS grows, add `histories/version-N.db`, a log as the new version leaves it, and keep
the others as they are.
"""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quiz.log_tables import MIGRATIONS
from quiz.session import Answer
from quiz.store import Store

from .conftest import rows

HISTORIES = Path(__file__).parent / "histories"
VERSIONS = range(1, len(MIGRATIONS) + 1)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
TABLES = ("session", "answer", "reading", "ending")


def of_version(version: int) -> Path:
    return HISTORIES / f"version-{version}.db"


def everything(path: Path) -> dict[str, list[dict[str, object]]]:
    """Every row of every table, by the names of its columns."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return {
            table: [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]
            for table in TABLES
        }


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A log as each version left it, to be written to."""
    path = tmp_path / "netral.db"
    shutil.copy(of_version(request.param), path)
    assert rows(path, "PRAGMA user_version") == [(request.param,)]
    return path


def test_there_is_a_real_log_of_every_version() -> None:
    assert sorted(HISTORIES.iterdir()) == [of_version(version) for version in VERSIONS]


def test_an_old_log_gets_the_tables_of_a_new_one(old: Path, tmp_path: Path) -> None:
    schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    Store.open(tmp_path / "new.db").close()

    Store.open(old).close()

    assert rows(old, schema) == rows(tmp_path / "new.db", schema)
    assert rows(old, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert rows(old, "PRAGMA integrity_check") == [("ok",)]
    assert rows(old, "PRAGMA foreign_key_check") == []


def test_an_old_log_keeps_every_row(old: Path) -> None:
    before = everything(old)
    assert all(before.values())

    Store.open(old).close()

    after = everything(old)
    for table in TABLES:
        kept = [{key: row[key] for key in before[table][0]} for row in after[table]]
        assert kept == before[table]


def test_an_old_log_is_still_only_added_to(old: Path) -> None:
    Store.open(old).close()
    for table in TABLES:
        with (
            closing(sqlite3.connect(old)) as connection,
            pytest.raises(sqlite3.IntegrityError, match="append-only"),
        ):
            connection.execute(f"DELETE FROM {table}")


def test_an_unfinished_session_of_an_old_log_goes_on_where_it_was(old: Path) -> None:
    with closing(Store.open(old)) as store:
        run = store.unfinished("netral")
        assert run is not None
        done = run.session.read
        assert 0 < done < len(run.session.deck)
        session = run.session
        while not session.done:
            session = session.answer(session.answers[0].given, session.answers[0].expected)
            store.record(run.id, session.last, NOW)
            session = session.advance()
            last = session.deck[session.read - 1]
            store.leave_behind(run.id, last, NOW, last=session.done)

        following = store.unfinished("netral")
        assert following is None or following.id != run.id
        assert store.run(run.id).session == session
        assert len(session.answers) > done


def test_what_the_first_version_holds_is_read_as_it_was_meant(tmp_path: Path) -> None:
    shutil.copy(of_version(1), tmp_path / "netral.db")
    with closing(Store.open(tmp_path / "netral.db")) as store:
        history = sorted(store.history("netral"))
        assert len(history) == 14
        assert [entry.right for entry in history].count(False) == 2
        assert {(entry.confidence, entry.edition) for entry in history} == {(None, None)}
        run = store.unfinished("netral")
        assert run is not None
        assert all(isinstance(answer, Answer) for answer in run.session.answers)
        assert sum(store.seen("netral").values()) == 14


def test_what_the_second_version_holds_is_read_as_it_was_meant(tmp_path: Path) -> None:
    shutil.copy(of_version(2), tmp_path / "netral.db")
    with closing(Store.open(tmp_path / "netral.db")) as store:
        history = sorted(store.history("netral"))
        assert len(history) == 33
        assert [entry.confidence for entry in history].count(None) == 19
        assert [entry.edition for entry in history].count(None) == 14
        last = history[-1]
        assert not last.right, "the answer of another computer that counts in place of one here"
        [sitting] = store.tests("netral")
        assert (sitting.form, sitting.finished is not None) == ("A", True)
