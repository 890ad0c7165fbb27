"""The pages of participants: join, judge, come back, take home."""

from collections.abc import AsyncGenerator

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from quiz.errors import IllegalMove, StoreError
from quiz.i18n import _
from quiz.live import Ticket
from quiz.markup import Html
from quiz.phases import Phase
from quiz.web import pages, phone, requests
from quiz.web.hall import Hall, address_of
from quiz.web.stream import Stream, Streams, event
from quiz.web.trouble import sentence

COOKIE = "netral"
_A_DAY = 24 * 60 * 60


class Phones:
    """What a participant's browser asks for; its cookie holds the token."""

    def __init__(self, hall: Hall, streams: Streams) -> None:
        self._hall = hall
        self._live = hall.live
        self._streams = streams

    @property
    def routes(self) -> list[Route]:
        """What is answered where."""
        return [
            Route("/", self.first),
            Route("/g/{code}", self.first),
            Route("/gabung", self.join, methods=["POST"]),
            Route("/kembali", self.way_back),
            Route("/kembali", self.come_back, methods=["POST"]),
            Route("/sesi", self.session),
            Route("/sesi/isi", self.content),
            Route("/sesi/kabar", self.news),
            Route("/suara", self.vote, methods=["POST"]),
            Route("/pindah", self.move, methods=["POST"]),
            Route("/hasil", self.result),
            *(Route(path, self.back) for path in ("/gabung", "/suara", "/pindah")),
        ]

    # Coming in.

    async def first(self, request: Request) -> Response:
        """The way in; whoever is in already goes on to the session."""
        if self._known(request) is not None:
            return RedirectResponse("/sesi", 303)
        return self._page(self._join_form(request.path_params.get("code", "")))

    async def join(self, request: Request) -> Response:
        """The code, and perhaps a name. Who joins again stays who he is."""
        if self._known(request) is not None:
            return RedirectResponse("/sesi", 303)
        fields = await requests.form(request, "code", "name")
        code = requests.text(fields, "code")
        try:
            ticket = await self._hall.join(
                address_of(request), code, requests.optional(fields, "name")
            )
        except (HTTPException, IllegalMove, StoreError) as error:
            status, said = sentence(error)
            return self._page(self._join_form(code, said), status)
        return _welcome(ticket)

    async def way_back(self, _request: Request) -> Response:
        """Where a personal code is typed."""
        return self._page(pages.return_form())

    async def come_back(self, request: Request) -> Response:
        """A personal code."""
        fields = await requests.form(request, "code")
        code = requests.text(fields, "code")
        try:
            ticket = await self._hall.come_back(address_of(request), code)
        except (HTTPException, StoreError) as error:
            status, said = sentence(error)
            return self._page(pages.return_form(said), status)
        return _welcome(ticket)

    async def move(self, request: Request) -> Response:
        """A personal code, by which one goes on with another phone."""
        participant = self._participant(request)
        self._hall.spend(participant)
        return self._page(pages.personal_code(await self._live.personal_code(participant)))

    # Being there.

    async def back(self, _request: Request) -> Response:
        """On to the session, where a browser loads the answer to a form again.

        A page without script does so by itself, and a phone that dropped the page while it slept.
        """
        return RedirectResponse("/sesi", 303)

    async def session(self, request: Request) -> Response:
        """The page of a participant."""
        participant = self._known(request)
        if participant is None:
            return RedirectResponse("/", 303)
        self._live.seen(participant)
        return await self._session(participant)

    async def _session(self, participant: int, notice: str = "", status: int = 200) -> Response:
        content = Html(await self._hall.fragment(participant, notice))
        who = self._live.room.participants[participant]
        over = self._live.view.phase is Phase.DONE
        return self._page(
            content,
            status,
            stream="/sesi/kabar",
            refresh=None if over else pages.REFRESH,
            head=pages.name_line(who.name, who.team),
            foot=pages.more(),
        )

    async def content(self, request: Request) -> Response:
        """What changes in the page, alone."""
        participant = self._participant(request)
        self._live.seen(participant)
        return HTMLResponse(await self._hall.fragment(participant))

    async def news(self, request: Request) -> Response:
        """What changes in the page, now and whenever it does."""
        participant = self._participant(request)
        return Stream(self._news(participant), self._streams)

    async def _news(self, participant: int) -> AsyncGenerator[bytes, None]:
        with self._hall.following(participant):
            async for version in self._hall.versions():
                yield event(version, await self._hall.fragment(participant))

    async def vote(self, request: Request) -> Response:
        """A vote; what is answered says that it is recorded only when it is.

        The script is answered with the content of the page, a form by way of the page.
        """
        participant = self._participant(request)
        known = ("question", "round", "verdict", "confidence")
        fields = await requests.form(request, *known)
        round = {"1": 1, "2": 2}.get(requests.text(fields, "round"))
        if round is None:
            raise requests.unreadable()
        question, vote = requests.text(fields, "question"), requests.vote_of(fields)
        by_script = request.headers.get("x-by") == "script"
        try:
            await self._hall.vote(participant, question, round, vote)
        except (HTTPException, IllegalMove, StoreError) as error:
            status, said = sentence(error)
            if by_script:
                return HTMLResponse(await self._hall.fragment(participant, said), status)
            return await self._session(participant, said, status)
        if by_script:
            return HTMLResponse(await self._hall.fragment(participant))
        return RedirectResponse("/sesi", 303)

    async def result(self, request: Request) -> Response:
        """One's own result, and what to take home; nothing of it before all is done."""
        participant = self._participant(request)
        if self._live.view.phase is not Phase.DONE:
            return RedirectResponse("/sesi", 303)
        content = phone.result(*await self._hall.result(participant))
        if request.headers.get("x-by") == "script":
            return HTMLResponse(content)
        return self._page(content, foot=pages.more())

    # What these have in common.

    def _known(self, request: Request) -> int | None:
        token = request.cookies.get(COOKIE)
        return self._live.known(token) if token else None

    def _participant(self, request: Request) -> int:
        participant = self._known(request)
        if participant is None:
            raise HTTPException(401, _("Please join the room first."))
        return participant

    def _join_form(self, code: str, notice: str = "") -> Html:
        return pages.join_form(code, self._live.room.setup.names, notice)

    def _page(
        self,
        content: Html,
        status: int = 200,
        *,
        stream: str | None = None,
        refresh: int | None = None,
        head: Html | None = None,
        foot: Html | None = None,
    ) -> Response:
        page = pages.document(
            self._live.view.language,
            content,
            stream=stream,
            refresh=refresh,
            head=head,
            foot=foot,
        )
        return HTMLResponse(page, status)


def _welcome(ticket: Ticket) -> Response:
    """On to the session, with a cookie that only this site and no script can read."""
    response = RedirectResponse("/sesi", 303)
    response.set_cookie(
        COOKIE, ticket.token, max_age=_A_DAY, path="/", httponly=True, samesite="strict"
    )
    return response
