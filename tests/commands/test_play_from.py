"""`netral play --from ROOM`."""

from contextlib import closing
from pathlib import Path

import pytest

from quiz.session import Kind
from quiz.store import Store

from ..commandline import ALL, DECK, SMALL, Netral
from ..evenings import Held, keep, lead, setup

# The questions of the small bank: not neutral, neutral, not neutral, neutral.
GIVEN = setup(*DECK, bank="kecil", language="id")


@pytest.fixture
def room(home: Path) -> None:
    outcomes = ([Held(10, 30)], [Held(20, 20)], [Held(30, 10)], [Held(40, 0)])
    keep(home, "K7M2QX", GIVEN, lead(GIVEN, *outcomes))


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("name", ["1", "k7m 2qx"])
def test_what_the_room_missed_is_asked_most_missed_first(
    netral: Netral, home: Path, name: str
) -> None:
    done = netral("play", "--from", name, "--json", "--bank", SMALL, typed=ALL)

    assert done.asked == ["bertanya-pilihan", "memakai-seragam"]
    with closing(Store.open(home / "netral.db")) as store:
        [record] = store.export()
    assert (record.kind, record.subject) == (Kind.ROOM, "K7M2QX")


@pytest.mark.usefixtures("room")
def test_the_session_may_be_shorter_and_goes_on_where_it_was_left(
    netral: Netral, home: Path
) -> None:
    done = netral("play", "--from", "1", "-n", 1, "--json", "--bank", SMALL, typed=ALL)
    assert done.asked == ["bertanya-pilihan"]

    done = netral("play", "--from", "1", "--plain", "--bank", SMALL, typed="1\n\nq\n")
    assert "From a group session" in done.out
    with closing(Store.open(home / "netral.db")) as store:
        unfinished = store.unfinished("kecil")
    assert unfinished
    assert unfinished.session.deck == ("bertanya-pilihan", "memakai-seragam")
    assert unfinished.session.read == 1


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(
    "choice",
    [
        ("--scenario", "kaus-partai"),
        ("--principle", "tanpa-atribut"),
        ("--level", "basic"),
        ("--seed", 0),
    ],
)
def test_a_room_and_another_choice_are_refused(netral: Netral, choice: tuple[object, ...]) -> None:
    done = netral("play", "--from", "1", *choice, "--json", "--bank", SMALL, typed=ALL)

    assert (done.code, done.out) == (2, "")
    assert "--from chooses the questions itself." in done.err


def test_a_room_that_revealed_nothing_has_nothing_to_practise(netral: Netral, home: Path) -> None:
    keep(home, "3F8RT2", GIVEN, lead(GIVEN))

    done = netral("play", "--from", "1", "--json", "--bank", SMALL, typed=ALL)

    assert (done.code, done.out) == (2, "")
    assert "has not revealed anything yet" in done.err


def test_without_rooms_it_says_how_to_begin_one(netral: Netral, home: Path) -> None:
    done = netral("play", "--from", "1", "--json", "--bank", SMALL, typed=ALL)

    assert (done.code, done.out) == (2, "")
    assert "netral host" in done.err
    assert not list(home.glob("rooms.db*"))
