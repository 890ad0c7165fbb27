"""One scenario as a reader will see it, its languages side by side. Pure."""

import textwrap
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import zip_longest

from quiz import i18n, wording
from quiz.errors import UsageError
from quiz.i18n import _
from quiz.models import Bank, Question, Scenario

# Of the terminal's columns: what a language needs to stand beside another, and the longest line
# that is easy to read.
_BESIDE = 50
_LONGEST = 72
_INDENT = "  "
_GAP = "    "

Block = Sequence[str]  # paragraphs that say one thing
Section = Sequence[Block]  # the same blocks in each language


def find(bank: Bank, id: str) -> Scenario:
    """The scenario with this id. Raises UsageError, with those of a like name, where none has."""
    if id in bank.scenario:
        return bank.scenario[id]
    like = [known for known in bank.scenario if id in known] or get_close_matches(id, bank.scenario)
    hint = _("Closest: {names}.") if like else _("It has these: {names}.")
    raise UsageError(
        _("There is no scenario “{name}” in this bank.").format(name=id),
        hint.format(names=", ".join(like or bank.scenario)),
    )


def spread(bank: Bank, scenario: Scenario, width: int) -> str:
    """All of `scenario` as plain text, its lines no longer than `width` columns.

    The languages of the bank stand side by side where each has 50 columns, else one below the
    other. Each is framed by the interface's words in that language, where it has them.
    """
    languages = bank.manifest.languages
    beside = width >= _BESIDE * len(languages)
    number = len(languages) if beside else 1
    column = (width - len(_INDENT) - len(_GAP) * (number - 1)) // number
    column = max(1, min(_LONGEST, column))
    pages = []
    for language in languages:
        with i18n.speaking(language):
            pages.append(list(_page(bank, scenario, language)))
    lines: list[str] = []
    for heading, *sections in zip(_headings(scenario), *pages, strict=True):
        lines += [*textwrap.wrap(heading, max(1, width)), ""]
        lines += (_INDENT * bool(line) + line for line in _columns(sections, column, beside))
    return "\n".join(lines).rstrip()


def _headings(scenario: Scenario) -> Iterator[str]:
    yield f"{scenario.principle}/{scenario.id}"
    for number, question in enumerate(scenario.questions, 1):
        words = _("Question {number} of {total}")
        yield f"{words.format(number=number, total=len(scenario.questions))}: {question.id}"


def _page(bank: Bank, scenario: Scenario, language: str) -> Iterator[Section]:
    principle = wording.principle_of(bank, scenario, language)
    yield (
        (scenario.title.say(language),),
        (f"{principle} · {wording.level(scenario.level)}",),
        (scenario.situation.say(language),),
    )
    for question in scenario.questions:
        yield tuple(_blocks(bank, question, language))


def _blocks(bank: Bank, question: Question, language: str) -> Iterator[Block]:
    yield (_("The act: {act}").format(act=question.act.say(language)),)
    yield (f"{wording.SIGNS[question.verdict]} {wording.verdict(question.verdict)}",)
    yield (question.explanation.say(language),)
    for citation in question.citations:
        yield tuple(wording.quoted(bank, citation, language))
    if question.instead:
        yield (_("Instead: {text}").format(text=question.instead.say(language)),)
    if question.contrast:
        other = wording.contrast(bank.question[question.contrast], language)
        yield (_("Contrast: {text}").format(text=other),)
    yield from ((law,) for law in wording.laws(bank, question, language))
    if question.discussion:
        yield (_("For the room: {text}").format(text=question.discussion.say(language)),)


def _columns(sections: Sequence[Section], column: int, beside: bool) -> Iterator[str]:
    """The lines of one section in all its languages, each block with an empty line after it."""
    if not beside:
        for section in sections:
            for block in section:
                yield from _wrapped(block, column)
        return
    for blocks in zip(*sections, strict=True):
        for cells in zip_longest(*(_wrapped(block, column) for block in blocks), fillvalue=""):
            yield _GAP.join(cell.ljust(column) for cell in cells).rstrip()


def _wrapped(block: Block, column: int) -> Iterator[str]:
    for paragraph in block:
        yield from textwrap.wrap(paragraph, column, break_on_hyphens=False)
        yield ""
