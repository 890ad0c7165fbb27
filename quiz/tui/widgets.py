"""The parts that screens are made of. None of them reads text as markup."""

from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from quiz import wording
from quiz.i18n import N_, _
from quiz.tui.page import strip

_KEY_NAMES = {
    "enter": N_("Enter"),
    "space": N_("Space"),
    "escape": N_("Esc"),
    "pagedown": "PgDn",
    "question_mark": "?",
    "up": "↑",
    "down": "↓",
    "plus": "+",
    "minus": "−",
}

_COLUMN = 26
_GAP = 3
_KEPT = ("escape", "question_mark", "pagedown")


def key_name(key: str) -> str:
    """A key as it is printed on the keyboard."""
    return _(_KEY_NAMES.get(key, key))


class Plain(Static):
    """Text shown as it is: square brackets are brackets."""

    def __init__(
        self, text: str | Content = "", *, id: str | None = None, classes: str = ""
    ) -> None:
        super().__init__(text, id=id, classes=classes, markup=False)


class Scroll(VerticalScroll):
    """Widgets to read, one below the other; the space bar turns the page."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "page_down", show=False)]


class KeyBar(Widget):
    """One line: every key that works now, as far as they fit, and a note at the right."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        padding: 0 1;
        color: $text-muted;
    }
    """
    note: reactive[str] = reactive("")

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, _screen: Screen[object]) -> None:
        self.refresh()

    def hints(self) -> list[tuple[str, str]]:
        """Key and what it does, in the order of the bindings, as far as they fit.

        The ways back, to the help and to the rest of the page are kept before all others. Answers
        are named all or none: they stand above with their keys, and half of them would mislead.
        """
        shown: dict[str, tuple[str, str]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled:
                shown.setdefault(binding.action, (binding.key, binding.description))
        kept = {hint for hint in shown.values() if hint[0] in _KEPT}
        # Behind the last one nothing needs to be free, unless the note follows.
        rest = len(self.note) if self.note else -_GAP
        room = self.size.width - rest - sum(map(self._width, kept))
        answers = {hint for hint in shown.values() if hint[0].isdigit()}
        for hint in shown.values():
            together = answers if hint in answers else {hint}
            if hint not in kept and (room := room - sum(map(self._width, together))) >= 0:
                kept |= together
        return [hint for hint in shown.values() if hint in kept]

    def _width(self, hint: tuple[str, str]) -> int:
        key, description = hint
        return len(key_name(key)) + 1 + len(_(description)) + _GAP

    def render_line(self, y: int) -> Strip:
        del y
        parts: list[tuple[str, str]] = []
        for key, description in self.hints():
            parts += [(key_name(key), "bold $accent"), (f" {_(description)}{' ' * _GAP}", "")]
        line = Content.assemble(*parts)
        gap = self.size.width - line.cell_length - len(self.note)
        whole = Content.assemble(line, " " * max(0, gap), (self.note, "$foreground"))
        return strip(whole, self.visual_style, self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Press the key that is written under the pointer."""
        # The second half of a double click was meant for what stood here before the first.
        if event.chain > 1:
            return
        x = 1
        for hint in self.hints():
            if x <= event.x < x + self._width(hint) - _GAP:
                self.app.simulate_key(hint[0])
                return
            x += self._width(hint)


class Heading(Widget):
    """Two lines at the top: what this is, where one stands, and a bar for how far."""

    DEFAULT_CSS = """
    Heading {
        dock: top;
        height: 2;
        padding: 0 1;
    }
    """
    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("")
    share: reactive[float | None] = reactive[float | None](None)

    def __init__(self, left: str = "", right: str = "", share: float | None = None) -> None:
        super().__init__()
        self.set_reactive(Heading.left, left)
        self.set_reactive(Heading.right, right)
        self.set_reactive(Heading.share, share)

    def render_line(self, y: int) -> Strip:
        width = max(1, self.size.width)
        return strip(self._rule(width) if y else self._words(width), self.visual_style, width)

    def _words(self, width: int) -> Content:
        room = max(1, width - len(self.right) - 2)
        left = self.left if len(self.left) <= room else self.left[: room - 1] + "…"
        gap = " " * max(1, width - len(left) - len(self.right))
        return Content.assemble((left, "bold"), gap, (self.right, "$text-muted"))

    def _rule(self, width: int) -> Content:
        if not self.share:
            return Content.styled("─" * width, "$text-muted")
        done, tip, rest = wording.bar(self.share, width).partition("╺")
        return Content.assemble((done + tip, "$accent"), (rest, "$text-muted"))


class MenuItem(Widget, can_focus=True):
    """A line that can be chosen; it points at itself when it is at hand."""

    DEFAULT_CSS = """
    MenuItem {
        height: 1;
        pointer: pointer;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &:focus { color: $accent; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "choose", N_("Choose"))]
    detail: reactive[str] = reactive("")

    class Chosen(Message):
        """Posted when an item is chosen."""

        def __init__(self, item: "MenuItem") -> None:
            super().__init__()
            self.item = item

    def __init__(self, label: str, detail: str = "", *, key: str, at_right: bool = False) -> None:
        """A detail stands in a column of its own; `at_right`, a long label makes room for it."""
        super().__init__()
        self.label = label
        self.key = key
        self._at_right = at_right
        self.set_reactive(MenuItem.detail, detail)

    def render(self) -> RenderResult:
        pointer = "▸ " if self.has_focus else "  "
        if not self.detail:
            return Content.assemble(pointer, self.label)
        if self._at_right:
            room = max(1, self.size.width - len(self.detail) - 4)
            cut = self.label if len(self.label) <= room else self.label[: room - 1] + "…"
            label = cut.ljust(room)
        else:
            label = self.label.ljust(_COLUMN)
        return Content.assemble(pointer, label, "  ", (self.detail, "$text-muted not bold"))

    def action_choose(self) -> None:
        """Say that this item was chosen."""
        self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        """Choose with the mouse."""
        if event.chain == 1:
            self.focus()
            self.action_choose()


class Menu(VerticalScroll, can_focus=False):
    """Lines to choose from; the arrows go from one to the next."""

    DEFAULT_CSS = """
    Menu { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "go(-1)", show=False),
        Binding("down,j", "go(1)", show=False),
        Binding("home", "end(0)", show=False),
        Binding("end", "end(-1)", show=False),
    ]

    @property
    def items(self) -> list[MenuItem]:
        """The lines, top to bottom."""
        return list(self.query(MenuItem))

    def action_go(self, step: int) -> None:
        """Go one line up or down."""
        items = self.items
        here = next((n for n, item in enumerate(items) if item.has_focus), None)
        if here is None:
            self.action_end(0)
        else:
            items[max(0, min(len(items) - 1, here + step))].focus()

    def action_end(self, which: int) -> None:
        """Go to the first or the last line."""
        if self.items:
            self.items[which].focus()
