"""The commands; the one place that catches QuizError."""

import io
import json
import os
import random
import shutil
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


def _spoken(command: F) -> F:
    """The option that every command takes, wherever it stands on the line."""
    return click.option(
        "--lang",
        type=click.Choice(i18n.LANGUAGES),
        help=_("Language of the interface and the bank."),
        expose_value=False,
    )(command)


def _shared(command: F) -> F:
    """The options that every command takes that has to do with a bank."""
    return click.option(
        "--bank",
        "folder",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help=_("Train with the bank in this folder."),
    )(_spoken(command))


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
@click.option("--report", is_flag=True, help=_("Print the bank's figures instead, as tables."))
@click.option(
    "--coverage",
    is_flag=True,
    help=_("Print the sources instead, with what is quoted in them marked."),
)
@_shared
@click.pass_context
def check(
    context: click.Context,
    folder: Path | None,
    path: Path | None,
    format: str,
    report: bool,
    coverage: bool,
) -> None:
    """Print everything that is wrong with a bank, or what is in it."""
    from quiz import checking

    wanted = path or folder or context.obj or paths.bundled_bank()
    root = _find(wanted)
    found, problems = checking.check(root)
    if wanted.is_file():
        problems = [p for p in problems if _same(Path(p.path), wanted)]
    if found and (report or coverage):
        from quiz.lint import pages

        named = [id for id in found.sources if _same(root / "seeds" / f"{id}.md", wanted)]
        figures = [pages.report(found, found.speaks(i18n.language()))] if report else []
        articles = [pages.articles(found, named or found.sources)] if coverage else []
        click.echo("\n\n".join(figures + articles))
        if problems:
            click.echo(_("Some things could be better; “netral check” shows them."), err=True)
    elif problems or format == "json":
        click.echo(diagnostics.render(problems, format))
    if problems:
        context.exit(BankError.exit_code)
    if found and format != "json":
        words = _(
            "No problems. Scenarios: {scenarios}; questions: {questions}; sources: {sources}."
        )
        numbers = {
            "scenarios": len(found.scenarios),
            "questions": len(found.question),
            "sources": len(found.sources),
        }
        click.echo(words.format(**numbers), err=True)


@main.command(help=_("Begin a new scenario: write its file, to be filled in."))
@click.argument("place", metavar="PRINCIPLE/ID")
@_shared
@click.pass_context
def new(context: click.Context, folder: Path | None, place: str) -> None:
    """Write a skeleton, say where it is and what comes next."""
    from quiz import authoring

    path = authoring.create(_find(folder or context.obj or paths.bundled_bank()), place)
    click.echo(path)
    click.echo(
        _(
            "Fill in what is empty: “netral check {path}” says of each blank what to write there. "
            "Until then this bank is not played."
        ).format(path=path),
        err=True,
    )


@main.command(help=_("Print one scenario as a reader will see it, in every language."))
@click.argument("id", metavar="ID")
@_shared
@click.pass_context
def show(context: click.Context, folder: Path | None, id: str) -> None:
    """Print a scenario, its languages side by side where there is room."""
    from quiz import spread

    named = folder or context.obj
    bank = _sound(_find(named) if named else paths.bundled_bank())
    width = shutil.get_terminal_size().columns
    click.echo(spread.spread(bank, spread.find(bank, id), width))


@main.command(help=_("Print the format of a scenario's file as a JSON Schema, for editors."))
@_spoken
def schema() -> None:
    """Print the schema, made anew from the models."""
    from quiz.schema import scenario_schema

    click.echo(json.dumps(scenario_schema(), indent=2))


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


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


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
    # Textual paints on standard error.
    streams = (sys.stdin, sys.stdout, sys.stderr)
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
