"""A bank's figures as tables, and its sources with what the bank quotes of them."""

from pathlib import Path

import pytest

from quiz.bank import load
from quiz.lint.pages import articles, report
from quiz.models import Bank

from .banks import bank, question, scenario, source, text

FIRST = "Pegawai datang lebih pagi untuk melayani warga."
SECOND = "Ia tidak memakai atribut partai di kantor."
THIRD = "Warga dilayani tanpa ditanya pilihannya."


@pytest.fixture
def small() -> Bank:
    found, problems = load(Path(__file__).parent / "small_bank")
    assert found, problems
    return found


def row(page: str, name: str) -> list[str]:
    """The figures of the row that begins with `name`."""
    [line] = [line for line in page.splitlines() if line.startswith(f"{name} ")]
    return line.removeprefix(name).split()


def test_the_report_counts_scenarios_questions_verdicts_and_pairs(small: Bank) -> None:
    page = report(small, "en")

    for name in ("No party marks", "Basic", "The whole bank"):
        assert row(page, name) == ["1", "4", "2", "2", "50", "1"]
    assert row(page, "Mean words, neutral") == ["3.5", "3.5"]
    assert row(page, "Mean words, not neutral") == ["4.0", "5.5"]
    assert row(page, "koran-2024") == ["3", "0", "3", "0", "4"]


def test_each_principle_has_its_own_figures() -> None:
    one = scenario("a", [question("a-0"), question("a-1")], principle="satu")
    two = scenario("b", [question("b-0", False)], principle="dua")

    page = report(bank(one, two, principles=("satu", "dua")), "id")

    assert row(page, "Prinsip satu") == ["1", "2", "2", "0", "100", "0"]
    assert row(page, "Prinsip dua") == ["1", "1", "0", "1", "0", "0"]
    assert row(page, "The whole bank") == ["2", "3", "2", "1", "67", "0"]


def test_what_there_is_none_of_has_no_share(small: Bank) -> None:
    page = report(small, "en")

    assert row(page, "Advanced") == ["0", "0", "0", "0", "–", "0"]
    assert row(page, "In %, where a coin gets 50") == ["–", "–"]


def test_the_report_names_principles_in_the_language_asked_for(small: Bank) -> None:
    assert "Tanpa atribut" in report(small, "id")
    assert "No party marks" not in report(small, "id")


def test_the_report_tells_how_many_acts_are_guessed_in_each_language() -> None:
    cases = [
        scenario(
            f"s{n}",
            [
                question(f"n{n}", True, text("Ia menolak.", en=f"Word{n}.")),
                question(f"x{n}", False, text("Ia membantu.", en=f"Other{n}.")),
            ],
        )
        for n in range(5)
    ]

    page = report(bank(*cases), "id")

    assert row(page, "Guessed by a counter of words") == ["10/10", "5/10"]
    assert row(page, "In %, where a coin gets 50") == ["100", "50"]


def test_columns_stand_below_one_another(small: Bank) -> None:
    table = report(small, "en").split("\n\n")[0].splitlines()

    assert len({len(line) for line in table}) == 1


def quoted(*quotes: str, context: tuple[str, ...] = ()) -> str:
    article = source(f"{FIRST} {SECOND}", THIRD, context=context)
    questions = [question(f"soal-{n}", quotes=[quote]) for n, quote in enumerate(quotes)]
    return articles(bank(scenario("kasus", questions), sources=[article]), ["koran"])


def test_quoted_words_are_marked_and_the_questions_named_that_use_them() -> None:
    page = quoted(SECOND, "lebih pagi untuk melayani warga", SECOND)

    marked = f"  8  Pegawai datang «lebih pagi untuk melayani warga». «{SECOND}»"
    assert " ".join(page.split()).count(" ".join(marked.split())) == 1
    assert "     - lebih pagi untuk melayani warga: soal-1" in page
    assert f"     - {SECOND}: soal-0, soal-2" in page
    assert page.index("soal-1") < page.index("soal-0"), "in the order of the text"


def test_quotes_that_overlap_make_one_run() -> None:
    page = quoted("lebih pagi untuk melayani", "untuk melayani warga. Ia tidak", "pagi untuk")

    assert "datang «lebih pagi untuk melayani warga. Ia tidak» memakai" in page
    assert "«lebih pagi untuk melayani»" in quoted("lebih pagi untuk melayani", "pagi untuk")


def test_sentences_that_nobody_quotes_are_listed_with_their_line() -> None:
    page = quoted(FIRST)

    assert f"     · nobody quotes: {SECOND}" in page
    assert page.endswith(f"Nobody quotes in koran:\n  8  {SECOND}\n 10  {THIRD}")


def test_context_is_called_so_and_not_missed() -> None:
    page = quoted(FIRST, SECOND, context=("Warga dilayani",))

    assert f"     · context only: {THIRD}" in page
    assert page.endswith("Every sentence of koran that teaches is quoted.")


def test_a_long_quote_is_known_by_its_first_and_last_words() -> None:
    page = quoted(f"{FIRST} {SECOND}")

    assert "- Pegawai datang lebih pagi untuk … partai di kantor.: soal-0" in page


def test_only_the_articles_asked_for_are_printed(small: Bank) -> None:
    two = bank(scenario("s", [question("q")]), sources=[source(FIRST), source(THIRD, id="majalah")])

    assert articles(two, ["majalah"]).startswith("majalah: Koran Contoh, 2024")
    assert "koran:" not in articles(two, ["majalah"])
    assert articles(small, small.sources).count("\n\n") == 3


def test_no_line_of_an_article_is_wider_than_a_page(root: Path) -> None:
    found, _problems = load(root)
    assert found

    assert max(map(len, articles(found, found.sources).splitlines())) <= 96
