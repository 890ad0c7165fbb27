"""Every page in every phase for everybody: axe-core, narrow screens, large fingers."""

import asyncio
from typing import TYPE_CHECKING

import pytest

from quiz.models import Bank
from quiz.phases import Move

from .conftest import PHONE, WALL, Hall, OpenHall

if TYPE_CHECKING:
    from playwright.async_api import Page

pytestmark = pytest.mark.asyncio(loop_scope="session")

NARROW = (320, 568)
ONE_MORE_ROUND = (
    Move.START,
    Move.OPEN,
    Move.CLOSE,
    Move.DISCUSS,
    Move.OPEN,
    Move.CLOSE,
    Move.REVEAL,
    Move.END,
)
# Light and dark differ in nothing but colour.
LOOK = """() => axe.run(document, {
  resultTypes: ["violations"],
  ...(matchMedia("(prefers-color-scheme: dark)").matches ? {runOnly: ["color-contrast"]} : {}),
}).then(found =>
  found.violations.map(one => [one.id, ...one.nodes.map(node => node.html)].join(" ")))"""
# What is wider than the screen, or a button or field too low for a finger; in CSS pixels.
MISFITS = """() => [
  ...(document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : []),
  ...[...document.querySelectorAll("button, input:not([type=hidden])")]
     .filter(one => one.getBoundingClientRect().height < 48).map(one => one.outerHTML)]"""


async def look(page: "Page", axe_script: str) -> list[str]:
    """What is wrong with a page as it stands; its security policy lets in no script by itself."""
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(axe_script)
    found: list[str] = await page.evaluate(LOOK) + await page.evaluate(MISFITS)
    return found


def two(bank: Bank) -> tuple[str, ...]:
    """A question with everything a question can have, and one to leave unanswered."""
    full = [q.id for q in bank.question.values() if q.contrast and q.instead and q.laws]
    return (full[0], full[-1])


@pytest.mark.parametrize(("scheme", "language"), [("light", "id"), ("dark", "en")])
async def test_every_phase_is_open_to_everybody(
    open_hall: OpenHall, whole_bank: Bank, axe_script: str, scheme: str, language: str
) -> None:
    hall = await open_hall(
        whole_bank, deck=two(whole_bank), language=language, confidence=True, names=True
    )
    voter = await hall.phone(PHONE, scheme=scheme)
    silent = await hall.phone(NARROW, scheme=scheme)
    wall = await hall.wall(WALL, scheme=scheme)
    assert await looked_at(hall, axe_script, voter, silent, wall) == []

    for move in ONE_MORE_ROUND:
        await hall.moves(move)
        if move is Move.OPEN:
            await voter.click("#v-neutral")
            await voter.wait_for_selector("#c-sure")
        assert await looked_at(hall, axe_script, voter, silent, wall) == [], move

    await silent.wait_for_selector(".home")
    assert await looked_at(hall, axe_script, silent) == []


async def looked_at(hall: Hall, axe_script: str, *shown: "Page") -> list[str]:
    """What is wrong with any of the pages once they show what is published."""

    async def one(page: "Page") -> list[str]:
        # One's own result, which comes a moment after the end, has no version.
        await page.wait_for_selector(
            f'article[data-version="{hall.live.published}"], article:not([data-version])'
        )
        return await look(page, axe_script)

    return [wrong for found in await asyncio.gather(*map(one, shown)) for wrong in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_page_on_the_way_is_open_to_everybody(
    open_hall: OpenHall, axe_script: str, scheme: str
) -> None:
    hall = await open_hall(names=True)
    page = await hall.page("/", NARROW, scheme=scheme)
    assert await look(page, axe_script) == []
    with hall.out_of_reach():  # a browser also reports on its console what was not found
        await page.fill("#code", "ABC123")
        await page.click("button.main")
        await page.wait_for_selector(".notice")
        assert await look(page, axe_script) == []
        await page.goto(f"{hall.url}/nowhere")
        assert await look(page, axe_script) == []
    await page.goto(f"{hall.url}/kembali")
    assert await look(page, axe_script) == []
    await page.goto(f"{hall.url}/g/{hall.live.code}")
    await page.click("button.main")
    await page.wait_for_selector("article")
    await page.click("footer button")
    await page.wait_for_selector(".code")
    assert await look(page, axe_script) == []
