"""Whether the languages of a bank say as much as each other. Pure."""

from collections.abc import Iterator

from quiz.i18n import _
from quiz.lint.acts import length
from quiz.lint.finding import Finding, file_of
from quiz.models import Bank, Scenario, Text

# Of shorter texts a single word changes the ratio too much.
_FROM_WORDS = 20
_FROM_TEXTS = 20
# The 355 texts of twenty words or more in the bundled bank lie from 0.74 to 1.12 times their median
# of 1.21 English words for one Indonesian word. Where a whole sentence is missing, it is more.
APART = 1.5


def parity(bank: Bank) -> Iterator[Finding]:
    """Texts much longer in one language than in the bank's first.

    Languages differ in how many words they take. So each ratio of words is held against the median
    ratio of the same two languages in the bank itself, and only where that has something to say.
    """
    first, *others = bank.manifest.languages
    for other in others:
        ratios = [
            (ratio, scenario, text)
            for scenario in bank.scenarios
            for text in _texts(scenario)
            if (ratio := _ratio(text, first, other))
        ]
        if len(ratios) < _FROM_TEXTS:
            continue
        usual = sorted(ratio for ratio, _scenario, _text in ratios)[len(ratios) // 2]
        for ratio, scenario, text in ratios:
            if not usual / APART <= ratio <= usual * APART:
                yield _uneven(scenario, text, (first, other), usual)


def _texts(scenario: Scenario) -> list[Text]:
    found = [scenario.situation]
    for question in scenario.questions:
        found += (question.act, question.explanation)
        found += (text for text in (question.instead, question.discussion) if text)
    return found


def _ratio(text: Text, first: str, other: str) -> float:
    """Words in `other` for a word in `first`; 0 where there are too few to tell."""
    ours, theirs = length(text.root[first]), length(text.root[other])
    return theirs / ours if max(ours, theirs) >= _FROM_WORDS else 0.0


def _uneven(scenario: Scenario, text: Text, languages: tuple[str, str], usual: float) -> Finding:
    first, other = languages
    at = _place(scenario, text)
    ours, theirs = length(text.root[first]), length(text.root[other])
    return Finding(
        file_of(scenario),
        (*at, other),
        "uneven-languages",
        _(
            "“{key}” has {ours} words in language “{first}” and {theirs} in “{other}”; by this "
            "bank's other texts there would be about {usual}."
        ).format(
            key=at[-1],
            ours=ours,
            first=first,
            theirs=theirs,
            other=other,
            usual=round(ours * usual),
        ),
        _("Read both side by side: the same facts, nothing added, nothing left out."),
    )


def _place(scenario: Scenario, text: Text) -> tuple[str | int, ...]:
    for number, question in enumerate(scenario.questions):
        for key in ("act", "explanation", "instead", "discussion"):
            if getattr(question, key) is text:
                return ("questions", number, key)
    return ("situation",)
