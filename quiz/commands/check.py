"""`netral check`."""

from pathlib import Path

import click

from quiz import diagnostics, i18n, paths
from quiz.commands.opening import find, shared
from quiz.errors import BankError
from quiz.i18n import _


@click.command(help=_("Check a bank or one of its files: each quote, each reference."))
@click.argument("path", required=False, type=click.Path(path_type=Path), metavar=_("[PATH]"))
@click.option(
    "--format",
    "format",
    type=click.Choice(diagnostics.FORMATS),
    default="full",
    help=_("How to print what is wrong."),
)
@click.option("--report", is_flag=True, help=_("Print the bank's figures instead, as tables."))
@click.option(
    "--coverage",
    is_flag=True,
    help=_("Print the sources instead, with what is quoted in them marked."),
)
@shared
@click.pass_context
def check(
    context: click.Context,
    folder: Path | None,
    path: Path | None,
    format: str,
    report: bool,
    coverage: bool,
) -> None:
    """Print everything that is wrong with a bank, or what is in it."""
    from quiz import checking

    wanted = path or folder or context.obj or paths.bundled_bank()
    root = find(wanted)
    found, problems = checking.check(root)
    if wanted.is_file():
        problems = [p for p in problems if _same(Path(p.path), wanted)]
    if found and (report or coverage):
        from quiz.lint import pages

        named = [id for id in found.sources if _same(root / "seeds" / f"{id}.md", wanted)]
        figures = [pages.report(found, found.speaks(i18n.language()))] if report else []
        articles = [pages.articles(found, named or found.sources)] if coverage else []
        click.echo("\n\n".join(figures + articles))
        if problems:
            click.echo(_("Some things could be better; “netral check” shows them."), err=True)
    elif problems or format == "json":
        click.echo(diagnostics.render(problems, format))
    if problems:
        context.exit(BankError.exit_code)
    if found and format != "json":
        words = _(
            "No problems. Scenarios: {scenarios}; questions: {questions}; sources: {sources}."
        )
        numbers = {
            "scenarios": len(found.scenarios),
            "questions": len(found.question),
            "sources": len(found.sources),
        }
        click.echo(words.format(**numbers), err=True)


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
