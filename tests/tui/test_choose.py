"""The list of scenarios."""

from datetime import timedelta
from itertools import count

import pytest

from quiz import i18n, wording
from quiz.history import edition
from quiz.models import Level
from quiz.session import Answer, Kind, Plan
from quiz.tui.app import NetralApp
from quiz.tui.choose import ChooseScreen
from quiz.tui.desk import Desk
from quiz.tui.widgets import Menu, MenuItem

from .conftest import NOON, PRINCIPAL, press, screens, seen, spot


async def test_scenarios_stand_under_their_principles_in_teaching_order(desk: Desk) -> None:
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "enter")
        bank = desk.bank
        names = []
        for scenario in bank.scenarios:
            names += [wording.principle_of(bank, scenario, "en"), scenario.title.say("en")[:30]]
        rows = [spot(app, name)[1] for name in names]
        assert rows == sorted(rows)
        assert [item.key for item in app.screen.query_one(Menu).items] == list(bank.scenario)
        assert seen(app).count(wording.level(Level.BASIC)) == 2


@pytest.mark.parametrize(("width", "column"), [(60, 1), (80, 3), (120, 23)])
async def test_the_list_stands_in_the_middle_as_every_page_does(
    desk: Desk, width: int, column: int
) -> None:
    app = NetralApp(desk)
    async with app.run_test(size=(width, 24)) as pilot:
        await press(pilot, "down", "enter")
        name = wording.principle_of(desk.bank, desk.bank.scenarios[0], "en")
        assert spot(app, name)[0] == column


@pytest.mark.parametrize("language", ["id", "en"])
async def test_a_chosen_scenario_begins_and_asks_its_own_questions_in_order(
    desk: Desk, language: str
) -> None:
    i18n.install(language)
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "enter", "down", "up", "up", "enter")
        run = desk.store.unfinished("netral")
        assert run is not None
        assert screens(app) == ["PlayScreen"]
        chosen = desk.bank.scenario[run.subject]
        assert run.kind is Kind.SCENARIO
        assert chosen is desk.bank.scenarios[0]
        assert run.session.deck == tuple(question.id for question in chosen.questions)
        assert chosen.title.say(language) in seen(app)


async def test_a_click_chooses_and_escape_chooses_nothing(desk: Desk) -> None:
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "enter", "down", "escape")
        assert screens(app) == ["HomeScreen"]
        assert desk.store.unfinished("netral") is None
        await press(pilot, "down", "enter")
        title = desk.bank.scenario[PRINCIPAL].title.say("en")
        await pilot.click(offset=spot(app, title[:30]))
        await pilot.pause()
        run = desk.store.unfinished("netral")
        assert run is not None
        assert run.subject == PRINCIPAL


async def test_a_key_pressed_twice_begins_one_session(desk: Desk) -> None:
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "enter")
        screen = app.screen
        assert isinstance(screen, ChooseScreen)
        late = MenuItem.Chosen(screen.query_one(Menu).items[0])
        app.simulate_key("enter")
        app.simulate_key("enter")
        await pilot.pause()
        await pilot.pause()
        screen.on_menu_item_chosen(late)
        assert screens(app) == ["PlayScreen"]
        run = desk.store.unfinished("netral")
        assert run is not None
        assert run.id == 1


async def test_how_much_of_a_scenario_was_right_when_last_asked_is_shown(
    small_desk: Desk,
) -> None:
    seconds = count()
    small_desk.now = lambda: NOON + timedelta(seconds=next(seconds))
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "enter")
        assert "–" in seen(app)
        await press(pilot, "enter", "2", "enter", "2", "escape", "down", "down", "down", "enter")
        assert "1/4" in seen(app)
        await press(pilot, "enter", "1", "escape", "down", "down", "down", "enter")
        assert "0/4" in seen(app), "what was right before counts no more"


async def test_neither_a_test_under_way_nor_an_edited_question_is_counted(
    small_desk: Desk,
) -> None:
    scenario = small_desk.bank.scenarios[0]
    first, second = scenario.questions[:2]
    test = Plan(Kind.TEST, "A", (first.id,))
    training = Plan(Kind.SCENARIO, scenario.id, (second.id,))
    for plan, words in ((test, edition(first)), (training, "0" * 12)):
        run = small_desk.store.begin(plan, small_desk.bank.manifest.id, NOON)
        verdict = small_desk.bank.question[plan.deck[0]].verdict
        answer = Answer(plan.deck[0], verdict, verdict, edition=words)
        small_desk.store.record(run.id, answer, NOON)

    assert f"/{len(scenario.questions)}" not in await chosen(small_desk)

    small_desk.store.leave_behind(1, first.id, NOON, last=True)
    assert f"1/{len(scenario.questions)}" in await chosen(small_desk)


async def chosen(desk: Desk) -> str:
    """What the list of scenarios shows."""
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(ChooseScreen(desk))
        await pilot.pause()
        return seen(app)


async def test_a_list_longer_than_the_screen_follows_the_line_at_hand(desk: Desk) -> None:
    app = NetralApp(desk)
    async with app.run_test(size=(40, 5)) as pilot:
        await press(pilot, "down", "enter")
        first, last = (desk.bank.scenarios[which] for which in (0, -1))
        assert wording.principle_of(desk.bank, first, "en") in seen(app), "its heading is in view"
        await press(pilot, "end")
        # The line is brought into view a moment after it is at hand.
        await pilot.pause(1 / 10)
        assert "▸ " + last.title.say("en")[:8] in seen(app)
        await press(pilot, "home")
        assert "▸ " + first.title.say("en")[:8] in seen(app)
