"""Server-sent events: the newest state, never a queue.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import asyncio
from collections.abc import AsyncGenerator
from functools import partial
from typing import cast

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

# So often, in seconds, a stream says that it is alive: the page tells by it that the line is dead.
BEAT = 15.0
_ALIVE = b"event: beat\ndata: 1\n\n"
# After how many milliseconds a browser connects again.
_RETRY = b"retry: 1000\n\n"
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
]
Streams = set["asyncio.Task[object]"]


def event(version: int, data: str) -> bytes:
    """One event; whoever reads slowly is sent the newest only."""
    lines = "".join(f"data: {line}\n" for line in data.splitlines())
    return f"id: {version}\n{lines}\n".encode()


class Stream(Response):
    """Sends each event that `news` yields, as soon as the one before has been sent.

    A stream is in `open` while it runs; one that is cancelled ends as a complete response.
    """

    def __init__(self, news: AsyncGenerator[bytes, None], open: Streams) -> None:
        super().__init__()
        self._news = news
        self._open = open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Called by the server."""
        # Where the stream is refused, it is so here, before the answer has begun.
        first = await anext(self._news)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            if scope["method"] != "HEAD":
                await self._follow(first, receive, send)
        finally:
            await self._news.aclose()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _follow(self, first: bytes, receive: Receive, send: Send) -> None:
        task = cast("asyncio.Task[object]", asyncio.current_task())
        self._open.add(task)
        gone = asyncio.ensure_future(_gone(receive))
        beating = asyncio.ensure_future(_beat(send))
        leave = partial(_end, task)
        gone.add_done_callback(leave)
        try:
            await _say(send, _RETRY + first)
            # News goes out in one step of one task, since thousands are told the same at once.
            async for data in self._news:
                await _say(send, data)
        except (asyncio.CancelledError, HTTPException):
            # The reader has gone, the server is closing, or there is nothing to be told now: this
            # is the end, not an error in it. Whoever is still there connects again.
            return
        finally:
            self._open.discard(task)
            gone.remove_done_callback(leave)
            gone.cancel()
            beating.cancel()
            await asyncio.gather(gone, beating, return_exceptions=True)


def _end(stream: "asyncio.Task[object]", _gone: "asyncio.Task[None]") -> None:
    stream.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _beat(send: Send) -> None:
    while True:
        await asyncio.sleep(BEAT)
        await _say(send, _ALIVE)


async def _say(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})
