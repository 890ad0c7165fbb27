"""`netral plan`."""

import random
from collections.abc import Iterator
from pathlib import Path

import click

from quiz import evening, i18n, paths
from quiz.commands.opening import Number, find, shared, sound
from quiz.commands.writing import write_all
from quiz.errors import UsageError
from quiz.evening import Choice, Evening
from quiz.i18n import _
from quiz.models import Bank, Level

_FILE = "netral-plan.html"
_MINUTES = 90


@click.command(
    help=_(
        "Plan a group session: a run sheet and a handout to print. “netral host” can lead by it."
    ),
    epilog=_(
        "Without a choice of scenarios, principles take turns until the minutes are full. "
        "“netral host --plan FILE” leads a room by a plan that was saved."
    ),
)
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar=_("[FILE]"))
@click.option(
    "--scenario", "scenarios", multiple=True, metavar="ID", help=_("This scenario; repeatable.")
)
@click.option("--principle", metavar="ID", help=_("Only this principle."))
@click.option(
    "--level", type=click.Choice([level.value for level in Level]), help=_("Only this level.")
)
@click.option("-n", "length", type=Number(1), metavar="N", help=_("This many questions."))
@click.option(
    "--seed",
    type=Number(0),
    metavar="N",
    help=_("Other scenarios; the same N gives the same ones."),
)
@click.option(
    "--minutes",
    type=Number(1, evening.LONGEST),
    metavar="N",
    help=_("How long the evening is; 90 by default."),
)
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path),
    metavar=_("FILE"),
    help=_("Print the sheets of a plan saved earlier."),
)
@click.option(
    "--handout",
    type=click.Path(path_type=Path),
    metavar=_("FILE"),
    help=_("Write a sheet for the hall, without answers, to this file."),
)
@click.option(
    "--save",
    type=click.Path(path_type=Path),
    metavar=_("FILE"),
    help=_("Save the plan itself, for “netral host --plan”."),
)
@click.option("--force", is_flag=True, help=_("Replace files that are there."))
@shared
@click.pass_context
def plan(
    context: click.Context,
    folder: Path | None,
    file: Path | None,
    scenarios: tuple[str, ...],
    principle: str | None,
    level: str | None,
    length: int | None,
    seed: int | None,
    minutes: int | None,
    plan_file: Path | None,
    handout: Path | None,
    save: Path | None,
    force: bool,
) -> None:
    """Choose the questions or read a plan, and write the papers that were asked for."""
    named = folder or context.obj
    bank = sound(find(named) if named else paths.bundled_bank())
    choice = Choice(scenarios, principle, Level(level) if level else None, length)
    if plan_file is None:
        planned = _planned(bank, choice, minutes or _MINUTES, seed)
    elif choice != Choice() or seed is not None or minutes is not None:
        raise UsageError(
            _("A saved plan has its questions and its minutes already."),
            _("Leave out --plan to choose anew."),
        )
    elif not plan_file.exists():
        raise UsageError(_("{path} does not exist.").format(path=plan_file))
    else:
        planned = evening.load_plan(plan_file.read_bytes(), bank)
    if file is None and not (handout or save):
        file = Path(_FILE)
    _write(bank, planned, file, handout, save, force=force)


def _planned(bank: Bank, choice: Choice, minutes: int, seed: int | None) -> Evening:
    chance = None if seed is None else random.Random(seed)
    return Evening(bank.manifest.id, evening.choose(bank, choice, minutes, chance), minutes)


def _write(
    bank: Bank,
    planned: Evening,
    file: Path | None,
    handout: Path | None,
    save: Path | None,
    *,
    force: bool,
) -> None:
    from quiz import evening_page

    files = list(_papers(bank, planned, file, handout, save))
    write_all(files, force=force)
    for path, _content in files:
        click.echo(path)
    if overrun := evening_page.overrun(planned, bank):
        click.echo(overrun, err=True)


def _papers(
    bank: Bank, planned: Evening, file: Path | None, handout: Path | None, save: Path | None
) -> Iterator[tuple[Path, bytes]]:
    from quiz import evening_page

    language = i18n.language()
    if file:
        yield file, evening_page.run_sheet(planned, bank, language).encode()
    if handout:
        yield handout, evening_page.handout(planned, bank, language).encode()
    if save:
        yield save, evening.dump_plan(planned).encode()
