"""The log as records, and records into the log; see `quiz.portable` for what counts."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from quiz.errors import HistoryFileError
from quiz.i18n import _
from quiz.models import Confidence, Verdict
from quiz.portable import Ending, GivenAnswer, Reading, Record
from quiz.session import Kind


@dataclass
class Merged:
    """What came of an import, in numbers.

    `sessions` and `answers` are new here. `differing` answers were given otherwise on the two
    computers, each of which had gone on with the same session; the earlier of the two counts.
    """

    sessions: int = 0
    answers: int = 0
    differing: int = 0


def records(connection: sqlite3.Connection) -> list[Record]:
    """Every session in the log, oldest first."""
    answers: dict[int, list[GivenAnswer]] = defaultdict(list)
    for session, *row in connection.execute(
        "SELECT session, question, given, expected, confidence, edition, answered_at "
        "FROM counted ORDER BY id"
    ):
        answers[session].append(_answer(row))
    readings: dict[int, list[Reading]] = defaultdict(list)
    for session, *reading in connection.execute(
        "SELECT session, question, read_at FROM reading ORDER BY read_at, question"
    ):
        readings[session].append(Reading(*reading))
    endings: dict[int, Ending] = {}
    for session, *ending in connection.execute(
        "SELECT session, reason, ended_at FROM ending ORDER BY reason, ended_at"
    ):
        endings.setdefault(session, Ending(*ending))
    return [
        Record(
            uid,
            bank,
            Kind(kind),
            subject,
            tuple(json.loads(deck)),
            started_at,
            tuple(answers[id]),
            tuple(readings[id]),
            endings.get(id),
        )
        for id, uid, bank, kind, subject, deck, started_at in connection.execute(
            "SELECT id, uid, bank, kind, subject, deck, started_at FROM session "
            "ORDER BY started_at, uid"
        )
    ]


def merge(connection: sqlite3.Connection, coming: Sequence[Record]) -> Merged:
    """Add to the log what it lacks. Raises HistoryFileError where the two tell different stories.

    It is for the caller to begin a transaction, and to roll it back after an error.
    """
    merged = Merged()
    for record in sorted(coming, key=lambda record: (record.started_at, record.uid)):
        session = _session(connection, record)
        if session is None:
            session = _begin(connection, record)
            merged.sessions += 1
        _add_answers(connection, session, record, merged)
        connection.executemany(
            "INSERT OR IGNORE INTO reading VALUES (?, ?, ?)",
            [(session, reading.question, reading.read_at) for reading in record.readings],
        )
        if record.ending:
            connection.execute(
                "INSERT OR IGNORE INTO ending VALUES (?, ?, ?)",
                (session, record.ending.reason, record.ending.ended_at),
            )
    return merged


def _session(connection: sqlite3.Connection, record: Record) -> int | None:
    """The row of a session that the log knows already, which must be the same session."""
    row = connection.execute(
        "SELECT id, bank, kind, subject, deck, started_at FROM session WHERE uid = ?",
        (record.uid,),
    ).fetchone()
    if row is None:
        return None
    id, bank, kind, subject, deck, started_at = row
    known = (bank, kind, subject, tuple(json.loads(deck)), started_at)
    if known != (record.bank, record.kind, record.subject, record.deck, record.started_at):
        raise HistoryFileError(
            _("This file and the history here differ about session {uid}.").format(uid=record.uid),
            _("It was changed since it was written: export it once more."),
        )
    return int(id)


def _begin(connection: sqlite3.Connection, record: Record) -> int | None:
    return connection.execute(
        "INSERT INTO session (uid, bank, kind, subject, deck, started_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            record.uid,
            record.bank,
            record.kind,
            record.subject,
            json.dumps(record.deck),
            record.started_at,
        ),
    ).lastrowid


def _add_answers(
    connection: sqlite3.Connection, session: int | None, record: Record, merged: Merged
) -> None:
    here = {}
    for id, *row in connection.execute(
        "SELECT id, question, given, expected, confidence, edition, answered_at "
        "FROM counted WHERE session = ?",
        (session,),
    ):
        here[row[0]] = id, _answer(row)
    for answer in record.answers:
        id, mine = here.get(answer.question, (0, None))
        if mine is None:
            merged.answers += 1
        elif mine.order != answer.order:
            merged.differing += 1
        if mine is None or answer.order < mine.order:
            connection.execute(
                "INSERT INTO answer (session, replaces, question, given, expected, confidence, "
                "edition, answered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    session,
                    id,
                    answer.question,
                    answer.given,
                    answer.expected,
                    answer.confidence,
                    answer.edition,
                    answer.answered_at,
                ),
            )


def _answer(row: Sequence[str]) -> GivenAnswer:
    question, given, expected, confidence, edition, answered_at = row
    return GivenAnswer(
        question,
        Verdict(given),
        Verdict(expected),
        Confidence(confidence) if confidence else None,
        edition,
        answered_at,
    )
