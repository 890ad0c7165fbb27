"""A participant's side of the wire: the server's JSON interface, over plain asyncio streams.

One connection a request: there are few of them, and none is worth a library more. The parser is
the one that the server has.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from quiz.errors import UsageError
from quiz.i18n import _
from quiz.naming import normal
from quiz.received import Result, State, harmless, result, state
from quiz.votes import Vote
from quiz.wire import Reply, Unreachable, cut, events, not_netral

PORT = 8000
# In seconds: for a connection, for an answer, and between two signs of life of a stream, which
# come every fifteen.
_CONNECT, _ANSWER, _SILENCE = 5.0, 15.0, 40.0
_HOST = re.compile(r"[A-Za-z0-9._~%:-]+")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a room is; `code` is that of the room where the address names it."""

    host: str
    port: int
    code: str | None = None

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def address(typed: str) -> Address:
    """The address that somebody typed: a host, with a port or as a whole link.

    Raises UsageError.
    """
    linked = "://" in typed
    try:
        parts = urlsplit(typed.strip() if linked else f"http://{typed.strip()}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    if parts.scheme != "http" or not _HOST.fullmatch(host) or port == 0 or parts.username:
        raise UsageError(
            _("“{text}” is no address of a group session.").format(text=harmless(typed)),
            _("Type it as the facilitator's screen shows it, as in http://10.0.0.5:8000."),
        )
    folder, _slash, code = parts.path.strip("/").partition("/")
    return Address(host, port or (80 if linked else PORT), normal(code) if folder == "g" else None)


class Client:
    """Asks the server at `address`, as the participant whose `token` it has."""

    def __init__(self, address: Address, token: str = "") -> None:
        self.address = address
        self.token = token

    async def join(self, code: str, name: str | None = None) -> None:
        """Come in as a new participant. Raises Unreachable, NotNetral or Refused."""
        await self._enter("/api/join", {"code": code, "name": name})

    async def come_back(self, personal_code: str) -> None:
        """Come in as somebody who has been in already; raises as `join`."""
        await self._enter("/api/return", {"code": personal_code})

    async def personal_code(self) -> str:
        """A code by which one goes on as this participant elsewhere; raises as `join`."""
        found = (await self._ask("POST", "/api/personal-code")).granted().get("code")
        code = normal(found, len(found)) if isinstance(found, str) and len(found) < 20 else None
        if not code:
            raise not_netral()
        return code

    async def _enter(self, path: str, body: dict[str, Any]) -> None:
        self._take((await self._ask("POST", path, body)).granted().get("token"))

    def _take(self, token: object) -> None:
        if not isinstance(token, str) or not re.fullmatch(r"[\w.~+/=-]{1,200}", token, re.ASCII):
            raise not_netral()
        self.token = token

    async def state(self) -> State:
        """What there is to see now; raises as `join`, and NotUnderstood."""
        reply = await self._ask("GET", "/api/state")
        reply.granted()
        return state(reply.text)

    async def result(self) -> Result:
        """One's own result once the session is over; raises as `state`, Refused before."""
        reply = await self._ask("GET", "/api/result")
        reply.granted()
        return result(reply.text)

    async def vote(self, question: str, round: int, vote: Vote) -> None:
        """Cast a vote; it is on the server's disk when this returns. Raises as `join`."""
        body = {
            "question": question,
            "round": round,
            "verdict": vote.verdict,
            "confidence": vote.confidence,
        }
        (await self._ask("POST", "/api/vote", body)).granted()

    async def states(self) -> AsyncIterator[State]:
        """What there is to see, now and whenever it changes; raises as `state`.

        Ends only by an error: Unreachable, where the connection ends.
        """
        async with self._sent("GET", "/api/events") as reply:
            while not reply.begun:
                await reply.read(_ANSWER)
            if reply.status != 200:
                while not reply.complete:
                    await reply.read(_ANSWER)
                reply.granted()
            while True:
                for data in events(reply.body):
                    yield state(data)
                if reply.complete:
                    raise cut(str(self.address))
                await reply.read(_SILENCE)

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Reply:
        async with self._sent(method, path, body) as reply:
            while not reply.complete:
                await reply.read(_ANSWER)
            return reply

    @asynccontextmanager
    async def _sent(
        self, method: str, path: str, body: dict[str, Any] | None = None
    ) -> AsyncIterator[Reply]:
        here = self.address
        try:
            async with asyncio.timeout(_CONNECT):
                reader, writer = await asyncio.open_connection(here.host, here.port)
        except (OSError, UnicodeError) as error:
            raise Unreachable(
                _("Nobody answers at {address}.").format(address=here),
                _("Are both on the same Wi-Fi, and is the session running?"),
            ) from error
        try:
            writer.write(self._request(method, path, body))
            yield Reply(reader, str(here))
        finally:
            writer.close()

    def _request(self, method: str, path: str, body: dict[str, Any] | None) -> bytes:
        content = json.dumps(body).encode() if body else b""
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {str(self.address).removeprefix('http://')}",
            "Connection: close",
            *([f"Authorization: Bearer {self.token}"] if self.token else []),
            *(["Content-Type: application/json"] if content else []),
            *([f"Content-Length: {len(content)}"] if method == "POST" else []),
        ]
        return "\r\n".join([*lines, "", ""]).encode("ascii") + content
