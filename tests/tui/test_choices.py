"""The two answers: arrows, Enter, Space and the mouse."""

import pytest
from textual.app import App, ComposeResult

from quiz import i18n
from quiz.models import Verdict
from quiz.tui import themes
from quiz.tui.choices import Choices

from .conftest import press, resize, seen, spot


class Asker(App[None]):
    """Notes what was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(themes.ALL[0])
        self.theme = themes.ALL[0].name
        self.made: list[Verdict] = []

    def compose(self) -> ComposeResult:
        yield Choices()

    @property
    def choices(self) -> Choices:
        return self.query_one(Choices)

    def on_choices_made(self, message: Choices.Made) -> None:
        self.made.append(message.verdict)


async def test_nothing_is_taken_while_no_answer_is_at_hand() -> None:
    app = Asker()
    async with app.run_test(size=(80, 3)) as pilot:
        app.choices.focus()
        await press(pilot, "enter", "space")
        assert app.made == []
        assert "▸" not in seen(app)


async def test_the_arrows_point_at_the_left_answer_first_and_then_at_the_other() -> None:
    app = Asker()
    async with app.run_test(size=(80, 3)) as pilot:
        for expected in (Verdict.NEUTRAL, Verdict.NOT_NEUTRAL, Verdict.NEUTRAL):
            app.choices.turn()
            assert app.choices.at_hand is expected
        await press(pilot, "enter")
        assert "▸ 1" in seen(app)
        app.choices.turn()
        await press(pilot, "space")
        assert "▸ 2" in seen(app)
        assert app.made == [Verdict.NEUTRAL, Verdict.NOT_NEUTRAL]
        app.choices.let_go()
        await press(pilot, "enter")
        assert len(app.made) == 2


@pytest.mark.parametrize("width", [80, 60])
async def test_a_click_chooses_the_answer_under_the_pointer(width: int) -> None:
    app = Asker()
    async with app.run_test(size=(width, 3)) as pilot:
        await pilot.pause()
        left, row = spot(app, "1   ○   Neutral")
        right, _row = spot(app, "2   ✕   Not neutral")
        assert row == 1
        await pilot.click(offset=(left - 2, row))
        await pilot.click(offset=(left + len("1   ○   Neutral") - 1, row))
        await pilot.click(offset=(right, row))
        chosen = [Verdict.NEUTRAL, Verdict.NEUTRAL, Verdict.NOT_NEUTRAL]
        assert app.made == chosen
        beside = (0, left - 3, right - 3, right + len("2   ✕   Not neutral"))
        for spare in [(x, row) for x in beside if x < width] + [(left, 0), (right, 2)]:
            await pilot.click(offset=spare)
        assert app.made == chosen
        await pilot.double_click(offset=(right, row))
        assert app.made == [*chosen, Verdict.NOT_NEUTRAL], "a double click chooses once"


async def test_each_answer_is_a_key_a_sign_and_a_word_in_the_language_at_hand() -> None:
    i18n.install("id")
    app = Asker()
    async with app.run_test(size=(80, 3)) as pilot:
        await pilot.pause()
        assert "1   ○   Netral" in seen(app)
        assert "2   ✕   Tidak netral" in seen(app)
        assert "?" in seen(app), "the question is asked where there is room"
        for width in (40, 20):
            await resize(pilot, width, 3)
            assert "?" not in seen(app)
            assert "1   ○   Netral" in seen(app)
