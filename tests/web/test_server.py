"""The server in its host program's loop."""

import asyncio
import logging
import signal
import socket
import time
from contextlib import suppress

import httpx
import pytest

from quiz.web.server import Server, _files
from quiz.web.sockets import bind
from tests.web.conftest import SECRET, House, following, raw, request, serving


async def test_a_request_has_ten_seconds_to_arrive(house: House) -> None:
    assert house.server.server_state.deadline == 10


async def test_it_leaves_signals_to_the_program_around_it(house: House) -> None:
    def handlers() -> list[object]:
        return [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]

    before = handlers()

    async with serving(house.live):
        assert handlers() == before


async def test_it_stops_within_a_second_and_a_half_with_streams_open(
    house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    server = Server(house.live, bind(0, "127.0.0.1"), address="127.0.0.1")
    serving_ = asyncio.ensure_future(server.serve())
    async with (
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}", trust_env=False) as client,
        following(client, f"/layar/events?k={SECRET}") as next_event,
    ):
        await next_event()
        begun = time.monotonic()
        server.stop()
        with suppress(httpx.RemoteProtocolError, EOFError):
            await next_event()
        await serving_

    assert time.monotonic() - begun < 1.5
    assert capfd.readouterr() == ("", "")


async def test_when_its_task_is_cancelled_the_port_is_free_again(house: House) -> None:
    (listening,) = bind(0, "127.0.0.1")
    port = listening.getsockname()[1]
    server = Server(house.live, [listening], address="127.0.0.1")
    task = asyncio.ensure_future(server.serve())
    while not server.started:
        await asyncio.sleep(0.001)

    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request(f"GET /layar/events?k={SECRET}", "Host: 127.0.0.1"))
    await reader.readuntil(b"data: ")

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    with suppress(ConnectionResetError):
        await asyncio.wait_for(reader.read(), 20)
    writer.close()
    assert not server.site.streams
    for listener in bind(port, "127.0.0.1"):
        listener.close()


async def test_after_a_stop_another_server_serves_the_same_participants(house: House) -> None:
    browser = await house.joined()
    port = house.port
    house.server.stop()
    async with asyncio.timeout(20):
        while house.server.servers[0].is_serving():
            await asyncio.sleep(0.01)

    async with serving(house.live, port):
        page = await browser.get("/sesi")

    assert "You are Cengkih 1" in page.text


async def test_it_prints_nothing_whatever_is_sent(
    house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    for garbage in (b"nonsense\r\n\r\n", b"\x00", b"GET / HTTP/9.9\r\n\r\n"):
        await raw(house.port, garbage)
    browser = await house.browser()
    await browser.get("/nothing")

    assert capfd.readouterr() == ("", "")
    # Outside of tests what is logged without a handler goes to standard error.
    assert not logging.getLogger("uvicorn.error").isEnabledFor(logging.ERROR)


def test_the_limit_on_open_files_allows_many_connections() -> None:
    resource = pytest.importorskip("resource")
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert _files() >= min(soft, 10_000)


async def test_no_half_of_an_answer_is_held_back(house: House) -> None:
    browser = await house.browser()
    await browser.get("/ping")

    (connection,) = house.server.server_state.connections
    raw_socket = connection.transport.get_extra_info("socket")

    assert raw_socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
