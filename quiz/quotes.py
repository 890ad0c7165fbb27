"""Finding a quote in a source, and the sentences of one. Pure.

White space is folded on both sides; everything else counts, to the letter. A quote stands inside
one paragraph, since what lay between two paragraphs of an article may have been left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


def fold(text: str) -> str:
    """`text` with every run of white space as one space, and none at the ends."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands: paragraph number, and start and end in its folded text."""

    paragraph: int
    start: int
    end: int


def find(paragraphs: Sequence[str], quote: str) -> Place | None:
    """The first place of `quote` in folded `paragraphs`, or None."""
    wanted = fold(quote)
    if not wanted:
        return None
    for number, text in enumerate(paragraphs):
        start = text.find(wanted)
        if start >= 0:
            return Place(number, start, start + len(wanted))
    return None


# A sentence ends with its mark, and whatever closes behind it, before a space.
_END = re.compile(r"""[.!?…]+["'”’»)\]]* """)
_OPENING = "\"'“‘«(["
# The full stop of a title before a name ends nothing.
_TITLE = re.compile(r"(?:^|\W)(?:dr|drs|hj|ir|jl|mr|mrs|ms|no|prof|st)\. $", re.IGNORECASE)


def sentences(paragraphs: Sequence[str]) -> Iterator[Place]:
    """Every sentence of folded `paragraphs`, in order.

    Where a small letter follows, the mark before it stood inside a sentence.
    """
    for number, text in enumerate(paragraphs):
        start = 0
        for end in _END.finditer(text):
            following = text[end.end() :].lstrip(_OPENING)
            if following[:1].islower() or _TITLE.search(text, start, end.end()):
                continue
            yield Place(number, start, end.end() - 1)
            start = end.end()
        yield Place(number, start, len(text))


# Below this likeness a passage is no help.
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Passage:
    """The passage of a source closest to a quote that does not stand there.

    `differences` pairs words of the quote with the words that the source has instead; either may
    be empty. `likeness` runs from 0 to 1 (`difflib.SequenceMatcher.ratio` over letters).
    """

    paragraph: int
    text: str
    likeness: float
    differences: tuple[tuple[str, str], ...]


def closest(paragraphs: Sequence[str], quote: str) -> Passage | None:
    """The run of words in `paragraphs` most like `quote`, or None where nothing is alike."""
    wanted = quote.split()
    if not wanted:
        return None
    best: tuple[int, list[str]] | None = None
    likeness = _ALIKE
    for number, text in enumerate(paragraphs):
        window = _window(text.split(), wanted)
        matcher = SequenceMatcher(None, " ".join(wanted), " ".join(window), False)
        # The first two are cheap, and never less than the third.
        if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness:
            ratio = matcher.ratio()
            if ratio > likeness:
                best, likeness = (number, window), ratio
    if best is None:
        return None
    number, window = best
    matcher = SequenceMatcher(None, wanted, window, False)
    differences = tuple(
        (" ".join(wanted[a:b]), " ".join(window[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    )
    return Passage(number, " ".join(window), likeness, differences)


def _window(words: list[str], wanted: list[str]) -> list[str]:
    """The part of `words` that lies along `wanted`, on both sides of the longest run they share."""
    block = SequenceMatcher(None, wanted, words).find_longest_match()
    after = block.b + block.size
    # From the run outwards, so that of two equal words the nearer one is taken.
    before = _reach(words[: block.b][::-1], wanted[: block.a][::-1])
    beyond = _reach(words[after:], wanted[block.a + block.size :])
    window = words[block.b - before : after + beyond]
    # A quote may begin behind a quotation mark and end before a comma.
    if window and window[0].endswith(wanted[0]):
        window[0] = wanted[0]
    if window and window[-1].startswith(wanted[-1]):
        window[-1] = wanted[-1]
    return window


def _reach(words: list[str], wanted: list[str]) -> int:
    """How many of `words` lie along `wanted`, where both begin at the same place."""
    matcher = SequenceMatcher(None, wanted, words[: 2 * len(wanted)], False)
    *blocks, _end = matcher.get_matching_blocks()
    surplus = blocks[-1].b - blocks[-1].a if blocks else 0
    return min(len(words), len(wanted) + surplus)
