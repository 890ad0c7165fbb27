"""The program itself, on a real terminal: played, killed, closed, and gone on with."""

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="pseudo-terminals are of POSIX")

from .terminal import Terminal

CASE = ["play", "--scenario", "kepala-sekolah-tim-sukses"]
# A small bank, of which this case is part, is read in a moment.
BANK = Path(__file__).parent / "training_bank"
NETRAL = [sys.executable, "-m", "quiz", "--bank", str(BANK)]


class Place:
    """A learner's folder, and terminals that run Netral there."""

    def __init__(self, home: Path, root: Path) -> None:
        self.home = home
        self._root = root
        self._open: list[Terminal] = []

    def start(
        self,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        shell: Sequence[str] = (),
        **environ: str,
    ) -> Terminal:
        """Run Netral in a terminal of its own, started by a shell where one is named."""
        command = [*shell, *NETRAL, *arguments]
        own = {"NETRAL_HOME": str(self.home), "LANGUAGE": "en", "COLORTERM": "truecolor"}
        terminal = Terminal(
            command, {**os.environ, **own, **environ}, columns=columns, rows=rows, folder=self._root
        )
        self._open.append(terminal)
        return terminal

    def answers(self) -> list[tuple[str, str]]:
        """Question and answer, as the log has them; the log is sound."""
        log = sqlite3.connect(self.home / "netral.db")
        try:
            assert log.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return log.execute("SELECT question, given FROM answer ORDER BY id").fetchall()
        finally:
            log.close()

    def close(self) -> None:
        for terminal in self._open:
            terminal.close()


@pytest.fixture
def place(tmp_path: Path, root: Path) -> Iterator[Place]:
    found = Place(tmp_path, root)
    yield found
    found.close()


def at_home(terminal: Terminal) -> None:
    terminal.press("escape")
    terminal.see("Quick practice", "Quit")


def at_a_question(terminal: Terminal) -> None:
    terminal.see("Question 1 of", "Is this act neutral?")


def at_an_explanation(terminal: Terminal) -> None:
    terminal.press("1")
    terminal.see("neutral.", "Enter Next")


def at_a_source(terminal: Terminal) -> None:
    at_an_explanation(terminal)
    terminal.press("s")
    terminal.see("Article 1 of 2", "To the quote")


def at_the_result(terminal: Terminal) -> None:
    at_an_explanation(terminal)
    terminal.press("enter")
    terminal.see("of 1 right")


EVERYWHERE = pytest.mark.parametrize(
    "go", [at_home, at_a_question, at_an_explanation, at_a_source, at_the_result]
)


def test_a_session_killed_twice_goes_on_at_the_very_place_and_ends_with_its_score(
    place: Place,
) -> None:
    first = place.start(*CASE)
    at_a_question(first)
    at_an_explanation(first)
    first.press("enter")
    first.see("Question 2 of 6")
    first.kill()
    assert first.gone() == -signal.SIGKILL

    second = place.start()
    second.see("Continue", "question 2 of 6")
    second.press("enter")
    second.see("Question 2 of 6", "Is this act neutral?")
    second.press("2")
    second.see("neutral.", "/2")
    second.settle()
    shown = second.text
    second.kill()
    assert second.gone() == -signal.SIGKILL

    third = place.start()
    third.see("question 2 of 6")
    third.press("enter")
    third.see("Question 2 of 6", "Enter Next")
    third.settle()
    assert third.text == shown
    for number in range(3, 7):
        third.press("enter")
        third.see(f"Question {number} of 6")
        third.press("1")
        third.see("Enter Next")
    third.press("enter")
    third.see("of 6 right", "mark")
    assert [given for _question, given in place.answers()] == [
        "neutral",
        "not-neutral",
        *["neutral"] * 4,
    ]
    third.press("q")
    assert third.gone() == 0


@EVERYWHERE
def test_however_it_is_ended_nothing_is_lost_and_nothing_is_left_on_the_screen(
    place: Place, go: Callable[[Terminal], None]
) -> None:
    started = closed, terminated, interrupted = [place.start(*CASE, "-n", "1") for _way in "123"]
    for terminal in started:
        at_a_question(terminal)
        go(terminal)
    before = place.answers()
    assert not interrupted.cooked

    closed.hang_up()
    terminated.kill(signal.SIGTERM)
    interrupted.press("ctrl+c")

    closed.gone()
    assert terminated.gone() == -signal.SIGTERM
    assert interrupted.gone() == 0
    assert not any(b"Traceback" in terminal.raw for terminal in started)
    assert place.answers() == before
    assert interrupted.cooked
    # The last word is to leave the alternate screen and to show the cursor.
    assert interrupted.raw.rfind(b"\x1b[?1049l") > interrupted.raw.rfind(b"\x1b[?1049h")
    assert interrupted.raw.rfind(b"\x1b[?25h") > interrupted.raw.rfind(b"\x1b[?25l")


def test_ctrl_z_stops_it_and_the_shell_brings_it_back_where_it_was(place: Place) -> None:
    if not shutil.which("bash"):
        pytest.skip("job control needs a shell that has it: bash is not here")
    terminal = place.start(*CASE, shell=["bash", "-c", 'set -m; "$@"; echo STOPPED; fg', "bash"])
    at_a_question(terminal)
    at_an_explanation(terminal)

    terminal.press("ctrl+z")
    terminal.until(b"Question 1 of 6", after=b"STOPPED")
    terminal.press("enter")

    terminal.see("Question 2 of 6", "Is this act neutral?")
    terminal.press("ctrl+q")
    assert terminal.gone() == 0


def test_two_windows_on_one_session_lose_nothing_and_double_nothing(place: Place) -> None:
    one = place.start(*CASE, "-n", "2")
    at_a_question(one)
    other = place.start()
    other.see("question 1 of 2")
    other.press("enter")
    at_a_question(other)

    one.press("1")
    one.see("Enter Next")
    other.press("2")
    other.see("This question was", "Enter Next")
    assert [given for _question, given in place.answers()] == ["neutral"]
    other.press("enter")
    other.see("Question 2 of 2", "Is this act neutral?")
    other.press("2")
    other.see("Enter Next")
    one.press("enter")
    one.see("Question 2 of 2", "Is this act neutral?")
    one.press("1")
    one.see("This question was", "Enter Next")
    for window in (one, other):
        window.press("enter")
        window.see("of 2 right")

    assert [given for _question, given in place.answers()] == ["neutral", "not-neutral"]


@pytest.mark.parametrize(("columns", "rows"), [(20, 5), (200, 60)])
def test_a_terminal_of_any_size_takes_an_answer(place: Place, columns: int, rows: int) -> None:
    terminal = place.start(*CASE, columns=columns, rows=rows)
    terminal.until(b"Question 1")
    terminal.press("1")
    terminal.resize(80, 24)

    terminal.see("Enter Next")
    terminal.press("ctrl+q")
    assert terminal.gone() == 0
    assert len(place.answers()) == 1
    assert b"Traceback" not in terminal.raw


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"LANG": "xx_YY.UTF-8", "LC_ALL": "none"}])
def test_it_starts_without_colour_and_with_a_locale_that_does_not_exist(
    place: Place, environ: dict[str, str]
) -> None:
    terminal = place.start(*CASE, **environ)
    at_a_question(terminal)
    terminal.press("ctrl+q")
    assert terminal.gone() == 0
    assert b"Traceback" not in terminal.raw


def test_a_dumb_terminal_gets_the_session_line_by_line(place: Place) -> None:
    terminal = place.start(*CASE, TERM="dumb")
    terminal.see("Your answer (1 or 2; q stops):")
    terminal.press("q\n")
    assert terminal.gone() == 0
    assert b"\x1b" not in terminal.raw


def test_a_screen_that_would_be_painted_into_a_file_is_not_painted(place: Place) -> None:
    log = place.home / "log"
    terminal = place.start(*CASE, shell=["sh", "-c", f"exec \"$@\" 2>'{log}'", "sh"])
    terminal.see("Your answer (1 or 2; q stops):")
    terminal.press("q\n")
    assert terminal.gone() == 0
    assert log.read_bytes() == b""
