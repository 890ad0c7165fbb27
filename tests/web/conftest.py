"""A room over real sockets: its own database, server and clients, all in the test's loop."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from quiz.bank import load
from quiz.live import LiveRoom
from quiz.models import Bank
from quiz.phases import Move
from quiz.room import Setup
from quiz.room_database import SqliteRooms
from quiz.room_store import RoomRecord
from quiz.web.server import Server
from quiz.web.sockets import bind

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CODE = "K7M2Q5"
SECRET = "for-the-wall-only"
DECK = ("memakai-kaus", "memakai-seragam", "bertanya-pilihan")


@pytest.fixture(scope="session")
def small_bank() -> Bank:
    """One scenario of four short questions, whose verdicts take turns."""
    found, problems = load(Path(__file__).parent.parent / "small_bank")
    assert found, problems
    return found


@dataclass
class House:
    """A room, its server, and clients of it."""

    live: LiveRoom
    server: Server
    store: SqliteRooms
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def port(self) -> int:
        return self.server.port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def browser(self, **headers: str) -> httpx.AsyncClient:
        """A client with cookies of its own, which follows no redirect by itself."""
        client = httpx.AsyncClient(base_url=self.url, headers=headers, timeout=5, trust_env=False)
        return await self._stack.enter_async_context(client)

    async def joined(self, name: str = "") -> httpx.AsyncClient:
        """A browser that is in the room."""
        browser = await self.browser()
        answer = await browser.post("/gabung", data={"code": self.live.code, "name": name})
        assert answer.status_code == 303, answer.text
        return browser

    async def terminal(self) -> httpx.AsyncClient:
        """A client of the JSON interface that is in the room."""
        client = await self.browser()
        answer = await client.post("/api/join", json={"code": self.live.code, "name": None})
        assert answer.status_code == 200, answer.text
        client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return client

    async def moves(self, *moves: Move) -> None:
        """What the facilitator does, one after the other."""
        for move in moves:
            await self.live.move(move)

    async def close(self) -> None:
        await self._stack.aclose()


Opened = Callable[..., Awaitable[House]]


@pytest.fixture
async def open_house(tmp_path: Path, small_bank: Bank) -> AsyncIterator[Opened]:
    """Opens a room with a server on a free port of the loopback; arguments are of `house_of`."""
    async with AsyncExitStack() as stack:

        async def opened(**options: object) -> House:
            folder = tmp_path / "rooms.db"
            return await stack.enter_async_context(house_of(small_bank, folder, **options))

        yield opened


@pytest.fixture
async def house(open_house: Opened) -> House:
    """A room with its server, set up as usual."""
    return await open_house()


@asynccontextmanager
async def house_of(
    bank: Bank,
    path: Path,
    *,
    setup: Mapping[str, object] | None = None,
    server: Mapping[str, object] | None = None,
    wait: float = 2.0,
) -> AsyncIterator[House]:
    """A room of `bank` kept at `path`, and its server, until the context ends.

    `wait` is for how many seconds another program may hold the database.
    """
    given = {"bank": bank.manifest.id, "deck": DECK, "language": "en", **(setup or {})}
    with closing(SqliteRooms(path, wait)) as store:
        record = store.create(RoomRecord(0, CODE, Setup(**given), SECRET, NOON, "127.0.0.1", 0))
        live = LiveRoom(record, store, bank, lambda: NOON)
        async with serving(live, **(server or {})) as running:
            house = House(live, running, store)
            yield house
            await house.close()


@asynccontextmanager
async def serving(live: LiveRoom, port: int = 0, **options: object) -> AsyncIterator[Server]:
    """The server of a room on the loopback, until the context ends."""
    server = Server(live, bind(port, "127.0.0.1"), address="127.0.0.1", **options)
    task = asyncio.ensure_future(server.serve())
    while not server.started:
        await asyncio.sleep(0.001)
    try:
        yield server
    finally:
        # Faster than to stop it, which gives every connection a moment.
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def fields(page: str) -> dict[str, str]:
    """The hidden fields of a page's first form."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


async def raw(port: int, *pieces: bytes, pause: float = 0, wait: float = 3) -> bytes:
    """All that the server answers to these bytes until it closes; b"" where it just closes.

    Raises TimeoutError where it leaves the connection open for `wait` seconds.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)
        return await asyncio.wait_for(reader.read(), wait)
    except (ConnectionResetError, BrokenPipeError):
        return b""
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


def request(line: str, *headers: str, body: bytes = b"") -> bytes:
    """A request as it goes over the wire."""
    return "\r\n".join([f"{line} HTTP/1.1", *headers, "", ""]).encode("latin-1") + body


def status(answer: bytes) -> int:
    """The status of an answer; 0 where there is none."""
    return int(answer.split(b" ", 2)[1]) if answer else 0


@dataclass(frozen=True)
class Event:
    """A server-sent event."""

    kind: str
    id: str
    data: str


@asynccontextmanager
async def following(
    client: httpx.AsyncClient, path: str, **headers: str
) -> AsyncIterator[Callable[[], Awaitable[Event]]]:
    """A stream; what is yielded waits for its next event, three seconds at most."""
    async with client.stream("GET", path, headers=headers) as answer:
        assert answer.status_code == 200, await answer.aread()
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        lines = answer.aiter_lines()

        async def read() -> Event:
            found: dict[str, str] = {}
            async for line in lines:
                if line:
                    name, _colon, value = line.partition(": ")
                    found[name] = found[name] + "\n" + value if name in found else value
                elif "data" in found:
                    return Event(found.get("event", ""), found.get("id", ""), found["data"])
                else:
                    found.clear()
            raise EOFError("the stream ended")

        yield lambda: asyncio.wait_for(read(), 20)
