"""`netral test`."""

from pathlib import Path

import click

from quiz.commands.opening import shared, train
from quiz.i18n import _


@click.command(help=_("Take the test: form A before training, form B after it."))
@click.option("--plain", "by_line", is_flag=True, help=_("Line by line, without a screen."))
@click.option("--json", "as_json", is_flag=True, help=_("Write one JSON object for each answer."))
@shared
@click.pass_context
def test(context: click.Context, folder: Path | None, by_line: bool, as_json: bool) -> None:
    """Begin the form that is next, or go on with the one that was begun."""
    from quiz.testing import next_test

    train(folder or context.obj, next_test, by_line=by_line, as_json=as_json)
