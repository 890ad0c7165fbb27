"""The report of a room as tables for those who must file something. Pure."""

from collections.abc import Iterator

from quiz import wording
from quiz.i18n import _
from quiz.models import Bank, Question, Verdict
from quiz.report import Judged, Occasion, Report, RoundFigures, Split
from quiz.room import Room
from quiz.sheets import Cell, Column, Table


def summary(report: Report, occasion: Occasion, bank: Bank, language: str) -> Table:
    """The room in one row."""
    columns = (
        Column("number", _("Number")),
        Column("code", _("Code")),
        Column("date", _("Date")),
        Column("bank", _("Question bank")),
        Column("participants", _("Participants")),
        Column("revealed", _("Questions revealed")),
        Column("asked", _("Questions in all")),
        Column("finished", _("Finished")),
    )
    row = (
        occasion.number,
        occasion.code,
        occasion.day,
        bank.manifest.title.say(bank.speaks(language)),
        report.participants,
        len(report.judged),
        report.asked,
        _("yes") if report.done else _("no"),
    )
    return Table(_("Group session"), columns, [row])


def rounds(report: Report, bank: Bank, language: str) -> Table:
    """A row for each round on each question that was revealed.

    Where fewer than five voted, the cells of the two verdicts are empty.
    """
    columns = (
        Column("number", _("No.")),
        Column("question", _("Id")),
        Column("principle", _("Principle")),
        Column("scenario", _("Scenario")),
        Column("act", _("Act")),
        Column("verdict", _("Verdict")),
        Column("round", _("Round")),
        Column("present", _("Present with a phone")),
        Column("phones", _("Votes by phone")),
        Column("hands", _("Raised hands")),
        Column("neutral", _("Neutral")),
        Column("not_neutral", _("Not neutral")),
        Column("phones_neutral", _("By phone: neutral")),
        Column("phones_not_neutral", _("By phone: not neutral")),
        Column("hands_neutral", _("Hands: neutral")),
        Column("hands_not_neutral", _("Hands: not neutral")),
        Column("right", _("Share right"), share=True),
    )
    speech = bank.speaks(language)
    rows = [
        (*_named(one, bank, speech), *_counts(figures, one.question))
        for one in report.judged
        for figures in one.rounds
    ]
    return Table(_("Questions"), columns, rows)


def _named(one: Judged, bank: Bank, language: str) -> Iterator[Cell]:
    yield from (one.number, one.id)
    if one.question is None:
        yield from (None, None, None, None)
        return
    scenario = bank.home_of[one.id]
    yield wording.principle_of(bank, scenario, language)
    yield scenario.title.say(language)
    yield one.question.act.say(language)
    yield wording.verdict(one.question.verdict)


def _counts(figures: RoundFigures, question: Question | None) -> Iterator[Cell]:
    yield from (figures.round, figures.present, figures.phones, figures.hands)
    for split in (figures.together, figures.by_phone, figures.by_hands):
        yield from _pair(split)
    right = figures.together.share(question.verdict) if figures.together and question else None
    yield None if right is None else _share(right)


def _pair(split: Split | None) -> tuple[Cell, Cell]:
    return (split.neutral, split.not_neutral) if split else (None, None)


def principles(report: Report, bank: Bank, language: str) -> Table:
    """A row for each principle of which something can be said."""
    columns = (
        Column("principle", _("Principle")),
        Column("questions", _("Questions")),
        Column("votes", _("Votes")),
        Column("right_votes", _("Right votes")),
        Column("right", _("Share right"), share=True),
    )
    speech = bank.speaks(language)
    rows = [
        (one.principle.name.say(speech), one.questions, one.votes, one.right, _share(one.share))
        for one in report.principles
    ]
    return Table(_("Principles"), columns, rows)


def people(room: Room, bank: Bank) -> Table:
    """A row for each participant: the name, the score, and the last vote on each question.

    Only for a room whose participants were told, when they joined, that names may be filed.
    """
    known = [id for id in room.revealed if id in bank.question]
    columns = (
        Column("participant", _("No.")),
        Column("name", _("Name")),
        Column("team", _("Team")),
        Column("answered", _("Answered")),
        Column("right_answers", _("Right")),
        Column("right", _("Share right"), share=True),
        *(Column(id, id) for id in known),
    )
    rows = [
        (who.id, who.name, who.team, *_person(room, bank, who.id, known))
        for who in room.participants.values()
    ]
    return Table(_("People"), columns, rows)


def _person(room: Room, bank: Bank, participant: int, questions: list[str]) -> Iterator[Cell]:
    votes = {id: room.vote_of(participant, id) for id in questions}
    given: dict[str, Verdict] = {id: vote.verdict for id, vote in votes.items() if vote}
    right = sum(bank.question[id].is_right(verdict) for id, verdict in given.items())
    yield from (len(given), right, _share(right / len(given)) if given else None)
    for id in questions:
        yield wording.verdict(given[id]) if id in given else None


def _share(share: float) -> float:
    return round(share, 4)
