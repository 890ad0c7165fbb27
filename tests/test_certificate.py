"""A certificate: one page that needs nothing but itself, whatever the name."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz import i18n
from quiz.certificate import LONGEST_NAME, Award, legible, page
from quiz.errors import UsageError
from quiz.session import Score

AWARD = Award(
    "2026-11-22",
    "B",
    Score(13, 14, 14),
    0.8,
    "Bank <contoh>",
    ["Dua ranah", "Karier <i>& merit"],
    "1.2.3",
)


def test_the_bank_is_named_with_its_version_where_it_has_one() -> None:
    one, none = page(replace(AWARD, bank_version="2026.1"), "Sri", "en"), page(AWARD, "Sri", "en")

    assert "Question bank: Bank &lt;contoh&gt;, version 2026.1<" in one
    assert "Question bank: Bank &lt;contoh&gt;<" in none


class _Reader(HTMLParser):
    """Gathers the elements, their attributes and the text outside style and script."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] != "style":
            self.text += data


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "Sri Wahyuni",
                "13 of 14 right",
                "93%",
                "Share (pass mark 80%)",
                "22 November 2026",
                "Question bank: Bank <contoh>",
                "Dua ranah",
                "Karier <i>& merit",
                "A record of self-training; not an official certificate.",
                "Netral 1.2.3, test form B",
            ],
        ),
        (
            "id",
            [
                "13 dari 14 tepat",
                "Persentase (batas lulus 80%)",
                "Bank soal: Bank <contoh>",
                "Catatan latihan mandiri; bukan sertifikat resmi.",
                "Netral 1.2.3, tes bentuk B",
            ],
        ),
    ],
)
def test_it_says_all_there_is_to_say_in_the_language_it_names(
    language: str, words: list[str]
) -> None:
    i18n.install(language)

    written = page(AWARD, "Sri Wahyuni", language)

    assert written.startswith(f'<!DOCTYPE html>\n<html lang="{language}">')
    read = _Reader(written)
    assert [word for word in words if word not in read.text] == []


def test_it_refers_to_nothing_outside_and_runs_nothing() -> None:
    written = page(AWARD, "Sri Wahyuni", "en")

    read = _Reader(written)
    assert not {"script", "link", "img", "iframe", "object", "base", "form"} & {*read.tags}
    assert {name for name, _value in read.attributes} <= {
        *("lang", "charset", "http-equiv", "content", "name", "class")
    }
    assert not re.search(r"url\(|@import|https?:|//", written)
    assert "default-src 'none'" in written
    assert "@page { size: A4 landscape" in written


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", '"><b>x', "Ny. O'Neil & anak", "$title ${day} $$"]
)
def test_a_name_is_text_and_nothing_else(name: str) -> None:
    written = page(AWARD, name, "en")

    usual = _Reader(page(AWARD, "Sri", "en"))
    read = _Reader(written)
    assert (read.tags, read.attributes) == (usual.tags, usual.attributes)
    (shown,) = re.findall(r"<h1[^>]*>(.*)</h1>", written)
    assert not set(shown) & set("<>\"'")
    assert unescape(shown) == name


def test_a_long_name_is_set_smaller() -> None:
    assert '<h1 class="short">' in page(AWARD, "x" * 36, "en")
    assert '<h1 class="long">' in page(AWARD, "x" * 37, "en")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Sri \t Wahyuni\n", "Sri Wahyuni"),
        ("Sri\x1b[31m", "Sri[31m"),
        ("\u202eSri\u2066 \u200fWahyuni\x00", "Sri Wahyuni"),
        ("I Gusti Ngurah Raï", "I Gusti Ngurah Raï"),
        ("x" * LONGEST_NAME, "x" * LONGEST_NAME),
    ],
)
def test_a_name_is_printed_as_it_was_typed_but_for_what_cannot_be_seen(
    typed: str, shown: str
) -> None:
    assert legible(typed) == shown


@pytest.mark.parametrize("typed", ["", " \n", "\u202e\x07\u200b"])
def test_a_name_of_which_nothing_can_be_seen_is_none(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        legible(typed)
    assert caught.value.message == "A certificate needs a name."
    assert "--name" in caught.value.hint


def test_a_name_too_long_is_refused_rather_than_cut() -> None:
    with pytest.raises(UsageError) as caught:
        legible("x" * (LONGEST_NAME + 1))
    assert caught.value.message == "This name is too long for a certificate."
    assert str(LONGEST_NAME) in caught.value.hint


@given(st.text(max_size=60))
def test_whatever_is_typed_the_page_stays_the_same_around_it(typed: str) -> None:
    try:
        name = legible(typed)
    except UsageError:
        return
    usual = _Reader(page(AWARD, "Sri", "en"))
    read = _Reader(page(AWARD, name, "en"))
    assert [tag for tag, _value in read.attributes] == [tag for tag, _value in usual.attributes]
    assert read.tags == usual.tags
