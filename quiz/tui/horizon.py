"""The day to be ready by: a dialog."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from quiz.errors import UsageError
from quiz.i18n import N_, _
from quiz.settings import Settings, ready_by
from quiz.tui.widgets import KeyBar, Plain


class DayInput(Input):
    """A line to type a day in, whose key to keep it stands in the key bar."""

    DEFAULT_CSS = """
    DayInput { background: $panel; padding: 0 1 !important; &:focus { background: $panel; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", N_("Keep"))]


class HorizonScreen(ModalScreen[Settings | None]):
    """Asks for the day, and gives back the settings with it; None is going back."""

    CSS = """
    HorizonScreen { & .refusal { color: $not-neutral; height: 2; margin-top: 1; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", N_("Back"))]

    def __init__(self, settings: Settings, today: date) -> None:
        super().__init__()
        self._settings = settings
        self._today = today

    def compose(self) -> ComposeResult:
        day = self._settings.horizon
        with Vertical(classes="dialog"):
            yield Plain(_("Ready by"), classes="title")
            yield Plain(
                _(
                    "An election day, say, or an inspection. Reviews come sooner, so that you see "
                    "each scenario again in the last two weeks before it."
                )
            )
            yield Plain(_("Day-month-year; leave it empty for no such day."), classes="hint")
            line = DayInput(f"{day:%d-%m-%Y}" if day else "", compact=True, max_length=20)
            line.cursor_blink = False
            yield line
            yield Plain(classes="refusal")
        yield KeyBar()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Take the day, or say why it cannot be."""
        try:
            day = ready_by(message.value, self._today) if message.value.strip() else None
        except UsageError as error:
            self.query_one(".refusal", Plain).update(str(error))
        else:
            # A key pressed twice keeps it once.
            if self.is_active:
                self.dismiss(replace(self._settings, horizon=day))
