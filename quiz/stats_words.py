"""The figures in words, for the screen and the command alike. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from quiz import wording
from quiz.forms import Comparison
from quiz.i18n import _, n_
from quiz.models import Bank, Confidence
from quiz.session import Score
from quiz.stats import Day, Figures, Learnt, Progress, Step

# Cells: two numbers of a score, and how long a bar beside them may be.
_SCORE = 5
_BARS = range(4, 11)


def day(value: date) -> str:
    """A day as it is said: 27 November 2026."""
    return wording.date(value.isoformat())


def short_day(value: date) -> str:
    """A day as short as it can be said: 27 Nov."""
    number, month, _year = day(value).split()
    return f"{number} {month[:3]}"


def percent(share: float) -> str:
    """A share from 0 to 1 as it is said: 83%."""
    return f"{round(share * 100)}%"


def next_line(bank: Bank, progress: Progress, language: str) -> str:
    """What to do next, and why."""
    figures = progress.figures
    match progress.step:
        case Step.CONTINUE:
            return _("Go on with the session that you left.")
        case Step.BEGIN:
            return _("Begin with a first practice.")
        case Step.REVIEW:
            number = len(progress.review.deck)
            words = n_(
                "Review: {number} scenario is due.", "Review: {number} scenarios are due.", number
            )
            return words.format(number=number)
        case Step.SURE_BUT_WRONG:
            number = len(figures.sure_but_wrong)
            words = n_(
                "Judge {number} act again: you were sure, but wrong.",
                "Judge {number} acts again: you were sure, but wrong.",
                number,
            )
            return words.format(number=number)
        case Step.PRACTICE:
            number = len(figures.unseen)
            words = n_(
                "Quick practice: {number} scenario is new to you.",
                "Quick practice: {number} scenarios are new to you.",
                number,
            )
            return words.format(number=number)
        case Step.PRINCIPLE if figures.weakest:
            name = bank.principles[figures.weakest.principle].name.say(language)
            return _("Practise your weakest principle: {name}.").format(name=name)
    return " ".join([_("You are up to date."), wording.nothing_due(progress.next_due)])


def table(bank: Bank, learnt: Sequence[Learnt], language: str, width: int) -> tuple[str, list[str]]:
    """Head and rows of a table of principles, within `width` cells; with bars as room allows."""
    names = [bank.principles[one.principle].name.say(language) for one in learnt]
    heads = [_("Principle"), _("First"), _("Latest"), _("Asked")]
    name = max(map(len, [heads[0], *names]))
    bar = (width - name - 3 * (_SCORE + 2)) // 2 - 1
    bar = min(bar, _BARS[-1]) if bar >= _BARS[0] else 0
    score = bar + 1 + _SCORE if bar else max(_SCORE, *map(len, heads[1:3]))
    widths = [min(name, width - 2 * (score + 2) - _SCORE - 2), score, score, _SCORE]
    if not bar:
        heads[1:3] = [head.rjust(score) for head in heads[1:3]]
    rows = []
    for one, own in zip(learnt, names, strict=True):
        cells = [_score(one.first, bar).rjust(score), _score(one.latest, bar).rjust(score)]
        rows.append(_row([own, *cells, f"{one.latest.answered}/{one.latest.asked}"], widths))
    return _row(heads, widths), rows


def weakest_line(bank: Bank, figures: Figures, language: str) -> str | None:
    """The principle with the lowest share; None while none is known."""
    if figures.weakest is None:
        return None
    return _("Weakest: {name}, {right} of {answered} right.").format(
        name=bank.principles[figures.weakest.principle].name.say(language),
        right=figures.weakest.latest.right,
        answered=figures.weakest.latest.answered,
    )


def days_line(days: Sequence[Day]) -> str:
    """How much was practised on `days`."""
    practised = [one for one in days if one.answers]
    if not practised:
        return _("No answers in the last four weeks.")
    total = sum(one.answers for one in practised)
    best = max(practised, key=lambda one: one.answers)
    answers = n_("{number} answer", "{number} answers", total).format(number=total)
    on = n_("on {number} day", "on {number} days", len(practised)).format(number=len(practised))
    return _("{answers} {on}; the most in a day: {most}, on {date}.").format(
        answers=answers, on=on, most=best.answers, date=day(best.day)
    )


def memory_lines(progress: Progress, scenarios: int) -> Iterator[str]:
    """What is expected to be remembered of the `scenarios` practised, and the next review."""
    if progress.retention is not None:
        words = n_(
            "You are expected to remember about {share} of the {number} scenario practised.",
            "You are expected to remember about {share} of the {number} scenarios practised.",
            scenarios,
        )
        yield words.format(share=percent(progress.retention), number=scenarios)
    yield next_review(progress)


def next_review(progress: Progress) -> str:
    """What is due today, else when something will be."""
    if number := len(progress.review.deck):
        words = n_("{number} scenario is due today.", "{number} scenarios are due today.", number)
        return words.format(number=number)
    return wording.nothing_due(progress.next_due)


def calibration_lines(calibration: Mapping[Confidence, Score]) -> Iterator[str]:
    """How often one was right at each level of confidence."""
    if not any(score.answered for score in calibration.values()):
        yield _("Netral has not asked how sure you are; the settings can have it ask.")
        return
    names = [wording.confidence(level) for level in calibration]
    numbers = [f"{score.right}/{score.answered}" for score in calibration.values()]
    for name, number, score in reversed([*zip(names, numbers, calibration.values(), strict=True)]):
        cells = (name.ljust(max(map(len, names))), wording.bar(score.share, _BARS[-1]))
        share = _("{share} right").format(share=percent(score.share)) if score.answered else "–"
        yield "  ".join([*cells, number.rjust(max(map(len, numbers))), share])


def none_sure_but_wrong() -> str:
    """That nothing is to be put right of what one was sure about."""
    return _("Nothing that you were sure about was wrong the last time.")


def mastered_line(bank: Bank, figures: Figures) -> str:
    """How many scenarios are mastered, and what that means."""
    return _(
        "{number} of {total}: every act judged rightly at its last two showings, days apart."
    ).format(number=len(figures.mastered), total=len(bank.scenarios))


def comparison_lines(comparison: Comparison | None) -> Iterator[str]:
    """What the matched test says of training, and how sure one can be of it."""
    if comparison is None:
        yield _("Forms A and B, taken before and after training, show here what you have learnt.")
        return
    before, after = comparison.before, comparison.after
    yield _(
        "{before} before, {after} after: {difference} points. With so few questions the "
        "difference may really be anything from {low} to {high} points."
    ).format(
        before=wording.result(before),
        after=wording.result(after),
        difference=_points(comparison.difference),
        low=_points(comparison.low),
        high=_points(comparison.high),
    )
    if number := comparison.left_out:
        words = n_(
            "{number} act of form B is left out: you met it in between.",
            "{number} acts of form B are left out: you met them in between.",
            number,
        )
        yield words.format(number=number)


def to_come() -> Iterator[str]:
    """What there will be to see, for somebody who has answered nothing yet."""
    yield _("how many acts you judged rightly, at first and later")
    yield _("how much you practised, day by day")
    yield _("how much you remember, and when to review")
    yield _("what you were sure about but got wrong")
    yield _("the scenarios you have mastered")
    yield _("the test before and after training")


def _points(share: float) -> str:
    """A difference of shares in points of a hundred, with its sign."""
    number = round(share * 100)
    return f"−{-number}" if number < 0 else f"+{number}" if number else "0"


def _score(score: Score, bar: int) -> str:
    """A score as a bar of `bar` cells and its numbers; without a bar as the numbers alone."""
    numbers = (f"{score.right}/{score.answered}" if score.answered else "–").rjust(_SCORE)
    return f"{wording.bar(score.share, bar)} {numbers}" if bar else numbers


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    cut = [
        cell if len(cell) <= width else cell[: width - 1] + "…"
        for cell, width in zip(cells, widths, strict=True)
    ]
    *others, last = [cell.ljust(width) for cell, width in zip(cut, widths, strict=True)]
    return "  ".join([*others, last.strip().rjust(widths[-1])])
