"""Who may ask, and what every answer carries."""

import asyncio
import socket

import pytest

from quiz import i18n
from quiz.web.limits import Rate
from tests.web.conftest import SECRET, House, Opened, raw, request, status

CLOSE = "Connection: close"
PAGES = ("/", "/g/K7M2Q5", "/kembali", f"/layar?k={SECRET}", "/layar", "/nothing", "/ping", "/sesi")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000", socket.gethostname()],
)
async def test_the_machine_is_asked_for_by_its_own_names(house: House, host: str) -> None:
    assert status(await raw(house.port, request("GET /ping", f"Host: {host}", CLOSE))) == 200


async def test_an_address_that_sends_too_much_is_told_so_and_may_go_on_reading(
    open_house: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quiz.web.gate.MOVES", Rate(3, 0))
    house = await open_house()
    form = ("Host: 127.0.0.1", "Content-Length: 0", CLOSE)

    answers = [await raw(house.port, request("POST /gabung", *form)) for _turn in range(4)]

    assert [status(answer) for answer in answers].index(429) == 3
    assert b"too fast" in answers[3] or b"terlalu cepat" in answers[3].lower()
    assert status(await raw(house.port, request("GET /ping", "Host: 127.0.0.1", CLOSE))) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "evil.example@127.0.0.1",
        "127.0.0.1:x",
        "127.0.0.1/x",
        "10.0.0.5",
        "[::1",
        "",
        "\xff",
    ],
)
async def test_another_name_is_refused(house: House, host: str) -> None:
    answer = await raw(house.port, request("GET /ping", f"Host: {host}", CLOSE))

    assert status(answer) == 421
    assert b"use the address on the screen" in answer


@pytest.mark.parametrize("hosts", [(), ("Host: 127.0.0.1", "Host: evil.example")])
async def test_one_name_is_asked_for(house: House, hosts: tuple[str, ...]) -> None:
    assert status(await raw(house.port, request("GET /ping", *hosts, CLOSE))) == 400


async def test_an_address_given_out_later_is_known_from_then_on(house: House) -> None:
    house.server.give_out("aula.local")

    answer = await raw(house.port, request("GET /ping", "Host: aula.local", CLOSE))

    assert status(answer) == 200
    assert house.server.address == f"http://aula.local:{house.port}"


async def test_further_names_are_known(open_house: Opened) -> None:
    house = await open_house(server={"names": ["latihan.example"]})

    answer = await raw(house.port, request("GET /ping", "Host: latihan.example", CLOSE))

    assert status(answer) == 200


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://127.0.0.1", "https://{host}", "http://{host}.evil", ""],
)
async def test_a_form_of_another_site_is_refused(house: House, origin: str) -> None:
    browser = await house.browser(Origin=origin.format(host=f"127.0.0.1:{house.port}"))

    answer = await browser.post("/gabung", data={"code": house.live.code})

    assert answer.status_code == 403
    assert not house.live.room.participants


async def test_a_form_of_this_site_is_taken(house: House) -> None:
    browser = await house.browser(Origin=house.url)

    answer = await browser.post("/gabung", data={"code": house.live.code})

    assert answer.status_code == 303


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "FOO"])
async def test_every_answer_carries_what_protects_a_page(house: House, method: str) -> None:
    browser = await house.browser()

    for page in PAGES:
        answer = await browser.request(method, page)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert "server" not in answer.headers


async def test_only_style_and_script_are_kept_by_a_browser(house: House) -> None:
    browser = await house.browser()
    page = (await browser.get(f"/layar?k={SECRET}")).text
    links = [part.split('"')[0] for part in page.split('"/static/')[1:]]

    assert len(links) == 3
    for link in links:
        answer = await browser.get(f"/static/{link}")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    for link in ("phone.css", "../server.py", "..%2fserver.py", "%2e%2e/server.py", ""):
        assert (await browser.get(f"/static/{link}")).status_code == 404


async def test_no_page_holds_a_script_or_style_of_its_own(house: House) -> None:
    browser = await house.joined()

    for page in PAGES:
        text = (await browser.get(page, follow_redirects=True)).text
        assert "style=" not in text
        assert "<style" not in text
        assert "javascript:" not in text
        assert " on" + "click" not in text
        assert "http://" not in text.replace(house.url, "")
        assert "https://" not in text


async def test_the_room_is_spoken_to_in_its_own_language(open_house: Opened) -> None:
    house = await open_house(setup={"language": "id"})
    browser = await house.browser()

    page, refusal = await browser.get("/"), await browser.post("/api/join", json={"code": "x"})

    assert i18n.language() == "en"
    assert '<html lang="id">' in page.text
    assert "Menilai bersama" in page.text
    assert refusal.json()["error"].startswith("Kode ini tidak cocok")


async def test_what_goes_wrong_in_a_page_is_reported_and_not_shown(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, said: reported.append(said))

    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError("a secret detail")

    monkeypatch.setattr("quiz.web.pages.return_form", broken)
    answer = await (await house.browser()).get("/kembali")

    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Something went wrong here" in answer.text
    assert [type(said["exception"]) for said in reported] == [ZeroDivisionError]
