"""The tables of rooms, and an event as the row it becomes."""

import sqlite3
from datetime import UTC, datetime

from quiz import database
from quiz.room import Counted, Event, Joined, Moved, Voted
from quiz.room_store import Credential

Job = tuple[str, tuple[object, ...]]


def _create_rooms(connection: sqlite3.Connection) -> None:
    connection.execute(
        """CREATE TABLE room (
               id INTEGER PRIMARY KEY,
               code TEXT NOT NULL,
               setup TEXT NOT NULL,
               secret TEXT NOT NULL,
               created_at TEXT NOT NULL,
               address TEXT NOT NULL,
               port INTEGER NOT NULL)"""
    )
    connection.execute(
        """CREATE TABLE move (
               room INTEGER NOT NULL REFERENCES room,
               seq INTEGER NOT NULL,
               at TEXT NOT NULL,
               move TEXT NOT NULL,
               present INTEGER NOT NULL,
               PRIMARY KEY (room, seq)) WITHOUT ROWID"""
    )
    connection.execute(
        """CREATE TABLE participant (
               room INTEGER NOT NULL REFERENCES room,
               id INTEGER NOT NULL,
               seq INTEGER NOT NULL,
               at TEXT NOT NULL,
               name TEXT NOT NULL,
               team INTEGER,
               PRIMARY KEY (room, id)) WITHOUT ROWID"""
    )
    connection.execute(
        """CREATE TABLE credential (
               room INTEGER NOT NULL,
               hash TEXT NOT NULL,
               participant INTEGER NOT NULL,
               PRIMARY KEY (room, hash),
               FOREIGN KEY (room, participant) REFERENCES participant) WITHOUT ROWID"""
    )
    connection.execute(
        """CREATE TABLE vote (
               room INTEGER NOT NULL,
               question TEXT NOT NULL,
               round INTEGER NOT NULL,
               participant INTEGER NOT NULL,
               seq INTEGER NOT NULL,
               at TEXT NOT NULL,
               verdict TEXT NOT NULL,
               confidence TEXT,
               changes INTEGER NOT NULL DEFAULT 0,
               PRIMARY KEY (room, question, round, participant),
               FOREIGN KEY (room, participant) REFERENCES participant) WITHOUT ROWID"""
    )
    connection.execute(
        """CREATE TABLE hands (
               room INTEGER NOT NULL REFERENCES room,
               seq INTEGER NOT NULL,
               at TEXT NOT NULL,
               question TEXT NOT NULL,
               round INTEGER NOT NULL,
               neutral INTEGER NOT NULL,
               not_neutral INTEGER NOT NULL,
               PRIMARY KEY (room, seq)) WITHOUT ROWID"""
    )


MIGRATIONS: database.Migrations = (_create_rooms,)


def row(room: int, event: Event) -> Job:
    """The statement that appends an event to a room."""
    at = utc(event.at)
    match event:
        case Moved():
            return (
                "INSERT INTO move (room, seq, at, move, present) VALUES (?, ?, ?, ?, ?)",
                (room, event.seq, at, event.move, event.present),
            )
        case Joined(participant=who):
            return (
                "INSERT INTO participant (room, id, seq, at, name, team) VALUES (?, ?, ?, ?, ?, ?)",
                (room, who.id, event.seq, at, who.name, who.team),
            )
        case Counted(hands=hands):
            return (
                "INSERT INTO hands (room, seq, at, question, round, neutral, not_neutral) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    room,
                    event.seq,
                    at,
                    event.question,
                    event.round,
                    hands.neutral,
                    hands.not_neutral,
                ),
            )
        case Voted(vote=vote):
            return (
                "INSERT INTO vote "
                "(room, question, round, participant, seq, at, verdict, confidence) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (room, question, round, participant) DO UPDATE "
                "SET seq = excluded.seq, at = excluded.at, verdict = excluded.verdict, "
                "confidence = excluded.confidence, changes = changes + 1",
                (
                    room,
                    event.question,
                    event.round,
                    event.participant,
                    event.seq,
                    at,
                    vote.verdict,
                    vote.confidence,
                ),
            )


def admission(room: int, credential: Credential) -> Job:
    """The statement that gives a participant a credential."""
    return (
        "INSERT INTO credential (room, hash, participant) VALUES (?, ?, ?)",
        (room, credential.hash, credential.participant),
    )


def utc(at: datetime) -> str:
    """A time as it is stored: ISO 8601, UTC, milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
