"""Phones in a real browser: join, judge, change, discuss, judge again, learn, take home."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quiz.phases import Move
from quiz.web import pages
from tests.web.conftest import CODE

from .conftest import SMALL_PHONE, Hall, OpenHall

if TYPE_CHECKING:
    from playwright.async_api import Page

pytestmark = pytest.mark.asyncio(loop_scope="session")

RECORDED = "Your vote is recorded."
CONNECTED = "#sambungan.on"


async def sees(page: "Page", *sentences: str) -> None:
    """Wait until a page shows all of these."""
    for sentence in sentences:
        await page.get_by_text(sentence).first.wait_for()


async def pressed(page: "Page") -> list[str]:
    """The buttons that are pressed down."""
    ids: list[str] = await page.locator('button[aria-pressed="true"]').evaluate_all(
        "buttons => buttons.map(button => button.id)"
    )
    return ids


def votes(hall: Hall, round: int = 1) -> dict[int, object]:
    """Who voted what about the question at hand."""
    room = hall.live.room
    assert room.question
    return dict(room.ballot(room.question, round).votes)


async def test_two_phones_go_through_a_question_from_the_code_to_the_result(
    open_hall: OpenHall,
) -> None:
    hall = await open_hall(confidence=True)
    typed, scanned = await hall.page("/"), await hall.phone(SMALL_PHONE)
    await typed.fill("#code", "k7m-2q5")
    await typed.click("button.main")
    for page in (typed, scanned):
        await sees(page, "You are in.")

    await hall.moves(Move.START)
    for page in (typed, scanned):
        await sees(page, "Wayan wears a party shirt.", "The vote opens soon.")
        assert await page.locator("article button").count() == 0

    await hall.moves(Move.OPEN)
    await typed.click("#v-neutral")
    await sees(typed, RECORDED)
    await typed.click("#c-sure")
    await typed.wait_for_selector('#c-sure[aria-pressed="true"]')
    assert await pressed(typed) == ["v-neutral", "c-sure"]
    await typed.click("#v-not-neutral")
    await typed.wait_for_selector('#v-not-neutral[aria-pressed="true"]')
    assert await pressed(typed) == ["v-not-neutral"]
    await scanned.click("#v-neutral")
    await sees(scanned, RECORDED)

    await hall.moves(Move.CLOSE)
    await sees(scanned, "The vote is closed.", "Your vote:")
    await hall.moves(Move.DISCUSS)
    await sees(scanned, "Talk to a neighbour")
    await hall.moves(Move.OPEN)
    await sees(scanned, "second round")
    assert await pressed(scanned) == []
    await scanned.click("#v-not-neutral")
    await sees(scanned, RECORDED)

    await hall.moves(Move.CLOSE, Move.REVEAL)
    for page in (typed, scanned):
        await sees(page, "Right", "The shirt is a party mark.", "Wear the uniform.")
    await sees(scanned, "Round 1", "Round 2", "1 (100%)")

    await hall.moves(Move.END)
    await sees(scanned, "The session is over")
    await sees(scanned, "My result")


async def test_a_page_without_script_looks_again_by_itself(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "REFRESH", 1)
    page = await hall.phone(script=False)
    await sees(page, "You are in.")

    await hall.moves(Move.START, Move.OPEN)
    await page.locator("#v-neutral").click()
    await sees(page, RECORDED)
    await page.locator("#v-not-neutral").click()
    await page.wait_for_selector('#v-not-neutral[aria-pressed="true"]')
    assert not await page.locator("#sambungan").is_visible()

    await hall.moves(Move.CLOSE, Move.REVEAL)
    await sees(page, "The shirt is a party mark.")

    await hall.moves(Move.END)
    await page.get_by_text("My result").click()
    await sees(page, "All right, and nothing left to take home.")


async def test_a_page_without_script_whose_vote_came_late_looks_again_by_itself(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "REFRESH", 1)
    page = await hall.phone(script=False)
    await hall.moves(Move.START, Move.OPEN)
    vote = page.locator("#v-neutral")
    await vote.wait_for()

    # The form on the page is still open when the vote is not.
    monkeypatch.setattr(pages, "REFRESH", None)
    await page.reload()
    await hall.moves(Move.CLOSE)
    monkeypatch.setattr(pages, "REFRESH", 1)
    with hall.out_of_reach():
        await vote.click()
        await sees(page, "This vote is not open.")
    await hall.moves(Move.REVEAL)

    await sees(page, "The shirt is a party mark.")


async def test_a_vote_is_called_recorded_only_once_it_is_on_disk(
    hall: Hall, tmp_path: Path
) -> None:
    page = await hall.phone()
    await hall.moves(Move.START, Move.OPEN)
    await page.wait_for_selector("#v-neutral")

    with closing(sqlite3.connect(tmp_path / "rooms.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await page.click("#v-neutral")
        await sees(page, "Sending your vote")
        await asyncio.sleep(0.3)
        while_it_waits = await page.locator("main").inner_text()
        busy = await page.get_attribute("#v-neutral", "aria-busy")
        other.execute("ROLLBACK")
    await sees(page, RECORDED)

    assert RECORDED not in while_it_waits
    assert busy == "true"
    assert len(votes(hall)) == 1


async def test_a_vote_cast_while_nothing_is_in_reach_arrives_later(hall: Hall) -> None:
    page = await hall.phone()
    await hall.moves(Move.START, Move.OPEN)
    await page.wait_for_selector("#v-neutral")

    with hall.out_of_reach():
        await page.context.set_offline(True)
        await page.click("#v-neutral")
        await sees(page, "Not sent yet, trying again")
        assert votes(hall) == {}
        await page.context.set_offline(False)
        await sees(page, RECORDED)
        await page.wait_for_selector(CONNECTED)

    assert [vote.verdict for vote in votes(hall).values()] == ["neutral"]


async def test_a_vote_that_was_lost_on_its_way_is_sent_again(hall: Hall) -> None:
    page = await hall.phone()
    await hall.moves(Move.START, Move.OPEN)
    await page.wait_for_selector("#v-neutral")

    with hall.out_of_reach():
        await page.route("**/suara", lambda route: route.abort(), times=1)
        await page.click("#v-neutral")
        await sees(page, RECORDED)

    assert len(votes(hall)) == 1


async def test_a_vote_for_a_round_that_is_over_is_said_to_be_late(hall: Hall) -> None:
    page = await hall.phone()
    await hall.moves(Move.START, Move.OPEN)
    await page.wait_for_selector("#v-neutral")

    with hall.out_of_reach():
        await page.route("**/suara", lambda route: route.abort())
        await page.click("#v-neutral")
        await sees(page, "Not sent yet, trying again")
        await hall.moves(Move.CLOSE)
        await sees(page, "The vote was closed before yours could be sent.")
    async with page.expect_response("**/sesi/kabar"):
        await page.evaluate("dispatchEvent(new Event('online'))")
    await asyncio.sleep(0.1)

    assert await page.get_by_text("The vote was closed before yours").is_visible()
    assert votes(hall) == {}


async def test_a_phone_comes_back_by_itself_after_the_program_was_killed(hall: Hall) -> None:
    page = await hall.phone()
    await hall.moves(Move.START, Move.OPEN)
    await page.click("#v-not-neutral")
    await sees(page, RECORDED)

    with hall.out_of_reach():
        await hall.crash()
        await sees(page, "Connection lost, trying again")
        await hall.open()
        await page.wait_for_selector(CONNECTED)

    assert await pressed(page) == ["v-not-neutral"]
    await hall.moves(Move.CLOSE, Move.REVEAL)
    await sees(page, "1 of 1 right", "The shirt is a party mark.")


async def test_a_page_that_was_closed_opens_where_it_was(hall: Hall) -> None:
    page = await hall.phone()
    context = page.context
    await hall.moves(Move.START, Move.OPEN)
    await page.click("#v-neutral")
    await sees(page, RECORDED)

    await page.close()
    again = await hall.watched(await context.new_page(), f"/g/{CODE}")

    await sees(again, "You are Cengkih 1", RECORDED)
    assert await pressed(again) == ["v-neutral"]
    assert len(hall.live.room.participants) == 1


async def test_a_second_phone_goes_on_with_a_personal_code(hall: Hall) -> None:
    first = await hall.phone()
    await hall.moves(Move.START, Move.OPEN)
    await first.click("#v-neutral")
    await sees(first, RECORDED)

    await first.get_by_text("Move to another phone").click()
    code = await first.locator("p.code").inner_text()
    second = await hall.page("/")
    await second.get_by_text("I was here before").click()
    await second.fill("#code", code.lower())
    await second.click("button.main")

    await sees(second, "You are Cengkih 1", RECORDED)
    assert await pressed(second) == ["v-neutral"]
    assert len(hall.live.room.participants) == 1


async def test_a_wrong_code_is_said_and_what_was_typed_stays(hall: Hall) -> None:
    page = await hall.page("/")
    await page.fill("#code", "ABC123")

    with hall.out_of_reach():  # a browser also reports on its console what was not found
        await page.click("button.main")
        await sees(page, "This code is not right.")

    assert await page.input_value("#code") == "ABC123"


@pytest.mark.parametrize("script", [True, False])
async def test_nothing_gives_the_verdict_away_before_the_reveal(hall: Hall, script: bool) -> None:
    phone, wall = await hall.phone(script=script), await hall.wall()
    kept_back = (
        "party mark",
        "Wear the uniform",
        "They wear no party marks",
        "Aturan Contoh",
        "(100%)",
    )
    for moves in (
        (Move.START,),
        (Move.OPEN,),
        (Move.CLOSE,),
        (Move.DISCUSS,),
        (Move.OPEN,),
        (Move.CLOSE,),
    ):
        await hall.moves(*moves)
        if not script:
            await phone.goto(hall.url + "/sesi")
        for page in (phone, wall):
            await page.wait_for_selector(f'article[data-version="{hall.live.published}"]')
        if moves == (Move.OPEN,):
            await phone.click("#v-neutral")
            await sees(phone, RECORDED)
            await sees(wall, "1 of 1 have voted")
        for page in (phone, wall):
            source = await page.content()
            assert [words for words in kept_back if words in source] == []

    await hall.moves(Move.REVEAL)
    for page in (phone, wall):
        if not script and page is phone:
            await page.goto(hall.url + "/sesi")
        await sees(page, "party mark", "1 (100%)")


async def test_a_keyboard_stays_where_it_was_when_news_come(hall: Hall) -> None:
    page = await hall.phone()
    await hall.moves(Move.START, Move.OPEN)
    await page.focus("#v-not-neutral")
    await page.keyboard.press("Enter")
    await sees(page, RECORDED)

    assert await page.evaluate("document.activeElement.id") == "v-not-neutral"


async def test_a_phone_loads_less_than_fifteen_kilobytes(hall: Hall) -> None:
    page = await hall.phone()
    await page.wait_for_selector(CONNECTED)

    loaded = await page.evaluate(
        """performance.getEntriesByType("navigation").concat(
             performance.getEntriesByType("resource").filter(e => e.name.includes("/static/"))
           ).map(e => [e.name.split(".").pop(), e.encodedBodySize])"""
    )

    assert {"css", "js"} <= {kind for kind, _size in loaded}
    # Around each of them there is a head.
    assert sum(size + 500 for _kind, size in loaded) < 15_000
