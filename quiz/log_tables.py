"""The tables of the learner's log, and how each version of them becomes the next."""

import sqlite3

from quiz.database import Migrations


def _create_log(connection: sqlite3.Connection) -> None:
    connection.execute(
        """CREATE TABLE session (
               id INTEGER PRIMARY KEY,
               uid TEXT NOT NULL UNIQUE,
               bank TEXT NOT NULL,
               kind TEXT NOT NULL,
               subject TEXT NOT NULL,
               deck TEXT NOT NULL,
               started_at TEXT NOT NULL)"""
    )
    connection.execute(
        """CREATE TABLE answer (
               id INTEGER PRIMARY KEY,
               session INTEGER NOT NULL REFERENCES session,
               question TEXT NOT NULL,
               given TEXT NOT NULL,
               expected TEXT NOT NULL,
               answered_at TEXT NOT NULL,
               UNIQUE (session, question))"""
    )
    connection.execute("CREATE INDEX answer_question ON answer (question)")
    connection.execute(
        """CREATE TABLE reading (
               session INTEGER NOT NULL REFERENCES session,
               question TEXT NOT NULL,
               read_at TEXT NOT NULL,
               PRIMARY KEY (session, question)) WITHOUT ROWID"""
    )
    connection.execute(
        """CREATE TABLE ending (
               session INTEGER PRIMARY KEY REFERENCES session,
               reason TEXT NOT NULL CHECK (reason IN ('finished', 'left')),
               ended_at TEXT NOT NULL)"""
    )
    _only_append(connection, "session", "answer", "reading", "ending")


def _tell_confidence_and_merge(connection: sqlite3.Connection) -> None:
    """Confidence and edition; and room for what other computers say of the same session.

    An answer may replace another one to the same question of the same session, and of several
    endings the first in order counts: see `quiz.portable`.
    """
    connection.execute(
        """CREATE TABLE new_answer (
               id INTEGER PRIMARY KEY,
               session INTEGER NOT NULL REFERENCES session,
               question TEXT NOT NULL,
               given TEXT NOT NULL,
               expected TEXT NOT NULL,
               confidence TEXT CHECK (confidence IN ('unsure', 'fairly', 'sure')),
               edition TEXT,
               answered_at TEXT NOT NULL,
               replaces INTEGER NOT NULL DEFAULT 0,
               UNIQUE (session, question, replaces))"""
    )
    connection.execute(
        "INSERT INTO new_answer (id, session, question, given, expected, answered_at) "
        "SELECT id, session, question, given, expected, answered_at FROM answer ORDER BY id"
    )
    connection.execute(
        """CREATE TABLE new_ending (
               session INTEGER NOT NULL REFERENCES session,
               reason TEXT NOT NULL CHECK (reason IN ('finished', 'left')),
               ended_at TEXT NOT NULL,
               PRIMARY KEY (session, reason, ended_at)) WITHOUT ROWID"""
    )
    connection.execute("INSERT INTO new_ending SELECT session, reason, ended_at FROM ending")
    for table in ("answer", "ending"):
        connection.execute(f"DROP TABLE {table}")
        connection.execute(f"ALTER TABLE new_{table} RENAME TO {table}")
    _only_append(connection, "answer", "ending")
    connection.execute(
        "CREATE UNIQUE INDEX answer_replaced ON answer (replaces) WHERE replaces > 0"
    )
    connection.execute(
        "CREATE VIEW counted AS SELECT * FROM answer "
        "WHERE id NOT IN (SELECT replaces FROM answer WHERE replaces > 0)"
    )
    connection.execute("CREATE INDEX session_bank ON session (bank)")


def _only_append(connection: sqlite3.Connection, *tables: str) -> None:
    for table in tables:
        for move in ("UPDATE", "DELETE"):
            connection.execute(
                f"CREATE TRIGGER {table}_no_{move.lower()} BEFORE {move} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
            )


MIGRATIONS: Migrations = (_create_log, _tell_confidence_and_merge)
