"""What the screens work with, made once by the command line and by tests alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from quiz import i18n
from quiz.models import Bank
from quiz.session import Shuffler
from quiz.settings import Settings
from quiz.store import Store


@dataclass
class Desk:
    """A bank, a store, the learner's settings, a clock and a random generator.

    `database` is the file that `store` has, or should have had: after a store failed to open,
    `store` is one in memory until the learner chooses. `lasting` says whether answers outlive
    the program.
    """

    bank: Bank
    store: Store
    database: Path
    settings: Settings
    settings_file: Path
    now: Callable[[], datetime]
    chance: Shuffler

    @property
    def language(self) -> str:
        """The language to show the bank in."""
        return self.bank.speaks(i18n.language())

    @property
    def lasting(self) -> bool:
        """Whether answers outlive the program."""
        return self.store.path is not None
