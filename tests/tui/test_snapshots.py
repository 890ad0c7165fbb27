"""How every screen looks: both sizes, both languages, both themes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
import textual
from textual.pilot import Pilot

from quiz.forms import next_form
from quiz.models import Confidence, Verdict
from quiz.session import Kind, Plan, Wish, draw
from quiz.tui.app import NetralApp
from quiz.tui.desk import Desk
from quiz.tui.messages import ShowProgress

from .conftest import NOON, PRINCIPAL, answered, press, still, until

pytestmark = pytest.mark.skipif(
    textual.__version__ != "8.2.8", reason="pictures are drawn by Textual 8.2.8"
)
Dress = Callable[..., Desk]

_DRESSES = [
    pytest.param(size, language, theme, id=f"{size[0]}x{size[1]}-{language}-{theme}")
    for size, language, theme in product(((80, 24), (60, 20)), ("id", "en"), ("dark", "light"))
]
_LARGE = pytest.param((120, 40), "id", "dark", id="120x40-id-dark")
dressed = pytest.mark.parametrize(("size", "language", "theme"), _DRESSES)


def _playing(desk: Desk, *, given: str = "") -> NetralApp:
    """The app in the principal's scenario; `given` answers, R right and W wrong, lie behind."""
    plan = draw(desk.bank, Wish(scenario=PRINCIPAL), {}, desk.chance)
    if not given:
        return NetralApp(desk, plan=plan)
    _answer(desk, given)
    return NetralApp(desk)


def _answer(desk: Desk, given: str, at: datetime = NOON) -> None:
    plan = draw(desk.bank, Wish(scenario=PRINCIPAL), {}, desk.chance)
    run = desk.store.begin(plan, desk.bank.manifest.id, at)
    session = run.session
    for question, sign in zip(plan.deck, given, strict=False):
        verdict = desk.bank.question[question].verdict
        session = session.answer(verdict if sign == "R" else _other(verdict), verdict)
        desk.store.record(run.id, session.last, at)
        session = session.advance()
        desk.store.leave_behind(run.id, question, at, last=session.done)


async def _looked_up(pilot: Pilot[None]) -> None:
    """Wait until home says what is due."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()


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
    app = _playing(dress(language, theme), given="RW")
    assert snap_compare(app, run_before=_looked_up, terminal_size=size)


@pytest.mark.parametrize(("size", "language", "theme"), [*_DRESSES[::2], _LARGE])
def test_home_with_something_due(
    snap_compare: Any, dress: Dress, size: Any, language: str, theme: str
) -> None:
    desk = dress(language, theme)
    _answer(desk, "RRWRRR", NOON - timedelta(days=3))
    assert snap_compare(NetralApp(desk), run_before=_looked_up, terminal_size=size)


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
    press = ["end", "up", "up", "up", "enter", "m", "space"]
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


asked = pytest.mark.parametrize(("size", "language", "theme"), _DRESSES[::2])


@asked
def test_confidence_asked(
    snap_compare: Any, dress: Dress, size: Any, language: str, theme: str
) -> None:
    desk = dress(language, theme)
    desk.settings = replace(desk.settings, confidence=True)
    press = [_keys(desk, 0, right=True), "right", "right"]
    assert snap_compare(_playing(desk), press=press, terminal_size=size)


@asked
def test_question_of_a_test(
    snap_compare: Any, dress: Dress, size: Any, language: str, theme: str
) -> None:
    desk = dress(language, theme)
    deck = draw(desk.bank, Wish(scenario=PRINCIPAL), {}, desk.chance).deck
    desk.store.begin(Plan(Kind.TEST, "A", deck), desk.bank.manifest.id, NOON)
    press = ["enter", _keys(desk, 0, right=True), "enter", _keys(desk, 1, right=False)]
    assert snap_compare(NetralApp(desk), press=press, terminal_size=size)


@asked
def test_introduction_of_a_test(
    snap_compare: Any, dress: Dress, size: Any, language: str, theme: str
) -> None:
    desk = dress(language, theme)
    plan = next_form(desk.bank, [])
    assert snap_compare(NetralApp(desk, plan=plan), terminal_size=size)


@asked
def test_result_of_a_test(
    snap_compare: Any, dress: Dress, size: Any, language: str, theme: str
) -> None:
    desk = dress(language, theme)
    deck = draw(desk.bank, Wish(scenario=PRINCIPAL), {}, desk.chance).deck
    desk.store.begin(Plan(Kind.TEST, "A", deck), desk.bank.manifest.id, NOON)
    given = [_keys(desk, number, right=number != 1) for number in range(len(deck))]
    press = ["enter", *(key for keys in given for key in (keys, "enter"))]
    assert snap_compare(NetralApp(desk), press=press, terminal_size=size)


@asked
def test_a_day_to_be_ready_by_refused(
    snap_compare: Any, dress: Dress, size: Any, language: str, theme: str
) -> None:
    press = ["end", "up", "up", "enter", "end", "enter", *"1-11-2026", "enter"]
    assert snap_compare(NetralApp(dress(language, theme)), press=press, terminal_size=size)


_SHAPES = [
    pytest.param(size, language, theme, id=f"{size[0]}x{size[1]}-{language}-{theme}")
    for size, (language, theme) in product(
        ((80, 24), (60, 20), (120, 40)), (("id", "dark"), ("en", "light"))
    )
]
shaped = pytest.mark.parametrize(("size", "language", "theme"), _SHAPES)


def _practised(desk: Desk) -> Desk:
    """The desk of somebody who has come back for some weeks."""
    for days, signs, confidence in (
        (26, "WRWRWRRWRR", None),
        (22, "RRWRRR", Confidence.UNSURE),
        (20, "RRRRWRRWRRRW", Confidence.FAIRLY),
        (13, "RRRR", Confidence.SURE),
        (12, "RRRRRRRR", Confidence.SURE),
        (5, "RRRRRRRRRRRW", Confidence.SURE),
        (0, "RW", Confidence.SURE),
    ):
        answered(desk, signs[: len(desk.bank.question)], days, confidence)
    return desk


async def _progress(pilot: Pilot[None]) -> None:
    """Open the progress screen, and wait for its figures."""
    await _looked_up(pilot)
    pilot.app.post_message(ShowProgress())
    await until(pilot, lambda: pilot.app.screen.query("#next"))
    await pilot.app.workers.wait_for_complete()
    # The chart is mounted last, and draws itself once more when it knows its size.
    await until(pilot, lambda: all(c.size.width for c in pilot.app.screen.query("#chart > *")))
    await still(pilot)


async def _progress_read_on(pilot: Pilot[None]) -> None:
    await _progress(pilot)
    await press(pilot, "space")


@shaped
def test_progress(snap_compare: Any, dress: Dress, size: Any, language: str, theme: str) -> None:
    app = NetralApp(_practised(dress(language, theme)))
    assert snap_compare(app, run_before=_progress, terminal_size=size)


@shaped
def test_progress_read_on(
    snap_compare: Any, dress: Dress, size: Any, language: str, theme: str
) -> None:
    app = NetralApp(_practised(dress(language, theme)))
    assert snap_compare(app, run_before=_progress_read_on, terminal_size=size)


@shaped
def test_progress_without_answers(
    snap_compare: Any, dress: Dress, size: Any, language: str, theme: str
) -> None:
    app = NetralApp(dress(language, theme))
    assert snap_compare(app, run_before=_progress, terminal_size=size)


def test_progress_without_colour(
    snap_compare: Any, dress: Dress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = NetralApp(_practised(dress("id")))
    assert snap_compare(app, run_before=_progress, terminal_size=(80, 40))
