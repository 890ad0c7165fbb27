"""The commands; the one place that catches QuizError."""

import io
import os
import random
import sys
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from quiz import __version__, diagnostics, i18n, paths, proven, settings
from quiz.errors import BankError, QuizError, StoreError, UsageError
from quiz.i18n import _
from quiz.models import Bank, Level
from quiz.session import Plan, Wish, draw
from quiz.store import Run, Store

F = TypeVar("F", bound=Callable[..., Any])


def _now() -> datetime:
    return datetime.now(UTC)


def _shared(command: F) -> F:
    """The options that every command takes, wherever they stand on the line."""
    command = click.option(
        "--lang",
        type=click.Choice(i18n.LANGUAGES),
        help=_("Language of the interface and the bank."),
        expose_value=False,
    )(command)
    return click.option(
        "--bank",
        "folder",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help=_("Train with the bank in this folder."),
    )(command)


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("Train political neutrality: judge what civil servants do, and read why."),
)
@click.version_option(
    __version__,
    prog_name="netral",
    help=_("Show the version and exit."),
    message="%(prog)s %(version)s",
)
@_shared
@click.pass_context
def main(context: click.Context, folder: Path | None) -> None:
    """The home screen, where no command is given."""
    context.obj = folder
    if context.invoked_subcommand is None:
        _train(folder, None)


@main.command(help=_("Go straight to the first question."))
@click.option("--scenario", metavar="ID", help=_("Only this scenario."))
@click.option("--principle", metavar="ID", help=_("Only this principle."))
@click.option(
    "--level", type=click.Choice([level.value for level in Level]), help=_("Only this level.")
)
@click.option("-n", "length", type=click.IntRange(1), metavar="N", help=_("This many questions."))
@click.option("--seed", type=int, metavar="N", help=_("Draw the same questions again."))
@click.option("--plain", "by_line", is_flag=True, help=_("Line by line, without a screen."))
@click.option("--json", "as_json", is_flag=True, help=_("Write one JSON object an answer."))
@click.option("--memory", is_flag=True, help=_("Keep nothing: answers go when Netral closes."))
@_shared
@click.pass_context
def play(
    context: click.Context,
    folder: Path | None,
    scenario: str | None,
    principle: str | None,
    level: str | None,
    length: int | None,
    seed: int | None,
    by_line: bool,
    as_json: bool,
    memory: bool,
) -> None:
    """Begin a session at once."""
    mixed = scenario is None and principle is None
    kept = settings.load(paths.settings_file())
    wish = Wish(
        scenario,
        principle,
        Level(level) if level else None,
        length or (kept.length if mixed else None),
    )
    _train(folder or context.obj, wish, seed, by_line=by_line, as_json=as_json, memory=memory)


@main.command(help=_("Check a bank, or one of its files: every quote, every reference."))
@click.argument("path", required=False, type=click.Path(path_type=Path), metavar="[PATH]")
@click.option(
    "--format",
    "format",
    type=click.Choice(diagnostics.FORMATS),
    default="full",
    help=_("How to print what is wrong."),
)
@_shared
@click.pass_context
def check(context: click.Context, folder: Path | None, path: Path | None, format: str) -> None:
    """Print everything that is wrong with a bank."""
    from quiz import bank

    wanted = path or folder or context.obj or paths.bundled_bank()
    root = _find(wanted)
    found, problems = bank.load(root)
    if wanted.is_file():
        problems = [p for p in problems if Path(p.path).resolve() == wanted.resolve()]
    if problems or format == "json":
        click.echo(diagnostics.render(problems, format))
    if problems:
        context.exit(BankError.exit_code)
    if found and format != "json":
        click.echo(
            _(
                "No problems. Scenarios: {scenarios}; questions: {questions}; sources: {sources}."
            ).format(
                scenarios=len(found.scenarios),
                questions=len(found.question),
                sources=len(found.sources),
            ),
            err=True,
        )


def _train(
    folder: Path | None,
    wish: Wish | None,
    seed: int | None = None,
    *,
    by_line: bool = False,
    as_json: bool = False,
    memory: bool = False,
) -> None:
    """Open the screen, or play by line where there is none; without a wish, start at home."""
    played = _sound(_find(folder) if folder else paths.bundled_bank())
    lines = by_line or as_json or not _has_screen()
    store, trouble = _store(memory)
    with closing(store):
        if trouble and lines:
            raise trouble
        plan = _plan(played, wish, store, seed)
        if lines:
            _play_by_line(played, store, plan, as_json=as_json)
            return
        from quiz.tui.app import NetralApp
        from quiz.tui.desk import Desk

        file = paths.settings_file()
        desk = Desk(
            played, store, paths.database(), settings.load(file), file, _now, random.Random(seed)
        )
        NetralApp(desk, plan=plan, trouble=trouble).run()


def _find(path: Path) -> Path:
    # Else a name with a slip in it would stand for the bank around it.
    if not os.path.lexists(path):
        raise UsageError(_("{path} does not exist.").format(path=path))
    from quiz import bank

    return bank.find_bank(path)


def _sound(root: Path) -> Bank:
    # What cannot be read or kept here is only slower: the check names any file at fault.
    known = b""
    with suppress(OSError):
        known = proven.fingerprint(root)
        recalled = proven.recall(root, paths.memory(), known)
        if recalled is not None:
            return recalled
    from quiz import bank

    found, problems = bank.load(root)
    if found is None:
        raise BankError(
            diagnostics.render(problems, "full"),
            _("This bank has errors and is not played. “netral check” shows them again."),
        )
    with suppress(OSError):
        proven.remember(found, root, paths.memory(), known)
    return found


def _store(memory: bool) -> tuple[Store, StoreError | None]:
    if memory:
        return Store.in_memory(), None
    try:
        return Store.open(paths.database()), None
    except StoreError as error:
        return Store.in_memory(), error


def _plan(played: Bank, wish: Wish | None, store: Store, seed: int | None) -> Plan | None:
    if wish is None:
        return None
    # With a seed the same command draws the same questions, whatever has been answered before.
    seen = store.seen() if seed is None else dict.fromkeys(played.question, 1)
    return draw(played, wish, seen, random.Random(seed))


def _play_by_line(played: Bank, store: Store, plan: Plan | None, *, as_json: bool) -> None:
    from quiz import plain

    session = plain.PlainSession(
        played,
        store,
        i18n.language(),
        _now,
        ask=sys.stdin,
        say=(sys.stderr if as_json else sys.stdout) or io.StringIO(),
        data=sys.stdout if as_json else None,
    )
    session.play(_run(played, store, plan))


def _run(played: Bank, store: Store, plan: Plan | None) -> Run:
    """The session to play by line: the one asked for, else the unfinished one, else a practice."""
    id = played.manifest.id
    if plan is None:
        unfinished = store.unfinished(id)
        if unfinished and not unfinished.session.within(played.question).done:
            return unfinished
        length = settings.load(paths.settings_file()).length
        plan = draw(played, Wish(length=length), store.seen(), random.Random())
    return store.begin(plan, id, _now())


def _has_screen() -> bool:
    streams = (sys.stdin, sys.stdout)
    return os.environ.get("TERM") != "dumb" and all(s is not None and s.isatty() for s in streams)


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
        reason = error.strerror or error
        click.echo(_("Reading or writing failed: {reason}.").format(reason=reason), err=True)
        return 1
    except (click.Abort, KeyboardInterrupt):
        return 130
