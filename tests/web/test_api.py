"""The JSON interface: what it takes, and above all what it does not."""

import asyncio
import json
import time
from concurrent.futures import Future

import httpx
import pytest

from quiz.models import Confidence, Verdict
from quiz.phases import Move
from quiz.votes import Vote
from tests.web.conftest import CODE, DECK, House, Opened, following

VOTE = {"question": DECK[0], "round": 1, "verdict": "neutral", "confidence": None}


async def voting(house: House) -> httpx.AsyncClient:
    client = await house.terminal()
    await house.moves(Move.START, Move.OPEN)
    return client


def votes(house: House, round: int = 1) -> dict[int, Vote]:
    return house.live.room.ballot(DECK[0], round).votes


async def test_whoever_knows_the_code_gets_a_token(house: House) -> None:
    client = await house.browser()

    answer = await client.post("/api/join", json={"code": "k7m 2q5", "name": None})

    assert answer.status_code == 200
    found = answer.json()
    assert found["participant"] == {"id": 1, "name": "Cengkih 1", "team": None}
    assert house.live.known(found["token"]) == 1
    assert "set-cookie" not in answer.headers


async def test_a_name_is_taken_where_the_room_allows_it(open_house: Opened) -> None:
    house = await open_house(setup={"names": True})
    client = await house.browser()

    answer = await client.post("/api/join", json={"code": CODE, "name": "Ani"})

    assert answer.json()["participant"]["name"] == "Ani"


async def test_the_state_is_the_view_and_what_is_ones_own(open_house: Opened) -> None:
    house = await open_house(setup={"confidence": True})
    client = await voting(house)
    await client.post("/api/vote", json={**VOTE, "confidence": "sure"})

    state = (await client.get("/api/state")).json()

    assert state["view"]["phase"] == "voting"
    assert state["view"]["question"]["id"] == DECK[0]
    assert state["view"]["reveal"] is None
    assert state["own"]["vote"] == {"verdict": "neutral", "confidence": "sure"}
    assert state["own"]["score"] == {"right": 0, "answered": 0, "asked": 0}
    assert house.live.present == {1}


async def test_a_vote_is_answered_with_what_is_ones_own(house: House) -> None:
    client = await voting(house)

    answer = await client.post("/api/vote", json=VOTE)

    assert answer.status_code == 200
    assert answer.json()["own"]["vote"] == {"verdict": "neutral", "confidence": None}
    assert votes(house) == {1: Vote(Verdict.NEUTRAL)}


async def test_the_last_vote_counts(open_house: Opened) -> None:
    house = await open_house(setup={"confidence": True})
    client = await voting(house)
    await client.post("/api/vote", json=VOTE)

    await client.post("/api/vote", json={**VOTE, "verdict": "not-neutral", "confidence": "unsure"})

    assert votes(house) == {1: Vote(Verdict.NOT_NEUTRAL, Confidence.UNSURE)}


async def test_the_confidence_may_be_left_out(house: House) -> None:
    client = await voting(house)

    answer = await client.post(
        "/api/vote", json={"question": DECK[0], "round": 1, "verdict": "neutral"}
    )

    assert answer.status_code == 200


async def test_a_confidence_the_room_does_not_ask_for_is_left_out(house: House) -> None:
    client = await voting(house)

    answer = await client.post("/api/vote", json={**VOTE, "confidence": "sure"})

    assert answer.json()["own"]["vote"] == {"verdict": "neutral", "confidence": None}
    assert votes(house) == {1: Vote(Verdict.NEUTRAL)}


async def test_a_vote_sent_twice_at_once_from_ten_connections_is_one_vote(house: House) -> None:
    client = await voting(house)
    others = [await house.browser(**dict(client.headers)) for _turn in range(9)]

    answers = await asyncio.gather(*(c.post("/api/vote", json=VOTE) for c in (client, *others)))

    assert {answer.status_code for answer in answers} == {200}
    assert len(votes(house)) == 1


# What is no vote.

WRONG = [
    *[{**VOTE, "verdict": v} for v in ("0", "", "NEUTRAL", 0, 0.0, True, None)],
    *[{**VOTE, "verdict": v} for v in ([0], {"$gt": 0}, 10**400, float("inf"))],
    *[{**VOTE, "round": v} for v in ("1", 0, 3, 1.0, True, None, [1], 10**400, -1)],
    *[{**VOTE, "question": v} for v in (None, 1, [DECK[0]], {"": ""}, "\0", "a\ud800b")],
    *[{**VOTE, "confidence": v} for v in ("", "very", 1, True, [], {})],
    {**VOTE, "participant": 2},
    {**VOTE, "Round": 1},
    {key: value for key, value in VOTE.items() if key != "verdict"},
    {key: value for key, value in VOTE.items() if key != "round"},
    {},
    [],
    [VOTE],
    "neutral",
    None,
    1,
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: str(wrong)[-40:])
async def test_a_vote_of_the_wrong_shape_is_refused(house: House, wrong: object) -> None:
    client = await voting(house)

    answer = await client.post(
        "/api/vote", content=json.dumps(wrong), headers={"Content-Type": "application/json"}
    )

    # An empty confidence is none.
    if wrong == {**VOTE, "confidence": ""}:
        assert answer.status_code == 200
        return
    assert answer.status_code == 422
    assert answer.json() == {"error": "This request cannot be understood."}
    assert not votes(house)


GOOD = json.dumps(VOTE)
BAD_BYTES = {
    "empty": b"",
    "key twice": GOOD.replace("{", '{"verdict": "not-neutral", ', 1).encode(),
    "byte order mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "invalid UTF-8": GOOD.replace("neutral", "neutral\udcff").encode("utf-8", "surrogateescape"),
    "UTF-16": GOOD.encode("utf-16"),
    "UTF-32": GOOD.encode("utf-32-le"),
    "lone surrogate": GOOD.replace(DECK[0], "\\ud800").encode(),
    "NUL": GOOD.replace(DECK[0], "\\u0000").encode(),
    "raw NUL": GOOD.encode() + b"\0",
    "1e999": GOOD.replace('"round": 1', '"round": 1e999').encode(),
    "NaN": GOOD.replace('"round": 1', '"round": NaN').encode(),
    "huge": GOOD.replace('"round": 1', '"round": 1' + "0" * 400).encode(),
    "deep": b"[" * 2000,
    "cut off": GOOD[:-1].encode(),
    "two": (GOOD + GOOD).encode(),
    "comment": (GOOD + " // x").encode(),
    "single quotes": GOOD.replace('"', "'").encode(),
}


@pytest.mark.parametrize("body", BAD_BYTES.values(), ids=BAD_BYTES)
async def test_what_is_no_json_object_is_refused(house: House, body: bytes) -> None:
    client = await voting(house)

    answer = await client.post(
        "/api/vote", content=body, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 422
    assert not votes(house)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "json"])
async def test_json_has_to_be_called_json(house: House, kind: str) -> None:
    client = await voting(house)

    answer = await client.post("/api/vote", content=GOOD, headers={"Content-Type": kind})

    assert answer.status_code == 422


# Votes at the wrong time.


async def refused(house: House, client: httpx.AsyncClient, **vote: object) -> None:
    before = len(house.store.events(house.live.id))

    answer = await client.post("/api/vote", json={**VOTE, **vote})

    assert answer.status_code == 409, answer.text
    assert answer.json()["error"].endswith(".")
    assert len(house.store.events(house.live.id)) == before


async def test_a_vote_before_the_opening_is_refused(house: House) -> None:
    client = await house.terminal()
    await refused(house, client)
    await house.moves(Move.START)
    await refused(house, client)


@pytest.mark.parametrize(
    "moves",
    [
        (Move.CLOSE,),
        (Move.CLOSE, Move.DISCUSS),
        (Move.CLOSE, Move.REVEAL),
        (Move.PAUSE,),
        (Move.SKIP,),
        (Move.END,),
    ],
    ids=lambda moves: moves[-1].value,
)
async def test_a_vote_after_the_close_is_refused(house: House, moves: tuple[Move, ...]) -> None:
    client = await voting(house)
    await house.moves(*moves)

    await refused(house, client)


async def test_a_vote_for_another_question_or_round_is_refused(house: House) -> None:
    client = await voting(house)
    await house.moves(Move.CLOSE, Move.REVEAL, Move.NEXT, Move.OPEN)

    await refused(house, client, question=DECK[0])
    await refused(house, client, question=DECK[2])
    await refused(house, client, question="no-such-question")
    await refused(house, client, question=DECK[1], round=2)


async def test_a_replayed_vote_of_the_first_round_does_not_count_in_the_second(
    house: House,
) -> None:
    client = await voting(house)
    await client.post("/api/vote", json=VOTE)
    await house.moves(Move.CLOSE, Move.DISCUSS, Move.OPEN)

    await refused(house, client)
    assert not votes(house, 2)


async def test_nobody_joins_a_room_that_is_over(house: House) -> None:
    await house.moves(Move.END)
    client = await house.browser()

    answer = await client.post("/api/join", json={"code": CODE})

    assert answer.status_code == 409
    assert answer.json() == {"error": "This room has ended."}


# Tokens.


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer 1",
        "Bearer " + "x" * 1000,
        "Basic YTpi",
        "Bearer \xff",
    ],
)
@pytest.mark.parametrize(
    "path", ["/api/state", "/api/events", "/api/vote", "/api/result", "/api/personal-code"]
)
async def test_without_a_token_of_this_room_nothing_is_answered(
    house: House, path: str, header: str | None
) -> None:
    await voting(house)
    client = await house.browser()
    headers = [] if header is None else [(b"Authorization", header.encode("latin-1"))]

    method = "POST" if path in ("/api/vote", "/api/personal-code") else "GET"
    answer = await client.request(
        method, path, json=VOTE if method == "POST" else None, headers=headers
    )

    assert answer.status_code == 401
    assert answer.json() == {"error": "Please join the room first."}
    assert not votes(house)


async def test_a_participants_number_is_no_token(house: House) -> None:
    client = await voting(house)
    client.headers["Authorization"] = "Bearer 1"

    assert (await client.get("/api/state")).status_code == 401


async def test_with_someone_elses_token_one_is_that_someone_and_nobody_else(house: House) -> None:
    client, other = await voting(house), await house.terminal()
    token = client.headers["Authorization"]

    await other.post("/api/vote", json=VOTE, headers={"Authorization": token})
    forged = await other.post("/api/vote", json={**VOTE, "participant": 1})
    both = [("Authorization", token), ("Authorization", other.headers["Authorization"])]
    del other.headers["Authorization"]
    await other.post("/api/vote", json=VOTE, headers=both)

    assert forged.status_code == 422
    assert votes(house) == {1: Vote(Verdict.NEUTRAL)}


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
async def test_no_vote_is_cast_but_by_post(house: House, method: str) -> None:
    client, browser = await voting(house), await house.joined()

    by_json = await client.request(method, "/api/vote", json=VOTE)
    by_page = await browser.request(method, "/suara", params=VOTE)

    assert by_json.status_code == 405
    assert by_page.status_code == (303 if method in ("GET", "HEAD") else 405)
    assert not votes(house)


async def test_a_cookie_is_no_token_and_a_token_no_cookie(house: House) -> None:
    browser, terminal = await house.joined(), await house.terminal()
    token = terminal.headers.pop("Authorization").removeprefix("Bearer ")

    assert (await browser.get("/api/state")).status_code == 401
    assert (await terminal.get("/sesi")).headers["location"] == "/"
    # The same participant may move from one to the other, though.
    terminal.cookies.set("netral", token)
    assert (await terminal.get("/sesi")).status_code == 200


async def test_after_a_reconnect_the_old_token_and_the_new_one_are_one_participant(
    house: House,
) -> None:
    old = await voting(house)
    ticket = await house.live.come_back(await house.live.personal_code(1))
    assert ticket
    new = await house.browser(Authorization=f"Bearer {ticket.token}")

    await old.post("/api/vote", json=VOTE)
    await new.post("/api/vote", json={**VOTE, "verdict": "not-neutral"})

    assert votes(house) == {1: Vote(Verdict.NOT_NEUTRAL)}


async def test_whoever_moves_too_fast_is_slowed_down(house: House) -> None:
    client = await voting(house)
    other = await house.terminal()

    answers = [(await client.post("/api/vote", json=VOTE)).status_code for _turn in range(30)]

    assert answers[:10] == [200] * 10
    assert answers[-1] == 429
    assert (await other.post("/api/vote", json=VOTE)).status_code == 200


async def test_a_wrong_code_is_refused_and_many_are_not_looked_at(house: House) -> None:
    client = await house.browser()
    begun = time.monotonic()

    found = [
        (
            await client.post(
                "/api/join",
                json={"code": f"ABC{n:03}"},
                # Whoever calls himself another address is still the same.
                headers={"X-Forwarded-For": f"10.0.0.{n}"},
            )
        ).status_code
        for n in range(80)
    ]

    assert found[:60] == [404] * 60
    assert 429 in found[60:]
    assert found.count(404) <= 60 + (time.monotonic() - begun) + 1
    assert not house.live.room.participants


@pytest.mark.parametrize(
    "code", ["", "K7M2Q", "K7M2Q55", "ＫＡＰＡＬ", "💥", "'; DROP TABLE room;"]
)
async def test_what_can_be_no_code_is_a_wrong_one(house: House, code: str) -> None:
    client = await house.browser()

    assert (await client.post("/api/join", json={"code": code})).status_code == 404


# What leaves the room, and when.


async def test_nothing_is_known_of_the_verdict_before_the_reveal(house: House) -> None:
    client, browser = await house.terminal(), await house.joined()
    secrets = ("atribut", "is a party mark", "Wear the uniform", "Aturan", "Koran", "Kabar Kantor")
    phases = [(Move.START,), (Move.OPEN,), (Move.CLOSE,), (Move.DISCUSS,), (Move.OPEN,)]

    for moves in [*phases, (Move.CLOSE,)]:
        await house.moves(*moves)
        if house.live.room.voting:
            round = house.live.room.round
            await client.post("/api/vote", json={**VOTE, "round": round})
        for answer in (
            await client.get("/api/state"),
            await browser.get("/sesi"),
            await browser.get("/sesi/isi"),
            await browser.get("/hasil", follow_redirects=True),
            await browser.get("/layar", params={"k": house.live.secret}),
        ):
            assert answer.status_code == 200
            found = [secret for secret in secrets if secret in answer.text]
            assert not found, (answer.url, answer.text)
            assert "%)" not in answer.text
            assert '"right": true' not in answer.text
    await house.moves(Move.REVEAL)
    assert "is a party mark" in (await client.get("/api/state")).text
    assert "is a party mark" in (await browser.get("/sesi")).text


async def test_a_stream_begins_with_what_is_and_goes_on_with_what_becomes(house: House) -> None:
    client = await house.terminal()

    async with following(client, "/api/events") as next_event:
        first = await next_event()
        await house.moves(Move.START)
        second = await next_event()

    assert (first.id, json.loads(first.data)["view"]["phase"]) == ("0", "lobby")
    assert (second.id, json.loads(second.data)["view"]["phase"]) == ("1", "reading")


async def test_a_vote_is_news_to_nobody(house: House) -> None:
    client, other = await voting(house), await house.terminal()

    async with following(client, "/api/events") as next_event:
        await next_event()
        await other.post("/api/vote", json=VOTE)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(next_event(), 0.3)


async def test_a_vote_that_is_not_on_disk_is_not_shown(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await voting(house)
    held: list[Future[None]] = []

    def write(*_arguments: object) -> "Future[None]":
        held.append(Future())
        return held[0]

    monkeypatch.setattr(house.store, "write", write)
    sending = asyncio.ensure_future(client.post("/api/vote", json=VOTE))
    async with asyncio.timeout(3):
        while not held:
            await asyncio.sleep(0.001)
    other = await house.browser(**dict(client.headers))

    meanwhile = (await other.get("/api/state")).json()
    assert meanwhile["own"]["vote"] is None
    assert not sending.done()
    held[0].set_result(None)
    assert (await sending).json()["own"]["vote"]
    assert (await other.get("/api/state")).json()["own"]["vote"]


async def test_a_move_that_is_not_on_disk_is_not_shown(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await voting(house)
    await client.post("/api/vote", json=VOTE)
    await house.moves(Move.CLOSE)
    held: Future[None] = Future()
    monkeypatch.setattr(house.store, "write", lambda *_arguments: held)
    moving = asyncio.ensure_future(house.live.move(Move.REVEAL))
    await asyncio.sleep(0)

    asking = asyncio.ensure_future(client.get("/api/state"))
    await asyncio.sleep(0.1)

    assert not asking.done()
    held.set_result(None)
    await moving
    state = (await asking).json()
    assert state["view"]["phase"] == "revealed"
    assert state["own"]["right"] is False


# Coming back, and going home.


async def test_a_personal_code_is_handed_out_and_brings_the_same_participant_back(
    house: House,
) -> None:
    client, other = await voting(house), await house.browser()
    code = (await client.post("/api/personal-code")).json()["code"]

    answer = await other.post("/api/return", json={"code": f"{code[:4]} {code[4:].lower()}"})

    assert answer.status_code == 200
    assert answer.json()["participant"] == {"id": 1, "name": "Cengkih 1", "team": None}
    assert "set-cookie" not in answer.headers
    other.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    await other.post("/api/vote", json=VOTE)
    assert votes(house) == {1: Vote(Verdict.NEUTRAL)}


async def test_a_personal_code_opens_the_page_of_a_phone_too(house: House) -> None:
    client, phone = await house.terminal(), await house.browser()
    code = (await client.post("/api/personal-code")).json()["code"]

    assert (await phone.post("/kembali", data={"code": code})).status_code == 303
    assert "Cengkih 1" in (await phone.get("/sesi")).text


@pytest.mark.parametrize("wrong", [{}, {"code": 1}, {"code": None}, {"code": "A", "name": "x"}, []])
async def test_a_return_of_the_wrong_shape_is_refused(house: House, wrong: object) -> None:
    client = await house.browser()

    assert (await client.post("/api/return", json=wrong)).status_code == 422


async def test_wrong_personal_codes_and_wrong_codes_are_counted_together(house: House) -> None:
    client = await house.browser()
    begun = time.monotonic()
    found = [
        (await client.post("/api/return", json={"code": f"AAAA0{n:03}"})).status_code
        for n in range(80)
    ]

    assert found[:60] == [404] * 60
    assert 429 in found[60:]
    assert found.count(404) <= 60 + (time.monotonic() - begun) + 1


async def test_codes_are_handed_out_no_faster_than_votes_are_taken(house: House) -> None:
    client = await voting(house)

    answers = [(await client.post("/api/personal-code")).status_code for _turn in range(30)]

    assert answers[:10] == [200] * 10
    assert answers[-1] == 429
    assert (await client.post("/api/vote", json=VOTE)).status_code == 429


async def test_the_result_is_there_at_the_end_and_not_before(house: House) -> None:
    client = await voting(house)
    await client.post("/api/vote", json=VOTE)
    await house.moves(Move.CLOSE, Move.REVEAL)
    early = await client.get("/api/result")
    await house.moves(Move.NEXT, Move.OPEN, Move.CLOSE, Move.REVEAL, Move.END)

    found = (await client.get("/api/result")).json()

    assert early.status_code == 409
    assert early.json() == {"error": "The result is there once the session is over."}
    assert found["own"]["score"] == {"right": 0, "answered": 1, "asked": 2}
    taken = [(item["question"]["id"], item["answered"]) for item in found["taken_home"]]
    assert taken == [(DECK[0], True), (DECK[1], False)]
    assert "is a party mark" in found["taken_home"][0]["reveal"]["explanation"]


async def test_the_result_of_one_is_not_that_of_another(house: House) -> None:
    client, other = await voting(house), await house.terminal()
    await client.post("/api/vote", json={**VOTE, "verdict": "not-neutral"})
    await house.moves(Move.CLOSE, Move.REVEAL, Move.END)

    assert (await client.get("/api/result")).json()["taken_home"] == []
    assert len((await other.get("/api/result")).json()["taken_home"]) == 1
