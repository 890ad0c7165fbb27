"""A new scenario's file: where it goes, and its skeleton.

In the skeleton a text is an empty block (`>-`), so that what is typed below it needs no quotes,
and an id or a choice that is still open is ''. Each of these blanks is a problem to `netral check`,
which says there what belongs in it.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from quiz.bank import load
from quiz.diagnostics import render
from quiz.errors import BankError, UsageError
from quiz.i18n import _
from quiz.models import Bank, Verdict, is_id

_PACKAGE = Path(__file__).resolve().parent
_SCHEMA = "scenario.schema.json"
# Of four acts the first and the third are a pair, so that it does not strike the eye.
_VERDICTS = (Verdict.NOT_NEUTRAL, Verdict.NEUTRAL, Verdict.NEUTRAL, Verdict.NOT_NEUTRAL)
_PAIR = {1: 3, 3: 1}


def create(root: Path, place: str) -> Path:
    """Write the skeleton of the scenario `place`, PRINCIPLE/ID, into the bank in `root`.

    Returns its path. Raises UsageError where it cannot stand there, BankError where the sources or
    what holds for the whole bank have problems, OSError where it cannot be written. It never
    writes over a file.
    """
    principle, _slash, id = place.partition("/")
    if not is_id(id):
        raise UsageError(
            _("“{place}” does not name a scenario.").format(place=place),
            _("Write PRINCIPLE/ID, each of lower-case words joined by hyphens."),
        )
    bank = _frame(root)
    if principle not in bank.principles:
        raise UsageError(
            _("There is no principle “{name}” in this bank.").format(name=principle),
            _("It has these: {names}.").format(names=", ".join(bank.principles)),
        )
    taken = next((root / "scenarios").glob(f"*/{id}.yaml"), None)
    if taken:
        raise UsageError(
            _("The id “{id}” is already used at {place}.").format(id=id, place=taken.as_posix()),
            _("Ids are unique in the bank, for ever: a learner's history hangs on them."),
        )
    if id in bank.manifest.retired:
        raise UsageError(
            _("The id “{id}” is retired: bank.yaml says that something else had it.").format(id=id),
            _("Choose another one, or old answers would count for what is new."),
        )
    path = root / "scenarios" / principle / f"{id}.yaml"
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _skeleton(root, bank, id))
    return path


def _frame(root: Path) -> Bank:
    """The bank without its scenarios, which may still be unfinished."""
    if root.resolve().is_relative_to(_PACKAGE):
        raise UsageError(
            _("The bank in {path} is part of the installed program.").format(path=root),
            _("Copy it to a folder of your own, and name that with --bank."),
        )
    bank, problems = load(root, scenarios=False)
    if bank is None:
        raise BankError(render(problems, "full"), _("Mend this first: a new scenario needs it."))
    return bank


def _skeleton(root: Path, bank: Bank, id: str) -> Iterator[str]:
    yield from _modeline(root)
    yield "# " + _("Number (4 to 6), order and verdicts of the questions are yours to change.")
    yield f"id: {_scalar(id)}"
    yield "level: ''"
    yield from _text("title", bank.manifest.languages)
    yield from _text("situation", bank.manifest.languages)
    yield "questions:"
    for number, verdict in enumerate(_VERDICTS, 1):
        if number > 1:
            yield ""
        if number in _PAIR:
            words = _("A pair with question {number}: one fact differs, and the verdict with it.")
            yield "  # " + words.format(number=_PAIR[number])
        bullet = "  - "
        for line in _question(bank, verdict, paired=number in _PAIR):
            yield bullet + line
            bullet = "    "


def _modeline(root: Path) -> Iterator[str]:
    """The comment by which an editor finds the schema, where the bank has one beside it."""
    for name in (_SCHEMA, f"quiz/{_SCHEMA}"):
        if (root / name).is_file():
            yield f"# yaml-language-server: $schema=../../{name}"
            return


def _question(bank: Bank, verdict: Verdict, *, paired: bool) -> Iterator[str]:
    languages = bank.manifest.languages
    yield "id: ''"
    yield from _text("act", languages)
    yield f"verdict: {verdict}"
    yield from _text("explanation", languages)
    if verdict is Verdict.NOT_NEUTRAL:
        yield from _text("instead", languages)
    if paired:
        yield "contrast: ''"
    yield "citations:"
    yield "  - source: ''"
    yield "    quote: >-"
    spoken = {source.language for source in bank.sources.values()}
    foreign = [language for language in languages if spoken != {language}]
    if foreign:
        yield from (f"    {line}" for line in _text("gloss", foreign))
    yield from _text("discussion", languages)


def _text(key: str, languages: Iterable[str]) -> Iterator[str]:
    yield f"{key}:"
    for language in languages:
        yield f"  {_scalar(language)}: >-"


def _scalar(id: str) -> str:
    """An id as YAML; one that reads as a number, a date or a truth value needs quotes."""
    return yaml.safe_dump(id).partition("\n")[0]
