"""Three lines at the top of the facilitator's screen: what this is, and where to come in."""

from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from quiz import wording
from quiz.i18n import _
from quiz.tui.page import strip


class Signpost(Widget):
    """Says at the left where the room stands, at the right where it is found; then how far."""

    DEFAULT_CSS = """
    Signpost { height: 3; padding: 0 1; }
    """
    _left = ("", "")
    _address = _code = ""
    _share = 0.0
    _warning = False

    def write(
        self, left: tuple[str, str], address: str, code: str, share: float, *, warning: bool
    ) -> None:
        """Show other words; `warning` sets off that not everybody may see this screen."""
        self._left, self._address, self._code = left, address, code
        self._share, self._warning = share, warning
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = max(1, self.size.width)
        if y == 2:
            return strip(self._rule(width), self.visual_style, width)
        code = f"{_('Code')} {self._code}" if self._code else ""
        right = code if y else self._address
        room = max(1, width - len(right) - 2)
        words = self._left[y]
        left = words if len(words) <= room else words[: room - 1] + "…"
        style = "bold" if y == 0 else ""
        if self._warning and y == 0:
            style = "bold reverse"
        gap = " " * max(1, width - len(left) - len(right))
        line = Content.assemble((left, style), gap, (right, "bold $accent"))
        return strip(line, self.visual_style, width)

    def _rule(self, width: int) -> Content:
        if not self._share:
            return Content.styled("─" * width, "$text-muted")
        done, tip, rest = wording.bar(self._share, width).partition("╺")
        return Content.assemble((done + tip, "$accent"), (rest, "$text-muted"))
