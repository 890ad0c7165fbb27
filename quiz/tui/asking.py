"""The dialogs of the facilitator: a question to be sure, raised hands, addresses."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from quiz import wording
from quiz.i18n import N_, _
from quiz.models import Verdict
from quiz.tui.widgets import KeyBar, Menu, MenuItem, Plain
from quiz.votes import Hands


class AskScreen(ModalScreen[bool]):
    """Asks whether something is meant; what changes nothing is at hand first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", show=False),
        Binding("escape", "answer(False)", N_("Back")),
    ]

    def __init__(self, question: str, about: str, *, yes: str, no: str) -> None:
        super().__init__()
        self._question, self._about, self._yes, self._no = question, about, yes, no

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Plain(self._question, classes="title")
            yield Plain(self._about)
            with Menu(classes="hint"):
                yield MenuItem(self._no, key="no")
                yield MenuItem(self._yes, "y", key="yes")
        yield KeyBar()

    def on_menu_item_chosen(self, message: MenuItem.Chosen) -> None:
        """Answer with the line at hand."""
        self.action_answer(message.item.key == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer; a key pressed twice answers once."""
        if self.is_active:
            self.dismiss(yes)


class CountInput(Input):
    """A line to type a number in."""

    DEFAULT_CSS = """
    CountInput {
        background: $panel; padding: 0 1 !important; width: 10;
        &:focus { background: $panel; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", N_("Next"))]

    def __init__(self, number: int | None, id: str) -> None:
        super().__init__(
            "" if number is None else str(number),
            id=id,
            compact=True,
            max_length=5,
            restrict="[0-9]*",
            select_on_focus=True,
        )
        self.cursor_blink = False


class HandsScreen(ModalScreen[Hands | None]):
    """Asks for the two counts of raised hands; None is going back."""

    CSS = """
    HandsScreen { & .count { margin-top: 1; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("escape", "dismiss", N_("Back")),
    ]

    def __init__(self, round: int, counted: Hands | None) -> None:
        super().__init__()
        self._round = round
        self._counted = counted

    def compose(self) -> ComposeResult:
        hands = self._counted
        with Vertical(classes="dialog"):
            yield Plain(_("Raised hands, round {round}").format(round=self._round), classes="title")
            yield Plain(_("Count only those who have not voted by phone or terminal."))
            for verdict in Verdict:
                words = f"{wording.SIGNS[verdict]} {wording.verdict(verdict)}"
                yield Plain(words, classes="count")
                before = None
                if hands is not None:
                    neutral = verdict is Verdict.NEUTRAL
                    before = hands.neutral if neutral else hands.not_neutral
                yield CountInput(before, verdict.value)
        yield KeyBar()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go from the first count to the second, and take both after it."""
        counts = {field.id: int(field.value or 0) for field in self.query(CountInput)}
        if message.input.id == Verdict.NEUTRAL.value:
            self.focus_next()
        elif self.is_active:
            self.dismiss(Hands(counts[Verdict.NEUTRAL.value], counts[Verdict.NOT_NEUTRAL.value]))


class ChoiceScreen(ModalScreen[str | None]):
    """Lets the facilitator choose one of some lines; None is going back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", N_("Back"))]

    def __init__(self, title: str, about: str, choices: Sequence[tuple[str, str]]) -> None:
        """`choices` are keys, each with the line that stands for it."""
        super().__init__()
        self._title, self._about, self._choices = title, about, choices

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Plain(self._title, classes="title")
            yield Plain(self._about)
            with Menu(classes="hint"):
                for key, line in self._choices:
                    yield MenuItem(line, key=key)
        yield KeyBar()

    def on_menu_item_chosen(self, message: MenuItem.Chosen) -> None:
        """Give back what was chosen; a key pressed twice chooses once."""
        if self.is_active:
            self.dismiss(message.item.key)
