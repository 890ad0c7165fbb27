"""`netral progress`."""

import csv
import io
import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quiz.bank import load
from quiz.commands import progress
from quiz.history import edition
from quiz.models import Confidence, Verdict
from quiz.session import Answer, Kind, Plan
from quiz.store import Store

from ..commandline import CASE, DECK, SMALL, TRAINING, Netral, databases
from ..conftest import BankFolder

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LOG = (("WWRR", 5, None), ("RWRR", 3, Confidence.SURE))


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "now", lambda: NOW)


def fill(home: Path, *sessions: tuple[str, int, Confidence | None]) -> None:
    """Answers to the small bank: R right and W wrong, so many days ago."""
    bank, _problems = load(SMALL)
    assert bank
    with closing(Store.open(home / "netral.db")) as store:
        for signs, days, confidence in sessions:
            plan = Plan(Kind.PRACTICE, "", tuple(DECK))
            run = store.begin(plan, "kecil", NOW - timedelta(days=days))
            for number, (id, sign) in enumerate(zip(DECK, signs, strict=False)):
                at = NOW - timedelta(days=days, seconds=60 - number)
                expected = bank.question[id].verdict
                given = expected if sign == "R" else next(v for v in Verdict if v != expected)
                words = edition(bank.question[id])
                store.record(run.id, Answer(id, given, expected, confidence, words), at)
                store.leave_behind(run.id, id, at, last=id == DECK[-1])


def test_the_figures_are_printed_as_a_page(netral: Netral, home: Path) -> None:
    fill(home, *LOG)

    done = netral("progress", "--bank", SMALL)

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Review: 1 scenario is due.\n\nPrinciple  ")
    lines = done.out.splitlines()
    assert "No party marks  ━━━━━╺────   2/4  ━━━━━━━━╺─   3/4    4/4" in lines
    assert "8 answers on 2 days; the most in a day: 4, on 17 November 2026." in lines
    assert "✕ Wayan wears the uniform." in lines
    assert "Sure         ━━━━━━━━╺─  3/4  75% right" in lines


@pytest.mark.parametrize(("columns", "widest"), [("60", 59), ("80", 79), ("200", 100)])
@pytest.mark.parametrize("language", ["en", "id"])
def test_no_line_is_wider_than_the_terminal(
    netral: Netral,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    columns: str,
    widest: int,
    language: str,
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    fill(home, *LOG)

    out = netral("progress", "--bank", SMALL, language=language).out

    assert max(map(len, out.splitlines())) <= widest


def test_without_answers_it_says_what_will_be_there_and_leaves_nothing_behind(
    netral: Netral, home: Path
) -> None:
    done = netral("progress", "--bank", SMALL)

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Begin with a first practice.\n\nNothing answered yet.")
    assert databases(home) == []


def test_json_has_every_figure(netral: Netral, home: Path) -> None:
    fill(home, *LOG)

    found = json.loads(netral("progress", "--json", "--bank", SMALL).out)

    assert 0 < found.pop("retention") < 1
    days = found.pop("days")
    assert [days[-6], days[-4]] == [
        {"day": "2026-11-17", "answers": 4},
        {"day": "2026-11-19", "answers": 4},
    ]
    assert (len(days), sum(day["answers"] for day in days)) == (28, 8)
    assert found == {
        "bank": "kecil",
        "answers": 8,
        "next": "review",
        "principles": [
            {
                "principle": "tanpa-atribut",
                "name": "No party marks",
                "questions": 4,
                "answered": 4,
                "first_right": 2,
                "latest_right": 3,
            }
        ],
        "weakest": "tanpa-atribut",
        "confidence": {
            "unsure": {"right": 0, "answered": 0},
            "fairly": {"right": 0, "answered": 0},
            "sure": {"right": 3, "answered": 4},
        },
        "sure_but_wrong": ["memakai-seragam"],
        "scenarios": 1,
        "mastered": [],
        "unseen": [],
        "due": ["kaus-partai"],
        "next_due": "2026-11-20",
        "test": None,
    }


def test_json_has_the_same_keys_without_answers(netral: Netral, home: Path) -> None:
    before = json.loads(netral("progress", "--json", "--bank", SMALL).out)
    fill(home, *LOG)
    after = json.loads(netral("progress", "--json", "--bank", SMALL).out)

    assert before.keys() == after.keys()
    assert (before["retention"], before["next_due"], before["next"]) == (None, None, "begin")


def test_json_compares_both_forms_of_a_test(netral: Netral, home: Path) -> None:
    bank, _problems = load(SMALL)
    assert bank
    with closing(Store.open(home / "netral.db")) as store:
        for form, deck, days in (("A", DECK[:2], 9), ("B", DECK[2:], 1)):
            at = NOW - timedelta(days=days)
            run = store.begin(Plan(Kind.TEST, form, tuple(deck)), "kecil", at)
            for id in deck:
                question = bank.question[id]
                given = Verdict.NEUTRAL if form == "A" else question.verdict
                answer = Answer(id, given, question.verdict, None, edition(question))
                store.record(run.id, answer, at)
                store.leave_behind(run.id, id, at, last=id == deck[-1])

    test = json.loads(netral("progress", "--json", "--bank", SMALL).out)["test"]

    assert test["before"] == {"right": 1, "answered": 2}
    assert test["after"] == {"right": 2, "answered": 2}
    assert (test["difference"], test["left_out"]) == (0.5, 0)
    assert -1 <= test["low"] < 0.5 < test["high"] <= 1


def test_csv_has_a_row_for_each_principle(netral: Netral, home: Path) -> None:
    fill(home, *LOG)

    out = netral("progress", "--csv", "--bank", SMALL).out

    assert out == (
        "principle,name,questions,answered,first_right,latest_right\n"
        "tanpa-atribut,No party marks,4,4,2,3\n"
    )
    rows = list(csv.DictReader(io.StringIO(netral("progress", "--csv", "--bank", TRAINING).out)))
    bank, _problems = load(TRAINING)
    assert bank
    taught = [id for id in bank.principles if any(s.principle == id for s in bank.scenarios)]
    assert [row["principle"] for row in rows] == taught


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(netral: Netral, small: BankFolder, sign: str) -> None:
    path = small.root / "scenarios" / "bank.yaml"
    text = path.read_text(encoding="utf-8")
    named = text.replace("en: No party marks", f"en: '{sign}1+cmd|calc, or so'")
    assert named != text
    path.write_text(named, encoding="utf-8")

    out = netral("progress", "--csv", "--bank", path.parent.parent).out

    (row,) = csv.DictReader(io.StringIO(out))
    assert row["name"] == f"'{sign}1+cmd|calc, or so"


def test_json_and_csv_exclude_each_other(netral: Netral) -> None:
    done = netral("progress", "--json", "--csv", "--bank", SMALL)

    assert (done.code, done.out) == (2, "")
    assert "Only one of --json and --csv" in done.err


def test_a_damaged_history_is_an_error(netral: Netral, home: Path) -> None:
    (home / "netral.db").write_bytes(b"no database at all, " * 500)

    done = netral("progress", "--bank", SMALL)

    assert done.code != 0
    assert done.out == ""
    assert "netral.db" in done.err


def test_an_answer_to_a_question_edited_since_is_in_no_figure(
    netral: Netral, home: Path, small: BankFolder
) -> None:
    fill(home, *LOG)
    small.edit(CASE, "Wayan wears the uniform.", "Wayan wears his best uniform.")
    same = json.loads(netral("progress", "--json", "--bank", small.root).out)
    small.edit(CASE, "Wayan memakai seragam.", "Made tidak memakai seragam.")

    found = json.loads(netral("progress", "--json", "--bank", small.root).out)

    assert same["answers"] == 8
    assert (found["answers"], found["sure_but_wrong"]) == (6, [])
    assert found["principles"][0]["answered"] == 3


def test_the_help_says_what_a_row_is(netral: Netral) -> None:
    done = netral("progress", "--help")

    assert "With --csv each principle is a row" in done.out
