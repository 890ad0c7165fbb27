"""A participant's side of the wire: the server's JSON interface, over plain asyncio streams.

One connection a request: there are few of them, and none is worth a library more. The parser is
the one that the server has.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from quiz.errors import QuizError, UsageError
from quiz.i18n import _
from quiz.naming import normal
from quiz.received import NotUnderstood, State, harmless, parsed, state
from quiz.votes import Vote

PORT = 8000
# In seconds: for a connection, for an answer, and between two signs of life of a stream, which
# come every fifteen.
_CONNECT, _ANSWER, _SILENCE = 5.0, 15.0, 40.0
# No answer is longer than this, in bytes.
_MOST = 256 * 1024
_COOKIE = "netral"
_HOST = re.compile(r"[A-Za-z0-9._~%:-]+")


class Unreachable(QuizError):
    """Nobody answers there, or not to the end; it may be worth trying again."""


class NotNetral(QuizError):
    """Somebody else answers there."""


class Refused(QuizError):
    """The server said no, in its own words; `status` is that of HTTP."""

    def __init__(self, status: int, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.status = status

    @property
    def passing(self) -> bool:
        """Whether the same may be granted in a moment."""
        return self.status == 429 or self.status >= 500


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
        found = _object(await self._ask("POST", "/api/join", {"code": code, "name": name}))
        self._take(found.get("token"))

    async def come_back(self, personal_code: str) -> None:
        """Come in as somebody who has been in already; raises as `join`."""
        # The page for phones: it hands the token out as a cookie.
        reply = await self._ask("POST", "/kembali", urlencode({"code": personal_code}))
        if reply.status != 303:
            raise Refused(
                reply.status,
                _("This personal code is not accepted."),
                _("Look at it again, and wait a minute after several attempts."),
            )
        with suppress(CookieError):
            cookie = SimpleCookie(reply.headers.get("set-cookie", "")).get(_COOKIE)
            self._take(cookie.value if cookie else None)
            return
        self._take(None)

    def _take(self, token: object) -> None:
        if not isinstance(token, str) or not re.fullmatch(r"[\w.~+/=-]{1,200}", token, re.ASCII):
            raise _not_netral()
        self.token = token

    async def state(self) -> State:
        """What there is to see now; raises as `join`, and NotUnderstood."""
        reply = await self._ask("GET", "/api/state")
        _object(reply)
        return state(reply.text)

    async def vote(self, question: str, round: int, vote: Vote) -> None:
        """Cast a vote; it is on the server's disk when this returns. Raises as `join`."""
        body = {
            "question": question,
            "round": round,
            "verdict": vote.verdict,
            "confidence": vote.confidence,
        }
        _object(await self._ask("POST", "/api/vote", body))

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
                _object(reply)
            while True:
                for data in _events(reply.body):
                    yield state(data)
                if reply.complete:
                    raise _cut(self.address)
                await reply.read(_SILENCE)

    async def _ask(
        self, method: str, path: str, body: dict[str, Any] | str | None = None
    ) -> "_Reply":
        async with self._sent(method, path, body) as reply:
            while not reply.complete:
                await reply.read(_ANSWER)
            return reply

    @asynccontextmanager
    async def _sent(
        self, method: str, path: str, body: dict[str, Any] | str | None = None
    ) -> AsyncIterator["_Reply"]:
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
            yield _Reply(reader, here)
        finally:
            writer.close()

    def _request(self, method: str, path: str, body: dict[str, Any] | str | None) -> bytes:
        form = isinstance(body, str)
        content = (body if isinstance(body, str) else json.dumps(body) if body else "").encode()
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {str(self.address).removeprefix('http://')}",
            "Connection: close",
            *([f"Authorization: Bearer {self.token}"] if self.token else []),
            *([f"Content-Type: {kind}", f"Content-Length: {len(content)}"] if content else []),
        ]
        return "\r\n".join([*lines, "", ""]).encode("ascii") + content


class _Reply:
    """An answer as it comes in; the methods named on_… are called by the parser."""

    def __init__(self, reader: asyncio.StreamReader, address: Address) -> None:
        import httptools

        self.headers: dict[str, str] = {}
        self.body = bytearray()
        self.begun = self.complete = False
        self._reader = reader
        self._address = address
        self._parser = httptools.HttpResponseParser(self)
        self._before = 0

    @property
    def status(self) -> int:
        """The status; 0 before the first line is there."""
        return int(self._parser.get_status_code())

    @property
    def text(self) -> str:
        """The body; raises NotNetral where it is no text."""
        try:
            return self.body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _not_netral() from error

    async def read(self, patience: float) -> None:
        """Take in some more. Raises Unreachable or NotNetral."""
        import httptools

        try:
            async with asyncio.timeout(patience):
                piece = await self._reader.read(65536)
        except OSError as error:
            raise _cut(self._address) from error
        if not piece:
            raise _cut(self._address) if self.begun or not self._before else _not_netral()
        try:
            self._parser.feed_data(piece)
        except httptools.HttpParserError as error:
            raise _not_netral() from error
        self._before += 0 if self.begun else len(piece)
        if max(len(self.body), self._before) > _MOST:
            raise _not_netral()

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self.begun = True

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.complete = True


def _object(reply: _Reply) -> dict[str, Any]:
    """The JSON object that was answered. Raises NotNetral or Refused."""
    try:
        found = parsed(reply.text)
    except NotUnderstood as error:
        raise _not_netral() from error
    if reply.status == 200:
        return found
    said = found.get("error")
    if not isinstance(said, str):
        raise _not_netral()
    raise Refused(reply.status, harmless(said)[:300])


def _events(buffer: bytearray) -> list[str]:
    """Take the data of every whole event out of `buffer`; only the newest matters, and is last.

    https://html.spec.whatwg.org/multipage/server-sent-events.html, as far as this server uses it.
    Raises NotNetral.
    """
    end = buffer.rfind(b"\n\n") + 2
    if end < 2:
        return []
    whole = bytes(buffer[:end])
    del buffer[:end]
    newest: list[str] = []
    for block in whole.split(b"\n\n"):
        lines = block.split(b"\n")
        data = b"\n".join(line[5:].removeprefix(b" ") for line in lines if line[:5] == b"data:")
        if data and not any(line.startswith(b"event:") for line in lines):
            try:
                newest = [data.decode("utf-8")]
            except UnicodeDecodeError as error:
                raise _not_netral() from error
    return newest


def _cut(address: Address) -> Unreachable:
    return Unreachable(
        _("The connection to {address} was cut off.").format(address=address),
        _("Are both on the same Wi-Fi, and is the session running?"),
    )


def _not_netral() -> NotNetral:
    return NotNetral(
        _("What answers there is no group session of Netral."),
        _("Type the address exactly as the facilitator's screen shows it."),
    )
