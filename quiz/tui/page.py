"""A page of text in one widget: blocks set one below the other.

One widget that is written anew is painted several times faster than a dozen that are shown and
hidden, and the answer's explanation must stand there as soon as the key is up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from textwrap import wrap
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

_COLUMN = 72


@dataclass(frozen=True, eq=False)
class Block:
    """A paragraph: its text, what stands before its first line, and before each other line.

    A block that is shown again is not set again, so that keeping it pays.
    """

    text: Content
    first: Content = field(default_factory=Content)
    rest: Content = field(default_factory=Content)


def labelled(label: str, text: Content | str, width: int = 14) -> Block:
    """A block with a word at its left."""
    words = Content(text) if isinstance(text, str) else text
    return Block(words, Content.styled(label.ljust(width), "$text-muted"), Content(" " * width))


def indented(text: Content, prefix: str, style: str = "") -> Block:
    """A block whose every line begins with `prefix`."""
    before = Content.styled(prefix, style)
    return Block(text, before, before)


@dataclass(frozen=True, eq=False)
class Line:
    """One line of a block, set."""

    content: Content


_EMPTY = Line(Content(""))


def typeset(blocks: Sequence[Block], width: int) -> list[Line]:
    """The lines of `blocks` in `width` cells, with an empty line between two blocks."""
    lines: list[Line] = []
    for block in blocks:
        if lines:
            lines.append(_EMPTY)
        lines += _set(block, width)
    return lines


@lru_cache(maxsize=128)
def _set(block: Block, width: int) -> tuple[Line, ...]:
    room = max(1, width - block.rest.cell_length)
    lines = []
    for number, line in enumerate(_wrap(block.text, room)):
        before = block.rest if number else block.first
        lines.append(Line(before + line if before.plain else line))
    return tuple(lines)


def _wrap(text: Content, width: int) -> list[Content]:
    """The lines of `text`, broken by the standard library, which is several times faster.

    It counts characters, so that text with characters of two cells is left to Textual.
    """
    plain = text.plain
    if cell_len(plain) != len(plain) - plain.count("\n"):
        return text.wrap(width)
    lines = []
    end = 0
    for paragraph in plain.split("\n"):
        for line in wrap(paragraph, width, break_on_hyphens=False):
            start = plain.index(line, end)
            end = start + len(line)
            lines.append(text[start:end] if text.spans else Content(line))
    return lines


def _style(name: str | Style) -> Style:
    return Style.parse(name) if isinstance(name, str) else name


def strip(line: Content, style: Style, width: int, indent: int = 0) -> Strip:
    """A line as a terminal takes it, in `width` cells of which `indent` stay free at the left."""
    base = style.rich_style
    segments = [Segment(" " * indent, base)] if indent else []
    if line.spans:
        for text, own in line.render(style, end="", parse_style=_style):
            segments.append(Segment(text, (style + own).rich_style))
    else:
        segments.append(Segment(line.plain, base))
    rest = width - indent - line.cell_length
    segments.append(Segment(" " * rest, base))
    return Strip(segments, max(width, width - rest))


@lru_cache(maxsize=512)
def _strip(line: Line, style: Style, width: int, indent: int) -> Strip:
    return strip(line.content, style, width, indent)


def margin(width: int) -> int:
    """The cells left free at either side of the column in `width` cells; at least one."""
    return max(1, (width - _COLUMN) // 2)


class Page(ScrollView, can_focus=False):
    """Shows blocks in a column of at most 72 cells, centred, and scrolls by line."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Page {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "page_down", show=False)]

    def __init__(self, *blocks: Block) -> None:
        super().__init__()
        self._blocks: tuple[Block, ...] = blocks
        self._lines: list[Line] = []

    def write(self, *blocks: Block) -> None:
        """Show other blocks."""
        self._blocks = blocks
        self._typeset()

    def height_of(self, *blocks: Block) -> int:
        """The lines that blocks would take here."""
        width = self.scrollable_content_region.width
        return 1 + len(typeset(blocks, width - 2 * margin(width))) if width else 0

    def prepare(self, *blocks: Block) -> None:
        """Set blocks that may be shown soon, so that they appear at once."""
        width = self.scrollable_content_region.width
        for line in typeset(blocks, width - 2 * margin(width)) if width else ():
            self._filtered(line, self.size.width)

    def go_to_top(self) -> None:
        """Show the first line, at once."""
        if self.scroll_y:
            self.scroll_to(y=0, animate=False)

    def on_resize(self) -> None:
        """Set the lines for another width."""
        if self.virtual_size.width != self.scrollable_content_region.width:
            self._typeset()

    def _typeset(self) -> None:
        width = self.scrollable_content_region.width
        if not width:
            return
        self._lines = [_EMPTY, *typeset(self._blocks, width - 2 * margin(width))]
        self.virtual_size = Size(width, len(self._lines))
        self.refresh(layout=self.styles.is_auto_height)

    @property
    def hides_lines(self) -> bool:
        """Whether there are lines below the last one in view."""
        return self.max_scroll_y > self.scroll_y

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in view; a page has no border and no padding that Textual would look for."""
        width = self.size.width
        strips = [self._filtered(self._line(y), width) for y in crop.line_range]
        start, end = crop.column_span
        if (start, end) == (0, width):
            return strips
        blank = self.visual_style.rich_style
        return [strip.crop_extend(start, end, blank) for strip in strips]

    def _line(self, y: int) -> Line:
        number = y + self.scroll_offset.y
        return self._lines[number] if number < len(self._lines) else _EMPTY

    def _filtered(self, line: Line, width: int) -> Strip:
        strip = _strip(line, self.visual_style, width, margin(self.scrollable_content_region.width))
        _base, background = self.background_colors
        for filter in self.get_line_filters():
            strip = strip.apply_filter(filter, background)
        return strip
