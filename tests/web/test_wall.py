"""The projector's page: read only, by its secret, and nothing on it before its time."""

import asyncio
import time

import pytest

from quiz.phases import Move
from quiz.votes import Hands
from tests.web.conftest import CODE, DECK, SECRET, House, Opened, following

KEY = {"k": SECRET}


async def wall(house: House) -> str:
    answer = await (await house.browser()).get("/layar", params=KEY)
    assert answer.status_code == 200
    return answer.text.split("<main")[1].split("</main>")[0]


async def vote(house: House, verdict: str, round: str = "1") -> None:
    browser = await house.joined()
    data = {"question": DECK[0], "round": round, "verdict": verdict}
    assert (await browser.post("/suara", data=data)).status_code == 303


async def test_without_its_secret_there_is_no_such_page(house: House) -> None:
    browser = await house.joined()

    for path in ("/layar", "/layar/events", "/layar/kode.svg"):
        for given in ({}, {"k": ""}, {"k": "wrong"}, {"k": SECRET.upper()}, {"k": "\xff"}):
            assert (await browser.get(path, params=given)).status_code == 404


async def test_nothing_can_be_sent_to_it(house: House) -> None:
    browser = await house.browser()

    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = await browser.request(method, "/layar", params=KEY)
        assert answer.status_code == 405


async def test_the_lobby_shows_the_way_in(house: House) -> None:
    await house.joined()

    page = await wall(house)

    assert house.url in page
    assert "K7M 2Q5" in page
    assert "people are here" in page


async def test_the_picture_is_of_the_link_with_the_code(house: House) -> None:
    answer = await (await house.browser()).get("/layar/kode.svg", params=KEY)

    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<?xml")
    assert "style=" not in answer.text
    assert CODE not in answer.text


async def test_the_address_may_be_changed_while_it_is_shown(house: House) -> None:
    browser = await house.browser()

    async with following(browser, f"/layar/events?k={SECRET}") as next_event:
        before = await next_event()
        house.server.give_out("10.0.0.5")
        after = await next_event()

    assert "http://127.0.0.1" in before.data
    assert f"http://10.0.0.5:{house.port}" in after.data
    assert house.server.projector == f"http://10.0.0.5:{house.port}/layar?k={SECRET}"


async def test_while_people_vote_only_their_number_is_shown(house: House) -> None:
    await house.moves(Move.START, Move.OPEN)
    for verdict in ("neutral", "neutral", "not-neutral"):
        await vote(house, verdict)
    here = await house.joined()

    async with following(here, "/sesi/kabar") as next_event:
        await next_event()
        open_ = await wall(house)
        await house.moves(Move.CLOSE)
    closed = await wall(house)

    for page in (open_, closed):
        assert "3 of 4 have voted" in page
        assert "2" not in page.replace("K7M 2Q5", "").split("Wayan wears")[1].split("3 of 4")[0]
        assert "%)" not in page
        assert "not-neutral" not in page


async def test_raised_hands_are_counted_among_those_who_voted(house: House) -> None:
    await house.moves(Move.START, Move.OPEN)
    await vote(house, "neutral")
    await house.live.count(Hands(3, 2))

    assert "6 of 6 have voted" in await wall(house)


async def test_the_reveal_shows_both_rounds_the_verdict_why_and_the_source(house: House) -> None:
    await house.moves(Move.START, Move.OPEN)
    await vote(house, "neutral")
    await house.live.count(Hands(1, 0))
    await house.moves(Move.CLOSE, Move.DISCUSS, Move.OPEN)
    await vote(house, "not-neutral", "2")
    await house.moves(Move.CLOSE, Move.REVEAL)

    page = await wall(house)

    first, second = page.split("Round 2")
    assert "2 (100%)" in first.split("Round 1")[1]
    assert "1 of them a raised hand" in first
    assert "1 (100%)" in second
    assert "The shirt is a party mark." in page
    assert "<blockquote>" in page
    assert "Not neutral" in page


async def test_no_name_is_ever_shown(open_house: Opened) -> None:
    house = await open_house(setup={"names": True})
    browser = await house.joined(name="Bu Ani")
    moves = [Move.START, Move.OPEN, Move.CLOSE, Move.REVEAL, Move.END]

    pages = [await wall(house)]
    for move in moves:
        await house.moves(move)
        if move is Move.OPEN:
            data = {"question": DECK[0], "round": "1", "verdict": "neutral"}
            await browser.post("/suara", data=data)
        pages.append(await wall(house))

    assert not [page for page in pages if "Ani" in page]


async def test_votes_reach_the_wall_no_more_than_four_times_a_second(house: House) -> None:
    people = [await house.joined() for _person in range(20)]
    await house.moves(Move.START, Move.OPEN)
    data = {"question": DECK[0], "round": "1", "verdict": "neutral"}
    browser = await house.browser()
    events = []

    async with following(browser, f"/layar/events?k={SECRET}") as next_event:
        await next_event()
        begun = time.monotonic()
        for person in people:
            await person.post("/suara", data=data)
            await asyncio.sleep(0.02)
        while not events or "20 of 20" not in events[-1].data:
            events.append(await next_event())

    assert len(events) <= 4 * (time.monotonic() - begun) + 1


async def test_the_facilitator_makes_its_type_larger(house: House) -> None:
    browser = await house.browser()

    async with following(browser, f"/layar/events?k={SECRET}") as next_event:
        assert 'data-scale="1"' in (await next_event()).data
        house.live.enlarge(1)
        larger = (await next_event()).data

    assert float(larger.split('data-scale="')[1].split('"')[0]) > 1


async def test_what_changes_nothing_on_the_wall_is_no_news(house: House) -> None:
    await house.moves(Move.START, Move.OPEN)
    person, browser = await house.joined(), await house.browser()
    data = {"question": DECK[0], "round": "1", "verdict": "neutral"}
    await person.post("/suara", data=data)

    async with following(browser, f"/layar/events?k={SECRET}") as next_event:
        await next_event()
        await person.post("/suara", data={**data, "verdict": "not-neutral"})
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(next_event(), 0.5)


async def test_nobody_watches_for_a_wall_that_is_gone(house: House) -> None:
    browser = await house.browser()
    before = len(house.live._watchers)

    async with following(browser, f"/layar/events?k={SECRET}") as next_event:
        await next_event()
        assert len(house.live._watchers) == before + 1
    async with asyncio.timeout(2):
        while len(house.live._watchers) > before:
            await asyncio.sleep(0.01)


async def test_at_the_end_the_hall_sees_how_much_of_each_principle_was_right(house: House) -> None:
    await house.moves(Move.START, Move.OPEN)
    for verdict in ("not-neutral", "not-neutral", "not-neutral", "neutral"):
        await vote(house, verdict)
    await house.live.count(Hands(1, 3))
    await house.moves(Move.CLOSE, Move.REVEAL, Move.END)

    page = await wall(house)

    assert "1 question explained · 4 participants" in page
    assert "Right, by principle" in page
    assert "<b>75%</b>" in page
    assert "Right, by team" not in page
    assert "Your own result is on your phone." in page
    assert "Jahe" not in page


async def test_where_all_raised_their_hands_nobody_is_sent_to_a_phone(house: House) -> None:
    await house.moves(Move.START, Move.OPEN)
    await house.live.count(Hands(9, 3))
    await house.moves(Move.CLOSE, Move.REVEAL, Move.END)

    page = await wall(house)

    assert "<b>25%</b>" in page
    assert "phone" not in page
