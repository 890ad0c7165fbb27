"""How the facilitator's screen looks, to the hall and to the facilitator."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import textual
from textual.pilot import Pilot

from quiz import i18n
from quiz.models import Bank, Confidence
from quiz.settings import THEMES
from quiz.tui import leading
from quiz.tui.app import NetralApp
from quiz.tui.desk import Desk

from .halls import Hall, hall_in, host, lead

pytestmark = pytest.mark.skipif(
    textual.__version__ != "8.2.8", reason="pictures are drawn by Textual 8.2.8"
)
_LOOKS = [
    pytest.param(size, language, theme, id=f"{size[0]}x{size[1]}-{language}-{theme}")
    for size, language, theme in (
        ((80, 24), "id", "dark"),
        ((60, 20), "en", "light"),
        ((120, 40), "id", "light"),
    )
]
shown = pytest.mark.parametrize(("size", "language", "theme"), _LOOKS)
_PEOPLE = 57
_TO_THE_SECOND_VOTE = ["space", "space", "vote", "space", "d", "space", "again"]
_REVEALED = [*_TO_THE_SECOND_VOTE, "space", "space"]
_WAYS = {
    "lobby": [],
    "lobby-without-anyone": ["alone"],
    "lobby-without-network": ["offline"],
    "reading": ["space"],
    "voting": ["space", "space", "vote"],
    "voting-facilitator": ["space", "space", "vote", "f", "y"],
    "closed": ["space", "space", "vote", "space"],
    "closed-facilitator": ["space", "space", "vote", "space", "f", "y"],
    "discussing-facilitator": ["space", "space", "vote", "space", "d", "f", "y"],
    "voting-again": _TO_THE_SECOND_VOTE,
    "revealed": _REVEALED,
    "revealed-read-on": [*_REVEALED, "pagedown"],
    "paused": ["space", "space", "vote", "j"],
    "asked": ["space", "f"],
    "hands": ["space", "space", "h", "1", "2", "enter"],
    "addresses": ["a"],
    "projector": ["p"],
    "done": [*_REVEALED, "space", "e", "y"],
    "help": ["question_mark"],
}


@pytest.fixture
def hall(tmp_path: Path, bank: Bank, language: str) -> Iterator[Hall]:
    i18n.install(language)
    with hall_in(tmp_path, bank, language=language, confidence=True) as hall:
        yield hall


def going(hall: Hall, way: list[str]) -> Callable[[Pilot[None]], Any]:
    """Goes through a room by keys, with what happens in the hall between them."""

    async def go(pilot: Pilot[None]) -> None:
        if "alone" not in way:
            await hall.come(_PEOPLE)
        for step in way:
            match step:
                case "vote":
                    await hall.vote(23, 19, Confidence.SURE)
                    hall.wait(seconds=84)
                case "again":
                    await hall.vote(44, 11, Confidence.SURE)
                    hall.wait(seconds=47)
                case "alone":
                    hall.wait(minutes=1)
                case "offline":
                    hall.door.address = ""
                    hall.live.enlarge(0)
                case key:
                    await lead(pilot, key)
        # The screen looks for news now and then.
        await pilot.pause()
        host(pilot)._look()
        await pilot.pause()

    return go


@shown
@pytest.mark.parametrize("way", _WAYS)
def test_host(
    snap_compare: Any,
    monkeypatch: pytest.MonkeyPatch,
    hall: Hall,
    way: str,
    size: Any,
    theme: str,
) -> None:
    monkeypatch.setattr(leading, "REST", 0)
    hall.door.network = ["192.168.1.20", "10.0.0.5"]
    app = hall.app(theme=THEMES[theme == "light"])
    assert snap_compare(app, run_before=going(hall, _WAYS[way]), terminal_size=size)


@shown
def test_group_session(
    snap_compare: Any, dress: Callable[[str, str], Desk], size: Any, language: str, theme: str
) -> None:
    app = NetralApp(dress(language, theme))
    keys = ["end", "up", "up", "up", "up", "enter"]
    assert snap_compare(app, press=keys, terminal_size=size)
