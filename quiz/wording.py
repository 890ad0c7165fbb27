"""The words and signs that every front end shares. Pure."""

import datetime
from collections.abc import Collection, Iterator, Sequence, Set

from quiz.i18n import N_, _, n_
from quiz.models import Bank, Citation, Confidence, Law, Level, Question, Scenario, Source, Verdict
from quiz.session import Answer, Kind, Score

SIGNS = {Verdict.NEUTRAL: "○", Verdict.NOT_NEUTRAL: "✕"}
_VERDICTS = {Verdict.NEUTRAL: N_("Neutral"), Verdict.NOT_NEUTRAL: N_("Not neutral")}
_CONFIDENCES = {
    Confidence.UNSURE: N_("Unsure"),
    Confidence.FAIRLY: N_("Fairly sure"),
    Confidence.SURE: N_("Sure"),
}
_LEVELS = {
    Level.BASIC: N_("Basic"),
    Level.INTERMEDIATE: N_("Intermediate"),
    Level.ADVANCED: N_("Advanced"),
}
_TITLES = {
    Kind.PRACTICE: N_("Quick practice"),
    Kind.MISSED: N_("What I missed"),
    Kind.REVIEW: N_("Review"),
    Kind.SURE_BUT_WRONG: N_("Sure but wrong"),
    Kind.ROOM: N_("From a group session"),
}
_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def verdict(value: Verdict) -> str:
    """The verdict as a word."""
    return _(_VERDICTS[value])


def confidence(value: Confidence) -> str:
    """How sure one is, in a word or two."""
    return _(_CONFIDENCES[value])


def level(value: Level) -> str:
    """The level as a word."""
    return _(_LEVELS[value])


def date(iso: str) -> str:
    """A date of one to three parts, `2020-12-24`, as it is said: 24 December 2020."""
    year, *rest = iso.split("-")
    if not rest:
        return year
    month = _(_MONTHS[int(rest[0]) - 1])
    return " ".join([str(int(part)) for part in rest[1:]] + [month, year])


def nothing_due(next: datetime.date | None) -> str:
    """That there is nothing to review today, and the day on which there will be, if any."""
    if next is None:
        return _("Nothing to review yet: what you practise comes back here.")
    return _("Nothing is due today. The next review is on {date}.").format(date=date(str(next)))


def credit(source: Source) -> str:
    """Author, title, publisher and date, as far as the source says them."""
    title = f"“{source.title}”" if source.title else None
    known = (source.author, title, source.publisher, date(source.published))
    return ", ".join(part for part in known if part)


def outcome(answer: Answer) -> str:
    """Whether the answer was right, and what the verdict is."""
    neutral = answer.expected is Verdict.NEUTRAL
    if answer.right:
        return _("Right: neutral.") if neutral else _("Right: not neutral.")
    return _("Not quite: this is neutral.") if neutral else _("Not quite: this is not neutral.")


def quoted(bank: Bank, citation: Citation, language: str) -> Iterator[str]:
    """A quote with its source, and our translation where there is one."""
    yield _("The source says: “{quote}” ({credit})").format(
        quote=citation.quote, credit=credit(bank.sources[citation.source])
    )
    if language in citation.gloss:
        yield _("In translation: {gloss}").format(gloss=citation.gloss[language])


def contrast(other: Question, language: str) -> str:
    """The act that a question forms a pair with, and its verdict."""
    return f"{other.act.say(language)} {verdict(other.verdict)}."


def withheld(question: Question, to_come: Collection[str], reserved: Set[str]) -> str | None:
    """Why the contrast of a question is announced but not shown, None where it may be.

    `to_come` is what this session still asks, `reserved` what is kept for a test: an act that is
    yet to be judged is not given away.
    """
    if question.contrast in to_come:
        return _("A contrasting act is still to come in this session.")
    if question.contrast in reserved:
        return _("The contrasting act is kept for your test.")
    return None


def laws(bank: Bank, question: Question, language: str) -> Iterator[str]:
    """The laws beside a verdict, and how current they are."""
    references = [bank.laws[id] for id in question.laws]
    for reference in references:
        yield _("Law: {text}").format(text=law(reference, language))
    if references:
        yield laws_checked(references)


def law(reference: Law, language: str) -> str:
    """A legal reference with what it says, in our words."""
    return f"{reference.name}, {reference.article}: {reference.paraphrase.say(language)}"


def laws_checked(references: Sequence[Law]) -> str:
    """How current the references are, by the one checked longest ago."""
    oldest = min(reference.checked for reference in references)
    return _("The law in force, as checked in {month}.").format(month=date(oldest))


def title(bank: Bank, kind: Kind, subject: str, language: str) -> str:
    """What a session is called. A subject the bank no longer has is called by its id."""
    if kind is Kind.SCENARIO:
        scenario = bank.scenario.get(subject)
        return scenario.title.say(language) if scenario else subject
    if kind is Kind.PRINCIPLE:
        principle = bank.principles.get(subject)
        return principle.name.say(language) if principle else subject
    if kind is Kind.LEVEL:
        return _("Level: {level}").format(level=level(Level(subject)))
    if kind is Kind.TEST:
        return _("Test {form}").format(form=subject)
    return _(_TITLES[kind])


def principle_of(bank: Bank, scenario: Scenario, language: str) -> str:
    """The name of a scenario's principle."""
    return bank.principles[scenario.principle].name.say(language)


def tally(score: Score) -> str:
    """The score so far, short."""
    return _("Right {right}/{answered}").format(right=score.right, answered=score.answered)


def result(score: Score) -> str:
    """The score of a finished session."""
    if not score.answered:
        return _("Nothing answered")
    return _("{right} of {answered} right").format(right=score.right, answered=score.answered)


def pass_line(score: Score, mark: float) -> str:
    """Whether the score reaches the pass mark, and what that is."""
    words = _("Passed (mark {mark}%)") if score.passes(mark) else _("Below the mark of {mark}%")
    return words.format(mark=round(mark * 100))


def bar(share: float, width: int) -> str:
    """A share from 0 to 1 as a line of `width` cells that needs no colour."""
    filled = round(max(0.0, min(1.0, share)) * width)
    if filled >= width:
        return "━" * width
    return "━" * filled + "╺" + "─" * (width - filled - 1) if filled else "─" * width


def extent(questions: int, people: int) -> str:
    """How much a room has talked about, and how many took part, unless all raised hands."""
    asked = n_("{number} question explained", "{number} questions explained", questions)
    here = n_("{number} participant", "{number} participants", people)
    parts = [asked.format(number=questions), *([here.format(number=people)] if people else [])]
    return " · ".join(parts)


def so_far(score: Score) -> str:
    """One's own score beneath that of the room, from which it is to be told apart."""
    return _("Your result so far: {result}").format(result=result(score))
