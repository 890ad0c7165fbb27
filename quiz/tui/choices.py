"""The two answers: key, sign and word."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from quiz import wording
from quiz.i18n import _
from quiz.models import Verdict
from quiz.tui.explanation import STYLES
from quiz.tui.page import margin, strip

_ORDER = (Verdict.NEUTRAL, Verdict.NOT_NEUTRAL)


class Choices(Widget, can_focus=True):
    """Asks for a verdict; none is at hand until the arrows point at one."""

    DEFAULT_CSS = """
    Choices { height: 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "take", show=False)]
    at_hand: reactive[Verdict | None] = reactive[Verdict | None](None)

    class Made(Message):
        """Posted when an answer is chosen."""

        def __init__(self, verdict: Verdict) -> None:
            super().__init__()
            self.verdict = verdict

    def turn(self) -> None:
        """Point at the other answer; first at the left one."""
        self.at_hand = _ORDER[1] if self.at_hand is _ORDER[0] else _ORDER[0]
        self.focus()

    def let_go(self) -> None:
        """Point at none."""
        self.at_hand = None

    def _parts(self) -> list[tuple[str, str]]:
        """The question, and each answer with its style."""
        parts = [(_("Is this act neutral?"), "")] if self.size.width >= 70 else []
        for key, verdict in enumerate(_ORDER, 1):
            pointer = "▸" if verdict is self.at_hand else " "
            text = f"{pointer} {key}   {wording.SIGNS[verdict]}   {wording.verdict(verdict)}"
            style = STYLES[verdict]
            parts.append((text, f"bold {style}" if verdict is self.at_hand else style))
        return parts

    def render_line(self, y: int) -> Strip:
        parts = [Content.styled(text, style) for text, style in self._parts()] if y == 1 else []
        width = self.size.width
        return strip(Content("    ").join(parts), self.visual_style, width, margin(width))

    def action_take(self) -> None:
        """Choose the answer at hand."""
        if self.at_hand is not None:
            self.post_message(self.Made(self.at_hand))

    def on_click(self, event: events.Click) -> None:
        """Choose with the mouse."""
        # The second half of a double click was meant for what stood here before the first.
        if event.chain > 1:
            return
        start = margin(self.size.width)
        for number, (text, _style) in enumerate(self._parts(), -(len(self._parts()) - 2)):
            if number >= 0 and start <= event.x < start + len(text) and event.y == 1:
                self.post_message(self.Made(_ORDER[number]))
            start += len(text) + 4
