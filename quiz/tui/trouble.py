"""When the history cannot be used: one sentence, and the ways out."""

from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from quiz.errors import StoreCorrupt, StoreError
from quiz.i18n import N_, _
from quiz.tui.widgets import KeyBar, Menu, MenuItem, Plain


class Way(StrEnum):
    """What to do about a store that does not work."""

    RETRY = "retry"
    SET_ASIDE = "set-aside"
    MEMORY = "memory"
    QUIT = "quit"


class TroubleScreen(ModalScreen[Way | None]):
    """Says what is wrong with the history, and lets the learner choose; None is going back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", N_("Back"))]

    def __init__(self, error: StoreError, *, opening: bool = False) -> None:
        super().__init__()
        self._error = error
        self._opening = opening

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Plain(_("The history cannot be used"), classes="title")
            yield Plain(self._error.message)
            yield Plain(self._error.hint, classes="hint")
            with Menu():
                yield MenuItem(_("Try again"), key=Way.RETRY)
                if self._opening and isinstance(self._error, StoreCorrupt):
                    yield MenuItem(
                        _("Set it aside under another name, and begin a new history"),
                        key=Way.SET_ASIDE,
                    )
                yield MenuItem(_("Train on; answers are gone when Netral closes"), key=Way.MEMORY)
                yield MenuItem(_("Quit"), key=Way.QUIT)
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """At the start there is nothing to go back to."""
        del parameters
        return not (self._opening and action == "dismiss")

    def on_menu_item_chosen(self, message: MenuItem.Chosen) -> None:
        """Go the chosen way; a key pressed twice goes it once."""
        if self.is_active:
            self.dismiss(Way(message.item.key))
