"""A participant in a room far away: what he sees, and his vote until it is recorded."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from quiz.client import Client
from quiz.errors import QuizError
from quiz.i18n import _
from quiz.models import Confidence, Verdict
from quiz.phases import VOTING, Phase
from quiz.received import Result, State
from quiz.votes import Vote
from quiz.wire import Refused, Unreachable

# In seconds: the first pause before trying again, and the longest.
_FIRST, _LONGEST = 0.5, 8.0
Ballot = tuple[str, int]


class Chance(Protocol):
    """The part of `random.Random` that keeps a hall from coming back all at once."""

    def uniform(self, a: float, b: float, /) -> float:
        """A number from a to b."""


class Attendance:
    """Follows a room, tries again whenever the connection is lost, and sends votes until answered.

    `state` is what was seen last, `connected` whether it is fresh, `notice` what the server said
    to the last vote where it refused it. `result` is there some time after the room has ended.
    """

    def __init__(
        self, client: Client, state: State, chance: Chance, *, pause: float = _FIRST
    ) -> None:
        """Begin with a `state`; `pause` in seconds comes before the first new attempt."""
        self.connected = True
        self.notice = ""
        self.result: Result | None = None
        self._client = client
        self._chance = chance
        self._pause = pause
        self._watchers: list[Callable[[], None]] = []
        self._pending: tuple[Ballot, Vote] | None = None
        self._recorded: tuple[Ballot, Vote] | None = None
        self._wanted = asyncio.Event()
        self._code = ""
        self._ended = asyncio.Event()
        self.state = state
        if self.over:
            self._ended.set()

    @property
    def address(self) -> str:
        """Where the room is."""
        return str(self._client.address)

    def watch(self, callback: Callable[[], None]) -> None:
        """Have `callback` called after every change."""
        self._watchers.append(callback)

    @property
    def ballot(self) -> Ballot | None:
        """Question and round that can be voted on now."""
        view = self.state.view
        if view.question is None or view.reveal or view.phase not in VOTING:
            return None
        return view.question.id, view.round

    @property
    def over(self) -> bool:
        """Whether the room has ended, and shows no earlier result."""
        return self.state.view.phase is Phase.DONE and self.state.view.question is None

    @property
    def may_vote(self) -> bool:
        """Whether a vote would be taken now."""
        return self.ballot is not None and not self.state.view.paused

    @property
    def sending(self) -> Vote | None:
        """The vote that is on its way."""
        return self._pending[1] if self._pending else None

    @property
    def recorded(self) -> Vote | None:
        """The vote that the server has, in the round at hand."""
        view = self.state.view
        if self._recorded and view.question:
            at, vote = self._recorded
            if at == (view.question.id, view.round):
                return vote
        return self.state.own.vote

    def vote(self, verdict: Verdict, confidence: Confidence | None = None) -> None:
        """Send a vote, in place of one that is still on its way. Nothing where none is taken."""
        if self.ballot is None or not self.may_vote:
            return
        self.notice = ""
        self._pending = self.ballot, Vote(verdict, confidence)
        self._wanted.set()
        self._tell()

    async def personal_code(self) -> str:
        """The code by which one goes on as this participant on a phone.

        Raises Unreachable, NotNetral or Refused.
        """
        self._code = self._code or await self._client.personal_code()
        return self._code

    async def run(self) -> None:
        """Take part until cancelled; raises what trying again will not mend."""
        tasks = [asyncio.ensure_future(part()) for part in (self._follow, self._send, self._end)]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _follow(self) -> None:
        attempts = 0
        while True:
            try:
                async for state in self._client.states():
                    attempts = 0
                    self._see(state)
            except QuizError as error:
                if not _passing(error):
                    raise
            # After the end nothing is missed: the facilitator's computer may well be gone.
            self.connected = self.over
            self._tell()
            await self._rest(attempts)
            attempts += 1

    async def _send(self) -> None:
        attempts = 0
        while True:
            await self._wanted.wait()
            sent = self._pending
            if sent is None:
                self._wanted.clear()
                continue
            (question, round), vote = sent
            try:
                await self._client.vote(question, round, vote)
            except QuizError as error:
                if _passing(error):
                    await self._rest(attempts)
                    attempts += 1
                    continue
                if not isinstance(error, Refused) or error.status == 401:
                    raise
                if self._pending is sent:
                    self.notice = error.message
            else:
                self._recorded, self.notice = sent, ""
            attempts = 0
            if self._pending is sent:
                self._pending = None
            self._tell()

    async def _end(self) -> None:
        await self._ended.wait()
        attempts = 0
        while self.result is None:
            try:
                self.result = await self._client.result()
            except QuizError as error:
                # While an earlier question is looked at once more, there is no result yet.
                if not _passing(error) and not (isinstance(error, Refused) and error.status == 409):
                    raise
                await self._rest(attempts)
                attempts += 1
        self._tell()

    async def _rest(self, attempts: int) -> None:
        longest = min(_LONGEST, self._pause * 2 ** min(attempts, 10))
        await asyncio.sleep(self._chance.uniform(longest / 2, longest))

    def _see(self, state: State) -> None:
        before = self.ballot
        self.state, self.connected = state, True
        if state.own.vote is not None:
            # What was voted from another phone since is newer than what we were told.
            self._recorded = None
        if self.ballot != before:
            self.notice = ""
        if self._pending and self._pending[0] != self.ballot:
            # It may have arrived all the same, and only the answer was lost.
            if self._pending != (before, state.own.vote) or not state.own.vote:
                self.notice = _("The vote was closed before yours arrived.")
            self._pending = None
        if self.over:
            self._ended.set()
        self._tell()

    def _tell(self) -> None:
        for callback in self._watchers:
            callback()


def _passing(error: QuizError) -> bool:
    return isinstance(error, Unreachable) or (isinstance(error, Refused) and error.passing)
