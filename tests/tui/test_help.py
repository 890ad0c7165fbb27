"""Help: every key, from everywhere."""

import pytest

from quiz import i18n
from quiz.tui.app import NetralApp
from quiz.tui.desk import Desk
from quiz.tui.widgets import Scroll

from .conftest import everything, press, screens, seen, spot


@pytest.mark.parametrize("back", ["escape", "question_mark", "f1", "q", "enter"])
async def test_it_opens_over_a_question_and_closes_on_it(small_desk: Desk, back: str) -> None:
    app = NetralApp(small_desk, plan=everything(small_desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f1" if back == "f1" else "question_mark")
        assert screens(app) == ["PlayScreen", "HelpScreen"]
        await press(pilot, "1")
        await press(pilot, back)
        assert screens(app) == ["PlayScreen"]
        run = small_desk.store.unfinished("kecil")
        assert run is not None
        assert run.session.answers == ()


async def test_what_a_key_does_goes_on_in_its_own_column(small_desk: Desk) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(50, 24)) as pilot:
        await press(pilot, "question_mark")
        (column, row), (rest, below) = spot(app, "go from one"), spot(app, "Enter takes it")
        assert (rest, below) == (column, row + 1)


@pytest.mark.parametrize("language", ["id", "en"])
async def test_all_of_it_can_be_read_in_a_small_terminal(small_desk: Desk, language: str) -> None:
    i18n.install(language)
    app = NetralApp(small_desk)
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "question_mark")
        page = app.screen.query_one(Scroll)
        read = seen(app)
        while page.scroll_y < page.max_scroll_y:
            await press(pilot, "space")
            read += seen(app)
        keys = ("1  n", "2  t", "3  4  5", "←  →  Tab", "Enter", "Esc", "Ctrl+P", "Ctrl+Q", "PgUp")
        for key in keys:
            assert key in read
        await press(pilot, "up")
        assert page.scroll_y == page.max_scroll_y - 1
        await press(pilot, "pageup", "pageup")
        assert page.scroll_y == 0
