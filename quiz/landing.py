"""What a store's thread has written, brought into the event loop."""

import asyncio
from collections import deque
from concurrent.futures import Future


class Landing:
    """Wakes the loop once for all that one commit has written. Belongs to one event loop."""

    def __init__(self) -> None:
        self._landed: deque[tuple[asyncio.Future[None], Future[None]]] = deque()
        self._waking = False

    def expect(self, written: Future[None]) -> asyncio.Future[None]:
        """A future of the loop, which is done as `written` is."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[None] = loop.create_future()
        written.add_done_callback(lambda done: self._touch(loop, waiting, done))
        return waiting

    def _touch(
        self, loop: asyncio.AbstractEventLoop, waiting: asyncio.Future[None], written: Future[None]
    ) -> None:
        """Called in the store's thread, or at once where it is written already."""
        self._landed.append((waiting, written))
        if not self._waking and not loop.is_closed():
            self._waking = True
            loop.call_soon_threadsafe(self._land)

    def _land(self) -> None:
        # First this: what lands from now on wakes the loop again.
        self._waking = False
        while self._landed:
            waiting, written = self._landed.popleft()
            if waiting.cancelled():
                continue
            if error := written.exception():
                waiting.set_exception(error)
            else:
                waiting.set_result(None)
