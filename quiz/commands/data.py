"""`netral data`: the history in the learner's hands."""

import sys
from pathlib import Path

import click

from quiz import paths
from quiz.commands.opening import spoken
from quiz.commands.writing import write
from quiz.errors import StoreError, UsageError
from quiz.i18n import _, n_, said

_STREAM = Path("-")


@click.group(help=_("Your history: see where it is, copy, merge or delete it."))
@spoken
def data() -> None:
    """The commands below it."""


@data.command(help=_("Print the path of the database."))
@spoken
def path() -> None:
    """Print the path, whether or not the file is there yet."""
    click.echo(paths.database())


@data.command(help=_("Write the whole history to a file, as JSON. “-” is standard output."))
@click.argument("file", type=click.Path(path_type=Path), metavar=_("FILE"))
@click.option("--force", is_flag=True, help=_("Replace the file where there is one."))
@spoken
def export(file: Path, force: bool) -> None:
    """Write what another Netral can import."""
    from quiz import portable
    from quiz.store import Store

    if not paths.database().exists():
        raise UsageError(_("There is no history yet: nothing has been answered on this computer."))
    store = Store.open(paths.database())
    try:
        records = store.export()
    finally:
        store.close()
    text = portable.write(records)
    if file == _STREAM:
        # As bytes, since a terminal's encoding is not the file's.
        click.echo(text.encode(), nl=False)
    else:
        write(file, text, force=force)
    said = _("Written: sessions {sessions}, answers {answers}.").format(
        sessions=len(records), answers=sum(len(record.answers) for record in records)
    )
    click.echo(said, err=True)


@data.command(
    "import", help=_("Merge what another Netral exported into the history. “-” is standard input.")
)
@click.argument("file", type=click.Path(path_type=Path), metavar=_("FILE"))
@spoken
def import_(file: Path) -> None:
    """Check a file as a whole, then merge it as a whole."""
    from quiz import portable
    from quiz.store import Store

    if file != _STREAM and not file.exists():
        raise UsageError(_("{path} does not exist.").format(path=file))
    records = portable.read(sys.stdin.buffer.read() if file == _STREAM else file.read_bytes())
    store = Store.open(paths.database())
    try:
        merged = store.merge(records)
    finally:
        store.close()
    lines = [
        _("In the file: sessions {sessions}, answers {answers}.").format(
            sessions=len(records), answers=sum(len(record.answers) for record in records)
        ),
        _("New here: sessions {sessions}, answers {answers}.").format(
            sessions=merged.sessions, answers=merged.answers
        ),
    ]
    if merged.differing:
        differing = n_(
            "{number} answer is not the one given here; of the two the earlier counts.",
            "{number} answers are not those given here; of each two the earlier counts.",
            merged.differing,
        )
        lines.append(differing.format(number=merged.differing))
    click.echo("\n".join(lines), err=True)


@data.command(help=_("Delete everything Netral keeps on this computer, for good."))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@spoken
def forget(yes: bool) -> None:
    """Say what will go, ask, and delete it."""
    doomed = _kept()
    if not doomed:
        click.echo(_("Netral keeps nothing on this computer."), err=True)
        return
    _claim()
    if not yes:
        _ask(doomed)
        _claim()
    for file in doomed:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(
                _("{path} could not be deleted: {reason}.").format(path=file, reason=said(error)),
                _("Close what uses that file, and try again; files listed before it are gone."),
            ) from error
        click.echo(file)
    for folder in (paths.memory(), paths.settings_file().parent, paths.data_dir()):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    click.echo(_("These files are deleted. Netral begins anew."), err=True)


def _kept() -> list[Path]:
    """Every file of Netral's on this computer, the history first."""
    from quiz import database

    rooms = paths.rooms_database()
    found = [
        *database.files(paths.database()),
        *database.files(rooms),
        *sorted(rooms.parent.glob(f"{rooms.name}.room-*.lock*")),
        paths.joined(),
        paths.settings_file(),
        *sorted(paths.memory().glob("bank-*")),
    ]
    return [file for file in found if file.is_file()]


def _claim() -> None:
    """Before anything goes, see that no other window would go on writing into what is gone."""
    from quiz import database

    for file in (paths.database(), paths.rooms_database()):
        database.claim(file)


def _ask(doomed: list[Path]) -> None:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(
            _("There is no terminal to ask on; nothing was deleted."),
            _("Add --yes to delete without being asked."),
        )
    click.echo(_("This deletes, for good:"), err=True)
    for file in doomed:
        click.echo(f"  {file}", err=True)
    click.echo(_("“netral data export FILE” would keep a copy of the history."), err=True)
    word = _("forget")
    answer = click.prompt(_("Type “{word}” to delete all of it").format(word=word), err=True)
    if answer.strip().casefold() != word:
        raise UsageError(_("That was not “{word}”: nothing was deleted.").format(word=word))
