"""Where the server listens, and under which addresses the hall finds it."""

import errno
import ipaddress
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, suppress

from quiz.errors import QuizError
from quiz.i18n import _, said

# Nothing is sent to these: to connect a UDP socket is to ask the system which of its own
# addresses it would send from. One of each private network, the usual hotspots, the world.
_ELSEWHERE = (
    (socket.AF_INET, "192.168.255.254"),
    (socket.AF_INET, "10.255.255.254"),
    (socket.AF_INET, "172.31.255.254"),
    (socket.AF_INET, "192.168.137.2"),
    (socket.AF_INET, "192.168.43.2"),
    (socket.AF_INET, "172.20.10.2"),
    (socket.AF_INET, "10.42.0.2"),
    (socket.AF_INET, "192.0.2.1"),
    (socket.AF_INET6, "fd00::1"),
    (socket.AF_INET6, "2001:db8::1"),
)
_HOME = ("192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12", "fc00::/7")
LOOPBACK = "127.0.0.1"
# As browsers have it, what ends in a number is an IPv4 address or none at all.
_NAME = re.compile(r"(?!(.*\.)?\d+$)[a-z0-9][\w-]{0,62}(\.[a-z0-9][\w-]{0,62})*", re.ASCII | re.I)


class PortTaken(QuizError):
    """Another program listens there, or this one may not."""


def bind(port: int, host: str | None = None) -> list[socket.socket]:
    """Listen on `port`, of every address or of `host`; port 0 is any that is free.

    Raises PortTaken. Where the machine has no IPv6, there is IPv4 alone.
    """
    if host is not None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return [_bound(family, host, port)]
    sockets = [_bound(socket.AF_INET, "0.0.0.0", port)]  # noqa: S104  the hall is to reach it
    with suppress(OSError, PortTaken):
        sockets.append(_bound(socket.AF_INET6, "::", sockets[0].getsockname()[1]))
    return sockets


def _bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # Only where the protocol is named does asyncio switch Nagle's algorithm off, which would hold
    # the second half of each answer back for 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # After a crash the port is still held for connections that no longer exist.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family is socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((host, port))
        listener.setblocking(False)
    except (OSError, OverflowError) as error:
        listener.close()
        raise _refusal(error, host, port) from error
    return listener


def _refusal(error: OSError | OverflowError, host: str, port: int) -> PortTaken:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return PortTaken(
            _("Port {port} is in use by another program.").format(port=port),
            _("Choose another one with --port, for instance {port}.").format(port=port + 1),
        )
    if number in (errno.EACCES, errno.EPERM):
        return PortTaken(
            _("Port {port} may not be used.").format(port=port),
            _("Choose one above 1023 with --port."),
        )
    return PortTaken(
        _("{address} cannot be used: {reason}").format(
            address=f"{host}:{port}", reason=said(error) if isinstance(error, OSError) else error
        ),
        _("Choose a port from 1 to 65535, and an address of this computer."),
    )


def addresses() -> list[str]:
    """The machine's own addresses, the one most likely to be reached by the hall first.

    127.0.0.1 alone means that there is no network. Of networks such as a tunnel's only those are
    found to which the system has a route.
    """
    found = dict.fromkeys([*_from_routes(), *_from_name()])
    usable = [address for address in found if _usable(address)]
    return sorted(usable, key=_rank) or [LOOPBACK]


def _from_routes() -> Iterator[str]:
    for family, there in _ELSEWHERE:
        with suppress(OSError), closing(socket.socket(family, socket.SOCK_DGRAM)) as asking:
            asking.connect((there, 9))
            yield asking.getsockname()[0]


def _from_name() -> list[str]:
    # Elsewhere the machine's name is looked up in the network, for seconds where there is none.
    if sys.platform == "win32":
        with suppress(OSError):
            return socket.gethostbyname_ex(socket.gethostname())[2]
    return []


def _usable(address: str) -> bool:
    known = ipaddress.ip_address(address.partition("%")[0])
    return not (known.is_loopback or known.is_link_local or known.is_unspecified)


def _rank(address: str) -> tuple[bool, int]:
    known = ipaddress.ip_address(address.partition("%")[0])
    networks = [ipaddress.ip_network(network) for network in _HOME]
    homes = [i for i, n in enumerate(networks) if n.version == known.version and known in n]
    return known.version == 6, homes[0] if homes else len(networks)


def is_host(address: str) -> bool:
    """Whether `address` can stand in a link: a name or number, without scheme, port or path."""
    try:
        return "%" not in str(ipaddress.ip_address(address))
    except ValueError:
        return len(address) <= 253 and bool(_NAME.fullmatch(address))


def url(address: str, port: int) -> str:
    """The address of the first page; `address` may be a name."""
    host = f"[{address}]" if ":" in address else address
    return f"http://{host}" if port == 80 else f"http://{host}:{port}"
