"""Which language the interface speaks."""

import asyncio
import gettext
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from quiz import i18n
from quiz.i18n import N_, _, choose, install, language, n_, said, speaking

ENGLISH = {"LANG": "en_GB.UTF-8"}
INDONESIAN = {"LANG": "id_ID.UTF-8"}


@pytest.mark.parametrize("asked", ["id", "en"])
@pytest.mark.parametrize("saved", [None, "id", "en"])
@pytest.mark.parametrize("environ", [{}, ENGLISH, INDONESIAN])
def test_the_language_asked_for_comes_before_all_else(
    asked: str, saved: str | None, environ: dict[str, str]
) -> None:
    assert choose(asked, saved, environ) == asked


@pytest.mark.parametrize("saved", ["id", "en"])
@pytest.mark.parametrize("environ", [{}, ENGLISH, INDONESIAN])
def test_the_saved_language_comes_before_the_locale(saved: str, environ: dict[str, str]) -> None:
    assert choose(None, saved, environ) == saved


@pytest.mark.parametrize("wish", ["", "jv", "EN", "english"])
def test_a_language_that_the_program_does_not_have_counts_as_not_asked_for(wish: str) -> None:
    assert choose(wish, "en", INDONESIAN) == "en"
    assert choose(None, wish, ENGLISH) == "en"
    assert choose(wish, wish, INDONESIAN) == "id"


@pytest.mark.parametrize("name", ["LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"])
@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en", "en"),
        ("en_US", "en"),
        ("en_GB.UTF-8", "en"),
        ("en_US.ISO8859-1@euro", "en"),
        ("EN_us", "en"),
        ("en-US", "en"),
        ("en@shaw", "en"),
        ("id", "id"),
        ("id_ID.UTF-8", "id"),
        ("English_United States.1252", "en"),
        ("Indonesian_Indonesia.1252", "id"),
    ],
)
def test_each_locale_variable_is_understood(name: str, locale: str, expected: str) -> None:
    assert choose(None, None, {name: locale}) == expected


@pytest.mark.parametrize(
    "locale",
    ["fr_FR.UTF-8", "jv_ID", "enm_GB", "C", "C.UTF-8", "POSIX", "xx_YY", "no such thing", "_", ":"],
)
def test_a_third_language_or_a_locale_that_does_not_exist_leaves_indonesian(locale: str) -> None:
    assert choose(None, None, {"LANG": locale}) == "id"


def test_the_locale_variables_count_in_the_order_that_gettext_gives_them() -> None:
    order = ["LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"]
    for number, name in enumerate(order):
        environ = {name: "en_US", **dict.fromkeys(order[number + 1 :], "id_ID")}

        assert choose(None, None, environ) == "en"


def test_an_empty_variable_is_as_good_as_none() -> None:
    assert choose(None, None, {"LANGUAGE": "", "LC_ALL": "", "LANG": "en_US"}) == "en"


@pytest.mark.parametrize(
    ("languages", "expected"),
    [("jv:en:id", "en"), ("jv:id:en", "id"), ("en:id", "en"), ("fr:de", "id"), ("fr::en_GB", "en")],
)
def test_of_a_list_of_languages_the_first_that_the_program_has_is_taken(
    languages: str, expected: str
) -> None:
    assert choose(None, None, {"LANGUAGE": languages}) == expected


def test_without_any_locale_the_program_speaks_indonesian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")

    assert choose(None, None, {}) == "id"


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        (("English_United States", "1252"), "en"),
        (("en_US", "cp1252"), "en"),
        (("Indonesian_Indonesia", "1252"), "id"),
        (("French_France", "1252"), "id"),
        ((None, None), "id"),
    ],
)
def test_on_windows_which_sets_no_variable_the_system_is_asked(
    locale: tuple[str | None, str | None], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("locale.getlocale", lambda: locale)

    assert choose(None, None, {}) == expected
    assert choose(None, None, ENGLISH) == "en"


def test_a_locale_that_windows_itself_cannot_name_leaves_indonesian(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> tuple[str, str]:
        raise ValueError("unknown locale: xx-Latn")

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("locale.getlocale", fail)

    assert choose(None, None, {}) == "id"


CATALOGUE = b"""
msgid ""
msgstr ""
"Language: id\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Usage:"
msgstr "Cara pakai:"

msgid "{n} question"
msgid_plural "{n} questions"
msgstr[0] "{n} soal"
"""


def _catalogue(folder: Path) -> None:
    target = folder / "id" / "LC_MESSAGES" / "netral.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, read_po(BytesIO(CATALOGUE)))


def test_installing_a_language_translates_our_words_and_those_of_click(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _catalogue(tmp_path)
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)

    install("id")

    assert language() == "id"
    assert _("Usage:") == "Cara pakai:"
    assert {n_("{n} question", "{n} questions", number) for number in (0, 1, 2)} == {"{n} soal"}
    assert gettext.gettext("Usage:") == "Cara pakai:"


def test_a_language_can_be_exchanged_for_another_at_any_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _catalogue(tmp_path)
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)

    install("id")
    install("en")

    assert language() == "en"
    assert _("Usage:") == "Usage:"
    assert n_("{n} question", "{n} questions", 1) == "{n} question"
    assert n_("{n} question", "{n} questions", 2) == "{n} questions"
    assert gettext.gettext("Usage:") == "Usage:"


def test_for_a_while_everything_is_said_in_another_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _catalogue(tmp_path)
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)
    install("en")

    with speaking("id"):
        assert _("Usage:") == "Cara pakai:"
        with speaking("jv"):
            assert _("Usage:") == "Cara pakai:"
    assert (language(), _("Usage:")) == ("en", "Usage:")

    with suppress(KeyError), speaking("id"):
        raise KeyError
    assert (language(), _("Usage:")) == ("en", "Usage:")


def test_a_word_that_the_catalogue_lacks_is_shown_as_it_stands_in_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _catalogue(tmp_path)
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)

    install("id")

    assert _("No such word in it") == "No such word in it"


def test_without_a_catalogue_the_words_are_english_and_the_language_is_still_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)

    install("id")

    assert language() == "id"
    assert _("Usage:") == "Usage:"


def test_a_marked_word_is_translated_only_where_it_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _catalogue(tmp_path)
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)
    install("id")

    marked = N_("Usage:")

    assert marked == "Usage:"
    assert _(marked) == "Cara pakai:"


async def test_while_one_task_speaks_another_language_the_others_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _catalogue(tmp_path)
    monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)
    install("en")
    heard: list[tuple[str, str]] = []

    async def speak(language: str) -> None:
        with speaking(language):
            for _turn in range(3):
                await asyncio.sleep(0)
                heard.append((i18n.language(), _("Usage:")))

    await asyncio.gather(speak("id"), speak("en"))

    assert set(heard) == {("id", "Cara pakai:"), ("en", "Usage:")}
    assert _("Usage:") == "Usage:"


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "berkas atau folder itu tidak ada"), ("en", "No such file or directory")],
)
def test_why_the_system_refused_is_said_in_the_language_spoken(
    tmp_path: Path, language: str, words: str
) -> None:
    install(language)
    with pytest.raises(OSError, match="nowhere") as refused:
        (tmp_path / "nowhere").read_bytes()
    assert said(refused.value) == words


def test_a_refusal_without_a_known_reason_still_has_a_name() -> None:
    install("id")
    assert said(OSError()) == "OSError"
    assert said(OSError("the cable fell out")) == "the cable fell out"
