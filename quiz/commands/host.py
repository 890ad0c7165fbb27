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
from quiz.commands.opening import find, has_screen, now, shared, sound
from quiz.errors import UsageError
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
@click.option("-n", "length", type=click.IntRange(1), metavar="N", help=_("This many questions."))
@click.option("--seed", type=int, metavar="N", help=_("Draw the same questions again."))
@click.option(
    "--plan",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help=_("The questions that “netral plan --save” kept."),
)
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="N", help=_("Listen on this port only.")
)
@click.option("--address", metavar="NAME", help=_("The name or address to give out."))
@click.option("--names", is_flag=True, help=_("Let participants give their own names."))
@click.option("--confidence", is_flag=True, help=_("Ask how sure each participant is."))
@click.option(
    "--teams", type=click.IntRange(2, 8), default=None, metavar="N", help=_("This many teams.")
)
@click.option(
    "--resume",
    is_flag=False,
    flag_value="",
    metavar="[ROOM]",
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
    from quiz.room_database import SqliteRooms

    where = folder or context.obj
    bank = sound(find(where) if where else paths.bundled_bank())
    choice = Choice(scenario, principle, Level(level) if level else None, length)
    deck = () if resume is not None else _deck(bank, plan, choice, seed)
    if not has_screen():
        raise UsageError(
            _("A group session is led from a screen, and there is none here."),
            _("Run “netral host” by itself in a terminal window."),
        )
    with closing(SqliteRooms(paths.rooms_database())) as store:
        if resume is not None:
            record = _unfinished(store, bank, resume)
        else:
            setup = Setup(bank.manifest.id, deck, i18n.language(), confidence, names, teams or 0)
            record = _create(store, setup)
        _lead(bank, store, record, address, port)


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
    from quiz.room_database import SqliteRooms

    deck = _deck(bank, None, Choice(), None)
    with closing(SqliteRooms(paths.rooms_database())) as store:
        record = _create(store, Setup(bank.manifest.id, deck, i18n.language()))
        _lead(bank, store, record, None, None)


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

    def ended(record: "RoomRecord") -> bool:
        return Room.replay(record.setup, store.events(record.id)).phase is Phase.DONE

    if name:
        record = find_room(store, name)
        if ended(record):
            raise UsageError(
                _("This session has ended."),
                _("“netral report {room}” shows what came of it.").format(room=record.code),
            )
    else:
        own = (r for r in store.rooms() if r.setup.bank == bank.manifest.id)
        found = next((r for r in own if not ended(r)), None)
        if found is None:
            raise UsageError(
                _("There is no session to go on with."), _("“netral host” begins one.")
            )
        record = found
    if record.setup.bank != bank.manifest.id or not set(record.setup.deck) <= set(bank.question):
        raise UsageError(
            _("This bank does not have the questions of that session."),
            _("Name the folder of its bank with --bank."),
        )
    return record


def _lead(
    bank: Bank, store: "SqliteRooms", record: "RoomRecord", address: str | None, port: int | None
) -> None:
    """Lead a room until the facilitator closes the screen."""
    from quiz.commands.doorway import listen
    from quiz.room_database import held

    with held(store.path, record.id):
        sockets, said = listen(port, record.port)
        ended = asyncio.run(_run(bank, store, record, address, sockets, said))
    if not ended:
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
