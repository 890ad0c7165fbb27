"""What a learner has set, and how it is kept."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from quiz.errors import UsageError
from quiz.i18n import _

THEMES = ("netral-dark", "netral-light")
LENGTHS = (5, 10, 15, 20)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the learner has chosen.

    `language` None follows the locale; `length` counts the questions of a quick practice;
    `confidence` asks with each answer how sure one is; `horizon` is the local calendar day to be
    ready by, None for no such day.
    """

    language: str | None = None
    theme: str = THEMES[0]
    length: int = 10
    confidence: bool = False
    horizon: date | None = None


def load(path: Path) -> Settings:
    """The settings at `path`; what is missing or makes no sense there is as if never set."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    language, theme, length = (found.get(key) for key in ("language", "theme", "length"))
    return Settings(
        language=language if language in ("id", "en") else None,
        theme=theme if theme in THEMES else THEMES[0],
        length=length if isinstance(length, int) and length in LENGTHS else 10,
        confidence=found.get("confidence") is True,
        horizon=_day(found.get("horizon")),
    )


def _day(found: object) -> date | None:
    try:
        return date.fromisoformat(found) if isinstance(found, str) else None
    except ValueError:
        return None


def ready_by(typed: str, today: date) -> date:
    """The day to be ready by, typed as 2026-11-27, 27-11-2026 or 27/11/2026.

    Raises UsageError where that is no day, or one before `today`.
    """
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            day = datetime.strptime(typed.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if day < today:
            raise UsageError(_("That day has passed."), _("Choose today or a day to come."))
        return day
    raise UsageError(
        _("“{text}” is not a date.").format(text=typed.strip()),
        _("Write day, month and year, as in 27-11-2026."),
    )


def save(settings: Settings, path: Path) -> None:
    """Replace the file at `path` in one step. Raises OSError where it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        content = json.dumps(asdict(settings), indent=2, default=str)
        draft.write_text(content + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
