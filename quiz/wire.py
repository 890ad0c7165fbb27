"""What comes over the wire from a server: an answer, the events in it, and what can be wrong."""

import asyncio
from typing import Any

from quiz.errors import QuizError
from quiz.i18n import _
from quiz.received import NotUnderstood, harmless, parsed

# No answer is longer than this, in bytes: a result with every question of a large bank is some
# hundred thousand. What stands before the body is far shorter.
_MOST, _MOST_BEFORE = 4 * 1024 * 1024, 256 * 1024


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


class Reply:
    """An answer as it comes in; the methods named on_… are called by the parser.

    `begun` once all its headers are there, `complete` once all of its `body` is.
    """

    def __init__(self, reader: asyncio.StreamReader, address: str) -> None:
        """`address` is the server's, for the errors."""
        import httptools

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
        return _text(self.body)

    def granted(self) -> dict[str, Any]:
        """The JSON object that was answered. Raises NotNetral or Refused."""
        try:
            found = parsed(self.text)
        except NotUnderstood as error:
            raise not_netral() from error
        if self.status == 200:
            return found
        said = found.get("error")
        if not isinstance(said, str):
            raise not_netral()
        raise Refused(self.status, harmless(said)[:300])

    async def read(self, patience: float) -> None:
        """Take in some more within `patience` seconds. Raises Unreachable or NotNetral."""
        import httptools

        try:
            async with asyncio.timeout(patience):
                piece = await self._reader.read(65536)
        except OSError as error:
            raise cut(self._address) from error
        if not piece:
            raise cut(self._address) if self.begun or not self._before else not_netral()
        try:
            self._parser.feed_data(piece)
        except httptools.HttpParserError as error:
            raise not_netral() from error
        self._before += 0 if self.begun else len(piece)
        if len(self.body) > _MOST or self._before > _MOST_BEFORE:
            raise not_netral()

    def on_headers_complete(self) -> None:
        """The headers are there."""
        self.begun = True

    def on_body(self, body: bytes) -> None:
        """A piece of the body is."""
        self.body += body

    def on_message_complete(self) -> None:
        """All of it is."""
        self.complete = True


def events(buffer: bytearray) -> list[str]:
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
            newest = [_text(data)]
    return newest


def cut(address: str) -> Unreachable:
    """The error of a connection that ended too early."""
    return Unreachable(
        _("The connection to {address} was cut off.").format(address=address),
        _("Are both on the same Wi-Fi, and is the session running?"),
    )


def not_netral() -> NotNetral:
    """The error of an answer that no Netral gives."""
    return NotNetral(
        _("What answers there is no group session of Netral."),
        _("Type the address exactly as the facilitator's screen shows it."),
    )


def _text(sent: bytes | bytearray) -> str:
    try:
        return sent.decode("utf-8")
    except UnicodeDecodeError as error:
        raise not_netral() from error
