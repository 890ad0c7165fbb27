"""`netral data`: where the history is, and how it is copied, merged and deleted."""

import json
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quiz import paths
from quiz.store import Store

from ..commandline import DECK, SMALL, Netral, Process, answers, databases


@pytest.fixture
def practise(netral: Netral) -> Callable[..., None]:
    """Answer some questions of the small bank by line."""

    def run(number: int = 4) -> None:
        netral("play", "--bank", SMALL, "-n", number, typed="1\n\n" * number)

    return run


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], Path]:
    """Sit down at another computer."""

    def move() -> Path:
        home = tmp_path / f"computer-{len(list(tmp_path.iterdir()))}"
        home.mkdir()
        monkeypatch.setenv("NETRAL_HOME", str(home))
        return home

    return move


def listing(home: Path) -> list[str]:
    """Every file under `home`."""
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())


def test_the_path_is_that_of_the_database_and_nothing_is_made_there(
    netral: Netral, home: Path
) -> None:
    done = netral("data", "path")

    assert (done.code, done.out) == (0, f"{home / 'netral.db'}\n")
    assert listing(home) == []


def test_a_history_is_taken_to_another_computer_and_is_there_once_however_often_it_comes(
    netral: Netral,
    practise: Callable[..., None],
    elsewhere: Callable[[], Path],
    tmp_path: Path,
) -> None:
    practise()
    file = tmp_path / "history.json"
    done = netral("data", "export", file)
    assert (done.code, done.out) == (0, "")
    assert done.err == "Written: sessions 1, answers 4.\n"
    assert list(tmp_path.glob("history.json*")) == [file]

    there = elsewhere()
    practise(2)
    first, second = netral("data", "import", file), netral("data", "import", file)

    assert (first.code, first.out) == (second.code, second.out) == (0, "")
    assert first.err == "In the file: sessions 1, answers 4.\nNew here: sessions 1, answers 4.\n"
    assert second.err == "In the file: sessions 1, answers 4.\nNew here: sessions 0, answers 0.\n"
    seen = answers(there)
    assert set(seen) == set(DECK)
    assert sum(seen.values()) == 6


def test_a_history_goes_through_a_pipe(
    process: Process, practise: Callable[..., None], elsewhere: Callable[[], Path]
) -> None:
    practise()
    out = process("data", "export", "-")
    assert json.loads(out.stdout.decode("utf-8"))["format"] == "netral-history"

    there = elsewhere()
    done = process("data", "import", "-", typed=out.stdout)

    assert (done.returncode, done.stdout) == (0, b"")
    assert answers(there) == dict.fromkeys(DECK, 1)


def test_answers_that_differ_are_counted_in_what_is_said(
    netral: Netral, practise: Callable[..., None], tmp_path: Path
) -> None:
    practise()
    file = tmp_path / "history.json"
    netral("data", "export", file)
    told = json.loads(file.read_text(encoding="utf-8"))
    for answer, day in zip(told["sessions"][0]["answers"], ("2000", "2001"), strict=False):
        answer["answered_at"] = f"{day}-01-01T00:00:00Z"
    file.write_text(json.dumps(told), encoding="utf-8")

    done = netral("data", "import", file)

    assert "2 answers are not those given here; of each two the earlier counts." in done.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a text", "it is no JSON"),
        (b"{}", "no file of “netral data export”"),
        (b'{"format": "netral-history", "version": 1, "sessions": 7}', "at sessions makes"),
    ],
)
def test_a_file_that_cannot_be_imported_changes_nothing(
    netral: Netral, home: Path, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "history.json").write_bytes(content)

    done = netral("data", "import", tmp_path / "history.json")

    assert done.code == 1
    assert said in done.err
    assert listing(home) == []


def test_a_file_that_is_not_there_is_said(netral: Netral, home: Path, tmp_path: Path) -> None:
    done = netral("data", "import", tmp_path / "history.json")

    assert done.code == 2
    assert done.err == f"{tmp_path / 'history.json'} does not exist.\n"
    assert listing(home) == []


def test_there_is_nothing_to_export_where_nothing_was_answered(
    netral: Netral, home: Path, tmp_path: Path
) -> None:
    done = netral("data", "export", tmp_path / "history.json")

    assert (done.code, done.out) == (2, "")
    assert "no history yet" in done.err
    assert not (tmp_path / "history.json").exists()
    assert listing(home) == []


def test_a_file_is_replaced_only_where_asked(
    netral: Netral, practise: Callable[..., None], tmp_path: Path
) -> None:
    practise()
    file = tmp_path / "history.json"
    file.write_text("something else", encoding="utf-8")

    done = netral("data", "export", file)
    assert done.code == 2
    assert f"{file} exists already." in done.err
    assert "--force" in done.err
    assert file.read_text(encoding="utf-8") == "something else"

    assert netral("data", "export", file, "--force").code == 0
    assert json.loads(file.read_text(encoding="utf-8"))["sessions"]


# Forgetting.


@pytest.fixture
def everything_kept(home: Path, practise: Callable[..., None]) -> list[str]:
    """All that Netral may keep on a computer, and two files that are not Netral's."""
    practise()
    paths.settings_file().write_text("{}", encoding="utf-8")
    (home / "netral.db.damaged-20251122-093000").write_bytes(b"damaged")
    (home / "netral.db.damaged-20251122-093000-wal").write_bytes(b"damaged")
    with closing(sqlite3.connect(paths.rooms_database())) as rooms:
        rooms.execute("CREATE TABLE room (id INTEGER PRIMARY KEY)")
    (home / "rooms.db.room-1.lock").touch()
    paths.joined().write_text("{}", encoding="utf-8")
    kept = listing(home)
    assert [name for name in kept if name.startswith("cache")]
    (home / "netral.db.mine").write_text("a copy of my own", encoding="utf-8")
    (home / "cache" / "notes.txt").write_text("my own", encoding="utf-8")
    return kept


OWN = [str(Path("cache") / "notes.txt"), "netral.db.mine"]


def test_forgetting_deletes_all_that_netral_keeps_and_nothing_else(
    netral: Netral, home: Path, everything_kept: list[str]
) -> None:
    done = netral("data", "forget", "--yes")

    assert done.code == 0
    assert sorted(done.out.splitlines()) == sorted(str(home / name) for name in everything_kept)
    assert listing(home) == OWN


def test_forgetting_leaves_no_empty_folders_behind(
    netral: Netral, home: Path, practise: Callable[..., None]
) -> None:
    practise()

    assert netral("data", "forget", "--yes").code == 0

    assert not home.exists()
    assert netral("data", "forget", "--yes").err == "Netral keeps nothing on this computer.\n"
    practise()
    assert sum(answers(home).values()) == 4


def test_without_a_terminal_and_without_yes_nothing_is_forgotten(
    netral: Netral, home: Path, everything_kept: list[str]
) -> None:
    done = netral("data", "forget", typed="forget\n")

    assert (done.code, done.out) == (2, "")
    assert "--yes" in done.err
    assert listing(home) == sorted([*everything_kept, *OWN])


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("language", "word", "forgotten"),
    [
        ("en", "forget", True),
        ("id", " Hapus ", True),
        ("id", "forget", False),
        ("en", "yes", False),
    ],
)
def test_the_learner_types_a_word_of_their_language_to_forget(
    language: str, word: str, forgotten: bool, home: Path, root: Path, everything_kept: list[str]
) -> None:
    from ..terminal import Terminal

    command = [sys.executable, "-m", "quiz", "--lang", language, "data", "forget"]
    with Terminal(command, os.environ, columns=200, folder=root) as terminal:
        wanted = "hapus" if language == "id" else "forget"
        terminal.see(f"“{wanted}”", *(str(home / name) for name in everything_kept))
        terminal.press(word, "enter")
        assert terminal.gone() == (0 if forgotten else 2)

    assert listing(home) == (OWN if forgotten else sorted([*everything_kept, *OWN]))


@pytest.mark.parametrize("database", [paths.database, paths.rooms_database])
def test_nothing_is_forgotten_while_another_window_is_open_even_if_it_is_idle(
    database: Callable[[], Path], netral: Netral, home: Path, everything_kept: list[str]
) -> None:
    with closing(sqlite3.connect(database())) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("SELECT * FROM sqlite_master").fetchall()

        done = netral("data", "forget", "--yes")

        assert (done.code, done.out) == (3, "")
        assert str(database()) in done.err
        assert "Close the other program" in done.err
        assert set(listing(home)) >= {*everything_kept, *OWN}
    assert netral("data", "forget", "--yes").code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_window_opened_while_the_learner_thinks_it_over_stops_the_forgetting(
    home: Path, root: Path, everything_kept: list[str]
) -> None:
    from ..terminal import Terminal

    command = [sys.executable, "-m", "quiz", "--lang", "en", "data", "forget"]
    with Terminal(command, os.environ, columns=200, folder=root) as terminal:
        terminal.see("“forget”")
        with closing(Store.open(home / "netral.db")) as other:
            other.seen("kecil")
            terminal.press("forget", "enter")
            assert terminal.gone() == 3
    assert listing(home) == sorted([*everything_kept, *OWN])


def test_what_a_window_cut_off_left_behind_goes_too(netral: Netral, home: Path) -> None:
    Store.open(home / "netral.db").close()
    (home / "netral.db-wal").write_bytes(b"")
    (home / "netral.db-shm").write_bytes(b"\x00" * 32768)

    assert netral("data", "forget", "--yes").code == 0

    assert databases(home) == []


def test_a_damaged_history_can_be_forgotten(netral: Netral, home: Path) -> None:
    (home / "netral.db").write_bytes(b"damaged " * 100)

    assert netral("data", "forget", "--yes").code == 0

    assert not home.exists()


def test_what_cannot_be_deleted_is_said_with_what_is_gone_already(
    netral: Netral, home: Path, everything_kept: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # As Windows does while a program has a file open.
    unlink = Path.unlink

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if self.name == "rooms.db":
            raise PermissionError(13, "in use", str(self))
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)

    done = netral("data", "forget", "--yes")

    assert done.code == 3
    assert f"{home / 'rooms.db'} could not be deleted: in use." in done.err
    gone, kept = done.out.splitlines(), listing(home)
    assert str(home / "netral.db") in gone
    assert "settings.json" in kept
    assert sorted([*(Path(name).name for name in gone), *(Path(name).name for name in kept)]) == (
        sorted(Path(name).name for name in (*everything_kept, *OWN))
    )
