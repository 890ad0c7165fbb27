# ruff: noqa: F811 - a fixture brought from elsewhere has the name of the argument
"""The participant's side of the wire, against a real server and against strange ones."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from quiz import views
from quiz.client import Address, Client, address
from quiz.errors import UsageError
from quiz.models import Confidence, Verdict
from quiz.phases import Move, Phase
from quiz.received import NotUnderstood
from quiz.votes import Vote
from quiz.wire import NotNetral, Refused, Unreachable

from .test_received import SENT
from .web.conftest import CODE, DECK, House, Opened, open_house, small_bank  # noqa: F401


@pytest.fixture
async def house(open_house: Opened) -> House:
    return await open_house(setup={"names": True, "confidence": True})


def client_of(house: House) -> Client:
    return Client(Address("127.0.0.1", house.port))


async def joined(house: House) -> Client:
    client = client_of(house)
    await client.join(CODE)
    return client


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10.0.0.5:8123", Address("10.0.0.5", 8123)),
        ("10.0.0.5", Address("10.0.0.5", 8000)),
        (" http://10.0.0.5:8000/ ", Address("10.0.0.5", 8000)),
        ("http://10.0.0.5", Address("10.0.0.5", 80)),
        ("http://laptop.local:8000/g/k7m-2qx", Address("laptop.local", 8000, "K7M2QX")),
        ("http://[::1]:8000/", Address("::1", 8000)),
    ],
)
def test_an_address_is_understood_as_it_is_typed(typed: str, meant: Address) -> None:
    assert address(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "https://10.0.0.5",
        "10.0.0.5:0",
        "10.0.0.5:99999",
        "a b",
        "http://x@y",
        "\x1b[2J",
        "ftp://x",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        address(typed)
    assert "\x1b" not in str(caught.value)


async def test_whoever_joined_votes_and_sees_it(house: House) -> None:
    client = await joined(house)
    await house.moves(Move.START, Move.OPEN)

    await client.vote(DECK[0], 1, Vote(Verdict.NEUTRAL, Confidence.SURE))

    assert house.live.room.ballot(DECK[0], 1).votes == {1: Vote(Verdict.NEUTRAL, Confidence.SURE)}
    state = await client.state()
    assert state.view.phase is Phase.VOTING
    assert state.own.vote == Vote(Verdict.NEUTRAL, Confidence.SURE)


async def test_a_reveal_is_read_whole(house: House) -> None:
    client = await joined(house)
    await house.moves(Move.START, Move.OPEN, Move.CLOSE, Move.REVEAL)

    assert (await client.state()).view == house.live.view


async def test_every_change_comes_by_itself(house: House) -> None:
    client = await joined(house)
    states = client.states()
    first = await asyncio.wait_for(anext(states), 20)
    await house.moves(Move.START)
    second = await asyncio.wait_for(anext(states), 20)
    await states.aclose()

    assert (first.view.phase, second.view.phase) == (Phase.LOBBY, Phase.READING)
    assert house.live.present == {1} or not house.live.present


async def test_a_name_of_ones_own_is_sent(house: House) -> None:
    client = client_of(house)
    await client.join(CODE, "Ani")

    assert (await client.state()).own.name == "Ani"


async def test_a_personal_code_makes_one_the_same_participant(house: House) -> None:
    code = await (await joined(house)).personal_code()
    again = client_of(house)

    await again.come_back(code)

    assert (await again.state()).own.name == "Cengkih 1"


async def test_a_wrong_personal_code_is_refused_in_the_words_of_the_server(house: House) -> None:
    with pytest.raises(Refused, match="This code is not right"):
        await client_of(house).come_back("AAAA1111")


async def test_a_wrong_code_is_refused_in_the_words_of_the_server(house: House) -> None:
    with pytest.raises(Refused, match="This code is not right") as caught:
        await client_of(house).join("AAA111")
    assert (caught.value.status, caught.value.passing) == (404, False)


async def test_an_unknown_token_is_refused(house: House) -> None:
    client = client_of(house)
    client.token = "unknown"
    with pytest.raises(Refused) as caught:
        await anext(client.states())
    assert caught.value.status == 401


async def test_a_vote_out_of_phase_is_refused(house: House) -> None:
    client = await joined(house)
    with pytest.raises(Refused) as caught:
        await client.vote(DECK[0], 1, Vote(Verdict.NEUTRAL))
    assert (caught.value.status, caught.value.passing) == (409, False)


async def test_the_result_is_read_whole_and_refused_before_the_end(house: House) -> None:
    client = await joined(house)
    await house.moves(Move.START, Move.OPEN, Move.CLOSE, Move.REVEAL)
    with pytest.raises(Refused) as caught:
        await client.result()
    await house.moves(Move.END)

    found = await client.result()

    assert caught.value.status == 409
    assert found.own == views.own(house.live.room, house.live.bank, 1)
    [item] = found.taken_home
    known = views.result(house.live.room, house.live.bank, DECK[0])
    assert (item.question, item.reveal, item.answered) == (*known, False)


async def test_a_result_with_every_question_of_a_large_bank_is_not_too_long() -> None:
    item = {k: SENT["view"][k] for k in ("question", "reveal")} | {"answered": False}
    sent = json.dumps({"own": SENT["own"], "taken_home": [item] * 1500}).encode()
    assert 500_000 < len(sent) < 4_000_000
    async with answering(http(sent)) as port:
        found = await Client(Address("127.0.0.1", port)).result()
    assert len(found.taken_home) == 1500


@pytest.mark.parametrize("code", [1, None, "", "\x1b[2J", "A" * 30, "ABC!1234"])
async def test_a_personal_code_that_is_none_is_not_shown(code: object) -> None:
    async with answering(http(json.dumps({"code": code}).encode())) as port:
        with pytest.raises(NotNetral):
            await Client(Address("127.0.0.1", port)).personal_code()


async def test_where_nobody_listens_the_error_says_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(Unreachable) as caught:
        await Client(Address("127.0.0.1", port)).state()
    assert f"http://127.0.0.1:{port}" in caught.value.message
    assert caught.value.hint


@asynccontextmanager
async def answering(*pieces: bytes) -> AsyncIterator[int]:
    """A server that answers everything with these bytes and closes; yields its port."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.01)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        done.set()

    done = asyncio.Event()
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
    await asyncio.wait_for(done.wait(), 20)


def http(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"\x00" * 100,
        http(b"<html>router</html>"),
        http(b"[]"),
        http(b"not found", "404 Not Found"),
        http(b'{"detail": "x"}', "404 Not Found"),
        http(b'"\xff\xfe"'),
        http(b'{"token": 1}'),
        http(b'{"token": "a\\r\\nHost: b"}'),
        http(b"{" * 300_000),
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200_000,
    ],
)
async def test_what_is_no_netral_is_called_so(answer: bytes) -> None:
    async with answering(answer) as port:
        with pytest.raises(NotNetral):
            await Client(Address("127.0.0.1", port)).join(CODE)


@pytest.mark.parametrize("answer", [b"", http(b"{}")[:30], http(b'{"token": "a"}')[:-3]])
async def test_an_answer_cut_off_may_be_asked_for_again(answer: bytes) -> None:
    async with answering(answer) as port:
        with pytest.raises((Unreachable, NotNetral)):
            await Client(Address("127.0.0.1", port)).join(CODE)


async def test_a_state_of_another_version_is_an_error_that_says_so() -> None:
    async with answering(http(b'{"view": {}, "own": {}}')) as port:
        with pytest.raises(NotUnderstood):
            await Client(Address("127.0.0.1", port)).state()


async def test_what_a_server_refuses_with_cannot_steer_the_terminal() -> None:
    async with answering(http(b'{"error": "\\u001b[2J[red]no\\nyes"}', "409 Conflict")) as port:
        with pytest.raises(Refused) as caught:
            await Client(Address("127.0.0.1", port)).join(CODE)
    assert caught.value.message == "[2J[red]no yes"


def state_json(version: int) -> str:
    return json.dumps({**SENT, "view": {**SENT["view"], "version": version}})


async def test_of_several_events_only_the_newest_is_told_and_beats_are_not() -> None:
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    old, new = (f"id: {n}\ndata: {state_json(n)}\n\n".encode() for n in (1, 2))
    stream = b"retry: 1000\n\n" + old + new + b"event: beat\ndata: 1\n\n"
    chunk = b"%x\r\n%s\r\n" % (len(stream), stream)
    # The pieces come apart anywhere.
    async with answering(head[:50], head[50:] + chunk[:40], chunk[40:]) as port:
        states = Client(Address("127.0.0.1", port)).states()
        assert (await anext(states)).view.version == 2
        with pytest.raises(Unreachable):
            await anext(states)
