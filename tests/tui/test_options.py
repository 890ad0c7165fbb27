"""The settings: each change shows at once and is kept."""

import errno
import os
from datetime import date

import pytest

from quiz import i18n
from quiz.settings import LENGTHS, THEMES, Settings, load
from quiz.tui.app import NetralApp
from quiz.tui.desk import Desk

from .conftest import press, screens, seen, spot

DAY = date(2026, 11, 27)
OPEN = ["end", "up", "up", "enter"]


async def test_the_language_changes_on_every_screen_at_once_and_is_kept(small_desk: Desk) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        for language, words in (("id", "Latihan cepat"), ("en", "Quick practice")):
            await press(pilot, *OPEN, "enter")
            assert screens(app) == ["HomeScreen"], "home says everything anew"
            assert words in seen(app)
            assert load(small_desk.settings_file).language == language
            assert i18n.language() == language


@pytest.mark.parametrize(("width", "column"), [(60, 1), (80, 3), (120, 23)])
async def test_the_settings_stand_in_the_middle_as_every_page_does(
    small_desk: Desk, width: int, column: int
) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(width, 24)) as pilot:
        await press(pilot, *OPEN)
        assert spot(app, "▸ Language")[0] == column


async def test_the_theme_changes_at_once_and_is_kept(small_desk: Desk) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *OPEN, "down")
        for theme, word in ((THEMES[1], "light"), (THEMES[0], "dark")):
            await press(pilot, "enter")
            assert app.theme == theme
            assert word in seen(app)
            assert load(small_desk.settings_file).theme == theme
        assert screens(app) == ["HomeScreen", "OptionsScreen"]


async def test_the_length_goes_round_and_home_says_it(small_desk: Desk) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *OPEN, "down", "down")
        start = LENGTHS.index(Settings().length)
        for length in LENGTHS[start + 1 :] + LENGTHS[: start + 1]:
            await press(pilot, "space")
            assert f"{length} questions" in seen(app)
            assert load(small_desk.settings_file).length == length
        await press(pilot, "space", "escape")
        assert screens(app) == ["HomeScreen"]
        assert f"{LENGTHS[start + 1]} mixed questions" in seen(app)


async def test_what_was_set_before_stays_when_another_is_changed(small_desk: Desk) -> None:
    small_desk.settings = Settings("en", THEMES[1], 20, confidence=False, horizon=DAY)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.theme == THEMES[1]
        await press(pilot, *OPEN, "end", *["up", "enter"] * 4)
        assert load(small_desk.settings_file) == Settings("id", THEMES[0], 5, True, DAY)


async def test_asking_for_confidence_is_off_until_switched_on(small_desk: Desk) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *OPEN, *["down"] * 3)
        assert "Ask how sure I am           no" in seen(app)
        for confidence, word in ((True, "yes"), (False, "no")):
            await press(pilot, "enter")
            assert f"Ask how sure I am           {word}" in seen(app)
            assert load(small_desk.settings_file).confidence == confidence
            assert small_desk.settings.confidence == confidence


@pytest.mark.parametrize(
    ("number", "shows"), [(0, "Latihan cepat"), (1, "light"), (2, "15"), (3, "yes")]
)
async def test_a_setting_that_cannot_be_kept_still_changes_and_it_is_said(
    small_desk: Desk, number: int, shows: str
) -> None:
    small_desk.settings_file.mkdir()
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, *OPEN, *["down"] * number, "enter")
        assert shows in seen(app)
        (notice,) = app._notifications
        assert i18n._(os.strerror(errno.EISDIR)) in notice.message
        assert app.theme == THEMES[number == 1]
        await press(pilot, "escape")
        assert screens(app) == ["HomeScreen"]
