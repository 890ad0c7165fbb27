"""The day to be ready by: typed, kept, changed, cleared, refused."""

import errno
import os
from datetime import date

import pytest

from quiz import i18n
from quiz.settings import Settings, load
from quiz.tui.app import NetralApp
from quiz.tui.desk import Desk
from quiz.tui.widgets import KeyBar

from .conftest import press, screens, seen

OPEN = ["end", "up", "up", "enter", "end", "enter"]
DAY = date(2026, 11, 27)


def offered(app: NetralApp) -> list[str]:
    return [key for key, _what in app.screen.query_one(KeyBar).hints()]


async def test_a_day_is_typed_kept_shown_and_cleared_again(small_desk: Desk) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *OPEN)
        assert screens(app) == ["HomeScreen", "OptionsScreen", "HorizonScreen"]
        assert offered(app) == ["enter", "escape"]
        await press(pilot, *"2026-11-27", "enter")
        assert screens(app) == ["HomeScreen", "OptionsScreen"]
        assert "27 November 2026" in seen(app)
        assert small_desk.settings.horizon == load(small_desk.settings_file).horizon == DAY
        await press(pilot, "enter")
        assert "27-11-2026" in seen(app)
        await press(pilot, *["backspace"] * 10, "enter")
        assert "no day set" in seen(app)
        assert small_desk.settings.horizon is load(small_desk.settings_file).horizon is None


@pytest.mark.parametrize("typed", ["27-11-2026", "27/11/2026"])
async def test_a_day_is_read_as_it_is_commonly_written(small_desk: Desk, typed: str) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *OPEN, *typed, "enter")
        assert load(small_desk.settings_file).horizon == DAY


@pytest.mark.parametrize(
    ("typed", "says"),
    [("21-11-2026", "Hari itu sudah lewat."), ("besok", "“besok” bukan tanggal.")],
)
async def test_what_cannot_be_is_refused_in_a_sentence_and_can_be_mended(
    small_desk: Desk, typed: str, says: str
) -> None:
    i18n.install("id")
    small_desk.settings = Settings(horizon=DAY)
    app = NetralApp(small_desk)
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, *OPEN, *["backspace"] * 10, *typed, "enter")
        assert screens(app)[-1] == "HorizonScreen"
        assert says in seen(app)
        assert small_desk.settings.horizon == DAY
        await press(pilot, *["backspace"] * 10, *"22-11-2026", "enter")
        assert screens(app)[-1] == "OptionsScreen"
        assert small_desk.settings.horizon == date(2026, 11, 22), "today is not too late"


async def test_escape_changes_nothing(small_desk: Desk) -> None:
    small_desk.settings = Settings(horizon=DAY)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *OPEN, "backspace", "7", "escape")
        assert screens(app) == ["HomeScreen", "OptionsScreen"]
        assert small_desk.settings.horizon == DAY
        assert not small_desk.settings_file.exists()


async def test_enter_pressed_twice_opens_one_dialog(small_desk: Desk) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *OPEN[:-1])
        app.simulate_key("enter")
        app.simulate_key("enter")
        await pilot.pause()
        assert screens(app).count("HorizonScreen") <= 1


async def test_a_day_that_cannot_be_kept_still_counts_and_it_is_said(small_desk: Desk) -> None:
    small_desk.settings_file.mkdir()
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, *OPEN, *"27-11-2026", "enter")
        assert "27 November 2026" in seen(app)
        assert small_desk.settings.horizon == DAY
        (notice,) = app._notifications
        assert os.strerror(errno.EISDIR) in notice.message
