"""Figures from the log: what a learner has learnt so far, and what to do next. Pure.

All of it is computed anew from `history.present` and nothing of it is kept, so that the figures
can never disagree with the answers.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from quiz import forms, review
from quiz.history import Entry, Sitting, present
from quiz.models import Bank, Confidence
from quiz.session import Kind, Plan, Score

# How far back the figures by day go.
DAYS = 28
# Answers closer together than this are one showing: what was read an hour ago is not yet learnt.
APART = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Learnt:
    """A principle's questions: right when first answered, and right when last answered.

    Both scores are of the same questions: `answered` of them so far, of `asked` in the bank.
    """

    principle: str
    first: Score
    latest: Score


@dataclass(frozen=True, slots=True)
class Day:
    """The answers given on one of the learner's calendar days."""

    day: date
    answers: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the log says of a bank's present questions.

    `learnt` has every principle that has questions, in teaching order; `days` the last `DAYS`
    days, today last; `calibration` every level of confidence, unsure first. Questions and
    scenarios are ids: `sure_but_wrong` those last answered wrongly and surely, the latest first;
    `mastered` and `unseen` in teaching order. `weakest` is None while no latest answer is wrong.
    """

    answers: int
    learnt: tuple[Learnt, ...]
    days: tuple[Day, ...]
    calibration: Mapping[Confidence, Score]
    sure_but_wrong: tuple[str, ...]
    mastered: tuple[str, ...]
    unseen: tuple[str, ...]
    weakest: Learnt | None


class Step(StrEnum):
    """What a learner does best next."""

    CONTINUE = "continue"
    BEGIN = "begin"
    REVIEW = "review"
    SURE_BUT_WRONG = "sure-but-wrong"
    PRACTICE = "practice"
    PRINCIPLE = "principle"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything there is to say at one moment.

    `review` has one question for each scenario that is due, `next_due` is the first day on which
    one is; `retention` the share of the scenarios seen that is expected to be remembered now, 0
    to 1; both None where nothing was answered. `comparison` is None until both forms of a test
    are done.
    """

    figures: Figures
    step: Step
    review: Plan
    next_due: date | None
    retention: float | None
    comparison: forms.Comparison | None


def progress(
    bank: Bank,
    log: Sequence[Entry],
    sittings: Sequence[Sitting],
    now: datetime,
    local: Callable[[datetime], date],
    *,
    horizon: date | None = None,
    unfinished: bool = False,
) -> Progress:
    """What the log says at `now` (aware); the order of its entries does not matter.

    `sittings` are the tests in it: what was answered in one that is not finished counts once it
    is, since until then nothing may tell right from wrong. `local` names the learner's calendar
    day, `horizon` the day to be ready by; `unfinished` says whether a session can be continued.
    """
    entries = present(bank, forms.settled(log, sittings))
    found = figures(bank, entries, now, local)
    standings = review.standings(bank, entries, now, local, horizon)
    due = review.due(standings, local(now))
    return Progress(
        found,
        next_step(found, unfinished=unfinished, due=len(due), mark=bank.manifest.pass_mark),
        review.plan(bank, entries, due, forms.reserved(bank, sittings)),
        review.next_due(standings),
        retention(standing.retrievability for standing in standings),
        forms.compare(log, sittings),
    )


def figures(
    bank: Bank, entries: Sequence[Entry], now: datetime, local: Callable[[datetime], date]
) -> Figures:
    """The figures at `now` (aware).

    `entries` are as `history.present` gives them for this bank; `local` names the calendar day
    on which the learner lives a moment.
    """
    first: dict[str, Entry] = {}
    latest: dict[str, Entry] = {}
    # Since when each question has been answered rightly, without a wrong answer after it.
    since: dict[str, datetime] = {}
    for entry in entries:
        question = entry.question
        first.setdefault(question, entry)
        latest[question] = entry
        if entry.given != entry.expected:
            since.pop(question, None)
        elif question not in since:
            since[question] = entry.at
    learnt = tuple(_learnt(bank, first, latest))
    return Figures(
        answers=len(entries),
        learnt=learnt,
        days=_days(entries, now, local),
        calibration=_calibration(entries),
        sure_but_wrong=_sure_but_wrong(latest),
        mastered=_mastered(bank, latest, since),
        unseen=tuple(
            s.id for s in bank.scenarios if latest.keys().isdisjoint(q.id for q in s.questions)
        ),
        weakest=_weakest(learnt),
    )


def next_step(figures: Figures, *, unfinished: bool, due: int, mark: float) -> Step:
    """What to do next: the first of these that there is to do.

    `unfinished` says whether a session waits to be continued, `due` how many scenarios are to be
    reviewed; `mark` is the share that passes, 0 to 1.
    """
    weakest = figures.weakest
    rules = (
        (unfinished, Step.CONTINUE),
        (not figures.answers, Step.BEGIN),
        (due > 0, Step.REVIEW),
        (bool(figures.sure_but_wrong), Step.SURE_BUT_WRONG),
        (bool(figures.unseen), Step.PRACTICE),
        (weakest is not None and not weakest.latest.passes(mark), Step.PRINCIPLE),
    )
    return next((step for holds, step in rules if holds), Step.REST)


def retention(retrievabilities: Iterable[float]) -> float | None:
    """The share of the scenarios seen that is expected to be remembered now; None without any.

    The mean of the retrievability of each, 0 to 1 (FSRS: the probability of recall).
    """
    all = tuple(retrievabilities)
    return sum(all) / len(all) if all else None


def correction(figures: Figures) -> Plan:
    """A session of exactly the questions last answered wrongly and surely."""
    return Plan(Kind.SURE_BUT_WRONG, "", figures.sure_but_wrong)


def _learnt(
    bank: Bank, first: Mapping[str, Entry], latest: Mapping[str, Entry]
) -> Iterable[Learnt]:
    for principle in bank.principles:
        own = [q.id for s in bank.scenarios if s.principle == principle for q in s.questions]
        if not own:
            continue
        known = [id for id in own if id in latest]
        scores = (
            Score(sum(attempts[id].right for id in known), len(known), len(own))
            for attempts in (first, latest)
        )
        yield Learnt(principle, *scores)


def _weakest(learnt: Iterable[Learnt]) -> Learnt | None:
    wanting = [one for one in learnt if one.latest.right < one.latest.answered]
    return min(wanting, key=lambda one: one.latest.share, default=None)


def _days(
    entries: Sequence[Entry], now: datetime, local: Callable[[datetime], date]
) -> tuple[Day, ...]:
    today = local(now)
    # Before the first of these days begins, wherever that is.
    begin = now - timedelta(days=DAYS)
    count: Counter[date] = Counter()
    for entry in reversed(entries):
        if entry.at < begin:
            break
        count[local(entry.at)] += 1
    days = [today - timedelta(days=ago) for ago in reversed(range(DAYS))]
    return tuple(Day(day, count[day]) for day in days)


def _calibration(entries: Sequence[Entry]) -> dict[Confidence, Score]:
    given: Counter[tuple[Confidence, bool]] = Counter(
        (entry.confidence, entry.given == entry.expected)
        for entry in entries
        if entry.confidence is not None
    )
    scores = {}
    for level in Confidence:
        answered = given[level, True] + given[level, False]
        scores[level] = Score(given[level, True], answered, answered)
    return scores


def _sure_but_wrong(latest: Mapping[str, Entry]) -> tuple[str, ...]:
    wrong = [
        entry
        for entry in latest.values()
        if entry.confidence is Confidence.SURE and not entry.right
    ]
    wrong.sort(key=lambda entry: (entry.at, entry.session, entry.question), reverse=True)
    return tuple(entry.question for entry in wrong)


def _mastered(
    bank: Bank, latest: Mapping[str, Entry], since: Mapping[str, datetime]
) -> tuple[str, ...]:
    """Scenarios whose every question was right at its last two showings."""
    firm = {id for id, begin in since.items() if latest[id].at - begin >= APART}
    return tuple(s.id for s in bank.scenarios if firm.issuperset(q.id for q in s.questions))
