"""Banks made in memory, sound unless a test says otherwise."""

from collections.abc import Iterable, Mapping, Sequence

from quiz.models import (
    Bank,
    Citation,
    Level,
    Manifest,
    Paragraph,
    Principle,
    Question,
    Scenario,
    Source,
    Text,
    Verdict,
)

ARTICLE = "Pegawai datang lebih pagi untuk melayani warga."


def text(words: str, **others: str) -> Text:
    """The same words in both languages, but for what is given by name."""
    return Text({"id": words, "en": words, **others})


def words(number: int, word: str = "kata") -> str:
    return " ".join([word] * number)


def question(
    id: str,
    neutral: bool = True,
    act: str | Text = "Ia datang.",
    *,
    explanation: str | Text = "Sebab.",
    instead: Text | None = None,
    contrast: str | None = None,
    quotes: Iterable[str] = (ARTICLE,),
    source: str = "koran",
) -> Question:
    return Question(
        id=id,
        act=act if isinstance(act, Text) else text(act),
        verdict=Verdict.NEUTRAL if neutral else Verdict.NOT_NEUTRAL,
        explanation=explanation if isinstance(explanation, Text) else text(explanation),
        citations=tuple(Citation(source, quote) for quote in quotes),
        instead=instead,
        contrast=contrast,
    )


def scenario(
    id: str,
    questions: Iterable[Question],
    principle: str = "prinsip",
    situation: str | Text = "Ia menjaga loket.",
) -> Scenario:
    whole = situation if isinstance(situation, Text) else text(situation)
    return Scenario(id, principle, Level.BASIC, text(id), whole, tuple(questions))


def source(*paragraphs: str, id: str = "koran", context: Sequence[str] = ()) -> Source:
    lines = (Paragraph(paragraph, 8 + 2 * number) for number, paragraph in enumerate(paragraphs))
    return Source(id, "Koran Contoh", "2024", "id", tuple(lines), context=tuple(context))


def bank(
    *scenarios: Scenario,
    sources: Iterable[Source] = (source(ARTICLE),),
    principles: Iterable[str] = ("prinsip",),
    languages: Sequence[str] = ("id", "en"),
) -> Bank:
    named = tuple(Principle(id, text(f"Prinsip {id}"), text("Isi.")) for id in principles)
    manifest = Manifest("bank", text("Bank"), tuple(languages), 0.8, scenarios[0].id, named)
    known: Mapping[str, Source] = {source.id: source for source in sources}
    return Bank(manifest, known, {}, scenarios)


def bank_of_acts(
    acts: Mapping[str, Sequence[tuple[bool, str]]], languages: Sequence[str] = ("id",)
) -> Bank:
    """A bank whose scenarios have these acts: (whether it is neutral, its words)."""
    return bank(
        *(
            scenario(
                id, (question(f"{id}-{n}", neutral, act) for n, (neutral, act) in enumerate(own))
            )
            for id, own in acts.items()
        ),
        languages=languages,
    )
