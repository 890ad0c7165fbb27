"""`netral host`."""

import asyncio
import random
import secrets
import socket
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quiz import i18n, paths, settings
from quiz.commands.opening import Number, find, has_screen, now, shared, sound
from quiz.errors import StoreCorrupt, UsageError
from quiz.i18n import _
from quiz.models import Bank, Level

if TYPE_CHECKING:
    from quiz.evening import Choice
    from quiz.room import Setup
    from quiz.room_database import SqliteRooms
    from quiz.room_store import RoomRecord

_MINUTES = 90


@click.command(help=_("Lead a group session: by phones, terminals or raised hands."))
@click.option("--scenario", multiple=True, metavar="ID", help=_("This scenario, then the next."))
@click.option("--principle", metavar="ID", help=_("Only this principle."))
@click.option(
    "--level", type=click.Choice([level.value for level in Level]), help=_("Only this level.")
)
@click.option("-n", "length", type=Number(1), metavar="N", help=_("This many questions."))
@click.option("--seed", type=Number(0), metavar="N", help=_("The same N draws the same questions."))
@click.option(
    "--plan",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar=_("FILE"),
    help=_("The questions that “netral plan --save” kept."),
)
@click.option("--port", type=Number(0, 65535), metavar="N", help=_("Listen on this port only."))
@click.option("--address", metavar=_("NAME"), help=_("The name or address to give out."))
@click.option("--names", is_flag=True, help=_("Let participants give their own names."))
@click.option("--confidence", is_flag=True, help=_("Ask how sure each participant is."))
@click.option("--teams", type=Number(2, 8), default=None, metavar="N", help=_("This many teams."))
@click.option(
    "--resume",
    is_flag=False,
    flag_value="",
    metavar=_("[ROOM]"),
    help=_("Go on with a session by its code, or with the last one that has not ended."),
)
@shared
@click.pass_context
def host(
    context: click.Context,
    folder: Path | None,
    scenario: tuple[str, ...],
    principle: str | None,
    level: str | None,
    length: int | None,
    seed: int | None,
    plan: Path | None,
    port: int | None,
    address: str | None,
    names: bool,
    confidence: bool,
    teams: int | None,
    resume: str | None,
) -> None:
    """Begin a room, or go on with one, and lead it from the screen."""
    from quiz.evening import Choice
    from quiz.room import Setup

    where = folder or context.obj
    bank = sound(find(where) if where else paths.bundled_bank())
    if address:
        _expect_host(address)
    choice = Choice(scenario, principle, Level(level) if level else None, length)
    deck = () if resume is not None else _deck(bank, plan, choice, seed)
    if not has_screen():
        raise UsageError(
            _("A group session is led from a screen, and there is none here."),
            _("Run “netral host” by itself in a terminal window."),
        )
    with closing(_rooms()) as store:
        if resume is not None:
            _go_on(bank, store, _unfinished(store, bank, resume), address, port)
        else:
            setup = Setup(bank.manifest.id, deck, i18n.language(), confidence, names, teams or 0)
            _begin(bank, store, setup, address, port)


def _deck(bank: Bank, plan: Path | None, choice: "Choice", seed: int | None) -> tuple[str, ...]:
    """The questions of a new room. Raises UsageError where there are none of the kind."""
    from quiz.evening import choose, load_plan

    if plan is not None:
        return load_plan(plan.read_bytes(), bank).deck
    return choose(bank, choice, _MINUTES, random.Random(seed))


def begin(bank: Bank) -> None:
    """Begin a room of mixed scenarios, and lead it. Raises StoreError."""
    from quiz.evening import Choice
    from quiz.room import Setup

    deck = _deck(bank, None, Choice(), None)
    with closing(_rooms()) as store:
        _begin(bank, store, Setup(bank.manifest.id, deck, i18n.language()), None, None)


def _expect_host(address: str) -> None:
    """Raise UsageError where an address to give out is none: nobody in the hall could open it."""
    from quiz.web.sockets import is_host

    if not is_host(address):
        raise UsageError(
            _("“{address}” is no name or number of a computer.").format(address=address),
            _("Give it without http:// and without a port, for instance 192.168.1.10."),
        )


def _rooms() -> "SqliteRooms":
    """Where rooms are kept. Raises StoreError.

    A hall is waiting: where the file is damaged, it can be set aside here and now.
    """
    from quiz.database import set_aside
    from quiz.room_database import SqliteRooms

    path = paths.rooms_database()
    try:
        return SqliteRooms(path)
    except StoreCorrupt as error:
        question = _("Set it aside under another name, and begin a new list of sessions?")
        if not click.confirm(f"{error.message}\n{question}", err=True):
            raise
    aside = set_aside(path, now())
    click.echo(_("The old sessions are now in {path}.").format(path=aside), err=True)
    return SqliteRooms(path)


def _create(store: "SqliteRooms", setup: "Setup") -> "RoomRecord":
    """A new room, kept. Raises StoreError."""
    from quiz import naming
    from quiz.room_store import RoomRecord

    code = naming.code(secrets.SystemRandom())
    return store.create(RoomRecord(0, code, setup, secrets.token_urlsafe(16), now(), "", 0))


def _unfinished(store: "SqliteRooms", bank: Bank, name: str) -> "RoomRecord":
    """The room to go on with: the one named, else the newest that has not ended.

    Raises UsageError where there is none, or where this bank does not have its questions.
    """
    from quiz.room import Phase, Room
    from quiz.room_store import find as find_room

    def room_of(record: "RoomRecord") -> Room:
        return Room.replay(record.setup, store.events(record.id))

    if name:
        record = find_room(store, name)
        if room_of(record).phase is Phase.DONE:
            raise UsageError(
                _("This session has ended."),
                _("“netral report {room}” shows what came of it.").format(room=record.code),
            )
    else:
        own = [(r, room_of(r)) for r in store.rooms() if r.setup.bank == bank.manifest.id]
        unfinished = [(r, room) for r, room in own if room.phase is not Phase.DONE]
        if not unfinished:
            raise UsageError(
                _("There is no session to go on with."), _("“netral host” begins one.")
            )
        # One that nobody has joined is what a mistake leaves: there is nothing to go on with.
        record, _room = max(unfinished, key=lambda found: (found[1].seq > 0, found[0].id))
    if record.setup.bank != bank.manifest.id or not set(record.setup.deck) <= set(bank.question):
        raise UsageError(
            _("This bank does not have the questions of that session."),
            _("Name the folder of its bank with --bank."),
        )
    return record


def _begin(
    bank: Bank, store: "SqliteRooms", setup: "Setup", address: str | None, port: int | None
) -> None:
    """Begin a room and lead it. Where the port cannot be had, there is no room."""
    from quiz.commands.doorway import listen
    from quiz.room_database import held

    door = listen(port, 0)
    record = _create(store, setup)
    with held(store.path, record.id):
        _lead(bank, store, record, address, door)


def _go_on(
    bank: Bank, store: "SqliteRooms", record: "RoomRecord", address: str | None, port: int | None
) -> None:
    """Lead a room again, which nobody else may be leading."""
    from quiz.commands.doorway import listen
    from quiz.room_database import held

    with held(store.path, record.id):
        _lead(bank, store, record, address, listen(port, record.port))


def _lead(
    bank: Bank,
    store: "SqliteRooms",
    record: "RoomRecord",
    address: str | None,
    door: tuple[list[socket.socket], str],
) -> None:
    """Lead a room until the facilitator closes the screen."""
    sockets, said = door
    if not asyncio.run(_run(bank, store, record, address, sockets, said)):
        words = _("Go on with this session by: {command}")
        click.echo(words.format(command=f"netral host --resume {record.code}"), err=True)


async def _run(
    bank: Bank,
    store: "SqliteRooms",
    record: "RoomRecord",
    address: str | None,
    sockets: Sequence[socket.socket],
    said: str,
) -> bool:
    """Run screen and server in one loop; returns whether the room has ended."""
    from quiz.commands.doorway import Doorway
    from quiz.live import LiveRoom
    from quiz.room import Phase
    from quiz.tui.hosting import HostApp

    live = await LiveRoom.resume(record, store, bank, now)
    door = Doorway(live, sockets, store, record, address) if sockets else None
    if door is not None:
        door.keep()
    theme = settings.load(paths.settings_file()).theme
    app = HostApp(live, door, now, theme=theme, notice=said)
    await app.run_async()
    if app.return_code:
        sys.exit(app.return_code)
    return live.room.phase is Phase.DONE
