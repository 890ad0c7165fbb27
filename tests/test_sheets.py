"""Tables for spreadsheets, read back as a spreadsheet would."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest

from quiz.sheets import Cell, Column, Table, as_csv, as_workbook, harmless

NASTY = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def table(*rows: tuple[Cell, Cell], name: str = "Soal") -> Table:
    return Table(name, (Column("name", "Nama"), Column("right", "Tepat", share=True)), rows)


def cells(file: bytes, sheet: int = 1) -> dict[str, str]:
    """What stands in each cell of a sheet, and no formula anywhere."""
    with zipfile.ZipFile(io.BytesIO(file)) as opened:
        strings = [
            "".join(found.itertext())
            for found in ElementTree.fromstring(opened.read("xl/sharedStrings.xml"))
        ]
        found = ElementTree.fromstring(opened.read(f"xl/worksheets/sheet{sheet}.xml"))
        assert not list(found.iter(f"{MAIN}f"))
        assert not list(found.iter(f"{MAIN}hyperlink"))
    values = {}
    for cell in found.iter(f"{MAIN}c"):
        value = cell.findtext(f"{MAIN}v")
        if value is not None:
            values[cell.attrib["r"]] = strings[int(value)] if cell.get("t") == "s" else value
    return values


@pytest.mark.parametrize("nasty", NASTY)
def test_no_cell_of_a_csv_file_is_a_formula(nasty: str) -> None:
    made = as_csv(table((nasty, 0.5))).decode("utf-8-sig")

    [_head, row] = csv.reader(io.StringIO(made, newline=""))
    assert row == [f"'{nasty}", "0.5"]


@pytest.mark.parametrize(
    ("nasty", "kept"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("a;@b;-c", "a;'@b;'-c"),
        ("a\t+1", "a\t'+1"),
        ("a\n=1", "a\n'=1"),
        ("＝1+1", "'＝1+1"),
    ],
)
def test_nor_is_any_that_a_spreadsheet_makes_of_it_by_dividing_at_semicolons(
    nasty: str, kept: str
) -> None:
    assert harmless(nasty) == kept


@pytest.mark.parametrize("plain", ["a=b", "'=1", "a; b", "a-b; c+d", "", None, -1, -0.5])
def test_what_is_no_formula_stays_as_it_is(plain: Cell) -> None:
    assert harmless(plain) == plain


def test_a_csv_file_has_keys_for_a_head_and_is_known_as_utf_8() -> None:
    made = as_csv(table(("Sitti, “é”\n", None)))

    assert made.startswith(b"\xef\xbb\xbfname,right\r\n")
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert rows == [["name", "right"], ["Sitti, “é”\n", ""]]


def test_a_workbook_has_a_sheet_for_each_table_under_its_labels() -> None:
    made = as_workbook([table(("a", 0.25)), table(("b", None), name="Prinsip")])

    assert cells(made) == {"A1": "Nama", "B1": "Tepat", "A2": "a", "B2": "0.25"}
    assert cells(made, 2) == {"A1": "Nama", "B1": "Tepat", "A2": "b"}
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        names = re.findall(r'<sheet name="([^"]+)"', opened.read("xl/workbook.xml").decode())
    assert names == ["Soal", "Prinsip"]


@pytest.mark.parametrize("nasty", [*NASTY[:5], "{=1}", "https://example.org", "007", "<b>&"])
def test_text_in_a_workbook_stays_text(nasty: str) -> None:
    assert cells(as_workbook([table((nasty, 1))]))["A2"] == nasty


def test_an_empty_table_is_a_head() -> None:
    assert as_csv(table()) == b"\xef\xbb\xbfname,right\r\n"
    assert cells(as_workbook([table()])) == {"A1": "Nama", "B1": "Tepat"}
