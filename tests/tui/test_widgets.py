"""The parts of screens: a bar of the keys that work, a heading, a menu."""

from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

from quiz.tui.app import NetralApp
from quiz.tui.desk import Desk
from quiz.tui.widgets import Heading, KeyBar, Menu, MenuItem, Plain, Scroll

from .conftest import press, resize, seen, spot, tour, until


class Bench(App[None]):
    """Every widget once; it notes what was chosen and which actions were run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "note('a')", "Alpha"),
        Binding("b,c", "note('b')", "Beta"),
        Binding("escape", "note('escape')", "Back"),
        Binding("question_mark", "note('help')", "Help"),
        Binding("x", "note('x')", show=False),
        Binding("y", "forbidden", "Never"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.animation_level = "none"
        self.noted: list[str] = []

    def compose(self) -> ComposeResult:
        yield Heading("Left words", "right words", 0.5)
        with Menu():
            yield MenuItem("First", "its detail", key="1")
            yield MenuItem("Second", key="2")
            yield MenuItem("A third of many words " * 5, "12/34", key="3", at_right=True)
        yield Plain("[b]as it is[/b] [/] [link=x]")
        with Scroll():
            yield Plain("\n".join(map(str, range(100))))
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        del parameters
        return action != "forbidden"

    def action_note(self, what: str) -> None:
        self.noted.append(what)

    def on_menu_item_chosen(self, message: MenuItem.Chosen) -> None:
        self.noted.append(message.item.key)


def _hints(app: App[None]) -> list[tuple[str, str]]:
    return app.screen.query_one(KeyBar).hints()


async def test_the_key_bar_names_the_keys_that_work_in_the_order_of_their_bindings() -> None:
    app = Bench()
    async with app.run_test(size=(80, 24)) as pilot:
        app.set_focus(None)
        await pilot.pause()
        assert _hints(app) == [
            ("a", "Alpha"),
            ("b", "Beta"),
            ("escape", "Back"),
            ("question_mark", "Help"),
        ]
        assert seen(app).split("\n")[-1].split() == [
            "a",
            "Alpha",
            "b",
            "Beta",
            "Esc",
            "Back",
            "?",
            "Help",
        ]
        await press(pilot, "tab")
        assert _hints(app)[0] == ("enter", "Choose"), "what is in focus comes first"


async def test_the_key_bar_keeps_the_way_back_and_the_help_where_room_is_short() -> None:
    app = Bench()
    async with app.run_test(size=(34, 24)) as pilot:
        app.set_focus(None)
        await pilot.pause()
        assert [key for key, _what in _hints(app)] == ["a", "escape", "question_mark"]
        app.query_one(KeyBar).note = "a note"
        await pilot.pause()
        assert [key for key, _what in _hints(app)] == ["escape", "question_mark"]
        assert seen(app).split("\n")[-1].endswith(" a note ")


class Question(App[None]):
    """A question on a page that goes on below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "note", "Source"),
        Binding("1", "answer(1)", "Neutral"),
        Binding("2", "answer(2)", "Not neutral"),
        Binding("pagedown", "page", "More"),
        Binding("escape", "leave", "Stop"),
    ]

    def compose(self) -> ComposeResult:
        yield KeyBar()


@pytest.mark.parametrize(
    ("width", "keys"),
    [
        (70, ["s", "1", "2", "pagedown", "escape"]),
        (56, ["s", "pagedown", "escape"]),
        (23, ["pagedown", "escape"]),
    ],
)
async def test_the_key_bar_names_every_answer_or_none_and_always_that_there_is_more(
    width: int, keys: list[str]
) -> None:
    app = Question()
    async with app.run_test(size=(width, 5)):
        assert [key for key, _what in _hints(app)] == keys


async def test_a_click_on_the_key_bar_presses_the_key_under_the_pointer() -> None:
    app = Bench()
    async with app.run_test(size=(80, 24)) as pilot:
        app.set_focus(None)
        await pilot.pause()
        (beta, row), (help, _row) = spot(app, "b Beta"), spot(app, "? Help")
        await pilot.click(offset=(beta, row))
        await pilot.click(offset=(beta + len("b Beta") - 1, row))
        await pilot.click(offset=(help, row))
        assert app.noted == ["b", "b", "help"]
        for beside in (0, beta - 1, beta + len("b Beta"), help + len("? Help"), 79):
            await pilot.click(offset=(beside, row))
        assert app.noted == ["b", "b", "help"]


async def test_a_double_click_counts_once() -> None:
    app = Bench()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.double_click(offset=spot(app, "a Alpha"))
        await pilot.double_click(offset=spot(app, "Second"))
        assert app.noted == ["a", "2"]


@pytest.mark.parametrize("size", [(20, 5), (60, 20)])
async def test_every_key_shown_on_any_screen_works_at_that_moment(
    small_desk: Desk, size: tuple[int, int]
) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=size) as pilot:
        async for place in tour(pilot):
            shown = _hints(app)
            for key, description in shown:
                runs = _would_run(app, key)
                assert runs is not None, f"{key} does nothing at {place}"
                assert runs.description == description, f"{key} does something else at {place}"
            keys = {key for key, _what in shown}
            assert place == "help" or "question_mark" in keys, f"no way to the help at {place}"
            assert place.startswith("home") or "escape" in keys, f"no way back at {place}"


def _would_run(app: App[None], key: str) -> Binding | None:
    """The binding that Textual runs for `key`, asked anew for each."""
    for namespace, bindings in app.screen._modal_binding_chain:
        for binding in bindings.key_to_bindings.get(key, ()):
            if app._check_action_state(binding.action, namespace):
                return binding
    return None


async def test_a_heading_keeps_its_right_words_and_shows_how_far_one_is() -> None:
    app = Bench()
    async with app.run_test(size=(40, 24)) as pilot:
        words, rule, *_rest = seen(app).split("\n")
        assert words == " Left words" + " " * 17 + "right words "
        assert rule.strip() == "━" * 19 + "╺" + "─" * 18
        await resize(pilot, 20, 24)
        assert seen(app).split("\n")[0] == " Left…  right words "
        app.query_one(Heading).share = 0
        await pilot.pause()
        assert set(seen(app).split("\n")[1].strip()) == {"─"}


async def test_a_menu_goes_from_line_to_line_and_stops_at_its_ends() -> None:
    app = Bench()
    async with app.run_test(size=(40, 24)) as pilot:
        app.query_one(Menu).action_go(1)
        await pilot.pause()
        assert "▸ First" in seen(app), "where none was at hand, the first is"
        await press(pilot, "up", "enter", "down", "space", "j", "j", "enter", "k", "enter")
        assert app.noted == ["1", "2", "3", "2"]
        await press(pilot, "end", "enter", "home", "enter")
        assert app.noted[4:] == ["3", "1"]
        await pilot.click(offset=spot(app, "Second"))
        assert app.noted[6:] == ["2"]
        assert "▸ Second" in seen(app)


async def test_a_menu_with_nothing_in_it_bears_every_key() -> None:
    app = Bench()
    async with app.run_test() as pilot:
        menu = app.query_one(Menu)
        await menu.remove_children()
        menu.action_go(1)
        menu.action_end(-1)
        await press(pilot, "down", "enter")
        assert app.noted == []


async def test_a_menu_line_shows_its_detail_in_a_column_or_at_the_right() -> None:
    app = Bench()
    async with app.run_test(size=(60, 24)) as pilot:
        first, second, third = seen(app).split("\n")[2:5]
        assert first.index("its detail") == 30
        assert second.strip() == "Second"
        assert third.rstrip().endswith("…  12/34")
        app.query(MenuItem)[0].detail = "a detail of many words " * 3
        await pilot.pause()
        assert seen(app).split("\n")[2].index("a detail") == 30, "however long it is"
        await resize(pilot, 20, 24)
        assert seen(app).split("\n")[4].rstrip().endswith("…  12/34")


async def test_text_is_shown_as_it_is_and_the_space_bar_turns_its_pages() -> None:
    app = Bench()
    async with app.run_test(size=(60, 24)) as pilot:
        assert "[b]as it is[/b] [/] [link=x]" in seen(app)
        page = app.query_one(Scroll)
        page.focus()
        await pilot.pause()
        await press(pilot, "space")
        await until(pilot, lambda: page.scroll_y == page.size.height)
