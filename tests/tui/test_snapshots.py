"""How every screen looks: both sizes, both languages, both themes."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
import textual

from quiz.models import Verdict
from quiz.session import Wish, draw
from quiz.tui.app import NetralApp
from quiz.tui.desk import Desk

from .conftest import NOON, PRINCIPAL

pytestmark = pytest.mark.skipif(
    textual.__version__ != "8.2.8", reason="pictures are drawn by Textual 8.2.8"
)
Dress = Callable[..., Desk]

_DRESSES = [
    pytest.param(size, language, theme, id=f"{size[0]}x{size[1]}-{language}-{theme}")
    for size, language, theme in product(((80, 24), (60, 20)), ("id", "en"), ("dark", "light"))
]
dressed = pytest.mark.parametrize(("size", "language", "theme"), _DRESSES)


def _playing(desk: Desk, *, given: str = "") -> NetralApp:
    """The app in the principal's scenario; `given` answers, R right and W wrong, lie behind."""
    plan = draw(desk.bank, Wish(scenario=PRINCIPAL), {}, desk.chance)
    if not given:
        return NetralApp(desk, plan=plan)
    _answer(desk, plan.deck, given)
    return NetralApp(desk)


def _answer(desk: Desk, deck: tuple[str, ...], given: str) -> None:
    plan = draw(desk.bank, Wish(scenario=PRINCIPAL), {}, desk.chance)
    run = desk.store.begin(plan, desk.bank.manifest.id, NOON)
    session = run.session
    for question, sign in zip(deck, given, strict=False):
        verdict = desk.bank.question[question].verdict
        session = session.answer(verdict if sign == "R" else _other(verdict), verdict)
        desk.store.record(run.id, session.last, NOON)
        session = session.advance()
        desk.store.leave_behind(run.id, question, NOON, last=False)


def _other(verdict: Verdict) -> Verdict:
    return Verdict.NEUTRAL if verdict is Verdict.NOT_NEUTRAL else Verdict.NOT_NEUTRAL


def _keys(desk: Desk, number: int, *, right: bool) -> str:
    """The key that answers question `number` of the principal's scenario."""
    verdict = desk.bank.scenario[PRINCIPAL].questions[number].verdict
    return "1" if (verdict is Verdict.NEUTRAL) == right else "2"


@dressed
def test_home(snap_compare: Any, dress: Dress, size: Any, language: str, theme: str) -> None:
    assert snap_compare(NetralApp(dress(language, theme)), terminal_size=size)


@dressed
def test_home_with_a_session_to_continue(
    snap_compare: Any, dress: Dress, size: Any, language: str, theme: str
) -> None:
    assert snap_compare(_playing(dress(language, theme), given="RW"), terminal_size=size)


@dressed
def test_question(snap_compare: Any, dress: Dress, size: Any, language: str, theme: str) -> None:
    assert snap_compare(_playing(dress(language, theme)), terminal_size=size)


@dressed
def test_right_answer(
    snap_compare: Any, dress: Dress, size: Any, language: str, theme: str
) -> None:
    desk = dress(language, theme)
    press = [_keys(desk, 0, right=True)]
    assert snap_compare(_playing(desk), press=press, terminal_size=size)


@dressed
def test_wrong_answer_read_to_its_end(
    snap_compare: Any, dress: Dress, size: Any, language: str, theme: str
) -> None:
    desk = dress(language, theme)
    press = [_keys(desk, 0, right=False), "space", "space"]
    assert snap_compare(_playing(desk), press=press, terminal_size=size)


@dressed
def test_source_at_the_quote(
    snap_compare: Any, dress: Dress, size: Any, language: str, theme: str
) -> None:
    desk = dress(language, theme)
    press = [_keys(desk, 0, right=True), "s"]
    assert snap_compare(_playing(desk), press=press, terminal_size=size)


@dressed
def test_source_with_every_quote_marked(
    snap_compare: Any, dress: Dress, size: Any, language: str, theme: str
) -> None:
    app = NetralApp(dress(language, theme))
    press = ["down", "down", "enter", "m", "space"]
    assert snap_compare(app, press=press, terminal_size=size)


@dressed
def test_result(snap_compare: Any, dress: Dress, size: Any, language: str, theme: str) -> None:
    desk = dress(language, theme)
    app = _playing(desk, given="RRWRR")
    press = ["enter", _keys(desk, 5, right=False), "enter"]
    assert snap_compare(app, press=press, terminal_size=size)


@dressed
def test_help(snap_compare: Any, dress: Dress, size: Any, language: str, theme: str) -> None:
    app = NetralApp(dress(language, theme))
    assert snap_compare(app, press=["question_mark"], terminal_size=size)


@pytest.mark.parametrize(("size", "language", "theme"), _DRESSES[:3:2] + _DRESSES[4:7:2])
@pytest.mark.parametrize(
    "press", [["down", "enter"], ["end", "up", "up", "enter"]], ids=["scenarios", "settings"]
)
def test_scenarios_and_settings(
    snap_compare: Any, dress: Dress, press: list[str], size: Any, language: str, theme: str
) -> None:
    app = NetralApp(dress(language, theme))
    assert snap_compare(app, press=press, terminal_size=size)


@pytest.mark.parametrize("language", ["id", "en"])
def test_question_in_a_large_terminal(snap_compare: Any, dress: Dress, language: str) -> None:
    assert snap_compare(_playing(dress(language)), terminal_size=(120, 40))


def test_question_without_colour(
    snap_compare: Any, dress: Dress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(_playing(dress("id")), press=["left"], terminal_size=(80, 24))


def test_picture_in_the_readme(snap_compare: Any, dress: Dress) -> None:
    desk = dress("id")
    press = [_keys(desk, 0, right=True)]
    assert snap_compare(_playing(desk), press=press, terminal_size=(80, 34))
