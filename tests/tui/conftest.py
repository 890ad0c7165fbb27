"""A learner's desk: a bank that does not change, a clock that stands, chance that repeats."""

import random
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from textual._wait import wait_for_idle
from textual.app import App
from textual.pilot import Pilot

from quiz import i18n
from quiz.bank import load
from quiz.history import edition
from quiz.models import Bank, Confidence, Verdict
from quiz.session import Answer, Kind, Plan, Wish, draw
from quiz.settings import THEMES, Settings
from quiz.store import Store
from quiz.tui.desk import Desk

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PRINCIPAL = "kepala-sekolah-tim-sukses"

# The keys that answer the small bank's four questions, in its order.
RIGHT = ("2", "1", "2", "1")
WRONG = ("1", "2", "1", "2")


@pytest.fixture(autouse=True)
def _waste_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scroll at once, and see every 3 ms, rather than every 20, whether the app is at rest."""
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 300, raising=False)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 1 / 6000, raising=False)


def _load(name: str) -> Bank:
    found, problems = load(Path(__file__).parent.parent / name)
    assert found, problems
    return found


@pytest.fixture(scope="session")
def bank() -> Bank:
    """Two scenarios, copied once from the bundled bank, so that pictures of them stay the same."""
    return _load("training_bank")


@pytest.fixture(scope="session")
def small_bank() -> Bank:
    """One scenario of four short questions, whose verdicts take turns."""
    return _load("small_bank")


def desk_of(bank: Bank, store: Store, folder: Path) -> Desk:
    """A desk whose files lie in `folder`."""
    return Desk(
        bank,
        store,
        folder / "netral.db",
        Settings(),
        folder / "settings.json",
        lambda: NOON,
        random.Random(1),
    )


@pytest.fixture
def desk(bank: Bank, tmp_path: Path) -> Iterator[Desk]:
    """A desk with an empty history on disk."""
    with closing(Store.open(tmp_path / "netral.db")) as store:
        yield desk_of(bank, store, tmp_path)


@pytest.fixture
def small_desk(small_bank: Bank, tmp_path: Path) -> Iterator[Desk]:
    """A desk with the small bank, and an empty history on disk."""
    with closing(Store.open(tmp_path / "netral.db")) as store:
        yield desk_of(small_bank, store, tmp_path)


@pytest.fixture
def dress(desk: Desk) -> Callable[[str, str], Desk]:
    """The desk in a language and a theme."""

    def put(language: str, theme: str = "dark") -> Desk:
        i18n.install(language)
        desk.settings = Settings(language, THEMES[0] if theme == "dark" else THEMES[1])
        return desk

    return put


def everything(desk: Desk) -> Plan:
    """A session of every question of the bank, in its order where it has one scenario."""
    return draw(desk.bank, Wish(), {}, desk.chance)


def answered(
    desk: Desk,
    signs: str,
    days: float = 3,
    confidence: Confidence | None = None,
    plan: Plan | None = None,
) -> None:
    """A session so many days ago; R is a right answer and W a wrong one, the rest is not given."""
    at = NOON - timedelta(days=days)
    whole = plan or Plan(Kind.PRACTICE, "", tuple(desk.bank.question)[: len(signs)])
    run = desk.store.begin(whole, desk.bank.manifest.id, at)
    for number, (question, sign) in enumerate(zip(whole.deck, signs, strict=False), 1):
        expected = desk.bank.question[question].verdict
        given = expected if sign == "R" else next(v for v in Verdict if v is not expected)
        words = edition(desk.bank.question[question])
        moment = at - timedelta(seconds=60 - number)
        desk.store.record(run.id, Answer(question, given, expected, confidence, words), moment)
        desk.store.leave_behind(run.id, question, moment, last=number == len(whole.deck))


def _painted(app: App[Any]) -> list[list[Segment]]:
    return [list(strip) for strip in app.screen._compositor.render_strips()]


def seen(app: App[Any]) -> str:
    """What stands on the screen, line by line."""
    return "\n".join("".join(s.text for s in line) for line in _painted(app))


def underlined(app: App[Any]) -> str:
    """What is underlined on the screen, run together."""
    segments = [s for line in _painted(app) for s in line]
    return "".join(s.text for s in segments if s.style and s.style.underline)


def spot(app: App[Any], words: str) -> tuple[int, int]:
    """The column and the row where `words` begin on the screen, at one place only."""
    found = [
        (line.index(words), y) for y, line in enumerate(seen(app).split("\n")) if words in line
    ]
    assert len(found) == 1, f"{words!r} is at {found}:\n{seen(app)}"
    return found[0]


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one by one, each after the one before has taken its effect."""
    app = pilot.app
    for key in keys:
        app.simulate_key(key)
        await wait_for_idle(0)
        # A machine with much to do seems idle before the screen has heard of the key.
        await pilot._wait_for_screen()
        await wait_for_idle(0)
        # What scrolls begins to do so once the screen has been painted.
        app.screen._on_timer_update()
        await app.animator.wait_for_idle()
        await pilot.pause()


async def until(pilot: Pilot[Any], holds: Callable[[], object]) -> None:
    """Wait until something holds, which it must soon, and what comes of it is on the screen."""
    for _turn in range(1000):
        if holds():
            await pilot._wait_for_screen()
            await pilot.pause()
            return
        await pilot.pause(1 / 100)
    raise AssertionError(f"it never came to hold:\n{seen(pilot.app)}")


async def still(pilot: Pilot[Any]) -> None:
    """Wait until the screen has not changed for a while."""
    before, same = "", 0
    for _turn in range(100):
        await pilot.pause(1 / 30)
        now = pilot.app.export_screenshot()
        before, same = now, same + 1 if now == before else 0
        if same == 3:
            return
    raise AssertionError(f"it never came to rest:\n{seen(pilot.app)}")


async def resize(pilot: Pilot[Any], columns: int, rows: int) -> None:
    """Another size of the terminal, once the app has heard of it and painted itself anew."""
    await pilot.resize_terminal(columns, rows)
    # Textual gathers resizes for a while; then what is seen changes, and then it stays.
    await pilot.pause(1 / 50)
    before = None
    while before != (before := (pilot.app.screen.size, seen(pilot.app))):
        await pilot.pause(1 / 50)


def screens(app: App[Any]) -> list[str]:
    """The screens that lie on the empty one at the bottom, the one in view last."""
    return [type(screen).__name__ for screen in app.screen_stack[1:]]


_TOUR = {
    "home": "",
    "scenarios": "down enter",
    "article": "escape end up up up enter",
    "article, every quote marked": "m",
    "settings": "escape end up up enter",
    "help": "escape question_mark",
    "question": "escape enter",
    "answer at hand": "right",
    "article, no quote": "s",
    "explanation": "escape 1",
    "article at the quote": "s",
    "situation again": "escape c",
    "home, something to continue": "escape",
    "explanation continued": "enter",
    "result": "enter 1 enter 1 enter 1 enter",
    "missed question": "enter",
}


async def tour(pilot: Pilot[None]) -> AsyncIterator[str]:
    """Go to every screen, from home on a desk with the small bank and an empty history."""
    for place, keys in _TOUR.items():
        await press(pilot, *keys.split())
        await pilot.pause()
        yield place
