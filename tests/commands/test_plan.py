"""`netral plan`."""

import json
import os
from pathlib import Path

import pytest

from quiz.bank import load
from quiz.evening import load_plan

from ..commandline import DECK, SMALL, TRAINING, Netral


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command is called."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def deck(file: Path) -> list[str]:
    found: list[str] = json.loads(file.read_bytes())["deck"]
    return found


def test_a_run_sheet_is_written_where_nothing_else_is_asked_for(
    netral: Netral, folder: Path
) -> None:
    done = netral("plan", "--bank", SMALL)

    assert (done.code, done.out, done.err) == (0, "netral-plan.html\n", "")
    assert os.listdir(folder) == ["netral-plan.html"]
    assert "The shirt is a party mark." in (folder / "netral-plan.html").read_text("utf-8")


def test_run_sheet_handout_and_plan_are_of_the_same_questions(netral: Netral, folder: Path) -> None:
    done = netral(
        "plan", "a.html", "--handout", "b.html", "--save", "c.json", "--bank", TRAINING, "-n", 3
    )

    assert done.out.splitlines() == ["a.html", "b.html", "c.json"]
    bank, _problems = load(TRAINING)
    assert bank
    plan = load_plan((folder / "c.json").read_bytes(), bank)
    assert len(plan.deck) == 3
    assert plan.minutes == 90
    for name in ("a.html", "b.html"):
        page = (folder / name).read_text("utf-8")
        order = [page.index(f"{n}. ") for n in (1, 2, 3)]
        assert order == sorted(order)


def test_only_what_is_asked_for_is_written(netral: Netral, folder: Path) -> None:
    assert netral("plan", "--handout", "b.html", "--bank", SMALL).out == "b.html\n"
    assert os.listdir(folder) == ["b.html"]
    assert "The shirt is a party mark." not in (folder / "b.html").read_text("utf-8")


def test_the_papers_are_in_the_language_asked_for(netral: Netral, folder: Path) -> None:
    netral("plan", "a.html", "--handout", "b.html", "--bank", SMALL, "--lang", "id", language="en")

    assert "Panduan acara" in (folder / "a.html").read_text("utf-8")
    assert "Wayan memakai kaus partai." in (folder / "b.html").read_text("utf-8")


def test_scenarios_are_asked_in_the_order_they_are_named(netral: Netral, folder: Path) -> None:
    cases = ("loket-kependudukan-menjelang-pilkada", "kepala-sekolah-tim-sukses")
    options = [option for case in cases for option in ("--scenario", case)]

    netral("plan", "--save", "a.json", *options, "--bank", TRAINING)

    bank, _problems = load(TRAINING)
    assert bank
    homes = [bank.home_of[id].id for id in deck(folder / "a.json")]
    assert tuple(dict.fromkeys(homes)) == cases


def test_the_minutes_bound_the_evening_and_an_overrun_is_told(netral: Netral, folder: Path) -> None:
    netral("plan", "--save", "a.json", "--bank", TRAINING, "--minutes", 25)
    netral("plan", "--save", "b.json", "--bank", TRAINING, "--minutes", 90)
    assert len(deck(folder / "a.json")) < len(deck(folder / "b.json"))

    done = netral("plan", "c.html", "--bank", SMALL, "--minutes", 12)
    assert (done.code, done.out) == (0, "c.html\n")
    assert done.err == "This takes about 20 minutes, and there are 12.\n"


def test_the_same_seed_plans_the_same_and_without_one_nothing_is_left_to_chance(
    netral: Netral, folder: Path
) -> None:
    for name, seed in (("a", ["--seed", 3]), ("b", ["--seed", 3]), ("c", []), ("d", [])):
        netral("plan", "--save", name, "-n", 20, *seed)

    assert deck(folder / "a") == deck(folder / "b") != deck(folder / "c")
    assert deck(folder / "c") == deck(folder / "d")


def test_a_saved_plan_is_printed_again(netral: Netral, folder: Path) -> None:
    netral("plan", "a.html", "--save", "a.json", "--bank", SMALL, "-n", 2, "--minutes", 30)

    done = netral("plan", "b.html", "--plan", "a.json", "--bank", SMALL)

    assert done.code == 0
    assert (folder / "a.html").read_bytes() == (folder / "b.html").read_bytes()


@pytest.mark.parametrize(
    "choice",
    [
        ("--scenario", "kaus-partai"),
        ("--principle", "tanpa-atribut"),
        ("--level", "basic"),
        ("-n", 2),
        ("--seed", 0),
        ("--minutes", 60),
    ],
)
def test_a_saved_plan_leaves_nothing_to_choose(
    netral: Netral, folder: Path, choice: tuple[object, ...]
) -> None:
    netral("plan", "--save", "a.json", "--bank", SMALL)

    done = netral("plan", "b.html", "--plan", "a.json", *choice, "--bank", SMALL)

    assert (done.code, os.listdir(folder)) == (2, ["a.json"])
    assert "Leave out --plan" in done.err


def test_a_plan_that_cannot_be_read_is_told(netral: Netral, folder: Path) -> None:
    (folder / "a.json").write_text("{}")

    done = netral("plan", "b.html", "--plan", "a.json", "--bank", SMALL)
    assert (done.code, os.listdir(folder)) == (2, ["a.json"])
    assert "This is no plan of Netral's." in done.err

    done = netral("plan", "b.html", "--plan", "missing.json", "--bank", SMALL)
    assert (done.code, os.listdir(folder)) == (2, ["a.json"])
    assert "missing.json does not exist." in done.err


def test_what_the_bank_does_not_have_is_refused(netral: Netral, folder: Path) -> None:
    done = netral("plan", "--scenario", "tidak-ada", "--bank", SMALL)

    assert (done.code, os.listdir(folder)) == (2, [])
    assert "no scenario “tidak-ada”" in done.err


def test_nothing_is_replaced_unless_forced(netral: Netral, folder: Path) -> None:
    (folder / "b.html").write_text("mine")
    command = ("plan", "a.html", "--handout", "b.html", "--bank", SMALL)

    assert (netral(*command).code, os.listdir(folder)) == (2, ["b.html"])
    assert (folder / "b.html").read_text() == "mine"
    assert netral(*command, "--force").code == 0
    assert "Wayan" in (folder / "b.html").read_text("utf-8")


def test_the_whole_small_bank_is_an_evening(netral: Netral, folder: Path) -> None:
    netral("plan", "--save", "a.json", "--bank", SMALL)

    assert deck(folder / "a.json") == DECK
