"""The door of a room led here: the port it listens on, and the addresses it is found under."""

import ipaddress
import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quiz.i18n import _
from quiz.web.sockets import LOOPBACK, PortTaken, addresses, bind

if TYPE_CHECKING:
    from quiz.live import LiveRoom
    from quiz.room_store import RoomRecord, RoomStore

PORT = 8000
# Where a port is taken, the next few are tried, and then any.
_NEXT = 20


def listen(wanted: int | None, last: int) -> tuple[list[socket.socket], str]:
    """Listen on the port `wanted`, else on `last` where there was one, or near it.

    Returns the sockets, none where nothing can be listened on, and what is to be said about it.
    Raises PortTaken where a port was wanted that cannot be had.
    """
    if wanted is not None:
        return bind(wanted), ""
    usual = last or PORT
    said = ""
    for port in (*range(usual, min(usual + _NEXT, 65536)), 0):
        try:
            sockets = bind(port)
        except PortTaken as error:
            said = said or error.message
            continue
        if said:
            here = sockets[0].getsockname()[1]
            said += " " + _("This session is at port {port}.").format(port=here)
        return sockets, said
    return [], said


class Doorway:
    """Serves a room; where it is found is kept in the store."""

    def __init__(
        self,
        live: "LiveRoom",
        sockets: Sequence[socket.socket],
        store: "RoomStore",
        record: "RoomRecord",
        asked: str | None,
    ) -> None:
        """Give out the address `asked` for, else where the room was found last, else the best."""
        from quiz.web.server import Server

        self._store = store
        self._room = record.id
        self._asked = asked or (record.address if _named(record.address) else None)
        here = self.addresses()
        last = record.address if record.address in here else None
        self._given_out = self._asked or last or next(iter(here), "")
        self._server = Server(live, sockets, address=self._given_out or LOOPBACK)

    def keep(self) -> None:
        """Keep where the room is found. Raises StoreError."""
        self._store.move_to(self._room, self._given_out, self._server.port)

    @property
    def address(self) -> str:
        """The address given out; empty where there is no network."""
        return self._server.address if self._given_out else ""

    @property
    def projector(self) -> str:
        """The address of the projector's page, with the secret that opens it."""
        return self._server.projector

    def addresses(self) -> list[str]:
        """The machine's addresses at this moment, the one asked for or else the best first."""
        own = [address for address in addresses() if address != LOOPBACK]
        return list(dict.fromkeys([*([self._asked] if self._asked else []), *own]))

    def give_out(self, address: str) -> None:
        """Give out another address. Raises StoreError where it cannot be kept; it is in use."""
        self._server.give_out(address)
        self._given_out = address
        self.keep()

    async def serve(self) -> None:
        """Let people in until the task is cancelled."""
        await self._server.serve()


def _named(address: str) -> bool:
    """Whether an address is a name, which leads here from any network."""
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return bool(address)
    return False
