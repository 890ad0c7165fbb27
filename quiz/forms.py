"""The matched test: form A before training, form B after it, and what lies between. Pure.

A form asks of each principle one act of each verdict. The two forms of a pair share no question,
neither asks for the contrast of a question of the other, and their levels are alike as far as the
bank allows; slots that match are of different scenarios where they can be.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from quiz.errors import UsageError
from quiz.history import Entry, Sitting
from quiz.i18n import _
from quiz.models import Bank, Level, Question, Verdict
from quiz.proportions import newcombe
from quiz.session import Kind, Plan, Score

A, B = "A", "B"
_LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Form B beside form A: `difference` is the share after less that before, -1 to 1.

    `low` and `high` bound it with 95% confidence (see `proportions.newcombe`). `left_out` counts
    the questions of B that were answered elsewhere between the two, and are not in `after`.
    """

    before: Score
    after: Score
    left_out: int
    difference: float
    low: float
    high: float


class Standing(NamedTuple):
    """The pairs finished, oldest first, and the form A that still waits for its B."""

    pairs: list[tuple[Sitting, Sitting]]
    waiting: Sitting | None


def standing(sittings: Iterable[Sitting]) -> Standing:
    """Where a learner stands.

    A form A done twice, on two computers, counts the first time; another form A, of a bank that
    has changed, takes its place.
    """
    pairs = []
    waiting: Sitting | None = None
    done = ((s.finished, s.form, s.uid, s) for s in sittings if s.finished)
    for *_order, sitting in sorted(done):
        if waiting is not None and sitting.form == B:
            pairs.append((waiting, sitting))
            waiting = None
        elif sitting.form == A and (waiting is None or waiting.deck != sitting.deck):
            waiting = sitting
    return Standing(pairs, waiting)


def next_form(bank: Bank, sittings: Iterable[Sitting]) -> Plan:
    """The test to take next: A, after it B of the same pair, then A of another.

    The same bank and the same history give the same questions. Where the bank has changed so much
    that nothing is left to set beside the form A that was taken, another A begins. Raises
    UsageError where the bank is too small for two forms.
    """
    pairs, waiting = standing(sittings)
    number = len(pairs) + 1
    if waiting is not None and (deck := _form(bank, number, waiting.deck)):
        return Plan(Kind.TEST, B, deck)
    if deck := _form(bank, number):
        return Plan(Kind.TEST, A, deck)
    raise UsageError(
        _("This bank is too small for a test."),
        _("Each form needs a neutral act and a not neutral one of the same principle."),
    )


def unfinished(bank: Bank, sittings: Iterable[Sitting]) -> Sitting | None:
    """The test to go on with, the newest; None where none was begun, or the bank has lost it."""
    begun = [s for s in sittings if not s.finished and not bank.question.keys().isdisjoint(s.deck)]
    return max(begun, key=lambda s: (s.started, s.uid), default=None)


def reserved(bank: Bank, sittings: Sequence[Sitting]) -> frozenset[str]:
    """The questions to keep out of training: those of a test under way, and of a B to come."""
    begun = unfinished(bank, sittings)
    pairs, waiting = standing(sittings)
    to_come = _form(bank, len(pairs) + 1, waiting.deck) if waiting else ()
    return frozenset((*(begun.deck if begun else ()), *to_come))


def settled(log: Iterable[Entry], sittings: Iterable[Sitting]) -> list[Entry]:
    """The log without the answers of a test under way: until its end nothing may tell of them."""
    waiting = {sitting.uid for sitting in sittings if not sitting.finished}
    return [entry for entry in log if entry.session not in waiting]


def compare(entries: Iterable[Entry], sittings: Iterable[Sitting]) -> Comparison | None:
    """What changed from form A to form B of the pair finished last; None where there is none.

    Of form B only the questions count that were not answered elsewhere since A was begun; None
    where no such question is left. `entries` are all of the log: A stays as it was.
    """
    pairs, _waiting = standing(sittings)
    if not pairs:
        return None
    first, second = pairs[-1]
    before: list[bool] = []
    after: list[bool] = []
    trained: set[str] = set()
    left_out = 0
    ours = (first.uid, second.uid)
    for entry in sorted(e for e in entries if e.at >= first.started or e.session in ours):
        if entry.session == first.uid:
            before.append(entry.right)
        elif entry.session != second.uid:
            trained.add(entry.question)
        elif entry.question in trained:
            left_out += 1
        else:
            after.append(entry.right)
    if not before or not after:
        return None
    low, high = newcombe(sum(after), len(after), sum(before), len(before))
    one, other = (Score(sum(rights), len(rights), len(rights)) for rights in (before, after))
    return Comparison(one, other, left_out, other.share - one.share, low, high)


def _form(bank: Bank, number: int, first: Sequence[str] | None = None) -> tuple[str, ...]:
    """Form A of the pair `number`, or form B beside the form A that has the deck `first`.

    A principle that has not enough is left out; empty where all are.
    """

    def place(question: str) -> str:
        return hashlib.sha256(f"{number} {question}".encode()).hexdigest()

    pools: dict[str, list[Question]] = {}
    for id in sorted(bank.question, key=place):
        pools.setdefault(bank.home_of[id].principle, []).append(bank.question[id])
    chosen: list[str] = []
    for pool in pools.values():
        taken = None if first is None else [q for q in pool if q.id in first]
        chosen += _half(bank, pool, taken)
    return tuple(sorted(chosen, key=place))


def _half(bank: Bank, pool: Sequence[Question], taken: Sequence[Question] | None) -> list[str]:
    """What a form asks of one principle, whose questions are `pool` in the order to try them.

    `taken` is what the other form asked of it, None where that is to be chosen too. The two halves
    that match best are taken, among equals the first, so that B is the same before A is taken and
    after.
    """
    ours, theirs = ([q for q in pool if q.verdict is verdict] for verdict in Verdict)
    couples = list(product(ours, theirs))
    best: list[str] = []
    least: tuple[int, ...] | None = None
    for first, second in product(
        couples if taken is None else [tuple(taken)][: len(taken)], couples
    ):
        barred = {id for question in first for id in (question.id, question.contrast)}
        if any(question.id in barred for question in second):
            continue
        cost = _mismatch(bank, first, second)
        if least is None or cost < least:
            best = [question.id for question in (first if taken is None else second)]
            least = cost
        if not any(cost):
            break
    return best


def _mismatch(bank: Bank, first: Sequence[Question], second: Sequence[Question]) -> tuple[int, ...]:
    """How far two halves are from alike; what matters most comes first, zeros are perfect."""
    ranks = [
        sorted(_LEVELS.index(bank.home_of[q.id].level) for q in half) for half in (first, second)
    ]
    return (
        sum(abs(one - other) for one, other in zip(*ranks, strict=False)),
        sum(q.contrast == other.id for half in (first, second) for q in half for other in half),
        sum(
            one.verdict == other.verdict and bank.home_of[one.id] is bank.home_of[other.id]
            for one, other in product(first, second)
        ),
    )
