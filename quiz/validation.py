"""From plain data to models: what pydantic found, said at its place in the reader's language."""

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError

from quiz.diagnostics import Diagnostic
from quiz.document import Document
from quiz.i18n import _
from quiz.keys import purpose

T = TypeVar("T")
Loc = tuple[str | int, ...]


def validated(
    document: Document,
    validate: Callable[..., T],
    context: dict[str, Any] | None,
    problems: list[Diagnostic],
) -> T | None:
    """What `validate(data, context=…)` makes of a document.

    Where it makes nothing, None, and its errors are appended to `problems`.
    """
    try:
        return validate(document.data, context=context)
    except ValidationError as error:
        details = error.errors(include_url=False)
    places = [detail["loc"] for detail in details]
    outer = {place[:size] for place in places for size in range(len(place))}
    for detail in details:
        loc = detail["loc"]
        if loc in outer:
            continue  # the deeper error says more
        code = "empty-text" if _is_blank(detail) else _CODES.get(detail["type"], "wrong-value")
        message, help = explain(detail)
        line, column = document.at(*loc, key=code == "unknown-key")
        problems.append(Diagnostic(document.path, line, column, code, message, help))
    return None


_CODES = {
    "missing": "missing-key",
    "unexpected_keyword_argument": "unknown-key",
    "missing_language": "missing-language",
    "control_character": "control-character",
    "string_type": "wrong-type",
    "list_type": "wrong-type",
    "tuple_type": "wrong-type",
    "dict_type": "wrong-type",
    "dataclass_type": "wrong-type",
    "float_type": "wrong-type",
    "float_parsing": "wrong-type",
    "string_too_long": "too-long",
    "too_short": "wrong-number",
    "too_long": "wrong-number",
}


def explain_control(character: str) -> tuple[str, str]:
    """A message and a help for a control character, named as U+0000."""
    return (
        _("The character {code} would be obeyed by a terminal, not shown.").format(code=character),
        _("Delete it; it is invisible in most editors."),
    )


def _is_blank(detail: Any) -> bool:
    """Whether nothing stands there yet: a text without a word, or an id or a choice left open."""
    kind = detail["type"]
    open_still = kind in ("enum", "string_pattern_mismatch") and detail.get("input") == ""
    return kind == "empty_text" or open_still


def _explain_blank(loc: Loc) -> tuple[str, str]:
    """A message and a help for a blank."""
    match loc:
        case (*_around, str(key), str(language)):  # A text or a gloss, a map by language.
            message = _("“{key}” is empty in language “{language}”.")
            message = message.format(key=key, language=language)
        case _any:
            key = _last_key(loc)
            message = _("“{key}” is empty.").format(key=key)
    return message, purpose(key) or _("Write the text, or delete the key.")


def _last_key(loc: Loc) -> str:
    return next((step for step in reversed(loc) if isinstance(step, str)), "")


def explain(detail: Any) -> tuple[str, str]:
    """A message and a help for one of pydantic's errors."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "control_character":
        return explain_control(context["code"])
    if _is_blank(detail):
        return _explain_blank(detail["loc"])
    key = _last_key(detail["loc"])
    table = {
        "missing": (_("“{key}” is missing."), _("Write it here.")),
        "unexpected_keyword_argument": (
            _("“{key}” is no key of this format."),
            _("Look for a typing slip; CONTRIBUTING.md lists the keys."),
        ),
        "missing_language": (
            _("“{key}” is missing in language “{language}”."),
            _("Every text stands in every language of the bank."),
        ),
        "enum": (_("“{key}” must be {expected}."), _("Write one of these.")),
        "string_pattern_mismatch": (
            _("“{key}” is not written as it must be."),
            _("An id is lower-case words joined by hyphens; a date is 2020 or 2020-12-24."),
        ),
        "too_short": (
            _("“{key}” has {actual_length}, at least {min_length} are needed."),
            _("Add some."),
        ),
        "too_long": (
            _("“{key}” has {actual_length}, at most {max_length} are allowed."),
            _("Make two of it."),
        ),
        "string_too_long": (
            _("“{key}” is longer than {max_length} characters."),
            _("Choose the shortest run of words that carries the explanation."),
        ),
        "string_type": (_("“{key}” must be a text."), _("Write “{key}: some words”.")),
    }
    wrong_type = (
        _("“{key}” has the wrong form."),
        _("It takes a list (lines with “- ”), or keys with values; CONTRIBUTING.md shows it."),
    )
    other = (
        wrong_type
        if _CODES.get(kind) == "wrong-type"
        else (
            _("“{key}” is not what it must be: {reason}."),
            _("CONTRIBUTING.md shows the format."),
        )
    )
    message, help = table.get(kind, other)
    words = {**context, "key": key, "reason": detail.get("msg", "").rstrip(".")}
    return message.format(**words), help.format(**words)
