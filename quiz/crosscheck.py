"""What is true of a bank only across its files and fields, every quote included."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quiz.diagnostics import Diagnostic
from quiz.document import Document
from quiz.i18n import _, n_
from quiz.models import Citation, Law, Manifest, Question, Scenario, Source, Verdict
from quiz.quotes import closest, sentences

Loc = tuple[str | int, ...]
_Owned = tuple[str, str, Document, Loc]
"""What an id names, the id, and where it stands."""


@dataclass(frozen=True)
class Parts:
    """The parts of a bank that are sound in themselves, each with the document it came from.

    None stands for a file with errors: what points into it is not judged.
    """

    manifest: tuple[Document, Manifest] | None
    laws: Sequence[tuple[Document, Law]] | None
    sources: Sequence[tuple[Document, Source]]
    scenarios: Sequence[tuple[Document, Scenario]]


def cross_check(parts: Parts) -> Iterator[Diagnostic]:
    """Everything that is wrong between the parts."""
    owned = [*_owned(parts)]
    yield from _ids(owned)
    if parts.manifest:
        yield from _retired(parts.manifest[1], owned)
        yield from _manifest(*parts.manifest, parts.scenarios)
    for document, source in parts.sources:
        yield from _context(document, source)
    known = _Known(parts)
    for document, scenario in parts.scenarios:
        for number, question in enumerate(scenario.questions):
            at: Loc = ("questions", number)
            yield from _instead(document, at, question)
            yield from _contrast(document, (*at, "contrast"), scenario, question)
            yield from known.laws_of(document, (*at, "laws"), question)
            for index, citation in enumerate(question.citations):
                yield from known.citation(document, (*at, "citations", index), citation)


def _at(document: Document, loc: Loc, code: str, message: str, help: str) -> Diagnostic:
    return Diagnostic(document.path, *document.at(*loc), code, message, help)


def _owned(parts: Parts) -> Iterator[_Owned]:
    if parts.manifest:
        document, manifest = parts.manifest
        for number, principle in enumerate(manifest.principles):
            yield "principle", principle.id, document, ("principles", number, "id")
    for number, (document, law) in enumerate(parts.laws or ()):
        yield "law", law.id, document, (number, "id")
    for document, scenario in parts.scenarios:
        yield "scenario", scenario.id, document, ("id",)
        for number, question in enumerate(scenario.questions):
            yield "question", question.id, document, ("questions", number, "id")


def _ids(owned: Sequence[_Owned]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, str], tuple[Document, Loc]] = {}
    for kind, id, document, loc in owned:
        owner, place = first.setdefault((kind, id), (document, loc))
        if (owner, place) == (document, loc):
            continue
        taken = f"{owner.path}:{owner.at(*place)[0]}"
        yield _at(
            document,
            loc,
            "duplicate-id",
            _("The id “{id}” is already used at {place}.").format(id=id, place=taken),
            _("Ids are unique in the bank, for ever: a learner's history hangs on them."),
        )


def _retired(manifest: Manifest, owned: Sequence[_Owned]) -> Iterator[Diagnostic]:
    for kind, id, document, loc in owned:
        # No learner's history hangs on a law.
        if id in manifest.retired and kind != "law":
            yield _at(
                document,
                loc,
                "retired-id",
                _("The id “{id}” is retired: bank.yaml says that something else had it.").format(
                    id=id
                ),
                _("Choose another one, or old answers would count for what is new."),
            )


def _manifest(
    document: Document, manifest: Manifest, scenarios: Sequence[tuple[Document, Scenario]]
) -> Iterator[Diagnostic]:
    if manifest.opening not in {scenario.id for _document, scenario in scenarios}:
        yield _at(
            document,
            ("opening",),
            "unknown-scenario",
            _("The opening scenario “{id}” does not exist, or has errors.").format(
                id=manifest.opening
            ),
            _("Name the scenario that a newcomer meets first."),
        )
    principles = [principle.id for principle in manifest.principles]
    for owner, scenario in scenarios:
        if scenario.principle not in principles:
            yield _at(
                owner,
                (),
                "unknown-principle",
                _("The folder “{id}” is no principle of this bank.").format(id=scenario.principle),
                _("Principles are listed in bank.yaml: {names}.").format(
                    names=", ".join(principles)
                ),
            )


def _context(document: Document, source: Source) -> Iterator[Diagnostic]:
    opened = [source.texts[s.paragraph][s.start : s.end] for s in sentences(source.texts)]
    for number, opening in enumerate(source.context):
        found = sum(sentence.startswith(opening) for sentence in opened)
        if found == 1:
            continue
        yield _at(
            document,
            ("context", number),
            "unknown-context" if not found else "ambiguous-context",
            n_(
                "{number} sentence of this source begins so.",
                "{number} sentences of this source begin so.",
                found,
            ).format(number=found),
            _("Copy the first words of one sentence, as many as no other begins with."),
        )


def _instead(document: Document, at: Loc, question: Question) -> Iterator[Diagnostic]:
    if question.verdict is Verdict.NOT_NEUTRAL and question.instead is None:
        yield _at(
            document,
            at,
            "missing-instead",
            _("This act is not neutral, and nothing says what would have been."),
            _("Add “instead”: a sentence to say, or a step to take tomorrow."),
        )
    if question.verdict is Verdict.NEUTRAL and question.instead is not None:
        yield _at(
            document,
            (*at, "instead"),
            "needless-instead",
            _("This act is neutral; there is nothing to do instead."),
            _("Delete “instead”, or look at the verdict again."),
        )


def _contrast(
    document: Document, at: Loc, scenario: Scenario, question: Question
) -> Iterator[Diagnostic]:
    if question.contrast is None:
        return
    other = next((q for q in scenario.questions if q.id == question.contrast), None)
    if other is None:
        yield _at(
            document,
            at,
            "unknown-contrast",
            _("This scenario has no question “{id}”.").format(id=question.contrast),
            _("A contrast is a question of the same scenario."),
        )
    elif other.verdict == question.verdict:
        yield _at(
            document,
            at,
            "contrast-same-verdict",
            _("“{id}” has the same verdict.").format(id=other.id),
            _("In a pair one fact differs, and the verdict with it."),
        )
    elif other.contrast != question.id:
        yield _at(
            document,
            at,
            "contrast-one-sided",
            _("“{id}” does not name this question as its contrast.").format(id=other.id),
            _("A pair is joined from both sides."),
        )


class _Known:
    """The laws and sources that questions point to."""

    def __init__(self, parts: Parts) -> None:
        laws = parts.laws
        self._laws = None if laws is None else {law.id for _document, law in laws}
        self._sources = {source.id: source for _document, source in parts.sources}
        self._paths = {source.id: document.path for document, source in parts.sources}
        # A paragraph's white space is folded, so that a line feed can only stand between two.
        self._words = {id: "\n".join(source.texts) for id, source in self._sources.items()}
        self._languages = parts.manifest[1].languages if parts.manifest else ()

    def laws_of(self, document: Document, at: Loc, question: Question) -> Iterator[Diagnostic]:
        for index, law in enumerate(question.laws):
            if self._laws is not None and law not in self._laws:
                yield _at(
                    document,
                    (*at, index),
                    "unknown-law",
                    _("There is no law “{id}” in laws.yaml.").format(id=law),
                    _("Add it there, or leave it out here."),
                )

    def citation(self, document: Document, at: Loc, citation: Citation) -> Iterator[Diagnostic]:
        source = self._sources.get(citation.source)
        if source is None:
            yield _at(
                document,
                (*at, "source"),
                "unknown-source",
                _("There is no source “{id}”, or it has errors.").format(id=citation.source),
                _("Sources are the files in seeds/: {names}.").format(
                    names=", ".join(self._sources) or "–"
                ),
            )
            return
        if citation.quote not in self._words[source.id]:
            yield _at(
                document,
                (*at, "quote"),
                "quote-not-found",
                _("This quote does not stand in {source}.").format(source=source.id),
                _help_for_quote(source, citation.quote, self._paths[source.id]),
            )
        for language in self._languages:
            if language != source.language and language not in citation.gloss:
                yield _at(
                    document,
                    at,
                    "missing-gloss",
                    _("The quote has no translation into “{language}”.").format(language=language),
                    _("Add “gloss” with “{language}”; the quote itself stays as it is.").format(
                        language=language
                    ),
                )


def _help_for_quote(source: Source, quote: str, path: str) -> str:
    passage = closest(source.texts, quote)
    if passage is None:
        return _("Nothing in the source is like it. Copy the words from the article.")
    line = source.paragraphs[passage.paragraph].line
    differences = "; ".join(_difference(here, there) for here, there in passage.differences)
    return _("Closest, at {place}: {passage}\nWhat differs: {differences}.").format(
        place=f"{path}:{line}", passage=passage.text, differences=differences
    )


def _difference(here: str, there: str) -> str:
    if not there:
        return _("“{here}” does not stand there").format(here=here)
    if not here:
        return _("“{there}” is missing here").format(there=there)
    return _("“{here}” stands there as “{there}”").format(here=here, there=there)
