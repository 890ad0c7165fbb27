"""A YAML or Markdown file read once, with the position of everything in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from quiz.diagnostics import Diagnostic
from quiz.i18n import _, said

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML without its C part still reads, only slower.
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]  # the same interface

MAX_BYTES = 256 * 1024

# A bank needs six levels. libyaml's composer recurses on the C stack, where some 100,000 levels end
# the process; its parser does not, and its events are counted as they come.
_MAX_DEPTH = 50
_NULLS = ("", "~", "null", "Null", "NULL")


class Unreadable(Exception):
    """A file that yields no data; `diagnostic` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.concise())
        self.diagnostic = diagnostic


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data (dict, list, str, None; every scalar stays the string it was written as)."""

    path: str
    data: Any
    text: str
    first_line: int = 1

    def at(self, *loc: str | int, key: bool = False) -> tuple[int, int]:
        """Line and column of the value at `loc`, or of its key.

        Where `loc` leads to nothing, the innermost thing on the way.
        """
        node: Any = _nodes(self.text)
        found: Any = None
        for step in loc:
            child = _child(node, step)
            if child is None:
                break
            found, node = child
        return _place((found if key and found else node).start_mark, self.first_line)


# Positions are wanted only where something is wrong, so the nodes are made again for them: once for
# all that is wrong in a row with the same file.
@lru_cache(maxsize=1)
def _nodes(text: str) -> yaml.Node | None:
    return yaml.compose(text, Loader=_Loader)


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        wanted = str(step)
        for name, value in node.value:
            if name.value == wanted:
                return name, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def read_text(path: Path, shown: str) -> str:
    """The text of a file without a byte order mark, every line end a line feed.

    Raises Unreadable where it is too large, not UTF-8, or cannot be opened.
    """

    def fail(code: str, message: str, help: str, line: int = 1, column: int = 1) -> Unreadable:
        return Unreadable(Diagnostic(shown, line, column, code, message, help))

    try:
        if not path.is_file():
            raise fail(
                "not-a-file",
                _("This is not a file that can be read."),
                _("Put a plain file here; a link must lead to one."),
            )
        if path.stat().st_size > MAX_BYTES:
            raise fail(
                "file-too-large",
                _("The file is larger than {limit} KB.").format(limit=MAX_BYTES // 1024),
                _("A scenario takes about 10 KB; split the file, or look whether it is one."),
            )
        raw = path.read_bytes()
    except OSError as error:
        raise fail(
            "not-readable",
            _("The file cannot be read: {reason}.").format(reason=said(error)),
            _("Check that it exists and that you may read it."),
        ) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The error counts from behind a byte order mark; so does the object it carries.
        before = error.object[: error.start].decode("utf-8")
        raise fail(
            "not-utf-8",
            _("The byte 0x{byte:02X} is not UTF-8.").format(byte=error.object[error.start]),
            _("Save the file as UTF-8 (“Save as … Encoding” in most editors)."),
            before.count("\n") + 1,
            len(before) - before.rfind("\n"),
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse(text: str, shown: str, problems: list[Diagnostic], first_line: int = 1) -> Document:
    """Read YAML that starts on `first_line` of its file.

    Doubled keys and aliases are appended to `problems`. Raises Unreadable where no data comes out.
    """
    reader = _Reader(shown, problems, first_line)
    try:
        data, empty = reader.read(text)
    except yaml.reader.ReaderError as error:
        # The position it names counts bytes or characters, as the loader pleases.
        character = chr(_ordinal(error.character))
        before = text.partition(character)[0]
        raise Unreadable(
            Diagnostic(
                shown,
                first_line + before.count("\n"),
                len(before) - before.rfind("\n"),
                "control-character",
                _("The character {code} may not stand in YAML.").format(
                    code=f"U+{ord(character):04X}"
                ),
                _("Delete it; it is invisible in most editors."),
            )
        ) from error
    except yaml.MarkedYAMLError as error:
        place = _place(error.problem_mark or error.context_mark, first_line)
        raise _not_yaml(shown, place, error.problem) from error
    except ValueError as error:  # A tag or an escape that spells no character.
        raise _not_yaml(shown, (first_line, 1), error) from error
    if empty:
        raise Unreadable(
            Diagnostic(
                shown,
                first_line,
                1,
                "empty-file",
                _("There is nothing in this file."),
                _("Write what the format asks for, or delete the file."),
            )
        )
    return Document(shown, data, text, first_line)


def _ordinal(character: object) -> int:
    return ord(character) if isinstance(character, str) else int(str(character))


def _place(mark: Any, first_line: int) -> tuple[int, int]:
    return (first_line + mark.line, mark.column + 1) if mark else (first_line, 1)


def _not_yaml(shown: str, place: tuple[int, int], problem: object) -> Unreadable:
    return Unreadable(
        Diagnostic(
            shown,
            *place,
            "yaml-syntax",
            _("This is not YAML: {problem}.").format(problem=problem),
            _(
                "YAML indents with spaces, never tabs; a text with “: ” or “#” in it goes "
                "after “>-” on lines of its own."
            ),
        )
    )


class _Reader:
    """Turns a stream of events into plain data in one pass.

    An alias is refused where it stands, so that none can multiply.
    """

    def __init__(self, shown: str, problems: list[Diagnostic], first_line: int) -> None:
        self._shown = shown
        self._problems = problems
        self._first_line = first_line
        self._anchors: set[str] = set()

    def read(self, text: str) -> tuple[Any, bool]:
        """The data of the one document in `text`, and whether there is none."""
        events = yaml.parse(text, Loader=_Loader)
        next(events)
        first = next(events)
        if isinstance(first, yaml.StreamEndEvent):
            return None, True
        data = self._value(next(events), events, 1)
        next(events)
        after = next(events)
        if not isinstance(after, yaml.StreamEndEvent):
            problem = _("a second document begins here")
            raise _not_yaml(self._shown, _place(after.start_mark, self._first_line), problem)
        return data, False

    def _value(self, event: Any, events: Iterator[Any], depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                problem = _("nothing is named “{name}”").format(name=event.anchor)
                raise _not_yaml(self._shown, _place(event.start_mark, self._first_line), problem)
            self._report(
                event,
                "alias",
                _("Something written once is used again here by an alias (“*name”)."),
                _("Write it out; a bank has no aliases."),
            )
            return None
        if event.anchor:
            self._anchors.add(event.anchor)
        if isinstance(event, yaml.ScalarEvent):
            plain = not event.style and event.value in _NULLS
            return None if plain or event.tag == "tag:yaml.org,2002:null" else event.value
        if depth > _MAX_DEPTH:
            raise Unreadable(
                Diagnostic(
                    self._shown,
                    *_place(event.start_mark, self._first_line),
                    "nested-too-deeply",
                    _("This is nested more deeply than any bank needs."),
                    _("Indent by two spaces a level, and close every bracket."),
                )
            )
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, depth)
        return self._mapping(events, depth)

    def _list(self, events: Iterator[Any], depth: int) -> list[Any]:
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, depth + 1))
        return items

    def _mapping(self, events: Iterator[Any], depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(name := next(events), yaml.MappingEndEvent):
            if isinstance(name, yaml.ScalarEvent):
                key = name.value
            else:
                self._value(name, events, depth + 1)
                key = None
            value = self._value(next(events), events, depth + 1)
            if key is None:
                self._report(
                    name,
                    "key-type",
                    _("A key must be a plain word."),
                    _("Write “name: value”."),
                )
            elif key in data:
                self._report(
                    name,
                    "duplicate-key",
                    _("The key “{key}” stands here a second time.").format(key=key),
                    _("Keep one of the two; YAML would silently drop the other."),
                )
            else:
                data[key] = value
        return data

    def _report(self, event: Any, code: str, message: str, help: str) -> None:
        place = _place(event.start_mark, self._first_line)
        self._problems.append(Diagnostic(self._shown, *place, code, message, help))
