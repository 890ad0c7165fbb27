"""What a server says, checked before anything shows it."""

import json
from copy import deepcopy
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.bank import load
from quiz.models import Verdict
from quiz.received import NotUnderstood, harmless, result, state
from quiz.room import Move, Setup
from quiz.views import Own, View, own, shared

from .commandline import DECK, SMALL
from .rooms import AT, NEUTRAL, cast, room_after


def _revealed() -> tuple[dict[str, Any], View, Own]:
    bank, _problems = load(SMALL)
    assert bank
    room = room_after(Move.START, Move.OPEN, people=1, given=Setup("kecil", tuple(DECK), "id"))
    cast(room, {1: NEUTRAL})
    for move in (Move.CLOSE, Move.REVEAL):
        room.move(move, AT, [1])
    view, mine = shared(room, bank), own(room, bank, 1)
    return json.loads(json.dumps({"view": asdict(view), "own": asdict(mine)})), view, mine


SENT, VIEW, OWN = _revealed()


def test_what_was_sent_is_what_is_read() -> None:
    found = state(json.dumps(SENT))
    assert (found.view, found.own) == (VIEW, OWN)
    assert found.view.reveal is not None
    assert isinstance(found.view.reveal.verdict, Verdict)


def test_what_a_newer_server_adds_is_left_alone() -> None:
    sent = deepcopy(SENT)
    sent["news"] = sent["view"]["mood"] = sent["view"]["question"]["colour"] = [1, {"a": None}]
    assert state(json.dumps(sent)).view == VIEW


def _paths(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [p for key, v in inner for p in ((*before, key), *_paths(v, (*before, key)))]


def _at(sent: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        sent = sent[key]
    return sent


@pytest.mark.parametrize("path", _paths(SENT), ids=str)
def test_what_is_missing_or_of_another_kind_is_refused(path: tuple[Any, ...]) -> None:
    for wrong in (1.5, -1, 10**400, {"$gt": 0}, [[1]]):
        sent = deepcopy(SENT)
        _at(sent, path[:-1])[path[-1]] = wrong
        with pytest.raises(NotUnderstood):
            state(json.dumps(sent))
    if isinstance(path[-1], str):
        sent = deepcopy(SENT)
        del _at(sent, path[:-1])[path[-1]]
        with pytest.raises(NotUnderstood):
            state(json.dumps(sent))


@pytest.mark.parametrize("text", ["", "nonsense", "[]", "1", "[" * 100_000, '{"view": null}'])
def test_what_is_no_state_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        state(text)


RESULT = {
    "own": SENT["own"],
    "taken_home": [
        {"question": SENT["view"]["question"], "reveal": SENT["view"]["reveal"], "answered": True}
    ],
}


def test_a_result_is_read_as_strictly() -> None:
    found = result(json.dumps(RESULT))
    [item] = found.taken_home
    assert (found.own, item.question, item.reveal) == (OWN, VIEW.question, VIEW.reveal)
    assert item.answered is True
    for path in (
        ("own",),
        ("taken_home",),
        *(("taken_home", 0, k) for k in ("reveal", "answered")),
    ):
        sent = deepcopy(RESULT)
        _at(sent, path[:-1])[path[-1]] = 7
        with pytest.raises(NotUnderstood):
            result(json.dumps(sent))


def test_texts_lose_what_a_terminal_would_obey() -> None:
    sent = deepcopy(SENT)
    sent["view"]["question"]["act"] = "a\x1b[31mb\u202ec\u200bd\ud800\te\n f\x9b2J[red]x[/red]"
    found = state(json.dumps(sent)).view.question
    assert found is not None
    assert found.act == "a[31mbcd e f2J[red]x[/red]"


@given(st.text())
def test_a_harmless_text_is_one_line_that_any_terminal_can_print(text: str) -> None:
    found = harmless(text)
    assert found.isprintable() or all(c == " " or c.isprintable() or c.isspace() for c in found)
    assert len(found.splitlines()) <= 1
    found.encode("utf-8")
