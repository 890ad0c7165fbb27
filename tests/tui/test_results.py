"""The result of a session."""

from dataclasses import replace

import pytest

from quiz.models import Verdict
from quiz.session import Kind, Plan, again
from quiz.tui.app import NetralApp
from quiz.tui.desk import Desk
from quiz.tui.results import ResultScreen
from quiz.tui.widgets import KeyBar, MenuItem

from .conftest import NOON, PRINCIPAL, RIGHT, WRONG, everything, press, resize, screens, seen, spot


def offered(app: NetralApp) -> list[str]:
    return [key for key, _what in app.screen.query_one(KeyBar).hints()]


def played(*keys: str) -> list[str]:
    """The keys that answer every question and read every explanation."""
    return [key for answer in keys for key in (answer, "enter")]


async def test_a_passed_session_shows_its_score_and_what_was_missed(small_desk: Desk) -> None:
    app = NetralApp(small_desk, plan=everything(small_desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *played(RIGHT[0], WRONG[1], RIGHT[2], WRONG[3]))
        assert screens(app) == ["ResultScreen"]
        assert "2 of 4 right" in seen(app)
        assert "Passed (mark 50%)" in seen(app)
        assert "No party marks  ━━━━━━━━━━╺─────────  2/4" in seen(app)
        missed = [item.key for item in app.screen.query(MenuItem)]
        assert missed == ["memakai-seragam", "datang-pagi"]
        assert "▸ ✕ Wayan wears the uniform." in seen(app)
        assert small_desk.store.unfinished("kecil") is None


async def test_its_bars_fit_the_terminal_whatever_becomes_of_it(small_desk: Desk) -> None:
    app = NetralApp(small_desk, plan=everything(small_desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *played(RIGHT[0], WRONG[1], RIGHT[2], WRONG[3]))
        await resize(pilot, 40, 24)
        (row,) = (row for row in seen(app).split("\n") if "No party marks" in row)
        assert row.rstrip().endswith("2/4")
        await resize(pilot, 80, 24)
        assert "No party marks  ━━━━━━━━━━╺─────────  2/4" in seen(app)


async def test_a_missed_question_is_read_again_and_left_again(small_desk: Desk) -> None:
    app = NetralApp(small_desk, plan=everything(small_desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *played(RIGHT[0], WRONG[1], RIGHT[2], WRONG[3]))
        await press(pilot, "down", "enter")
        assert screens(app) == ["ResultScreen", "MissedScreen"]
        assert "He serves the citizens." in seen(app)
        await press(pilot, "enter")
        assert screens(app) == ["ResultScreen"]
        await pilot.click(offset=spot(app, "Wayan wears the uniform."))
        assert "A uniform is no party mark." in seen(app)


async def test_what_was_missed_is_repeated_until_nothing_is(small_desk: Desk) -> None:
    app = NetralApp(small_desk, plan=everything(small_desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *played(WRONG[0], RIGHT[1], WRONG[2], WRONG[3]))
        assert "Below the mark of 50%" in seen(app)
        assert "r" in offered(app)
        await press(pilot, "r")
        run = small_desk.store.unfinished("kecil")
        assert run is not None
        deck = everything(small_desk).deck
        assert (run.kind, run.session.deck) == (Kind.MISSED, (deck[0], deck[2], deck[3]))
        await press(pilot, *played(RIGHT[0], RIGHT[2], RIGHT[3]))
        assert "3 of 3 right" in seen(app)
        assert "Everything was right." in seen(app)
        assert "r" not in offered(app)
        assert not app.screen.query(MenuItem)
        await press(pilot, "r")
        assert screens(app) == ["ResultScreen"]


@pytest.mark.parametrize("key", ["b", "escape"])
async def test_b_and_escape_go_home(small_desk: Desk, key: str) -> None:
    app = NetralApp(small_desk, plan=again(everything(small_desk).deck[:1]))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *played(RIGHT[0]), key)
        assert screens(app) == ["HomeScreen"]


async def test_q_quits(small_desk: Desk) -> None:
    app = NetralApp(small_desk, plan=again(everything(small_desk).deck[:1]))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *played(RIGHT[0]))
        assert "q" in offered(app)
        await pilot.press("q")
        assert app._exit


async def test_a_key_pressed_twice_repeats_once(small_desk: Desk) -> None:
    app = NetralApp(small_desk, plan=again(everything(small_desk).deck[:1]))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *played(WRONG[0]))
        app.simulate_key("r")
        app.simulate_key("r")
        await pilot.pause()
        run = small_desk.store.unfinished("kecil")
        assert run is not None
        assert run.id == 2


async def test_every_principle_asked_of_has_its_bar_in_teaching_order(desk: Desk) -> None:
    deck = everything(desk).deck
    ours = {q.id for q in desk.bank.scenario[PRINCIPAL].questions}
    mixed = [next(q for q in deck if (q in ours) == whose) for whose in (False, True)]
    app = NetralApp(desk, plan=Plan(Kind.PRACTICE, "", tuple(mixed)))
    async with app.run_test(size=(80, 24)) as pilot:
        verdicts = [desk.bank.question[question].verdict for question in mixed]
        keys = ["1" if verdict is Verdict.NEUTRAL else "2" for verdict in verdicts]
        await press(pilot, *played(*keys))
        full = "━" * 20 + "  1/1"
        rows = [line.split(full)[0].strip() for line in seen(app).split("\n") if full in line]
        taught = [p.name.say("en") for p in desk.bank.principles.values()]
        assert rows == [name for name in taught if name in rows]
        assert len(rows) == 2


async def test_of_a_test_every_answer_is_listed_and_can_be_read_about(small_desk: Desk) -> None:
    deck = everything(small_desk).deck
    run = small_desk.store.begin(Plan(Kind.TEST, "A", deck), "kecil", NOON)
    session = run.session
    for question, wrong in zip(deck, (False, True, False, False), strict=True):
        expected = small_desk.bank.question[question].verdict
        given = next(v for v in Verdict if (v is not expected) == wrong)
        session = session.answer(given, expected).advance()
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(ResultScreen(small_desk, replace(run, session=session)))
        await pilot.pause()
        assert [item.key for item in app.screen.query(MenuItem)] == list(deck)
        signs = [item.label[0] for item in app.screen.query(MenuItem)]
        assert signs == ["✓", "✕", "✓", "✓"]
        assert "Your answers" in seen(app)
        await press(pilot, "enter")
        assert screens(app)[-1] == "MissedScreen"
        assert "✓ Right: not neutral." in seen(app)
        assert "The shirt is a party mark." in seen(app)
        assert "Not right yet" not in seen(app)
        await press(pilot, "escape", "down", "enter")
        assert "✕ Not quite" in seen(app)
        assert "Not right yet" in seen(app)
        await press(pilot, "escape", "r")
        again_run = small_desk.store.unfinished("kecil")
        assert again_run is not None
        assert again_run.session.deck == (deck[1],)
