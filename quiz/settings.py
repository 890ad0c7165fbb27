"""What a learner has set: language, theme and length of a practice."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

THEMES = ("netral-dark", "netral-light")
LENGTHS = (5, 10, 15, 20)


@dataclass(frozen=True, slots=True)
class Settings:
    """`language` None follows the locale; `length` counts the questions of a quick practice."""

    language: str | None = None
    theme: str = THEMES[0]
    length: int = 10


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
    )


def save(settings: Settings, path: Path) -> None:
    """Replace the file at `path` in one step. Raises OSError where it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
