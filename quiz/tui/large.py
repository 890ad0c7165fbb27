"""Large letters for a code, as the last row reads it: three lines high."""

from quiz.naming import CODE_ALPHABET

# Five rows each, in the order of CODE_ALPHABET; a letter that needs more width has it.
_ROWS = (
    "### ## ### ### #.# ### ### ### ### ### .#. ##. ### ##. ### ### ### #.# ### "
    "#..# #...# #..# ##. .##. ### .## ### #.# #...# #.# #.# ###",
    "#.# .# ..# ..# #.# #.. #.. ..# #.# #.# #.# #.# #.. #.# #.. #.. #.. #.# ..# "
    "#.#. ##.## ##.# #.# #..# #.# #.. .#. #.# #...# #.# #.# ..#",
    "#.# .# ### .## ### ### ### .#. ### ### ### ##. #.. #.# ##. ##. #.# ### ..# "
    "##.. #.#.# #.## ##. #..# ##. .#. .#. #.# #.#.# .#. .#. .#.",
    "#.# .# #.. ..# ..# ..# #.# .#. #.# ..# #.# #.# #.. #.# #.. #.. #.# #.# #.# "
    "#.#. #...# #..# #.. #.#. #.# ..# .#. #.# ##.## #.# .#. #..",
    "### .# ### ### ..# ### ### .#. ### ### #.# ##. ### ##. ### #.. ### #.# ### "
    "#..# #...# #..# #.. .#.# #.# ##. .#. .#. #...# #.# .#. ###",
)
_GLYPHS = dict(zip(CODE_ALPHABET, zip(*(row.split() for row in _ROWS), strict=True), strict=True))
_BLANK = ("...",) * 5
_HALVES = {("#", "#"): "█", ("#", "."): "▀", (".", "#"): "▄", (".", "."): " "}


def halves(upper: str, lower: str) -> str:
    """One line of characters that shows two rows of dots, `#` for each that is there."""
    return "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))


def large(code: str) -> list[str]:
    """A code, spaces included, in three lines of characters."""
    glyphs = [_GLYPHS.get(symbol, _BLANK) for symbol in code]
    rows = [".".join(row) for row in zip(*glyphs, strict=True)]
    rows.append("." * len(rows[0]))
    return [halves(rows[n], rows[n + 1]) for n in (0, 2, 4)]
