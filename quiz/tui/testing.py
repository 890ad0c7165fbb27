"""What a test is, before it begins."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from quiz import testing, wording
from quiz.i18n import N_, _
from quiz.store import Run
from quiz.tui.desk import Desk
from quiz.tui.messages import Begin, Continue
from quiz.tui.widgets import Heading, KeyBar, Plain, Scroll


class TestScreen(Screen[None]):
    """Introduces the test that is next, and begins it or goes on with it."""

    __test__ = False  # what pytest asks of a class with such a name

    CSS = """
    TestScreen {
        & .column > Plain { margin-top: 1; }
        & .next { text-style: bold; color: $accent; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", N_("Begin")),
        Binding("enter", "go_on", N_("Continue")),
        Binding("escape", "leave", N_("Back")),
    ]

    def __init__(self, desk: Desk) -> None:
        """Look up which test it is. Raises StoreError, and UsageError where there can be none."""
        super().__init__()
        self._desk = desk
        self._next = testing.next_test(desk.bank, desk.store)

    @property
    def _begun(self) -> bool:
        return isinstance(self._next, Run)

    def compose(self) -> ComposeResult:
        bank, test = self._desk.bank, self._next
        deck = test.session.within(bank.question).deck if isinstance(test, Run) else test.deck
        yield Heading(wording.title(bank, test.kind, test.subject, self._desk.language))
        with Scroll(id="page"), Vertical(classes="column"):
            for line in testing.rules(bank, test.subject, len(deck)):
                yield Plain(line)
            if isinstance(test, Run):
                read = test.session.within(bank.question).read
                words = _("You have begun: question {number} of {total} is next.")
                yield Plain(words.format(number=read + 1, total=len(deck)), classes="next")
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A test that was begun is gone on with."""
        del parameters
        return action not in ("begin", "go_on") or (action == "go_on") == self._begun

    def action_begin(self) -> None:
        """Begin the test."""
        if not isinstance(self._next, Run):
            self.post_message(Begin(self._next))

    def action_go_on(self) -> None:
        """Go on with the test."""
        if isinstance(self._next, Run):
            self.post_message(Continue(self._next))

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()
