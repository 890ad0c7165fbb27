"""The rooms this computer is in: a participant who closed the terminal comes back as himself."""

import json
import os
from contextlib import suppress
from pathlib import Path

# Rooms last for an evening; older tickets open nothing any more.
_MOST = 20


def remembered(path: Path, address: str, code: str | None) -> str | None:
    """The token for the room at `address`, the newest where no code is named, or None."""
    for known in reversed(_read(path)):
        # A room come back to by a personal code is kept without its own.
        if known["address"] == address and code in (None, known["code"]):
            return known["token"]
    return None


def remember(path: Path, address: str, code: str | None, token: str) -> None:
    """Keep a token, which others on this computer are not to read. Raises OSError."""
    before = [known for known in _read(path) if known["token"] != token]
    kept = next((k["code"] for k in _read(path) if k["token"] == token), "")
    new = {"address": address, "code": code or kept, "token": token}
    same = (new["address"], new["code"])
    known = [k for k in before if (k["address"], k["code"]) != same]
    _write(path, [*known, new][-_MOST:])


def forget(path: Path, token: str) -> None:
    """Keep a token no longer. Raises OSError."""
    _write(path, [known for known in _read(path) if known["token"] != token])


def _read(path: Path) -> list[dict[str, str]]:
    """What is kept; what makes no sense there is as if never kept."""
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads(path.read_text(encoding="utf-8"))
        keys = ("address", "code", "token")
        return [k for k in found if all(isinstance(k[key], str) for key in keys)]
    return []


def _write(path: Path, known: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        # Where there are no such permissions, the folder of the user keeps others out.
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(handle, "w", encoding="utf-8") as file:
            json.dump(known, file, indent=2)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
