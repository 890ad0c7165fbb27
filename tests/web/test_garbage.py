"""Garbage against every address: an answer each time, and a room as it was."""

import random

import httpx
import pytest

from quiz.phases import Move
from quiz.room import Room
from tests.web.conftest import CODE, DECK, SECRET, House

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
PATHS = (
    "/",
    "/g/",
    f"/g/{CODE}",
    "/g/%00%ff%0d%0aX:y",
    "/g/<script>",
    "/gabung",
    "/kembali",
    "/sesi",
    "/sesi/isi",
    "/suara",
    "/pindah",
    "/hasil",
    "/layar",
    "/layar/kode.svg",
    "/static/x",
    "/static/..%2f..%2fpyproject.toml",
    "/ping",
    "/api/join",
    "/api/state",
    "/api/vote",
    "/api/return",
    "/api/personal-code",
    "/api/result",
    "/api/",
    "/host",
    "/admin",
    "/api/move",
    "//evil.example/",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/?k=" + SECRET,
    "/sesi?token=1",
)
BODIES = (
    (b"", ""),
    (b"\xff\xfe\x00", "application/json"),
    (b"{}", "application/json"),
    (b"[" * 500, "application/json"),
    (b"code=%ff&verdict=neutral", "application/x-www-form-urlencoded"),
    (b"question=x&round=1&verdict=neutral", "application/x-www-form-urlencoded"),
    (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
    (b"x" * 3000, "text/plain"),
)


def dump(room: Room) -> object:
    ballots = {key: (dict(b.votes), b.hands, b.present) for key, b in room._ballots.items()}
    return room.seq, room.version, room.phase, room.paused, dict(room.participants), ballots


@pytest.fixture
async def clients(house: House) -> list[httpx.AsyncClient]:
    inside, terminal = await house.joined(), await house.terminal()
    await house.moves(Move.START, Move.OPEN)
    unknown = await house.browser(Authorization="Bearer x", Cookie="netral=x; netral=y; =; a")
    return [await house.browser(), inside, terminal, unknown]


@pytest.mark.parametrize("method", METHODS)
async def test_every_address_answers_and_nothing_changes(
    house: House, clients: list[httpx.AsyncClient], method: str
) -> None:
    before = dump(house.live.room)

    for path in PATHS:
        for client in clients:
            answer = await client.request(method, path)
            assert answer.status_code in (200, 303, 401, 404, 405, 409, 422, 429), (path, answer)
            if method not in ("GET", "HEAD", "POST"):
                assert answer.status_code in (404, 405)

    assert dump(house.live.room) == before


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", ["/sesi/kabar", "/api/events", "/layar/events"])
async def test_no_stream_is_opened_to_a_stranger_or_by_another_method(
    house: House, clients: list[httpx.AsyncClient], path: str, method: str
) -> None:
    before = dump(house.live.room)
    stranger, _inside, _terminal, unknown = clients

    # Those who are in may look, and would follow without end.
    for client in (stranger, unknown) if method == "GET" else clients:
        answer = await client.request(method, path)
        assert answer.status_code in ((200, 401, 404) if method == "HEAD" else (401, 404, 405))

    assert not house.server.site.streams
    assert dump(house.live.room) == before


async def test_every_body_is_answered_and_nothing_changes(
    house: House, clients: list[httpx.AsyncClient]
) -> None:
    before = dump(house.live.room)

    for path in PATHS:
        for client in clients:
            for body, kind in BODIES:
                answer = await client.post(path, content=body, headers={"Content-Type": kind})
                expected = (200, 303, 401, 404, 405, 409, 413, 422, 429)
                assert answer.status_code in expected, (path, body, answer)

    assert dump(house.live.room) == before


async def test_random_forms_change_nothing_but_a_vote_of_the_right_shape(house: House) -> None:
    browser = await house.joined()
    await house.moves(Move.START, Move.OPEN)
    chance = random.Random(5)
    keys = ["question", "round", "verdict", "confidence", "x", ""]
    values = [DECK[0], DECK[1], "1", "2", "neutral", "not-neutral", "sure", "", "\u202e", "<b>"]

    for _turn in range(300):
        data = {chance.choice(keys): chance.choice(values) for _field in range(4)}
        right = (data.get("question"), data.get("round")) == (DECK[0], "1")
        answer = await browser.post("/suara", data=data)
        assert answer.status_code in ((303, 422, 429) if right else (409, 422, 429)), data

    assert not house.live.room.ballot(DECK[0], 2).votes
    assert not house.live.room.ballot(DECK[1], 1).votes
    assert house.live.room.phase.value == "voting"


async def test_no_address_leads_the_room(house: House) -> None:
    """The host is the screen in this program: whatever the network asks, it cannot move."""
    from starlette.applications import Starlette

    app = house.server.site.gate._app
    assert isinstance(app, Starlette)
    posts = {route.path for route in app.routes if "POST" in route.methods}  # type: ignore[attr-defined]

    assert posts == {
        "/gabung",
        "/kembali",
        "/suara",
        "/pindah",
        "/api/join",
        "/api/return",
        "/api/personal-code",
        "/api/vote",
    }
