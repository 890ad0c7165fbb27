"""The check of a bank: its errors, or where it has none what lint finds, each at its place."""

import gc
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from quiz.bank import load
from quiz.diagnostics import Diagnostic
from quiz.document import Document, Unreadable, parse, read_text
from quiz.lint import Finding, lint
from quiz.models import Bank


def check(root: Path) -> tuple[Bank | None, list[Diagnostic]]:
    """As `load`; but a bank without errors comes with warnings, sorted, of what lint finds."""
    # What is read here stays, and holds no cycles: the collector would only walk it all, often.
    gc.disable()
    try:
        bank, problems = load(root)
        return bank, sorted(_placed(root, lint(bank))) if bank else problems
    except Unreadable as error:  # A file that could be read a moment ago.
        return None, [error.diagnostic]
    finally:
        gc.enable()


def _placed(root: Path, findings: Iterable[Finding]) -> Iterator[Diagnostic]:
    # By file, since a document makes its positions once for all questions in a row.
    for file, found in groupby(sorted(findings, key=attrgetter("file")), attrgetter("file")):
        path = root / file
        document: Document | None = None
        for finding in found:
            if isinstance(finding.at, int):
                line, column = finding.at, 1
            else:
                document = document or parse(read_text(path, path.as_posix()), path.as_posix(), [])
                line, column = document.at(*finding.at)
            yield Diagnostic(
                path.as_posix(),
                line,
                column,
                finding.code,
                finding.message,
                finding.help,
                "warning",
            )
