"""`netral play`."""

from functools import partial
from pathlib import Path

import click

from quiz import paths, settings
from quiz.commands.opening import Number, Planner, shared, train
from quiz.errors import UsageError
from quiz.i18n import _
from quiz.models import Bank, Level
from quiz.session import Kind, Plan, Wish
from quiz.store import Store


@click.command(help=_("Go straight to the first question."))
@click.option("--scenario", metavar="ID", help=_("Only this scenario."))
@click.option("--principle", metavar="ID", help=_("Only this principle."))
@click.option(
    "--level", type=click.Choice([level.value for level in Level]), help=_("Only this level.")
)
@click.option("-n", "length", type=Number(1), metavar="N", help=_("This many questions."))
@click.option(
    "--from", "room", metavar=_("ROOM"), help=_("What a room missed most, by its number or code.")
)
@click.option("--seed", type=Number(0), metavar="N", help=_("The same N draws the same questions."))
@click.option("--plain", "by_line", is_flag=True, help=_("Line by line, without a screen."))
@click.option("--json", "as_json", is_flag=True, help=_("Write one JSON object for each answer."))
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
    room: str | None,
    seed: int | None,
    by_line: bool,
    as_json: bool,
    memory: bool,
) -> None:
    """Begin a session at once."""
    if room is not None:
        if scenario or principle or level or seed is not None:
            raise UsageError(
                _("--from chooses the questions itself."),
                _("Beside it only -n makes the session shorter."),
            )
        wish: Wish | Planner = partial(_from_room, room, length)
    else:
        wish = _wish(scenario, principle, level, length)
    train(folder or context.obj, wish, seed, by_line=by_line, as_json=as_json, memory=memory)


def _wish(
    scenario: str | None, principle: str | None, level: str | None, length: int | None
) -> Wish:
    mixed = scenario is None and principle is None
    kept = settings.load(paths.settings_file())
    return Wish(
        scenario,
        principle,
        Level(level) if level else None,
        length or (kept.length if mixed else None),
    )


def _from_room(name: str, length: int | None, bank: Bank, _store: Store) -> Plan:
    from quiz.commands.past import past_room
    from quiz.report import report

    past = past_room(name, bank)
    deck = report(past.room, bank).practice
    if not deck:
        raise UsageError(
            _("This room missed nothing, or has not revealed anything yet."),
            _("“netral play” begins a session of other questions."),
        )
    return Plan(Kind.ROOM, past.record.code, deck[:length])
