"""Which words of the sources the bank quotes, and what nobody quotes."""

import pytest

from quiz.lint.coverage import Article, overused, questions_by_quote, unquoted
from quiz.lint.finding import Finding
from quiz.models import Bank, Source
from quiz.quotes import Place

from .banks import bank, question, scenario, source

FIRST = "Pegawai datang lebih pagi untuk melayani warga."
SECOND = "Ia tidak memakai atribut partai di kantor."
THIRD = "Warga dilayani tanpa ditanya pilihannya."


def quoting(*quotes: str, sources: tuple[Source, ...]) -> Bank:
    """A bank of thirty questions, the first of which quotes all this."""
    first = question("a-0", quotes=quotes, source=sources[0].id)
    others = (question(f"a-{n}", quotes=quotes[:1], source=sources[0].id) for n in range(1, 6))
    empty = [scenario(f"b-{n}", [question(f"b-{n}-0", quotes=())]) for n in range(24)]
    return bank(scenario("a", [first, *others]), *empty, sources=sources)


def left(made: Bank) -> list[Finding]:
    return list(unquoted(made, questions_by_quote(made)))


def names(found: list[Finding]) -> list[str]:
    return [finding.message.partition("“")[2].partition("”")[0] for finding in found]


def test_a_bank_that_quotes_every_sentence_leaves_nothing() -> None:
    article = source(f"{FIRST} {SECOND}", THIRD)

    assert left(quoting(FIRST, SECOND, THIRD, sources=(article,))) == []


def test_a_sentence_nobody_quotes_is_said_at_the_line_of_its_paragraph() -> None:
    article = source(f"{FIRST} {SECOND}", THIRD)

    [one, two] = left(quoting(FIRST, sources=(article,)))

    assert names([one, two]) == [SECOND, THIRD]
    assert (one.code, one.file) == ("sentence-not-quoted", "seeds/koran.md")
    assert (one.at, two.at) == (8, 10)


@pytest.mark.parametrize(
    ("quote", "used"),
    [
        ("lebih pagi untuk melayani warga. Ia tidak memakai atribut partai", [FIRST, SECOND]),
        ("melayani warga. Ia tidak memakai atribut partai", [SECOND]),
        ("untuk melayani warga. Ia tidak memakai", []),
        ("Ia tidak memakai atribut", []),
        (f"{FIRST} {SECOND}", [FIRST, SECOND]),
    ],
)
def test_five_words_of_a_sentence_are_enough_and_four_are_not(quote: str, used: list[str]) -> None:
    article = source(f"{FIRST} {SECOND}")

    open_still = names(left(quoting(quote, sources=(article,))))

    assert [sentence for sentence in (FIRST, SECOND) if sentence not in open_still] == used


def test_a_sentence_of_fewer_words_is_quoted_whole() -> None:
    article = source(f"{FIRST} Begitulah adanya. {SECOND}")

    assert names(left(quoting(f"{FIRST} Begitulah adanya.", sources=(article,)))) == [SECOND]
    assert names(left(quoting(f"{FIRST} Begitulah", sources=(article,)))) == [
        "Begitulah adanya.",
        SECOND,
    ]


def test_words_that_stand_in_a_source_twice_are_quoted_in_both_places() -> None:
    article = source(FIRST, f"Kata kepala kantor: {FIRST}")

    assert left(quoting(FIRST, sources=(article,))) == []


def test_the_same_words_in_another_source_are_not_quoted() -> None:
    both = (source(FIRST), source(FIRST, id="majalah"))

    assert [finding.file for finding in left(quoting(FIRST, sources=both))] == ["seeds/majalah.md"]


def test_what_is_context_only_needs_no_question() -> None:
    article = source(f"{FIRST} {SECOND}", context=("Ia tidak memakai",))

    assert left(quoting(FIRST, sources=(article,))) == []


def test_a_bank_with_fewer_questions_than_sentences_is_not_through_with_them_yet() -> None:
    article = source(*(f"Kalimat nomor {number} ini mengajarkan sesuatu." for number in range(31)))
    context = source(*article.texts, context=("Kalimat nomor 30",))

    assert left(quoting(FIRST, sources=(article,))) == []
    assert len(left(quoting(FIRST, sources=(context,)))) == 30


def test_a_long_sentence_is_known_by_its_first_words() -> None:
    article = source(FIRST, "kata " * 30 + "akhir.", "x" * 200)

    [words, letters] = names(left(quoting(FIRST, sources=(article,))))

    assert words == "kata " * 11 + "kata …"
    assert letters == "x" * 60 + " …"


def test_every_place_of_a_quote_is_found() -> None:
    article = Article(source("satu dua tiga satu dua", "dua tiga", "satu dua"))

    assert list(article.find("satu dua")) == [Place(0, 0, 8), Place(0, 14, 22), Place(2, 0, 8)]
    assert list(article.find("tiga dua")) == []
    assert list(article.find("dua dua")) == []


def test_who_quotes_what_is_told_by_source_each_question_once() -> None:
    made = bank(
        scenario("a", [question("satu", quotes=(FIRST, SECOND, FIRST)), question("dua")]),
        sources=(source(f"{FIRST} {SECOND}"), source(THIRD, id="majalah")),
    )

    assert questions_by_quote(made) == {
        "koran": {FIRST: ["satu", "dua"], SECOND: ["satu"]},
        "majalah": {},
    }


def used_by(number: int) -> list[Finding]:
    cases = [
        scenario(f"s{n}", [question(f"q{n}", quotes=(SECOND if n > 2 else THIRD, FIRST))])
        for n in range(number)
    ]
    made = bank(*cases, sources=(source(FIRST, SECOND, THIRD),))
    return list(overused(made, questions_by_quote(made)))


def test_a_quote_may_serve_six_questions() -> None:
    assert used_by(6) == []


def test_a_quote_used_more_often_is_said_at_the_seventh_question() -> None:
    [finding] = used_by(9)

    assert (finding.code, finding.file) == ("quote-overused", "scenarios/prinsip/s6.yaml")
    assert finding.at == ("questions", 0, "citations", 1, "quote")
    assert finding.help.endswith("q0, q1, q2, q3, q4, q5, q6, q7, q8.")
