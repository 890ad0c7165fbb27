"""`netral host`: rooms, ports, addresses; the server is real and the terminal simulated."""

import json
import shutil
import socket
import urllib.request
from asyncio import to_thread
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from quiz import paths
from quiz.commands import doorway
from quiz.phases import Phase
from quiz.room import Move, Room
from quiz.room_database import SqliteRooms, held
from quiz.room_store import RoomRecord
from quiz.tui import leading
from quiz.tui.hosting import HostApp
from quiz.web.sockets import LOOPBACK, PortTaken, bind

from ..commandline import DECK, SMALL, TRAINING, Done, Netral, databases
from ..tui.conftest import press, seen, until
from ..tui.halls import host, lead

Script = Callable[[Pilot[Any]], Awaitable[None]]
CASE = "kaus-partai"


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    """A free port, which is also the usual one."""
    (found,) = bind(0, LOOPBACK)
    with closing(found):
        number: int = found.getsockname()[1]
    monkeypatch.setattr(doorway, "PORT", number)
    return number


@pytest.fixture
def at_screen(
    netral: Netral, port: int, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[Done, HostApp]]:
    """Run `netral host` where there is a screen, with a script for who sits at it."""
    del port
    monkeypatch.setattr("quiz.commands.host.has_screen", lambda: True)
    monkeypatch.setattr(leading, "REST", 0)
    monkeypatch.setattr(doorway, "addresses", lambda: [LOOPBACK, "127.0.0.2"])

    def run(script: Script, *arguments: object, **others: Any) -> tuple[Done, HostApp]:
        apps: list[HostApp] = []

        async def run_async(app: HostApp) -> None:
            apps.append(app)
            async with app.run_test(size=(140, 40), notifications=True) as pilot:
                await script(pilot)

        monkeypatch.setattr(HostApp, "run_async", run_async)
        bank = () if "--bank" in arguments else ("--bank", SMALL)
        done = netral("host", *arguments, *bank, **others)
        assert apps, done.err
        return done, apps[0]

    return run


AtScreen = Callable[..., tuple[Done, HostApp]]


async def nothing(_pilot: Pilot[Any]) -> None:
    """Somebody who only looks."""


async def end(pilot: Pilot[Any]) -> None:
    """Somebody who ends the session at once."""
    await lead(pilot, "e", "y")


def rooms() -> list[RoomRecord]:
    with closing(SqliteRooms(paths.rooms_database())) as store:
        return store.rooms()


def room_of(record: RoomRecord) -> Room:
    with closing(SqliteRooms(paths.rooms_database())) as store:
        return Room.replay(record.setup, store.events(record.id))


def ask(address: str, path: str, body: object = None, token: str = "") -> Any:
    """What the server answers to a terminal."""
    request = urllib.request.Request(address + path)
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.load(answer)


@pytest.fixture
def taken(port: int) -> Iterator[int]:
    """The usual port, which another program listens on."""
    with socket.socket() as other:
        other.bind(("0.0.0.0", port))
        other.listen()
        yield port


def test_without_a_screen_it_says_what_is_needed_and_begins_nothing(
    netral: Netral, home: Path
) -> None:
    done = netral("host", "--bank", SMALL)
    assert (done.code, done.out) == (2, "")
    assert "led from a screen" in done.err
    assert "terminal window" in done.err
    assert not (home / "rooms.db").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--scenario", "tidak-ada"), "no scenario “tidak-ada”"),
        (("--principle", "tidak-ada"), "no principle “tidak-ada”"),
        (("--plan", "tidak-ada"), "tidak-ada"),
        (("--teams", "1"), "--teams"),
        (("-n", "0"), "-n"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_begins(
    netral: Netral, home: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = netral("host", *arguments, "--bank", SMALL)
    assert done.code == 2
    assert said in done.err
    assert databases(home) == []
    assert not (home / "rooms.db").exists()


def test_a_room_is_what_the_command_asked_for(at_screen: AtScreen) -> None:
    flags = ("--names", "--confidence", "--teams", "3", "--scenario", CASE, "-n", "3")
    _done, app = at_screen(nothing, *flags, "--lang", "id", language="id")
    (record,) = rooms()
    setup = record.setup
    assert setup.deck == tuple(DECK[:3])
    assert (setup.bank, setup.language) == ("kecil", "id")
    assert (setup.names, setup.confidence, setup.teams) == (True, True, 3)
    assert len(record.code) == 6
    assert len(record.secret) >= 20
    assert app._live.code == record.code


def test_a_seed_draws_the_same_questions_again(at_screen: AtScreen) -> None:
    for _turn in range(2):
        at_screen(nothing, "--seed", "7", "-n", "5", "--bank", TRAINING)
    one, two = rooms()
    assert one.setup.deck == two.setup.deck
    assert len(one.setup.deck) == 5


def test_a_plan_gives_the_questions(at_screen: AtScreen, tmp_path: Path) -> None:
    from quiz.evening import Evening, dump_plan

    file = tmp_path / "plan.json"
    file.write_text(dump_plan(Evening("kecil", (DECK[2], DECK[0]), 30)), encoding="utf-8")
    at_screen(nothing, "--plan", file)
    assert rooms()[0].setup.deck == (DECK[2], DECK[0])


def test_a_participant_joins_and_votes_while_the_screen_counts(at_screen: AtScreen) -> None:
    async def script(pilot: Pilot[Any]) -> None:
        address = host(pilot)._door.address  # type: ignore[union-attr]
        code = host(pilot)._live.code
        joined = await to_thread(ask, address, "/api/join", {"code": code, "name": None})
        await lead(pilot, "space", "space")
        vote = {"question": DECK[0], "round": 1, "verdict": "neutral", "confidence": None}
        await to_thread(ask, address, "/api/vote", vote, joined["token"])
        await until(pilot, lambda: "1 of 1 have voted" in seen(pilot.app))

    at_screen(script, "--scenario", CASE)
    assert room_of(rooms()[0]).ballot(DECK[0], 1).total == 1


def test_closing_says_how_to_go_on_and_ending_does_not(at_screen: AtScreen) -> None:
    done, _app = at_screen(nothing)
    assert f"netral host --resume {rooms()[0].code}" in done.err
    assert (done.code, done.out) == (0, "")
    done, _app = at_screen(end)
    assert (done.code, done.out, done.err) == (0, "", "")


def test_the_last_room_that_has_not_ended_goes_on_as_it_was(at_screen: AtScreen, port: int) -> None:
    tokens: list[str] = []

    async def first(pilot: Pilot[Any]) -> None:
        address, code = f"http://127.0.0.2:{port}", host(pilot)._live.code
        joined = await to_thread(ask, address, "/api/join", {"code": code, "name": None})
        tokens.append(joined["token"])
        await lead(pilot, "space", "space")

    async def second(pilot: Pilot[Any]) -> None:
        live = host(pilot)._live
        assert live.room.paused
        assert live.room.phase is Phase.VOTING
        assert live.known(tokens[0]) == 1
        state = await to_thread(ask, f"http://127.0.0.2:{port}", "/api/state", None, tokens[0])
        assert state["view"]["paused"]
        await lead(pilot, "j")
        assert live.room.voting

    at_screen(first)
    at_screen(end)
    _done, app = at_screen(second, "--resume")
    begun = rooms()[-1]
    assert app._live.code == begun.code
    assert begun.port == port
    assert room_of(begun).allows(Move.CLOSE)


def test_a_room_that_nobody_joined_is_not_gone_on_with_where_there_is_another(
    at_screen: AtScreen,
) -> None:
    async def start(pilot: Pilot[Any]) -> None:
        await lead(pilot, "space")

    at_screen(start)
    begun = rooms()[0].id
    at_screen(nothing)
    _done, app = at_screen(nothing, "--resume")
    assert app._live.id == begun
    at_screen(end, "--resume")
    _done, app = at_screen(nothing, "--resume")
    assert app._live.id != begun


def test_a_room_goes_on_by_its_code_however_it_is_typed(at_screen: AtScreen) -> None:
    at_screen(nothing)
    at_screen(nothing)
    older = rooms()[-1]
    _done, app = at_screen(nothing, "--resume", f"{older.code[:3]} {older.code[3:]}".lower())
    assert app._live.id == older.id


@pytest.fixture
def no_screen_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quiz.commands.host.has_screen", lambda: True)


@pytest.mark.usefixtures("no_screen_needed")
def test_what_cannot_go_on_says_why(at_screen: AtScreen, netral: Netral) -> None:
    assert "no session to go on with" in netral("host", "--resume", "--bank", SMALL).err
    at_screen(end)
    code = rooms()[0].code
    ended = netral("host", "--resume", code, "--bank", SMALL)
    assert ended.code == 2
    assert "has ended" in ended.err
    assert f"netral report {code}" in ended.err
    assert "no session to go on with" in netral("host", "--resume", "--bank", SMALL).err
    assert "no room “99”" in netral("host", "--resume", "99", "--bank", SMALL).err
    at_screen(nothing)
    other = netral("host", "--resume", rooms()[0].code, "--bank", TRAINING)
    assert other.code == 2
    assert "--bank" in other.err
    assert "no session to go on with" in netral("host", "--resume", "--bank", TRAINING).err


@pytest.mark.usefixtures("no_screen_needed")
def test_a_bank_that_lacks_a_question_of_the_room_does_not_go_on_with_it(
    at_screen: AtScreen, netral: Netral, tmp_path: Path
) -> None:
    at_screen(nothing, "--scenario", CASE)
    edited = tmp_path / "bank"
    shutil.copytree(SMALL, edited)
    (case,) = edited.rglob(f"{CASE}.yaml")
    case.write_text(case.read_text("utf-8").replace(DECK[0], "lain"), "utf-8")
    for name in ((), (rooms()[0].code,)):
        done = netral("host", "--resume", *name, "--bank", edited)
        assert done.code == 2
        assert "does not have the questions of that session" in done.err
        assert "--bank" in done.err
    at_screen(nothing, "--resume")


@pytest.mark.usefixtures("no_screen_needed")
def test_a_room_that_another_program_leads_is_left_alone(
    at_screen: AtScreen, netral: Netral
) -> None:
    at_screen(nothing)
    (record,) = rooms()
    with held(paths.rooms_database(), record.id):
        done = netral("host", "--resume", "--bank", SMALL)
    assert done.code == 3
    assert "Another Netral" in done.err


def test_a_port_in_use_is_said_and_the_next_one_taken(at_screen: AtScreen, taken: int) -> None:
    async def script(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: f"Port {taken} is in use" in seen(pilot.app))
        door = host(pilot)._door
        assert door is not None
        assert not door.address.endswith(f":{taken}")
        assert await to_thread(_ping, door.address) == b"netral"

    at_screen(script)
    assert rooms()[0].port not in (0, taken)


def _ping(address: str) -> bytes:
    with urllib.request.urlopen(f"{address}/ping", timeout=5) as answer:
        content: bytes = answer.read()
        return content


@pytest.mark.usefixtures("no_screen_needed")
def test_a_port_that_was_asked_for_and_is_in_use_is_refused(netral: Netral, taken: int) -> None:
    done = netral("host", "--port", taken, "--bank", SMALL)
    assert done.code == 1
    assert f"Port {taken} is in use" in done.err
    assert "--port" in done.err
    assert rooms() == []


@pytest.mark.parametrize("address", ["http://10.0.0.5:8000/", "10.0.0.5:8000", "aula satu"])
def test_what_nobody_could_open_is_not_given_out(netral: Netral, home: Path, address: str) -> None:
    done = netral("host", "--address", address, "--bank", SMALL)
    assert done.code == 2
    assert f"“{address}”" in done.err
    assert "without http:// and without a port" in done.err
    assert not (home / "rooms.db").exists()


def test_a_damaged_list_of_rooms_is_set_aside_where_the_facilitator_agrees(
    at_screen: AtScreen, home: Path
) -> None:
    (home / "rooms.db").write_bytes(b"no database" * 1000)

    done, _app = at_screen(nothing, typed="y\n")

    assert "is damaged" in done.err
    (aside,) = home.glob("rooms.db.damaged-*")
    assert str(aside) in done.err
    assert aside.read_bytes().startswith(b"no database")
    assert len(rooms()) == 1


@pytest.mark.usefixtures("no_screen_needed")
def test_a_damaged_list_of_rooms_stays_where_the_facilitator_does_not(
    netral: Netral, home: Path
) -> None:
    (home / "rooms.db").write_bytes(b"no database" * 1000)

    done = netral("host", "--bank", SMALL, typed="n\n")

    assert done.code == 3
    assert (home / "rooms.db").read_bytes() == b"no database" * 1000


def test_where_nothing_can_listen_hands_are_left(
    at_screen: AtScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(port: int) -> list[socket.socket]:
        raise PortTaken(f"Port {port} may not be used.", "No way.")

    monkeypatch.setattr(doorway, "bind", refuse)

    async def script(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: "may not be used" in seen(pilot.app))
        assert "count raised hands" in seen(pilot.app)
        await lead(pilot, "space", "space", "h", "4", "enter", "5", "enter")
        assert "9 of 9 have voted" in seen(pilot.app)

    at_screen(script)


def test_a_name_is_given_out_and_remembered(at_screen: AtScreen, port: int) -> None:
    async def script(pilot: Pilot[Any]) -> None:
        assert f"http://aula.local:{port}" in seen(pilot.app)
        await lead(pilot, "a")
        assert "127.0.0.2" in seen(pilot.app)

    at_screen(script, "--address", "aula.local")
    assert rooms()[0].address == "aula.local"
    at_screen(script, "--resume")


def test_another_address_is_kept_and_given_out_after_the_next_start(
    at_screen: AtScreen, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorway, "addresses", lambda: ["127.0.0.2", "127.0.0.3"])

    async def choose(pilot: Pilot[Any]) -> None:
        assert f"http://127.0.0.2:{port}" in seen(pilot.app)
        await lead(pilot, "a", "down", "enter")
        assert await to_thread(_ping, f"http://127.0.0.3:{port}") == b"netral"

    async def look(pilot: Pilot[Any]) -> None:
        assert f"http://127.0.0.3:{port}" in seen(pilot.app)

    at_screen(choose)
    assert rooms()[0].address == "127.0.0.3"
    at_screen(look, "--resume")
    monkeypatch.setattr(doorway, "addresses", lambda: ["127.0.0.2"])

    async def moved(pilot: Pilot[Any]) -> None:
        assert f"http://127.0.0.2:{port}" in seen(pilot.app)

    at_screen(moved, "--resume")


def test_without_a_network_hands_are_offered_and_a_network_found_later_is_used(
    at_screen: AtScreen, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorway, "addresses", lambda: [LOOPBACK])

    async def script(pilot: Pilot[Any]) -> None:
        assert "This computer is in no network." in seen(pilot.app)
        assert "http://" not in seen(pilot.app)
        monkeypatch.setattr(doorway, "addresses", lambda: ["127.0.0.5"])
        await lead(pilot, "a", "enter")
        assert f"http://127.0.0.5:{port}" in seen(pilot.app)

    at_screen(script)
    assert rooms()[0].address == "127.0.0.5"


def test_the_server_ends_with_the_screen(at_screen: AtScreen, port: int) -> None:
    async def script(pilot: Pilot[Any]) -> None:
        assert await to_thread(_ping, f"http://127.0.0.1:{port}") == b"netral"
        await press(pilot, "ctrl+q", "y")

    at_screen(script)
    with closing(bind(port, LOOPBACK)[0]):
        pass


def test_the_home_screen_leads_into_a_room_of_its_bank(
    at_screen: AtScreen, netral: Netral, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quiz.tui.app import NetralApp

    at_screen(nothing)
    monkeypatch.setattr("quiz.commands.opening.has_screen", lambda: True)
    for leads in (False, True):
        monkeypatch.setattr(NetralApp, "run", lambda app, leads=leads: setattr(app, "leads", leads))
        assert netral("--bank", SMALL).code == 0
        assert len(rooms()) == 1 + leads
    assert set(rooms()[0].setup.deck) <= set(DECK)


def test_a_room_goes_on_at_the_port_and_the_ipv6_address_it_had(
    at_screen: AtScreen, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorway, "addresses", lambda: ["10.9.9.9", "fd00::7"])

    async def choose(pilot: Pilot[Any]) -> None:
        await lead(pilot, "a", "down", "enter")

    async def look(pilot: Pilot[Any]) -> None:
        assert f"http://[fd00::7]:{port}" in seen(pilot.app)

    at_screen(choose)
    assert (rooms()[0].address, rooms()[0].port) == ("fd00::7", port)
    monkeypatch.setattr(doorway, "PORT", 1)
    at_screen(look, "--resume")
