"""A room in motion: the rules, the store and everybody who waits for news, in one event loop.

What is done is applied to the room at once, so that its order is that of the store's writer, and
is shown to nobody before it is committed. Where the store refuses, the room is read from it anew.
"""

import asyncio
import gc
import secrets
from collections import Counter
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from quiz import naming, views
from quiz.errors import StoreError
from quiz.landing import Landing
from quiz.models import Bank
from quiz.room import Event, Move, Phase, Room
from quiz.room_store import Credential, RoomRecord, RoomStore
from quiz.votes import Hands, Participant, Vote

# Symbols of a personal code: more than of a room's, since it stands for a person.
PERSONAL_LENGTH = 8
# How many of those who wait are woken before the loop looks after others again.
_CHUNK = 100
# A page without a lasting connection asks anew every few seconds; who asked so lately is here.
_SEEN_FOR = 20.0
# The projector's type: smallest, largest, and how much a step changes it.
_SCALES = (0.6, 3.0)
_STEP = 1.15


@dataclass(frozen=True, slots=True)
class Ticket:
    """What somebody who joined holds; the token is the credential."""

    participant: Participant
    token: str


class LiveRoom:
    """One room, led in this program. Every method belongs to one event loop."""

    def __init__(
        self, record: RoomRecord, store: RoomStore, bank: Bank, now: Callable[[], datetime]
    ) -> None:
        """Take up the room of `record` as the store has it."""
        self.id = record.id
        self.code = record.code
        self.secret = record.secret
        self.bank = bank
        self._store = store
        self._now = now
        self._waiters: list[asyncio.Future[None]] = []
        self._watchers: list[Callable[[], None]] = []
        self._connections: Counter[int] = Counter()
        self._seen: dict[int, float] = {}
        self._pending: set[asyncio.Future[None]] = set()
        self._landing = Landing()
        self._casting: dict[tuple[int, str, int], asyncio.Future[None]] = {}
        self._moving = asyncio.Lock()
        self._whole = asyncio.Event()
        self._whole.set()
        self._torn = False
        self._tasks: set[asyncio.Task[None]] = set()
        self.room = Room.replay(record.setup, store.events(record.id))
        self._holders = store.credentials(record.id)
        self._names = {naming.skeleton(p.name) for p in self.room.participants.values()}
        self.view = views.shared(self.room, bank)
        self.scale = 1.0

    @classmethod
    async def resume(
        cls, record: RoomRecord, store: RoomStore, bank: Bank, now: Callable[[], datetime]
    ) -> "LiveRoom":
        """Take a room up again: it stays paused until the facilitator goes on."""
        live = cls(record, store, bank, now)
        if live.room.phase is not Phase.LOBBY and live.room.allows(Move.PAUSE):
            await live.move(Move.PAUSE)
        return live

    # What the facilitator does.

    async def move(self, move: Move) -> None:
        """Make a move; everybody sees it once it is committed.

        Raises IllegalMove or a StoreError, and then nothing has changed.
        """
        # One after the other: what is published must not hold a move still on its way to the disk.
        async with self._moving:
            await self._be_whole()
            event = self.room.move(move, self._now(), self.present)
            if move is Move.OPEN:
                # Nothing that stands now is looked through while votes come in.
                gc.freeze()
            await self._commit(event)
            self._publish()

    async def count(self, hands: Hands) -> None:
        """Take down raised hands. Raises IllegalMove or a StoreError."""
        await self._be_whole()
        await self._commit(self.room.count(hands, self._now()))

    def enlarge(self, steps: int) -> None:
        """Make the projector's type larger by some steps, or smaller."""
        smallest, largest = _SCALES
        self.scale = max(smallest, min(largest, self.scale * _STEP**steps))
        self._tell()

    # What participants do.

    async def join(self, name: str | None = None) -> Ticket:
        """Let somebody in, under their own name where the room allows it, else a pseudonym.

        Raises IllegalMove or a StoreError.
        """
        await self._be_whole()
        own = naming.clean(name) if name and self.room.setup.names else None
        wanted = own or naming.pseudonym(len(self.room.participants) + 1)
        event = self.room.join(naming.unique(wanted, self._names), self._now())
        participant = event.participant
        self._names.add(naming.skeleton(participant.name))
        token = secrets.token_urlsafe(16)
        credential = Credential(participant.id, f"token:{token}")
        await self._commit(event, credential)
        self._holders[credential.hash] = participant.id
        return Ticket(participant, token)

    async def vote(self, participant: int, question: str, round: int, vote: Vote) -> None:
        """Cast a vote, or change it; returns once it is committed.

        The same vote again is answered alike. Raises IllegalMove or a StoreError.
        """
        await self._be_whole()
        event = self.room.vote(participant, question, round, vote, self._now())
        cast = (participant, question, round)
        if event is not None:
            self._casting[cast] = written = self._write(event)
            written.add_done_callback(lambda done: self._arrived(cast, done))
            await asyncio.shield(written)
        elif cast in self._casting:
            # Its first sending is still on the way to the disk, and may not arrive there.
            await asyncio.wait([self._casting[cast]])
            await self.vote(participant, question, round, vote)

    async def personal_code(self, participant: int) -> str:
        """A new code by which a participant comes back on another phone."""
        code = naming.code(secrets.SystemRandom(), PERSONAL_LENGTH)
        credential = Credential(participant, f"code:{code}")
        await asyncio.shield(self._on_its_way(self._store.admit(self.id, credential)))
        self._holders[credential.hash] = participant
        return code

    async def come_back(self, code: str) -> Ticket | None:
        """A new token for the participant with this personal code; None where nobody has it."""
        participant = self._holders.get(Credential(0, f"code:{code}").hash)
        if participant is None:
            return None
        token = secrets.token_urlsafe(16)
        credential = Credential(participant, f"token:{token}")
        await asyncio.shield(self._on_its_way(self._store.admit(self.id, credential)))
        self._holders[credential.hash] = participant
        return Ticket(self.room.participants[participant], token)

    def known(self, token: str) -> int | None:
        """The participant who holds this token, or None."""
        return self._holders.get(Credential(0, f"token:{token}").hash)

    # Who is here.

    def enter(self, participant: int) -> None:
        """A lasting connection of somebody began; there may be several."""
        self._connections[participant] += 1
        self._tell()

    def leave(self, participant: int) -> None:
        """A lasting connection of somebody ended."""
        self._connections[participant] -= 1
        if self._connections[participant] <= 0:
            del self._connections[participant]
        self._tell()

    def seen(self, participant: int) -> None:
        """Somebody without a lasting connection has just asked for the page."""
        self._seen[participant] = asyncio.get_running_loop().time()

    @property
    def present(self) -> set[int]:
        """Who is here now."""
        since = asyncio.get_running_loop().time() - _SEEN_FOR
        return self._connections.keys() | {id for id, at in self._seen.items() if at >= since}

    # Who waits for news.

    @property
    def published(self) -> int:
        """The version that everybody may see."""
        return self.view.version

    async def next_version(self, after: int) -> int:
        """Wait for a version newer than `after`; only the newest is ever seen.

        One that is yet to be, whoever claims to have seen it, is taken for the present one.
        """
        after = min(after, self.published)
        while self.published <= after:
            waiter = asyncio.get_running_loop().create_future()
            self._waiters.append(waiter)
            await waiter
        return self.published

    def watch(self, watcher: Callable[[], None]) -> Callable[[], None]:
        """Call `watcher` after every change, votes and presence included; returns how to stop.

        It is called in the loop, possibly thousands of times a second: it only notes the change.
        """
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def _tell(self) -> None:
        for watcher in self._watchers:
            watcher()

    def _publish(self) -> None:
        self.view = views.shared(self.room, self.bank)
        waiters, self._waiters = self._waiters, []
        self._start(_wake(waiters))
        self._tell()

    # The store.

    async def _commit(self, event: Event, *credentials: Credential) -> None:
        # What was asked for is done, even where whoever asked for it has gone.
        await asyncio.shield(self._write(event, *credentials))

    def _write(self, event: Event, *credentials: Credential) -> asyncio.Future[None]:
        return self._on_its_way(self._store.write(self.id, event, *credentials))

    def _arrived(self, cast: tuple[int, str, int], written: asyncio.Future[None]) -> None:
        # A vote that was changed meanwhile has another on its way.
        if self._casting.get(cast) is written:
            del self._casting[cast]

    def _on_its_way(self, written: Future[None]) -> asyncio.Future[None]:
        waiting = self._landing.expect(written)
        self._pending.add(waiting)
        waiting.add_done_callback(self._written)
        return waiting

    def _written(self, waiting: "asyncio.Future[None]") -> None:
        self._pending.discard(waiting)
        self._tell()
        if not waiting.cancelled() and waiting.exception() and self._whole.is_set():
            self._torn = True
            self._whole.clear()
            self._start(self._mend())

    async def _mend(self) -> None:
        """The room as the store has it, after something could not be written."""
        await self._settled()
        self._whole.set()
        # Where it cannot be read either, whoever comes next tries again and is told.
        with suppress(StoreError):
            self._read_anew()

    async def _be_whole(self) -> None:
        """Wait until the room holds nothing but what is on disk. Raises a StoreError."""
        while not self._whole.is_set():
            await self._whole.wait()
        if self._torn:
            self._read_anew()

    def _read_anew(self) -> None:
        self.room = Room.replay(self.room.setup, self._store.events(self.id))
        self._holders = self._store.credentials(self.id)
        self._names = {naming.skeleton(p.name) for p in self.room.participants.values()}
        self._torn = False
        self._publish()

    async def _settled(self) -> None:
        while self._pending:
            await asyncio.wait(self._pending)

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _wake(waiters: "list[asyncio.Future[None]]") -> None:
    for start in range(0, len(waiters), _CHUNK):
        for waiter in waiters[start : start + _CHUNK]:
            if not waiter.done():
                waiter.set_result(None)
        await asyncio.sleep(0)
