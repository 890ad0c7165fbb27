"""Which words of the sources the bank quotes, and what nobody quotes. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from quiz.i18n import _, n_
from quiz.lint.acts import length
from quiz.lint.finding import Finding, file_of, some
from quiz.models import Bank, Source
from quiz.quotes import Place, sentences

# So many words of a sentence say something of it; fewer are only touched by a quote beside it.
QUOTED_WORDS = 5
MOST_USES = 6
# How much of a sentence is said to know it by.
_OPENING = 60

# Source -> quote -> the questions that use it, each once, in teaching order.
Used = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source, and whether it is context only."""

    place: Place
    text: str
    context: bool


class Article:
    """A source in which quotes are looked up."""

    def __init__(self, source: Source) -> None:
        self.source = source
        texts = source.texts
        # White space is folded, so that a line feed can only stand between two paragraphs.
        self._text = "\n".join(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts[:-1])]
        self.sentences: list[Sentence] = []
        for place in sentences(texts):
            text = texts[place.paragraph][place.start : place.end]
            self.sentences.append(Sentence(place, text, text.startswith(source.context)))
        self._ends = [self._starts[s.place.paragraph] + s.place.end for s in self.sentences]

    @property
    def teaching(self) -> dict[int, Sentence]:
        """The sentences that are to be quoted somewhere, by their number."""
        return {
            number: sentence
            for number, sentence in enumerate(self.sentences)
            if not sentence.context
        }

    def find(self, quote: str) -> Iterator[Place]:
        """Every place of `quote`: words that stand there twice are quoted twice."""
        start = self._text.find(quote)
        while start >= 0:
            paragraph = bisect_right(self._starts, start) - 1
            begin = start - self._starts[paragraph]
            yield Place(paragraph, begin, begin + len(quote))
            start = self._text.find(quote, start + 1)

    def unquoted(self, quotes: Iterable[str]) -> list[Sentence]:
        """The sentences that teach and of which no quote takes enough words.

        Enough are `QUOTED_WORDS`, or all it has. No more quotes are read than it takes to find
        every sentence quoted.
        """
        left = self.teaching
        for quote in quotes:
            if not left:
                break
            for place in self.find(quote):
                for number in self._taken(place):
                    left.pop(number, None)
        return list(left.values())

    def _taken(self, quote: Place) -> Iterator[int]:
        """The numbers of the sentences of which a quote takes enough words."""
        paragraph = self.source.texts[quote.paragraph]
        first = bisect_right(self._ends, self._starts[quote.paragraph] + quote.start)
        for number in range(first, len(self.sentences)):
            sentence = self.sentences[number]
            place = sentence.place
            if (place.paragraph, place.start) >= (quote.paragraph, quote.end):
                return
            common = paragraph[max(quote.start, place.start) : min(quote.end, place.end)].strip()
            if length(common) >= min(QUOTED_WORDS, length(sentence.text)):
                yield number


def questions_by_quote(bank: Bank) -> Used:
    """Who quotes what."""
    found: dict[str, dict[str, list[str]]] = {id: {} for id in bank.sources}
    for question in bank.question.values():
        for citation in question.citations:
            questions = found[citation.source].setdefault(citation.quote, [])
            if question.id not in questions[-1:]:
                questions.append(question.id)
    return found


def unquoted(bank: Bank, used: Used) -> Iterator[Finding]:
    """Sentences that teach and that no question quotes.

    Nothing is said of them while the bank has fewer questions than its sources such sentences, and
    could not be through with them yet.
    """
    articles = [Article(source) for source in bank.sources.values()]
    if len(bank.question) < sum(len(article.teaching) for article in articles):
        return
    for article in articles:
        source = article.source
        for sentence in article.unquoted(used[source.id]):
            yield Finding(
                f"seeds/{source.id}.md",
                source.paragraphs[sentence.place.paragraph].line,
                "sentence-not-quoted",
                _("No question quotes “{sentence}”.").format(sentence=opening(sentence.text)),
                _(
                    "Let a question teach it, and quote at least {number} words of it; where it "
                    "only reports, write its first words under “context” in the front matter."
                ).format(number=QUOTED_WORDS),
            )


def opening(sentence: str) -> str:
    """The first words of a sentence, to know it by."""
    head = sentence[:_OPENING]
    return sentence if head == sentence else f"{head.rpartition(' ')[0] or head} …"


def overused(bank: Bank, used: Used) -> Iterator[Finding]:
    """Quotes that serve more than `MOST_USES` questions."""
    for source, quotes in used.items():
        for quote, questions in quotes.items():
            if len(questions) <= MOST_USES:
                continue
            first_too_many = questions[MOST_USES]
            scenario = bank.home_of[first_too_many]
            number, index = next(
                (number, index)
                for number, question in enumerate(scenario.questions)
                for index, citation in enumerate(question.citations)
                if question.id == first_too_many
                and (citation.source, citation.quote) == (source, quote)
            )
            yield Finding(
                file_of(scenario),
                ("questions", number, "citations", index, "quote"),
                "quote-overused",
                n_(
                    "{number} question uses this quote, more than {most}.",
                    "{number} questions use this quote, more than {most}.",
                    len(questions),
                ).format(number=len(questions), most=MOST_USES),
                _("Quote other words of the source in some of these: {ids}.").format(
                    ids=some(questions)
                ),
            )
