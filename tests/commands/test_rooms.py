"""`netral rooms`."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from quiz.room import Moved

from ..commandline import DECK, Netral
from ..evenings import Held, keep, lead, setup
from ..rooms import later

ENDED = setup(*DECK[:2], bank="kecil", language="id")
BEGUN = setup(*DECK, bank="kecil", language="en")


def two_rooms(home: Path) -> None:
    keep(home, "K7M2QX", ENDED, lead(ENDED, [Held(2, 4)], [Held(5, 5)], people=12))
    keep(home, "3F8RT2", BEGUN, lead(BEGUN, [Held(1, 1)], None, people=3))


def test_the_newest_room_comes_first(netral: Netral, home: Path) -> None:
    two_rooms(home)

    done = netral("rooms")

    assert done.code == 0
    assert done.out.splitlines() == [
        "No.  Code     Date          Questions  Participants  Language",
        "2    3F8 RT2  2 March 2026  1/4        3             en        not finished",
        "1    K7M 2QX  2 March 2026  2/2        12            id        finished",
    ]
    assert "netral report NUMBER" in done.err


def test_a_room_is_of_the_day_it_began_not_of_the_one_it_was_set_up(
    netral: Netral, home: Path
) -> None:
    events = lead(ENDED, [Held(2, 4)])
    started = next(n for n, event in enumerate(events) if isinstance(event, Moved))
    events[started] = replace(events[started], at=later(24 * 60))
    events[-1] = replace(events[-1], at=later(72 * 60))
    keep(home, "K7M2QX", ENDED, events)

    [room] = json.loads(netral("rooms", "--json").out)

    assert room["at"] == "2026-03-03T09:00:00+00:00"


def test_the_table_speaks_indonesian(netral: Netral, home: Path) -> None:
    two_rooms(home)

    done = netral("rooms", language="id")

    assert done.out.splitlines()[2].endswith("selesai")
    assert "2 Maret 2026" in done.out


def test_the_same_as_json(netral: Netral, home: Path) -> None:
    two_rooms(home)

    second, first = json.loads(netral("rooms", "--json").out)

    assert first == {
        "number": 1,
        "code": "K7M2QX",
        "at": "2026-03-02T09:00:00+00:00",
        "bank": "kecil",
        "language": "id",
        "asked": 2,
        "revealed": 2,
        "participants": 12,
        "finished": True,
    }
    assert (second["number"], second["finished"]) == (2, False)


@pytest.mark.parametrize("option", [(), ("--json",)])
def test_where_no_room_was_led_it_says_how_to_begin_and_leaves_nothing_behind(
    netral: Netral, home: Path, option: tuple[str, ...]
) -> None:
    done = netral("rooms", *option)

    assert done.code == 0
    assert done.out == ("[]\n" if option else "")
    assert option or "netral host" in done.err
    assert not list(home.glob("rooms.db*"))


def test_a_spoilt_database_is_told_and_left_alone(netral: Netral, home: Path) -> None:
    (home / "rooms.db").write_bytes(b"no database at all, but long enough to be looked at" * 100)

    done = netral("rooms")

    assert (done.code, done.out) == (3, "")
    assert "rooms.db" in done.err
