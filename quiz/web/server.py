"""The server of one room, in the event loop of the program that leads it."""

import socket
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

import uvicorn

from quiz.live import LiveRoom
from quiz.web.gate import HEADERS
from quiz.web.guard import Guard, Threshold
from quiz.web.limits import Census
from quiz.web.site import Site
from quiz.web.sockets import addresses, url

# Enough for five thousand phones, each with a stream and a vote under way; and what of the
# system's limit on open files is left to the database and the screen.
MOST_CONNECTIONS = 16_384
_OWN_FILES = 100
# A whole hall may come in at once. It waits in the system, and so many are let in between two turns
# of the loop: a key pressed meanwhile waits behind these, not behind the hall.
_WAITING, _AT_ONCE = 4096, 8
DEADLINE = 10.0


class Server(uvicorn.Server):
    """Serves `live` on `sockets` until it is stopped.

    It leaves signals and standard error to the program around it.
    """

    def __init__(
        self,
        live: LiveRoom,
        sockets: Sequence[socket.socket],
        *,
        address: str | None = None,
        names: Iterable[str] = (),
        most: int = MOST_CONNECTIONS,
        deadline: float = DEADLINE,
    ) -> None:
        """Give out `address`, a name or number of this machine, else the best one it has.

        `names` are further names that it may be asked for by; `most` connections are held at once,
        or as many as the system allows; `deadline` in seconds is for a request to arrive.
        """
        self.port: int = sockets[0].getsockname()[1]
        self._listening = list(sockets)
        given_out = address or addresses()[0]
        self.site = Site(live, url(given_out, self.port), {given_out, *names})
        config = uvicorn.Config(
            self.site.gate,
            http=Guard,
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            # What goes wrong in a page the gate has reported already.
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            headers=list(HEADERS),
            backlog=_AT_ONCE,
            timeout_keep_alive=int(deadline) + 1,
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self.server_state = Threshold(Census(min(most, _files() - _OWN_FILES)), deadline)

    def give_out(self, address: str) -> None:
        """Give out another address of this machine from now on."""
        self.site.gate.add(address)
        self.site.wall.address = url(address, self.port)

    @property
    def address(self) -> str:
        """The address given out, as `http://10.0.0.5:8000`."""
        return self.site.wall.address

    @property
    def projector(self) -> str:
        """The projector's address, with the secret that opens it."""
        return self.site.wall.link

    async def serve(self, sockets: "list[socket.socket] | None" = None) -> None:
        """Serve until `stop` is called or the task is cancelled; the sockets are closed then."""
        try:
            await super().serve(sockets or self._listening)
        finally:
            for server in getattr(self, "servers", []):
                server.close()
            for connection in list(self.server_state.connections):
                connection.transport.abort()
            for listener in self._listening:
                listener.close()
            self._end_streams()

    async def startup(self, sockets: "list[socket.socket] | None" = None) -> None:
        """Called by uvicorn."""
        await super().startup(sockets)
        for listener in self._listening:
            listener.listen(_WAITING)

    def stop(self) -> None:
        """Have `serve` come to its end, which takes a second at most."""
        self.should_exit = True

    async def shutdown(self, sockets: "list[socket.socket] | None" = None) -> None:
        """Called by uvicorn, which would wait for every stream to end by itself."""
        self._end_streams()
        await super().shutdown(sockets)

    def _end_streams(self) -> None:
        for stream in list(self.site.streams):
            stream.cancel()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Called by uvicorn: Ctrl-C belongs to the program around it."""
        yield


def _files() -> int:
    """How many files this program may have open, after raising that as far as it may be."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return MOST_CONNECTIONS + _OWN_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + _OWN_FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        # macOS refuses what is above a limit of its kernel, which it does not tell here.
        for limit in (wanted, 10_240):
            with suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
                break
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return wanted if soft == resource.RLIM_INFINITY else soft
