"""Home: every way into training, and what the log says there is to continue."""

import errno
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime, timedelta

import pytest

from quiz import i18n
from quiz.history import Entry
from quiz.session import Kind, Plan
from quiz.settings import Settings, load
from quiz.store import Store
from quiz.tui.app import NetralApp
from quiz.tui.desk import Desk
from quiz.tui.home import HomeScreen
from quiz.tui.widgets import Menu

from .conftest import NOON, PRINCIPAL, RIGHT, everything, press, screens, seen, spot, until

FRESH = ["practice", "choose", "progress", "test", "group", "sources", "settings", "help", "quit"]
BEGUN = ["review", *FRESH]


def items(app: NetralApp) -> list[str]:
    assert isinstance(app.screen, HomeScreen)
    return [item.key for item in app.screen.query_one(Menu).items]


def begin(desk: Desk, plan: Plan | None = None, right: int = 0, at: datetime = NOON) -> int:
    """A session in the log, of which `right` questions were answered and read."""
    run = desk.store.begin(plan or everything(desk), desk.bank.manifest.id, at)
    session = run.session
    for turn, question in enumerate(session.deck[:right], 1):
        verdict = desk.bank.question[question].verdict
        session = session.answer(verdict, verdict)
        desk.store.record(run.id, session.last, at)
        session = session.advance()
        desk.store.leave_behind(run.id, question, at, last=turn == len(session.deck))
    return run.id


def practised(desk: Desk, days: int) -> None:
    """Each scenario of the bank was played to its end, so many days ago."""
    for scenario in desk.bank.scenarios:
        deck = tuple(question.id for question in scenario.questions)
        plan = Plan(Kind.SCENARIO, scenario.id, deck)
        begin(desk, plan, right=len(deck), at=NOON - timedelta(days=days))


@contextmanager
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The history takes as long to read as this lasts."""
    over, entries = threading.Event(), Desk.entries

    def slow(desk: Desk) -> list[Entry]:
        assert over.wait(10)
        return entries(desk)

    monkeypatch.setattr(Desk, "entries", slow)
    try:
        yield
    finally:
        over.set()


def line(app: NetralApp, label: str) -> str:
    """The line of the menu that begins with `label`."""
    (found,) = [line for line in seen(app).split("\n") if line.strip("▸ ").startswith(label)]
    return found.strip()


async def test_every_line_of_the_menu_leads_where_it_says(small_desk: Desk) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert items(app) == FRESH
        assert "▸ Quick practice" in seen(app)
        ways = {
            "down enter": "ChooseScreen",
            "end k k k k enter": "GroupScreen",
            "end k k k space": "SourceScreen",
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
        assert items(app) == ["continue", *BEGUN]
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
        assert items(app) == BEGUN
        assert "x Drop" not in seen(app)
        assert sum(small_desk.store.seen("kecil").values()) == 2
        assert small_desk.store.unfinished("kecil") is None
        await press(pilot, "x")
        assert items(app) == BEGUN


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
        assert items(app) == ["continue", *BEGUN]
        assert "question 2 of 4" in seen(app)
        await press(pilot, "enter", RIGHT[1], "enter", RIGHT[2], "enter", RIGHT[3], "enter", "b")
        assert items(app) == BEGUN


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
        assert i18n._(os.strerror(errno.EISDIR)) in notice.message
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
        small_desk.database.unlink()
        small_desk.database.mkdir()
        for keys in ("down enter", "down enter", "l"):
            await press(pilot, *keys.split())
            assert screens(app) == ["HomeScreen"], keys
            assert "NETRAL_HOME" in seen(app), "what to do is said"
            app.clear_notifications()
            await pilot.pause()
        assert items(app) == FRESH, "what could not be looked up is not offered"


async def test_what_is_due_is_counted_and_r_reviews_one_question_of_each(desk: Desk) -> None:
    practised(desk, days=9)
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "2 scenarios due" in line(app, "Today's review"))
        assert "r Review" in seen(app)
        assert line(app, "Quick practice").startswith("▸"), "the first line that surely leads on"
        await press(pilot, "r")
        run = desk.store.unfinished("netral")
        assert run is not None
        assert run.kind is Kind.REVIEW
        homes = [desk.bank.home_of[question] for question in run.session.deck]
        assert homes == list(desk.bank.scenarios)


async def test_the_line_of_the_review_begins_it_too(desk: Desk) -> None:
    practised(desk, days=9)
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "2 scenarios due" in seen(app))
        await press(pilot, "home", "enter")
        assert screens(app) == ["PlayScreen"]
        assert "Question 1 of 2" in seen(app)


async def test_what_was_reviewed_is_no_longer_counted(small_desk: Desk) -> None:
    practised(small_desk, days=9)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "1 scenario due" in line(app, "Today's review"))
        await press(pilot, "r", RIGHT[0], "enter", "b")
        await until(pilot, lambda: "next on" in line(app, "Today's review"))


async def test_where_nothing_is_due_home_says_when_something_will_be(small_desk: Desk) -> None:
    practised(small_desk, days=0)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: "next on 24 November 2026" in line(app, "Today's review"))
        assert "r Review" not in seen(app)
        await press(pilot, "r")
        assert screens(app) == ["HomeScreen"]
        assert not app._notifications
        await press(pilot, "home", "enter")
        assert screens(app) == ["HomeScreen"]
        (notice,) = app._notifications
        assert notice.message.endswith("The next review is on 24 November 2026.")


async def test_a_day_to_be_ready_by_brings_reviews_forward(small_desk: Desk) -> None:
    practised(small_desk, days=20)
    practised(small_desk, days=15)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "next on" in line(app, "Today's review"))
        small_desk.settings = Settings(horizon=NOON.date() + timedelta(days=1))
        await press(pilot, "question_mark", "escape")
        await until(pilot, lambda: "1 scenario due" in line(app, "Today's review"))


async def test_home_waits_for_no_history_however_long(
    small_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    practised(small_desk, days=9)
    app = NetralApp(small_desk)
    with ExitStack() as holding:
        holding.enter_context(held(monkeypatch))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "down", "up")
            before = seen(app).split("\n")
            assert line(app, "Today's review") == "Today's review"
            assert "r Review" not in seen(app)
            await press(pilot, "r", "home", "enter", "down")
            assert screens(app) == ["HomeScreen"], "there is nothing to begin yet"

            holding.close()
            await until(pilot, lambda: "1 scenario due" in line(app, "Today's review"))
            row = spot(app, "1 scenario due")[1]
            # The line of the keys, the last, hears of it after the line of the menu.
            await until(pilot, lambda: "r Review" in seen(app))
            after = seen(app).split("\n")
            changed = [n for n, was in enumerate(before) if after[n] != was]
            assert changed == [row, len(after) - 1], "nothing else moved"


async def test_what_was_known_to_be_due_stands_until_it_is_looked_up_again(
    small_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    practised(small_desk, days=9)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "1 scenario due" in line(app, "Today's review"))
        before = seen(app)
        with held(monkeypatch):
            await press(pilot, "question_mark", "escape")
            assert seen(app) == before


async def test_a_review_leaves_alone_what_a_test_will_ask(small_desk: Desk) -> None:
    practised(small_desk, days=9)
    deck = everything(small_desk).deck
    begin(small_desk, Plan(Kind.TEST, "A", deck[:2]))
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "1 scenario due" in line(app, "Today's review"))
        await press(pilot, "r")
        run = small_desk.store.unfinished("kecil")
        assert run is not None
        assert run.session.deck == (deck[2],)


async def test_answers_that_are_not_kept_fall_due_all_the_same(small_desk: Desk) -> None:
    with closing(Store.in_memory()) as store:
        small_desk.store = store
        practised(small_desk, days=9)
        app = NetralApp(small_desk)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: "1 scenario due" in line(app, "Today's review"))


async def test_a_history_that_cannot_be_read_for_the_review_is_said_so(small_desk: Desk) -> None:
    practised(small_desk, days=9)
    small_desk.database = small_desk.settings_file
    small_desk.database.mkdir()
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: "NETRAL_HOME" in seen(app))
        assert items(app) == BEGUN
        assert line(app, "Today's review") == "Today's review"
        assert "r Review" not in seen(app)
