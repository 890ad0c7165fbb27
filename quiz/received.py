"""What a server says of a room, read as views. Pure.

The server is somebody else's: whatever it sends is checked, and its texts are made harmless before
anything shows them.
"""

import json
import types
import unicodedata
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from quiz.errors import QuizError
from quiz.i18n import _
from quiz.views import Asked, Own, Reveal, View

# No room counts further.
_MOST = 10_000_000


class NotUnderstood(QuizError):
    """What came is not what this version of Netral expects."""


@dataclass(frozen=True, slots=True)
class State:
    """What there is to see in a room now, for everybody and for one participant."""

    view: View
    own: Own


@dataclass(frozen=True, slots=True)
class TakenHome:
    """A question not answered rightly, and whether it was answered at all."""

    question: Asked
    reveal: Reveal
    answered: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What a participant has at the end."""

    own: Own
    taken_home: tuple[TakenHome, ...]


def state(text: str) -> State:
    """The state that a server sent. Raises NotUnderstood."""
    found: State = _dataclass(State, parsed(text))
    return found


def result(text: str) -> Result:
    """The result that a server sent. Raises NotUnderstood."""
    found: Result = _dataclass(Result, parsed(text))
    return found


def parsed(text: str) -> dict[str, Any]:
    """The JSON object in `text`. Raises NotUnderstood."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _other_version() from error
    if not isinstance(found, dict):
        raise _other_version()
    return found


def harmless(text: str) -> str:
    """A text without anything that a terminal would obey, on one line."""
    folded = " ".join(text.split())
    return "".join(c for c in folded if unicodedata.category(c)[0] != "C")


def _other_version() -> NotUnderstood:
    return NotUnderstood(
        _("This Netral does not understand what the server says."),
        _("Bring Netral to the same version on both computers, or take part with a phone."),
    )


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _dataclass(kind: type, value: object) -> Any:
    # Keys that are not known come from a newer server, and are left alone.
    if not isinstance(value, dict):
        raise _other_version()
    hints = _hints(kind)
    names = [field.name for field in fields(kind)]
    if not set(names) <= set(value):
        raise _other_version()
    return kind(**{name: _value(hints[name], value[name]) for name in names})


def _value(kind: Any, value: object) -> Any:
    """`value` as the type `kind` that a view is made of."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = next(option for option in get_args(kind) if option is not type(None))
        return None if value is None else _value(inner, value)
    if origin is tuple and isinstance(value, list):
        return tuple(_value(get_args(kind)[0], item) for item in value)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind, value)
    if kind is str and isinstance(value, str):
        return harmless(value)
    if kind is int and type(value) is int and 0 <= value <= _MOST:
        return value
    if kind is bool and isinstance(value, bool):
        return value
    if isinstance(kind, type) and issubclass(kind, StrEnum) and isinstance(value, str):
        try:
            return kind(value)
        except ValueError as error:
            raise _other_version() from error
    raise _other_version()
