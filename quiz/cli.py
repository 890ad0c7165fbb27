"""The command line; the one place that catches QuizError."""

import io
import sys
from collections import UserDict
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from quiz import __version__
from quiz.commands.opening import shared, train
from quiz.errors import QuizError
from quiz.i18n import _, said

COMMANDS = {
    "certificate": "quiz.commands.certificate:certificate",
    "check": "quiz.commands.check:check",
    "data": "quiz.commands.data:data",
    "host": "quiz.commands.host:host",
    "join": "quiz.commands.join:join",
    "new": "quiz.commands.author:new",
    "plan": "quiz.commands.plan:plan",
    "play": "quiz.commands.play:play",
    "progress": "quiz.commands.progress:progress",
    "report": "quiz.commands.report:report",
    "review": "quiz.commands.review:review",
    "rooms": "quiz.commands.rooms:rooms",
    "schema": "quiz.commands.author:schema",
    "show": "quiz.commands.author:show",
    "test": "quiz.commands.test:test",
}


class _Lazy(UserDict[str, Any]):
    """The commands by name; the module of each is imported when the command is asked for."""

    def __getitem__(self, name: str) -> click.Command:
        module, attribute = super().__getitem__(name).split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return _worded(command)


def _worded(command: click.Command) -> click.Command:
    # click itself translates everything in a usage line but these words.
    command.options_metavar = _("[OPTIONS]")
    if isinstance(command, click.Group):
        command.subcommand_metavar = _("COMMAND [ARGS]...")
        for inner in command.commands.values():
            _worded(inner)
    return command


@click.group(
    commands=_Lazy(COMMANDS),
    invoke_without_command=True,
    options_metavar=_("[OPTIONS]"),
    subcommand_metavar=_("[COMMAND] [ARGS]..."),
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("Train political neutrality: judge what civil servants do, and read why."),
)
@click.version_option(
    __version__,
    prog_name="netral",
    help=_("Show the version and exit."),
    message="%(prog)s %(version)s",
)
@shared
@click.pass_context
def main(context: click.Context, folder: Path | None) -> None:
    """The home screen, where no command is given."""
    context.obj = folder
    if context.invoked_subcommand is None:
        train(folder, None)


def run(arguments: Sequence[str]) -> int:
    """Run a command line; returns the exit code. Says once what went wrong."""
    try:
        return main.main(list(arguments), prog_name="netral", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except QuizError as error:
        click.echo(str(error), err=True)
        return error.exit_code
    except OSError as error:
        # What could not be written must not be tried once more when the interpreter ends.
        sys.stdout = io.StringIO()
        named = f"{error.filename}: " if error.filename else ""
        reason = f"{named}{said(error)}"
        click.echo(_("Reading or writing failed: {reason}.").format(reason=reason), err=True)
        return 1
    except (click.Abort, KeyboardInterrupt):
        return 130
