"""Tables for spreadsheets: as CSV, and as a workbook. Nothing in them is ever computed."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int | float | None

# What a spreadsheet takes for a formula at the beginning of a cell; also of one it makes by itself:
# where the comma is the decimal point, as in Indonesia, it divides a line at semicolons.
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"(^|[;\t\r\n])(?=[=+\-@＝＋－＠\t\r])")
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `key` is its name for programs, `label` the one for readers.

    With `share` its numbers are shares, 0 to 1.
    """

    key: str
    label: str
    share: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as many in each as there are columns; `name` has at most 31 characters."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def as_csv(table: Table) -> bytes:
    """The table with a head of keys, in UTF-8 with the mark that spreadsheets know it by."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.key for column in table.columns])
    writer.writerows([harmless(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet will compute when it reads it as text."""
    return _FORMULA.sub(r"\1'", cell) if isinstance(cell, str) else cell


def as_workbook(tables: Sequence[Table]) -> bytes:
    """An XLSX file with a sheet for each table, under a head of labels."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has no types

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        share = book.add_format({"num_format": "0%", "valign": "top"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            for place, column in enumerate(table.columns):
                cells = [row[place] for row in table.rows]
                longest = max(len(str(cell)) for cell in (column.label, *cells))
                sheet.set_column(place, place, min(longest + 2, _WIDEST))
                sheet.write_string(0, place, column.label, head)
                for line, cell in enumerate(cells, 1):
                    look = share if column.share else text
                    # Of a text `write` may make a formula.
                    put = sheet.write_string if isinstance(cell, str) else sheet.write
                    put(line, place, cell, look)
    return file.getvalue()
