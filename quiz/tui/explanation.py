"""What a learner reads: the question, and after the answer verdict, why, and the source's words."""

from collections.abc import Iterator

from textual.content import Content

from quiz import wording
from quiz.i18n import _
from quiz.models import Bank, Citation, Question, Scenario, Verdict
from quiz.session import Answer
from quiz.tui.page import Block, indented, labelled

STYLES = {Verdict.NEUTRAL: "$neutral", Verdict.NOT_NEUTRAL: "$not-neutral"}


def scenario(of: Scenario, language: str) -> tuple[Block, Block]:
    """The title, and the situation."""
    title = Block(Content.styled(of.title.say(language), "bold"))
    return title, Block(Content(of.situation.say(language)))


def act(question: Question, language: str) -> Block:
    """What is to be judged."""
    return indented(Content(question.act.say(language)), "▌ ", "$accent")


def outcome(answer: Answer) -> Block:
    """Whether the answer was right, in word and sign, and what the verdict is."""
    sign = "✓" if answer.right else "✕"
    style = f"bold {STYLES[answer.expected]}"
    return Block(Content.styled(f"{sign} {wording.outcome(answer)}", style))


def reasons(bank: Bank, question: Question, language: str, *, spoil: bool) -> Iterator[Block]:
    """Why, the source's words, what instead, the contrast, the law: always in this order.

    Without `spoil` the contrasting act is announced but not shown, since it is still to be judged
    in this session.
    """
    yield Block(Content(question.explanation.say(language)))
    for citation in question.citations:
        yield indented(_quote(bank, citation, language), "  ")
    if question.instead:
        yield labelled(_("Instead"), question.instead.say(language))
    if question.contrast:
        yield labelled(_("Contrast"), _contrast(bank, question.contrast, language, spoil=spoil))
    if question.laws:
        yield labelled(_("Law"), _laws(bank, question, language))


def _quote(bank: Bank, citation: Citation, language: str) -> Content:
    parts: list[tuple[str, str]] = [(f"“{citation.quote}”", "italic")]
    if language in citation.gloss:
        parts.append((f"\n{citation.gloss[language]}", ""))
    parts.append((f"\n{wording.credit(bank.sources[citation.source])}", "$text-muted"))
    return Content.assemble(*parts)


def _contrast(bank: Bank, contrast: str, language: str, *, spoil: bool) -> Content:
    if not spoil:
        return Content(_("A contrasting act is still to come in this session."))
    other = bank.question[contrast]
    sign, word = wording.SIGNS[other.verdict], wording.verdict(other.verdict)
    return Content.assemble(
        other.act.say(language), "  ", (f"{sign} {word}", STYLES[other.verdict])
    )


def _laws(bank: Bank, question: Question, language: str) -> Content:
    references = [bank.laws[id] for id in question.laws]
    lines = "\n".join(wording.law(reference, language) for reference in references)
    return Content.assemble(lines, "\n", (wording.laws_checked(references), "$text-muted"))
