"""A command line as a test gives it, and what comes of it."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from quiz.store import Store

HERE = Path(__file__).parent
SMALL = HERE / "small_bank"
TRAINING = HERE / "training_bank"
CASE = "scenarios/tanpa-atribut/kaus-partai.yaml"
DECK = ["memakai-kaus", "memakai-seragam", "bertanya-pilihan", "datang-pagi"]
ALL = "1\n\n" * 30

posix = pytest.mark.skipif(sys.platform == "win32", reason="streams are closed by a POSIX shell")


@dataclass(frozen=True)
class Done:
    """What a command ended with, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def asked(self) -> list[str]:
        return [found["question"] for found in self.objects]


Netral = Callable[..., Done]
Process = Callable[..., subprocess.CompletedProcess[bytes]]


class Learner(io.StringIO):
    """Somebody who types some lines and then does something."""

    def __init__(self, lines: str, then: Callable[[], str]) -> None:
        super().__init__(lines)
        self._then = then

    def readline(self, size: int | None = -1, /) -> str:
        return super().readline(-1 if size is None else size) or self._then()


def answers(home: Path) -> dict[str, int]:
    """How often each question of the small bank has been answered."""
    with closing(Store.open(home / "netral.db")) as store:
        return store.seen("kecil")


def databases(home: Path) -> list[str]:
    """The names of the database and of what lies beside it while it is open."""
    return sorted(path.name for path in home.glob("netral.db*"))
