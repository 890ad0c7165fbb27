"""`netral join`: take part, from a terminal, in a room that is led elsewhere."""

import asyncio
import io
import random
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

import click

from quiz import i18n, paths, settings, tickets
from quiz.commands.opening import has_screen, spoken
from quiz.errors import UsageError
from quiz.i18n import _, said
from quiz.naming import normal

if TYPE_CHECKING:
    from quiz.attendance import Attendance
    from quiz.client import Client


@click.command(help=_("Take part in a group session at the address on its screen."))
@click.argument("address", metavar=_("ADDRESS"))
@click.option("--code", metavar="K7M2QX", help=_("The code of the session, as its screen shows."))
@click.option("--name", metavar=_("NAME"), help=_("Your name, where the facilitator allows names."))
@click.option(
    "--personal",
    metavar=_("CODE"),
    help=_("Go on as the participant of another device, by its personal code."),
)
@click.option(
    "--plain", "by_line", is_flag=True, help=_("Line by line, as a screen reader likes it.")
)
@spoken
def join(
    address: str, code: str | None, name: str | None, personal: str | None, by_line: bool
) -> None:
    """Take part. Raises what is the matter with the address, the code or the server."""
    from quiz.client import Client
    from quiz.client import address as address_of

    client = Client(address_of(address))
    wanted = _code(code) if code is not None else client.address.code
    ask = _typed()
    if personal:
        asyncio.run(client.come_back(personal))
    elif not _return(client, wanted):
        wanted = wanted or _ask_code(ask)
        asyncio.run(client.join(wanted, name))
    _remember(client, wanted)
    with_screen = not by_line and has_screen()
    asyncio.run(_take_part(client, None if with_screen else ask))


def _code(typed: str) -> str:
    code = normal(typed)
    if code is None:
        raise UsageError(
            _("“{code}” is no code of a group session.").format(code=typed),
            _("It has six letters and digits, as in K7M 2QX."),
        )
    return code


def _typed() -> TextIO:
    """What is typed, read apart from `sys.stdin`.

    A thread may be reading when the program ends, and the interpreter waits for the lock of that.
    """
    with suppress(OSError, ValueError, AttributeError):
        return open(sys.stdin.fileno(), encoding="utf-8", errors="replace", closefd=False)
    return sys.stdin or io.StringIO()


def _ask_code(ask: TextIO) -> str:
    """The code that somebody types. Raises UsageError where nobody does."""
    while True:
        click.echo(_("Code of the session: "), nl=False, err=True)
        line = ask.readline()
        if not line:
            raise UsageError(_("The code of the session is missing."), _("Give it with --code."))
        if code := normal(line):
            return code
        click.echo(_("It has six letters and digits, as in K7M 2QX."), err=True)


def _return(client: "Client", code: str | None) -> bool:
    """Be the participant again that one was from this computer; False where one was none."""
    from quiz.wire import Refused

    token = tickets.remembered(paths.joined(), str(client.address), code)
    if token is None:
        return False
    client.token = token
    try:
        asyncio.run(client.state())
    except Refused as error:
        if error.status != 401:
            raise
        # Another room is there by now.
        client.token = ""
        with suppress(OSError):
            tickets.forget(paths.joined(), token)
        return False
    return True


def _remember(client: "Client", code: str | None) -> None:
    try:
        tickets.remember(paths.joined(), str(client.address), code, client.token)
    except OSError as error:
        words = _("This terminal cannot be remembered ({reason}).")
        click.echo(words.format(reason=said(error)), err=True)


async def _take_part(client: "Client", ask: TextIO | None) -> None:
    """Show the room line by line where there is something to `ask`, else on screen."""
    from quiz.attendance import Attendance

    state = await client.state()
    if state.view.language in i18n.LANGUAGES:
        # One room, one language: what is around the questions speaks theirs.
        i18n.install(state.view.language)
    here = Attendance(client, state, random.Random())
    if ask is None:
        await _on_screen(here)
    else:
        from quiz.plain_join import PlainRoom

        await PlainRoom(here, ask, sys.stdout or io.StringIO()).run()
    if not here.over:
        words = _("You can come back as the same participant: netral join {address}")
        click.echo(words.format(address=client.address), err=True)


async def _on_screen(here: "Attendance") -> None:
    from quiz.tui.joining import JoinApp

    app = JoinApp(here, theme=settings.load(paths.settings_file()).theme)
    await app.run_async()
    if app.return_code:
        sys.exit(app.return_code)
    if app.error:
        raise app.error
