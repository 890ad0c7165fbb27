"""Files that a command writes for the person who called it."""

import os
from collections.abc import Sequence
from pathlib import Path

from quiz.errors import UsageError
from quiz.i18n import _


def write(path: Path, text: str, *, force: bool) -> None:
    """Write `text` to `path` in one step, in UTF-8.

    Raises UsageError where something has that name, unless forced to replace it, and OSError
    where it cannot be written.
    """
    _expect_free(path, force=force)
    _replace(path, text.encode())


def write_all(files: Sequence[tuple[Path, bytes]], *, force: bool) -> None:
    """Write several files, each in one step; none where one of them would not be.

    Raises UsageError where something has one of the names, unless forced to replace it, or two
    have the same, and OSError where a file cannot be written.
    """
    for number, (path, _content) in enumerate(files):
        _expect_free(path, force=force)
        if any(path == other for other, _same in files[:number]):
            raise UsageError(_("{path} is named twice.").format(path=path))
    for path, content in files:
        _replace(path, content)


def _expect_free(path: Path, *, force: bool) -> None:
    if os.path.lexists(path) and not (force and path.is_file()):
        raise UsageError(
            _("{path} exists already.").format(path=path),
            _("Name another file, or replace this one with --force."),
        )


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        # Of the draft nobody has heard.
        raise OSError(error.errno, error.strerror, str(path)) from error
