"""What uvicorn does not refuse by itself: who is slow, who sends too much, who is one too many.

https://github.com/Kludex/uvicorn/issues/157: without this a connection on which nothing arrives,
or from which nothing is read, stays open for ever.
"""

import asyncio
import socket

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from quiz.web.limits import Census

HEAD_LIMIT = 16 * 1024
BODY_LIMIT = 2 * 1024
# A phone out of reach is given up after so many milliseconds, rather than after a quarter of an
# hour.
_UNREACHABLE = 20_000


class Threshold(ServerState):
    """What all connections of a server share; `deadline` in seconds."""

    def __init__(self, census: Census, deadline: float) -> None:
        super().__init__()
        self.census = census
        self.deadline = deadline


class Refused(Exception):
    """Stops the parser; the answer has been written."""


class Guard(HttpToolsProtocol):
    """One connection.

    A request has to arrive within the deadline, and so has the next one on a connection kept
    alive; what is sent has to be read within it. A request that has arrived may be answered for as
    long as it takes. A request on top of one still being answered, which no browser sends, ends
    the connection.
    """

    server_state: Threshold

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Called by the event loop."""
        super().connection_made(transport)
        self._refused = False
        self._arriving = False
        self._in_head = False
        self._raw = self._head = self._body = 0
        self._receiving: asyncio.TimerHandle | None = None
        self._sending: asyncio.TimerHandle | None = None
        self._address = self.client[0] if self.client else ""
        self._counted = self.server_state.census.enter(self._address)
        if not self._counted:
            self._refuse(503)
            return
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            raw = transport.get_extra_info("socket")
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNREACHABLE)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the event loop."""
        self._stop(self._receiving, self._sending)
        if self._counted:
            self.server_state.census.leave(self._address)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Called by the event loop."""
        if self._refused:
            return
        super().data_received(data)
        # The parser keeps a line of the head to itself until it is complete.
        if self._in_head:
            self._raw += len(data)
            if self._raw > HEAD_LIMIT:
                self._refuse(431)

    def pause_writing(self) -> None:
        """Called by the event loop: what was sent is not being read."""
        super().pause_writing()
        self._stop(self._sending)
        self._sending = self.loop.call_later(self.server_state.deadline, self.transport.abort)

    def resume_writing(self) -> None:
        """Called by the event loop: what was sent is being read again."""
        super().resume_writing()
        self._stop(self._sending)

    # Called by the parser, which passes an exception on as one of its own.

    def on_message_begin(self) -> None:
        """A request begins."""
        if self.cycle and not self.cycle.response_complete:
            self.transport.abort()
            raise Refused
        super().on_message_begin()
        self._arriving = self._in_head = True
        self._raw = self._head = self._body = 0
        self._expect()

    def on_url(self, url: bytes) -> None:
        """A piece of what is asked for."""
        self._grow(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A line of the head."""
        self._grow(len(name) + len(value) + 4)
        if name.lower() == b"content-length" and int(value) > BODY_LIMIT:
            self._refuse(413)
            raise Refused
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is complete; the answer may begin."""
        self._in_head = False
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self._body += len(body)
        if self._body > BODY_LIMIT:
            self._refuse(413)
            raise Refused
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request has arrived."""
        super().on_message_complete()
        self._arriving = False
        if self.cycle.response_complete:
            self._expect()
        else:
            self._stop(self._receiving)

    # Called by uvicorn.

    def on_response_complete(self) -> None:
        """The answer is written."""
        super().on_response_complete()
        if not self._arriving and not self.transport.is_closing():
            self._expect()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  uvicorn's own words
        """The parser stopped."""
        self._refuse(400)

    def _grow(self, size: int) -> None:
        self._head += size
        if self._head > HEAD_LIMIT:
            self._refuse(431)
            raise Refused

    def _expect(self) -> None:
        self._stop(self._receiving)
        self._receiving = self.loop.call_later(self.server_state.deadline, self._too_slow)

    def _too_slow(self) -> None:
        if self._arriving:
            self._refuse(408)
        else:
            self.transport.close()

    @staticmethod
    def _stop(*timers: asyncio.TimerHandle | None) -> None:
        for timer in timers:
            if timer:
                timer.cancel()

    def _refuse(self, status: int) -> None:
        """Answer with nothing but `status`, unless another answer has begun, and close."""
        if self._refused or self.transport.is_closing():
            return
        self._refused = True
        answering = self._arriving and not self._in_head and self.cycle
        if not (answering and self.cycle.response_started):
            lines = [name + b": " + value for name, value in self.server_state.default_headers]
            lines += [
                b"cache-control: no-store",
                b"content-length: 0",
                b"connection: close",
                b"\r\n",
            ]
            self.transport.write(STATUS_LINE[status] + b"\r\n".join(lines))
        if answering:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()
