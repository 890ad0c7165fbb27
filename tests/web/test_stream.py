"""Streams: the newest state, whoever reads how fast he may."""

import asyncio
import socket
from concurrent.futures import Future
from typing import Any

import pytest

from quiz.phases import Move
from quiz.web import hall, stream
from quiz.web.stream import event
from tests.web.conftest import SECRET, House, Opened, following, raw, request, status

HOST = "Host: 127.0.0.1"


def test_an_event_of_several_lines_stays_one_event() -> None:
    assert event(7, "a\nb") == b"id: 7\ndata: a\ndata: b\n\n"


def test_a_carriage_return_begins_no_other_field() -> None:
    assert event(7, "a\rid: 9\u2028x") == b"id: 7\ndata: a\ndata: id: 9\ndata: x\n\n"


async def test_whoever_reads_slowly_is_sent_the_newest_only(house: House) -> None:
    browser = await house.joined()

    async with following(browser, "/sesi/kabar") as next_event:
        await next_event()
        await house.moves(Move.START, Move.OPEN, Move.CLOSE, Move.REVEAL)
        seen = [(await next_event()).id]
        while seen[-1] != "4":
            seen.append((await next_event()).id)

    assert seen == sorted(set(seen), key=int)


@pytest.mark.parametrize("last", ["999999999999", "-1", "x"])
async def test_what_the_browser_saw_last_does_not_matter(house: House, last: str) -> None:
    browser = await house.joined()

    async with following(browser, "/sesi/kabar", **{"Last-Event-ID": last}) as next_event:
        assert (await next_event()).id == "0"


@pytest.mark.parametrize("path", ["/sesi/kabar", "/api/events"])
async def test_of_forty_one_streams_of_one_participant_at_once_eight_are_opened(
    house: House, path: str
) -> None:
    browser, terminal = await house.joined(), await house.terminal()
    cookie, token = browser.cookies["netral"], terminal.headers["Authorization"]
    asking = request(f"GET {path}", HOST, f"Cookie: netral={cookie}", f"Authorization: {token}")
    streams = [await asyncio.open_connection("127.0.0.1", house.port) for _turn in range(41)]

    for _reader, writer in streams:
        writer.write(asking)
    heads = [await asyncio.wait_for(reader.readline(), 20) for reader, _writer in streams]

    assert sorted(map(status, heads)) == [200] * 8 + [429] * 33
    for _reader, writer in streams:
        writer.close()
    async with asyncio.timeout(20):
        while house.live.present:
            await asyncio.sleep(0.01)


async def test_what_cannot_be_told_now_ends_a_stream_and_is_no_failure(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, said: reported.append(said))
    monkeypatch.setattr(hall, "_PATIENCE", 0.05)
    browser = await house.joined()
    write, stuck = house.store.write, Future[None]()

    def stuck_after_the_first(*arguments: Any) -> Future[None]:
        monkeypatch.setattr(house.store, "write", lambda *_arguments: stuck)
        return write(*arguments)

    async with following(browser, "/sesi/kabar") as next_event:
        await next_event()
        monkeypatch.setattr(house.store, "write", stuck_after_the_first)
        moving = asyncio.gather(house.live.move(Move.START), house.live.move(Move.OPEN))
        with pytest.raises(EOFError):
            await next_event()
        assert (await browser.get("/sesi/kabar")).status_code == 503

    stuck.set_result(None)
    await moving
    assert not reported


async def test_a_stream_says_now_and_then_that_it_is_alive(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "BEAT", 0.05)
    browser = await house.joined()

    async with following(browser, "/sesi/kabar") as next_event:
        await next_event()
        assert [(await next_event()).kind for _turn in range(2)] == ["beat", "beat"]
        await house.moves(Move.START)
        assert (await next_event()).id == "1"


async def test_the_head_of_a_stream_ends_at_once(house: House) -> None:
    browser = await house.joined()

    answer = await browser.head("/sesi/kabar")

    assert answer.status_code == 200
    assert not house.live.present
    assert not house.server.site.streams


async def test_whoever_leaves_is_not_here_any_more(house: House) -> None:
    browser = await house.joined()

    async with following(browser, "/sesi/kabar") as next_event:
        await next_event()
        assert house.live.present == {1}
    async with asyncio.timeout(2):
        while house.live.present or house.server.site.streams:
            await asyncio.sleep(0.01)


async def test_whoever_never_reads_is_dropped(open_house: Opened) -> None:
    house = await open_house(server={"deadline": 0.2})
    deaf = socket.socket()
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    deaf.connect(("127.0.0.1", house.port))
    deaf.sendall(request(f"GET /layar/events?k={SECRET}", HOST))
    async with asyncio.timeout(2):
        while not house.server.site.streams:
            await asyncio.sleep(0.01)

    # More than the system and the loop together hold back for one connection.
    (connection,) = house.server.server_state.connections
    connection.transport.write(b": " + b"x" * 8_000_000 + b"\n\n")

    async with asyncio.timeout(20):
        while house.server.site.streams or house.server.server_state.connections:
            await asyncio.sleep(0.01)
    deaf.close()


async def test_streams_end_when_the_server_stops(house: House) -> None:
    following_ = asyncio.ensure_future(
        raw(house.port, request(f"GET /layar/events?k={SECRET}", HOST), wait=5)
    )
    async with asyncio.timeout(2):
        while not house.server.site.streams:
            await asyncio.sleep(0.01)

    house.server.stop()
    answer = await following_

    # A chunked answer that is complete: the browser knows that nothing was cut off.
    assert answer.endswith(b"0\r\n\r\n")
