"""What does not fit the format, said at its place."""

import re
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from quiz.diagnostics import Diagnostic
from quiz.document import Document, parse
from quiz.keys import purpose
from quiz.models import Scenario
from quiz.validation import explain, explain_control, validated

CASE = "scenarios/tanpa-atribut/kaus-partai.yaml"
LAWS = "scenarios/laws.yaml"
MANIFEST = "scenarios/bank.yaml"
SEED = "seeds/koran-2024.md"

TITLE = "title: {id: Kaus partai, en: The party shirt}"
ACT = "act: {id: Wayan memakai kaus partai., en: Wayan wears a party shirt.}"
QUOTE = "quote: Ia tidak memakai atribut partai di kantor"
GLOSS = "gloss: {en: They wear no party marks at the office}"
SITUATION = "situation:\n  id: Wayan menjaga loket.\n  en: Wayan keeps the counter.\n"


def document(text: str) -> Document:
    return parse(text, "shown.yaml", [])


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("level: basic\n", "", "1:1 missing-key"),
        (SITUATION, "", "1:1 missing-key"),
        ("    verdict: not-neutral\n    explanation: {id: Kaus", "    explanation: {id: Kaus",
         "8:5 missing-key"),
        (f"        {QUOTE}\n", "", "15:9 missing-key"),
        ("level: basic", "level: easy", "2:8 wrong-value"),
        ("level: basic", "level:", "2:7 wrong-value"),
        ("level: basic", "level: [basic]", "2:8 wrong-value"),
        ("level: basic", "levle: basic\nlevel: basic", "2:1 unknown-key"),
        (f"    {ACT}", f"    akt: a\n    {ACT}", "9:5 unknown-key"),
        (f"        {GLOSS}", f"        {GLOSS}\n        page: 3", "18:9 unknown-key"),
        (TITLE, "title: 5", "3:8 missing-language"),
        (TITLE, "title: {id: Kaus partai}", "3:8 missing-language"),
        (TITLE, "title: {en: The party shirt}", "3:8 missing-language"),
        (TITLE, "title: {}", "3:8 missing-language"),
        (TITLE, "title:", "3:7 wrong-type"),
        (TITLE, "title: [Kaus, partai]", "3:8 wrong-type"),
        (TITLE, "title: {id: [Kaus], en: Shirt}", "3:13 wrong-type"),
        (TITLE, "title: {id: {a: b}, en: Shirt}", "3:13 wrong-type"),
        (TITLE, "title: {id: Kaus, en: }", "3:23 wrong-type"),
        (TITLE, "title: {id: Kaus, en: ''}", "3:23 empty-text"),
        (TITLE, 'title: {id: Kaus, en: " \\n "}', "3:23 empty-text"),
        (TITLE, 'title: {id: Kaus, en: "\\x1b[2J"}', "3:23 control-character"),
        (TITLE, 'title: {id: Kaus, en: "a\\u202Eb"}', "3:23 control-character"),
        (QUOTE, 'quote: "Ia tidak\\x07"', "16:16 control-character"),
        (GLOSS, 'gloss: {en: "\\x1b]0;a"}', "17:21 control-character"),
        (GLOSS, "gloss: They wear no party marks", "17:16 wrong-type"),
        (GLOSS, "gloss: [{en: They}]", "17:16 wrong-type"),
        (QUOTE, "quote: [Ia, tidak]", "16:16 wrong-type"),
        (QUOTE, "quote:", "16:15 wrong-type"),
        (QUOTE, "quote: ''", "16:16 empty-text"),
        pytest.param(QUOTE, f"quote: {'a' * 2001}", "16:16 too-long", id="a long quote"),
        ("laws: [aturan-1]", "laws: aturan-1", "18:11 wrong-type"),
        ("laws: [aturan-1]", "laws: {a: aturan-1}", "18:11 wrong-type"),
        ("laws: [aturan-1]", "laws: [aturan-1, Aturan 2]", "18:22 wrong-value"),
        ("laws: [aturan-1]", "laws: [[aturan-1]]", "18:12 wrong-type"),
        ("laws: [aturan-1]", "laws: [~]", "18:12 wrong-type"),
        ("id: memakai-kaus\n", "id: Memakai kaus\n", "8:9 wrong-value"),
        ("id: memakai-kaus\n", "id: [a]\n", "8:9 wrong-type"),
        ("contrast: memakai-seragam", "contrast: [memakai-seragam]", "13:15 wrong-type"),
        ("instead: {id: Pakai seragam., en: Wear the uniform.}", "instead: {id: Pakai seragam.}",
         "12:14 missing-language"),
        ("      - source: koran-2024\n        " + QUOTE, "      - koran-2024\n      - " + QUOTE,
         "15:9 wrong-type"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_at_its_line_and_column(
    small: Any, old: str, new: str, place: str
) -> None:
    small.edit(CASE, old, new)

    assert f"{CASE}:{place}" in small.places()


def test_one_wrong_thing_in_a_scenario_is_one_problem_there(small: Any) -> None:
    small.edit(CASE, TITLE, "title: {id: Kaus partai}")

    (problem, *rest) = [p for p in small.problems() if p.path.endswith("kaus-partai.yaml")]

    assert (problem.code, rest) == ("missing-language", [])
    assert "“title”" in problem.message
    assert "“en”" in problem.message


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("- a\n- b\n", "wrong-type"),
        ("satu dua tiga\n", "wrong-type"),
        ("5\n", "wrong-type"),
        ("~\n", "wrong-type"),
        ("[]\n", "wrong-type"),
        ("''\n", "wrong-type"),
        ("{}\n", "missing-key"),
    ],
)
@pytest.mark.parametrize("name", [CASE, MANIFEST])
def test_a_file_of_another_shape_is_refused_at_its_beginning(
    small: Any, name: str, content: str, code: str
) -> None:
    small.write(name, content)

    assert f"{name}:1:1 {code}" in small.places()


@pytest.mark.parametrize("content", ["a: b\n", "satu\n", "~\n", "{}\n"])
def test_laws_are_a_list(small: Any, content: str) -> None:
    small.write(LAWS, content)

    assert small.places() == [f"{LAWS}:1:1 wrong-type"]


def test_an_empty_list_of_laws_will_do(small: Any) -> None:
    small.write(LAWS, "[]\n")
    small.edit(CASE, "    laws: [aturan-1]\n", "")

    assert small.places() == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("  status: in-force\n", "", "1:3 missing-key"),
        ("status: in-force", "status: in-force\n  page: 3", "6:3 unknown-key"),
        ("status: in-force", "status: [in-force]", "5:11 wrong-type"),
        ("checked: 2025-12", "checked: December 2025", "6:12 wrong-value"),
        (", en: The office is free of party marks.", "", "4:15 missing-language"),
    ],
)
def test_a_law_that_does_not_fit_is_said_at_its_place(
    small: Any, old: str, new: str, place: str
) -> None:
    small.edit(LAWS, old, new)

    assert small.places() == [f"{LAWS}:{place}"]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("id: kecil\n", "", "1:1 missing-key"),
        ("id: kecil\n", "id: kecil\nauthor: a\n", "2:1 unknown-key"),
        ("languages: [id, en]", "languages: []", "3:12 wrong-number"),
        ("languages: [id, en]", "languages: id", "3:12 wrong-type"),
        ("languages: [id, en]", "languages:", "3:11 wrong-type"),
        ("languages: [id, en]", "languages: [id, ~]", "3:17 wrong-type"),
        ("languages: [id, en]", "languages: [[id], en]", "3:13 wrong-type"),
        ("languages: [id, en]", "languages: [{a: b}]", "3:13 wrong-type"),
        ("languages: [id, en]", "languages: [ID, en]", "3:13 wrong-value"),
        ("pass_mark: 0.5", "pass_mark: 80", "4:12 wrong-value"),
        ("pass_mark: 0.5", "pass_mark: -0.1", "4:12 wrong-value"),
        ("pass_mark: 0.5", "pass_mark: nan", "4:12 wrong-value"),
        ("pass_mark: 0.5", "pass_mark: 80%", "4:12 wrong-type"),
        ("pass_mark: 0.5", "pass_mark: 0,8", "4:12 wrong-type"),
        ("pass_mark: 0.5", "pass_mark:", "4:11 wrong-type"),
        ("pass_mark: 0.5", "pass_mark: [0.5]", "4:12 wrong-type"),
        ("opening: kaus-partai", "opening: Kaus partai", "5:10 wrong-value"),
        ("opening: kaus-partai", "opening: kaus-partai\nversion: [1]", "6:10 wrong-type"),
        ("opening: kaus-partai", "opening: kaus-partai\nversion: ' '", "6:10 empty-text"),
        ("opening: kaus-partai", "opening: kaus-partai\nretired:", "6:9 wrong-type"),
        ("opening: kaus-partai", "opening: kaus-partai\nretired: lama", "6:10 wrong-type"),
        ("opening: kaus-partai", "opening: kaus-partai\nretired: [a, Lama]", "6:14 wrong-value"),
        ("  - id: tanpa-atribut", "  - id: Tanpa atribut", "7:9 wrong-value"),
        ("    name: {id: Tanpa atribut, en: No party marks}\n", "", "7:5 missing-key"),
    ],
)
def test_a_manifest_that_does_not_fit_is_said_at_its_place(
    small: Any, old: str, new: str, place: str
) -> None:
    small.edit(MANIFEST, old, new)

    assert f"{MANIFEST}:{place}" in small.places()


def test_texts_are_still_judged_by_the_languages_of_a_manifest_that_does_not_fit(
    small: Any,
) -> None:
    small.edit(MANIFEST, "pass_mark: 0.5", "pass_mark: most")
    assert small.places() == [f"{MANIFEST}:4:12 wrong-type"]

    small.edit(CASE, TITLE, "title: {id: Kaus partai}")

    assert small.places() == [f"{MANIFEST}:4:12 wrong-type", f"{CASE}:3:8 missing-language"]


def test_no_text_lacks_a_language_where_the_manifest_cannot_be_read(small: Any) -> None:
    small.write(MANIFEST, "id: [\n")
    small.edit(CASE, TITLE, "title: {en: The party shirt}")

    assert [place.split()[1] for place in small.places()] == ["yaml-syntax"]


def test_a_bank_in_one_other_language_may_write_its_texts_as_plain_strings(small: Any) -> None:
    small.edit(MANIFEST, "languages: [id, en]", "languages: [en]")
    small.edit(MANIFEST, "pass_mark: 0.5", "pass_mark: most")
    small.edit(CASE, TITLE, "title: The party shirt")

    assert small.places() == [f"{MANIFEST}:4:12 wrong-type"]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("publisher: Koran Contoh\n", "", "2:1 missing-key"),
        ("publisher: Koran Contoh", "publisher: [Koran]", "4:12 wrong-type"),
        ("publisher: Koran Contoh", "publisher:", "4:11 wrong-type"),
        ("publisher: Koran Contoh", "publisher: ''", "4:12 empty-text"),
        ("publisher: Koran Contoh", 'publisher: "\\x1b[2J"', "4:12 control-character"),
        ("published: 2024-05-06", "published: 6 Mei 2024", "5:12 wrong-value"),
        ("language: id", "language: Bahasa", "6:11 wrong-value"),
        ("language: id", "language: id\nurl: a", "7:1 unknown-key"),
        ("language: id", "language: id\nparagraphs: [a]", "7:1 unknown-key"),
        ("language: id", "language: id\nlanguage: en", "7:1 duplicate-key"),
        ("title: Kabar Kantor", "title: Kabar: Kantor", "3:13 yaml-syntax"),
        ("title: Kabar Kantor", "title: é @\x01", "3:11 control-character"),
    ],
)
def test_front_matter_that_does_not_fit_is_said_at_its_line_of_the_file(
    small: Any, old: str, new: str, place: str
) -> None:
    small.edit(SEED, old, new)

    assert f"{SEED}:{place}" in small.places()


@pytest.mark.parametrize("shape", ["- a", "satu", "[]"])
def test_front_matter_of_another_shape_is_refused(small: Any, shape: str) -> None:
    small.write(SEED, f"---\n{shape}\n---\nKantor milik semua warga.\n")

    assert f"{SEED}:2:1 wrong-type" in small.places()


@pytest.mark.parametrize(("number", "line"), [(3, 7), (7, 7)])
def test_a_wrong_number_of_questions_is_said_where_they_begin(
    small: Any, number: int, line: int
) -> None:
    text = (small.root / CASE).read_text(encoding="utf-8")
    head, _, questions = text.partition("questions:\n")
    each = [f"  - id:{question}" for question in questions.split("  - id:")[1:]]
    small.write(CASE, head + "questions:\n" + "".join((each * 2)[:number]))

    assert f"{CASE}:{line + 1}:3 wrong-number" in small.places()


def test_every_wrong_thing_in_a_file_is_said(small: Any) -> None:
    small.edit(CASE, "level: basic", "level: easy")
    small.edit(CASE, "contrast: memakai-seragam", "contrast: Memakai seragam")
    small.edit(CASE, QUOTE, "quote: []")
    small.edit(CASE, "act: {id: Wayan datang lebih pagi.", "akt: {id: Wayan datang lebih pagi.")

    assert [place for place in small.places() if place.startswith(CASE)] == [
        f"{CASE}:2:8 wrong-value",
        f"{CASE}:13:15 wrong-value",
        f"{CASE}:16:16 wrong-type",
        f"{CASE}:37:5 missing-key",
        f"{CASE}:38:5 unknown-key",
    ]


def test_square_brackets_are_words_like_others(small: Any) -> None:
    small.edit(CASE, TITLE, "title: {id: '[b]Kaus[/b]', en: '[red]Shirt [[x]] \\['}")

    assert small.places() == []


def test_data_that_fits_is_returned_and_nothing_reported() -> None:
    problems: list[Diagnostic] = []
    number = TypeAdapter(list[int]).validate_python

    assert validated(document("[1, 2]"), number, None, problems) == [1, 2]
    assert problems == []


def test_each_error_is_said_at_the_place_of_its_value() -> None:
    problems: list[Diagnostic] = []
    numbers = TypeAdapter(dict[str, list[int]]).validate_python

    assert validated(document("a: [x, 1, y]\nb: 5\n"), numbers, None, problems) is None
    assert [(p.line, p.column) for p in problems] == [(1, 5), (1, 11), (2, 4)]


def test_an_error_about_a_thing_is_left_out_where_one_inside_it_says_more() -> None:
    problems: list[Diagnostic] = []

    def validate(data: object, **_context: object) -> None:
        places: list[tuple[str | int, ...]] = [(), ("a",), ("a", 1), ("ab",)]
        raise ValidationError.from_exception_data(
            "Model", [{"type": "list_type", "loc": loc, "input": data} for loc in places]
        )

    assert validated(document("a: [x, y]\nab: z\n"), validate, None, problems) is None
    assert [(p.line, p.column) for p in problems] == [(1, 8), (2, 5)]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"id": "A", "level": None, "title": {"id": ""}, "situation": [], "questions": "x"},
        {"questions": [{"verdict": "x", "citations": [], "laws": [1]}]},
        {"x": 1, "questions": [], "title": "\x1b"},
    ],
)
def test_every_error_that_a_model_finds_is_explained_with_its_key(data: object) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Scenario).validate_python(data, context={"languages": ["id", "en"]})

    for detail in caught.value.errors():
        message, help = explain(detail)
        assert message
        assert help
        assert "{" not in message + help
        if detail["type"] != "control_character":
            key = next(step for step in reversed(detail["loc"]) if isinstance(step, str))
            assert f"“{key}”" in message


@pytest.mark.parametrize(
    ("name", "old", "new", "named"),
    [
        (CASE, TITLE, "title: {id: Kaus, en: ''}", ["title", "en"]),
        (CASE, GLOSS, "gloss: {en: ' '}", ["gloss", "en"]),
        (CASE, QUOTE, "quote: ''", ["quote"]),
        (CASE, "level: basic", "level: ''", ["level"]),
        (CASE, "id: memakai-kaus\n", "id: ''\n", ["id"]),
        (CASE, "laws: [aturan-1]", "laws: ['']", ["laws"]),
        (MANIFEST, "opening: kaus-partai", "opening: ''", ["opening"]),
        (SEED, "publisher: Koran Contoh", "publisher: ''", ["publisher"]),
    ],
)
def test_a_blank_is_named_with_its_key_and_language_and_says_what_to_write(
    small: Any, name: str, old: str, new: str, named: list[str]
) -> None:
    small.edit(name, old, new)

    (problem, *_others) = [p for p in small.problems() if p.path.endswith(name)]

    assert problem.code == "empty-text"
    assert re.findall("“(.+?)”", problem.message) == named
    assert problem.help == (purpose(named[0]) or "Write the text, or delete the key.")


def test_a_choice_that_is_none_is_no_blank(small: Any) -> None:
    small.edit(CASE, "level: basic", "level: ' '")

    assert f"{CASE}:2:8 wrong-value" in small.places()


def test_a_control_character_is_named_by_its_number() -> None:
    message, _help = explain_control("U+001B")

    assert "U+001B" in message
    assert explain({"type": "control_character", "loc": ("a",), "ctx": {"code": "U+001B"}}) == (
        explain_control("U+001B")
    )


def test_an_error_that_nobody_foresaw_is_still_explained() -> None:
    message, help = explain({"type": "new_type", "loc": ("a", 0), "msg": "Input should be odd."})

    assert "“a”" in message
    assert "Input should be odd." in message
    assert help
