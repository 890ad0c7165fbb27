"""`netral play`."""

from pathlib import Path

import click

from quiz import paths, settings
from quiz.commands.opening import shared, train
from quiz.i18n import _
from quiz.models import Level
from quiz.session import Wish


@click.command(help=_("Go straight to the first question."))
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
@shared
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
    train(folder or context.obj, wish, seed, by_line=by_line, as_json=as_json, memory=memory)
