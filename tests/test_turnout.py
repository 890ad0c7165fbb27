from quiz.models import Verdict
from quiz.room import Move, Room
from quiz.turnout import Turnout, turnout
from quiz.votes import Hands

from .rooms import AT, NEUTRAL, NOT_NEUTRAL, cast, room_after

VOTING = (Move.START, Move.OPEN)


def test_in_the_lobby_everybody_is_here_and_nobody_has_voted() -> None:
    assert turnout(room_after(people=3), {1, 3}) == Turnout(0, 2)


def test_whoever_voted_and_left_is_counted_as_here() -> None:
    room = room_after(*VOTING, people=4)
    cast(room, {1: NEUTRAL, 2: NOT_NEUTRAL})
    assert turnout(room, {2, 3}) == Turnout(2, 3)


def test_after_the_close_those_count_who_were_here_then() -> None:
    room = room_after(*VOTING, people=4)
    cast(room, {1: NEUTRAL})
    room.move(Move.CLOSE, AT, {2, 3})
    assert turnout(room, {4}) == Turnout(1, 3)


def test_a_raised_hand_is_somebody_here_who_voted() -> None:
    room = room_after(*VOTING, people=2)
    cast(room, {1: NEUTRAL})
    room.count(Hands(3, 4), AT)
    assert turnout(room, {1, 2}) == Turnout(8, 9)
    room.move(Move.CLOSE, AT, {1, 2})
    assert turnout(room, set()) == Turnout(8, 9)


def test_the_second_round_begins_at_nothing() -> None:
    room = room_after(*VOTING, people=2)
    cast(room, {1: NEUTRAL, 2: NEUTRAL})
    for move in (Move.CLOSE, Move.DISCUSS, Move.OPEN):
        room.move(move, AT, {1, 2})
    assert turnout(room, {1, 2}) == Turnout(0, 2)


def test_it_does_not_tell_how_anybody_voted() -> None:
    rooms: list[Room] = []
    for vote in (NEUTRAL, NOT_NEUTRAL):
        room = room_after(*VOTING, people=1)
        cast(room, {1: vote})
        rooms.append(room)
    assert turnout(rooms[0], {1}) == turnout(rooms[1], {1})
    assert rooms[0].ballot("satu", 1).tally[Verdict.NEUTRAL] == 1


def test_the_share_of_nobody_is_none() -> None:
    assert Turnout(0, 0).share == 0
    assert Turnout(3, 4).share == 0.75
