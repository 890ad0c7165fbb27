"""A screen whose every move is in the log before anything is shown of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual.screen import Screen

from quiz.errors import AnsweredElsewhere, StoreError
from quiz.session import Session
from quiz.store import Run, Store
from quiz.tui.desk import Desk

if TYPE_CHECKING:
    from quiz.tui.trouble import Way


class LoggedScreen(Screen[None]):
    """A screen on a run, without the questions that the bank has lost."""

    def __init__(self, desk: Desk, run: Run) -> None:
        super().__init__()
        self._desk = desk
        self._run = replace(run, session=run.session.within(desk.bank.question))

    def _show(self) -> None:
        """Bring the screen in line with the run."""
        raise NotImplementedError

    def _log(self, write: Callable[[Store, datetime], None], after: Session) -> None:
        """Commit a move, then show what follows from it."""
        try:
            self._run = self._written(write, after)
        except StoreError as error:
            from quiz.tui.trouble import TroubleScreen

            self.app.push_screen(
                TroubleScreen(error), lambda way: self._after_trouble(way, write, after)
            )
            return
        self._show()

    def _written(self, write: Callable[[Store, datetime], None], after: Session) -> Run:
        """The run after a move, or as another window has left it."""
        desk = self._desk
        try:
            write(desk.store, desk.now())
        except AnsweredElsewhere as error:
            found = desk.store.run(self._run.id)
            self.notify(str(error), markup=False)
            return replace(found, session=found.session.within(desk.bank.question))
        return replace(self._run, session=after)

    def _after_trouble(
        self, way: "Way | None", write: Callable[[Store, datetime], None], after: Session
    ) -> None:
        from quiz.tui.trouble import Way

        desk = self._desk
        if way is Way.QUIT:
            self.app.exit()
            return
        if way is Way.MEMORY:
            desk.use(Store.in_memory())
            self._run = desk.store.adopt(self._run, desk.bank.manifest.id, desk.now())
        if way is not None:
            self._log(write, after)
