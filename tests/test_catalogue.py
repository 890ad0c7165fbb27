"""The Indonesian catalogue holds exactly what the code says, all of it translated."""

import gettext
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from quiz.i18n import DOMAIN, LOCALE_DIR

PO = LOCALE_DIR / "id" / "LC_MESSAGES" / f"{DOMAIN}.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"_": None, "N_": None, "n_": (1, 2)}
MEND = "run `make messages`, and translate what it adds to netral.po"

Id = str | tuple[str, ...]


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read_po(io.BytesIO(PO.read_bytes()), locale="id", abort_invalid=True)


@pytest.fixture(scope="module")
def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


@pytest.fixture(scope="module")
def said() -> dict[Id, str]:
    """Everything the code marks for translation, and where."""
    found = extract_from_dir(LOCALE_DIR.parent, [("**.py", "python")], keywords=KEYWORDS)
    return {message: f"quiz/{name}:{line}" for name, line, message, _comments, _context in found}


def forms(text: Id) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^{}]*\}", text))


def compiled(catalogue: Catalog) -> gettext.GNUTranslations:
    file = io.BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    return gettext.GNUTranslations(file)


def entries(translations: gettext.GNUTranslations) -> dict[object, str]:
    held: dict[object, str] = dict(translations._catalog)  # type: ignore[attr-defined]
    # The header; beside what gettext asks of it, it says when and by what it was written.
    del held[""]
    return held


def test_everything_the_code_says_is_found(said: dict[Id, str]) -> None:
    assert "Is this act neutral?" in said
    assert "January" in said
    assert "Usage:" in said
    assert ("{number} question", "{number} questions") in said


def test_everything_the_code_says_is_in_the_catalogue(
    said: dict[Id, str], messages: list[Message]
) -> None:
    held = {message.id for message in messages}

    assert [f"{place}: {text!r}" for text, place in said.items() if text not in held] == [], MEND


def test_the_catalogue_holds_nothing_that_the_code_no_longer_says(
    said: dict[Id, str], messages: list[Message], catalogue: Catalog
) -> None:
    assert [message.id for message in messages if message.id not in said] == [], MEND
    assert [*catalogue.obsolete] == [], MEND


def test_every_message_is_translated_and_its_translation_settled(messages: list[Message]) -> None:
    assert [message.id for message in messages if not all(forms(message.string))] == [], MEND
    assert [message.id for message in messages if message.fuzzy] == [], MEND


def test_every_translation_has_the_placeholders_of_its_message(messages: list[Message]) -> None:
    differing = [
        (message.id, translation)
        for message in messages
        for translation in forms(message.string)
        if placeholders(translation) != placeholders(forms(message.id)[-1])
    ]

    assert differing == [], f"give each translation the placeholders of its message, then {MEND}"


def test_every_translation_has_the_white_space_around_its_message(messages: list[Message]) -> None:
    def around(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    differing = [
        (message.id, translation)
        for message in messages
        for translation in forms(message.string)
        if around(translation) != around(forms(message.id)[-1])
    ]

    assert differing == [], f"keep the white space around each message, then {MEND}"


def test_a_plural_has_as_many_forms_as_indonesian(messages: list[Message]) -> None:
    plurals = [message for message in messages if message.pluralizable]

    assert plurals
    assert [message.id for message in plurals if len(forms(message.string)) != 1] == [], MEND


def test_the_compiled_catalogue_is_that_of_the_readable_one(catalogue: Catalog) -> None:
    with MO.open("rb") as file:
        shipped = gettext.GNUTranslations(file)
    fresh = compiled(catalogue)

    assert entries(shipped) == entries(fresh), f"netral.mo is stale: {MEND}"
    for field in ("plural-forms", "content-type", "language"):
        assert shipped.info()[field] == fresh.info()[field], f"netral.mo is stale: {MEND}"


def test_the_header_names_the_language_and_no_person_and_no_moment() -> None:
    header = PO.read_text(encoding="utf-8").partition("\n\n")[0]

    fields = re.findall(r'^"([\w-]+): ', header, re.MULTILINE)

    assert fields == [
        "Language",
        "Plural-Forms",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    ], MEND
    assert "@" not in header, MEND


@pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("make"), reason="there is no make here"
)
def test_make_messages_adds_what_is_new_and_leaves_the_rest_as_it_was(
    tmp_path: Path, root: Path
) -> None:
    shutil.copy(root / "Makefile", tmp_path)
    shutil.copytree(root / "quiz", tmp_path / "quiz", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / ".venv").symlink_to(sys.prefix)
    with (tmp_path / "quiz/wording.py").open("a", encoding="utf-8") as module:
        module.write('\n_("Zebra {number} of the test")\n')

    subprocess.run(["make", "messages"], cwd=tmp_path, check=True, capture_output=True, timeout=60)

    here = tmp_path / PO.relative_to(root)
    added = '#, python-brace-format\nmsgid "Zebra {number} of the test"\nmsgstr ""\n\n'
    written = here.read_text(encoding="utf-8")
    assert written.count(added) == 1
    assert written.replace(added, "") == PO.read_text(encoding="utf-8"), MEND
    with here.with_suffix(".mo").open("rb") as file, MO.open("rb") as shipped:
        assert entries(gettext.GNUTranslations(file)) == entries(gettext.GNUTranslations(shipped))
    assert sorted(path.name for path in here.parent.iterdir()) == ["netral.mo", "netral.po"]
