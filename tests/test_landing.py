"""What a store's thread has written, as the loop hears of it."""

import asyncio
from concurrent.futures import Future

import pytest

from quiz.errors import StoreFull
from quiz.landing import Landing


async def test_what_lands_together_wakes_the_loop_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    woken = []
    wake = loop.call_soon_threadsafe
    monkeypatch.setattr(
        loop, "call_soon_threadsafe", lambda *call: (woken.append(call), wake(*call))
    )
    landing = Landing()
    written: list[Future[None]] = [Future() for _vote in range(100)]
    waiting = [landing.expect(one) for one in written]

    for one in written:
        one.set_result(None)
    await asyncio.gather(*waiting)

    assert len(woken) == 1
    another: Future[None] = Future()
    expected = landing.expect(another)
    another.set_result(None)
    await expected
    assert len(woken) == 2


async def test_what_could_not_be_written_is_raised_where_it_is_waited_for() -> None:
    landing = Landing()
    written: Future[None] = Future()
    waiting = landing.expect(written)

    written.set_exception(StoreFull("The disk is full."))

    with pytest.raises(StoreFull):
        await waiting


async def test_whoever_waits_no_longer_keeps_nobody_from_hearing() -> None:
    landing = Landing()
    written: list[Future[None]] = [Future(), Future()]
    gone, waiting = (landing.expect(one) for one in written)
    gone.cancel()

    for one in written:
        one.set_result(None)

    await waiting
    assert gone.cancelled()
