"""A file read once, with the position of everything in it, whatever it holds."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quiz.diagnostics import Diagnostic
from quiz.document import MAX_BYTES, Document, Unreadable, parse, read_text

links = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few users make a link")


def place(problem: Diagnostic) -> tuple[str, int, int]:
    return problem.code, problem.line, problem.column


def refusal(read: Callable[..., object], *arguments: Any) -> tuple[str, int, int]:
    with pytest.raises(Unreadable) as caught:
        read(*arguments)
    assert caught.value.diagnostic.path == "shown.yaml"
    return place(caught.value.diagnostic)


def unread(path: Path) -> tuple[str, int, int]:
    return refusal(read_text, path, "shown.yaml")


def unparsed(text: str, first_line: int = 1) -> tuple[str, int, int]:
    return refusal(parse, text, "shown.yaml", [], first_line)


def read(text: str) -> tuple[Document, list[tuple[str, int, int]]]:
    problems: list[Diagnostic] = []
    document = parse(text, "shown.yaml", problems)
    return document, [place(problem) for problem in problems]


def written(folder: Path, raw: bytes) -> Path:
    path = folder / "file.yaml"
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    "raw",
    [
        b"a: satu\nb: dua\n",
        b"a: satu\r\nb: dua\r\n",
        b"a: satu\rb: dua\r",
        b"\xef\xbb\xbfa: satu\nb: dua\n",
        b"\xef\xbb\xbfa: satu\r\nb: dua\r\n",
    ],
    ids=["unix", "windows", "old-mac", "byte-order-mark", "notepad"],
)
def test_a_text_is_the_same_from_whichever_machine_it_comes(tmp_path: Path, raw: bytes) -> None:
    assert read_text(written(tmp_path, raw), "shown.yaml") == "a: satu\nb: dua\n"


@pytest.mark.parametrize(
    ("raw", "line", "column"),
    [
        (b"a: \xe9", 1, 4),
        (b"a: satu\nb: caf\xe9 baru\n", 2, 7),
        (b"a: satu\r\nb: caf\xe9\r\n", 2, 7),
        ("a: “é”\nb: “é” ".encode() + b"\xe9", 2, 8),
        (b"\xef\xbb\xbfa: satu\nb: caf\xe9 baru\n", 2, 7),
        (b"\xef\xbb\xbf\xe9", 1, 1),
        ("a: satu".encode("utf-16"), 1, 1),
        (b"a: sat\xc3", 1, 7),
    ],
    ids=["first", "second-line", "windows", "after-letters", "mark", "mark-only", "utf-16", "cut"],
)
def test_a_byte_that_is_not_utf_8_is_refused_where_it_stands(
    tmp_path: Path, raw: bytes, line: int, column: int
) -> None:
    assert unread(written(tmp_path, raw)) == ("not-utf-8", line, column)


def test_the_byte_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="0xE9"):
        read_text(written(tmp_path, b"\xef\xbb\xbfabc\xe9def"), "shown.yaml")


def test_a_file_is_read_up_to_its_largest_size_and_no_further(tmp_path: Path) -> None:
    assert read_text(written(tmp_path, b"a" * MAX_BYTES), "shown.yaml") == "a" * MAX_BYTES
    assert unread(written(tmp_path, b"a" * (MAX_BYTES + 1))) == ("file-too-large", 1, 1)


def test_a_file_of_fifty_megabytes_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "file.yaml").open("wb") as file:
        file.truncate(50 * 1024 * 1024)

    assert unread(tmp_path / "file.yaml") == ("file-too-large", 1, 1)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert unread(tmp_path / "file.yaml") == ("not-a-file", 1, 1)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert unread(tmp_path) == ("not-a-file", 1, 1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "file.yaml")

    assert unread(tmp_path / "file.yaml") == ("not-a-file", 1, 1)


@links
def test_a_ring_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")

    assert unread(tmp_path / "a.yaml") == ("not-a-file", 1, 1)


@links
def test_a_link_is_read_as_what_it_leads_to(tmp_path: Path) -> None:
    written(tmp_path, b"a: satu\n")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "file.yaml")

    assert read_text(tmp_path / "link.yaml", "shown.yaml") == "a: satu\n"


def test_a_file_that_one_may_not_read_is_refused(
    python: Callable[..., str], open_folder: Path
) -> None:
    path = written(open_folder, b"a: satu\n")
    path.chmod(0)

    code = python(
        """
        import sys
        from pathlib import Path
        from quiz.document import Unreadable, read_text

        drop_privileges()
        try:
            print(read_text(Path(sys.argv[1]), "shown.yaml"))
        except Unreadable as error:
            print(error.diagnostic.code)
        """,
        path,
    )

    assert code == "not-readable"


def test_every_scalar_stays_the_string_it_was_written_as() -> None:
    document, problems = read(
        "a: yes\nb: 2020-12-24\nc: 0.80\nd: 0x1F\ne: 'null'\nf: [12:30, no]\n"
    )

    assert document.data == {
        "a": "yes",
        "b": "2020-12-24",
        "c": "0.80",
        "d": "0x1F",
        "e": "null",
        "f": ["12:30", "no"],
    }
    assert problems == []


@pytest.mark.parametrize("nothing", ["", "~", "null", "NULL"])
def test_nothing_is_none(nothing: str) -> None:
    document, _problems = read(f"a: {nothing}\nb: [{nothing or '~'}]\n")

    assert document.data == {"a": None, "b": [None]}


TREE = """\
identitas: nol
id: satu
title: {id: “Judul”, en: Title}
questions:
  - id: dua
    act: >-
      Baris satu
      baris dua.
  - id: tiga
    laws:
    - uu-1
    - uu-2
"""


@pytest.mark.parametrize(
    ("loc", "place"),
    [
        ((), (1, 1)),
        (("id",), (2, 5)),
        (("title",), (3, 8)),
        (("title", "en"), (3, 26)),
        (("questions",), (5, 3)),
        (("questions", 0), (5, 5)),
        (("questions", 0, "act"), (6, 10)),
        (("questions", 1, "id"), (9, 9)),
        (("questions", 1, "laws", 1), (12, 7)),
    ],
)
def test_every_value_is_found_by_the_way_to_it(
    loc: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    document, _problems = read(TREE)

    assert document.at(*loc) == place


@pytest.mark.parametrize(
    ("loc", "place"), [(("title",), (3, 1)), (("title", "en"), (3, 22)), (("questions", 0), (5, 5))]
)
def test_a_key_is_found_where_it_is_asked_for(
    loc: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    document, _problems = read(TREE)

    assert document.at(*loc, key=True) == place


@pytest.mark.parametrize(
    ("loc", "place"),
    [
        (("level",), (1, 1)),
        (("questions", 1, "verdict"), (9, 5)),
        (("questions", 2, "verdict"), (5, 3)),
        (("questions", "act"), (5, 3)),
        (("title", "fr", 0), (3, 8)),
    ],
)
def test_a_way_that_leads_to_nothing_ends_at_the_innermost_thing_on_it(
    loc: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    document, _problems = read(TREE)

    assert document.at(*loc) == place


def test_lines_are_counted_from_where_the_text_stands_in_its_file() -> None:
    problems: list[Diagnostic] = []
    document = parse("a: 1\nb: 2\nb: 3\n", "shown.yaml", problems, first_line=5)

    assert document.at("b") == (6, 4)
    assert [place(problem) for problem in problems] == [("duplicate-key", 7, 1)]
    assert unparsed("a: 1\nb: @c", first_line=5) == ("yaml-syntax", 6, 4)
    assert unparsed("a: 1\nb: \x01", first_line=5) == ("control-character", 6, 4)
    assert unparsed("\n" + "[" * 60, first_line=5) == ("nested-too-deeply", 6, 51)
    assert unparsed("# kosong", first_line=5) == ("empty-file", 5, 1)
    assert unparsed("a: !%C0%80 x", first_line=5) == ("yaml-syntax", 5, 1)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: satu\n\tb: dua\n", 2, 1),
        ("a:\n\t- b\n", 2, 1),
        ("title: Kasus: dua\n", 1, 13),
        ("a: [satu, dua\nb: tiga\n", 2, 2),
        ('a: "satu\n', 2, 1),
        ("a: satu\n b: dua\n", 2, 3),
        ("a: *tak-ada\n", 1, 4),
        ("a: satu\n---\nb: dua\n", 2, 1),
        ("a: %satu\n", 1, 4),
        ("a: @satu\n", 1, 4),
        ('a: "\\q"\n', 1, 5),
        ("a: satu\n} b\n", 2, 1),
    ],
    ids=[
        "tab",
        "tab-before-item",
        "colon",
        "bracket",
        "quotation-mark",
        "indent",
        "alias",
        "two-documents",
        "percent",
        "at",
        "escape",
        "stray-brace",
    ],
)
def test_what_is_not_yaml_is_refused_where_it_stops_being_so(
    text: str, line: int, column: int
) -> None:
    assert unparsed(text) == ("yaml-syntax", line, column)


@pytest.mark.parametrize("text", ["", "\n\n", "# hanya catatan\n"])
def test_a_file_with_nothing_in_it_is_refused(text: str) -> None:
    assert unparsed(text) == ("empty-file", 1, 1)


@pytest.mark.parametrize("tag", ["!%ED%A0%80", "!<%F4%90%80%80>", "!!%C0%80"])
def test_a_tag_that_spells_no_character_is_refused(tag: str) -> None:
    assert unparsed(f"a: {tag} satu\n")[0] == "yaml-syntax"


def test_a_tag_changes_nothing_and_builds_nothing() -> None:
    document, problems = read("a: !!int 5\nb: !!python/object/apply:os.getcwd []\nc: !x {d: e}\n")

    assert document.data == {"a": "5", "b": [], "c": {"d": "e"}}
    assert problems == []


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x08", "\x1b", "\x7f", "\x80", "\x9b"])
def test_a_raw_control_character_is_refused_where_it_stands(character: str) -> None:
    assert unparsed(f"a: “é”\nb: “é” {character}c\n") == ("control-character", 2, 8)


def test_an_escaped_control_character_is_left_to_the_models() -> None:
    document, problems = read('a: "\\x1b[2J\\0"\n')

    assert document.data == {"a": "\x1b[2J\x00"}
    assert problems == []


def test_a_doubled_key_is_reported_at_its_second_place_and_the_first_value_is_kept() -> None:
    document, problems = read("a: satu\nb:\n  c: dua\n  d: tiga\n  c: empat\na: lima\na: enam\n")

    assert document.data == {"a": "satu", "b": {"c": "dua", "d": "tiga"}}
    assert problems == [
        ("duplicate-key", 5, 3),
        ("duplicate-key", 6, 1),
        ("duplicate-key", 7, 1),
    ]


@pytest.mark.parametrize("key", ["[a, b]", "{a: b}", "[]"])
def test_a_key_that_is_not_a_word_is_reported(key: str) -> None:
    document, problems = read(f"a: satu\n? {key}\n: dua\nb: tiga\n")

    assert document.data == {"a": "satu", "b": "tiga"}
    assert problems == [("key-type", 2, 3)]


@pytest.mark.parametrize("value", ["satu", "[satu]", "{satu: dua}"])
def test_an_alias_is_reported_where_it_stands(value: str) -> None:
    _document, problems = read(f"a: &x {value}\nb: *x\n")

    assert problems == [("alias", 2, 4)]


@pytest.mark.parametrize("ring", ["&a [*a]", "&a {b: *a}", "&a [[[*a]]]"])
def test_a_thing_that_holds_itself_is_reported_and_read_once(ring: str) -> None:
    _document, problems = read(ring)

    assert [code for code, _line, _column in problems] == ["alias"]


def test_aliases_of_aliases_do_not_multiply() -> None:
    lines = ["a0: &a0 [lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]

    document, problems = read("\n".join(lines))

    assert len(problems) == 39 * 9
    assert {code for code, _line, _column in problems} == {"alias"}
    assert document.data["a39"] == [None] * 9


def test_merging_a_map_into_another_is_no_more_than_a_strange_key() -> None:
    document, problems = read("a: &x {b: satu}\nc:\n  <<: *x\n")

    assert document.data == {"a": {"b": "satu"}, "c": {"<<": None}}
    assert [code for code, _line, _column in problems] == ["alias"]


DEEP = {
    "brackets": "[" * 200_000,
    "braces": "{a: " * 50_000,
    "closed": "[" * 100_000 + "]" * 100_000,
    "closed-in-comments": ("[" * 99 + "\n# " + "]" * 99 + "\n") * 1_200,
    "closed-in-quotes": ("[" * 99 + '"' + "]" * 99 + '",') * 1_200,
    "dashes": "- " * 100_000,
    "question-marks": "? " * 100_000,
    "behind-a-second-byte-order-mark": "\ufeff" + "- " * 100_000,
    "behind-a-line-separator": "# a\u2028" + "- " * 100_000,
    "behind-a-carriage-return": "# a\r" + "- " * 100_000,
    "steps": "".join(" " * n + "a:\n" + " " * n + "-\n" for n in range(300)),
}


@pytest.mark.parametrize("shape", DEEP)
def test_a_text_that_would_break_the_stack_is_refused(
    python: Callable[..., str], tmp_path: Path, shape: str
) -> None:
    """In a process of its own: where it is not refused, it takes the process with it."""
    path = tmp_path / "file.yaml"
    path.write_text(DEEP[shape], encoding="utf-8", newline="")

    code = python(
        """
        import sys
        from pathlib import Path
        from quiz.document import Unreadable, parse

        try:
            with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
                parse(file.read(), "shown.yaml", [])
        except Unreadable as error:
            print(error.diagnostic.code)
        """,
        path,
    )

    assert code == "nested-too-deeply"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("[" * 200_000, 1, 51),
        ("a: b\nc: " + "[" * 60, 2, 53),
        ("- " * 60, 1, 101),
        ("".join(" " * n + "a:\n" for n in range(60)), 51, 51),
    ],
)
def test_depth_is_refused_at_the_level_that_is_one_too_many(
    text: str, line: int, column: int
) -> None:
    assert unparsed(text) == ("nested-too-deeply", line, column)


@pytest.mark.parametrize(
    "text",
    [
        "a: [" + "[], " * 5_000 + "]",
        "a: '" + "[" * 5_000 + "'",
        "# " + "[{" * 5_000 + "\na: b",
        "a: |\n  " + "- " * 5_000,
        "a: >-\n  teks\n" + " " * 5_000 + "\n",
        "a: " + "[" * 48 + "]" * 48,
    ],
    ids=["many", "quoted", "comment", "block", "blank-line", "almost-too-deep"],
)
def test_what_only_looks_deep_is_read(text: str) -> None:
    document, problems = read(text)

    assert list(document.data) == ["a"]
    assert problems == []
