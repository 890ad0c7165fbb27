"""One answered question again: situation, act, explanation."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from quiz import wording
from quiz.i18n import N_, _
from quiz.session import Answer
from quiz.tui.desk import Desk
from quiz.tui.explanation import act, outcome, reasons
from quiz.tui.explanation import scenario as scenario_blocks
from quiz.tui.messages import ShowSource
from quiz.tui.page import Page
from quiz.tui.widgets import Heading, KeyBar


class MissedScreen(Screen[None]):
    """Shows an answered question to read once more."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "source", N_("Source")),
        Binding("escape,enter", "leave", N_("Back")),
    ]

    def __init__(self, desk: Desk, answer: Answer) -> None:
        super().__init__()
        self._desk = desk
        self._answer = answer

    def compose(self) -> ComposeResult:
        bank, language = self._desk.bank, self._desk.language
        scenario = bank.home_of[self._answer.question]
        standing = _("Your answers") if self._answer.right else _("Not right yet")
        yield Heading(wording.principle_of(bank, scenario, language), standing)
        question = bank.question[self._answer.question]
        withheld = wording.withheld(question, (), self._desk.reserved)
        yield Page(
            *scenario_blocks(scenario, language),
            act(question, language),
            outcome(self._answer),
            *reasons(bank, question, language, withheld),
        )
        yield KeyBar()

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        page = self.query_one(Page)
        page.can_focus = True
        page.focus()

    def action_source(self) -> None:
        """Open the article at the quote."""
        citation = self._desk.bank.question[self._answer.question].citations[0]
        self.post_message(ShowSource(citation.source, citation.quote))

    def action_leave(self) -> None:
        """Go back to the result."""
        self.dismiss()
