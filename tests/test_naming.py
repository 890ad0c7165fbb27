"""Codes, pseudonyms, and names that people give themselves."""

import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.naming import (
    CODE_ALPHABET,
    NAME_LENGTH,
    clean,
    code,
    normal,
    pseudonym,
    skeleton,
    spaced,
    unique,
)

ANY_TEXT = st.text(st.characters(), max_size=60)
MARK = "\u0301"

# Codes.


def test_a_code_is_six_symbols_that_cannot_be_mistaken_for_each_other() -> None:
    assert len(set(CODE_ALPHABET)) == len(CODE_ALPHABET) == 32
    for alike in ("0O", "1IL", "UV"):
        assert len(set(alike) & set(CODE_ALPHABET)) == 1

    codes = [code(Random(seed)) for seed in range(500)]

    assert {len(drawn) for drawn in codes} == {6}
    assert set("".join(codes)) == set(CODE_ALPHABET)
    assert len(set(codes)) == len(codes)


def test_a_code_spells_no_word() -> None:
    for seed in range(500):
        letters = "".join(" " if c.isdigit() else c for c in code(Random(seed), length=8))
        assert all(len(run) <= 2 for run in letters.split())


def test_a_code_is_drawn_by_the_chance_it_is_given() -> None:
    assert code(Random(1)) == code(Random(1)) != code(Random(2))
    assert len(code(Random(1), length=8)) == 8


def test_a_code_is_shown_in_two_halves() -> None:
    assert spaced("K7M2QX") == "K7M 2QX"
    assert spaced("K7M2QX9A") == "K7M2 QX9A"


@pytest.mark.parametrize("seed", range(20))
def test_a_code_is_read_back_however_it_is_typed(seed: int) -> None:
    drawn = code(Random(seed))
    for typed in (drawn, spaced(drawn), spaced(drawn).lower(), f" {drawn[:2]}-{drawn[2:]}\n"):
        assert normal(typed) == drawn
    mistaken = drawn.translate(str.maketrans("01V", "oiu"))
    assert normal(mistaken) == normal(mistaken.replace("i", "l")) == drawn


@pytest.mark.parametrize(
    "typed", ["", "K7M2Q", "K7M2QX9", "K7M2Q!", "K7M2Qß", "K7M2QÉ", "K7M2Q２", "٣٣٣٣٣٣", "<b>K7M"]
)
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert normal(typed) is None


def test_a_longer_code_is_read_where_it_is_asked_for() -> None:
    assert normal("k7m2 qx9a", length=8) == "K7M2QX9A"
    assert normal("k7m2 qx", length=8) is None


@given(ANY_TEXT)
def test_whatever_is_typed_is_a_code_or_none(typed: str) -> None:
    found = normal(typed)

    assert found is None or (len(found) == 6 and set(found) <= set(CODE_ALPHABET))


# Pseudonyms.


def test_every_participant_has_another_pseudonym_fit_to_be_shown() -> None:
    names = [pseudonym(number) for number in range(1, 5001)]

    assert len({skeleton(name) for name in names}) == len(names)
    assert names == [clean(name) for name in names]


def test_the_first_pseudonyms_differ_in_their_word_not_only_in_their_number() -> None:
    words = [pseudonym(number).rsplit(" ", 1)[0] for number in range(1, 21)]

    assert len(set(words)) == 20


# Names.


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("Ani", "Ani"),
        ("  Ani \t\n Budi ", "Ani Budi"),
        ("Ani\tBudi\nCitra", "Ani Budi Citra"),
        ("Ani\u00a0\u2003Budi\u2028", "Ani Budi"),
        ("I Nyoman Sæþór", "I Nyoman Sæþór"),
        ("e\u0301", "é"),
        ("\u202eAni\u202c", "Ani"),
        ("A\u200bn\u200di\ufeff", "Ani"),
        ("\x1b[31mAni\x00\x07", "[31mAni"),
        ("An\ud800i\ue000\U000e0041", "Ani"),
        (f"{MARK}Ani", "Ani"),
        (f"Ani {MARK} Budi", "Ani Budi"),
        ("[bold]Ani", "[bold]Ani"),
        ("x" * 30, "x" * 24),
        ("x" * 23 + " y", "x" * 23),
        ("က\u1031" * 30, "က\u1031" * 24),
        ("x" * 10**5, "x" * 24),
    ],
)
def test_a_name_is_shown_without_what_does_not_show_or_turns_the_text(
    given_name: str, shown: str
) -> None:
    assert clean(given_name) == shown


@pytest.mark.parametrize(
    "nothing", ["", " \t", "\u200b\u200d\ufeff", "\u3164\u115f\u2800", "\u202e", MARK * 5, "\x00"]
)
def test_a_name_that_shows_nothing_is_none(nothing: str) -> None:
    assert clean(nothing) is None


def test_a_name_may_be_longer_where_there_is_space_for_it() -> None:
    assert clean("x" * 60, length=40) == "x" * 40


def test_marks_piled_on_a_letter_are_thinned_out_quickly() -> None:
    piled = clean("Z" + "\u0316\u0301" * 10**5 + "a")
    two = clean("z" + MARK * 9 + "q" + MARK * 9)

    assert piled is not None
    assert len(piled) <= 4
    assert two is not None
    assert unicodedata.normalize("NFD", two).count(MARK) <= 8


@given(ANY_TEXT)
def test_whatever_name_is_given_it_is_short_and_visible_and_cleaning_it_again_changes_nothing(
    given_name: str,
) -> None:
    name = clean(given_name)
    if name is None:
        return

    categories = [unicodedata.category(character) for character in name]
    assert not any(category[0] == "C" or category in ("Zl", "Zp") for category in categories)
    assert name == " ".join(name.split())
    assert categories[0][0] != "M"
    assert sum(category[0] != "M" for category in categories) <= NAME_LENGTH
    assert len(name) <= 4 * NAME_LENGTH
    assert unicodedata.is_normalized("NFC", name)
    assert clean(name) == name


# Unlike names.


@pytest.mark.parametrize(
    ("one", "other"),
    [("ani", "ANI"), ("Ani", "Ａｎｉ"), ("Strauß", "STRAUSS"), ("ﬁa", "FIA"), ("ℌani", "hani")],
)
def test_names_that_differ_in_capitals_or_forms_of_letters_are_alike(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_a_name_nobody_has_stays_as_it_is() -> None:
    assert unique("Ani", {skeleton("Budi")}) == "Ani"


def test_a_name_somebody_has_gets_the_next_free_number() -> None:
    assert unique("ANI", {skeleton("Ani")}) == "ANI 2"
    assert unique("Ani", {skeleton(name) for name in ("Ani", "ani 2", "Ani 4")}) == "Ani 3"


def test_a_number_leaves_a_long_name_within_its_length() -> None:
    long = "x" * NAME_LENGTH

    assert unique(long, {long}) == "x" * 22 + " 2"
    assert unique("x" * 21 + " yz", {skeleton("x" * 21 + " yz")}) == "x" * 21 + " 2"


@given(st.lists(st.sampled_from(["Ani", "ANI", "ani 2", "x" * 24, "x" * 23, "Budi"]), max_size=30))
def test_however_many_give_the_same_name_no_two_are_alike(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        shown = unique(name, taken)
        assert skeleton(shown) not in taken
        assert clean(shown) == shown
        taken.add(skeleton(shown))
