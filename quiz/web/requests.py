"""What a request says, read strictly: exact types, no key twice, none that is not known."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from quiz.i18n import _
from quiz.models import Confidence, Verdict
from quiz.votes import Vote

_MOST_FIELDS = 10


def unreadable() -> HTTPException:
    """The refusal of what cannot be understood."""
    return HTTPException(422, _("This request cannot be understood."))


async def form(request: Request, *known: str) -> dict[str, str]:
    """The fields of a form; raises HTTPException 422 where it holds anything but `known` ones."""
    body = await request.body()
    if not _is(request, "application/x-www-form-urlencoded") and body:
        raise unreadable()
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError as error:
        raise unreadable() from error
    return dict(_once(pairs, known))


async def json_object(request: Request, *known: str) -> dict[str, Any]:
    """A JSON object; raises HTTPException 422 where it holds anything but `known` keys."""
    if not _is(request, "application/json"):
        raise unreadable()
    try:
        # A byte order mark is refused by `loads`, and only UTF-8 is read at all.
        found = json.loads(
            (await request.body()).decode("utf-8"),
            object_pairs_hook=lambda pairs: dict(_once(pairs, known)),
        )
    except (ValueError, RecursionError) as error:
        raise unreadable() from error
    if not isinstance(found, dict):
        raise unreadable()
    return found


def _is(request: Request, kind: str) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == kind


def _once(pairs: list[tuple[str, Any]], known: tuple[str, ...]) -> list[tuple[str, Any]]:
    keys = [key for key, _value in pairs]
    if len(set(keys)) != len(keys) or not set(keys) <= set(known):
        raise unreadable()
    for _key, value in pairs:
        if isinstance(value, str) and not _is_text(value):
            raise unreadable()
    return pairs


def _is_text(value: str) -> bool:
    """Whether it could stand in a file: no NUL, no half of a surrogate pair."""
    return "\0" not in value and not any("\ud800" <= character <= "\udfff" for character in value)


def text(fields: Mapping[str, Any], key: str) -> str:
    """A field that has to be a text."""
    value = fields.get(key)
    if not isinstance(value, str):
        raise unreadable()
    return value


def optional(fields: Mapping[str, Any], key: str) -> str | None:
    """A field that is a text, or null, or missing."""
    return None if fields.get(key) is None else text(fields, key)


def round_of(fields: Mapping[str, Any]) -> int:
    """The round voted in: the number 1 or 2."""
    value = fields.get("round")
    if type(value) is int and value in (1, 2):
        return value
    raise unreadable()


def vote_of(fields: Mapping[str, Any]) -> Vote:
    """The vote that the fields `verdict` and `confidence` make."""
    confidence = optional(fields, "confidence")
    try:
        return Vote(
            Verdict(text(fields, "verdict")), Confidence(confidence) if confidence else None
        )
    except ValueError as error:
        raise unreadable() from error
