"""Participants and what they do, whether by page or by JSON: one place for budgets and tokens."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from quiz import naming, views
from quiz.i18n import _
from quiz.live import PERSONAL_LENGTH, LiveRoom, Ticket
from quiz.views import Asked, Own, Reveal, View
from quiz.votes import Vote
from quiz.web import phone
from quiz.web.limits import Budgets, Codes, Rate

# More would not fit into any hall; who knows the code could otherwise fill the disk.
MOST_PARTICIPANTS = 20_000
# One participant's tabs and phones; the browser itself allows six of them.
MOST_STREAMS = 8
# For so many seconds the disk is waited for before somebody is told to come back later.
_PATIENCE = 5.0
_JOINS = Rate(8000, 1000)
_MOVES = Rate(10, 3)


class Hall:
    """What the network may do in one room."""

    def __init__(self, live: LiveRoom) -> None:
        self.live = live
        self._joins = Budgets(_JOINS)
        self._moves = Budgets(_MOVES)
        self._codes = Codes()
        self._unwritten: Counter[int] = Counter()
        self._streams: Counter[int] = Counter()
        self._fragments: dict[object, str] = {}
        self._fragments_of: View | None = None

    # Who comes in.

    async def join(self, address: str, typed: str, name: str | None) -> Ticket:
        """Let somebody in who knows the code of this room.

        Raises HTTPException 404 or 429, IllegalMove or a StoreError.
        """
        self._may_try(address)
        if naming.normal(typed) != self.live.code:
            raise await self._wrong(address)
        full = len(self.live.room.participants) >= MOST_PARTICIPANTS
        if full or not self._joins.spend(None, _now()):
            raise too_often(_("Too many people are coming in at once. Please try again."))
        return await self.live.join(name)

    async def come_back(self, address: str, typed: str) -> Ticket:
        """Let somebody in again who has a personal code; raises as `join` does."""
        code = naming.normal(typed, PERSONAL_LENGTH)
        self._may_try(address)
        ticket = await self.live.come_back(code) if code else None
        if ticket is None:
            raise await self._wrong(address)
        return ticket

    def _may_try(self, address: str) -> None:
        if not self._codes.may_try(address, _now()):
            raise too_often(_("Too many wrong codes. Please wait a minute."))

    async def _wrong(self, address: str) -> HTTPException:
        await asyncio.sleep(self._codes.wrong(address, _now()))
        return HTTPException(404, _("This code is not right. Please look at it again."))

    # What a participant does.

    def spend(self, participant: int) -> None:
        """Count a move; raises HTTPException 429 where there were too many."""
        if not self._moves.spend(participant, _now()):
            raise too_often(_("That was too fast. Please try again."))

    async def vote(self, participant: int, question: str, round: int, vote: Vote) -> None:
        """Cast a vote; returns once it is on disk.

        Raises HTTPException 429, IllegalMove or a StoreError.
        """
        self.spend(participant)
        self._unwritten[participant] += 1
        try:
            await self.live.vote(participant, question, round, vote)
        finally:
            self._unwritten[participant] -= 1
            if not self._unwritten[participant]:
                del self._unwritten[participant]

    # What a participant sees.

    async def own(self, participant: int) -> Own:
        """What a participant sees of himself, and no vote that is not yet on disk."""
        # A move that is still on its way to the disk is nobody's business.
        until = _now() + _PATIENCE
        while self.live.room.version != self.live.published:
            if _now() > until:
                raise HTTPException(
                    503, _("This could not be saved. Please try again in a moment.")
                )
            await asyncio.sleep(0.01)
        own = views.own(self.live.room, self.live.bank, participant)
        return replace(own, vote=None) if participant in self._unwritten else own

    async def fragment(self, participant: int, notice: str = "") -> str:
        """The content of a participant's page, as HTML."""
        own, view = await self.own(participant), self.live.view
        if view is not self._fragments_of:
            self._fragments.clear()
            self._fragments_of = view
        key = (own.vote, own.votes, own.score, notice)
        if key not in self._fragments:
            self._fragments[key] = phone.fragment(view, own, notice)
        return self._fragments[key]

    async def result(self, participant: int) -> tuple[Own, list[tuple[Asked, Reveal, bool]]]:
        """A participant's own result, and what is known of each question not answered rightly.

        The third of each says whether it was answered.
        """
        own = await self.own(participant)
        room, bank = self.live.room, self.live.bank
        missed = set(own.missed)
        return own, [
            (*views.result(room, bank, question), question in missed)
            for question in room.revealed
            if question in missed or question in own.unanswered
        ]

    def may_follow(self, participant: int) -> None:
        """Raise HTTPException 429 where a participant has too many streams already."""
        if self._streams[participant] >= MOST_STREAMS:
            raise too_often(_("This session is open in too many windows."))

    @contextmanager
    def following(self, participant: int) -> Iterator[None]:
        """While a participant has a stream; raises as `may_follow` does."""
        self.may_follow(participant)
        self._streams[participant] += 1
        self.live.enter(participant)
        try:
            yield
        finally:
            self.live.leave(participant)
            self._streams[participant] -= 1

    async def versions(self) -> AsyncIterator[int]:
        """The version published now, and then the newest whenever there is another."""
        version = self.live.published
        while True:
            yield version
            version = await self.live.next_version(version)


def too_often(sentence: str) -> HTTPException:
    """The refusal of what may be done again later."""
    return HTTPException(429, sentence, {"Retry-After": "2"})


def address_of(connection: HTTPConnection) -> str:
    """The address somebody asks from."""
    return connection.client.host if connection.client else ""


def _now() -> float:
    return asyncio.get_running_loop().time()
