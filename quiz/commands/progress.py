"""`netral progress`."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from textwrap import wrap
from typing import Any

import click

from quiz import i18n, paths, settings
from quiz import stats_words as words
from quiz.commands.opening import day, find, history, now, shared, sound
from quiz.errors import UsageError
from quiz.i18n import _
from quiz.models import Bank
from quiz.overview import overview
from quiz.session import Score
from quiz.sheets import harmless
from quiz.stats import Progress

_WIDEST = 100


@click.command(
    help=_("Print your progress: accuracy, memory, confidence and tests."),
    epilog=_(
        "With --csv each principle is a row: its id, its name, its questions, how many of them "
        "were answered, and how many rightly at the first and at the latest attempt."
    ),
)
@click.option("--json", "as_json", is_flag=True, help=_("Write all figures as one JSON object."))
@click.option("--csv", "as_csv", is_flag=True, help=_("Write one row for each principle."))
@shared
@click.pass_context
def progress(context: click.Context, folder: Path | None, as_json: bool, as_csv: bool) -> None:
    """Print the figures of the learner's log."""
    if as_json and as_csv:
        raise UsageError(_("Only one of --json and --csv can be written at a time."))
    named = folder or context.obj
    bank = sound(find(named) if named else paths.bundled_bank())
    horizon = settings.load(paths.settings_file()).horizon
    with closing(history()) as store:
        log = store.history(bank.manifest.id)
        found, _run = overview(bank, store, log, now(), day, horizon)
    language = bank.speaks(i18n.language())
    if as_json:
        click.echo(json.dumps(_object(bank, found, language), ensure_ascii=False, indent=2))
    elif as_csv:
        click.echo(_rows(bank, found, language), nl=False)
    else:
        width = min(_WIDEST, shutil.get_terminal_size().columns - 1)
        click.echo("\n\n".join("\n".join(part) for part in _parts(bank, found, language, width)))


def _parts(bank: Bank, found: Progress, language: str, width: int) -> Iterator[list[str]]:
    figures = found.figures
    yield wrap(words.next_line(bank, found, language), width)
    if not figures.answers:
        to_come = [f"• {line}" for line in words.to_come()]
        yield [_("Nothing answered yet. In time this page will show:"), *to_come]
        return
    head, rows = words.table(bank, figures.learnt, language, width)
    weakest = words.weakest_line(bank, figures, language)
    yield [head, *rows, *(wrap(weakest, width) if weakest else [])]
    scenarios = len(bank.scenarios) - len(figures.unseen)
    acts = [bank.question[id].act.say(language) for id in figures.sure_but_wrong]
    titles = [bank.scenario[id].title.say(language) for id in figures.mastered]
    for title, lines in (
        (_("Answers a day in the last four weeks"), [words.days_line(figures.days)]),
        (_("Memory"), [*words.memory_lines(found, scenarios)]),
        (_("Confidence"), [*words.calibration_lines(figures.calibration)]),
        (_("Sure but wrong"), [f"✕ {act}" for act in acts] or [words.none_sure_but_wrong()]),
        (
            _("Scenarios mastered"),
            [words.mastered_line(bank, figures), *(f"✓ {title}" for title in titles)],
        ),
        (_("Test"), [*words.comparison_lines(found.comparison)]),
    ):
        # A row with columns is kept as it is.
        yield [title, *(part for line in lines for part in _set(line, width))]


def _set(line: str, width: int) -> list[str]:
    if "  " in line:
        return [line]
    return wrap(line, width, subsequent_indent="  " if line.startswith(("✕", "✓")) else "")


def _rows(bank: Bank, found: Progress, language: str) -> str:
    """The figures by principle as CSV with a head."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_principles(bank, found, language)[0])
    for row in _principles(bank, found, language):
        writer.writerow([harmless(cell) for cell in row.values()])
    return text.getvalue()


def _principles(bank: Bank, found: Progress, language: str) -> list[dict[str, Any]]:
    return [
        {
            "principle": one.principle,
            "name": bank.principles[one.principle].name.say(language),
            "questions": one.latest.asked,
            "answered": one.latest.answered,
            "first_right": one.first.right,
            "latest_right": one.latest.right,
        }
        for one in found.figures.learnt
    ]


def _object(bank: Bank, found: Progress, language: str) -> dict[str, Any]:
    figures = found.figures
    return {
        "bank": bank.manifest.id,
        "answers": figures.answers,
        "next": found.step,
        "principles": _principles(bank, found, language),
        "weakest": figures.weakest and figures.weakest.principle,
        "days": [{"day": str(one.day), "answers": one.answers} for one in figures.days],
        "confidence": {level: _score(score) for level, score in figures.calibration.items()},
        "sure_but_wrong": figures.sure_but_wrong,
        "scenarios": len(bank.scenarios),
        "mastered": figures.mastered,
        "unseen": figures.unseen,
        "retention": found.retention,
        "due": [bank.home_of[question].id for question in found.review.deck],
        "next_due": found.next_due and str(found.next_due),
        "test": _test(found),
    }


def _test(found: Progress) -> dict[str, Any] | None:
    if found.comparison is None:
        return None
    scores = {"before": _score(found.comparison.before), "after": _score(found.comparison.after)}
    return asdict(found.comparison) | scores


def _score(score: Score) -> dict[str, int]:
    return {"right": score.right, "answered": score.answered}
