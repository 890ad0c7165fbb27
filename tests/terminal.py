"""A program on a real terminal of its own: type to it, and read what stands on its screen."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyte

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "ctrl+c": "\x03",
    "ctrl+q": "\x11",
    "ctrl+z": "\x1a",
}


class Terminal:
    """Runs a command on a pseudo-terminal of `columns` by `rows`."""

    def __init__(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        *,
        columns: int = 80,
        rows: int = 24,
        folder: Path | None = None,
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = self._unseen = b""
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            os.chdir(folder or "/")
            os.execvpe(command[0], list(command), {"TERM": "xterm-256color", **environ})
        # Else the next terminal's program holds this one open, and it cannot be hung up.
        os.set_inheritable(self._file, False)
        self.resize(columns, rows)

    def resize(self, columns: int, rows: int) -> None:
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, size)
        self._stream.feed(self._unseen)
        self._unseen = b""
        self._screen.resize(rows, columns)

    @property
    def text(self) -> str:
        """The screen, line by line."""
        # Emulating the terminal takes longer than painting it: only when somebody looks.
        self._stream.feed(self._unseen)
        self._unseen = b""
        return "\n".join(self._screen.display)

    @property
    def cooked(self) -> bool:
        """Whether it shows what is typed and hands it on by line, as a shell left it."""
        modes = termios.tcgetattr(self._file)[3]
        return bool(modes & termios.ECHO and modes & termios.ICANON)

    def read(self, seconds: float) -> bytes:
        """What arrives within `seconds`; empty when nothing does, or the program has gone."""
        if self._file < 0:
            time.sleep(seconds)
            return b""
        ready, _, _ = select.select([self._file], [], [], seconds)
        if not ready:
            return b""
        try:
            found = os.read(self._file, 1 << 16)
        except OSError:
            return b""
        self.raw += found
        self._unseen += found
        return found

    def press(self, *keys: str) -> None:
        for key in keys:
            os.write(self._file, KEYS.get(key, key).encode())

    def see(self, *words: str, seconds: float = 20) -> str:
        """Wait until every one of `words` stands on the screen; returns the screen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            text = self.text
            if all(word in text for word in words):
                return text
            self.read(0.05)
        raise AssertionError(f"{words} did not appear on:\n{self.text}")

    def settle(self) -> None:
        """Let the program finish painting."""
        while self.read(0.15):
            pass

    def until(self, said: bytes, after: bytes = b"", seconds: float = 20) -> None:
        """Wait until the program has written `said`, later than it wrote `after`."""
        end = time.monotonic() + seconds
        while (place := self.raw.find(after)) < 0 or said not in self.raw[place:]:
            if time.monotonic() > end:
                raise AssertionError(f"{said!r} did not come:\n{self.text}")
            self.read(0.05)

    def gone(self, seconds: float = 20) -> int:
        """Wait until the program ends; returns its exit code, or minus the signal's number."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                while self._file >= 0 and self.read(0):
                    pass
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"still running:\n{self.text}")

    def kill(self, number: int = signal.SIGKILL) -> None:
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as its window does."""
        os.close(self._file)
        self._file = -1

    def close(self) -> None:
        if self.pid:
            self.kill()
            os.waitpid(self.pid, 0)
            self.pid = 0
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
