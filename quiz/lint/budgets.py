"""Lengths, and what each scenario needs. Pure."""

from collections.abc import Iterator

from quiz.i18n import _, n_
from quiz.lint.acts import length
from quiz.lint.finding import Finding, file_of
from quiz.models import Bank, Scenario, Text

SITUATION, ACT, EXPLANATION = 90, 45, 80
SHORTEST_QUOTE, LONGEST_QUOTE = 5, 40

Loc = tuple[str | int, ...]


def budgets(bank: Bank) -> Iterator[Finding]:
    """Texts, in each of their languages, and quotes that are too long or too short, in words."""
    for scenario in bank.scenarios:
        file = file_of(scenario)
        yield from _too_long(file, ("situation",), scenario.situation, SITUATION)
        for number, question in enumerate(scenario.questions):
            at: Loc = ("questions", number)
            yield from _too_long(file, (*at, "act"), question.act, ACT)
            yield from _too_long(file, (*at, "explanation"), question.explanation, EXPLANATION)
            for index, citation in enumerate(question.citations):
                words = length(citation.quote)
                if not SHORTEST_QUOTE <= words <= LONGEST_QUOTE:
                    yield _quote_length(file, (*at, "citations", index, "quote"), words)


def _too_long(file: str, at: Loc, text: Text, most: int) -> Iterator[Finding]:
    for language, line in text.root.items():
        words = length(line)
        if words > most:
            yield Finding(
                file,
                (*at, language),
                "text-too-long",
                _("“{key}” has {number} words in language “{language}”, {most} at most.").format(
                    key=at[-1], number=words, language=language, most=most
                ),
                _("Leave out what the verdict does not need."),
            )


def _quote_length(file: str, at: Loc, words: int) -> Finding:
    return Finding(
        file,
        at,
        "quote-length",
        n_(
            "The quote has {number} word, not {least} to {most}.",
            "The quote has {number} words, not {least} to {most}.",
            words,
        ).format(number=words, least=SHORTEST_QUOTE, most=LONGEST_QUOTE),
        _("Quote the shortest run of words that carries the explanation, usually a clause."),
    )


def pairs(scenario: Scenario) -> int:
    """How many pairs of contrasting questions a scenario has."""
    return sum(question.contrast is not None for question in scenario.questions) // 2


def unpaired(bank: Bank) -> Iterator[Finding]:
    """Scenarios without a pair."""
    for scenario in bank.scenarios:
        if not pairs(scenario):
            yield Finding(
                file_of(scenario),
                ("questions",),
                "no-pair",
                _("No two questions of this scenario form a pair."),
                _(
                    "Change one fact of an act so that its verdict flips, and join the two with "
                    "“contrast”."
                ),
            )
