"""`netral review`: what is due, line by line, and the day to be ready by."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from quiz import paths, settings
from quiz.bank import load
from quiz.history import edition
from quiz.models import Bank
from quiz.session import Answer, Kind, Plan
from quiz.store import Store

from ..commandline import ALL, DECK, SMALL, TRAINING, Netral

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("opening", "review"):
        monkeypatch.setattr(f"quiz.commands.{module}.now", lambda: NOON)


def bank(folder: Path = SMALL) -> Bank:
    found, problems = load(folder)
    assert found, problems
    return found


def practised(home: Path, *questions: str, days: int, folder: Path = SMALL) -> None:
    """These questions were answered rightly, each in a session of its own, so many days ago."""
    with closing(Store.open(home / "netral.db")) as store:
        for id in questions:
            known = bank(folder)
            at = NOON - timedelta(days=days)
            run = store.begin(Plan(Kind.PRACTICE, "", (id,)), known.manifest.id, at)
            question = known.question[id]
            answer = Answer(id, question.verdict, question.verdict, edition=edition(question))
            store.record(run.id, answer, at)
            store.leave_behind(run.id, id, at, last=True)


def horizon() -> date | None:
    return settings.load(paths.settings_file()).horizon


def test_one_question_of_each_scenario_due_is_asked_the_one_seen_longest_ago(
    netral: Netral, home: Path
) -> None:
    for folder in (SMALL, TRAINING):
        for scenario in bank(folder).scenarios:
            practised(home, *(q.id for q in scenario.questions), days=30, folder=folder)
            practised(home, *(q.id for q in scenario.questions[:2]), days=29, folder=folder)

    small = netral("review", "--bank", SMALL, "--json", typed=ALL)
    training = netral("review", "--bank", TRAINING, "--json", typed=ALL)

    assert small.asked == [DECK[2]]
    assert training.asked == [s.questions[2].id for s in bank(TRAINING).scenarios]
    with closing(Store.open(home / "netral.db")) as store:
        assert [e.kind for e in store.history("kecil") if e.at == NOON] == [Kind.REVIEW]


def test_what_was_reviewed_is_not_due_again_on_that_day(netral: Netral, home: Path) -> None:
    practised(home, DECK[0], days=9)

    first = netral("review", "--bank", SMALL, typed=ALL)
    second = netral("review", "--bank", SMALL, typed=ALL)

    assert "1/1" in first.out
    assert (second.code, second.err) == (0, "")
    assert second.out.startswith("Nothing is due today. The next review is on ")
    assert second.out.count("\n") == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Nothing is due today. The next review is on 24 November 2026.\n"),
        ("id", "Hari ini tidak ada yang jatuh tempo. Ulangan berikutnya 24 November 2026.\n"),
    ],
)
def test_where_nothing_is_due_it_says_when_something_will_be(
    netral: Netral, home: Path, language: str, words: str
) -> None:
    practised(home, DECK[0], days=0)

    said = netral("review", "--bank", SMALL, language=language)
    beside_data = netral("review", "--bank", SMALL, "--json", language=language)

    assert (said.code, said.out, said.err) == (0, words, "")
    assert (beside_data.code, beside_data.out, beside_data.err) == (0, "", words)


def test_where_nothing_was_answered_it_says_what_comes_here(netral: Netral, home: Path) -> None:
    done = netral("review", "--bank", SMALL)
    practised(home, bank(TRAINING).scenarios[0].questions[0].id, days=9, folder=TRAINING)

    assert done.code == 0
    assert done.out.startswith("Nothing to review yet")
    assert netral("review", "--bank", SMALL) == done, "another bank's answers are its own"


def test_a_day_to_be_ready_by_is_kept_and_brings_reviews_forward(
    netral: Netral, home: Path
) -> None:
    practised(home, DECK[0], days=20)
    practised(home, DECK[0], days=15)
    assert netral("review", "--bank", SMALL, "--json", typed=ALL).asked == []

    hurried = netral("review", "--bank", SMALL, "--ready-by", "2026-11-23", "--json", typed=ALL)

    assert hurried.asked == [DECK[1]]
    assert hurried.err.startswith("Ready by 23 November 2026.\n")
    assert horizon() == date(2026, 11, 23)


def test_the_day_to_be_ready_by_can_be_dropped(netral: Netral) -> None:
    settings.save(settings.Settings(horizon=NOON.date(), length=15), paths.settings_file())

    done = netral("review", "--bank", SMALL, "--ready-by", "none")

    assert done.code == 0
    assert done.err == "There is no day to be ready by.\n"
    assert settings.load(paths.settings_file()) == settings.Settings(length=15)


@pytest.mark.parametrize("typed", ["soon", "2026-11-31", "2026-11-21", ""])
def test_what_is_no_day_to_come_is_refused_and_the_one_before_stays(
    netral: Netral, typed: str
) -> None:
    settings.save(settings.Settings(horizon=NOON.date()), paths.settings_file())

    done = netral("review", "--bank", SMALL, "--ready-by", typed)

    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 2, "what is wrong, and what to do"
    assert horizon() == NOON.date()


def test_what_a_test_will_ask_is_not_given_away(netral: Netral, home: Path) -> None:
    practised(home, DECK[3], days=9)
    with closing(Store.open(home / "netral.db")) as store:
        store.begin(Plan(Kind.TEST, "A", tuple(DECK[:2])), "kecil", NOON)

    assert netral("review", "--bank", SMALL, "--json", typed=ALL).asked == [DECK[2]]


def test_a_history_that_cannot_be_read_is_an_error(netral: Netral, home: Path) -> None:
    (home / "netral.db").write_bytes(b"something else" * 100)

    done = netral("review", "--bank", SMALL)

    assert done.code != 0
    assert done.out == ""
    assert str(home / "netral.db") in done.err
