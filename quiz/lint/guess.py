"""How often a counter of words guesses the verdict of an act it has not seen. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import fsum, log

from quiz.lint.acts import Act, Acts

# A figure from so many scenarios, four to six acts each, has a standard error below three points.
# Whoever has more of them need not wait for a finer one.
MOST_SCENARIOS = 80
_CARRIERS = 8

Feature = str | tuple[str, str]  # a word, or a bigram: two words that stand side by side


@dataclass(frozen=True, slots=True)
class Counts:
    """In how many neutral and other acts each feature stands, and how many such acts there are."""

    neutral: Mapping[Feature, int]
    other: Mapping[Feature, int]
    neutral_acts: int
    other_acts: int


@dataclass(frozen=True, slots=True)
class Guesses:
    """How many of the acts were guessed right."""

    right: int
    guessed: int

    @property
    def percent(self) -> float:
        """From 0 to 100; 50 is what a coin gets."""
        return 100 * self.right / self.guessed if self.guessed else 0.0


@dataclass(frozen=True, slots=True)
class Carrier:
    """A feature that helped to guess, and in how many acts of either kind it stands."""

    name: str
    neutral: int
    other: int


class WordCounter:
    """Guesses the acts of each scenario from those of all others, by words alone.

    Naive Bayes over the presence of words and bigrams, after McCallum and Nigam, “A Comparison of
    Event Models for Naive Bayes Text Classification” (1998), whose Bernoulli model it follows with
    add-one smoothing: a feature in a of A neutral and b of B other acts weighs
    log((a+1)/(A+2)) - log((b+1)/(B+2)), and the acts themselves weigh log(A) - log(B). Absent
    features weigh nothing, nor do those that no other scenario has. A sum above 0 is a guess of
    “neutral”.
    """

    def __init__(self, acts: Acts) -> None:
        self._scenarios = _spread(acts.scenarios)
        tried = chain.from_iterable(self._scenarios)
        # No other bigram is ever looked up.
        self._bigrams: set[Feature] = {pair for act in tried for pair in pairwise(act.words)}
        self.whole = _count(acts.all, map(self._features, acts.all))

    def guess(self) -> Guesses:
        """How many acts are guessed right."""
        right = guessed = 0
        for act, features, weights, start in self._trials():
            # Exact, since a sum must not hang on the order in which a set is read.
            neutral = fsum([start, *map(weights.__getitem__, features)]) > 0
            right += neutral is act.neutral
            guessed += 1
        return Guesses(right, guessed)

    def carriers(self) -> list[Carrier]:
        """The features whose weights helped most to guess right, first the best."""
        gains: dict[Feature, float] = defaultdict(float)
        for act, features, weights, _start in self._trials():
            for feature in features:
                gains[feature] += weights[feature] if act.neutral else -weights[feature]
        best = sorted(gains, key=lambda feature: (-gains[feature], _name(feature)))[:_CARRIERS]
        counted = self.whole
        return [
            Carrier(_name(feature), counted.neutral.get(feature, 0), counted.other.get(feature, 0))
            for feature in best
            if gains[feature] > 0
        ]

    def _features(self, act: Act) -> set[Feature]:
        found = self._bigrams.intersection(pairwise(act.words))
        found.update(act.words)
        return found

    def _trials(self) -> Iterator[tuple[Act, set[Feature], dict[Feature, float], float]]:
        """Acts to guess, with their features, the weight of each, and the weight of having none.

        An act is left out where all others are of one verdict, so that nothing can be learnt.
        """
        for scenario in self._scenarios:
            features = list(map(self._features, scenario))
            own = _count(scenario, features)
            neutral_acts = self.whole.neutral_acts - own.neutral_acts
            other_acts = self.whole.other_acts - own.other_acts
            if neutral_acts and other_acts:
                scale = log((other_acts + 2) / (neutral_acts + 2))
                weights = _weights(self.whole, own, scale)
                for act, present in zip(scenario, features, strict=True):
                    yield act, present, weights, log(neutral_acts / other_acts)


def _count(acts: Sequence[Act], features: Iterable[set[Feature]]) -> Counts:
    counts: tuple[Counter[Feature], Counter[Feature]] = Counter(), Counter()
    for act, present in zip(acts, features, strict=True):
        counts[act.neutral].update(present)
    neutral_acts = sum(act.neutral for act in acts)
    other, neutral = counts
    return Counts(neutral, other, neutral_acts, len(acts) - neutral_acts)


def _weights(whole: Counts, own: Counts, scale: float) -> dict[Feature, float]:
    """The weight of each feature of a scenario by all others.

    What the scenario adds to the counts is taken away again, so that nothing is counted twice.
    """
    weights = {}
    in_neutral, in_other = whole.neutral.get, whole.other.get
    own_neutral, own_other = own.neutral.get, own.other.get
    for feature in own.neutral.keys() | own.other.keys():
        a = in_neutral(feature, 0) - own_neutral(feature, 0)
        b = in_other(feature, 0) - own_other(feature, 0)
        weights[feature] = log((a + 1) / (b + 1)) + scale if a or b else 0.0
    return weights


def _spread(scenarios: Sequence[Sequence[Act]]) -> Sequence[Sequence[Act]]:
    """Scenarios from all over the bank, at most `MOST_SCENARIOS`."""
    number = len(scenarios)
    if number <= MOST_SCENARIOS:
        return scenarios
    return [scenarios[i * number // MOST_SCENARIOS] for i in range(MOST_SCENARIOS)]


def _name(feature: Feature) -> str:
    return feature if isinstance(feature, str) else " ".join(feature)
