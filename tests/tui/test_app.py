"""The app around the screens: search for actions, other sizes, text that looks like markup."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import OptionList

from quiz import i18n
from quiz.bank import load
from quiz.store import Store
from quiz.tui.app import NetralApp
from quiz.tui.choices import Choices
from quiz.tui.desk import Desk

from .conftest import desk_of, everything, press, resize, screens, seen, spot, tour, until


def commands(app: NetralApp) -> dict[str, str]:
    """What the search offers on the screen at hand, with the key of each."""
    return {command.title: command.help for command in app.get_system_commands(app.screen)}


async def search(pilot: Pilot[Any], words: str) -> None:
    """Search for an action, and take the first that was found."""
    await press(pilot, "ctrl+p")
    await pilot.press(*words)
    await until(pilot, lambda: _found_first(pilot.app).startswith(words))
    await press(pilot, "enter")


def _found_first(app: App[Any]) -> str:
    """What stands under the line that is typed into."""
    _typed, first, *_rest = [line.strip() for line in seen(app).split("\n")[4:] if line.strip()]
    return first


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", {"Neutral": "1", "Not neutral": "2", "Source": "s", "Stop": "Esc", "Help": "?"}),
        ("id", {"Netral": "1", "Tidak netral": "2", "Sumber": "s", "Bantuan": "?"}),
    ],
)
async def test_the_search_offers_what_the_keys_do_in_the_language_at_hand_and_nothing_else(
    small_desk: Desk, language: str, expected: dict[str, str]
) -> None:
    i18n.install(language)
    app = NetralApp(small_desk, plan=everything(small_desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        found = commands(app)
        assert expected.items() <= found.items()
        assert len(found) == 7, "the five keys that work, the figures, and the way out"
        assert {i18n._("Progress"), i18n._("Quit")} <= found.keys()


async def test_the_search_runs_what_was_found(small_desk: Desk) -> None:
    i18n.install("id")
    app = NetralApp(small_desk, plan=everything(small_desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await search(pilot, "Tidak")
        assert screens(app) == ["PlayScreen"]
        assert not app.screen.query_one(Choices).display
        run = small_desk.store.unfinished("kecil")
        assert run is not None
        assert run.session.answers[0].given == "not-neutral"
        await search(pilot, "Bantuan")
        assert screens(app) == ["PlayScreen", "HelpScreen"]
        await press(pilot, "ctrl+p", "ctrl+p", "escape")
        assert screens(app) == ["PlayScreen", "HelpScreen"]
        await pilot.press("ctrl+p")
        await search(pilot, "Keluar")
        assert app._exit


@pytest.mark.parametrize(
    ("language", "nothing", "found"),
    [("en", "Nothing found", "Neutral"), ("id", "Tidak ada yang cocok", "Netral")],
)
async def test_a_search_that_finds_nothing_says_so_in_the_language_at_hand(
    small_desk: Desk, language: str, nothing: str, found: str
) -> None:
    i18n.install(language)
    app = NetralApp(small_desk, plan=everything(small_desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", *"xqx")
        await until(pilot, lambda: _found_first(app) == nothing)
        assert app.screen.query_one(OptionList).get_option_at_index(0).disabled
        await press(pilot, "backspace", "backspace", "backspace", *found)
        await until(pilot, lambda: _found_first(app).startswith(found))
        assert nothing not in seen(app)


# Each is laid out as another place of the tour is.
ALIKE = {
    "article",
    "article, no quote",
    "situation again",
    "home, something to continue",
    "explanation continued",
}


async def test_every_screen_bears_any_size_and_stays_where_it_is(small_desk: Desk) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        async for place in tour(pilot):
            if place in ALIKE:
                continue
            before = screens(app), app.focused, small_desk.store.unfinished("kecil"), seen(app)
            for size in ((20, 5), (300, 100), (80, 24)):
                await resize(pilot, *size)
            after = screens(app), app.focused, small_desk.store.unfinished("kecil"), seen(app)
            assert after == before, place


MARKUP = "[square] [/brackets] [link=x]"


@pytest.fixture
def bracketed(small: Any) -> Any:
    """A bank that bank has what looks like markup in every text."""
    case = "scenarios/tanpa-atribut/kaus-partai.yaml"
    for name, old in (
        ("scenarios/bank.yaml", "No party marks"),
        ("scenarios/laws.yaml", "The office is free of party marks."),
        ("scenarios/laws.yaml", "name: Aturan Contoh"),
        (case, "The party shirt"),
        (case, "Wayan keeps the counter."),
        (case, "Wayan wears a party shirt."),
        (case, "The shirt is a party mark."),
        (case, "Wear the uniform."),
        (case, "They wear no party marks at the office"),
        (case, "Ia tidak memakai atribut partai di kantor"),
        ("seeds/koran-2024.md", "Ia tidak memakai atribut partai di kantor"),
        ("seeds/koran-2024.md", "title: Kabar Kantor"),
        ("seeds/koran-2024.md", "publisher: Koran Contoh"),
    ):
        key, _colon, text = old.rpartition(": ")
        new = f"{text} {MARKUP}"
        quoted = new if old.startswith("Ia ") else f'"{new}"'
        small.edit(name, old, f"{key}: {quoted}" if key else quoted)
    return small


def marks(app: NetralApp) -> int:
    """How often the mark-up stands on the screen, wherever its lines are broken."""
    words = seen(app).translate({ord(sign): None for sign in "▌┆"})
    return "".join(words.split()).count("".join(MARKUP.split()))


async def test_text_that_looks_like_markup_is_shown_as_it_is_on_every_screen(
    bracketed: Any, tmp_path: Path
) -> None:
    bank, problems = load(bracketed.root)
    assert bank, problems
    with closing(Store.open(tmp_path / "netral.db")) as store:
        app = NetralApp(desk_of(bank, store, tmp_path))
        times = {
            "home": 0,
            "scenarios": 2,
            "article": 4,
            "article, every quote marked": 8,
            "settings": 0,
            "help": 0,
            "question": 4,
            "answer at hand": 4,
            "article, no quote": 4,
            "explanation": 11,
            "article at the quote": 4,
            "situation again": 12,
            "home, something to continue": 0,
            "explanation continued": 11,
            "result": 2,
            "missed question": 12,
        }
        async with app.run_test(size=(200, 60)) as pilot:
            found = {place: marks(app) async for place in tour(pilot)}
            assert found == times


async def test_a_chosen_scenario_with_such_a_title_can_be_continued(
    bracketed: Any, tmp_path: Path
) -> None:
    bank, _problems = load(bracketed.root)
    assert bank
    with closing(Store.open(tmp_path / "netral.db")) as store:
        app = NetralApp(desk_of(bank, store, tmp_path))
        async with app.run_test(size=(120, 24)) as pilot:
            await press(pilot, "down", "enter", "enter", "escape")
            assert "The party shirt [square]" in seen(app)
            await press(pilot, "ctrl+p", "escape", "enter", "1", "escape", "enter", "enter")
            assert spot(app, "Question 2 of 4")
