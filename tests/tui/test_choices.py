"""The two answers: arrows, Enter, Space and the mouse."""

import pytest
from textual.app import App, ComposeResult

from quiz import i18n, wording
from quiz.models import Confidence, Verdict
from quiz.tui import themes
from quiz.tui.choices import Choices

from .conftest import press, resize, seen, spot


class Asker(App[None]):
    """Notes what was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(themes.ALL[0])
        self.theme = themes.ALL[0].name
        self.made: list[Verdict | Confidence] = []

    def compose(self) -> ComposeResult:
        yield Choices()

    @property
    def choices(self) -> Choices:
        return self.query_one(Choices)

    def on_choices_made(self, message: Choices.Made) -> None:
        self.made.append(message.choice)


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
        app.choices.ask()
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


async def test_the_confidence_in_a_verdict_is_asked_beneath_it() -> None:
    app = Asker()
    async with app.run_test(size=(80, 8)) as pilot:
        app.choices.turn()
        app.choices.ask(Verdict.NOT_NEUTRAL)
        await pilot.pause()
        column, row = spot(app, "✕ Not neutral")
        assert spot(app, "How sure are you?")[1] == row
        assert spot(app, "3   Unsure") == (column + 2, row + 1)
        assert "▸" not in seen(app), "what was at hand is not"
        assert "1   ○" not in seen(app)
        app.choices.ask()
        await pilot.pause()
        assert "1   ○   Neutral" in seen(app)
        assert "Unsure" not in seen(app)


async def test_the_arrows_go_round_the_three_confidences_both_ways() -> None:
    app = Asker()
    async with app.run_test(size=(60, 4)) as pilot:
        app.choices.ask(Verdict.NEUTRAL)
        app.choices.turn(-1)
        for step, expected in (
            (0, Confidence.UNSURE),
            (1, Confidence.FAIRLY),
            (1, Confidence.SURE),
            (1, Confidence.UNSURE),
            (-1, Confidence.SURE),
        ):
            if step:
                app.choices.turn(step)
            assert app.choices.at_hand is expected
        await press(pilot, "enter")
        assert app.made == [Confidence.SURE]


@pytest.mark.parametrize(("width", "language"), [(80, "en"), (60, "en"), (80, "id"), (60, "id")])
async def test_a_click_chooses_the_confidence_under_the_pointer(width: int, language: str) -> None:
    i18n.install(language)
    app = Asker()
    async with app.run_test(size=(width, 4)) as pilot:
        app.choices.ask(Verdict.NOT_NEUTRAL)
        await pilot.pause()
        for number, confidence in enumerate(Confidence, 3):
            words = f"{number}   {wording.confidence(confidence)}"
            left, row = spot(app, words)
            await pilot.click(offset=(left, row))
            await pilot.click(offset=(left + len(words) - 1, row))
            assert app.made == [confidence] * 2
            await pilot.click(offset=(left, row - 1))
            await pilot.click(offset=(left - 3, row))
            assert app.made == [confidence] * 2, "beside it"
            app.made.clear()
