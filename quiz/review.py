"""What is due for review, by FSRS. Pure.

The scenario is the card, and nothing about it is stored: its schedule is recomputed from the log.
The scheduler is that of the package `fsrs` (FSRS-6, https://github.com/open-spaced-repetition),
with its own parameters, without learning steps and without chance.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from quiz.history import Entry
from quiz.models import Bank, Confidence
from quiz.session import Kind, Plan

if TYPE_CHECKING:
    from fsrs import Scheduler

RETENTION = 0.90
"""The share of scenarios to be judged rightly when they fall due."""

WINDOW = 14
"""Days before the horizon within which each scenario is seen once more."""

TRUSTED = timedelta(days=7)
"""How far ahead of the clock an answer may be stamped and still count as given now."""

_SOONEST = timedelta(days=1)
_NEVER = datetime.min.replace(tzinfo=UTC)
_AGAIN, _HARD, _GOOD, _EASY = 1, 2, 3, 4  # fsrs.Rating
_RATING_OF_RIGHT: dict[Confidence | None, int] = {
    None: _GOOD,
    Confidence.UNSURE: _HARD,
    Confidence.FAIRLY: _GOOD,
    Confidence.SURE: _EASY,
}

Local = Callable[[datetime], date]
"""The learner's calendar day at a moment."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a scenario that was practised stands.

    `last` is when that was, `due` a day of the learner's calendar, `retrievability` the chance from
    0 to 1 that it is judged rightly now. `sure_but_wrong` says whether one of its questions was
    answered so when last answered, on the last day of practice. Where only a clock far ahead says
    when it was practised, `last` is now and `retrievability` 0.
    """

    scenario: str
    last: datetime
    due: date
    retrievability: float
    sure_but_wrong: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """Today's review: its plan, with an empty deck where nothing is due, and the next due day.

    `next` is None where nothing has been answered yet.
    """

    plan: Plan
    next: date | None


@dataclass(slots=True)
class _Review:
    """A day's answers about one scenario: the last one's moment, and the worst rating.

    `sure_but_wrong` are the questions whose last answer on that day was wrong and sure.
    """

    at: datetime
    rating: int
    sure_but_wrong: set[str]


def agenda(
    bank: Bank,
    entries: Sequence[Entry],
    now: datetime,
    local: Local,
    horizon: date | None = None,
    reserved: Collection[str] = frozenset(),
) -> Agenda:
    """What to review today; the arguments are those of `standings` and of `plan`."""
    found = standings(bank, entries, now, local, horizon)
    ready = due(found, local(now))
    return Agenda(plan(bank, entries, ready, reserved), next_due(found))


def standings(
    bank: Bank,
    entries: Iterable[Entry],
    now: datetime,
    local: Local,
    horizon: date | None = None,
) -> list[Standing]:
    """How each scenario that has been practised stands, in teaching order.

    `entries` are those that `history.present` gives; `now` is aware, in UTC. Each UTC day counts
    as one review of a scenario, at that day's last answer, rated by the worst: Again for a wrong
    one, Hard for a right but unsure one, Easy for right and sure, else Good. For five questions of
    one scenario in one evening are one sitting and not five reviews at a distance; and so the work
    is bounded by days, however long the log.

    A scenario falls due a whole number of calendar days after the last review, one at least, so
    that neither daylight saving nor another time zone has it due twice on one day. What was wrong
    and sure falls due on the next day, where FSRS would give a well known scenario a week. Up to
    `horizon`, such as the day of an election, each is due once in the last WINDOW days at the
    latest.
    """
    from fsrs import Scheduler

    scheduler = Scheduler(
        desired_retention=RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False
    )
    practised = _reviews(bank, entries, now)
    found = []
    for scenario in bank.scenarios:
        if reviews := practised.get(scenario.id):
            found.append(_standing(scheduler, scenario.id, reviews, now, local))
        elif scenario.id in practised:
            # Its only answers come from a clock far ahead; to ask once more does no harm.
            found.append(Standing(scenario.id, now, local(now), 0.0, sure_but_wrong=False))
    if horizon is None or local(now) > horizon:
        return found
    slots = _slots(practised, [s.scenario for s in found], local, local(now), horizon)
    return [replace(s, due=min(s.due, slots.get(s.scenario, s.due))) for s in found]


def due(standings: Iterable[Standing], today: date) -> list[Standing]:
    """Those due on the learner's calendar day `today`, in the order to ask them.

    What was answered wrongly with confidence comes first, then what is most likely forgotten.
    """
    ready = (standing for standing in standings if standing.due <= today)
    return sorted(ready, key=lambda s: (not s.sure_but_wrong, s.retrievability))


def next_due(standings: Iterable[Standing]) -> date | None:
    """The first day on which something is due, or None where nothing has been answered."""
    return min((standing.due for standing in standings), default=None)


def plan(
    bank: Bank,
    entries: Iterable[Entry],
    due: Iterable[Standing],
    reserved: Collection[str] = frozenset(),
) -> Plan:
    """A session of one question for each scenario: the one seen longest ago.

    `entries` are oldest first. Questions in `reserved` are kept for a test, and asked only where
    the scenario has no other.
    """
    seen = {entry.question: entry.at for entry in entries}
    deck = []
    for standing in due:
        questions = [question.id for question in bank.scenario[standing.scenario].questions]
        free = [question for question in questions if question not in reserved]
        deck.append(min(free or questions, key=lambda question: seen.get(question, _NEVER)))
    return Plan(Kind.REVIEW, "", tuple(deck))


def _reviews(bank: Bank, entries: Iterable[Entry], now: datetime) -> dict[str, list[_Review]]:
    """The days on which each scenario was practised, oldest first.

    A clock that was set back leaves answers ahead of it. Those a little ahead count as given now,
    so that what has just been practised is not due at once; those far ahead would hold their
    scenario back until a day that may be years away, and are left out until it comes. A scenario
    with no other answers has an empty list.
    """
    home = {question: scenario.id for question, scenario in bank.home_of.items()}
    believed = now + TRUSTED
    found: dict[str, list[_Review]] = {}
    for entry in entries:
        reviews = found.setdefault(home[entry.question], [])
        if entry.at > believed:
            continue
        at = min(entry.at, now)
        right = entry.right
        rating = _RATING_OF_RIGHT[entry.confidence] if right else _AGAIN
        if not reviews or reviews[-1].at.date() != at.date():
            reviews.append(_Review(at, rating, set()))
        review = reviews[-1]
        review.at, review.rating = at, min(review.rating, rating)
        if not right and entry.confidence is Confidence.SURE:
            review.sure_but_wrong.add(entry.question)
        else:
            review.sure_but_wrong.discard(entry.question)
    return found


def _standing(
    scheduler: "Scheduler", scenario: str, reviews: Sequence[_Review], now: datetime, local: Local
) -> Standing:
    from fsrs import Card, Rating

    # A card without a number waits a millisecond to make one from the clock.
    card = Card(card_id=0)
    for review in reviews:
        card, _log = scheduler.review_card(card, Rating(review.rating), review.at)
    last = reviews[-1]
    upset = bool(last.sure_but_wrong)
    return Standing(
        scenario,
        last.at,
        local(last.at) + (_SOONEST if upset else card.due - last.at),
        scheduler.get_card_retrievability(card, now),
        upset,
    )


def _slots(
    practised: dict[str, list[_Review]],
    order: Sequence[str],
    local: Local,
    today: date,
    horizon: date,
) -> dict[str, date]:
    """The day, before the horizon, on which each scenario in `order` is seen at the latest.

    Spread evenly over what remains of the window are those not yet seen in it when today began.
    Those seen today keep their place among them, so that none moves up to fill it, but no slot.
    """
    start = horizon - timedelta(days=WINDOW)
    first = max(start, today)
    days = (horizon - first).days
    waiting = []
    for scenario in order:
        # A day of the calendar meets two UTC days: at most two of these are today's.
        seen = [local(review.at) for review in practised[scenario][-3:]]
        before = [day for day in seen if day < first]
        if before and before[-1] < start:
            waiting.append((scenario, seen[-1] < start))
    slots = {}
    for turn, (scenario, unseen) in enumerate(waiting):
        if unseen:
            slots[scenario] = first + timedelta(days=turn * days // len(waiting))
    return slots
