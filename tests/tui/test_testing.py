"""The introduction of a test, and what its result leads to."""

from dataclasses import replace
from datetime import timedelta

from quiz import testing
from quiz.models import Verdict
from quiz.session import Kind, Plan
from quiz.store import Run
from quiz.tui.app import NetralApp
from quiz.tui.desk import Desk
from quiz.tui.messages import ShowTest
from quiz.tui.widgets import KeyBar, MenuItem

from .conftest import NOON, everything, press, screens, seen, until


def offered(app: NetralApp) -> list[tuple[str, str]]:
    return app.screen.query_one(KeyBar).hints()


def next_test(desk: Desk) -> Plan | Run:
    return testing.next_test(desk.bank, desk.store)


def right(desk: Desk, deck: tuple[str, ...]) -> list[str]:
    """The keys that answer a test rightly, each taken with Enter."""
    neutral = [desk.bank.question[id].verdict is Verdict.NEUTRAL for id in deck]
    return [key for is_neutral in neutral for key in ("1" if is_neutral else "2", "enter")]


async def test_it_says_what_a_test_is_and_enter_begins_it(desk: Desk) -> None:
    plan = next_test(desk)
    assert isinstance(plan, Plan)
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.post_message(ShowTest())
        await pilot.pause()
        await pilot.pause()
        assert screens(app) == ["HomeScreen", "TestScreen"]
        assert "Form A has 4 questions." in seen(app)
        assert "No answer is explained before the end." in seen(app)
        assert ("enter", "Begin") in offered(app)
        assert "Continue" not in seen(app)
        assert desk.store.unfinished("netral") is None
        await press(pilot, "enter")
        await pilot.pause()
        assert screens(app) == ["PlayScreen"]
        run = desk.store.unfinished("netral")
        assert run
        assert (run.kind, run.subject, run.session.deck) == (Kind.TEST, "A", plan.deck)


async def test_started_for_a_test_it_shows_it_first_and_escape_goes_home(desk: Desk) -> None:
    app = NetralApp(desk, plan=next_test(desk))
    async with app.run_test(size=(80, 24)) as pilot:
        assert screens(app) == ["HomeScreen", "TestScreen"]
        await press(pilot, "escape")
        assert screens(app) == ["HomeScreen"]
        assert desk.store.unfinished("netral") is None


async def test_a_test_that_was_begun_is_gone_on_with(desk: Desk) -> None:
    plan = next_test(desk)
    assert isinstance(plan, Plan)
    app = NetralApp(desk, plan=plan)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", *right(desk, plan.deck[:1]), "escape")
        assert desk.reserved == frozenset(plan.deck), "what is asked is kept until the end"
        app.screen.post_message(ShowTest())
        await pilot.pause()
        await pilot.pause()
        assert "You have begun: question 2 of 4 is next." in seen(app)
        assert ("enter", "Continue") in offered(app)
        assert ("enter", "Begin") not in offered(app)
        await press(pilot, "enter")
        await pilot.pause()
        assert screens(app) == ["PlayScreen"]
        assert "Question 2 of 4" in seen(app)
        run = desk.store.unfinished("netral")
        assert run
        assert run.id == 1


async def test_after_form_a_the_questions_of_form_b_are_kept(desk: Desk) -> None:
    plan = next_test(desk)
    assert isinstance(plan, Plan)
    app = NetralApp(desk, plan=plan)
    async with app.run_test(size=(80, 34)) as pilot:
        await press(pilot, "enter", *right(desk, plan.deck))
        assert screens(app) == ["ResultScreen"]
        assert "Now train, then take form B." in seen(app)
        assert "“netral certificate” writes a page to print." in seen(app)
        second = next_test(desk)
        assert isinstance(second, Plan)
        assert desk.reserved == frozenset(second.deck)
        desk.settings = replace(desk.settings, length=20)
        await press(pilot, "b")
        (practice,) = (item for item in app.screen.query(MenuItem) if item.key == "practice")
        practice.focus()
        await press(pilot, "enter")
        await pilot.pause()
        run = desk.store.unfinished("netral")
        assert run
        assert {*run.session.deck} == {*everything(desk).deck} - {*second.deck}


async def test_a_session_begun_at_once_knows_what_is_kept(desk: Desk) -> None:
    plan = next_test(desk)
    assert isinstance(plan, Plan)
    desk.store.begin(plan, desk.bank.manifest.id, NOON)
    app = NetralApp(desk, plan=everything(desk))
    async with app.run_test(size=(80, 24)):
        assert screens(app) == ["PlayScreen"]
        assert desk.reserved == frozenset(plan.deck)


async def test_after_form_b_the_two_are_compared(desk: Desk) -> None:
    plan = next_test(desk)
    assert isinstance(plan, Plan)
    app = NetralApp(desk, plan=plan)
    async with app.run_test(size=(80, 34)) as pilot:
        await press(pilot, "enter", *right(desk, plan.deck), "b")
        desk.now = lambda: NOON + timedelta(days=7)
        second = next_test(desk)
        assert isinstance(second, Plan)
        app.screen.post_message(ShowTest())
        await pilot.pause()
        await pilot.pause()
        await press(pilot, "enter", *right(desk, second.deck))
        assert "4 of 4 right before, 4 of 4 right after: 0 points." in seen(app)
        assert desk.reserved == frozenset()


async def test_a_bank_too_small_for_a_test_says_so_at_home(desk: Desk) -> None:
    scenario = desk.bank.scenarios[0]
    neutral = [q for q in scenario.questions if q.verdict is Verdict.NEUTRAL]
    only = replace(scenario, questions=tuple(neutral))
    desk.bank = replace(desk.bank, scenarios=(only,))
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.post_message(ShowTest())
        await pilot.pause()
        await pilot.pause()
        await until(pilot, lambda: app._notifications)
        (notice,) = app._notifications
        assert notice.message.startswith("This bank is too small for a test.")
        assert screens(app) == ["HomeScreen"]
