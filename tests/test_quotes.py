"""Finding a quote in an article, and what stands there where it is not found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.quotes import Place, closest, find, fold, sentences

PARAGRAPHS = (
    "Pegawai datang lebih pagi untuk melayani warga yang menunggu di depan loket.",
    'Menteri berkata, "ASN tidak boleh berpihak pada golongan, kelompok, dan politik tertentu."',
    "ASN tidak boleh menjadi tim sukses dengan harapan mendapat 'perhatian' dari calon.",
)


@pytest.mark.parametrize(
    "written", ["satu dua", " satu\tdua ", "satu\n   dua\n", "satu  dua", "satu\u00a0dua"]
)
def test_white_space_of_any_kind_and_length_folds_to_one_space(written: str) -> None:
    assert fold(written) == "satu dua"


def test_a_quote_is_found_with_its_paragraph_and_the_place_in_it() -> None:
    place = find(PARAGRAPHS, "berpihak pada golongan")

    assert place is not None
    assert place.paragraph == 1
    assert PARAGRAPHS[1][place.start : place.end] == "berpihak pada golongan"


def test_a_quote_that_stands_twice_is_found_at_its_first_place() -> None:
    assert find(PARAGRAPHS, "ASN tidak boleh") == Place(1, 18, 33)


@pytest.mark.parametrize(
    "broken", ["berpihak\n    pada golongan", "berpihak  pada golongan ", "berpihak\tpada golongan"]
)
def test_line_breaks_and_double_spaces_in_a_quote_do_not_count(broken: str) -> None:
    assert find(PARAGRAPHS, broken) == find(PARAGRAPHS, "berpihak pada golongan")


@pytest.mark.parametrize(
    "wrong",
    [
        "berpihak pada golongam",
        "Berpihak pada golongan",
        "berpihak pada golongan kelompok",
        "berpihakpada golongan",
        "mendapat ’perhatian’ dari",
        "“ASN tidak boleh",
        "ASN tidak boleh … tim sukses",
    ],
    ids=["letter", "case", "comma", "space", "apostrophe", "quotation-mark", "ellipsis"],
)
def test_anything_else_counts_to_the_letter(wrong: str) -> None:
    assert find(PARAGRAPHS, wrong) is None


def test_a_quote_does_not_run_from_one_paragraph_into_the_next() -> None:
    assert find(PARAGRAPHS, "di depan loket. Menteri berkata") is None


@pytest.mark.parametrize("nothing", ["", " ", "\n\t"])
def test_an_empty_quote_stands_nowhere(nothing: str) -> None:
    assert find(PARAGRAPHS, nothing) is None


@given(st.data())
@settings(max_examples=50)
def test_whatever_is_cut_from_one_paragraph_is_found_however_it_is_broken(
    data: st.DataObject,
) -> None:
    words = data.draw(st.sampled_from(PARAGRAPHS)).split()
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    gap = data.draw(st.sampled_from([" ", "\n", "\n      ", " \t "]))

    place = find(PARAGRAPHS, gap.join(words[start:end]))

    assert place is not None
    assert PARAGRAPHS[place.paragraph][place.start : place.end] == " ".join(words[start:end])


@pytest.mark.parametrize(
    ("quote", "passage", "differences"),
    [
        (
            "tidak boleh berpihak pada golongam, kelompok",
            "tidak boleh berpihak pada golongan, kelompok",
            (("golongam,", "golongan,"),),
        ),
        (
            "ASN tidak boleh berpihak pada golongam, kelompok, dan politik tertentu",
            "ASN tidak boleh berpihak pada golongan, kelompok, dan politik tertentu",
            (("golongam,", "golongan,"),),
        ),
        (
            "mendapat ’perhatian’ dari calon",
            "mendapat 'perhatian' dari calon",
            (("’perhatian’", "'perhatian'"),),
        ),
        (
            "Pegawei datang lebih pagi",
            "Pegawai datang lebih pagi",
            (("Pegawei", "Pegawai"),),
        ),
        (
            "untuk melayani wargo",
            "untuk melayani warga",
            (("wargo", "warga"),),
        ),
        (
            "ASN tidak menjadi tim sukses dengan harapan",
            "ASN tidak boleh menjadi tim sukses dengan harapan",
            (("", "boleh"),),
        ),
        (
            "datang lebih pagi sekali untuk melayani",
            "datang lebih pagi untuk melayani",
            (("sekali", ""),),
        ),
        (
            "Kata beliau Pegawai datang lebih pagi",
            "Pegawai datang lebih pagi",
            (("Kata beliau", ""),),
        ),
        (
            "Pegawai datang lebih pagi … menunggu di depan loket.",
            "Pegawai datang lebih pagi untuk melayani warga yang menunggu di depan loket.",
            (("…", "untuk melayani warga yang"),),
        ),
        (
            "warga yang menunggu di depan loket. Menteri berkata",
            "warga yang menunggu di depan loket.",
            (("Menteri berkata", ""),),
        ),
    ],
    ids=[
        "letter",
        "without-the-marks-around-it",
        "apostrophe",
        "first-word",
        "last-word",
        "word-left-out",
        "word-added",
        "words-before-the-paragraph",
        "ellipsis",
        "two-paragraphs",
    ],
)
def test_the_closest_passage_shows_what_the_source_says_instead(
    quote: str, passage: str, differences: tuple[tuple[str, str], ...]
) -> None:
    found = closest(PARAGRAPHS, quote)

    assert found is not None
    assert (found.text, found.differences) == (passage, differences)


def test_the_closest_passage_is_taken_from_the_likest_paragraph() -> None:
    found = closest(PARAGRAPHS, "ASN tidak boleh menjadi tim suksas dengan")

    assert found is not None
    assert found.paragraph == 2
    assert 0.9 < found.likeness < 1


def test_of_two_equal_words_the_one_beside_the_shared_run_is_taken() -> None:
    paragraph = "dan satu dua tiga empat dan lima kantor milik semua warga"

    found = closest([paragraph], "dan lema kantor milik semua warga")

    assert found is not None
    assert found.text == "dan lima kantor milik semua warga"


@pytest.mark.parametrize("unlike", ["zzz qqq xxx", "", "The quick brown fox jumps"])
def test_a_quote_like_nothing_in_the_source_has_no_closest_passage(unlike: str) -> None:
    assert closest(PARAGRAPHS, unlike) is None


def test_a_source_without_words_has_no_closest_passage() -> None:
    assert closest([], "ASN tidak boleh") is None
    assert closest([""], "ASN tidak boleh") is None


@given(st.data())
@settings(max_examples=60)
def test_one_strange_word_in_a_true_quote_is_the_only_difference_named(data: st.DataObject) -> None:
    words = data.draw(st.sampled_from(PARAGRAPHS)).split()
    size = data.draw(st.integers(6, len(words)))
    start = data.draw(st.integers(0, len(words) - size))
    quote = words[start : start + size]
    position = data.draw(st.integers(0, size - 1))
    true, quote[position] = quote[position], "Xyz"

    found = closest(PARAGRAPHS, " ".join(quote))

    assert found is not None
    assert found.differences == (("Xyz", true),)
    assert find(PARAGRAPHS, found.text) is not None


@given(st.lists(st.sampled_from(" ".join(PARAGRAPHS).split()), max_size=14))
@settings(max_examples=60)
def test_a_closest_passage_always_stands_in_its_paragraph(words: list[str]) -> None:
    found = closest(PARAGRAPHS, " ".join(words))

    if found is not None:
        assert found.text in PARAGRAPHS[found.paragraph]
        assert 0.5 < found.likeness <= 1
        for here, there in found.differences:
            assert here in " ".join(words)
            assert there in found.text


def said(*paragraphs: str) -> list[str]:
    return [paragraphs[s.paragraph][s.start : s.end] for s in sentences(paragraphs)]


def test_a_paragraph_falls_into_its_sentences() -> None:
    assert said("Satu dua. Tiga empat! Lima enam? Tujuh") == [
        "Satu dua.",
        "Tiga empat!",
        "Lima enam?",
        "Tujuh",
    ]


def test_a_sentence_never_runs_on_into_another_paragraph() -> None:
    assert said("Satu dua:", "tiga empat.") == ["Satu dua:", "tiga empat."]
    assert [place.paragraph for place in sentences(["Satu.", "Dua. Tiga."])] == [0, 1, 1]


@pytest.mark.parametrize(
    "whole",
    [
        "Target 3.5 persen tercapai.",
        "Usaha tani, jalan dst. menjadi sasaran.",
        '"Netral!" katanya kepada semua orang.',
        "Menurut Prof. Ratna, laporan No. 5 sudah selesai.",
        'Bukunya "Netral?" (sebuah tanya) laku keras.',
    ],
)
def test_a_mark_inside_a_sentence_does_not_end_it(whole: str) -> None:
    assert said(whole) == [whole]


@pytest.mark.parametrize(
    "pair",
    [
        ('Ia berkata, "Jaga netralitas."', "Semua diam."),
        ('"Jaga netralitas.', 'Ini penting," katanya.'),
        ("Semua hadir (juga sekda).", '"Baik."'),
        ("Kepala daerah dari Partai A.", "ASN tetap netral."),
        ("Angkanya naik.", "40 desa lancar."),
    ],
)
def test_quotation_marks_and_brackets_stay_with_their_sentence(pair: tuple[str, str]) -> None:
    assert said(" ".join(pair)) == [*pair]


@given(st.lists(st.text(alphabet="aA.!\"' ", min_size=1).map(fold).filter(bool), min_size=1))
def test_sentences_leave_out_nothing_but_the_spaces_between_them(paragraphs: list[str]) -> None:
    for number, paragraph in enumerate(paragraphs):
        own = [place for place in sentences(paragraphs) if place.paragraph == number]

        assert " ".join(paragraph[place.start : place.end] for place in own) == paragraph
