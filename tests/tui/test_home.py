"""Home: every way into training, and what the log says there is to continue."""

import errno
import os
import sqlite3
from contextlib import closing

import pytest

from quiz import i18n
from quiz.session import Kind, Plan
from quiz.settings import Settings, load
from quiz.store import Store
from quiz.tui.app import NetralApp
from quiz.tui.desk import Desk
from quiz.tui.home import HomeScreen
from quiz.tui.widgets import Menu

from .conftest import NOON, PRINCIPAL, RIGHT, everything, press, screens, seen, spot

FRESH = ["practice", "choose", "sources", "settings", "help", "quit"]


def items(app: NetralApp) -> list[str]:
    assert isinstance(app.screen, HomeScreen)
    return [item.key for item in app.screen.query_one(Menu).items]


def begin(desk: Desk, plan: Plan | None = None, right: int = 0) -> int:
    """A session in the log, of which `right` questions were answered and read."""
    run = desk.store.begin(plan or everything(desk), desk.bank.manifest.id, NOON)
    session = run.session
    for question in session.deck[:right]:
        verdict = desk.bank.question[question].verdict
        session = session.answer(verdict, verdict)
        desk.store.record(run.id, session.last, NOON)
        session = session.advance()
        desk.store.leave_behind(run.id, question, NOON, last=False)
    return run.id


async def test_every_line_of_the_menu_leads_where_it_says(small_desk: Desk) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert items(app) == FRESH
        assert "▸ Quick practice" in seen(app)
        ways = {
            "down enter": "ChooseScreen",
            "j j space": "SourceScreen",
            "end up up enter": "OptionsScreen",
            "end k enter": "HelpScreen",
        }
        for keys, screen in ways.items():
            await press(pilot, *keys.split())
            assert screens(app) == ["HomeScreen", screen]
            await press(pilot, "escape")
            assert screens(app) == ["HomeScreen"]
        await pilot.click(offset=spot(app, "Quick practice"))
        assert screens(app) == ["PlayScreen"]


@pytest.mark.parametrize("keys", ["q", "end enter", "ctrl+q", "ctrl+c"])
async def test_netral_can_be_left_from_home(small_desk: Desk, keys: str) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys.split())
        assert app._exit
    assert app.return_code == 0


async def test_a_quick_practice_is_as_long_as_the_settings_say(desk: Desk) -> None:
    desk.settings = Settings(length=5)
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "5 mixed questions" in seen(app)
        await press(pilot, "enter")
        run = desk.store.unfinished("netral")
        assert run is not None
        assert (run.kind, len(run.session.deck)) == (Kind.PRACTICE, 5)


async def test_a_key_pressed_twice_begins_one_session(desk: Desk) -> None:
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.simulate_key("enter")
        app.simulate_key("enter")
        await pilot.pause()
        assert screens(app) == ["PlayScreen"]
        run = desk.store.unfinished("netral")
        assert run is not None
        assert run.id == 1


async def test_an_unfinished_session_comes_first_with_the_place_it_goes_on_at(desk: Desk) -> None:
    deck = tuple(question.id for question in desk.bank.scenario[PRINCIPAL].questions)
    begin(desk, Plan(Kind.SCENARIO, PRINCIPAL, deck), right=2)
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert items(app) == ["continue", *FRESH]
        title = desk.bank.scenario[PRINCIPAL].title.say("en")
        assert title[:20] in seen(app)
        assert "3 of 6" in seen(app) or title not in seen(app), "the end of a long line is cut"
        await press(pilot, "enter")
        assert desk.bank.question[deck[2]].act.say("en")[:40] in seen(app)


async def test_x_drops_the_unfinished_session_for_good_and_keeps_its_answers(
    small_desk: Desk,
) -> None:
    begin(small_desk, right=2)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "x Drop" in seen(app)
        await press(pilot, "x")
        assert items(app) == FRESH
        assert "x Drop" not in seen(app)
        assert sum(small_desk.store.seen().values()) == 2
        assert small_desk.store.unfinished("kecil") is None
        await press(pilot, "x")
        assert items(app) == FRESH


async def test_a_session_with_no_question_left_in_the_bank_is_not_offered(
    small_desk: Desk,
) -> None:
    begin(small_desk, Plan(Kind.PRACTICE, "", ("sudah-hilang",)))
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert items(app) == FRESH


async def test_what_was_done_since_is_shown_on_coming_back(small_desk: Desk) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", RIGHT[0], "enter", "escape")
        assert items(app) == ["continue", *FRESH]
        assert "question 2 of 4" in seen(app)
        await press(pilot, "enter", RIGHT[1], "enter", RIGHT[2], "enter", RIGHT[3], "enter", "b")
        assert items(app) == FRESH


async def test_l_speaks_the_other_language_at_once_and_for_good(small_desk: Desk) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l")
        assert "Latihan cepat" in seen(app)
        assert "Quick practice" not in seen(app)
        assert load(small_desk.settings_file).language == "id"
        await press(pilot, "enter")
        assert "Wayan memakai kaus partai." in seen(app)
        await press(pilot, "escape", "l", "enter")
        assert "Wayan wears a party shirt." in seen(app)
        assert load(small_desk.settings_file).language == "en"


async def test_l_speaks_the_other_language_where_it_cannot_be_kept(small_desk: Desk) -> None:
    small_desk.settings_file.mkdir()
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "l")
        assert "Latihan cepat" in seen(app)
        (notice,) = app._notifications
        assert os.strerror(errno.EISDIR) in notice.message
        assert i18n.language() == "id"


async def test_that_nothing_is_kept_is_said_under_the_menu(small_desk: Desk) -> None:
    with closing(Store.in_memory()) as store:
        small_desk.store = store
        app = NetralApp(small_desk)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "Answers are not kept" in seen(app)


async def test_a_session_that_cannot_be_dropped_now_is_still_there(small_desk: Desk) -> None:
    begin(small_desk)
    small_desk.store.close()
    with (
        closing(Store.open(small_desk.database, wait=0)) as small_desk.store,
        closing(sqlite3.connect(small_desk.database, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        app = NetralApp(small_desk)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await press(pilot, "x")
            assert items(app) == ["continue", *FRESH]
            assert "Another program holds the history" in seen(app)
            other.execute("ROLLBACK")
            await press(pilot, "x")
            assert items(app) == FRESH


async def test_a_history_that_cannot_be_read_is_said_so_and_home_stays(small_desk: Desk) -> None:
    begin(small_desk)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        small_desk.store.close()
        for keys in ("down enter", "down enter", "l"):
            await press(pilot, *keys.split())
            assert screens(app) == ["HomeScreen"], keys
            assert "NETRAL_HOME" in seen(app), "what to do is said"
            app.clear_notifications()
            await pilot.pause()
        assert items(app) == FRESH, "what could not be looked up is not offered"
