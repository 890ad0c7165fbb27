"""What every request passes: who may ask, in which language, and what each answer carries."""

import asyncio
import socket
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quiz.i18n import _, speaking
from quiz.web.limits import Budgets, Rate

HEADERS = (
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    # Without any referrer a browser also hides from us where a form comes from.
    ("referrer-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
)
# What one address may send: a whole hall may share it, all of whom come in and vote at once.
MOVES = Rate(20_000, 4000)
_NO_STORE = (b"cache-control", b"no-store")
_LOCAL = ("localhost", "127.0.0.1", "::1")


def _now() -> float:
    return asyncio.get_running_loop().time()


class Gate:
    """Lets through what was meant for this machine, and speaks the room's language within.

    A page of another site whose name was made to lead here (DNS rebinding) still asks by that
    name, and is refused; so is one that sends a form here. What goes wrong within is handed to
    the event loop's own handler.
    """

    def __init__(self, app: ASGIApp, language: str, names: Iterable[str] = ()) -> None:
        """`names` are further names by which this machine is asked for."""
        own = socket.gethostname()
        known = {*_LOCAL, own, own.partition(".")[0], f"{own.partition('.')[0]}.local", *names}
        self._moves = Budgets(MOVES)
        self._names = {name.lower().strip("[]") for name in known if name}
        self._app = app
        self._language = language

    def add(self, name: str) -> None:
        """Be asked for by one more name."""
        self._names.add(name.lower().strip("[]"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Called by the server."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", []))
                if not any(name == b"cache-control" for name, _value in headers):
                    headers.append(_NO_STORE)
                message = {**message, "headers": headers}
            await send(message)

        status = self._refusal(scope)
        if status:
            with speaking(self._language):
                sentence = _("Netral cannot be reached like this: use the address on the screen.")
            await PlainTextResponse(sentence, status)(scope, receive, sending)
            return
        who = (scope.get("client") or ("", 0))[0]
        if scope["method"] == "POST" and not self._moves.spend(who, _now()):
            with speaking(self._language):
                sentence = _("That was too fast. Please try again.")
            await PlainTextResponse(sentence, 429, {"retry-after": "2"})(scope, receive, sending)
            return
        with speaking(self._language):
            try:
                await self._app(scope, receive, sending)
            except ClientDisconnect:
                pass  # whoever asked has gone: there is nobody to answer
            except Exception as error:
                asyncio.get_running_loop().call_exception_handler(
                    {"message": f"A page failed: {scope['path']}", "exception": error}
                )

    def _refusal(self, scope: Scope) -> int | None:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        origins = [value for name, value in scope["headers"] if name == b"origin"]
        if len(hosts) != 1 or len(origins) > 1:
            return 400
        host = hosts[0].decode("latin-1").lower()
        here = (scope.get("server") or ("", None))[0].partition("%")[0]
        name = _name(host)
        if name not in self._names and name != here:
            return 421
        if origins and origins[0].decode("latin-1").lower() != f"http://{host}":
            return 403
        return None


# A hall asks by one or two names, some thousand times a second.
@lru_cache(maxsize=64)
def _name(host: str) -> str | None:
    """The name in a Host header, without its port; None where it is none."""
    try:
        parts = urlsplit(f"//{host}")
        parts.port  # noqa: B018  a port that is none is refused here
    except ValueError:
        return None
    return parts.hostname if parts.netloc == host and "@" not in host else None
