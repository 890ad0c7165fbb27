"""Every scenario by principle, with what has been done."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from quiz import wording
from quiz.i18n import N_, _, n_
from quiz.models import Level, Scenario
from quiz.tui.desk import Desk
from quiz.tui.widgets import Heading, KeyBar, Menu, MenuItem, Plain


class ChooseScreen(Screen[str | None]):
    """Lets the learner choose a scenario; the result is its id, or None."""

    CSS = """
    ChooseScreen {
        & .title { text-style: bold; margin-top: 1; }
        & Menu { height: 1fr; align-horizontal: center; scrollbar-gutter: stable; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", N_("Back"))]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        # Whether each question was right when last answered; entries are oldest first.
        self._latest = {entry.question: entry.right for entry in desk.entries()}

    def compose(self) -> ComposeResult:
        bank, language = self._desk.bank, self._desk.language
        widest = max(len(wording.level(level)) for level in Level)
        yield Heading(
            _("Choose a scenario"),
            n_("{number} scenario", "{number} scenarios", len(bank.scenarios)).format(
                number=len(bank.scenarios)
            ),
        )
        with Menu(), Vertical(classes="column"):
            for principle in bank.principles.values():
                scenarios = [s for s in bank.scenarios if s.principle == principle.id]
                if scenarios:
                    yield Plain(principle.name.say(language), classes="title")
                for scenario in scenarios:
                    yield MenuItem(
                        scenario.title.say(language),
                        f"{self._done(scenario)}   {wording.level(scenario.level).ljust(widest)}",
                        key=scenario.id,
                        at_right=True,
                    )
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin at the top, with the heading above the first scenario in view."""
        self.call_after_refresh(self.query_one(Menu).scroll_home, animate=False)

    def _done(self, scenario: Scenario) -> str:
        """How many of its questions were right when last asked."""
        known = [self._latest[q.id] for q in scenario.questions if q.id in self._latest]
        return f"{sum(known)}/{len(scenario.questions)}" if known else "  –"

    def on_menu_item_chosen(self, message: MenuItem.Chosen) -> None:
        """Return the chosen scenario; a key pressed twice returns it once."""
        if self.is_active:
            self.dismiss(message.item.key)

    def action_leave(self) -> None:
        """Go back without a choice."""
        self.dismiss(None)
