"""Whether an act tells its verdict by how long it is, or by its words. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import exp, lgamma, log

from quiz.i18n import _
from quiz.lint.acts import Act, Acts, length
from quiz.lint.finding import MANIFEST, Finding, some
from quiz.lint.guess import Counts, WordCounter

# Of so many acts a coin guesses 50% with a standard deviation of 5 points, and acts whose lengths
# differ by a fifth have means that differ by 4%: below it, the bounds would be crossed by chance.
FIGURES_FROM = 100
LENGTH_GAP = 0.10
GUESSED = 60  # per cent
# A word tells something only where it comes up often, and not in one story alone.
WORD_ACTS = 10
WORD_SCENARIOS = 5
CHANCE = 0.05
# Of each language; whoever mends these finds the next.
_MOST_WORDS = 10


def giveaways(spoken: Sequence[Acts]) -> Iterator[Finding]:
    """Lengths, words and the word counter's figure, of the acts in each language of the bank."""
    for number, acts in enumerate(spoken):
        if len(acts.all) < FIGURES_FROM:
            continue
        at = ("languages", number)
        yield from _length_gap(acts, at)
        counter = WordCounter(acts)
        yield from islice(_telling(acts, counter.whole, at), _MOST_WORDS)
        yield from _guessable(acts.language, counter, at)


def mean_length(acts: Acts, neutral: bool) -> float:
    """The mean number of words of the neutral acts, or of the others; 0 where there are none."""
    lengths = [
        length(act.question.act.say(acts.language)) for act in acts.all if act.neutral is neutral
    ]
    return sum(lengths) / len(lengths) if lengths else 0.0


def _length_gap(acts: Acts, at: tuple[str, int]) -> Iterator[Finding]:
    neutral, other = mean_length(acts, True), mean_length(acts, False)
    if not min(neutral, other) or max(neutral, other) <= (1 + LENGTH_GAP) * min(neutral, other):
        return
    message = _(
        "In “{language}” neutral acts have {neutral} words on average, the others {other}: they "
        "differ by more than {percent}%."
    ).format(
        language=acts.language,
        neutral=round(neutral, 1),
        other=round(other, 1),
        percent=round(LENGTH_GAP * 100),
    )
    help = _("Shorten acts of the longer kind, or tell more in the others.")
    yield Finding(MANIFEST, at, "act-length-gap", message, help)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, and in how many neutral and other acts it stands."""

    word: str
    neutral: int
    other: int

    @property
    def acts(self) -> int:
        return self.neutral + self.other


def _telling(acts: Acts, whole: Counts, at: tuple[str, int]) -> Iterator[Finding]:
    """Words from whose presence alone a verdict is guessed right in more than `GUESSED` per cent.

    Chance is kept out by a two-sided binomial test against the bank's own share of neutral acts;
    its level is shared among all words tested (Bonferroni), so that of twenty banks in which no
    word tells anything at most one is warned of some word.
    """
    words = {word for word in (*whole.neutral, *whole.other) if isinstance(word, str)}
    counted = (
        _Word(word, whole.neutral.get(word, 0), whole.other.get(word, 0)) for word in sorted(words)
    )
    tested = [word for word in counted if word.acts >= WORD_ACTS]
    tested.sort(key=lambda word: abs(word.neutral - word.other), reverse=True)
    neutral_share = whole.neutral_acts / len(acts.all)
    for word in tested:
        if _tells(word, neutral_share, CHANCE / len(tested)):
            homes = sum(_stands_in(word, scenario) for scenario in acts.scenarios)
            if homes >= WORD_SCENARIOS:
                yield _telling_word(acts, word, at)


def _tells(word: _Word, neutral_share: float, level: float) -> bool:
    """Whether to guess by `word` alone is right often, and not by chance."""
    most, share = max((word.neutral, neutral_share), (word.other, 1 - neutral_share))
    often = 100 * most > GUESSED * word.acts
    return often and 2 * _tail(most, word.acts, share) <= level


def _stands_in(word: _Word, scenario: Sequence[Act]) -> bool:
    return any(word.word in act.words for act in scenario)


def _telling_word(acts: Acts, word: _Word, at: tuple[str, int]) -> Finding:
    message = _(
        "In “{language}” the word “{word}” stands in {neutral} neutral acts and in {other} others."
    ).format(
        language=acts.language,
        word=word.word,
        neutral=word.neutral,
        other=word.other,
    )
    common = word.neutral > word.other
    holders = [a.question.id for a in acts.all if a.neutral is common and word.word in a.words]
    help = _(
        "Say it otherwise in some of these, or use it in acts of the other verdict too: {ids}."
    )
    help = help.format(ids=some(holders))
    return Finding(MANIFEST, at, "telling-word", message, help)


def _tail(least: int, number: int, share: float) -> float:
    """The chance that `least` or more of `number` draws succeed, each with the chance `share`."""
    if not 0 < share < 1:
        return 1.0
    whole = lgamma(number + 1)
    return sum(
        exp(
            whole
            - lgamma(hits + 1)
            - lgamma(number - hits + 1)
            + hits * log(share)
            + (number - hits) * log(1 - share)
        )
        for hits in range(least, number + 1)
    )


def _guessable(language: str, counter: WordCounter, at: tuple[str, int]) -> Iterator[Finding]:
    found = counter.guess()
    if found.percent <= GUESSED:
        return
    message = _(
        "In “{language}” a counter of words, trained on the other scenarios, guesses {right} of "
        "{guessed} verdicts ({percent}%); a coin guesses half, and the bound is {most}%."
    ).format(
        language=language,
        right=found.right,
        guessed=found.guessed,
        percent=round(found.percent, 1),
        most=GUESSED,
    )
    words = ", ".join(
        _("“{name}” ({neutral} neutral, {other} not)").format(
            name=carrier.name, neutral=carrier.neutral, other=carrier.other
        )
        for carrier in counter.carriers()
    )
    help = _("These carry it most; let them stand in acts of both verdicts: {words}.").format(
        words=words
    )
    yield Finding(MANIFEST, at, "guessable-acts", message, help)
