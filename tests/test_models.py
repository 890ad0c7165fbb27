"""What a bank is made of, and when an answer is right."""

from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pydantic import TypeAdapter, ValidationError

from quiz.bank import load
from quiz.models import (
    Bank,
    Citation,
    Law,
    Paragraph,
    Question,
    Scenario,
    Source,
    Text,
    Verdict,
    is_id,
    unprintable,
)

T = TypeVar("T")
BOTH = {"languages": ["id", "en"]}


@pytest.fixture
def bank() -> Bank:
    loaded, problems = load(Path(__file__).parent / "small_bank")
    assert loaded is not None, problems
    return loaded


def question(**changed: Any) -> dict[str, Any]:
    return {
        "id": "satu",
        "act": "Tindakan.",
        "verdict": "neutral",
        "explanation": "Penjelasan.",
        "citations": [{"source": "koran-2024", "quote": "Kutipan"}],
        **changed,
    }


def scenario(**changed: Any) -> dict[str, Any]:
    return {
        "id": "kasus",
        "principle": "prinsip",
        "level": "basic",
        "title": "Judul",
        "situation": "Keadaan.",
        "questions": [question()] * 4,
        **changed,
    }


def read(model: type[T], value: object, **more: Any) -> T:
    """What pydantic makes of plain data."""
    return TypeAdapter(model).validate_python(value, **more)


def error_of(model: type, value: object, **more: Any) -> tuple[Any, str]:
    """Place and type of the one error that `model` has."""
    with pytest.raises(ValidationError) as caught:
        read(model, value, **more)
    (detail,) = caught.value.errors()
    return detail["loc"], detail["type"]


def test_an_answer_is_right_when_it_is_the_verdict(bank: Bank) -> None:
    neutral, not_neutral = bank.question["datang-pagi"], bank.question["memakai-kaus"]

    assert neutral.is_right(Verdict.NEUTRAL)
    assert not neutral.is_right(Verdict.NOT_NEUTRAL)
    assert not_neutral.is_right(Verdict.NOT_NEUTRAL)
    assert not not_neutral.is_right(Verdict.NEUTRAL)


def test_a_bank_cannot_be_changed(bank: Bank) -> None:
    with pytest.raises(FrozenInstanceError):
        bank.question["memakai-kaus"].verdict = Verdict.NEUTRAL  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        bank.scenarios = ()  # type: ignore[misc]


def test_a_text_says_itself_in_each_language_and_in_its_first_where_it_lacks_one() -> None:
    text = read(Text, {"id": "warga", "en": "citizens"})

    assert [text.say("id"), text.say("en"), text.say("fr")] == ["warga", "citizens", "warga"]


def test_a_plain_string_is_a_text_in_the_first_language_of_the_bank() -> None:
    assert read(Text, "warga").root == {"id": "warga"}
    assert read(Text, "folk", context={"languages": ["nb"]}).root == {"nb": "folk"}


@pytest.mark.parametrize("lacking", ["warga", {"id": "warga"}, {"id": "warga", "fr": "citoyens"}])
def test_a_text_stands_in_every_language_of_its_bank(lacking: object) -> None:
    assert error_of(Text, lacking, context=BOTH) == ((), "missing_language")


def test_without_the_languages_of_a_bank_a_text_in_any_language_will_do() -> None:
    assert read(Text, {"fr": "citoyens"}).say("id") == "citoyens"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("\x1b[31m", "\x1b"),
        ("a\x00b", "\x00"),
        ("a\rb", "\r"),
        ("a\x0cb\x1b", "\x0c"),
        ("\x7f", "\x7f"),
        ("\x9b31m", "\x9b"),
        ("a\u202eb", "\u202e"),
        ("a\u2066b", "\u2066"),
        ("a\tb\nc", None),
        ("[netral] “é” ✓ 🙂", None),
        ("", None),
    ],
)
def test_what_a_terminal_would_obey_is_unprintable(text: str, first: str | None) -> None:
    assert unprintable(text) == first


def test_a_line_loses_its_breaks_and_keeps_its_brackets() -> None:
    assert read(Text, " [b]a\n  b[/b] \\[c ").say("id") == "[b]a b[/b] \\[c"


@pytest.mark.parametrize(
    ("bad", "type"), [("a\x1b[2J", "control_character"), (" \n", "empty_text"), ("", "empty_text")]
)
def test_a_line_is_neither_empty_nor_obeyed(bad: str, type: str) -> None:
    assert error_of(Text, {"id": bad}) == (("id",), type)
    citation = {"source": "koran-2024", "quote": bad}
    assert error_of(Citation, citation) == (("quote",), type)
    gloss = {"source": "koran-2024", "quote": "a", "gloss": {"en": bad}}
    assert error_of(Citation, gloss) == (("gloss", "en"), type)


@pytest.mark.parametrize("id", ["a", "tim-sukses", "uu-20-2023-24", "2024"])
def test_an_id_is_lower_case_words_joined_by_hyphens(id: str) -> None:
    assert read(Question, question(id=id)).id == id
    assert is_id(id)


@pytest.mark.parametrize(
    "id", ["", "Tim", "tim_sukses", "tim sukses", "-tim", "tim-", "tim--sukses", "tím", "tim\n"]
)
def test_anything_else_is_no_id(id: str) -> None:
    place = error_of(Question, question(id=id))

    assert place == (("id",), "string_pattern_mismatch")
    assert not is_id(id)


@pytest.mark.parametrize("key", ["prinsciple", "Act", "putusan"])
def test_a_model_knows_all_its_keys(key: str) -> None:
    assert error_of(Question, question(**{key: "x"})) == ((key,), "unexpected_keyword_argument")


@pytest.mark.parametrize("verdict", ["Neutral", "netral", "yes", None, ["neutral"]])
def test_there_are_two_verdicts(verdict: object) -> None:
    assert error_of(Question, question(verdict=verdict)) == (("verdict",), "enum")


def test_there_are_three_levels() -> None:
    assert error_of(Scenario, scenario(level="dasar")) == (("level",), "enum")


def test_a_question_has_a_citation() -> None:
    lacking = question(citations=[])

    assert error_of(Question, lacking) == (("citations",), "too_short")


def test_a_quote_is_no_longer_than_a_page() -> None:
    read(Citation, {"source": "koran-2024", "quote": "a" * 2000})
    citation = {"source": "koran-2024", "quote": "a" * 2001}

    assert error_of(Citation, citation)[0] == ("quote",)


@pytest.mark.parametrize("number", [4, 5, 6])
def test_a_scenario_has_four_to_six_questions(number: int) -> None:
    whole = read(Scenario, scenario(questions=[question()] * number))

    assert len(whole.questions) == number


@pytest.mark.parametrize(("number", "type"), [(0, "too_short"), (3, "too_short"), (7, "too_long")])
def test_a_scenario_has_no_fewer_and_no_more(number: int, type: str) -> None:
    place = error_of(Scenario, scenario(questions=[question()] * number))

    assert place == (("questions",), type)


def source(**changed: Any) -> dict[str, Any]:
    return {
        "id": "koran-2024",
        "publisher": "Koran",
        "published": "2024",
        "language": "id",
        "paragraphs": [{"text": "Kantor milik semua warga.", "line": 8}],
        **changed,
    }


@pytest.mark.parametrize("published", ["2024", "2024-05", "2024-05-06"])
def test_a_source_is_published_in_a_year_a_month_or_on_a_day(published: str) -> None:
    assert read(Source, source(published=published)).published == published


@pytest.mark.parametrize("published", ["", "24", "6 Mei 2024", "2024-5-6", "2024-", "٢٠٢٤"])
def test_a_source_is_published_at_no_other_kind_of_date(published: str) -> None:
    place = error_of(Source, source(published=published))

    assert place == (("published",), "string_pattern_mismatch")


def test_what_a_source_does_not_say_about_itself_is_none() -> None:
    silent = read(Source, source())

    told = (silent.title, silent.author, silent.about_author, silent.editor, silent.note)
    assert told == (None,) * 5


def test_a_source_knows_its_texts_and_finds_a_quote_in_them() -> None:
    paragraphs = [Paragraph(text="Satu.", line=8), Paragraph(text="Dua tiga.", line=10)]
    found = read(Source, source(paragraphs=paragraphs)).find("tiga")

    assert read(Source, source(paragraphs=paragraphs)).texts == ("Satu.", "Dua tiga.")
    assert found is not None
    assert (found.paragraph, found.start, found.end) == (1, 4, 8)


@pytest.mark.parametrize("checked", ["2025", "2025-12-01", "12-2025", "٢٠٢٥-١٢"])
def test_a_law_is_checked_in_a_month(checked: str) -> None:
    law = {
        "id": "uu",
        "name": "UU",
        "article": "Pasal 1",
        "paraphrase": "Isi.",
        "status": "in-force",
        "checked": checked,
    }

    assert error_of(Law, law) == (("checked",), "string_pattern_mismatch")
    assert read(Law, {**law, "checked": "2025-12"}).checked == "2025-12"


def test_a_bank_looks_its_parts_up_by_id_in_teaching_order(bank: Bank) -> None:
    (whole,) = bank.scenarios

    assert list(bank.principles) == ["tanpa-atribut"]
    assert dict(bank.scenario) == {"kaus-partai": whole}
    assert list(bank.question) == [q.id for q in whole.questions]
    assert bank.question["datang-pagi"] is whole.questions[3]
    assert set(bank.home_of) == set(bank.question)
    assert bank.home_of["datang-pagi"] is whole


@pytest.mark.parametrize(("asked", "spoken"), [("en", "en"), ("id", "id"), ("jv", "id")])
def test_a_bank_speaks_the_language_asked_for_or_else_its_first(
    bank: Bank, asked: str, spoken: str
) -> None:
    assert bank.speaks(asked) == spoken
