"""The JSON Schema says of a scenario's file what `netral check` says, as far as one file shows."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from quiz import cli, i18n
from quiz.models import Citation, Question, Scenario
from quiz.schema import scenario_schema

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "small_bank"
CASE = "scenarios/tanpa-atribut/kaus-partai.yaml"
FILES = sorted(ROOT.glob("scenarios/*/*.yaml"))
ANNOTATIONS = {"$schema", "$defs", "title", "description"}
TYPES = {"object": dict, "array": list, "string": str}

Data = dict[str, Any]
Change = Callable[[Data], object]


def fits(schema: Any, value: Any, whole: Data) -> bool:
    """Whether `value` fits, by the keywords that our schema uses; another one is a KeyError."""
    if isinstance(schema, bool):
        return schema
    kind = TYPES[schema["type"]] if "type" in schema else object
    named = schema.get("properties", {})

    def then(rule: Any) -> bool:
        return not fits(schema["if"], value, whole) or fits(rule, value, whole)

    judges: dict[str, Callable[[Any], bool]] = {
        "$ref": lambda ref: fits(whole["$defs"][ref.removeprefix("#/$defs/")], value, whole),
        "type": lambda _name: isinstance(value, kind),
        "const": lambda wanted: value == wanted,
        "enum": lambda known: value in known,
        "pattern": lambda pattern: re.search(pattern, value) is not None,
        "maxLength": lambda most: len(value) <= most,
        "minItems": lambda least: len(value) >= least,
        "maxItems": lambda most: len(value) <= most,
        "minProperties": lambda least: len(value) >= least,
        "required": lambda keys: set(keys) <= set(value),
        "properties": lambda keys: all(
            fits(rule, value[key], whole) for key, rule in keys.items() if key in value
        ),
        "additionalProperties": lambda rule: all(
            fits(rule, value[key], whole) for key in value if key not in named
        ),
        "items": lambda rule: all(fits(rule, item, whole) for item in value),
        "anyOf": lambda rules: any(fits(rule, value, whole) for rule in rules),
        "allOf": lambda rules: all(fits(rule, value, whole) for rule in rules),
        "if": lambda _rule: True,
        "then": then,
    }
    of_type = isinstance(value, kind)
    return of_type and all(
        judges[word](rule) for word, rule in schema.items() if word not in ANNOTATIONS
    )


def is_taken(data: Any) -> bool:
    schema = scenario_schema()
    return fits(schema, data, schema)


@pytest.fixture
def case() -> Data:
    """The scenario of the small bank, as an editor reads it."""
    data: Data = yaml.safe_load((SMALL / CASE).read_text(encoding="utf-8"))
    return data


def test_the_schema_kept_beside_the_program_is_the_one_the_command_prints(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["schema"]) == 0

    printed = json.loads(capsys.readouterr().out)

    kept = json.loads((ROOT / "quiz" / "scenario.schema.json").read_text(encoding="utf-8"))
    assert kept == printed, "run `make schema`"


def models() -> Iterator[tuple[type, Data]]:
    schema = scenario_schema()
    yield Scenario, schema
    yield Question, schema["$defs"]["Question"]
    yield Citation, schema["$defs"]["Citation"]


def test_the_schema_knows_what_a_person_writes_and_nothing_that_the_place_says() -> None:
    written = {model: {field.name for field in fields(model)} for model, _part in models()}
    written[Scenario] -= {"principle"}

    assert {model: set(part["properties"]) for model, part in models()} == written
    assert [part["additionalProperties"] for _model, part in models()] == [False] * 3
    assert [model for model, part in models() if not set(part["required"]) <= written[model]] == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_key_is_described_in_the_language_of_the_reader(language: str) -> None:
    english = dict(models())
    i18n.install(language)

    for model, part in models():
        for key, rule in part["properties"].items():
            same = rule["description"] == english[model]["properties"][key]["description"]
            assert rule["description"]
            assert same == (language == "en")


def test_an_editor_offers_the_levels_the_verdicts_and_the_languages() -> None:
    (_scenario, whole), (_question, question), (_citation, citation) = models()

    assert whole["properties"]["level"]["enum"] == ["basic", "intermediate", "advanced"]
    assert question["properties"]["verdict"]["enum"] == ["neutral", "not-neutral"]
    assert [*citation["properties"]["gloss"]["properties"]] == ["id", "en"]
    assert [*question["properties"]["act"]["anyOf"][0]["properties"]] == ["id", "en"]


def test_no_description_stands_beside_a_reference_where_editors_drop_it() -> None:
    def parts(value: Any) -> Iterator[Data]:
        for inner in value.values() if isinstance(value, dict) else value:
            if isinstance(inner, dict | list):
                yield from parts(inner)
        if isinstance(value, dict):
            yield value

    references = [part for part in parts(scenario_schema()) if "$ref" in part]

    assert references == [{"$ref": "#/$defs/Citation"}, {"$ref": "#/$defs/Question"}]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_scenario_of_the_bundled_bank_fits(path: Path) -> None:
    assert is_taken(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "change",
    [
        lambda case: case.update(title="Kaus partai"),
        lambda case: case["questions"][1].update(discussion={"id": "Apa?", "en": "What?"}),
        lambda case: case["questions"][0].pop("laws"),
        lambda case: case["questions"][0].update(laws=[]),
        lambda case: case["title"].update(jv="Kaos partai"),
        lambda case: case["questions"][0]["citations"][0].pop("gloss"),
        lambda case: case["questions"].extend(case["questions"][2:]),
    ],
)
def test_what_the_format_leaves_open_fits(case: Data, change: Change) -> None:
    change(case)

    assert is_taken(case)


def drop(*path: str | int) -> Change:
    *way, last = path

    def change(case: Any) -> None:
        for step in way:
            case = case[step]
        del case[last]

    return change


WRONG: list[Change] = [
    *(drop(key) for key in ("id", "level", "title", "situation", "questions")),
    *(drop("questions", 1, key) for key in ("id", "act", "verdict", "explanation", "citations")),
    *(drop("questions", 1, "citations", 0, key) for key in ("source", "quote")),
    drop("questions", 0, "instead"),
    drop("questions", 0),
    lambda case: case["questions"].extend(copy.deepcopy(case["questions"][:3])),
    lambda case: case["questions"][1].update(instead={"id": "Lain.", "en": "Other."}),
    lambda case: case.update(principle="tanpa-atribut"),
    lambda case: case.update(lavel="basic"),
    lambda case: case["questions"][0].update(page="1"),
    lambda case: case["questions"][0]["citations"][0].update(page="1"),
    lambda case: case.update(level="easy"),
    lambda case: case.update(id="Kaus Partai"),
    lambda case: case.update(title={}),
    lambda case: case.update(title=["Kaus"]),
    lambda case: case.update(title=" "),
    lambda case: case["title"].update(en=""),
    lambda case: case["questions"][0].update(verdict="netral"),
    lambda case: case["questions"][0].update(contrast=""),
    lambda case: case["questions"][0].update(laws=["Aturan 1"]),
    lambda case: case["questions"][0].update(laws="aturan-1"),
    lambda case: case["questions"][0].update(citations=[]),
    lambda case: case["questions"][0]["citations"][0].update(source=""),
    lambda case: case["questions"][0]["citations"][0].update(quote="\n"),
    lambda case: case["questions"][0]["citations"][0].update(quote="a" * 2001),
    lambda case: case["questions"][0]["citations"][0].update(gloss="They"),
    lambda case: case["questions"][0]["citations"][0].update(gloss={"en": " "}),
]


@pytest.mark.parametrize("change", WRONG)
def test_what_the_schema_does_not_take_the_check_does_not_take_either(
    small: Any, case: Data, change: Change
) -> None:
    assert is_taken(case)

    change(case)
    small.write(CASE, yaml.safe_dump(case, allow_unicode=True))

    assert not is_taken(case)
    assert small.problems()


@pytest.mark.parametrize("key", ["instead", "contrast", "laws", "discussion"])
def test_a_key_that_may_be_missing_is_not_left_without_a_value(case: Data, key: str) -> None:
    case["questions"][2][key] = None

    assert not is_taken(case)
