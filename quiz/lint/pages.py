"""A bank's figures as tables, and its sources with what the bank quotes of them. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import fill

from quiz import wording
from quiz.i18n import _
from quiz.lint.acts import acts_in
from quiz.lint.balance import share
from quiz.lint.budgets import pairs
from quiz.lint.coverage import Article, Sentence, opening, questions_by_quote
from quiz.lint.giveaways import mean_length
from quiz.lint.guess import WordCounter
from quiz.models import Bank, Level, Scenario, Verdict
from quiz.quotes import Place

_WIDTH = 96
_INDENT = " " * 5


def report(bank: Bank, language: str) -> str:
    """Tables of what the bank holds, how far its acts can be guessed, and what it quotes."""
    sections = (_contents(bank, language), _acts(bank), _sources(bank))
    return "\n\n".join(map(_table, sections))


def _contents(bank: Bank, language: str) -> list[list[str]]:
    rows = [
        [
            "",
            _("Scenarios"),
            _("Questions"),
            *(wording.verdict(verdict) for verdict in Verdict),
            _("Neutral, %"),
            _("Pairs"),
        ]
    ]

    whole = bank.scenarios

    def add(name: str, own: Sequence[Scenario]) -> None:
        acts = share(question for scenario in own for question in scenario.questions)
        numbers = (
            len(own),
            acts.questions,
            acts.neutral,
            acts.questions - acts.neutral,
            _rounded(acts.percent, acts.questions),
            sum(map(pairs, own)),
        )
        rows.append([name, *map(str, numbers)])

    for principle in bank.manifest.principles:
        add(principle.name.say(language), [s for s in whole if s.principle == principle.id])
    for level in Level:
        add(wording.level(level), [s for s in whole if s.level is level])
    add(_("The whole bank"), whole)
    return rows


def _acts(bank: Bank) -> list[list[str]]:
    spoken = [acts_in(bank, language) for language in bank.manifest.languages]
    guesses = [WordCounter(acts).guess() for acts in spoken]
    return [
        [_("Acts, by language"), *(acts.language for acts in spoken)],
        [_("Mean words, neutral"), *(str(round(mean_length(acts, True), 1)) for acts in spoken)],
        [
            _("Mean words, not neutral"),
            *(str(round(mean_length(acts, False), 1)) for acts in spoken),
        ],
        [_("Guessed by a counter of words"), *(f"{g.right}/{g.guessed}" for g in guesses)],
        [_("In %, where a coin gets 50"), *(_rounded(g.percent, g.guessed) for g in guesses)],
    ]


def _rounded(percent: float, of: int) -> str:
    return str(round(percent)) if of else "–"


def _sources(bank: Bank) -> list[list[str]]:
    heads = [_("Sentences"), _("Context only"), _("Quoted"), _("Nobody quotes"), _("Quotes")]
    rows = [[_("Sources"), *heads]]
    for id, quotes in questions_by_quote(bank).items():
        article = Article(bank.sources[id])
        teaching, left = len(article.teaching), len(article.unquoted(quotes))
        context = len(article.sentences) - teaching
        numbers = (len(article.sentences), context, teaching - left, left, len(quotes))
        rows.append([id, *map(str, numbers)])
    return rows


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def articles(bank: Bank, sources: Iterable[str]) -> str:
    """The sources of these ids, what is quoted set between « and », and who quotes it."""
    used = questions_by_quote(bank)
    return "\n\n".join(
        block for id in sources for block in _article(Article(bank.sources[id]), used[id])
    )


def _article(article: Article, quotes: Mapping[str, Sequence[str]]) -> Iterator[str]:
    source, left = article.source, article.unquoted(quotes)
    uses = [
        (place, questions) for quote, questions in quotes.items() for place in article.find(quote)
    ]
    uses.sort(key=lambda use: (use[0].paragraph, use[0].start, use[0].end))
    yield f"{source.id}: {wording.credit(source)}"
    for number, paragraph in enumerate(source.paragraphs):
        own = [use for use in uses if use[0].paragraph == number]
        marked = _marked(paragraph.text, [place for place, _questions in own])
        lines = [_filled(f"{paragraph.line:>3}  {marked}", _INDENT)]
        for sentence in article.sentences:
            if sentence.place.paragraph == number and (sentence.context or sentence in left):
                lines.append(_unquoted(sentence))
        for place, questions in own:
            quote = _ends(paragraph.text[place.start : place.end])
            lines.append(_filled(f"{_INDENT}- {quote}: {', '.join(questions)}", _INDENT + "  "))
        yield "\n".join(lines)
    if not left:
        yield _("Every sentence of {source} that teaches is quoted.").format(source=source.id)
        return
    lines = [_("Nobody quotes in {source}:").format(source=source.id)]
    for sentence in left:
        line = source.paragraphs[sentence.place.paragraph].line
        lines.append(_filled(f"{line:>3}  {sentence.text}", _INDENT))
    yield "\n".join(lines)


def _unquoted(sentence: Sentence) -> str:
    words = _("context only: {sentence}") if sentence.context else _("nobody quotes: {sentence}")
    return f"{_INDENT}· {words.format(sentence=opening(sentence.text))}"


def _ends(quote: str) -> str:
    """The first and the last words of a quote, since several may begin alike."""
    words = quote.split()
    return quote if len(words) <= 9 else f"{' '.join(words[:5])} … {' '.join(words[-3:])}"


def _filled(text: str, indent: str) -> str:
    return fill(
        text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _marked(text: str, places: Sequence[Place]) -> str:
    """The text with « and » around each run of words that is quoted, places in their order."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place.start <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], place.end))
        else:
            runs.append((place.start, place.end))
    for start, end in reversed(runs):
        text = f"{text[:start]}«{text[start:end]}»{text[end:]}"
    return text
