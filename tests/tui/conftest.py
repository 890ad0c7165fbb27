"""A learner's desk: a bank that does not change, a clock that stands, chance that repeats."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quiz import i18n
from quiz.bank import load
from quiz.models import Bank
from quiz.settings import THEMES, Settings
from quiz.store import Store
from quiz.tui.desk import Desk

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PRINCIPAL = "kepala-sekolah-tim-sukses"


@pytest.fixture(scope="session")
def bank() -> Bank:
    """Two scenarios, copied once from the bundled bank, so that pictures of them stay the same."""
    found, problems = load(Path(__file__).parent.parent / "training_bank")
    assert found, problems
    return found


@pytest.fixture
def desk(bank: Bank, tmp_path: Path) -> Desk:
    """A desk with an empty history on disk."""
    database = tmp_path / "netral.db"
    return Desk(
        bank,
        Store.open(database),
        database,
        Settings(),
        tmp_path / "settings.json",
        lambda: NOON,
        random.Random(1),
    )


@pytest.fixture
def dress(desk: Desk) -> Callable[[str, str], Desk]:
    """The desk in a language and a theme."""

    def put(language: str, theme: str = "dark") -> Desk:
        i18n.install(language)
        desk.settings = Settings(language, THEMES[0] if theme == "dark" else THEMES[1])
        return desk

    return put
