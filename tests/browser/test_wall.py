"""The projector in a real browser: large, still, and without a name."""

from typing import TYPE_CHECKING

import pytest

from quiz.models import Bank, Verdict
from quiz.phases import Move
from quiz.votes import Vote
from tests.web.conftest import DECK

from .conftest import LARGE_WALL, WALL, Hall, OpenHall, until

if TYPE_CHECKING:
    from playwright.async_api import Page

pytestmark = pytest.mark.asyncio(loop_scope="session")

FITS = "document.documentElement.scrollHeight <= innerHeight"
TYPE_SIZE = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
PICTURE_IS_DRAWN = "document.querySelector('.qr').naturalWidth > 0"


def longest(bank: Bank) -> str:
    """The question with the most words in Indonesian."""

    def letters(question: str) -> int:
        asked = bank.question[question]
        texts = (bank.home_of[question].situation, asked.act, asked.explanation)
        return sum(len(text.say("id")) for text in texts)

    return max(bank.question, key=letters)


async def shows(hall: Hall, page: "Page") -> None:
    """Wait until the wall shows what is published."""
    await page.wait_for_selector(f'article[data-version="{hall.live.published}"]')


async def test_the_lobby_shows_address_code_and_a_picture_of_both(hall: Hall) -> None:
    wall = await hall.wall()

    await wall.get_by_text("K7M 2Q5").wait_for()
    assert await wall.get_by_text(hall.url).is_visible()
    await until(lambda: wall.evaluate(PICTURE_IS_DRAWN))

    await hall.phone()
    await wall.get_by_text("1 person is here").wait_for()


async def test_it_counts_votes_and_shows_both_rounds_at_the_reveal(hall: Hall) -> None:
    wall = await hall.wall(LARGE_WALL)
    for _person in range(6):
        await hall.live.join(None)
    await hall.moves(Move.START, Move.OPEN)
    for person in (1, 2, 3, 4):
        await hall.live.vote(person, DECK[0], 1, Vote(Verdict.NEUTRAL))
    await wall.get_by_text("4 of 4 have voted").wait_for()

    await hall.moves(Move.CLOSE, Move.DISCUSS, Move.OPEN)
    await hall.live.vote(1, DECK[0], 2, Vote(Verdict.NOT_NEUTRAL))
    await hall.moves(Move.CLOSE, Move.REVEAL)

    await wall.get_by_text("Round 2").wait_for()
    assert await wall.get_by_text("4 (100%)").is_visible()
    assert await wall.get_by_text("1 (100%)").is_visible()
    assert await wall.get_by_text("Ia tidak memakai atribut partai di kantor").is_visible()


async def test_it_never_shows_a_name(open_hall: OpenHall) -> None:
    hall = await open_hall(names=True)
    wall = await hall.wall()
    await hall.live.join("Sekar Ayu")
    for move in (Move.START, Move.OPEN, Move.CLOSE, Move.REVEAL, Move.END):
        await hall.moves(move)
        await shows(hall, wall)
        assert "Sekar" not in await wall.content()


async def test_its_type_grows_and_shrinks_as_the_facilitator_wishes(hall: Hall) -> None:
    wall = await hall.wall()
    await hall.moves(Move.START)
    await shows(hall, wall)
    before = await wall.evaluate(TYPE_SIZE)

    hall.live.enlarge(2)
    await until(lambda: wall.evaluate(f"{TYPE_SIZE} > {before} * 1.3"))
    hall.live.enlarge(-2)
    await until(lambda: wall.evaluate(f"Math.abs({TYPE_SIZE} - {before}) < 0.1"))


@pytest.mark.parametrize("size", [WALL, LARGE_WALL])
async def test_even_the_longest_question_fits_on_the_wall(
    open_hall: OpenHall, whole_bank: Bank, size: tuple[int, int]
) -> None:
    hall = await open_hall(whole_bank, deck=(longest(whole_bank),), language="id")
    wall = await hall.wall(size)
    for move in (Move.START, Move.OPEN, Move.CLOSE, Move.DISCUSS, Move.REVEAL):
        await hall.moves(move)
        await shows(hall, wall)
        assert await wall.evaluate(FITS), move


async def test_type_grows_no_further_than_the_wall_shows_it(hall: Hall) -> None:
    wall = await hall.wall()
    for move in (Move.START, Move.OPEN, Move.CLOSE, Move.REVEAL):
        await hall.moves(move)
        await shows(hall, wall)
        before = await wall.evaluate(TYPE_SIZE)
        hall.live.enlarge(9)
        await until(lambda size=before: wall.evaluate(f"{TYPE_SIZE} > {size} * 1.1"))
        assert await wall.evaluate(FITS), move
        hall.live.enlarge(-9)
        await until(lambda size=before: wall.evaluate(f"{TYPE_SIZE} < {size} * 1.05"))


async def test_it_comes_back_by_itself_after_the_program_was_killed(hall: Hall) -> None:
    wall = await hall.wall()
    await hall.moves(Move.START)

    with hall.out_of_reach():
        await hall.crash()
        await wall.get_by_text("Connection lost, trying again").wait_for()
        await hall.open()
        await wall.wait_for_selector("#sambungan.on", state="attached")

    await hall.moves(Move.OPEN)
    await wall.get_by_text("Is this act neutral?").wait_for()
