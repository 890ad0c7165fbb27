"""A history as one file, to be kept or carried to another computer. Pure.

A record is a session with all that counts of it. Merging is a union of records, in which of two
different answers to one question of one session the smaller counts: the one given earlier, and of
two given at the same moment the first in the order of their words. A smallest value is the same
in whatever order values come, so that every computer arrives at the same figures.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from quiz.errors import HistoryFileError
from quiz.history import stamp
from quiz.i18n import _
from quiz.models import Check, Confidence, Id, Model, Rules, Verdict
from quiz.session import Kind

FORMAT: Final = "netral-history"
VERSION: Final = 1


def _moment(text: str) -> str:
    """A moment as the log writes it; raises ValueError where `text` is none, or has no zone."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None or not 1970 <= at.year < 9999:
        raise ValueError(text)
    return stamp(at)


Moment = Annotated[str, Check(_moment, pattern=r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d")]
Uid = Annotated[str, Rules(pattern="^[0-9a-f]{32}$")]
Edition = Annotated[str, Rules(pattern="^[0-9a-f]{12}$")]
Subject = Annotated[str, Rules(pattern="^[A-Za-z0-9-]{0,200}$")]


@dataclass(frozen=True, slots=True)
class GivenAnswer(Model):
    """An answer that counts, in the order of the file's keys."""

    question: Id
    given: Verdict
    expected: Verdict
    confidence: Confidence | None
    edition: Edition | None
    answered_at: Moment

    @property
    def order(self) -> tuple[str, ...]:
        """Of several answers to one question the one with the smallest order counts."""
        said = (self.given, self.expected, self.confidence or "", self.edition or "")
        return self.answered_at, *said


@dataclass(frozen=True, slots=True)
class Reading(Model):
    """An explanation left behind."""

    question: Id
    read_at: Moment


@dataclass(frozen=True, slots=True, order=True)
class Ending(Model):
    """How a session ended. Of several the smallest counts: finished before left, then earlier."""

    reason: Literal["finished", "left"]
    ended_at: Moment


@dataclass(frozen=True, slots=True)
class Record(Model):
    """A session with all that counts of it."""

    uid: Uid
    bank: Id
    kind: Kind
    subject: Subject
    deck: tuple[Id, ...]
    started_at: Moment
    answers: tuple[GivenAnswer, ...]
    readings: tuple[Reading, ...]
    ending: Ending | None


@dataclass(frozen=True, slots=True)
class _File(Model):
    format: Literal["netral-history"]
    version: Literal[1]
    sessions: tuple[Record, ...]


def write(records: Sequence[Record]) -> str:
    """The file that holds `records`."""
    file = _File(FORMAT, VERSION, tuple(records))
    return json.dumps(asdict(file), ensure_ascii=False, indent=1) + "\n"


def read(content: bytes) -> list[Record]:
    """The records in a file. Raises HistoryFileError with the first thing that is wrong in it."""
    whole = _("Copy the whole file once more from the computer that wrote it.")
    try:
        # Some ways of redirecting output write UTF-16.
        text = content.decode(json.detect_encoding(content))
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = _("This is no file of “netral data export”: it is no JSON.")
        raise HistoryFileError(message, whole) from error
    version = found.get("version") if isinstance(found, dict) else None
    if version is None or found.get("format") != FORMAT:
        raise HistoryFileError(
            _("This is no file of “netral data export”."),
            _("Choose the file that “netral data export” wrote."),
        )
    if isinstance(version, int) and version > VERSION:
        raise HistoryFileError(
            _("A newer Netral wrote this file."), _("Upgrade this Netral, then import it again.")
        )
    records = list(_validated(text))
    if (place := _contradiction(records)) is not None:
        raise _wrong(place)
    return records


def _validated(text: str) -> tuple[Record, ...]:
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(_File).validate_json(text).sessions
    except ValidationError as error:
        raise _wrong(_place(error.errors()[0]["loc"])) from error


def _place(location: Sequence[Any]) -> str:
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in location]
    return "".join(steps).removeprefix(".") or "{}"


def _contradiction(records: Sequence[Record]) -> str | None:
    """Where a record says something that cannot be, however well each value is formed."""
    uids = set()
    for number, record in enumerate(records):
        answered = [answer.question for answer in record.answers]
        read = [reading.question for reading in record.readings]
        place = f"sessions[{number}]"
        if record.uid in uids:
            return f"{place}.uid"
        uids.add(record.uid)
        for name, questions, among in (
            ("deck", list(record.deck), record.deck),
            ("answers", answered, record.deck),
            ("readings", read, answered),
        ):
            if len(set(questions)) < len(questions) or not set(questions) <= set(among):
                return f"{place}.{name}"
    return None


def _wrong(place: str) -> HistoryFileError:
    return HistoryFileError(
        _("What this file says at {place} makes no sense; nothing was imported.").format(
            place=place
        ),
        _("Copy the whole file once more from the computer that wrote it."),
    )
