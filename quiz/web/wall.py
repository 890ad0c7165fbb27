"""The projector: read only, by its own secret, and never a name."""

import asyncio
import io
import secrets
from collections.abc import AsyncGenerator
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from quiz.live import LiveRoom
from quiz.markup import Html
from quiz.phases import Phase
from quiz.report import report
from quiz.turnout import turnout
from quiz.views import teams
from quiz.web import pages, projector
from quiz.web.projector import Invitation, Outcome
from quiz.web.stream import Stream, Streams, event

# In seconds: the wall counts no faster than can be read.
_COUNTING = 0.25


class Wall:
    """The addresses under /layar; `address` is the one given out, and may be changed."""

    def __init__(self, live: LiveRoom, address: str, streams: Streams) -> None:
        self._live = live
        self._address = address
        self._streams = streams

    @property
    def routes(self) -> list[Route]:
        """What is answered where."""
        return [
            Route("/layar", self.page),
            Route("/layar/events", self.events),
            Route("/layar/kode.svg", self.picture),
        ]

    @property
    def address(self) -> str:
        """The address given out, as `http://10.0.0.5:8000`."""
        return self._address

    @address.setter
    def address(self, address: str) -> None:
        self._address = address
        self._live.enlarge(0)  # nothing grows, but whoever watches looks again

    @property
    def link(self) -> str:
        """The address of the projector's page; its secret makes it readable."""
        return f"{self._address}/layar?k={quote(self._live.secret)}"

    async def page(self, request: Request) -> Response:
        """The page."""
        self._check(request)
        stream = f"/layar/events?k={quote(self._live.secret)}"
        page = pages.document(
            self._live.view.language, self._fragment(), style="projector.css", stream=stream
        )
        return HTMLResponse(page)

    async def events(self, request: Request) -> Response:
        """What there is to see, now and whenever it changes."""
        self._check(request)
        return Stream(self._news(), self._streams)

    async def picture(self, request: Request) -> Response:
        """The QR code of the link by which one joins."""
        import segno

        self._check(request)
        drawn = io.BytesIO()
        code = segno.make(f"{self._address}/g/{self._live.code}", micro=False)
        code.save(drawn, kind="svg", border=4, dark="#000", light="#fff", omitsize=True)
        # Its address changes with what it shows; without this it would flicker with every number.
        kept = {"Cache-Control": "private, max-age=3600"}
        return Response(drawn.getvalue(), headers=kept, media_type="image/svg+xml")

    def _check(self, request: Request) -> None:
        given = request.query_params.get("k", "")
        if not secrets.compare_digest(given.encode(), self._live.secret.encode()):
            raise HTTPException(404)

    async def _news(self) -> AsyncGenerator[bytes, None]:
        changed = asyncio.Event()
        stop = self._live.watch(changed.set)
        shown = None
        try:
            while True:
                changed.clear()
                now = self._fragment()
                if now != shown:
                    shown = now
                    yield event(self._live.published, now)
                await changed.wait()
                await asyncio.sleep(_COUNTING)
        finally:
            stop()

    def _fragment(self) -> Html:
        live = self._live
        secret = quote(live.secret)
        picture = f"/layar/kode.svg?k={secret}&a={quote(self._address, safe='')}"
        invitation = Invitation(self._address, live.code, picture)
        return projector.fragment(
            live.view,
            turnout(live.room, live.present),
            invitation,
            live.scale,
            self._outcome(),
        )

    def _outcome(self) -> Outcome | None:
        room, bank = self._live.room, self._live.bank
        if self._live.view.phase is not Phase.DONE:
            return None
        return Outcome(report(room, bank), tuple(teams(room, bank)))
