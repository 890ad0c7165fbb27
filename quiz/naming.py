"""What a room and the people in it are called: codes, pseudonyms, names they gave. Pure."""

import re
import unicodedata
from collections.abc import Container, Sequence
from typing import Protocol

# Crockford's base 32: of each pair that looks alike (0 O, 1 I, 1 L, U V) one is left out, and
# `normal` reads it as the other.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 6
_READ_AS = str.maketrans("OILU", "011V")
_WORD = re.compile("[A-Z]{3}")

# Spices and herbs, each in its Indonesian name: no symbol or colour of a party, no place and no
# person is called so. They are names and therefore the same in every language.
_PSEUDONYMS = (
    "Cengkih",
    "Pala",
    "Jahe",
    "Lengkuas",
    "Serai",
    "Kapulaga",
    "Ketumbar",
    "Jintan",
    "Kemiri",
    "Pandan",
    "Wijen",
    "Vanili",
    "Temulawak",
    "Kecombrang",
    "Andaliman",
    "Adas",
    "Kemangi",
    "Selasih",
    "Lada",
    "Kayu Manis",
)

NAME_LENGTH = 24
_MARKS = 3
# More than this of a name is not even looked at: to normalise many marks in a row takes long.
_LOOKED_AT = 500
# Letters and signs that show nothing, though they are neither control nor format characters.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


class Chooser(Protocol):
    """The part of `random.SystemRandom` that drawing a code needs."""

    def choice(self, options: Sequence[str], /) -> str:
        """One of `options`."""


def code(chance: Chooser, length: int = CODE_LENGTH) -> str:
    """`length` symbols of CODE_ALPHABET.

    No three letters stand in a row, so that chance spells no word and no party's initials. Of the
    2^30 codes of six symbols this leaves a third.
    """
    while True:
        drawn = "".join(chance.choice(CODE_ALPHABET) for _turn in range(length))
        if not _WORD.search(drawn):
            return drawn


def spaced(code: str) -> str:
    """A code as it is shown and read out, in two halves: `K7M 2QX`."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def normal(typed: str, length: int = CODE_LENGTH) -> str | None:
    """The code that somebody typed, however spaced, in any case; None where it can be none."""
    symbols = re.sub(r"[\s\-\u2010-\u2015._]", "", typed[:_LOOKED_AT]).upper().translate(_READ_AS)
    if len(symbols) != length or not set(symbols) <= set(CODE_ALPHABET):
        return None
    return symbols


def pseudonym(number: int) -> str:
    """The name handed out to participant `number`, from 1; another for every number."""
    turn, place = divmod(number - 1, len(_PSEUDONYMS))
    return f"{_PSEUDONYMS[place]} {turn + 1}"


def clean(name: str, length: int = NAME_LENGTH) -> str | None:
    """A name somebody gave, fit to be shown, or None where nothing is left of it.

    In normal form C, without controls, format characters and all else that shows nothing or turns
    the direction of text, white space folded; at most `length` characters as a reader counts them,
    each with at most three marks.
    """
    spaced = "".join(" " if c.isspace() else c for c in name[:_LOOKED_AT])
    visible = "".join(c for c in spaced if unicodedata.category(c)[0] != "C" and c not in _BLANK)
    folded = " ".join(unicodedata.normalize("NFC", visible).split())
    return _cut(folded, length) or None


def _cut(name: str, length: int) -> str:
    """The first `length` characters of `name`, each a base with its first few marks."""
    kept: list[str] = []
    bases = marks = 0
    for character in name:
        if unicodedata.category(character)[0] == "M":
            marks += 1
            if not kept or kept[-1] == " " or marks > _MARKS:
                continue
        else:
            bases, marks = bases + 1, 0
        if bases > length:
            break
        kept.append(character)
    return " ".join("".join(kept).split())


def skeleton(name: str) -> str:
    """What two names have in common that look the same but for capitals and forms of letters."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", folded)


def unique(name: str, taken: Container[str]) -> str:
    """`name`, with a number where its skeleton is among those `taken`."""
    number = 1
    candidate = name
    while skeleton(candidate) in taken:
        number += 1
        ending = f" {number}"
        candidate = _cut(name, NAME_LENGTH - len(ending)) + ending
    return candidate
