"""One scenario as a reader will see it, its languages side by side or one below the other."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz import cli, i18n, wording
from quiz.bank import load
from quiz.errors import UsageError
from quiz.models import Bank, Verdict, unprintable
from quiz.quotes import fold
from quiz.spread import find, spread

HERE = Path(__file__).parent
CASE = "scenarios/tanpa-atribut/kaus-partai.yaml"
PRINCIPAL = "kepala-sekolah-tim-sukses"


def read(folder: Path) -> Bank:
    bank, problems = load(folder)
    assert bank, problems
    return bank


@pytest.fixture(scope="module")
def training() -> Bank:
    return read(HERE / "training_bank")


def shown(bank: Bank, width: int = 72, id: str | None = None) -> str:
    return spread(bank, find(bank, id or bank.scenarios[0].id), width)


def cells(text: str, language: int) -> str:
    """What stands in one of two columns of 100, white space folded."""
    return fold(" ".join(line[:50] if language == 0 else line[50:] for line in text.split("\n")))


def test_everything_a_reader_sees_of_a_scenario_is_there_in_each_language(training: Bank) -> None:
    scenario = training.scenario[PRINCIPAL]
    text = fold(shown(training, id=PRINCIPAL))

    for language in ("id", "en"):
        told = [scenario.title.say(language), scenario.situation.say(language)]
        for question in scenario.questions:
            told += [question.act.say(language), question.explanation.say(language)]
            told += [part.say(language) for part in (question.instead, question.discussion) if part]
            told += [citation.quote for citation in question.citations]
            told += [c.gloss[language] for c in question.citations if language in c.gloss]
            told += [training.laws[id].paraphrase.say(language) for id in question.laws]
        assert [part for part in told if fold(part) not in text] == []


def test_a_question_is_told_in_the_order_a_reader_meets_it(small: Any) -> None:
    small.edit(
        CASE,
        "    laws: [aturan-1]\n",
        "    laws: [aturan-1]\n    discussion: {id: Mengapa?, en: Why?}\n",
    )

    english = cells(shown(read(small.root), 100), 1)

    told = [
        "The party shirt",
        "No party marks · Basic",
        "Wayan keeps the counter.",
        "The act: Wayan wears a party shirt.",
        "✕ Not neutral",
        "The shirt is a party mark.",
        "The source says: “Ia tidak memakai atribut partai di kantor” (“Kabar Kantor”, Koran",
        "In translation: They wear no party marks at the office",
        "Instead: Wear the uniform.",
        "Contrast: Wayan wears the uniform. Neutral.",
        "Law: Aturan Contoh, Pasal 1: The office is free of party marks.",
        "The law in force, as checked in December 2025.",
        "For the room: Why?",
        "The act: Wayan wears the uniform.",
    ]
    assert sorted(told, key=english.index) == told


def test_what_a_question_does_not_have_is_not_named(small: Any) -> None:
    last = shown(read(small.root)).rpartition("datang-pagi")[2]

    named = ("Instead", "Contrast", "Law", "For the room", "Sebaiknya", "Pembanding")
    assert "○ Neutral" in last
    assert [name for name in named if name in last] == []


def test_the_scenario_and_its_questions_are_headed_by_their_ids_and_numbers(small: Any) -> None:
    lines = shown(read(small.root), 100).split("\n")

    assert [line for line in lines if line and not line.startswith(" ")] == [
        "tanpa-atribut/kaus-partai",
        "Question 1 of 4: memakai-kaus",
        "Question 2 of 4: memakai-seragam",
        "Question 3 of 4: bertanya-pilihan",
        "Question 4 of 4: datang-pagi",
    ]


@pytest.mark.parametrize(("width", "together"), [(99, False), (100, True), (300, True)])
def test_from_100_columns_on_the_languages_stand_side_by_side(
    training: Bank, width: int, together: bool
) -> None:
    scenario = training.scenario[PRINCIPAL]
    title, other = scenario.title.say("id"), scenario.title.say("en")

    lines = spread(training, scenario, width).split("\n")

    assert any(title in line and other in line for line in lines) == together


def test_side_by_side_each_part_begins_on_one_line_in_both_languages(training: Bank) -> None:
    lines = shown(training, 100, PRINCIPAL).split("\n")

    for mine, other in (
        ("Tindakan: ", "The act: "),
        ("Kata sumber: ", "The source says: "),
        ("Sebaiknya: ", "Instead: "),
        ("Pembanding: ", "Contrast: "),
        ("Hukum: ", "Law: "),
    ):
        begun = [line for line in lines if mine in line]
        assert begun, mine
        assert [line for line in begun if f"    {other}" not in line[40:]] == []


def test_one_below_the_other_a_question_is_told_whole_before_the_other_language(
    small: Any,
) -> None:
    text = shown(read(small.root), 60)

    told = [text.index(part) for part in ("Wayan memakai seragam.", "Seragam bukan", "A uniform")]
    assert told == sorted(told)


def test_each_language_is_framed_by_its_own_words_and_then_all_is_as_before(small: Any) -> None:
    bank = read(small.root)
    for language in i18n.LANGUAGES:
        i18n.install(language)
        text = shown(bank, 100)

        assert "✕ Tidak netral" in cells(text, 0)
        assert "6 Mei 2024" in cells(text, 0)
        assert "✕ Not neutral" in cells(text, 1)
        assert "6 May 2024" in cells(text, 1)
        assert i18n.language() == language
        assert wording.verdict(Verdict.NEUTRAL) == ("Netral" if language == "id" else "Neutral")


def test_a_bank_in_one_language_has_one_column(small: Any) -> None:
    texts = (small.root / CASE).read_text(encoding="utf-8")
    small.write(CASE, texts.replace(", en: ", ", jv: ").replace("  en: ", "  jv: "))
    for name in ("scenarios/bank.yaml", "scenarios/laws.yaml", CASE):
        text = (small.root / name).read_text(encoding="utf-8")
        text = text.replace("languages: [id, en]", "languages: [jv]").replace("{en:", "{jv:")
        small.write(name, text.replace(", en: ", ", jv: "))

    lines = shown(read(small.root), 120).split("\n")

    assert "  The party shirt" in lines
    assert "Kaus partai" not in "".join(lines)


@given(st.integers(20, 260))
def test_no_line_is_longer_than_the_terminal_is_wide_and_none_ends_in_space(width: int) -> None:
    for line in shown(BANK, width, PRINCIPAL).split("\n"):
        assert len(line) <= width
        assert line == line.rstrip()


BANK = read(HERE / "training_bank")


def test_the_text_is_plain(training: Bank) -> None:
    text = shown(training, 120, PRINCIPAL)

    assert unprintable(text) is None
    assert "\t" not in text
    assert not text.endswith("\n")


def test_an_id_the_bank_lacks_is_refused_with_those_of_a_like_name(training: Bank) -> None:
    for slip in ("kepala-skolah-tim-sukse", "kepala", "tim-sukses"):
        with pytest.raises(UsageError) as refused:
            find(training, slip)

        assert slip in refused.value.message
        assert PRINCIPAL in refused.value.hint
        assert "loket" not in refused.value.hint


def test_an_id_like_none_is_refused_with_all_there_are(training: Bank) -> None:
    with pytest.raises(UsageError) as refused:
        find(training, "zzz")

    assert [id for id in training.scenario if id not in refused.value.hint] == []


@pytest.mark.parametrize(("columns", "together"), [("120", True), ("80", False)])
def test_the_command_prints_as_wide_as_the_terminal(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    columns: str,
    together: bool,
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    assert cli.run(["show", "kaus-partai", "--bank", str(HERE / "small_bank")]) == 0

    lines = capsys.readouterr().out.split("\n")
    assert any("Kaus partai" in line and "The party shirt" in line for line in lines) == together


def test_the_bundled_bank_is_the_one_not_named_and_an_unknown_id_ends_with_2(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["show", PRINCIPAL]) == 0
    assert capsys.readouterr().out.startswith(f"tim-sukses/{PRINCIPAL}\n")

    assert cli.run(["show", "kepala-sekolah"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert PRINCIPAL in err


def test_through_a_pipe_the_languages_stand_one_below_the_other(root: Path) -> None:
    command = [sys.executable, "-m", "quiz", "show", PRINCIPAL, "--bank", HERE / "training_bank"]
    environ = {name: value for name, value in os.environ.items() if name != "COLUMNS"}

    done = subprocess.run(
        command, cwd=root, env=environ, capture_output=True, encoding="utf-8", timeout=60
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(len, done.stdout.split("\n"))) <= 80
    assert "\x1b" not in done.stdout
