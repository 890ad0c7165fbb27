"""Participants by the thousand, over plain HTTP/1.1 on the loopback, from one process."""

import asyncio
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_ID = re.compile(rb"(?:^|\n)id: (\d+)\n")
_PATIENCE = 30.0


class _Exchange(asyncio.Protocol):
    """One request on a connection of its own; `answer` is its status and body, 0 for none."""

    def __init__(self, request: bytes) -> None:
        self._request = request
        self._got = b""
        self.answer: asyncio.Future[tuple[int, bytes]] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, gap, body = self._got.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if gap and length and len(body) >= int(length[1]):
            self._say(int(head[9:12]), body)
            self._transport.close()

    def connection_lost(self, _exc: Exception | None) -> None:
        self._say(0, b"")

    def _say(self, status: int, body: bytes) -> None:
        if not self.answer.done():
            self.answer.set_result((status, body))


class _Following(asyncio.Protocol):
    """One stream of events: which version came last, and when."""

    def __init__(self, request: bytes) -> None:
        self._request = request
        self._tail = b""
        self.version = -1
        self.at = 0.0
        self.lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        # An event is there once its last, empty line is.
        whole, gap, self._tail = (self._tail + data).rpartition(b"\n\n")
        found = _ID.findall(whole + gap)
        if found:
            self.version, self.at = int(found[-1]), time.perf_counter()

    def connection_lost(self, _exc: Exception | None) -> None:
        self.lost = True


@dataclass
class Ballots:
    """How each vote went: seconds from when it was due, and what was acknowledged."""

    waited: list[float] = field(default_factory=list)
    acknowledged: dict[int, str] = field(default_factory=dict)
    refused: dict[int, int] = field(default_factory=dict)

    def share(self, percent: float) -> float:
        """A percentile, in seconds; those without an answer waited for ever."""
        waited = sorted(self.waited + [float("inf")] * sum(self.refused.values()))
        return waited[min(len(waited) - 1, int(len(waited) * percent / 100))]


class Crowd:
    """Everybody in one room at `port`."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.tokens: dict[int, str] = {}
        self._streams: dict[int, _Following] = {}

    async def ask(self, method: str, path: str, token: str = "", body: Any = None) -> Any:
        """One request; returns status and JSON, 0 and None where nobody answered."""
        loop = asyncio.get_running_loop()
        sent = _request(method, path, token, body)
        try:
            _, exchange = await loop.create_connection(
                lambda: _Exchange(sent), "127.0.0.1", self.port
            )
            status, got = await asyncio.wait_for(exchange.answer, _PATIENCE)
        except OSError:
            return 0, None
        return status, json.loads(got) if got else None

    async def join(self, code: str, number: int, at_once: int = 50) -> None:
        """Let `number` people in."""
        gate = asyncio.Semaphore(at_once)

        async def one() -> None:
            async with gate:
                status, got = await self.ask("POST", "/api/join", body={"code": code, "name": None})
            assert status == 200, (status, got)
            self.tokens[got["participant"]["id"]] = got["token"]

        await asyncio.gather(*(one() for _ in range(number)))

    async def follow(self, at_once: int = 200) -> float:
        """Open everybody's stream anew, all at once; seconds until all have been told the state."""
        for stream in self._streams.values():
            stream.transport.abort()
        self._streams.clear()
        gate = asyncio.Semaphore(at_once)
        began = time.perf_counter()

        async def one(id: int, token: str) -> None:
            loop = asyncio.get_running_loop()
            async with gate:
                _, self._streams[id] = await loop.create_connection(
                    lambda: _Following(_request("GET", "/api/events", token)),
                    "127.0.0.1",
                    self.port,
                )

        await asyncio.gather(*(one(*each) for each in self.tokens.items()))
        return await self.reached(-1) - began

    @property
    def version(self) -> int:
        """The newest version anybody has."""
        return max(stream.version for stream in self._streams.values())

    async def reached(self, after: int, seconds: float = _PATIENCE) -> float:
        """When the last of all got a version newer than `after`; raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while any(stream.version <= after for stream in self._streams.values()):
                assert not any(stream.lost for stream in self._streams.values())
                await asyncio.sleep(0.02)
        return max(stream.at for stream in self._streams.values())

    async def vote(self, question: str, round: int, window: float) -> Ballots:
        """Everybody votes, each on a new connection, evenly over `window` seconds.

        A vote's wait counts from when it was due, however late this process was to send it.
        """
        ballots = Ballots()
        start = time.perf_counter() + 1.0
        step = window / len(self.tokens)

        async def one(id: int, token: str, due: float) -> None:
            await asyncio.sleep(due - time.perf_counter())
            verdict = "neutral" if id % 3 else "not-neutral"
            body = {"question": question, "round": round, "verdict": verdict, "confidence": None}
            status, _got = await self.ask("POST", "/api/vote", token, body)
            if status == 200:
                ballots.waited.append(time.perf_counter() - due)
                ballots.acknowledged[id] = verdict
            else:
                ballots.refused[status] = ballots.refused.get(status, 0) + 1

        dues = enumerate(self.tokens.items())
        await asyncio.gather(*(one(*each, start + step * turn) for turn, each in dues))
        return ballots

    def close(self) -> None:
        """Hang up, without waiting."""
        for stream in self._streams.values():
            stream.transport.abort()


def _request(method: str, path: str, token: str = "", body: Any = None) -> bytes:
    sent = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1"]
    if token:
        lines.append(f"authorization: Bearer {token}")
    if body is not None:
        lines += ["content-type: application/json", f"content-length: {len(sent)}"]
    return "\r\n".join([*lines, "", ""]).encode() + sent
