"""The format of a scenario's file as a JSON Schema, for editors. Pure.

It is made from the models and describes what a person writes. What only a whole bank can tell, the
quotes and every reference, is left to `netral check`.
"""

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from quiz.i18n import N_, _
from quiz.keys import purpose
from quiz.models import Scenario, Verdict

# Editors that know no newer draft know this one, and those that do read it too.
_DRAFT = "http://json-schema.org/draft-07/schema#"
_LANGUAGES = {"id": N_("The text in Indonesian."), "en": N_("The text in English.")}


def scenario_schema() -> dict[str, Any]:
    """The schema, its descriptions in the installed language."""
    made = TypeAdapter(Scenario).json_schema(schema_generator=_AsWritten)
    models = made["$defs"]
    for model in (made, *models.values()):
        # A model's docstring speaks to programmers.
        model.pop("description", None)
        for key, value in model.get("properties", {}).items():
            # In this draft a reference drops whatever stands beside it, the description too.
            name = value.pop("$ref", "").rpartition("/")[2]
            value |= models[name] if name else {}
            value["description"] = purpose(key)
    made["$defs"] = {name: model for name, model in models.items() if "properties" in model}
    made["$defs"]["Question"]["allOf"] = _instead()
    return {"$schema": _DRAFT, **made}


def _instead() -> list[JsonSchemaValue]:
    """What is not neutral needs `instead`, and what is neutral has none."""
    rules: dict[Verdict, JsonSchemaValue] = {
        Verdict.NOT_NEUTRAL: {"required": ["instead"]},
        Verdict.NEUTRAL: {"properties": {"instead": False}},
    }
    return [
        {
            "if": {"properties": {"verdict": {"const": verdict}}, "required": ["verdict"]},
            "then": rule,
        }
        for verdict, rule in rules.items()
    ]


class _AsWritten(GenerateJsonSchema):
    """Leaves out what nobody writes: null and the default for a key that may be missing."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  pydantic asks it so
        return False

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A map by language; those of the interface are named, so that an editor offers them."""
        made = super().dict_schema(schema)
        line = made["additionalProperties"]
        named = {code: {**line, "description": _(text)} for code, text in _LANGUAGES.items()}
        return {**made, "properties": named}
