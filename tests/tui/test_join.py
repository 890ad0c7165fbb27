# ruff: noqa: F811 - a fixture brought from elsewhere has the name of the argument
"""A participant's terminal: what it shows, which keys work when, and a real room behind it."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
import textual

from quiz import i18n
from quiz.attendance import Attendance
from quiz.client import Address, Client
from quiz.models import Bank, Confidence, Verdict
from quiz.phases import Move
from quiz.received import Result, State, TakenHome, harmless
from quiz.room import Room, Setup
from quiz.settings import THEMES
from quiz.tui.joining import JoinApp
from quiz.tui.widgets import KeyBar
from quiz.views import own, result, shared
from quiz.votes import Vote
from quiz.wire import Unreachable

from ..rooms import AT
from ..web.conftest import CODE, DECK, House, house, open_house  # noqa: F401
from .conftest import press, screens, seen, until

OTHER = Vote(Verdict.NEUTRAL)


class Still(Attendance):
    """A participant without the network."""

    async def personal_code(self) -> str:
        return "K7M2Q5AB"

    async def run(self) -> None:
        return


@dataclass
class Far:
    """A room that tells nothing by itself: what is seen of it is what the test says."""

    room: Room
    bank: Bank

    @classmethod
    def of(cls, bank: Bank, language: str = "en", **options: Any) -> "Far":
        deck = tuple(q for q in bank.question)[:4]
        room = Room(Setup(bank.manifest.id, deck, language, **options))
        for name in ("Cengkih 1", "Pala 1", "Jahe 1"):
            room.join(name, AT)
        return cls(room, bank)

    def moves(self, *moves: Move) -> None:
        for move in moves:
            self.room.move(move, AT, [1, 2, 3])

    def vote(self, participant: int, vote: Vote) -> None:
        assert self.room.question
        self.room.vote(participant, self.room.question, self.room.round, vote, AT)

    @property
    def state(self) -> State:
        return State(shared(self.room, self.bank), own(self.room, self.bank, 1))

    @property
    def result(self) -> Result:
        mine = own(self.room, self.bank, 1)
        items = [
            TakenHome(*result(self.room, self.bank, q), q in mine.missed)
            for q in (*mine.missed, *mine.unanswered)
        ]
        return Result(mine, tuple(items))

    def seen_by(self) -> Attendance:
        return Still(Client(Address("127.0.0.1", 9)), self.state, random.Random(1))


def keys(app: JoinApp) -> set[str]:
    return {key for key, _what in app.screen.query_one(KeyBar).hints()}


# With a room behind it.


async def taking_part(house: House) -> tuple[Client, Attendance]:
    """A terminal that has joined the room of `house`."""
    client = Client(Address("127.0.0.1", house.port))
    await client.join(CODE)
    return client, Attendance(client, await client.state(), random.Random(1), pause=0.02)


async def test_a_participant_votes_reads_and_goes_home_with_the_result(house: House) -> None:
    _client, here = await taking_part(house)
    app = JoinApp(here)
    async with app.run_test() as pilot:
        assert "You are in." in seen(app)
        await house.moves(Move.START, Move.OPEN)
        await until(pilot, lambda: "Is this act neutral?" in seen(app))
        await press(pilot, "1")
        await until(pilot, lambda: "Your vote is recorded." in seen(app))
        assert house.live.room.ballot(DECK[0], 1).votes == {1: OTHER}
        await press(pilot, "2")
        await until(pilot, lambda: "✕ Not neutral" in seen(app).split("recorded")[-1])
        await press(pilot, "1")
        await until(pilot, lambda: here.recorded == OTHER and not here.sending)

        await house.moves(Move.CLOSE, Move.REVEAL)
        await until(pilot, lambda: "Not quite: this is not neutral." in seen(app))
        assert not {"1", "2"} & keys(app)
        await house.moves(Move.END)
        await until(pilot, lambda: "0 of 1 right" in seen(app))
        await until(pilot, lambda: "Not quite · " in seen(app))


async def test_a_lost_connection_is_said_and_found_again_is_no_longer(house: House) -> None:
    client, here = await taking_part(house)
    app = JoinApp(here)
    async with app.run_test() as pilot:
        client.address = Address("127.0.0.1", 9)
        for stream in list(house.server.site.streams):
            stream.cancel()
        await until(pilot, lambda: "The connection is lost." in seen(app))
        assert "no connection" in seen(app)
        client.address = Address("127.0.0.1", house.port)
        await until(pilot, lambda: "The connection is lost." not in seen(app))


async def test_what_ends_it_is_handed_to_the_command(house: House) -> None:
    client, here = await taking_part(house)
    client.token = "of-another-room"
    app = JoinApp(here)
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.error)
    assert not isinstance(app.error, Unreachable)


async def test_a_personal_code_is_shown_and_brings_one_back(house: House) -> None:
    client, here = await taking_part(house)
    app = JoinApp(here)
    async with app.run_test() as pilot:
        await press(pilot, "p")
        await until(pilot, lambda: "whoever has it can vote in your place" in seen(app))
        code = await here.personal_code()
        assert f"{code[:4]} {code[4:]}" in seen(app)
        assert str(client.address) in seen(app)
        assert keys(app) == {"escape"}
        await press(pilot, "escape")
        assert screens(app) == ["JoinScreen"]
    assert await house.live.come_back(code)


async def test_a_code_that_cannot_be_had_is_said(house: House) -> None:
    client, here = await taking_part(house)
    app = JoinApp(here)
    async with app.run_test() as pilot:
        client.address = Address("127.0.0.1", 9)
        await press(pilot, "p")
        await until(pilot, lambda: "Nobody answers at http://127.0.0.1:9." in seen(app))


async def test_with_nothing_wrong_there_is_nothing_to_take_home(bank: Bank) -> None:
    far = Far.of(bank)
    far.moves(Move.START, Move.END)
    here = far.seen_by()
    here.state = far.state
    app = JoinApp(here)
    async with app.run_test() as pilot:
        assert "still to come" in seen(app)
        here.result = far.result
        here._tell()
        await until(pilot, lambda: "nothing left to take home" in seen(app))
        assert "still to come" not in seen(app)


# Which keys work.


@pytest.mark.parametrize("moves", [[], [Move.START, Move.OPEN], [Move.START, Move.END]])
async def test_the_help_lists_every_key_that_the_screen_has(bank: Bank, moves: list[Move]) -> None:
    far = Far.of(bank)
    far.moves(*moves)
    app = JoinApp(far.seen_by())
    async with app.run_test() as pilot:
        assert keys(app) >= {"escape", "question_mark", "p"}
        await press(pilot, "question_mark")
        assert screens(app) == ["JoinScreen", "JoinHelpScreen"]
        assert keys(app) == {"escape"}
        for key in ("1  n", "2  t", "3  4  5", "←  →  Tab", "p ", "Esc"):
            assert key in seen(app)
        await press(pilot, "1", "question_mark")
        assert screens(app) == ["JoinScreen"]


async def test_without_a_connection_no_code_is_offered(bank: Bank) -> None:
    here = Far.of(bank).seen_by()
    here.connected = False
    app = JoinApp(here)
    async with app.run_test() as pilot:
        await press(pilot, "p")
        assert screens(app) == ["JoinScreen"]
        assert "p" not in keys(app)


async def test_confidence_may_follow_the_vote_and_need_not(bank: Bank) -> None:
    far = Far.of(bank, confidence=True)
    far.moves(Move.START, Move.OPEN)
    here = far.seen_by()
    app = JoinApp(here)
    async with app.run_test() as pilot:
        assert keys(app) >= {"1", "2", "escape"}
        await press(pilot, "2")
        assert here.sending == Vote(Verdict.NOT_NEUTRAL)
        assert keys(app) >= {"3", "4", "5", "escape"}
        assert not {"1", "2"} & keys(app)
        await press(pilot, "5")
        assert here.sending == Vote(Verdict.NOT_NEUTRAL, Confidence.SURE)
        assert "1" in keys(app)


@pytest.mark.parametrize(
    "moves",
    [
        [],
        [Move.START],
        [Move.START, Move.OPEN, Move.PAUSE],
        [Move.START, Move.OPEN, Move.CLOSE],
        [Move.START, Move.OPEN, Move.CLOSE, Move.DISCUSS],
        [Move.START, Move.OPEN, Move.CLOSE, Move.REVEAL],
    ],
)
async def test_no_key_votes_where_no_vote_is_open(bank: Bank, moves: list[Move]) -> None:
    far = Far.of(bank)
    far.moves(*moves)
    here = far.seen_by()
    app = JoinApp(here)
    async with app.run_test() as pilot:
        assert not {"1", "2", "3"} & keys(app)
        await press(pilot, "1", "3", "right", "enter")
        assert here.sending is None


@pytest.mark.parametrize(
    "moves", [[Move.OPEN, Move.PAUSE], [Move.OPEN, Move.CLOSE, Move.REVEAL, Move.PAUSE]]
)
async def test_in_a_small_terminal_it_is_in_view_that_the_room_is_paused(
    bank: Bank, moves: list[Move]
) -> None:
    far = Far.of(bank)
    far.moves(Move.START, *moves)
    app = JoinApp(far.seen_by())
    async with app.run_test(size=(60, 20)):
        assert "The facilitator has paused." in seen(app)


async def test_it_says_recorded_only_when_it_is(bank: Bank) -> None:
    far = Far.of(bank)
    far.moves(Move.START, Move.OPEN)
    app = JoinApp(far.seen_by())
    async with app.run_test() as pilot:
        await press(pilot, "1")
        assert "is being sent" in seen(app)
        assert "recorded" not in seen(app)


async def test_texts_of_a_strange_server_are_shown_as_they_are(bank: Bank) -> None:
    far = Far.of(bank)
    far.moves(Move.START, Move.OPEN)
    evil = harmless("[red]act[/red] [@click=app.quit]x[/] \x1b[2J" + "a\u0301" * 50 + "漢字" * 90)
    state = far.state
    assert state.view.question
    asked = replace(
        state.view.question, act=evil, situation=evil, scenario=evil, principle=evil[:200]
    )
    here = far.seen_by()
    here.state = State(replace(state.view, question=asked), replace(state.own, name=evil[:24]))
    app = JoinApp(here)
    async with app.run_test():
        assert "[red]act[/red] [@click=app.quit]x[/]" in seen(app)
        assert "\x1b" not in seen(app)


# How it looks.

_VOTED = [Move.START, Move.OPEN, OTHER]
_WAYS: dict[str, list[Move | Vote | str]] = {
    "lobby": [],
    "reading": [Move.START],
    "voting": [Move.START, Move.OPEN],
    "sure": [Move.START, Move.OPEN, "2"],
    "recorded": _VOTED,
    "lost": [*_VOTED, "lost"],
    "paused": [*_VOTED, Move.PAUSE],
    "discussing": [*_VOTED, Move.CLOSE, Move.DISCUSS],
    "revealed": [*_VOTED, Move.CLOSE, Move.REVEAL],
    "revealed-read-on": [*_VOTED, Move.CLOSE, Move.REVEAL, "space"],
    "done": [*_VOTED, Move.CLOSE, Move.REVEAL, Move.END, "result"],
    "done-still-to-come": [Move.START, Move.END],
    "phone": ["p"],
    "help": ["question_mark"],
}
_LOOKS = [
    pytest.param(size, language, theme, id=f"{size[0]}x{size[1]}-{language}-{theme}")
    for size, language, theme in (
        ((80, 24), "id", "dark"),
        ((60, 20), "en", "light"),
        ((120, 40), "id", "light"),
    )
]


@pytest.mark.skipif(textual.__version__ != "8.2.8", reason="pictures are drawn by Textual 8.2.8")
@pytest.mark.parametrize(("size", "language", "theme"), _LOOKS)
@pytest.mark.parametrize("way", _WAYS)
def test_join(
    snap_compare: Callable[..., bool], bank: Bank, way: str, size: Any, language: str, theme: str
) -> None:
    i18n.install(language)
    far = Far.of(bank, language, confidence=True)
    here = far.seen_by()
    typed = []
    for step in _WAYS[way]:
        match step:
            case Move():
                far.moves(step)
            case Vote():
                for participant in (1, 2, 3):
                    far.vote(participant, step)
            case "result":
                here.result = far.result
            case "lost":
                here.connected = False
            case key:
                typed.append(key)
    here.state = far.state
    app = JoinApp(here, theme=THEMES[theme == "light"])
    assert snap_compare(app, press=typed, terminal_size=size)
