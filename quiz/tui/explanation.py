"""What a learner reads: the question, and after the answer verdict, why, and the source's words."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from textual.content import Content

from quiz import wording
from quiz.i18n import _
from quiz.models import Bank, Citation, Question, Scenario, Verdict
from quiz.session import Answer
from quiz.tui.desk import Desk
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


def reasons(
    bank: Bank, question: Question, language: str, withheld: str | None = None
) -> Iterator[Block]:
    """Why, the source's words, what instead, the contrast, the law: always in this order.

    Where the contrasting act is not to be given away, `withheld` says why in its place.
    """
    yield Block(Content(question.explanation.say(language)))
    for citation in question.citations:
        yield indented(_quote(bank, citation, language), "  ")
    if question.instead:
        yield labelled(_("Instead"), question.instead.say(language))
    if question.contrast:
        contrast = withheld or _contrast(bank, question.contrast, language)
        yield labelled(_("Contrast"), contrast)
    if question.laws:
        yield labelled(_("Law"), _laws(bank, question, language))


def _quote(bank: Bank, citation: Citation, language: str) -> Content:
    parts: list[tuple[str, str]] = [(f"“{citation.quote}”", "italic")]
    if language in citation.gloss:
        parts.append((f"\n{citation.gloss[language]}", ""))
    parts.append((f"\n{wording.credit(bank.sources[citation.source])}", "$text-muted"))
    return Content.assemble(*parts)


def _contrast(bank: Bank, contrast: str, language: str) -> Content:
    other = bank.question[contrast]
    sign, word = wording.SIGNS[other.verdict], wording.verdict(other.verdict)
    return Content.assemble(
        other.act.say(language), "  ", (f"{sign} {word}", STYLES[other.verdict])
    )


def _laws(bank: Bank, question: Question, language: str) -> Content:
    references = [bank.laws[id] for id in question.laws]
    lines = "\n".join(wording.law(reference, language) for reference in references)
    return Content.assemble(lines, "\n", (wording.laws_checked(references), "$text-muted"))


@dataclass(frozen=True)
class Sheet:
    """What may be shown of a question, set once."""

    question: Question
    scenario: Scenario
    head: tuple[Block, Block]
    act: Block
    reasons: list[Block]

    @classmethod
    def of(cls, desk: Desk, question: Question, to_come: Collection[str]) -> "Sheet":
        """The sheet of a question after which a session asks those `to_come`."""
        bank, language = desk.bank, desk.language
        home = bank.home_of[question.id]
        withheld = wording.withheld(question, to_come, desk.reserved)
        return cls(
            question,
            home,
            scenario(home, language),
            act(question, language),
            [*reasons(bank, question, language, withheld)],
        )
