"""Participants with a browser, with script and without."""

import asyncio
import sqlite3
import threading
from contextlib import closing, suppress
from typing import Any

import httpx
import pytest

from quiz import room_database
from quiz.errors import StoreFull
from quiz.models import Confidence, Verdict
from quiz.phases import Move
from quiz.room import Voted
from quiz.votes import Vote
from tests.web.conftest import CODE, DECK, House, Opened, fields, following

NEUTRAL = {"question": DECK[0], "round": "1", "verdict": "neutral"}
RECORDED = "Your vote is recorded. You can still change it."
BY_SCRIPT = {"X-By": "script"}


async def voting(house: House) -> httpx.AsyncClient:
    browser = await house.joined()
    await house.moves(Move.START, Move.OPEN)
    return browser


async def content(browser: httpx.AsyncClient) -> str:
    answer = await browser.get("/sesi/isi")
    assert answer.status_code == 200
    return answer.text


def votes(house: House, round: int = 1) -> dict[int, Vote]:
    return house.live.room.ballot(DECK[0], round).votes


async def test_the_link_of_the_qr_code_brings_the_code(house: House) -> None:
    browser = await house.browser()

    page = (await browser.get(f"/g/{CODE}")).text
    answer = await browser.post("/gabung", data=fields(page))

    assert (answer.status_code, answer.headers["location"]) == (303, "/sesi")
    assert "You are Cengkih 1" in (await browser.get("/sesi")).text


async def test_a_code_may_be_typed_as_one_likes(house: House) -> None:
    browser = await house.browser()

    assert (await browser.post("/gabung", data={"code": " k7m-2q5 "})).status_code == 303


async def test_the_cookie_is_for_this_site_alone_and_for_no_script(house: House) -> None:
    browser = await house.browser()

    cookie = (await browser.post("/gabung", data={"code": CODE})).headers["set-cookie"]

    assert {part.strip().lower() for part in cookie.split(";")[1:]} == {
        "httponly",
        "max-age=86400",
        "path=/",
        "samesite=strict",
    }
    assert len(cookie.split(";")[0]) >= len("netral=") + 22


async def test_a_wrong_code_is_said_beside_its_field(house: House) -> None:
    browser = await house.browser()

    answer = await browser.post("/gabung", data={"code": "ABC 123"})

    assert answer.status_code == 404
    assert "This code is not right." in answer.text
    assert 'value="ABC 123"' in answer.text
    assert "set-cookie" not in answer.headers


async def test_whoever_joins_twice_stays_one_participant(house: House) -> None:
    browser = await house.joined()

    again = await browser.post("/gabung", data={"code": CODE})
    scanned = await browser.get(f"/g/{CODE}")

    assert {again.headers["location"], scanned.headers["location"]} == {"/sesi"}
    assert len(house.live.room.participants) == 1


async def test_a_name_is_asked_for_only_where_the_room_allows_it(open_house: Opened) -> None:
    house = await open_house(setup={"names": True})
    browser = await house.browser()

    page = (await browser.get("/")).text
    await browser.post("/gabung", data={"code": CODE, "name": "Bu Ani"})

    assert 'name="name"' in page
    assert "The facilitator may file it with your answers." in page
    assert "You are Bu Ani" in (await browser.get("/sesi")).text


async def test_where_names_are_not_allowed_none_is_kept(house: House) -> None:
    assert 'name="name"' not in (await (await house.browser()).get("/")).text

    await house.joined(name="Bu Ani")

    assert house.live.room.participants[1].name == "Cengkih 1"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script"),
        ('"><img src=x onerror=x>', "&quot;&gt;&lt;img src=x onerror=x&gt;"),
        ("[bold]Ani[/bold]", "[bold]Ani[/bold]"),
        ("=cmd|' /C calc'!A0", "=cmd|&#x27; /C calc&#x27;!A0"),
        ("A\u202en\u200bi", "Ani"),
        ("\x1b[31mAni\x07", "[31mAni"),
        ("\u200b\u200d", "Cengkih 1"),
        ("   ", "Cengkih 1"),
        ("", "Cengkih 1"),
        ("Z" + "\u0323" * 300, "\u1e92\u0323\u0323\u0323"),
        ("x" * 300, "x" * 24),
    ],
)
async def test_a_name_is_cleaned_and_never_markup(
    open_house: Opened, given: str, shown: str
) -> None:
    house = await open_house(setup={"names": True})

    browser = await house.joined(name=given)

    header = (await browser.get("/sesi")).text.split("<header>")[1].split("</header>")[0]
    assert header == f"<p><b>Netral</b> · You are {shown}</p>"


async def test_a_name_of_a_hundred_thousand_letters_is_not_read(open_house: Opened) -> None:
    house = await open_house(setup={"names": True})
    browser = await house.browser()

    answer = await browser.post("/gabung", data={"code": CODE, "name": "x" * 100_000})

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body",
    [b"code=%ff%fe", b"code=a&code=b", b"code=x&other=y", b"code", b"\xff", b"code=%00", b"&" * 50],
)
async def test_a_form_that_is_none_is_refused(house: House, body: bytes) -> None:
    browser = await house.browser()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}

    assert (await browser.post("/gabung", content=body, headers=headers)).status_code == 422


async def test_a_form_of_another_kind_is_refused(house: House) -> None:
    browser = await house.browser()

    assert (await browser.post("/gabung", json={"code": CODE})).status_code == 422
    assert (await browser.post("/gabung", files={"code": b"x"})).status_code == 422


async def test_whoever_is_not_in_is_led_to_the_way_in(house: House) -> None:
    browser = await house.browser(Cookie="netral=unknown")

    assert (await browser.get("/sesi")).headers["location"] == "/"
    for page in ("/sesi/isi", "/sesi/kabar", "/hasil"):
        assert (await browser.get(page)).status_code == 401
    assert (await browser.post("/suara", data=NEUTRAL)).status_code == 401
    assert (await browser.post("/pindah")).status_code == 401


async def test_the_act_can_be_judged_only_while_the_vote_is_open(house: House) -> None:
    browser = await house.joined()
    seen = []

    for moves in [(), (Move.START,), (Move.OPEN,), (Move.PAUSE,), (Move.GO_ON, Move.CLOSE)]:
        await house.moves(*moves)
        seen.append('action="/suara"' in await content(browser))

    assert seen == [False, False, True, False, False]
    assert "The vote is closed." in await content(browser)


async def test_without_script_a_vote_leads_back_to_the_page(house: House) -> None:
    browser = await voting(house)
    page = (await browser.get("/sesi")).text

    answer = await browser.post("/suara", data={**fields(page), "verdict": "neutral"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/sesi")
    assert RECORDED in await content(browser)
    assert votes(house) == {1: Vote(Verdict.NEUTRAL)}


async def test_the_page_without_script_looks_again_until_all_is_done(house: House) -> None:
    browser = await house.joined()
    refresh = '<noscript><meta http-equiv="refresh" content="5"></noscript>'

    assert refresh in (await browser.get("/sesi")).text
    assert house.live.present == {1}
    await house.moves(Move.END)
    assert refresh not in (await browser.get("/sesi")).text


async def test_the_script_is_answered_with_what_changes(house: House) -> None:
    browser = await voting(house)

    answer = await browser.post("/suara", data=NEUTRAL, headers=BY_SCRIPT)

    assert answer.status_code == 200
    assert answer.text.startswith("<article ")
    assert RECORDED in answer.text
    assert 'value="neutral" class="neutral" aria-pressed="true"' in answer.text


async def test_a_vote_can_be_changed_until_the_close(house: House) -> None:
    browser = await voting(house)

    await browser.post("/suara", data=NEUTRAL)
    await browser.post("/suara", data={**NEUTRAL, "verdict": "not-neutral"})

    assert votes(house) == {1: Vote(Verdict.NOT_NEUTRAL)}


async def test_how_sure_one_is_is_asked_after_the_verdict_where_the_room_asks(
    open_house: Opened,
) -> None:
    house = await open_house(setup={"confidence": True})
    browser = await voting(house)
    before = await content(browser)

    await browser.post("/suara", data=NEUTRAL)
    page = await content(browser)
    await browser.post("/suara", data={**fields(page), "confidence": "sure"})

    assert "How sure are you?" not in before
    assert "How sure are you?" in page
    assert votes(house) == {1: Vote(Verdict.NEUTRAL, Confidence.SURE)}


async def test_a_late_vote_is_told_so_with_the_page_as_it_is_now(house: House) -> None:
    browser = await voting(house)
    await house.moves(Move.CLOSE)

    by_form = await browser.post("/suara", data=NEUTRAL)
    by_script = await browser.post("/suara", data=NEUTRAL, headers=BY_SCRIPT)

    assert (by_form.status_code, by_script.status_code) == (409, 409)
    assert by_script.text.startswith("<article ")
    for answer in (by_form, by_script):
        assert "This vote is not open." in answer.text
        assert "The vote is closed." in answer.text
    assert not votes(house)


@pytest.mark.parametrize("path", ["/gabung", "/suara", "/pindah"])
async def test_the_answer_to_a_form_that_is_loaded_again_leads_to_the_session(
    house: House, path: str
) -> None:
    inside, outside = await voting(house), await house.browser()

    answer, other = await inside.get(path), await outside.get(path, follow_redirects=True)

    assert (answer.status_code, answer.headers["location"]) == (303, "/sesi")
    assert (other.status_code, other.url.path) == (200, "/")
    assert not votes(house)


async def test_while_the_room_is_paused_a_vote_is_not_said_to_be_changeable(house: House) -> None:
    browser = await voting(house)
    await browser.post("/suara", data=NEUTRAL)
    await house.moves(Move.PAUSE)

    page = await content(browser)

    assert "Your vote:" in page
    assert "You can still change it." not in page


@pytest.mark.parametrize("round", ["0", "3", "01", "1.0", "", "one", "-1"])
async def test_there_are_two_rounds(house: House, round: str) -> None:
    browser = await voting(house)

    assert (await browser.post("/suara", data={**NEUTRAL, "round": round})).status_code == 422


async def test_the_reveal_says_whether_one_was_right_and_why(house: House) -> None:
    right, wrong, silent = await voting(house), await house.joined(), await house.joined()
    await right.post("/suara", data={**NEUTRAL, "verdict": "not-neutral"})
    await wrong.post("/suara", data=NEUTRAL)
    await house.moves(Move.CLOSE, Move.REVEAL)

    pages = [await content(browser) for browser in (right, wrong, silent)]

    assert "Right: not neutral." in pages[0]
    assert "Not quite: this is not neutral." in pages[1]
    assert "This is not neutral." in pages[2]
    order = ["The shirt is a party mark.", "Ia tidak memakai atribut", "Wear the uniform.", "Pasal"]
    for page in pages:
        assert sorted(order, key=page.index) == order
        assert "1 (50%)" in page
    assert "Your result so far: 1 of 1 right" in pages[0]


async def test_the_second_round_replaces_the_first_and_both_are_shown(house: House) -> None:
    browser = await voting(house)
    await browser.post("/suara", data=NEUTRAL)
    await house.moves(Move.CLOSE, Move.DISCUSS)
    assert "Talk to a neighbour" in await content(browser)
    await house.moves(Move.OPEN)
    assert RECORDED not in await content(browser)

    await browser.post("/suara", data={**NEUTRAL, "round": "2", "verdict": "not-neutral"})
    await house.moves(Move.CLOSE, Move.REVEAL)

    page = await content(browser)
    assert "Right: not neutral." in page
    assert "Round 1" in page
    assert "Round 2" in page


async def test_the_room_may_look_back_at_the_last_result(house: House) -> None:
    browser = await voting(house)
    await house.moves(Move.CLOSE, Move.REVEAL, Move.NEXT, Move.LOOK_BACK)

    page = await content(browser)

    assert "an earlier result" in page
    assert "The shirt is a party mark." in page


async def test_at_the_end_there_is_ones_own_result_and_what_to_take_home(house: House) -> None:
    browser = await voting(house)
    early = await browser.get("/hasil")
    await browser.post("/suara", data=NEUTRAL)
    await house.moves(Move.CLOSE, Move.REVEAL, Move.NEXT, Move.OPEN)
    await browser.post("/suara", data={**NEUTRAL, "question": DECK[1]})
    await house.moves(Move.CLOSE, Move.REVEAL, Move.END)

    page, alone = await browser.get("/hasil"), await browser.get("/hasil", headers=BY_SCRIPT)

    assert early.headers["location"] == "/sesi"
    assert "1 of 2 right" in await content(browser)
    assert "1 of 2 right" in page.text
    assert "Wayan wears a party shirt." in page.text
    assert "The shirt is a party mark." in page.text
    assert page.text.count('class="home"') == 1
    assert alone.text.startswith("<article>")


async def test_whoever_was_right_throughout_has_nothing_to_take_home(house: House) -> None:
    browser = await voting(house)
    await browser.post("/suara", data={**NEUTRAL, "verdict": "not-neutral"})
    await house.moves(Move.CLOSE, Move.REVEAL, Move.END)

    assert "nothing left to take home" in (await browser.get("/hasil")).text


async def test_a_personal_code_brings_the_same_participant_to_another_phone(house: House) -> None:
    old, new = await voting(house), await house.browser()
    await old.post("/suara", data=NEUTRAL)
    code = (await old.post("/pindah")).text.split('<p class="code">')[1].split("</p>")[0]

    answer = await new.post("/kembali", data={"code": code.lower()})

    assert (answer.status_code, answer.headers["location"]) == (303, "/sesi")
    assert RECORDED in await content(new)
    assert RECORDED in await content(old)
    assert len(house.live.room.participants) == 1


async def test_a_wrong_personal_code_leads_nowhere(house: House) -> None:
    await house.joined()
    browser = await house.browser()

    for code in ("K7M2Q5AA", CODE, "", "x"):
        answer = await browser.post("/kembali", data={"code": code})
        assert answer.status_code == 404
        assert "This code is not right." in answer.text
        assert "set-cookie" not in answer.headers


async def test_personal_codes_cannot_be_tried_out_either(house: House) -> None:
    code = await house.live.personal_code((await house.live.join()).participant.id)
    browser = await house.browser()

    found = [
        (await browser.post("/kembali", data={"code": f"ABCD{n:04}"})).status_code
        for n in range(80)
    ]

    assert set(found[:60]) == {404}
    assert 429 in found[60:]
    refused = await browser.post("/kembali", data={"code": code})
    assert refused.status_code == 429
    assert "Too many wrong codes." in refused.text


async def test_two_windows_of_one_person_are_one_vote(house: House) -> None:
    one = await voting(house)
    other = await house.browser(Cookie=f"netral={one.cookies['netral']}")

    await asyncio.gather(
        one.post("/suara", data=NEUTRAL),
        other.post("/suara", data={**NEUTRAL, "verdict": "not-neutral"}),
    )

    assert len(votes(house)) == 1


async def test_the_stream_brings_what_changes_and_says_who_is_here(house: House) -> None:
    browser = await house.joined()

    async with following(browser, "/sesi/kabar") as next_event:
        first = await next_event()
        assert house.live.present == {1}
        await house.moves(Move.START)
        second = await next_event()

    assert first.data.startswith('<article data-version="0"')
    assert "Wayan wears a party shirt." in second.data
    assert (first.id, second.id) == ("0", "1")


async def test_nobody_opens_windows_without_end(house: House) -> None:
    browser = await house.joined()
    streams = [following(browser, "/sesi/kabar") for _window in range(8)]
    for stream in streams:
        await (await stream.__aenter__())()

    refused = await browser.get("/sesi/kabar")

    assert refused.status_code == 429
    assert "too many windows" in refused.text
    for stream in streams:
        await stream.__aexit__(None, None, None)


async def test_thousands_need_a_handful_of_fragments(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    browsers = [await house.joined() for _person in range(12)]
    await house.moves(Move.START, Move.OPEN)
    made = []
    from quiz.web import phone

    fragment = phone.fragment
    monkeypatch.setattr(phone, "fragment", lambda *given: made.append(given) or fragment(*given))

    for number, browser in enumerate(browsers):
        await browser.post("/suara", data={**NEUTRAL, "verdict": "neutral"}, headers=BY_SCRIPT)
        if number % 2:
            await content(browser)

    assert len(made) == 1


async def test_a_page_with_style_and_script_weighs_less_than_15_kb(house: House) -> None:
    browser = await voting(house)
    await house.moves(Move.CLOSE, Move.REVEAL)
    page = (await browser.get("/sesi")).text
    links = {part.split('"')[0] for part in page.split('"/static/')[1:]}

    weight = len(page.encode())
    for link in links:
        weight += len((await browser.get(f"/static/{link}")).content)

    assert weight < 15_000


# What a phone sees when the disk does not do as it should.

NOT_SAVED = "This could not be saved. Please try again in a moment."


async def refused(browser: httpx.AsyncClient) -> None:
    """A vote that could not be kept is not called recorded, on any way."""
    by_script = await browser.post("/suara", data=NEUTRAL, headers=BY_SCRIPT)
    by_form = await browser.post("/suara", data=NEUTRAL)
    for answer in (by_script, by_form):
        assert answer.status_code == 503
        assert NOT_SAVED in answer.text
        assert RECORDED not in answer.text
        assert "rooms.db" not in answer.text
    assert RECORDED not in await content(browser)


async def test_while_another_program_holds_the_database_a_phone_is_told_and_votes_again_later(
    open_house: Opened,
) -> None:
    house = await open_house(wait=0.05)
    browser, earlier = await voting(house), await house.joined()
    await earlier.post("/suara", data=NEUTRAL)

    with closing(sqlite3.connect(house.store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await refused(browser)
        newcomer = await house.browser()
        joining = await newcomer.post("/gabung", data={"code": CODE})
        assert joining.status_code == 503
        assert NOT_SAVED in joining.text

    assert votes(house) == {2: Vote(Verdict.NEUTRAL)}
    await browser.post("/suara", data=NEUTRAL)
    assert RECORDED in await content(browser)
    assert (await newcomer.post("/gabung", data={"code": CODE})).status_code == 303
    assert kept(house) == {1, 2}


async def test_while_the_disk_is_full_a_phone_is_told_and_votes_again_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit, full = room_database._commit, threading.Event()

    def cramped(connection: sqlite3.Connection, *others: Any) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        most = pages if full.is_set() else 10**9
        connection.execute(f"PRAGMA max_page_count = {most}")
        commit(connection, *others)

    monkeypatch.setattr(room_database, "_commit", cramped)
    crowd = [await house.live.join() for _person in range(200)]
    browser = await voting(house)
    full.set()
    acknowledged = set()
    with suppress(StoreFull):
        for ticket in crowd:
            await house.live.vote(ticket.participant.id, DECK[0], 1, Vote(Verdict.NEUTRAL))
            acknowledged.add(ticket.participant.id)

    assert len(acknowledged) < 200
    await refused(browser)

    assert kept(house) == set(votes(house)) == acknowledged
    full.clear()
    await browser.post("/suara", data=NEUTRAL)
    assert RECORDED in await content(browser)
    assert kept(house) == {*acknowledged, 201}


def kept(house: House) -> set[int]:
    """Whose votes are on disk."""
    return {e.participant for e in house.store.events(house.live.id) if isinstance(e, Voted)}
