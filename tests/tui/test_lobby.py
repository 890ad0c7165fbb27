import segno
from textual.content import Content

from quiz.naming import CODE_ALPHABET
from quiz.tui.large import large
from quiz.tui.lobby import Invitation, notes, poster, qr

ADDRESS = "http://192.168.100.200:8000"
DOTS = {"█": (1, 1), "▀": (1, 0), "▄": (0, 1), " ": (0, 0)}


def invitation(address: str = ADDRESS, here: int = 0, said: tuple[str, ...] = ()) -> Invitation:
    return Invitation(address, "K7M2QX", here, said)


def text(lines: list[Content]) -> str:
    return "\n".join(line.plain for line in lines)


def test_the_picture_is_the_qr_code_dot_by_dot() -> None:
    link = f"{ADDRESS}/g/K7M2QX"
    drawn = [[DOTS[c] for c in line.plain] for line in qr(link, quiet=4)]
    rows = [[dot[half] for dot in line] for line in drawn for half in (0, 1)]
    code = segno.make(link, error="l", micro=False, boost_error=False)
    wanted = [list(row) for row in code.matrix_iter(border=4)]
    assert rows[: len(wanted)] == wanted
    assert not any(map(any, rows[len(wanted) :]))


def test_it_is_ink_on_paper_in_every_theme() -> None:
    for line in qr(ADDRESS, quiet=2):
        (span,) = line.spans
        assert str(span.style) == "#000000 on #ffffff"
        assert (span.start, span.end) == (0, line.cell_length)


def test_every_symbol_of_a_code_has_a_large_shape_of_its_own() -> None:
    shapes = {tuple(large(symbol)) for symbol in CODE_ALPHABET}
    assert len(shapes) == len(CODE_ALPHABET)
    for symbol in CODE_ALPHABET:
        assert len({len(line) for line in large(symbol)}) == 1


def test_the_halves_of_a_code_stand_apart() -> None:
    whole = large("K7M 2QX")
    assert len(whole) == 3
    assert whole[0].startswith(large("K7M")[0])
    assert whole[0].endswith(large("2QX")[0])
    assert "     " in whole[0]


def test_at_eighty_by_twenty_four_there_are_address_code_and_picture() -> None:
    lines = poster(invitation(), 78, 20)
    assert len(lines) <= 20
    assert max(line.cell_length for line in lines) <= 78
    assert ADDRESS in text(lines)
    assert "K7M 2QX" in text(lines)
    assert large("K7M 2QX")[0] in text(lines)
    assert qr(f"{ADDRESS}/g/K7M2QX", 4)[5].plain in text(lines)


def test_whatever_the_size_the_address_and_the_code_are_whole() -> None:
    for width in range(30, 130, 5):
        for height in range(10, 45, 5):
            lines = poster(invitation(), width, height)
            assert max(line.cell_length for line in lines) <= max(width, 31)
            assert "192.168.100.200:8000" in text(lines)
            assert "K7M 2QX" in text(lines)
            assert len(lines) <= height


def test_a_long_name_is_broken_after_the_scheme_rather_than_left_out() -> None:
    lines = poster(invitation("http://komputer-aula-lantai-dua.local:8000"), 78, 20)
    assert "komputer-aula-lantai-dua.local:8000" in text(lines)


def test_without_an_address_there_are_only_words() -> None:
    said = notes("", alone=True, may_join=True)
    lines = poster(invitation("", said=said), 78, 20)
    assert "K7M" not in text(lines)
    assert "no network" in text(lines)
    assert "press a" in text(lines)
    assert "press a" not in " ".join(notes("", alone=False, may_join=False))


def test_notes_come_only_when_something_is_the_matter() -> None:
    assert notes(ADDRESS, alone=False, may_join=True) == ()
    (said,) = notes(ADDRESS, alone=True, may_join=True)
    assert "firewall" in said


def test_how_many_are_here_is_said_in_words() -> None:
    for number, words in ((0, "Nobody is here yet"), (1, "1 person is"), (2, "2 people are")):
        assert words in text(poster(invitation(here=number), 78, 20))
