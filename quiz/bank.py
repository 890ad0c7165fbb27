"""From a folder to a bank: every file read once, everything wrong said at its place."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from quiz.crosscheck import Parts, cross_check
from quiz.diagnostics import Diagnostic
from quiz.document import Document, Unreadable, parse, read_text
from quiz.errors import UsageError
from quiz.i18n import _, said
from quiz.models import Bank, Law, Level, Manifest, Paragraph, Scenario, Source, unprintable
from quiz.quotes import fold
from quiz.validation import explain, explain_control, validated

Context = dict[str, Any] | None

_LAWS = TypeAdapter(tuple[Law, ...])
_MANIFEST = TypeAdapter(Manifest)
_SCENARIO = TypeAdapter(Scenario)
_SOURCE = TypeAdapter(Source)


def find_bank(path: Path) -> Path:
    """The bank that `path` is, or lies in. Raises UsageError where there is none."""
    # os.path answers where pathlib raises: for a ring of links, or a folder one may not enter.
    for folder in (path, *Path(os.path.realpath(path)).parents):
        if os.path.isdir(folder / "seeds") and os.path.isdir(folder / "scenarios"):
            return folder
    raise UsageError(
        _("{path} is no bank.").format(path=path),
        _("A bank is a folder that holds the folders “seeds” and “scenarios”."),
    )


def load(root: Path, *, scenarios: bool = True) -> tuple[Bank | None, list[Diagnostic]]:
    """Read the bank in the folder `root`.

    Returns the bank and no diagnostics, or None and everything that is wrong, sorted. It never
    stops at the first problem, and never raises for what a file holds. Without `scenarios` it
    holds none, and nothing is said of them nor of what is true only across files.
    """
    reading = _Reading(root)
    bank = reading.bank(with_scenarios=scenarios)
    problems = sorted(set(reading.problems))
    return (None, problems) if problems else (bank, [])


@dataclass
class _Reading:
    """One pass over a bank's folder; `problems` fills as it goes."""

    root: Path
    problems: list[Diagnostic] = field(default_factory=list)

    def bank(self, *, with_scenarios: bool) -> Bank | None:
        scenarios = self.root / "scenarios"
        document = self._document(scenarios / "bank.yaml")
        context = _languages(document)
        manifest = self._manifest(document, context)
        laws = self._laws(scenarios / "laws.yaml", context)
        sources = self._sources(self.root / "seeds")
        found = self._scenarios(scenarios, context) if with_scenarios else []
        if with_scenarios:
            self.problems += cross_check(Parts(manifest, laws, sources, found))
        if manifest is None:
            return None
        return Bank(
            manifest=manifest[1],
            sources={source.id: source for _document, source in sources},
            laws={law.id: law for _document, law in laws or ()},
            scenarios=_in_teaching_order(manifest[1], [scenario for _document, scenario in found]),
        )

    def _manifest(
        self, document: Document | None, context: Context
    ) -> tuple[Document, Manifest] | None:
        if document is None:
            return None
        manifest = validated(document, _MANIFEST.validate_python, context, self.problems)
        return (document, manifest) if manifest else None

    def _laws(self, path: Path, context: Context) -> list[tuple[Document, Law]] | None:
        if not os.path.lexists(path):
            return []
        document = self._document(path)
        if document is None:
            return None
        laws = validated(document, _LAWS.validate_python, context, self.problems)
        return None if laws is None else [(document, law) for law in laws]

    def _sources(self, folder: Path) -> list[tuple[Document, Source]]:
        found = []
        paths = [path for path in self._entries(folder) if path.suffix == ".md"]
        for path in paths:
            document = self._source_document(path)
            source = document and validated(document, _SOURCE.validate_python, None, self.problems)
            if document and source:
                self._same_name(document, source.id, path)
                found.append((document, source))
        if not paths:
            self._at_file(
                folder,
                "no-sources",
                _("There is no source in this folder."),
                _("Put each article there as <id>.md."),
            )
        return found

    def _source_document(self, path: Path) -> Document | None:
        shown = path.as_posix()
        try:
            text = read_text(path, shown)
            head, separator, body = text.removeprefix("---\n").partition("\n---\n")
            if not text.startswith("---\n") or not separator:
                self._at_file(
                    path,
                    "no-front-matter",
                    _("The source says nothing about itself."),
                    _("Open it with “---”, then id, publisher, published and language, “---”."),
                )
                return None
            document = parse(head, shown, self.problems, first_line=2)
        except Unreadable as error:
            self.problems.append(error.diagnostic)
            return None
        if isinstance(document.data, dict):
            first = head.count("\n") + 4
            paragraphs = list(_paragraphs(body, first))
            self._derive(document, "paragraphs", paragraphs)
            self._printable(shown, body, first)
        return document

    def _printable(self, shown: str, body: str, first_line: int) -> None:
        for number, line in enumerate(body.split("\n"), first_line):
            character = unprintable(line)
            if character is not None:
                column = line.index(character) + 1
                message, help = explain_control(f"U+{ord(character):04X}")
                self.problems.append(
                    Diagnostic(shown, number, column, "control-character", message, help)
                )

    def _scenarios(self, folder: Path, context: Context) -> list[tuple[Document, Scenario]]:
        found = []
        for place in self._entries(folder):
            if place.name in ("bank.yaml", "laws.yaml"):
                continue
            if not os.path.isdir(place):
                self._misplaced(place)
                continue
            for path in self._entries(place):
                if path.suffix != ".yaml":
                    self._misplaced(path)
                    continue
                document = self._document(path)
                scenario = document and self._scenario(document, place.name, context)
                if document and scenario:
                    self._same_name(document, scenario.id, path)
                    found.append((document, scenario))
        return found

    def _scenario(self, document: Document, principle: str, context: Context) -> Scenario | None:
        if isinstance(document.data, dict):
            self._derive(document, "principle", principle)
        return validated(document, _SCENARIO.validate_python, context, self.problems)

    def _derive(self, document: Document, key: str, value: object) -> None:
        """Add what a file's place or body says to its data; the data may not say it too."""
        if key in document.data:
            message, help = explain({"type": "unexpected_keyword_argument", "loc": (key,)})
            line, column = document.at(key, key=True)
            self.problems.append(
                Diagnostic(document.path, line, column, "unknown-key", message, help)
            )
        document.data[key] = value

    def _entries(self, folder: Path) -> list[Path]:
        """What lies in a folder, sorted; hidden files (.DS_Store, .gitkeep) are the machine's."""
        try:
            return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        except OSError as error:
            self._at_file(
                folder,
                "not-readable",
                _("The folder cannot be read: {reason}.").format(reason=said(error)),
                _("Check that it exists and that you may read it."),
            )
            return []

    def _misplaced(self, path: Path) -> None:
        self._at_file(
            path,
            "misplaced-file",
            _("A scenario does not stand here, and nothing else belongs here."),
            _("A scenario's place is scenarios/<principle>/<id>.yaml."),
        )

    def _document(self, path: Path) -> Document | None:
        shown = path.as_posix()
        try:
            return parse(read_text(path, shown), shown, self.problems)
        except Unreadable as error:
            self.problems.append(error.diagnostic)
            return None

    def _same_name(self, document: Document, id: str, path: Path) -> None:
        if id != path.stem:
            message = _("The id is “{id}”, the file is named “{name}”.").format(
                id=id, name=path.stem
            )
            line, column = document.at("id")
            self.problems.append(
                Diagnostic(
                    document.path,
                    line,
                    column,
                    "id-is-not-file-name",
                    message,
                    _("Name both the same."),
                )
            )

    def _at_file(self, path: Path, code: str, message: str, help: str) -> None:
        self.problems.append(Diagnostic(path.as_posix(), 1, 1, code, message, help))


def _languages(manifest: Document | None) -> Context:
    """What texts are judged by: the languages bank.yaml lists, whatever else is wrong there."""
    data = manifest.data if manifest else None
    listed = data.get("languages") if isinstance(data, dict) else None
    names = listed if isinstance(listed, list) else []
    languages = [name for name in names if isinstance(name, str)]
    return {"languages": languages} if languages else None


def _paragraphs(body: str, first_line: int) -> Iterable[Paragraph]:
    lines: list[str] = []
    for number, line in enumerate([*body.split("\n"), ""], first_line):
        if line.strip():
            lines.append(line)
        elif lines:
            yield Paragraph(text=fold(" ".join(lines)), line=number - len(lines))
            lines = []


def _in_teaching_order(manifest: Manifest, scenarios: list[Scenario]) -> tuple[Scenario, ...]:
    """By principle; within one the opening scenario first, then by level and id."""
    order = {principle.id: number for number, principle in enumerate(manifest.principles)}
    levels = list(Level)

    def key(scenario: Scenario) -> tuple[int, bool, int, str]:
        return (
            order.get(scenario.principle, len(order)),
            scenario.id != manifest.opening,
            levels.index(scenario.level),
            scenario.id,
        )

    return tuple(sorted(scenarios, key=key))
