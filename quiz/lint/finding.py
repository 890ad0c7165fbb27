"""What a rule says of a bank, and where. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from quiz.models import Scenario

MANIFEST = "scenarios/bank.yaml"
# A longer list is not read.
_NAMED = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a bank would be better without.

    `file` is relative to the bank's root; `at` leads to a value in that file's YAML, or is the
    number of a line, counted from 1.
    """

    file: str
    at: tuple[str | int, ...] | int
    code: str
    message: str
    help: str


def file_of(scenario: Scenario) -> str:
    """The file of a scenario, in a bank without errors."""
    return f"scenarios/{scenario.principle}/{scenario.id}.yaml"


def some(names: Sequence[str]) -> str:
    """Names in a row, of many the first ones."""
    return ", ".join([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])])
