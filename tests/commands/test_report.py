"""`netral report`."""

import csv
import io
import os
from pathlib import Path

import pytest

from ..commandline import DECK, SMALL, Netral
from ..evenings import Held, keep, lead, setup
from ..test_report_page import text
from ..test_sheets import cells

NAMES = ["=HYPERLINK(1)", "Sitti", "Made"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command is called."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def room(home: Path) -> str:
    """A room in Indonesian, of which names may be filed."""
    given = setup(*DECK, bank="kecil", language="id", names=True)
    events = lead(given, [Held(10, 30), Held(4, 36)], [Held(30, 10)], names=NAMES)
    keep(home, "K7M2QX", given, events)
    return "K7M2QX"


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.parametrize("name", ["1", "K7M2QX", "k7m 2qx", "k7m-2qx"])
def test_a_room_is_found_by_number_and_by_code(
    netral: Netral, room: str, folder: Path, name: str
) -> None:
    done = netral("report", name, "--bank", SMALL)

    assert (done.code, done.out, done.err) == (0, f"netral-report-{room}.html\n", "")
    assert "K7M 2QX" in (folder / f"netral-report-{room}.html").read_text("utf-8")


def test_a_report_is_in_the_rooms_language_unless_another_is_asked_for(
    netral: Netral, room: str, folder: Path
) -> None:
    netral("report", room, "a.html", "--bank", SMALL)
    netral("report", room, "b.html", "--bank", SMALL, "--lang", "en")
    netral("--lang", "en", "report", room, "c.html", "--bank", SMALL)

    assert "Laporan sesi kelompok" in (folder / "a.html").read_text("utf-8")
    for name in ("b.html", "c.html"):
        found = (folder / name).read_text("utf-8")
        assert 'lang="en"' in found
        assert "Report of a group session" in found
        assert "Wayan wears a party shirt." in found


def test_nobody_is_named_on_the_page_or_among_the_rounds(
    netral: Netral, room: str, folder: Path
) -> None:
    netral("report", room, "a.html", "--csv", "a.csv", "--bank", SMALL)

    for file in ("a.html", "a.csv"):
        found = (folder / file).read_text("utf-8")
        assert not [name for name in ("Sitti", "Made", "HYPERLINK", "Jahe") if name in found]


def test_with_only_a_table_asked_for_no_page_is_written(
    netral: Netral, room: str, folder: Path
) -> None:
    done = netral("report", room, "--csv", "a.csv", "--bank", SMALL)

    assert done.out == "a.csv\n"
    assert os.listdir(folder) == ["a.csv"]
    assert [(row["question"], row["round"]) for row in rows(folder / "a.csv")] == [
        ("memakai-kaus", "1"),
        ("memakai-kaus", "2"),
        ("memakai-seragam", "1"),
    ]


def test_a_workbook_has_a_sheet_for_the_room_its_rounds_and_its_principles(
    netral: Netral, room: str, folder: Path
) -> None:
    netral("report", room, "--xlsx", "a.xlsx", "--bank", SMALL)

    file = (folder / "a.xlsx").read_bytes()
    assert cells(file, 1)["B2"] == room
    assert cells(file, 2)["B3"] == "memakai-kaus"
    assert cells(file, 3)["A2"] == "Tanpa atribut"
    assert "Sitti" not in str([cells(file, sheet) for sheet in (1, 2, 3)])
    with pytest.raises(KeyError):
        cells(file, 4)


def test_names_are_written_only_when_asked_for_and_never_as_a_formula(
    netral: Netral, room: str, folder: Path
) -> None:
    done = netral("report", room, "--csv", "a.csv", "--xlsx", "a.xlsx", "--people", "--bank", SMALL)

    assert done.code == 0
    first, second, *_others = rows(folder / "a.csv")
    assert first["name"] == "'=HYPERLINK(1)"
    assert (second["name"], second["answered"], second["right_answers"]) == ("Sitti", "2", "1")
    assert cells((folder / "a.xlsx").read_bytes(), 4)["B2"] == "=HYPERLINK(1)"


def test_a_room_that_was_not_told_has_no_names_to_write(
    netral: Netral, home: Path, folder: Path
) -> None:
    given = setup(*DECK, bank="kecil")
    keep(home, "3F8RT2", given, lead(given, [Held(10, 30)]))

    done = netral("report", "3F8RT2", "--csv", "a.csv", "--people", "--bank", SMALL)

    assert (done.code, done.out) == (2, "")
    assert "was not told" in done.err
    assert os.listdir(folder) == []


def test_a_page_with_people_is_refused(netral: Netral, room: str, folder: Path) -> None:
    done = netral("report", room, "a.html", "--people", "--bank", SMALL)

    assert (done.code, os.listdir(folder)) == (2, [])
    assert "Add --csv FILE or --xlsx FILE" in done.err


def test_nothing_is_replaced_and_nothing_written_beside_it_unless_forced(
    netral: Netral, room: str, folder: Path
) -> None:
    (folder / "a.csv").write_text("mine")

    done = netral("report", room, "a.html", "--csv", "a.csv", "--bank", SMALL)
    assert (done.code, os.listdir(folder)) == (2, ["a.csv"])
    assert "--force" in done.err
    assert (folder / "a.csv").read_text() == "mine"

    done = netral("report", room, "a.html", "--csv", "a.csv", "--force", "--bank", SMALL)
    assert (done.code, sorted(os.listdir(folder))) == (0, ["a.csv", "a.html"])
    assert (folder / "a.csv").read_text() != "mine"


def test_what_cannot_be_written_is_called_as_it_was_named(
    netral: Netral, room: str, folder: Path
) -> None:
    file = Path("nowhere", "a.html")

    done = netral("report", room, file, "--bank", SMALL)

    assert (done.code != 0, os.listdir(folder)) == (True, [])
    assert f"{file}:" in done.err


def test_two_tables_in_one_file_are_refused(netral: Netral, room: str, folder: Path) -> None:
    done = netral("report", room, "--csv", "a", "--xlsx", "a", "--bank", SMALL)

    assert (done.code, os.listdir(folder)) == (2, [])
    assert "a is named twice." in done.err


def test_a_room_that_is_not_there_and_a_computer_without_rooms(netral: Netral, home: Path) -> None:
    done = netral("report", "9", "--bank", SMALL)
    assert (done.code, list(home.glob("rooms.db*"))) == (2, [])
    assert "netral host" in done.err

    keep(home, "3F8RT2", setup(*DECK, bank="kecil"), [])
    done = netral("report", "9", "--bank", SMALL)
    assert done.code == 2
    assert "There is no room “9”." in done.err
    assert "netral rooms" in done.err


def test_a_room_of_another_bank_is_told(netral: Netral, room: str, folder: Path) -> None:
    done = netral("report", room)

    assert (done.code, os.listdir(folder)) == (2, [])
    assert "the bank “kecil”, and this one is “netral”" in done.err
    assert "--bank" in done.err


def test_a_room_that_never_began_has_a_report(netral: Netral, home: Path, folder: Path) -> None:
    keep(home, "3F8RT2", setup(*DECK, bank="kecil"), [])

    assert netral("report", "1", "a.html", "--csv", "a.csv", "--bank", SMALL).code == 0
    assert "No question has been revealed." in text((folder / "a.html").read_text("utf-8"))
    assert len(list(csv.reader(io.StringIO((folder / "a.csv").read_text("utf-8"))))) == 1
