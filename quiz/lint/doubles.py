"""Acts that are near copies of one another. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from operator import itemgetter

from quiz.i18n import _
from quiz.lint.acts import Act, Acts
from quiz.lint.finding import Finding, file_of
from quiz.models import Bank

# An act of thirty words stays above it with four of them exchanged here and there.
ALIKE = 1 / 3
# A triple of words leads to so many acts at most: a set phrase in every act of a large bank must
# not have each compared with every other.
_HOLDERS = 30

Triple = tuple[str, str, str]


def doubles(bank: Bank, acts: Acts) -> Iterator[Finding]:
    """Acts much like an earlier one that is not their contrast; `acts` in the first language.

    Alike is what Broder calls resemblance (“On the resemblance and containment of documents”,
    1997): of the triples of neighbouring words that two acts have, the share that they have in
    common. Broder groups web pages from 0.5 on. Acts are shorter, so that one word exchanged costs
    more; the bound of 1/3 is more than three times the likeness of any two acts in the bundled
    bank that are not a pair (0.09).
    """
    for act, other, share in _alike(acts):
        scenario, place = bank.home_of[act.question.id], bank.home_of[other.question.id]
        yield Finding(
            file_of(scenario),
            ("questions", scenario.questions.index(act.question), "act"),
            "double-act",
            _(
                "This act is much like “{id}” in {file}: their triples of words agree to "
                "{percent}%."
            ).format(id=other.question.id, file=file_of(place), percent=round(share * 100)),
            _("Tell another story here, or delete one; only the two of a pair may be alike."),
        )


def _alike(acts: Acts) -> Iterator[tuple[Act, Act, float]]:
    """Each act that is a double, with the earlier act most like it."""
    met: set[Triple] = set()
    repeated: set[Triple] = set()
    triples = [_triples(act) for act in acts.all]
    for own in triples:
        repeated |= met & own
        met |= own
    holders: dict[Triple, list[int]] = defaultdict(list)
    for number, own in enumerate(triples):
        shared = own & repeated
        # Two acts this alike share at least so many triples; most acts share too few with any.
        if not shared or len(shared) < ALIKE * len(own):
            continue
        act = acts.all[number]
        common = Counter(other for triple in shared for other in holders[triple])
        found = [
            (size / (len(own) + len(triples[other]) - size), acts.all[other])
            for other, size in common.items()
            if act.question.contrast != acts.all[other].question.id
        ]
        likeness, double = max(found, key=itemgetter(0), default=(0.0, act))
        if likeness >= ALIKE:
            yield act, double, likeness
        for triple in shared:
            if len(holders[triple]) < _HOLDERS:
                holders[triple].append(number)


def _triples(act: Act) -> set[Triple]:
    words = act.words
    return set(zip(words, words[1:], words[2:], strict=False))
