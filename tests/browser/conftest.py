"""Phones and a projector: pages of headless Chromium that look at a real room."""

import asyncio
import importlib.util
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from quiz.bank import load
from quiz.live import LiveRoom
from quiz.models import Bank
from quiz.phases import Move
from quiz.room import Setup
from quiz.room_database import SqliteRooms
from quiz.room_store import RoomRecord
from quiz.web import wall
from quiz.web.server import Server
from tests.web.conftest import CODE, DECK, NOON, SECRET, serving

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, Request

PHONE = (390, 844)
SMALL_PHONE = (360, 640)
WALL = (1280, 720)
LARGE_WALL = (1920, 1080)

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
# In milliseconds: what a page does not show by then it does not show.
_PATIENCE = 8000


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> "AsyncIterator[Browser]":
    """One browser for all tests."""
    if importlib.util.find_spec("playwright") is None:
        pytest.skip("Playwright is missing: .venv/bin/pip install -e '.[browser]'")
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        pytest.skip("Chromium is missing: install it as your system does, as apt install chromium")
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def axe_script() -> str:
    """axe-core, which looks for what keeps people from using a page."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        pytest.skip("axe-core is missing: .venv/bin/pip install -e '.[browser]'")
    return (Path(found.origin).parent / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="session")
def small_bank() -> Bank:
    """One scenario of four short questions, whose verdicts take turns."""
    found, problems = load(Path(__file__).parent.parent / "small_bank")
    assert found, problems
    return found


@pytest.fixture(scope="session")
def whole_bank() -> Bank:
    """The bank that everybody gets, with all its long words."""
    found, problems = load(Path(__file__).parent.parent.parent)
    assert found, problems
    return found


@dataclass
class Hall:
    """A room with its server, and the pages that look at it.

    What a page says on its console, a breach of its security policy included, and whatever it asks
    of another host is kept in `complaints`.
    """

    browser: "Browser"
    record: RoomRecord
    store: SqliteRooms
    bank: Bank
    live: LiveRoom = field(init=False)
    server: Server = field(init=False)
    complaints: list[str] = field(default_factory=list)
    _pages: AsyncExitStack = field(default_factory=AsyncExitStack)
    _serving: AsyncExitStack = field(default_factory=AsyncExitStack)
    _port: int = 0
    _in_reach: bool = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def open(self) -> None:
        """Serve the room, as the store has it, at the address it had before."""
        self.live = LiveRoom(self.record, self.store, self.bank, lambda: NOON)
        self.server = await self._serving.enter_async_context(serving(self.live, self._port))
        self._port = self.server.port

    async def crash(self) -> None:
        """The program that leads the room is gone from one moment to the next."""
        await self._serving.aclose()

    async def close(self) -> None:
        """All pages are gone, and the server."""
        await self._pages.aclose()
        await self.crash()

    async def moves(self, *moves: Move) -> None:
        """What the facilitator does, one after the other."""
        for move in moves:
            await self.live.move(move)

    async def phone(
        self, size: tuple[int, int] = PHONE, script: bool = True, scheme: str = "light"
    ) -> "Page":
        """A phone that came in by the link of the QR code."""
        page = await self.page(f"/g/{self.live.code}", size, script, scheme)
        await page.click("button.main")
        await page.wait_for_selector("article")
        return page

    async def wall(self, size: tuple[int, int] = WALL, scheme: str = "light") -> "Page":
        """The projector."""
        return await self.page(self.server.projector.removeprefix(self.url), size, scheme=scheme)

    async def page(
        self, path: str, size: tuple[int, int] = PHONE, script: bool = True, scheme: str = "light"
    ) -> "Page":
        """A page of a browser that knows nothing of the others."""
        width, height = size
        context = await self.browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        context.set_default_timeout(_PATIENCE)
        # What a page does a while later, by chance, it does at once.
        await context.add_init_script("Math.random = () => 0")
        self._pages.push_async_callback(context.close)
        return await self.watched(await context.new_page(), path)

    async def watched(self, page: "Page", path: str) -> "Page":
        """A page of this room whose complaints are kept."""
        page.on("console", lambda said: self._note(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: self._note(str(error)))
        page.on("request", self._note_request)
        await page.goto(self.url + path)
        return page

    @contextmanager
    def out_of_reach(self) -> Iterator[None]:
        """While a browser may complain that it does not reach the room."""
        self._in_reach = False
        yield
        self._in_reach = True

    def _note(self, said: str) -> None:
        if self._in_reach:
            self.complaints.append(said)

    def _note_request(self, request: "Request") -> None:
        if not request.url.startswith(self.url):
            self.complaints.append(f"asked for {request.url}")


OpenHall = Callable[..., Awaitable[Hall]]


async def until(what: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(_PATIENCE / 1000):
        while not await what():
            await asyncio.sleep(0.02)


@pytest_asyncio.fixture(loop_scope="session")
async def open_hall(
    chromium: "Browser", tmp_path: Path, small_bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[OpenHall]:
    """Opens a room on a free port of the loopback; no page may complain in it.

    Arguments are of `Setup`, but for the `bank`, which is the small one if none is given.
    """
    # Here nobody has to read what the wall counts.
    monkeypatch.setattr(wall, "_COUNTING", 0.02)
    opened: list[Hall] = []
    async with AsyncExitStack() as stack:

        async def open_one(bank: Bank = small_bank, **setup: object) -> Hall:
            store = SqliteRooms(tmp_path / "rooms.db")
            stack.callback(store.close)
            given = {"bank": bank.manifest.id, "deck": DECK, "language": "en", **setup}
            record = RoomRecord(0, CODE, Setup(**given), SECRET, NOON, "127.0.0.1", 0)
            hall = Hall(chromium, store.create(record), store, bank)
            stack.push_async_callback(hall.close)
            await hall.open()
            opened.append(hall)
            return hall

        yield open_one
    assert [hall.complaints for hall in opened if hall.complaints] == []


@pytest_asyncio.fixture(loop_scope="session")
async def hall(open_hall: OpenHall) -> Hall:
    """A room set up as usual."""
    return await open_hall()
