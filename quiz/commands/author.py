"""What authors of a bank need beside `netral check`: `netral new`, `show` and `schema`."""

import json
import shutil
from pathlib import Path

import click

from quiz import paths
from quiz.commands.opening import find, shared, sound, spoken
from quiz.i18n import _


@click.command(help=_("Begin a new scenario: write its file, to be filled in."))
@click.argument("place", metavar=_("PRINCIPLE/ID"))
@shared
@click.pass_context
def new(context: click.Context, folder: Path | None, place: str) -> None:
    """Write a skeleton, say where it is and what comes next."""
    from quiz import authoring

    path = authoring.create(find(folder or context.obj or paths.bundled_bank()), place)
    click.echo(path)
    click.echo(
        _(
            "Fill in what is empty: “netral check {path}” says of each blank what to write there. "
            "Until then this bank is not played."
        ).format(path=path),
        err=True,
    )


@click.command(help=_("Print one scenario as a reader sees it, in every language."))
@click.argument("id", metavar="ID")
@shared
@click.pass_context
def show(context: click.Context, folder: Path | None, id: str) -> None:
    """Print a scenario, its languages side by side where there is room."""
    from quiz import spread

    named = folder or context.obj
    bank = sound(find(named) if named else paths.bundled_bank())
    width = shutil.get_terminal_size().columns
    click.echo(spread.spread(bank, spread.find(bank, id), width))


@click.command(help=_("Print the format of a scenario's file as a JSON Schema."))
@spoken
def schema() -> None:
    """Print the schema, made anew from the models."""
    from quiz.schema import scenario_schema

    click.echo(json.dumps(scenario_schema(), indent=2))
