"""What is asked under an act: the verdict, and after it, where wanted, how sure one is."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from quiz import wording
from quiz.i18n import N_, _
from quiz.models import Confidence, Verdict
from quiz.tui.explanation import STYLES
from quiz.tui.page import margin, strip

_Part = tuple[str, str]

_VERDICTS = (Verdict.NEUTRAL, Verdict.NOT_NEUTRAL)
# No key stands for both a verdict and a confidence: one that is held down, or pressed twice by
# accident, must not answer both.
_NUMBERS: dict[Verdict | Confidence, int] = {
    choice: number for number, choice in enumerate((*_VERDICTS, *Confidence), 1)
}
_GAP = 4


class Choices(Widget, can_focus=True):
    """Asks for a verdict, then perhaps for the confidence in it.

    Nothing is at hand until the arrows point at it. `chosen` is the verdict whose confidence is
    asked for, None while the verdict is.
    """

    DEFAULT_CSS = """
    Choices { height: 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "take", N_("Choose"))]
    at_hand: reactive[Verdict | Confidence | None] = reactive[Verdict | Confidence | None](
        None, bindings=True
    )
    chosen: reactive[Verdict | None] = reactive[Verdict | None](None)

    class Made(Message):
        """Posted when an answer is chosen."""

        def __init__(self, choice: Verdict | Confidence) -> None:
            super().__init__()
            self.choice = choice

    @property
    def options(self) -> tuple[Verdict | Confidence, ...]:
        """What can be chosen now, from left to right."""
        return tuple(Confidence) if self.chosen else _VERDICTS

    def turn(self, step: int = 1) -> None:
        """Point at the next answer, or the one before; first at the left one."""
        options = self.options
        here = options.index(self.at_hand) + step if self.at_hand in options else 0
        self.point(options[here % len(options)])

    def point(self, choice: Verdict | Confidence) -> None:
        """Point at an answer."""
        self.at_hand = choice
        self.focus()

    def ask(self, chosen: Verdict | None = None) -> None:
        """Ask for the verdict, or for the confidence in the one `chosen`; point at nothing."""
        self.chosen = chosen
        self.at_hand = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nothing is at hand there is nothing to take."""
        del parameters
        return action != "take" or self.at_hand is not None

    def _question(self) -> list[_Part]:
        """What is asked, in words."""
        if self.chosen is None:
            return [(_("Is this act neutral?"), "")]
        sign, word = wording.SIGNS[self.chosen], wording.verdict(self.chosen)
        return [(f"{sign} {word}", f"bold {STYLES[self.chosen]}"), (_("How sure are you?"), "")]

    def _answers(self) -> list[_Part]:
        """Each answer with its style."""
        parts = []
        for choice in self.options:
            words, style = _words(choice)
            pointer = "▸" if choice is self.at_hand else " "
            style = f"bold {style}" if choice is self.at_hand else style
            parts.append((f"{pointer} {_NUMBERS[choice]}   {words}", style))
        return parts

    def _rows(self) -> list[list[_Part]]:
        """The parts of each row."""
        if self.chosen:
            return [[], self._question(), self._answers(), []]
        question = self._question() if self.size.width >= 70 else []
        return [[], [*question, *self._answers()], []]

    def watch_chosen(self) -> None:
        """Take the rows that it needs."""
        self.styles.height = len(self._rows())

    @property
    def _margin(self) -> int:
        # The page above, with whose text it lines up, leaves a cell for its scrollbar.
        return margin(self.size.width - 1)

    def render_line(self, y: int) -> Strip:
        rows = self._rows()
        parts = [Content.styled(text, style) for text, style in (rows[y] if y < len(rows) else [])]
        line = Content(" " * _GAP).join(parts)
        return strip(line, self.visual_style, self.size.width, self._margin)

    def action_take(self) -> None:
        """Choose the answer at hand."""
        if self.at_hand is not None:
            self.post_message(self.Made(self.at_hand))

    def on_click(self, event: events.Click) -> None:
        """Choose with the mouse."""
        # The second half of a double click was meant for what stood here before the first.
        rows, options = self._rows(), self.options
        # The answers stand in the last row but one.
        if event.chain > 1 or event.y != len(rows) - 2:
            return
        row, start = rows[event.y], self._margin
        for number, (text, _style) in enumerate(row, len(options) - len(row)):
            if number >= 0 and start <= event.x < start + len(text):
                self.post_message(self.Made(options[number]))
            start += len(text) + _GAP


def _words(choice: Verdict | Confidence) -> _Part:
    if isinstance(choice, Verdict):
        return f"{wording.SIGNS[choice]}   {wording.verdict(choice)}", STYLES[choice]
    return wording.confidence(choice), "$accent"
