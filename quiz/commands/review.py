"""`netral review`."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from quiz import paths, settings, wording
from quiz.commands.opening import day, now, shared, train
from quiz.history import present
from quiz.i18n import _
from quiz.models import Bank
from quiz.session import Plan
from quiz.store import Store

_NONE = "none"


@click.command(help=_("Review what is due: one question of each scenario."))
@click.option(
    "--ready-by",
    metavar=_("DATE"),
    help=_("See everything once more in the last two weeks before this day; “none” for no day."),
)
@click.option("--plain", "by_line", is_flag=True, help=_("Line by line, without a screen."))
@click.option("--json", "as_json", is_flag=True, help=_("Write one JSON object for each answer."))
@shared
@click.pass_context
def review(
    context: click.Context,
    folder: Path | None,
    ready_by: str | None,
    by_line: bool,
    as_json: bool,
) -> None:
    """Begin a session of what is due, or say when something will be."""
    if ready_by is not None:
        _keep(None if ready_by == _NONE else settings.ready_by(ready_by, day(now())))

    def due(bank: Bank, store: Store) -> Plan:
        from quiz import forms
        from quiz.review import agenda

        id = bank.manifest.id
        horizon = settings.load(paths.settings_file()).horizon
        tests = store.tests(id)
        entries = present(bank, forms.settled(store.history(id), tests))
        kept = forms.reserved(bank, tests)
        today = agenda(bank, entries, now(), day, horizon, kept)
        if not today.plan.deck:
            # Standard output is for the answers, where they are asked for as data.
            click.echo(wording.nothing_due(today.next), err=as_json)
            context.exit()
        return today.plan

    train(folder or context.obj, due, by_line=by_line, as_json=as_json)


def _keep(horizon: date | None) -> None:
    file = paths.settings_file()
    settings.save(replace(settings.load(file), horizon=horizon), file)
    said = _("Ready by {date}.") if horizon else _("There is no day to be ready by.")
    click.echo(said.format(date=horizon and wording.date(horizon.isoformat())), err=True)
