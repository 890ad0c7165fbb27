"""What uvicorn would accept, or wait for without end."""

import asyncio
import time

import pytest

from tests.web.conftest import House, Opened, raw, request, status

HOST = "Host: 127.0.0.1"
FORM = "Content-Type: application/x-www-form-urlencoded"


async def test_a_good_request_is_answered(house: House) -> None:
    answer = await raw(house.port, request("GET /ping", HOST, "Connection: close"))

    assert status(answer) == 200
    assert answer.endswith(b"netral")


async def test_a_head_of_16_kb_is_read_and_a_larger_one_is_not(house: House) -> None:
    fits = request("GET /ping", HOST, "Connection: close", "X: " + "x" * 16_000)
    large = request("GET /ping", HOST, "Connection: close", "X: " + "x" * 16_400)

    assert status(await raw(house.port, fits)) == 200
    assert status(await raw(house.port, large)) == 431


async def test_a_head_of_200_kb_is_not_read(house: House) -> None:
    answer = await raw(house.port, request("GET /ping", HOST, "X: " + "x" * 200_000))

    assert status(answer) in (431, 0)


async def test_ten_thousand_header_lines_are_not_read(house: House) -> None:
    answer = await raw(house.port, request("GET /ping", HOST, *["A: b"] * 10_000))

    assert status(answer) in (431, 0)


async def test_a_long_address_is_not_read(house: House) -> None:
    answer = await raw(house.port, request("GET /" + "x" * 17_000, HOST))

    assert status(answer) == 431


async def test_a_header_that_never_ends_is_not_kept(house: House) -> None:
    answer = await raw(house.port, b"GET /ping HTTP/1.1\r\nX: ", *[b"x" * 4000] * 5, pause=0.01)

    assert status(answer) in (431, 0)


async def test_a_body_of_2_kb_is_read_and_a_byte_more_is_not(house: House) -> None:
    def post(size: int) -> bytes:
        body = b"code=" + b"x" * (size - 5)
        close = "Connection: close"
        return request("POST /gabung", HOST, FORM, close, f"Content-Length: {size}", body=body)

    assert status(await raw(house.port, post(2048))) == 404
    assert status(await raw(house.port, post(2049))) == 413


async def test_a_chunked_body_without_end_is_not_read(house: House) -> None:
    head = request("POST /gabung", HOST, FORM, "Transfer-Encoding: chunked")
    chunk = b"200\r\n" + b"x" * 512 + b"\r\n"

    answer = await raw(house.port, head, *[chunk] * 20, pause=0.002)

    assert status(answer) in (413, 0)


async def test_a_chunked_body_that_fits_is_read(house: House) -> None:
    head = request("POST /gabung", HOST, FORM, "Connection: close", "Transfer-Encoding: chunked")

    answer = await raw(house.port, head, b"b\r\ncode=K7M2Q5\r\n0\r\n\r\n")

    assert status(answer) == 303


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: 4", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: chunked", "Content-Length: 4"),
        ("Content-Length: 4", "Content-Length: 5"),
        ("Content-Length: -4",),
        ("Content-Length: +4",),
        ("Content-Length: four",),
        ("Transfer-Encoding: gzip",),
        ("Content-Length: 4 4",),
    ],
)
async def test_two_lengths_or_a_length_that_is_none_are_refused(
    house: House, headers: tuple[str, ...]
) -> None:
    answer = await raw(house.port, request("POST /gabung", HOST, FORM, *headers, body=b"code"))

    assert status(answer) == 400


async def test_a_length_that_is_too_small_begins_no_second_request(house: House) -> None:
    second = request("GET /ping", HOST)
    lying = request("POST /gabung", HOST, FORM, "Content-Length: 4", body=b"code" + b"x" + second)

    answer = await raw(house.port, lying)

    assert b"netral" not in answer


async def test_a_second_request_before_the_answer_to_the_first_ends_the_connection(
    house: House,
) -> None:
    both = request("GET /layar/events?k=for-the-wall-only", HOST) + request("GET /ping", HOST)

    assert b"netral" not in await raw(house.port, both)


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"\x00" * 100,
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\nHost: 127.0.0.1\n\n",
        b"GET \xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHo st: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: \x00\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"CONNECT evil.example:80 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET http:// HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
)
async def test_what_is_no_http_is_refused_and_closed(house: House, garbage: bytes) -> None:
    answer = await raw(house.port, garbage, wait=1)

    assert status(answer) in (0, 400, 404, 405)
    assert status(await raw(house.port, request("GET /ping", HOST, "Connection: close"))) == 200


@pytest.fixture
async def hasty(open_house: Opened) -> House:
    """A server that waits for a third of a second rather than for ten."""
    return await open_house(server={"deadline": 0.3})


async def test_a_websocket_is_not_opened(hasty: House) -> None:
    upgrade = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: abc")

    answer = await raw(hasty.port, request("GET /ping", HOST, *upgrade))

    assert status(answer) != 101


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ((), 0),
        ((b"\r\n",) * 60, 0),
        ((b"GET /ping HTTP/1.1\r\n", *[b"A: b\r\n"] * 60), 408),
        ((request("POST /gabung", HOST, FORM, "Content-Length: 99"), *[b"x"] * 60), 408),
        ((request("POST /gabung", HOST, FORM, "Content-Length: 99"),), 408),
        ((request("POST /gabung", HOST, FORM, "Transfer-Encoding: chunked"),), 408),
        ((request("GET /ping", HOST), *[b"\r\n"] * 60), 200),
        ((request("GET /ping", HOST), b"GET"), 200),
    ],
    ids=["idle", "lines", "head", "body", "no body", "no chunk", "kept", "kept and begun"],
)
async def test_a_slow_client_is_closed_at_the_deadline(
    hasty: House, pieces: tuple[bytes, ...], expected: int
) -> None:
    begun = time.monotonic()

    answer = await raw(hasty.port, *pieces, pause=0.01)

    # Had it been left open, `raw` would have raised.
    assert status(answer) in (expected, 0)
    assert time.monotonic() - begun > 0.25
    await until_connected(hasty, 0)


async def until_connected(house: House, number: int) -> None:
    """Wait until the server holds just so many connections."""
    async with asyncio.timeout(10):
        while len(house.server.server_state.connections) != number:
            await asyncio.sleep(0.01)


async def test_others_are_served_while_slow_clients_wait(house: House) -> None:
    slow = [await asyncio.open_connection("127.0.0.1", house.port) for _client in range(50)]
    for _reader, writer in slow:
        writer.write(b"GET /")
    await until_connected(house, 50)

    answer = await raw(house.port, request("GET /ping", HOST, "Connection: close"))

    assert status(answer) == 200
    await until_connected(house, 50)
    for _reader, writer in slow:
        writer.close()


async def test_a_stream_outlives_the_deadline(hasty: House) -> None:
    asking = request("GET /layar/events?k=for-the-wall-only", HOST)

    with pytest.raises(TimeoutError):
        await raw(hasty.port, asking, wait=1)


async def test_a_kept_connection_serves_one_request_after_another(hasty: House) -> None:
    browser = await hasty.browser()

    for _turn in range(4):
        assert (await browser.get("/ping")).text == "netral"
        await asyncio.sleep(0.15)

    assert len(hasty.server.server_state.connections) == 1


async def test_the_41st_connection_of_one_address_is_refused_where_40_are_the_most(
    open_house: Opened,
) -> None:
    house = await open_house(server={"most": 54})
    held = [await asyncio.open_connection("127.0.0.1", house.port) for _turn in range(40)]
    await until_connected(house, 40)

    assert status(await raw(house.port, request("GET /ping", HOST))) == 503

    for _reader, writer in held:
        writer.close()
    await until_connected(house, 0)
    answer = await raw(house.port, request("GET /ping", HOST, "Connection: close"))
    assert status(answer) == 200


async def test_every_refusal_carries_the_headers_of_a_page(house: House) -> None:
    answer = await raw(house.port, b"nonsense\r\n\r\n")

    assert b"content-security-policy: default-src 'none'" in answer
    assert b"x-content-type-options: nosniff" in answer


async def test_a_large_body_is_refused_before_it_is_sent(house: House) -> None:
    announced = request("POST /gabung", HOST, FORM, "Content-Length: 10000000")

    assert status(await raw(house.port, announced, wait=1)) == 413
