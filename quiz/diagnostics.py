"""A problem in a bank, and how it is printed."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

FORMATS = ("concise", "full", "json", "github")
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """What is wrong, at `path:line:column` (both counted from 1), and how to mend it.

    A bank with an error is not played; with a warning it is, but would be better without.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    help: str = ""
    severity: Severity = "error"

    def concise(self) -> str:
        """One line: `path:line:column: code: message`, a warning with that word before its code."""
        place = f"{_visible(self.path)}:{self.line}:{self.column}"
        kind = "" if self.severity == "error" else f"{self.severity}: "
        return f"{place}: {kind}{self.code}: {_visible(self.message)}"

    def full(self) -> str:
        """The concise line, and its help below it."""
        if not self.help:
            return self.concise()
        indented = "\n".join(f"    {_visible(line)}" for line in self.help.split("\n"))
        return f"{self.concise()}\n{indented}"

    def github(self) -> str:
        """A workflow command that annotates the line in a pull request."""
        lines = [self.message, *(self.help.split("\n") if self.help else ())]
        message = "\n".join(_visible(line) for line in lines)
        place = f"file={_property(_visible(self.path))},line={self.line},col={self.column}"
        return f"::{self.severity} {place},title={_property(self.code)}::{_data(message)}"


def render(diagnostics: Iterable[Diagnostic], format: str) -> str:
    """All diagnostics, sorted, in one of `FORMATS`; json is one array."""
    ordered = sorted(diagnostics)
    if format == "json":
        return json.dumps([asdict(d) for d in ordered], indent=2)
    return "\n".join(getattr(d, format)() for d in ordered)


def _visible(text: str) -> str:
    """`text` with an escape for each character that a terminal obeys or nobody sees.

    File names and keys stand in diagnostics as they were written, by whomever.
    """
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
