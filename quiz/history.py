"""The answers a learner has given, as the log has them. Pure.

Every figure starts from these entries, in an order that does not depend on how they came into the
log: answered here, imported, or merged from another computer.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from quiz.models import Bank, Confidence, Question, Verdict
from quiz.session import Kind


class Entry(NamedTuple):
    """One answer in the log; `at` is aware, in UTC, and `session` the session's uid."""

    at: datetime
    session: str
    question: str
    given: Verdict
    expected: Verdict
    confidence: Confidence | None
    edition: str | None
    kind: Kind

    @property
    def right(self) -> bool:
        """Whether the answer was right when it was given."""
        return self.given == self.expected


@dataclass(frozen=True, slots=True)
class Sitting:
    """A test that was begun, as the log has it; `finished` None while it is not, times in UTC.

    `session` is its row in this log, `uid` its name in every log, `form` A or B.
    """

    session: int
    uid: str
    form: str
    deck: tuple[str, ...]
    started: datetime
    finished: datetime | None


def edition(question: Question) -> str:
    """Names what a question asks: another verdict, or other words in the act, make another.

    Twelve hexadecimal digits of SHA-256 over the verdict and the act in the bank's first language,
    where letters and digits count but capitals, punctuation and white space do not.
    """
    act = next(iter(question.act.root.values()))
    words = "".join(character for character in act.casefold() if character.isalnum())
    return hashlib.sha256(f"{question.verdict}:{words}".encode()).hexdigest()[:12]


def stamp(at: datetime) -> str:
    """An aware moment as the log writes it: ISO 8601 in UTC, to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def present(bank: Bank, entries: Iterable[Entry]) -> list[Entry]:
    """The entries about questions as `bank` has them now, oldest first.

    An answer to a question that was removed or edited since stays in the log and out of here; one
    that is older than editions counts while the verdict is the same.
    """
    known = {id: (edition(question), question.verdict) for id, question in bank.question.items()}
    return sorted(
        entry
        for entry in entries
        if (now := known.get(entry.question))
        and (entry.edition == now[0] if entry.edition else entry.expected == now[1])
    )
