"""A learner's run through some questions: deck, answers, score. Pure."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Protocol

from quiz.errors import IllegalMove, UsageError
from quiz.i18n import _
from quiz.models import Bank, Confidence, Level, Principle, Scenario, Verdict


@dataclass(frozen=True, slots=True)
class Answer:
    """What the learner said of a question, and what its verdict was at that time.

    `confidence` is None where it was not asked for. `edition` is that of the question's words
    (see `history.edition`), None in a log that is older than editions.
    """

    question: str
    given: Verdict
    expected: Verdict
    confidence: Confidence | None = None
    edition: str | None = None

    @property
    def right(self) -> bool:
        """Whether the two agree."""
        return self.given == self.expected


@dataclass(frozen=True, slots=True)
class Score:
    """`right` of `answered`, of `asked` in all."""

    right: int
    answered: int
    asked: int

    @property
    def share(self) -> float:
        """The share of right answers among those given, 0 to 1; 0 where none was given."""
        return self.right / self.answered if self.answered else 0.0

    def passes(self, mark: float) -> bool:
        """Whether the share reaches `mark`."""
        return self.answered > 0 and self.share >= mark


@dataclass(frozen=True, slots=True)
class Session:
    """The state of a run.

    `deck` holds question ids in the order asked; `answers` those given, in the same order; `read`
    counts the explanations left behind. At any moment `read <= len(answers) <= read + 1`: either
    the next question waits for its answer, or its explanation stands on screen.
    """

    deck: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    read: int = 0

    @property
    def done(self) -> bool:
        """Whether every explanation has been left behind."""
        return self.read == len(self.deck)

    @property
    def explaining(self) -> bool:
        """Whether the current question is answered and its explanation stands on screen."""
        return len(self.answers) > self.read

    @property
    def current(self) -> str:
        """The question on screen. Raises IllegalMove when the session is done."""
        if self.done:
            raise IllegalMove(_("This session is over."))
        return self.deck[self.read]

    @property
    def last(self) -> Answer:
        """The answer being explained. Raises IllegalMove when none is."""
        if not self.explaining:
            raise IllegalMove(_("This question has not been answered yet."))
        return self.answers[-1]

    @property
    def score(self) -> Score:
        """The score so far."""
        return Score(sum(a.right for a in self.answers), len(self.answers), len(self.deck))

    @property
    def missed(self) -> tuple[str, ...]:
        """The questions answered wrongly, in the order asked."""
        return tuple(a.question for a in self.answers if not a.right)

    def answer(
        self,
        given: Verdict,
        expected: Verdict,
        confidence: Confidence | None = None,
        edition: str | None = None,
    ) -> "Session":
        """The session after the current question is answered.

        Raises IllegalMove when it already is, or when the session is done.
        """
        if self.explaining:
            raise IllegalMove(_("This question has already been answered."))
        answer = Answer(self.current, given, expected, confidence, edition)
        return replace(self, answers=(*self.answers, answer))

    def advance(self) -> "Session":
        """The session after the explanation is left behind.

        Raises IllegalMove when the current question has not been answered.
        """
        if not self.explaining:
            raise IllegalMove(_("This question has not been answered yet."))
        return replace(self, read=self.read + 1)

    def within(self, known: Mapping[str, object]) -> "Session":
        """The session without the questions that the bank no longer has."""
        kept = tuple(question for question in self.deck if question in known)
        answers = tuple(a for a in self.answers if a.question in known)
        read = sum(question in known for question in self.deck[: self.read])
        return Session(kept, answers, read)


def score_by_principle(bank: Bank, session: Session) -> list[tuple[Principle, Score]]:
    """The score of each principle that was asked of, in teaching order."""
    order = list(bank.principles)
    key = {question: order.index(bank.home_of[question].principle) for question in session.deck}
    right = {a.question: a.right for a in session.answers}
    rows = []
    for number, group in groupby(sorted(session.deck, key=key.__getitem__), key.__getitem__):
        questions = list(group)
        given = [right[question] for question in questions if question in right]
        rows.append((bank.principles[order[number]], Score(sum(given), len(given), len(questions))))
    return rows


class Kind(StrEnum):
    """What a session was asked to be; its subject is an id, or empty."""

    PRACTICE = "practice"
    SCENARIO = "scenario"
    PRINCIPLE = "principle"
    LEVEL = "level"
    MISSED = "missed"
    REVIEW = "review"
    SURE_BUT_WRONG = "sure-but-wrong"
    TEST = "test"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Plan:
    """A session to begin: what it is called, and its deck."""

    kind: Kind
    subject: str
    deck: tuple[str, ...]


class Shuffler(Protocol):
    """The part of `random.Random` that drawing needs."""

    def random(self) -> float:
        """A number from 0 up to, but not including, 1."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a learner asks for; `length` None means all of a scenario or principle."""

    scenario: str | None = None
    principle: str | None = None
    level: Level | None = None
    length: int | None = None


def draw(
    bank: Bank,
    wish: Wish,
    seen: Mapping[str, int],
    chance: Shuffler,
    keep: Set[str] = frozenset(),
) -> Plan:
    """Choose the questions of a session.

    `seen` counts how often each question has been answered. A scenario is asked in its own order.
    Otherwise principles take turns, questions seen least come first, and a scenario is used again
    only when the others have been; the questions in `keep` are kept for a test, and drawn only
    where nothing else is left. A newcomer, who has answered nothing of this bank, begins with its
    opening scenario where that is among those asked for. Raises UsageError where the bank has
    nothing of the kind, or no question is asked for.
    """
    if wish.length is not None and wish.length < 1:
        raise UsageError(
            _("A session of {length} questions cannot be.").format(length=wish.length),
            _("Ask for at least one."),
        )
    scenarios = _wanted(bank, wish)
    if wish.scenario is not None:
        deck = [q.id for scenario in scenarios for q in scenario.questions]
        return Plan(Kind.SCENARIO, wish.scenario, tuple(deck[: wish.length]))
    opening: list[str] = []
    if bank.question.keys().isdisjoint(seen):
        opening = [q.id for s in scenarios if s.id == bank.manifest.opening for q in s.questions]
    whole = [*opening, *_mixed(scenarios, seen, chance, leave=set(opening))]
    deck = [question for question in whole if question not in keep] or whole
    kind, subject = _name(wish)
    return Plan(kind, subject, tuple(deck[: wish.length]))


def again(missed: Sequence[str]) -> Plan:
    """A session that repeats what was missed."""
    return Plan(Kind.MISSED, "", tuple(missed))


def _name(wish: Wish) -> tuple[Kind, str]:
    if wish.principle is not None:
        return Kind.PRINCIPLE, wish.principle
    if wish.level is not None:
        return Kind.LEVEL, wish.level
    return Kind.PRACTICE, ""


def _wanted(bank: Bank, wish: Wish) -> list[Scenario]:
    for asked, known, what in (
        (wish.scenario, bank.scenario, _("There is no scenario “{name}” in this bank.")),
        (wish.principle, bank.principles, _("There is no principle “{name}” in this bank.")),
    ):
        if asked is not None and asked not in known:
            raise UsageError(
                what.format(name=asked),
                _("It has these: {names}.").format(names=", ".join(known)),
            )
    scenarios = [
        scenario
        for scenario in bank.scenarios
        if wish.scenario in (None, scenario.id)
        and wish.principle in (None, scenario.principle)
        and wish.level in (None, scenario.level)
    ]
    if not scenarios:
        raise UsageError(
            _("No scenario in this bank fits all that was asked for."),
            _("Leave out the level, the principle or the scenario."),
        )
    return scenarios


def _mixed(
    scenarios: Sequence[Scenario],
    seen: Mapping[str, int],
    chance: Shuffler,
    leave: set[str],
) -> list[str]:
    """Every question of `scenarios` but those in `leave`, in the order to ask them."""
    piles: dict[str, list[tuple[int, int, float, str]]] = {}
    for scenario in scenarios:
        fresh = [q.id for q in scenario.questions if q.id not in leave]
        fresh.sort(key=lambda question: (seen.get(question, 0), chance.random()))
        pile = piles.setdefault(scenario.principle, [])
        for turn, question in enumerate(fresh):
            pile.append((seen.get(question, 0), turn, chance.random(), question))
    for pile in piles.values():
        pile.sort()
    names = [name for _turn, name in sorted((chance.random(), name) for name in piles)]
    deck = []
    for turn in range(max((len(pile) for pile in piles.values()), default=0)):
        deck += [piles[name][turn][3] for name in names if turn < len(piles[name])]
    return deck
