"""The same as the pages, as JSON, for terminals: a token in the Authorization header."""

import json
from collections.abc import AsyncGenerator
from dataclasses import asdict

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from quiz.i18n import _
from quiz.live import Ticket
from quiz.phases import Phase
from quiz.views import Own, View
from quiz.web import requests
from quiz.web.hall import Hall, address_of
from quiz.web.stream import Stream, Streams, event


class Api:
    """The addresses under /api."""

    def __init__(self, hall: Hall, streams: Streams) -> None:
        self._hall = hall
        self._streams = streams
        self._view: View | None = None
        self._view_json = ""

    @property
    def routes(self) -> list[Route]:
        """What is answered where."""
        return [
            Route("/api/join", self.join, methods=["POST"]),
            Route("/api/return", self.come_back, methods=["POST"]),
            Route("/api/personal-code", self.personal_code, methods=["POST"]),
            Route("/api/state", self.state),
            Route("/api/events", self.events),
            Route("/api/vote", self.vote, methods=["POST"]),
            Route("/api/result", self.result),
        ]

    async def join(self, request: Request) -> Response:
        """A token for whoever knows the code."""
        fields = await requests.json_object(request, "code", "name")
        ticket = await self._hall.join(
            address_of(request), requests.text(fields, "code"), requests.optional(fields, "name")
        )
        return _welcome(ticket)

    async def come_back(self, request: Request) -> Response:
        """Another token for whoever has a personal code."""
        fields = await requests.json_object(request, "code")
        code = requests.text(fields, "code")
        return _welcome(await self._hall.come_back(address_of(request), code))

    async def personal_code(self, request: Request) -> Response:
        """A personal code, by which one goes on with a phone or another terminal."""
        participant = self._participant(request)
        self._hall.spend(participant)
        return JSONResponse({"code": await self._hall.live.personal_code(participant)})

    async def state(self, request: Request) -> Response:
        """What there is to see now."""
        participant = self._participant(request)
        self._hall.live.seen(participant)
        return Response(await self._state(participant), media_type="application/json")

    async def events(self, request: Request) -> Response:
        """What there is to see, now and whenever it changes."""
        participant = self._participant(request)
        self._hall.may_follow(participant)
        return Stream(self._news(participant), self._streams)

    async def vote(self, request: Request) -> Response:
        """A vote, which is on disk when this is answered."""
        participant = self._participant(request)
        known = ("question", "round", "verdict", "confidence")
        fields = await requests.json_object(request, *known)
        await self._hall.vote(
            participant,
            requests.text(fields, "question"),
            requests.round_of(fields),
            requests.vote_of(fields),
        )
        return JSONResponse({"own": asdict(await self._hall.own(participant))})

    async def result(self, request: Request) -> Response:
        """One's own result, and what to take home; nothing of it before all is done."""
        participant = self._participant(request)
        if self._hall.live.view.phase is not Phase.DONE:
            raise HTTPException(409, _("The result is there once the session is over."))
        own, items = await self._hall.result(participant)
        taken_home = [
            {"question": asdict(question), "reveal": asdict(reveal), "answered": answered}
            for question, reveal, answered in items
        ]
        return JSONResponse({"own": asdict(own), "taken_home": taken_home})

    async def _news(self, participant: int) -> AsyncGenerator[bytes, None]:
        with self._hall.following(participant):
            async for version in self._hall.versions():
                yield event(version, await self._state(participant))

    async def _state(self, participant: int) -> str:
        own = _json(await self._hall.own(participant))
        view = self._hall.live.view
        if view is not self._view:
            self._view, self._view_json = view, _json(view)
        return f'{{"view": {self._view_json}, "own": {own}}}'

    def _participant(self, request: Request) -> int:
        kind, _space, token = request.headers.get("authorization", "").partition(" ")
        participant = self._hall.live.known(token.strip()) if kind.lower() == "bearer" else None
        if participant is None:
            raise HTTPException(401, _("Please join the room first."))
        return participant


def _welcome(ticket: Ticket) -> Response:
    return JSONResponse({"token": ticket.token, "participant": asdict(ticket.participant)})


def _json(of: View | Own) -> str:
    return json.dumps(asdict(of), ensure_ascii=False)
