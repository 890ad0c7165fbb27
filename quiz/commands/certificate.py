"""`netral certificate`."""

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quiz import __version__, i18n, paths
from quiz.commands.opening import day, find, history, shared, sound
from quiz.commands.writing import write
from quiz.errors import UsageError
from quiz.history import edition
from quiz.i18n import _
from quiz.models import Bank
from quiz.session import Session
from quiz.store import Store

if TYPE_CHECKING:
    from quiz.certificate import Award

_FILE = "netral-certificate.html"


@click.command(help=_("Write a certificate of the last test passed, ready to print."))
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar=_("[FILE]"))
@click.option("--name", metavar=_("NAME"), help=_("The name on it; without this you are asked."))
@click.option("--force", is_flag=True, help=_("Replace the file where there is one."))
@shared
@click.pass_context
def certificate(
    context: click.Context, folder: Path | None, file: Path | None, name: str | None, force: bool
) -> None:
    """Find the test, ask for the name, write the page and say where it is."""
    from quiz.certificate import legible, page

    path = file or Path(_FILE)
    if path.exists() and not force:
        raise UsageError(
            _("{path} exists already.").format(path=path),
            _("Name another file, or replace this one with --force."),
        )
    named = folder or context.obj
    bank = sound(find(named) if named else paths.bundled_bank())
    with closing(history()) as store:
        award = _award(bank, store)
    written = page(award, legible(name if name is not None else _ask()), i18n.language())
    write(path, written, force=force)
    click.echo(path)
    click.echo(_("Open this page in a browser, and print it on one sheet of A4."), err=True)


def _award(bank: Bank, store: Store) -> "Award":
    """What there is to certify of the test passed last. Raises UsageError where none was."""
    from quiz.certificate import Award

    mark, language = bank.manifest.pass_mark, bank.speaks(i18n.language())
    taken = [(s.finished, s) for s in store.tests(bank.manifest.id) if s.finished]
    for finished, sitting in sorted(taken, key=lambda test: test[0], reverse=True):
        session = store.run(sitting.session).session
        score = session.score
        if score.passes(mark):
            asked = {bank.home_of[id].principle for id in sitting.deck if id in bank.question}
            return Award(
                day(finished).isoformat(),
                sitting.form,
                score,
                mark,
                bank.manifest.title.say(language),
                [p.name.say(language) for p in bank.principles.values() if p.id in asked],
                __version__,
                bank.manifest.version if _asks(bank, session) else None,
            )
    raise UsageError(
        _("You have not passed a test yet."),
        _("Take one with “netral test”; you pass with at least {mark}%.").format(
            mark=round(mark * 100)
        ),
    )


def _asks(bank: Bank, session: Session) -> bool:
    """Whether the bank, as it is now, asks what was answered in the session."""
    asked = ((answer.edition, bank.question.get(answer.question)) for answer in session.answers)
    return all(question and of in (None, edition(question)) for of, question in asked)


def _ask() -> str:
    click.echo(_("The name on the certificate: "), nl=False, err=True)
    return sys.stdin.readline() if sys.stdin else ""
