"""`netral rooms`."""

import json
from typing import Any

import click

from quiz import wording
from quiz.commands.opening import day, spoken
from quiz.commands.past import Past, past_rooms
from quiz.i18n import _
from quiz.naming import spaced
from quiz.room import Phase


@click.command(help=_("List the rooms led on this computer, newest first."))
@click.option("--json", "as_json", is_flag=True, help=_("Write them as one JSON array."))
@spoken
def rooms(as_json: bool) -> None:
    """Print a table, or the same as JSON."""
    past = past_rooms()
    if as_json:
        click.echo(json.dumps([_object(one) for one in past], indent=2))
    elif past:
        click.echo("\n".join(_table(past)))
        click.echo(_("“netral report NUMBER” writes the report of a room."), err=True)
    else:
        click.echo(_("No room has been led on this computer yet."), err=True)
        click.echo(_("Begin one with “netral host”."), err=True)


def _table(past: list[Past]) -> list[str]:
    head = (_("No."), _("Code"), _("Date"), _("Questions"), _("Participants"), _("Language"), "")
    rows = [head, *(_row(one) for one in past)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _row(past: Past) -> tuple[str, ...]:
    room = past.room
    return (
        str(past.record.id),
        spaced(past.record.code),
        wording.date(day(past.at).isoformat()),
        f"{len(room.revealed)}/{len(room.setup.deck)}",
        str(len(room.participants)),
        room.setup.language,
        _("finished") if room.phase is Phase.DONE else _("not finished"),
    )


def _object(past: Past) -> dict[str, Any]:
    room = past.room
    return {
        "number": past.record.id,
        "code": past.record.code,
        "at": past.at.isoformat(),
        "bank": room.setup.bank,
        "language": room.setup.language,
        "asked": len(room.setup.deck),
        "revealed": len(room.revealed),
        "participants": len(room.participants),
        "finished": room.phase is Phase.DONE,
    }
