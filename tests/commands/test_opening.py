"""What commands share."""

import io
import sys

import pytest

from quiz.commands import opening


@pytest.mark.parametrize(
    ("stdin", "stdout", "term", "screen"),
    [
        (True, True, "xterm-256color", True),
        (True, True, None, True),
        (False, True, "xterm-256color", False),
        (True, False, "xterm-256color", False),
        (True, True, "dumb", False),
        (None, True, "xterm-256color", False),
        (True, None, "xterm-256color", False),
    ],
)
def test_there_is_a_screen_where_every_stream_is_a_terminal_that_is_not_dumb(
    monkeypatch: pytest.MonkeyPatch,
    stdin: bool | None,
    stdout: bool | None,
    term: str | None,
    screen: bool,
) -> None:
    for name, terminal in (("stdin", stdin), ("stdout", stdout)):
        stream = None if terminal is None else io.StringIO()
        if stream:
            monkeypatch.setattr(stream, "isatty", lambda terminal=terminal: terminal)
        monkeypatch.setattr(sys, name, stream)
    errors = io.StringIO()
    monkeypatch.setattr(errors, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", errors)
    monkeypatch.delenv("TERM", raising=False)
    if term:
        monkeypatch.setenv("TERM", term)

    assert opening.has_screen() is screen
    monkeypatch.setattr(errors, "isatty", lambda: False)
    assert not opening.has_screen(), "the screen is painted on standard error"
