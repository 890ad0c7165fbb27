"""A page: how blocks are set in lines, and the widget that shows and scrolls them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.content import Content
from textual.style import Style

from quiz.tui.page import Block, Page, indented, labelled, margin, strip, typeset

from .conftest import press, resize, seen, until

# Letters, a space, a line break, a hyphen, brackets, and characters of two cells.
_texts = st.text("ab [/]-\n漢字", max_size=60)


def lines(*blocks: Block, width: int) -> list[str]:
    return [line.content.plain for line in typeset(blocks, width)]


@given(_texts, st.integers(6, 40))
def test_no_line_is_wider_than_asked_and_no_word_is_lost(text: str, width: int) -> None:
    found = typeset([indented(Content(text), "> ")], width)
    assert all(line.content.cell_length <= width for line in found)
    assert all(line.content.plain.startswith("> ") for line in found)
    kept = "".join(line.content.plain.removeprefix("> ") for line in found)
    assert "".join(kept.split()) == "".join(text.split())


def test_two_blocks_have_one_empty_line_between_them() -> None:
    assert lines(Block(Content("one")), Block(Content("two three")), width=5) == [
        "one",
        "",
        "two",
        "three",
    ]
    assert lines(width=5) == []


def test_a_label_stands_at_the_left_of_the_first_line_alone() -> None:
    assert lines(labelled("Law", "one two three", 5), width=12) == ["Law  one two", "     three"]


def test_a_line_break_in_a_text_is_kept_and_a_hyphen_breaks_no_word() -> None:
    assert lines(Block(Content("one two\nthree")), width=20) == ["one two", "three"]
    assert lines(Block(Content("one bebas-aktif")), width=12) == ["one", "bebas-aktif"]


def test_a_word_longer_than_a_line_goes_on_in_the_next() -> None:
    assert lines(Block(Content("abcdefgh ij")), width=5) == ["abcde", "fgh", "ij"]
    assert lines(indented(Content("ab"), "> "), width=1) == ["> a", "> b"]


def test_words_keep_their_style_in_whatever_line_they_come_to_stand() -> None:
    text = Content.assemble("one ", ("two three", "bold"), " two")
    styled = [
        line.content.plain[span.start : span.end]
        for line in typeset([Block(text)], 8)
        for span in line.content.spans
    ]
    assert styled == ["two", "three"]


def test_a_line_is_painted_over_its_whole_width() -> None:
    base = Style.parse("red on blue")
    plain = strip(Content("abc"), base, 8, indent=2)
    styled = strip(Content.assemble("a", ("bc", "bold")), base, 8, indent=2)
    for painted in (plain, styled):
        assert painted.text == "  abc   "
        assert painted.cell_length == 8
        assert all(part.style and part.style.bgcolor for part in painted)
    assert [part.text for part in styled if part.style and part.style.bold] == ["bc"]


@pytest.mark.parametrize(
    ("width", "expected"), [(300, 114), (120, 24), (80, 4), (74, 1), (72, 1), (20, 1)]
)
def test_the_column_is_centred_and_never_touches_the_edge(width: int, expected: int) -> None:
    assert margin(width) == expected


class Reader(App[None]):
    """A page, and what may be written to it."""

    def __init__(self, *blocks: Block) -> None:
        super().__init__()
        self._blocks = blocks

    def compose(self) -> ComposeResult:
        yield Page(*self._blocks)

    @property
    def page(self) -> Page:
        return self.query_one(Page)


def numbered(last: int) -> Block:
    return Block(Content("\n".join(f"line {number}" for number in range(1, last + 1))))


async def test_a_page_hides_lines_until_its_end_has_been_scrolled_to() -> None:
    app = Reader(numbered(30))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        page = app.page
        assert page.hides_lines
        assert seen(app).split("\n")[:2] == [" " * 40, " line 1" + " " * 33]
        page.can_focus = True
        page.focus()
        await pilot.pause()
        await press(pilot, "space")
        assert page.scroll_y == 10
        assert page.hides_lines
        page.scroll_end(animate=False)
        await until(pilot, lambda: not page.hides_lines)
        await pilot.pause()
        assert "line 30 " in seen(app)
        page.go_to_top()
        await until(pilot, lambda: "line 1 " in seen(app))
        assert page.hides_lines


async def test_what_is_written_to_a_page_is_all_that_it_shows() -> None:
    app = Reader(numbered(30))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        page = app.page
        page.scroll_end(animate=False)
        page.write(Block(Content("another")), Block(Content("text [b]as it is[/b] [/]")))
        page.go_to_top()
        await until(pilot, lambda: "another" in seen(app))
        assert seen(app).split() == ["another", "text", "[b]as", "it", "is[/b]", "[/]"]
        assert not page.hides_lines


async def test_a_page_is_as_high_as_it_said_its_blocks_would_be() -> None:
    blocks = numbered(3), Block(Content("word " * 40)), labelled("Law", "word " * 20)
    app = Reader()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        page = app.page
        promised = page.height_of(*blocks)
        page.prepare(*blocks)
        assert seen(app).strip() == "", "what is prepared is not shown yet"
        page.write(*blocks)
        assert page.virtual_size.height == promised
        await pilot.pause()
        assert page.max_scroll_y == promised - 10


async def test_a_page_is_set_anew_for_another_width() -> None:
    words = "word " * 100
    app = Reader(Block(Content(words)))
    async with app.run_test(size=(80, 24)) as pilot:
        for size in ((20, 5), (300, 100), (40, 10), (80, 24)):
            await resize(pilot, *size)
            page = app.page
            assert page.virtual_size.height == page.height_of(Block(Content(words)))
            shown = [line for line in seen(app).split("\n") if line.strip()]
            assert max(len(line.strip()) for line in shown) <= 72
            assert all(line.startswith(" ") for line in shown)
            assert page.hides_lines == (size[1] <= 10)


async def test_a_page_uses_no_colour_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Reader(Block(Content.styled("text", "$accent")))
    async with app.run_test(size=(20, 4)) as pilot:
        await pilot.pause()
        (painted,) = [
            segment
            for strip in app.screen._compositor.render_strips()
            for segment in strip
            if segment.text == "text"
        ]
        assert painted.style
        for colour in (painted.style.color, painted.style.bgcolor):
            red, green, blue = colour.get_truecolor() if colour else (0, 0, 0)
            assert red == green == blue


def test_a_page_that_is_not_on_a_screen_yet_bears_being_written_to() -> None:
    page = Page()
    page.write(numbered(3))
    page.prepare(numbered(3))
    assert page.height_of(numbered(3)) == 0
