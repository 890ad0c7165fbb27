"""What every test starts from: English, and a home of its own."""

import io
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest

from quiz import __main__ as entry
from quiz import i18n
from quiz.bank import load
from quiz.diagnostics import Diagnostic
from quiz.errors import StoreError

from .commandline import Done, Learner, Netral, Process

hypothesis.settings.register_profile("still", derandomize=True, deadline=None)
hypothesis.settings.load_profile("still")


def pytest_xdist_auto_num_workers() -> int:
    """Tests wait for much of their time, for screens and sockets."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    # pytest's own way to name a folder looks through all the others, of which there are many.
    home = tmp_path_factory.getbasetemp() / uuid.uuid4().hex
    home.mkdir()
    monkeypatch.setenv("NETRAL_HOME", str(home))
    monkeypatch.setenv("LANGUAGE", "en")
    i18n.install("en")
    return home


@pytest.fixture
def root() -> Path:
    """The checkout, which is a bank."""
    return Path(__file__).parent.parent


@pytest.fixture
def python(root: Path) -> Callable[..., str]:
    """Run code in a Python of its own, with arguments; returns what it prints.

    There, `drop_privileges()` makes of root, whom no permission stops, a user who has none.
    """
    before = """
import os

def drop_privileges():
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
"""

    def run(code: str, *arguments: object) -> str:
        command = [sys.executable, "-c", before + textwrap.dedent(code), *map(str, arguments)]
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run


@pytest.fixture
def home(_own_home: Path) -> Path:
    """The folder where all that Netral keeps lies."""
    return _own_home


@pytest.fixture
def netral(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Netral:
    """Run a command line in this process, with this typed to it."""

    def run(*arguments: object, typed: str | Learner = "", language: str = "en") -> Done:
        monkeypatch.setattr(sys, "argv", ["netral", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed) if isinstance(typed, str) else typed)
        monkeypatch.setenv("LANGUAGE", language)
        with pytest.raises(SystemExit) as ended:
            entry.main()
        assert isinstance(ended.value.code, int)
        return Done(ended.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def process(root: Path) -> Process:
    """Run a command line in a process of its own, its streams led elsewhere by the shell."""

    def run(
        *arguments: object, streams: str = "", typed: bytes = b"", **environ: str
    ) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "quiz", *map(str, arguments)]
        if streams:
            command = ["sh", "-c", f'exec "$0" "$@" {streams}', *command]
        done = subprocess.run(
            command,
            cwd=root,
            # With buffers, as everybody has them, so that what fails late fails here too.
            env=os.environ | {"PYTHONUNBUFFERED": ""} | environ,
            input=typed,
            capture_output=True,
            timeout=60,
        )
        assert b"Traceback" not in done.stderr
        assert b"Exception ignored" not in done.stderr
        return done

    return run


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach, unlike pytest's own."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permission bits are of POSIX")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@dataclass(frozen=True)
class BankFolder:
    """A bank on disk that a test may spoil; names are relative to its root."""

    root: Path

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    def edit(self, name: str, old: str, new: str) -> None:
        """Put `new` where `old` stands, which must be at exactly one place."""
        text = (self.root / name).read_bytes().decode("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def problems(self) -> list[Diagnostic]:
        bank, problems = load(self.root)
        assert (bank is None) == bool(problems), "a bank, or what is wrong with it"
        return problems

    def places(self) -> list[str]:
        """All that is wrong, as `name:line:column code`."""
        return [
            f"{Path(p.path).relative_to(self.root).as_posix()}:{p.line}:{p.column} {p.code}"
            for p in self.problems()
        ]


@pytest.fixture
def small(tmp_path: Path) -> BankFolder:
    """A copy of the smallest good bank."""
    shutil.copytree(Path(__file__).parent / "small_bank", tmp_path / "small")
    return BankFolder(tmp_path / "small")


def rows(path: Path, select: str) -> list[tuple[object, ...]]:
    """What another program reads in the database."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(select).fetchall()


@contextmanager
def refused(kind: type[StoreError], path: Path) -> Iterator[None]:
    """Something that raises just this error, which says where, what is wrong and what to do."""
    with pytest.raises(StoreError) as caught:
        yield
    error = caught.value
    assert type(error) is kind
    assert str(path) in error.message
    assert error.hint
