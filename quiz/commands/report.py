"""`netral report`."""

from collections.abc import Iterator
from pathlib import Path

import click
from click.core import ParameterSource

from quiz import i18n, paths
from quiz.commands.opening import day, find, shared, sound
from quiz.commands.past import Past, past_room
from quiz.commands.writing import write_all
from quiz.errors import UsageError
from quiz.i18n import _
from quiz.models import Bank


@click.command(
    help=_("Write the report of a room, ready to print. Name the room by its number or code."),
    epilog=_("“netral rooms” lists the rooms. Without --lang a report is in the room's language."),
)
@click.argument("name", metavar=_("ROOM"))
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar=_("[FILE]"))
@click.option(
    "--csv",
    "csv_file",
    type=click.Path(path_type=Path),
    metavar=_("FILE"),
    help=_("Write a row for each question and round to this file."),
)
@click.option(
    "--xlsx",
    "xlsx_file",
    type=click.Path(path_type=Path),
    metavar=_("FILE"),
    help=_("Write all figures as a workbook to this file."),
)
@click.option(
    "--people",
    is_flag=True,
    help=_("A row for each person, by name, in those files; only where the room was told so."),
)
@click.option("--force", is_flag=True, help=_("Replace files that are there."))
@shared
@click.pass_context
def report(
    context: click.Context,
    folder: Path | None,
    name: str,
    file: Path | None,
    csv_file: Path | None,
    xlsx_file: Path | None,
    people: bool,
    force: bool,
) -> None:
    """Find the room, write what was asked for, and say where it is."""
    if people and not (csv_file or xlsx_file):
        raise UsageError(
            _("The page never names anybody."), _("Add --csv FILE or --xlsx FILE to --people.")
        )
    named = folder or context.obj
    bank = sound(find(named) if named else paths.bundled_bank())
    past = past_room(name, bank)
    if people and not past.room.setup.names:
        raise UsageError(
            _("This room was not told that names may be filed, so no names are written."),
            _("For the next room, “netral host --names” tells everybody who joins."),
        )
    if file is None and not (csv_file or xlsx_file):
        file = Path(f"netral-report-{past.record.code}.html")
    language = i18n.language() if _asked_for(context) else past.room.setup.language
    with i18n.speaking(language):
        files = list(_contents(past, bank, file, csv_file, xlsx_file, people=people))
    write_all(files, force=force)
    for path, _content in files:
        click.echo(path)


def _asked_for(context: click.Context) -> bool:
    """Whether somebody asked for a language on this command line."""
    given: click.Context | None = context
    while given:
        if given.get_parameter_source("lang") is ParameterSource.COMMANDLINE:
            return True
        given = given.parent
    return False


def _contents(
    past: Past,
    bank: Bank,
    file: Path | None,
    csv_file: Path | None,
    xlsx_file: Path | None,
    *,
    people: bool,
) -> Iterator[tuple[Path, bytes]]:
    """What goes into each file, in the language spoken."""
    from quiz import report_page, report_tables, sheets
    from quiz.report import Occasion
    from quiz.report import report as figures

    language = i18n.language()
    found = figures(past.room, bank)
    occasion = Occasion(past.record.id, past.record.code, day(past.at).isoformat())
    if file:
        yield file, report_page.page(found, occasion, bank, language).encode()
    rounds = report_tables.rounds(found, bank, language)
    persons = [report_tables.people(past.room, bank)] if people else []
    if csv_file:
        yield csv_file, sheets.as_csv(persons[0] if persons else rounds)
    if xlsx_file:
        summary = report_tables.summary(found, occasion, bank, language)
        principles = report_tables.principles(found, bank, language)
        yield xlsx_file, sheets.as_workbook([summary, rounds, principles, *persons])
