"""What the screens work with, made once by the command line and by tests alike."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import Lock

from quiz import i18n
from quiz.history import Entry, present
from quiz.models import Bank
from quiz.session import Shuffler
from quiz.settings import Settings
from quiz.store import Store


@dataclass
class Desk:
    """A bank, a store, the learner's settings, a clock and a random generator.

    `database` is the file that `store` has, or should have had: after a store failed to open,
    `store` is one in memory until the learner chooses. `lasting` says whether answers outlive
    the program. `reserved` are the questions kept for a test.
    """

    bank: Bank
    store: Store
    database: Path
    settings: Settings
    settings_file: Path
    now: Callable[[], datetime]
    chance: Shuffler
    reserved: frozenset[str] = frozenset()
    _history: tuple[tuple[Store, int], list[Entry]] | None = field(default=None, init=False)
    _one_by_one: Lock = field(default_factory=Lock, init=False)

    def use(self, store: Store) -> None:
        """Work with another store from now on; the former one is closed."""
        self.store.close()
        self.store = store

    @property
    def language(self) -> str:
        """The language to show the bank in."""
        return self.bank.speaks(i18n.language())

    @property
    def lasting(self) -> bool:
        """Whether answers outlive the program."""
        return self.store.path is not None

    @property
    def today(self) -> date:
        """The learner's calendar day."""
        return self.day(self.now())

    def day(self, at: datetime) -> date:
        """The learner's calendar day at a moment: that of the place where this computer is now."""
        return at.astimezone().date()

    @contextmanager
    def reading(self) -> Iterator[tuple[Store, list[Entry]]]:
        """A store to read from, and the history in it. Raises StoreError.

        Where answers outlive the program, any thread may ask: it reads on a connection of its own.
        A long history takes a while to read, and is read again only when there is more of it.
        """
        bank = self.bank.manifest.id
        if not self.lasting:
            yield self.store, self.store.history(bank)
            return
        with closing(Store.open(self.database, hurried=True)) as store:
            with self._one_by_one:
                mark = (self.store, store.newest())
                if self._history is None or self._history[0] != mark:
                    self._history = mark, store.history(bank)
                history = self._history[1]
            yield store, history

    def entries(self) -> list[Entry]:
        """The answers that count to questions as the bank has them now, oldest first.

        Raises StoreError. Which thread may ask is as for `reading`.
        """
        from quiz import forms

        with self.reading() as (store, history):
            tests = store.tests(self.bank.manifest.id)
        return present(self.bank, forms.settled(history, tests))

    def reserve(self) -> frozenset[str]:
        """Look up in the log which questions are kept for a test. Raises StoreError."""
        from quiz import forms

        self.reserved = forms.reserved(self.bank, self.store.tests(self.bank.manifest.id))
        return self.reserved
