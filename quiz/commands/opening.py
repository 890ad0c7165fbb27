"""What commands share: their options, the bank, the history, and how a session is opened."""

import io
import os
import random
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from quiz import diagnostics, i18n, paths, proven, settings
from quiz.errors import BankError, StoreError, UsageError
from quiz.i18n import _
from quiz.models import Bank
from quiz.session import Plan, Wish, draw
from quiz.store import Run, Store

F = TypeVar("F", bound=Callable[..., Any])
Planner = Callable[[Bank, Store], Plan | Run]


class Number(click.IntRange):
    """A whole number, called so where something else is given."""

    name = _("whole number")


def spoken(command: F) -> F:
    """The option that every command takes, wherever it stands on the line."""
    return click.option(
        "--lang",
        type=click.Choice(i18n.LANGUAGES),
        help=_("Language of the interface and the bank."),
        expose_value=False,
    )(command)


def shared(command: F) -> F:
    """The options that every command takes that has to do with a bank.

    The command is given `folder`, a path or None; named before the command it is `context.obj`.
    """
    return click.option(
        "--bank",
        "folder",
        type=click.Path(path_type=Path),
        metavar=_("DIR"),
        help=_("Use the bank in this folder."),
    )(spoken(command))


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def day(at: datetime) -> date:
    """The learner's calendar day at a moment: that of the place where this computer is now."""
    return at.astimezone().date()


def find(path: Path) -> Path:
    """The root of the bank that `path` lies in. Raises UsageError where there is none."""
    # Else a name with a slip in it would stand for the bank around it.
    if not os.path.lexists(path):
        raise UsageError(_("{path} does not exist.").format(path=path))
    from quiz import bank

    return bank.find_bank(path)


def sound(root: Path) -> Bank:
    """The bank in the folder `root`; raises BankError with everything wrong with it."""
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


def open_store(memory: bool, *, hurried: bool = False) -> tuple[Store, StoreError | None]:
    """The history: one in memory where asked for, and where the learner's cannot be opened.

    In the second case the error comes with it. `hurried` is as in `Store.open`.
    """
    if memory:
        return Store.in_memory(), None
    try:
        return Store.open(paths.database(), hurried=hurried), None
    except StoreError as error:
        return Store.in_memory(), error


def history() -> Store:
    """The history, to be looked at: nothing is left behind, not even an empty one.

    Raises StoreError.
    """
    file = paths.database()
    return Store.open(file) if file.exists() else Store.in_memory()


def has_screen() -> bool:
    """Whether there is a terminal to paint on, and keys to press."""
    # Textual paints on standard error.
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return os.environ.get("TERM") != "dumb" and all(s is not None and s.isatty() for s in streams)


def train(
    folder: Path | None,
    wish: Wish | Planner | None,
    seed: int | None = None,
    *,
    by_line: bool = False,
    as_json: bool = False,
    memory: bool = False,
) -> None:
    """Open the screen, or play by line where there is none; without a wish, start at home.

    A planner is asked for a session to begin or to go on with, unless the history it would look
    at cannot be opened.
    Raises BankError, UsageError and, by line, StoreError.
    """
    played = sound(find(folder) if folder else paths.bundled_bank())
    lines = by_line or as_json or not has_screen()
    store, trouble = open_store(memory, hurried=not lines)
    with closing(store):
        if trouble and lines:
            raise trouble
        if callable(wish):
            plan = None if trouble else wish(played, store)
        else:
            plan = _plan(played, wish, store, seed)
        if lines:
            _play_by_line(played, store, plan, as_json=as_json)
            return
        from quiz.tui.app import NetralApp
        from quiz.tui.desk import Desk

        file = paths.settings_file()
        desk = Desk(
            played, store, paths.database(), settings.load(file), file, now, random.Random(seed)
        )
        app = NetralApp(desk, plan=plan, trouble=trouble)
        try:
            app.run()
        finally:
            # After trouble it may be another one than that opened here.
            desk.store.close()
    if app.leads:
        from quiz.commands.host import begin

        begin(played)


def _plan(played: Bank, wish: Wish | None, store: Store, seed: int | None) -> Plan | None:
    if wish is None:
        return None
    if seed is None:
        seen = store.seen(played.manifest.id)
        return draw(played, wish, seen, random.Random(), _reserved(played, store))
    # With a seed the same command draws the same questions, whatever has been answered before.
    return draw(played, wish, dict.fromkeys(played.question, 1), random.Random(seed))


def _reserved(played: Bank, store: Store) -> frozenset[str]:
    tests = store.tests(played.manifest.id)
    if not tests:
        return frozenset()
    from quiz import forms

    return forms.reserved(played, tests)


def _play_by_line(played: Bank, store: Store, plan: Plan | Run | None, *, as_json: bool) -> None:
    from quiz import plain

    run = _run(played, store, plan)
    session = plain.PlainSession(
        played,
        store,
        i18n.language(),
        now,
        ask=sys.stdin,
        say=(sys.stderr if as_json else sys.stdout) or io.StringIO(),
        data=sys.stdout if as_json else None,
        confidence=settings.load(paths.settings_file()).confidence,
        reserved=_reserved(played, store) - set(run.session.deck),
    )
    session.play(run)


def _run(played: Bank, store: Store, plan: Plan | Run | None) -> Run:
    """The session to play by line: the one asked for, else the unfinished one, else a practice."""
    if isinstance(plan, Run):
        return plan
    id = played.manifest.id
    if plan is None:
        unfinished = store.unfinished(id)
        if unfinished and not unfinished.session.within(played.question).done:
            return unfinished
        length = settings.load(paths.settings_file()).length
        kept = _reserved(played, store)
        plan = draw(played, Wish(length=length), store.seen(id), random.Random(), kept)
    return store.begin(plan, id, now())
