"""The words of every act. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from sys import intern

from quiz.models import Bank, Question, Verdict


def length(text: str) -> int:
    """How many words an author counts in a text of the bank, whose white space is folded."""
    return text.count(" ") + 1


@dataclass(slots=True)
class Act:
    """An act in one language: its words, in their order.

    A word is a run of letters, digits, hyphens and low lines, in small letters.
    """

    question: Question
    neutral: bool
    words: list[str]


@dataclass(frozen=True)
class Acts:
    """The acts of a bank in one language, by scenario."""

    language: str
    scenarios: Sequence[Sequence[Act]]

    @cached_property
    def all(self) -> Sequence[Act]:
        """Every act, in teaching order."""
        return [act for scenario in self.scenarios for act in scenario]


def acts_in(bank: Bank, language: str) -> Acts:
    """The acts of `bank` in `language`."""
    words = iter(_words(question.act.say(language) for question in bank.question.values()))
    scenarios = [
        [Act(q, q.verdict is Verdict.NEUTRAL, next(words)) for q in scenario.questions]
        for scenario in bank.scenarios
    ]
    return Acts(language, scenarios)


def _words(texts: Iterable[str]) -> list[list[str]]:
    """The words of each text."""
    # All texts at once, and each word but once in memory: both make the counting much quicker.
    page = "\n".join(texts)
    marks = {ord(sign): " " for sign in set(page) if not sign.isalnum() and sign not in "-_\n"}
    lines = page.translate(marks).lower().split("\n")
    return [list(map(intern, line.split())) for line in lines]
