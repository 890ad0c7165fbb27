"""How many come in, and how fast: the bounds of a room against whoever knows its code."""

import asyncio

import httpx
import pytest

from quiz.web import hall
from quiz.web.limits import Rate
from tests.web.conftest import CODE, House, Opened


async def join(client: httpx.AsyncClient) -> httpx.Response:
    return await client.post("/api/join", json={"code": CODE})


async def test_a_room_that_is_full_lets_nobody_in_but_those_who_are_in(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hall, "MOST_PARTICIPANTS", 3)
    first = await house.terminal()
    code = (await first.post("/api/personal-code")).json()["code"]
    client = await house.browser()

    answers = [await join(client) for _turn in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert answers[-1].json()["error"].startswith("Too many people")
    assert len(house.live.room.participants) == 3
    assert (await client.post("/api/return", json={"code": code})).status_code == 200
    assert (await first.get("/api/state")).status_code == 200


async def test_of_many_who_come_in_at_once_no_more_than_the_last_places_are_let_in(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hall, "MOST_PARTICIPANTS", 5)
    clients = [await house.browser() for _turn in range(20)]

    answers = await asyncio.gather(*(join(client) for client in clients))

    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [429] * 15
    assert len(house.live.room.participants) == 5


async def test_whoever_comes_in_on_top_of_a_whole_hall_is_asked_to_try_again(
    open_house: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No more come in after these for as long as a test may take.
    monkeypatch.setattr(hall, "_JOINS", Rate(3, 1e-9))
    house = await open_house()
    client, browser = await house.browser(), await house.browser()

    wrong = await client.post("/api/join", json={"code": "ZZZ999"})
    answers = [await join(client) for _turn in range(4)]
    by_page = await browser.post("/gabung", data={"code": CODE})

    assert wrong.status_code == 404, "a wrong code takes nobody's place"
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["retry-after"] == "2"
    assert by_page.status_code == 429
    assert "Too many people are coming in at once" in by_page.text
    assert f'value="{CODE}"' in by_page.text, "what was typed stays"


def test_a_hall_of_five_thousand_comes_in_at_once() -> None:
    assert hall._JOINS.at_once >= 5000
    assert hall.MOST_PARTICIPANTS >= 5000
