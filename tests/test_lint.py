"""What the program proves about a whole bank."""

from collections.abc import Callable

from quiz.lint import Finding, lint
from quiz.models import Question, Text

from .banks import ARTICLE, bank, question, scenario, source, words


def poor_act(number: int) -> Question:
    """Three of four acts are neutral, long, told by a word, copied, and cut short in English."""
    neutral = number % 4 > 0
    long = Text({"id": f"kata{number} {words(20, 'sama')} menolak surat itu", "en": "Word."})
    return question(f"q{number}", neutral, long if neutral else "Ia.", quotes=(ARTICLE, "Pegawai"))


def test_a_bank_that_breaks_every_rule_hears_of_each() -> None:
    cases = [scenario(f"s{n}", map(poor_act, range(4 * n, 4 * n + 4))) for n in range(30)]
    last = scenario("t", [question(f"t{n}", True, words(46)) for n in range(4)])
    poor = bank(
        *cases, last, sources=[source(ARTICLE, "Ini kalimat lain yang mengajarkan sesuatu.")]
    )

    found = list(lint(poor))

    assert {finding.code for finding in found} == {
        "bank-balance",
        "principle-balance",
        "verdict-run",
        "act-length-gap",
        "telling-word",
        "guessable-acts",
        "sentence-not-quoted",
        "quote-overused",
        "text-too-long",
        "quote-length",
        "no-pair",
        "double-act",
        "uneven-languages",
    }
    assert all(isinstance(finding, Finding) and finding.message for finding in found)
    assert [finding for finding in found if not finding.help] == []


def test_a_small_bank_without_a_fault_hears_of_nothing() -> None:
    pair = [question("a", True, contrast="b"), question("b", False, contrast="a")]

    assert list(lint(bank(scenario("kasus", pair)))) == []


def test_the_figures_do_not_change_from_one_run_to_the_next(python: Callable[..., str]) -> None:
    code = """
        from pathlib import Path
        from quiz.bank import load
        from quiz.lint import pages
        from quiz import i18n
        i18n.install("en")
        bank, _problems = load(Path("."))
        print(pages.report(bank, "en"))
        """

    assert python(code) == python(code)
