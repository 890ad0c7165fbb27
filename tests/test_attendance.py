# ruff: noqa: F811 - a fixture brought from elsewhere has the name of the argument
"""Taking part over a bad network: nothing that was voted is lost, nothing is claimed too early."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from quiz.attendance import Attendance
from quiz.client import Address, Client
from quiz.errors import StoreError
from quiz.models import Confidence, Verdict
from quiz.phases import Move, Phase
from quiz.received import Result
from quiz.votes import Vote
from quiz.wire import Refused, Unreachable

from .web.conftest import (  # noqa: F401
    CODE,
    DECK,
    House,
    Opened,
    house,
    open_house,
    serving,
    small_bank,
)

YES = Vote(Verdict.NEUTRAL)


@asynccontextmanager
async def attending(house: House) -> AsyncIterator[Attendance]:
    client = Client(Address("127.0.0.1", house.port))
    await client.join(CODE)
    here = Attendance(client, await client.state(), random.Random(1), pause=0.02)
    task = asyncio.ensure_future(here.run())
    try:
        yield here
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(holds: Callable[[], object]) -> None:
    for _turn in range(400):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to hold")


def votes(house: House) -> dict[int, Vote]:
    return house.live.room.ballot(DECK[0], 1).votes


async def test_a_vote_is_recorded_only_once_the_server_says_so(
    house: House,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate = asyncio.Event()
    vote = house.live.vote

    async def slow(*arguments: object) -> None:
        await gate.wait()
        await vote(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(house.live, "vote", slow)
    async with attending(house) as here:
        await house.moves(Move.START, Move.OPEN)
        await until(lambda: here.may_vote)
        here.vote(Verdict.NEUTRAL)
        await asyncio.sleep(0.1)
        assert (here.sending, here.recorded) == (YES, None)

        gate.set()
        await until(lambda: here.recorded)
    assert here.recorded == YES
    assert here.sending is None
    assert votes(house) == {1: YES}


async def test_the_last_vote_counts_however_fast_it_came(open_house: Opened) -> None:
    house = await open_house(setup={"confidence": True})
    async with attending(house) as here:
        await house.moves(Move.START, Move.OPEN)
        await until(lambda: here.may_vote)
        here.vote(Verdict.NOT_NEUTRAL)
        here.vote(Verdict.NEUTRAL)
        here.vote(Verdict.NOT_NEUTRAL, Confidence.SURE)
        await until(lambda: here.recorded and not here.sending)
    assert votes(house) == {1: Vote(Verdict.NOT_NEUTRAL, Confidence.SURE)}


async def test_nothing_is_sent_where_no_vote_is_open(house: House) -> None:
    async with attending(house) as here:
        here.vote(Verdict.NEUTRAL)
        assert here.sending is None
        await house.moves(Move.START, Move.OPEN, Move.PAUSE)
        await until(lambda: here.state.view.paused)
        here.vote(Verdict.NEUTRAL)
        assert here.sending is None


async def test_a_vote_the_disk_refused_is_sent_again(
    house: House,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vote, tries = house.live.vote, []

    async def full(*arguments: object) -> None:
        tries.append(arguments)
        if len(tries) < 4:
            raise StoreError("full")
        await vote(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(house.live, "vote", full)
    async with attending(house) as here:
        await house.moves(Move.START, Move.OPEN)
        await until(lambda: here.may_vote)
        here.vote(Verdict.NEUTRAL)
        await until(lambda: here.recorded)
    assert votes(house) == {1: YES}


async def test_after_a_lost_connection_it_comes_back_and_sends_the_vote(
    house: House,
) -> None:
    async with attending(house) as here:
        await house.moves(Move.START, Move.OPEN)
        await until(lambda: here.may_vote)
        port = house.port
        house.server.should_exit = True
        await until(lambda: not here.connected)
        here.vote(Verdict.NEUTRAL)
        await asyncio.sleep(0.1)
        assert here.recorded is None
        assert here.sending == YES

        async with serving(house.live, port):
            await until(lambda: here.recorded and here.connected)
            assert votes(house) == {1: YES}


async def test_a_vote_too_late_is_said_to_be_so(house: House) -> None:
    async with attending(house) as here:
        await house.moves(Move.START, Move.OPEN)
        await until(lambda: here.may_vote)
        await house.moves(Move.CLOSE)
        # What it sees is older than the close.
        here.vote(Verdict.NEUTRAL)
        await until(lambda: here.notice)
        await until(lambda: here.state.view.phase is Phase.CLOSED)
    assert here.sending is None
    assert here.recorded is None
    assert votes(house) == {}


async def test_another_room_at_the_address_ends_it(house: House) -> None:
    client = Client(Address("127.0.0.1", house.port))
    await client.join(CODE)
    here = Attendance(client, await client.state(), random.Random(1))
    client.token = "of-another-room"
    with pytest.raises(Refused):
        await asyncio.wait_for(here.run(), 20)


async def test_at_the_end_there_is_all_to_take_home_even_what_was_revealed_while_away(
    house: House,
) -> None:
    client = Client(Address("127.0.0.1", house.port))
    await client.join(CODE)
    await house.moves(Move.START, Move.OPEN, Move.CLOSE, Move.REVEAL, Move.NEXT)
    here = Attendance(client, await client.state(), random.Random(1), pause=0.02)
    task = asyncio.ensure_future(here.run())
    await until(lambda: here.connected)
    await house.moves(Move.OPEN, Move.CLOSE, Move.REVEAL)
    assert here.result is None
    await house.moves(Move.END)
    await until(lambda: here.result)
    task.cancel()
    assert here.result
    assert [item.question.id for item in here.result.taken_home] == [*DECK[:2]]


async def test_a_result_the_server_could_not_give_is_asked_for_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    result, tries = Client.result, []

    async def failing(self: Client) -> Result:
        tries.append(self)
        if len(tries) < 4:
            raise [Unreachable("x"), Refused(429, "x"), Refused(409, "x")][len(tries) - 1]
        return await result(self)

    monkeypatch.setattr(Client, "result", failing)
    await house.moves(Move.START)
    async with attending(house) as here:
        await house.moves(Move.END)
        await until(lambda: here.result)
    assert len(tries) == 4


async def test_the_personal_code_is_asked_for_once(house: House) -> None:
    async with attending(house) as here:
        code = await here.personal_code()
        assert await here.personal_code() == code
    assert (await house.live.come_back(code)) is not None


async def test_a_change_of_mind_while_a_vote_is_on_its_way_is_sent_too(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived, gate = asyncio.Event(), asyncio.Event()
    vote = house.live.vote

    async def slow(*arguments: object) -> None:
        arrived.set()
        await gate.wait()
        await vote(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(house.live, "vote", slow)
    async with attending(house) as here:
        await house.moves(Move.START, Move.OPEN)
        await until(lambda: here.may_vote)
        here.vote(Verdict.NEUTRAL)
        await asyncio.wait_for(arrived.wait(), 20)
        here.vote(Verdict.NOT_NEUTRAL)
        gate.set()
        await until(lambda: not here.sending)
    assert votes(house) == {1: Vote(Verdict.NOT_NEUTRAL)}
