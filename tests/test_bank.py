"""From a folder to a bank, or to all that is wrong with it."""

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.bank import find_bank, load
from quiz.diagnostics import Diagnostic
from quiz.errors import UsageError
from quiz.models import Bank

CHECKOUT = Path(__file__).parent.parent
CASE = "scenarios/tanpa-atribut/kaus-partai.yaml"
LAWS = "scenarios/laws.yaml"
MANIFEST = "scenarios/bank.yaml"
SEED = "seeds/koran-2024.md"

links = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few users make a link")


def test_the_bundled_bank_has_nothing_wrong(root: Path) -> None:
    bank, problems = load(root)

    assert [problem.full() for problem in problems] == []
    assert bank is not None
    assert bank.manifest.opening in bank.scenario
    assert bank.manifest.version


@pytest.mark.parametrize(
    ("source", "sha256"),
    [
        ("kumparan-2020", "7b1584089976ac7fe25964484ed74617d407bcfde29ad908fb820dddb9078ce1"),
        ("antara-2020", "fc7493882b3a645250352e9d1020920de14f70c9bd95f56adaa63aa167e8b8c7"),
    ],
)
def test_not_a_letter_of_the_supplied_articles_has_changed(
    root: Path, source: str, sha256: str
) -> None:
    """Every verdict rests on these words as they were published, typing slips included.

    A quote is proved against this text. Whoever mends a slip here, or lets an editor turn the
    quotation marks, makes the program vouch for words that nobody printed. Where this test fails,
    it is the article that has to be put back, never the digest.
    """
    article = (root / "seeds" / f"{source}.md").read_text(encoding="utf-8")
    _before, _front_matter, body = article.split("---\n", 2)

    assert hashlib.sha256(body.encode("utf-8")).hexdigest() == sha256


def test_a_good_bank_is_loaded_whole(small: Any) -> None:
    bank, problems = load(small.root)

    assert problems == []
    assert bank is not None
    assert bank.manifest.id == "kecil"
    assert bank.manifest.pass_mark == 0.5
    assert list(bank.sources) == ["koran-2024"]
    assert list(bank.laws) == ["aturan-1"]
    assert list(bank.scenario) == ["kaus-partai"]
    assert bank.scenario["kaus-partai"].principle == "tanpa-atribut"
    assert len(bank.question) == 4


def test_a_bank_need_not_say_a_version_nor_what_is_retired(small: Any) -> None:
    bank, _problems = load(small.root)

    assert bank is not None
    assert (bank.manifest.version, bank.manifest.retired) == (None, ())


@pytest.mark.parametrize("version", ["1", "1.10", "2026-11", "2026-11-23", "yes"])
def test_a_version_is_the_text_it_was_written_as_with_and_without_quotes(
    small: Any, version: str
) -> None:
    small.edit(MANIFEST, "id: kecil\n", f"id: kecil\nversion: {version}\n")
    plain, _problems = load(small.root)
    small.edit(MANIFEST, f"version: {version}\n", f'version: "{version}"\n')
    quoted, _problems = load(small.root)

    assert plain is not None
    assert quoted is not None
    assert (plain.manifest.version, quoted.manifest.version) == (version, version)


def test_without_its_scenarios_a_bank_is_loaded_whatever_is_wrong_with_them(small: Any) -> None:
    small.write("scenarios/tanpa-atribut/kaus-partai.yaml", "id: [\n")
    small.write("scenarios/misplaced.txt", "")

    bank, problems = load(small.root, scenarios=False)

    assert problems == []
    assert bank is not None
    assert (list(bank.sources), list(bank.laws)) == (["koran-2024"], ["aturan-1"])
    assert bank.scenarios == ()

    small.edit("seeds/koran-2024.md", "published: 2024-05-06", "published: soon")
    bank, problems = load(small.root, scenarios=False)

    assert (bank, [problem.code for problem in problems]) == (None, ["wrong-value"])


def test_the_paragraphs_of_a_source_are_folded_and_know_their_lines(small: Any) -> None:
    bank, _problems = load(small.root)

    assert bank is not None
    assert [(p.line, p.text) for p in bank.sources["koran-2024"].paragraphs] == [
        (
            8,
            "Pegawai datang lebih pagi untuk melayani warga. Ia tidak memakai atribut partai di "
            "kantor, sebab kantor milik semua warga.",
        ),
        (12, '"Warga dilayani tanpa ditanya pilihannya," kata kepala kantor.'),
    ]


def test_white_space_in_an_article_does_not_count(small: Any) -> None:
    before, _problems = load(small.root)

    small.edit(SEED, "Ia tidak memakai atribut", "  Ia\u00a0tidak \t memakai   atribut")

    assert load(small.root) == (before, [])


def test_a_line_of_spaces_ends_a_paragraph_like_an_empty_one(small: Any) -> None:
    small.edit(SEED, "warga.\n\n", "warga.\n \t \n\n\n")

    bank, _problems = load(small.root)

    assert bank is not None
    assert [p.line for p in bank.sources["koran-2024"].paragraphs] == [8, 14]


def test_a_horizontal_rule_in_an_article_does_not_end_it(small: Any) -> None:
    small.edit(SEED, "\n\n", "\n\n---\n\n")

    bank, _problems = load(small.root)

    assert bank is not None
    assert [p.line for p in bank.sources["koran-2024"].paragraphs] == [8, 12, 14]


def renamed(text: str, case: str) -> str:
    """The text of the small bank's scenario under other ids."""
    ids = ("kaus-partai", "memakai-kaus", "memakai-seragam", "bertanya-pilihan", "datang-pagi")
    for id in ids[1:]:
        text = text.replace(id, f"{case}-{id}")
    return text.replace("id: kaus-partai", f"id: {case}")


def test_scenarios_stand_in_teaching_order_the_opening_one_first(small: Any) -> None:
    text = (small.root / CASE).read_text(encoding="utf-8")
    small.edit(
        MANIFEST,
        "principles:\n",
        "principles:\n  - {id: zeta, name: {id: Z, en: Z}, statement: {id: Z, en: Z}}\n",
    )
    small.edit(CASE, "level: basic", "level: advanced")
    for place, level in [
        ("tanpa-atribut/a", "advanced"),
        ("tanpa-atribut/b", "basic"),
        ("tanpa-atribut/c", "intermediate"),
        ("tanpa-atribut/d", "basic"),
        ("zeta/e", "advanced"),
    ]:
        case = renamed(text, place[-1]).replace("level: basic", f"level: {level}")
        small.write(f"scenarios/{place}.yaml", case)

    bank, problems = load(small.root)

    assert problems == []
    assert bank is not None
    assert list(bank.scenario) == ["e", "kaus-partai", "b", "d", "c", "a"]
    assert list(bank.question)[:2] == ["e-memakai-kaus", "e-memakai-seragam"]


@pytest.mark.parametrize("name", [MANIFEST, LAWS, CASE, SEED])
@pytest.mark.parametrize(
    "change",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.replace(b"\n", b"\r"),
        lambda raw: raw.rstrip(b"\n"),
    ],
    ids=["byte-order-mark", "windows", "notepad", "old-mac", "no-last-line-end"],
)
def test_a_file_is_good_from_whichever_machine_it_comes(
    small: Any, name: str, change: Callable[[bytes], bytes]
) -> None:
    before, _problems = load(small.root)

    small.write(name, change((small.root / name).read_bytes()))

    assert load(small.root) == (before, [])


def test_a_problem_in_a_windows_file_is_said_at_its_line(small: Any) -> None:
    small.edit(CASE, "level: basic", "level: easy")
    small.edit(CASE, "quote: sebab kantor", "quote: Sebab kantor")
    small.edit(SEED, "kantor milik semua warga.", "kantor\x07 milik semua warga.")
    expected = small.places()
    for name in (CASE, SEED):
        raw = (small.root / name).read_bytes()
        small.write(name, b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))

    assert small.places() == expected
    assert f"{CASE}:2:8 wrong-value" in expected
    assert f"{SEED}:10:13 control-character" in expected


@pytest.mark.parametrize("name", [MANIFEST, LAWS, CASE, SEED])
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a: caf\xe9\n", "not-utf-8"),
        ("id: kaus-partai\n".encode("utf-16"), "not-utf-8"),
        (b" " * (256 * 1024 + 1), "file-too-large"),
    ],
    ids=["latin-1", "utf-16", "too-large"],
)
def test_no_file_of_a_bank_may_be_unreadable(
    small: Any, name: str, content: bytes, code: str
) -> None:
    small.write(name, content)

    assert [p.code for p in small.problems() if p.path.endswith(name)] == [code]


@pytest.mark.parametrize("name", [MANIFEST, LAWS, CASE])
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"# a\n", "empty-file"),
        (b"a: [\n", "yaml-syntax"),
        (b"\ta: b\n", "yaml-syntax"),
        (b"a: \x1b[2J\n", "control-character"),
        (b"[" * 200_000, "nested-too-deeply"),
    ],
    ids=["empty", "comment", "bracket", "tab", "escape", "brackets"],
)
def test_no_file_of_a_bank_may_be_anything_but_yaml(
    small: Any, name: str, content: bytes, code: str
) -> None:
    small.write(name, content)

    assert [p.code for p in small.problems() if p.path.endswith(name)] == [code]


def test_a_scenario_of_fifty_megabytes_is_not_read(small: Any) -> None:
    with (small.root / "scenarios/tanpa-atribut/besar.yaml").open("wb") as file:
        file.truncate(50 * 1024 * 1024)

    assert small.places() == ["scenarios/tanpa-atribut/besar.yaml:1:1 file-too-large"]


def test_aliases_of_aliases_do_not_multiply(small: Any) -> None:
    lines = ["a0: &a0 [lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    small.write(CASE, "\n".join(lines))

    problems = small.problems()

    assert sum(problem.code == "unknown-key" for problem in problems) == 30
    assert {problem.code for problem in problems} == {
        "alias",
        "unknown-key",
        "missing-key",
        "unknown-scenario",
    }


def test_doubled_keys_are_all_reported(small: Any) -> None:
    small.edit(CASE, "level: basic", "level: basic\nlevel: basic")
    small.edit(CASE, "    verdict: neutral\n    explanation: {id: Ia", "    verdict: neutral\n"
               "    verdict: neutral\n    explanation: {id: Ia")  # fmt: skip

    assert small.places() == [f"{CASE}:3:1 duplicate-key", f"{CASE}:41:5 duplicate-key"]


def test_a_bank_without_a_manifest_says_so_once(small: Any) -> None:
    (small.root / MANIFEST).unlink()

    assert small.places() == [f"{MANIFEST}:1:1 not-a-file"]


def test_a_bank_without_laws_is_good_as_long_as_none_is_named(small: Any) -> None:
    (small.root / LAWS).unlink()
    small.edit(CASE, "    laws: [aturan-1]\n", "")

    bank, problems = load(small.root)

    assert problems == []
    assert bank is not None
    assert dict(bank.laws) == {}


@links
def test_a_link_to_laws_that_are_not_there_is_not_a_bank_without_laws(small: Any) -> None:
    (small.root / LAWS).unlink()
    (small.root / LAWS).symlink_to(small.root / "nowhere.yaml")

    assert small.places() == [f"{LAWS}:1:1 not-a-file"]


def test_a_bank_without_sources_says_so_and_whatever_else_is_wrong(small: Any) -> None:
    (small.root / SEED).unlink()
    small.edit(MANIFEST, "pass_mark: 0.5", "pass_mark: 80")
    small.edit(CASE, "level: basic", "level: easy")

    assert small.places() == [
        f"{MANIFEST}:4:12 wrong-value",
        f"{CASE}:2:8 wrong-value",
        "seeds:1:1 no-sources",
    ]


def test_an_empty_folder_is_said_to_lack_everything(tmp_path: Path) -> None:
    bank, problems = load(tmp_path)

    assert bank is None
    assert {p.code for p in problems} >= {"not-a-file", "not-readable"}


def test_a_file_in_the_place_of_a_folder_is_no_bank(tmp_path: Path) -> None:
    (tmp_path / "seeds").write_text("")
    (tmp_path / "scenarios").write_text("")

    assert load(tmp_path)[0] is None


@pytest.mark.parametrize(
    "name",
    [
        "scenarios/tanpa-atribut/topi.yml",
        "scenarios/tanpa-atribut/topi.YAML",
        "scenarios/tanpa-atribut/catatan.txt",
        "scenarios/tanpa-atribut/kaus-partai.yaml~",
        "scenarios/topi.yaml",
        "scenarios/bank.yml",
    ],
)
def test_a_stray_file_is_reported(small: Any, name: str) -> None:
    small.write(name, "id: topi\n")

    assert small.places() == [f"{name}:1:1 misplaced-file"]


def test_a_scenario_one_folder_too_deep_is_reported(small: Any) -> None:
    (small.root / "scenarios/tanpa-atribut/lebih-dalam").mkdir()
    (small.root / CASE).rename(small.root / "scenarios/tanpa-atribut/lebih-dalam/kaus-partai.yaml")

    assert small.places() == [
        f"{MANIFEST}:5:10 unknown-scenario",
        "scenarios/tanpa-atribut/lebih-dalam:1:1 misplaced-file",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "scenarios/.DS_Store",
        "scenarios/tanpa-atribut/.kaus-partai.yaml.swp",
        "scenarios/tanpa-atribut/._kaus-partai.yaml",
        "scenarios/kosong/.gitkeep",
        "seeds/._koran-2024.md",
        "seeds/LICENSE",
    ],
)
def test_what_the_machine_leaves_behind_is_not_part_of_a_bank(small: Any, name: str) -> None:
    small.write(name, b"\x00\x05\x16\x07\xff")

    assert small.places() == []


@pytest.mark.parametrize(
    "name", ["scenarios/tanpa-atribut/topi.yaml", "seeds/koran-2025.md", LAWS, MANIFEST]
)
def test_a_folder_named_like_a_file_is_reported(small: Any, name: str) -> None:
    (small.root / name).unlink(missing_ok=True)
    (small.root / name).mkdir()
    (small.root / name / "isi.yaml").touch()

    assert f"{name}:1:1 not-a-file" in small.places()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize(
    "name", ["scenarios/tanpa-atribut/topi.yaml", "seeds/koran-2025.md", LAWS, MANIFEST]
)
def test_a_pipe_named_like_a_file_is_reported_and_not_waited_for(small: Any, name: str) -> None:
    (small.root / name).unlink(missing_ok=True)
    os.mkfifo(small.root / name)

    assert f"{name}:1:1 not-a-file" in small.places()


@links
@pytest.mark.parametrize(
    "name", ["scenarios/tanpa-atribut/topi.yaml", "seeds/koran-2025.md", LAWS, MANIFEST]
)
def test_a_ring_of_links_is_reported(small: Any, name: str) -> None:
    (small.root / name).unlink(missing_ok=True)
    (small.root / name).symlink_to(small.root / name)

    assert f"{name}:1:1 not-a-file" in small.places()


@links
def test_a_folder_of_scenarios_may_be_a_link_but_not_a_ring(small: Any, tmp_path: Path) -> None:
    folder = small.root / "scenarios/tanpa-atribut"
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert small.places() == []

    (folder / "lagi").symlink_to(small.root / "scenarios", target_is_directory=True)

    assert small.places() == ["scenarios/tanpa-atribut/lagi:1:1 misplaced-file"]


def test_a_folder_that_one_may_not_enter_is_reported(
    python: Callable[..., str], open_folder: Path
) -> None:
    shutil.copytree(Path(__file__).parent / "small_bank", open_folder / "small")
    closed = open_folder / "small/scenarios/tanpa-atribut"
    closed.chmod(0)
    try:
        printed = python(
            """
            import sys
            from pathlib import Path
            from quiz.bank import load
            from quiz.diagnostics import render

            root = Path(sys.argv[1])
            load(Path("tests/small_bank"))  # imports what only root may, where Python is root's
            drop_privileges()
            for problem in load(root)[1]:
                print(Path(problem.path).relative_to(root).as_posix(), problem.code)
            """,
            open_folder / "small",
        )
    finally:
        closed.chmod(0o755)

    assert printed.splitlines() == [
        "scenarios/bank.yaml unknown-scenario",
        "scenarios/tanpa-atribut not-readable",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode here")
def test_a_file_name_that_is_not_unicode_is_reported(small: Any) -> None:
    name = os.fsencode(small.root) + b"/scenarios/tanpa-atribut/kas\xffus.txt"
    Path(os.fsdecode(name)).touch()

    (problem,) = small.problems()

    assert problem.code == "misplaced-file"
    assert problem.full().encode("utf-8")


def test_an_id_that_is_not_the_name_of_its_file_is_reported(small: Any) -> None:
    (small.root / CASE).rename(small.root / "scenarios/tanpa-atribut/topi.yaml")
    (small.root / SEED).rename(small.root / "seeds/koran-2025.md")

    assert small.places() == [
        "scenarios/tanpa-atribut/topi.yaml:1:5 id-is-not-file-name",
        "seeds/koran-2025.md:2:5 id-is-not-file-name",
    ]


@pytest.mark.parametrize("value", ["tanpa-atribut", "tanpa-kartu", "~", "[a]"])
def test_a_principle_is_the_folder_and_is_not_written_in_the_file(small: Any, value: str) -> None:
    small.edit(CASE, "level: basic", f"level: basic\nprinciple: {value}")

    assert small.places() == [f"{CASE}:3:1 unknown-key"]
    assert "“principle”" in small.problems()[0].message


@pytest.mark.parametrize(
    "text",
    [
        "Kantor milik semua warga.\n",
        "id: koran-2024\n---\nKantor milik semua warga.\n",
        "---\nid: koran-2024\nKantor milik semua warga.\n",
        " ---\nid: koran-2024\n---\nKantor milik semua warga.\n",
        "---\n---\nKantor milik semua warga.\n",
        "",
        "---\n",
    ],
    ids=["none", "not-opened", "not-closed", "indented", "empty", "empty-file", "opened-only"],
)
def test_a_source_without_front_matter_is_reported(small: Any, text: str) -> None:
    small.write(SEED, text)

    assert f"{SEED}:1:1 no-front-matter" in small.places()


def test_a_source_without_an_article_is_reported(small: Any) -> None:
    text = (small.root / SEED).read_text(encoding="utf-8")
    small.write(SEED, text[: text.index("Pegawai")] + "\n \n")

    assert f"{SEED}:2:1 wrong-number" in small.places()


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\u202e"])
def test_a_control_character_in_an_article_is_refused_where_it_stands(
    small: Any, character: str
) -> None:
    small.edit(SEED, "kata kepala", f"“kata” {character} kepala")

    (problem,) = [p for p in small.problems() if p.code == "control-character"]

    assert (problem.line, problem.column) == (12, 51)
    assert f"U+{ord(character):04X}" in problem.message


def test_square_brackets_in_an_article_and_its_quote_are_kept(small: Any) -> None:
    small.edit(SEED, "kantor milik semua", "kantor [b]milik[/b] semua [...]")
    small.edit(
        CASE,
        "quote: sebab kantor milik semua warga",
        "quote: 'kantor [b]milik[/b] semua [...] warga'",
    )

    bank, problems = load(small.root)

    assert problems == []
    assert bank is not None
    quote = bank.question["memakai-seragam"].citations[0].quote
    assert quote == "kantor [b]milik[/b] semua [...] warga"
    assert bank.sources["koran-2024"].find(quote) is not None


def test_problems_come_from_every_file_at_once_and_sorted(small: Any) -> None:
    small.edit(MANIFEST, "pass_mark: 0.5", "pass_mark: 80")
    small.edit(LAWS, "status: in-force", "statis: in-force")
    small.edit(SEED, "publisher: Koran Contoh\n", "")
    small.edit(CASE, "level: basic", "level: easy\nlevle: basic")
    small.write("scenarios/tanpa-atribut/topi.yaml", "a: [")
    small.write("scenarios/tanpa-atribut/topi.yml", "")

    problems = small.problems()

    assert problems == sorted(problems)
    assert small.places() == [
        f"{MANIFEST}:4:12 wrong-value",
        f"{LAWS}:1:3 missing-key",
        f"{LAWS}:5:3 unknown-key",
        f"{CASE}:2:8 wrong-value",
        f"{CASE}:3:1 unknown-key",
        "scenarios/tanpa-atribut/topi.yaml:2:1 yaml-syntax",
        "scenarios/tanpa-atribut/topi.yml:1:1 misplaced-file",
        f"{SEED}:2:1 missing-key",
    ]
    assert all(problem.message and problem.help for problem in problems)


def test_paths_are_shown_as_they_were_given(small: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    small.edit(CASE, "level: basic", "level: easy")
    monkeypatch.chdir(small.root)

    _bank, problems = load(Path())

    assert [problem.path for problem in problems] == [MANIFEST, CASE]


def test_a_bank_is_found_from_inside_it(small: Any) -> None:
    assert find_bank(small.root) == small.root
    assert find_bank(small.root / "scenarios/tanpa-atribut") == small.root.resolve()
    assert find_bank(small.root / CASE) == small.root.resolve()


def test_a_bank_is_found_from_where_one_stands(small: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.root)
    assert find_bank(Path()) == Path()

    monkeypatch.chdir(small.root / "scenarios")
    assert find_bank(Path()) == small.root.resolve()


def test_a_folder_that_is_no_bank_is_refused(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "scenarios").touch()

    for path in (tmp_path, tmp_path / "nowhere", tmp_path / "scenarios"):
        with pytest.raises(UsageError) as caught:
            find_bank(path)
        assert str(path) in caught.value.message
        assert caught.value.hint


@links
def test_a_ring_of_links_is_no_bank(tmp_path: Path) -> None:
    (tmp_path / "ring").symlink_to(tmp_path / "ring")

    with pytest.raises(UsageError):
        find_bank(tmp_path / "ring")


# What follows spoils the bundled scenarios in every way that comes to mind, and some that do not.

SCENARIOS = {path: path.read_bytes() for path in sorted((CHECKOUT / "scenarios").glob("*/*.yaml"))}
TOKENS = [
    *(": ", "- ", "\n", "\n\n", "\t", "\r", " ", "#", "'", '"', "|", ">-\n", "[", "]", "{", "}"),
    *("&a ", "*a", "!!null ", "!%ED%A0%80 ", "%", "? ", "---\n", "...\n", "~", "<<: ", "id: "),
    *("\\x1b", "\x00", "\x1b[2J", "\x85", "\u2028", "\ufeff", "\u202e", "“", "é", "🙂", "neutral"),
]


def spoilt(draw: st.DrawFn, raw: bytes) -> bytes:
    """`raw` after one deletion, doubling, replacement or exchange at any place."""
    where = st.integers(0, len(raw))
    match draw(
        st.sampled_from(["cut", "double", "bytes", "token", "drop", "repeat", "swap", "word"])
    ):
        case "cut":
            start, end = sorted((draw(where), draw(where)))
            return raw[:start] + raw[end:]
        case "double":
            start, size = draw(where), draw(st.integers(1, 400))
            return raw[: start + size] + raw[start:]
        case "bytes":
            start = draw(where)
            new = draw(st.binary(min_size=1, max_size=4))
            return raw[:start] + new + raw[start + draw(st.integers(0, 4)) :]
        case "token":
            start = draw(where)
            new = draw(st.sampled_from(TOKENS)).encode("utf-8")
            return raw[:start] + new + raw[start + draw(st.integers(0, 2)) :]
        case "word":
            words = re.split(rb"(\s+)", raw)
            first, second = (draw(st.integers(0, len(words) // 2)) * 2 for _ in range(2))
            words[first] = words[second]
            return b"".join(words)
        case kind:
            lines = raw.splitlines(keepends=True) or [b""]
            first, second = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
            if kind == "drop":
                lines[first] = b""
            elif kind == "repeat":
                lines.insert(second, lines[first])
            else:
                lines[first], lines[second] = lines[second], lines[first]
            return b"".join(lines)


@st.composite
def spoilt_scenarios(draw: st.DrawFn) -> tuple[Path, bytes]:
    path, raw = draw(st.sampled_from(list(SCENARIOS.items())))
    for _ in range(draw(st.integers(1, 3))):
        raw = spoilt(draw, raw)
    return path, raw


@st.composite
def misquoting_scenarios(draw: st.DrawFn) -> tuple[Path, bytes]:
    """A bundled scenario with one character of one of its quotes dropped, doubled or replaced."""
    path, raw = draw(st.sampled_from(list(SCENARIOS.items())))
    text = raw.decode("utf-8").replace("\r\n", "\n")
    quotes = [m.span(1) for m in re.finditer(r"quote: ?((?:.|\n)*?)\n +gloss:", text)]
    start, end = draw(st.sampled_from(quotes))
    place = draw(st.integers(start, end - 1))
    new = draw(
        st.sampled_from(["", text[place] * 2, " ", "\n          ", "  ", "a", "’", "\u00a0"])
    )
    return path, (text[:place] + new + text[place + 1 :]).encode("utf-8")


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled bank without its scenarios."""
    folder = tmp_path_factory.mktemp("workbench")
    shutil.copytree(CHECKOUT / "seeds", folder / "seeds")
    (folder / "scenarios").mkdir()
    for name in (MANIFEST, LAWS):
        shutil.copy(CHECKOUT / name, folder / name)
    return folder


def load_with(workbench: Path, original: Path, raw: bytes) -> tuple[Bank | None, list[Diagnostic]]:
    """The bundled bank with `raw` for its one scenario, in the place of `original`."""
    manifest = (CHECKOUT / MANIFEST).read_text(encoding="utf-8")
    opening = re.sub(r"(?m)^opening: .*$", f"opening: {original.stem}", manifest)
    (workbench / MANIFEST).write_text(opening, encoding="utf-8")
    place = workbench / original.relative_to(CHECKOUT)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(raw)
    try:
        return load(workbench)
    finally:
        place.unlink()


def true_quotes() -> dict[str, list[str]]:
    """Each bundled article's paragraphs, read in another way than the program reads them."""
    articles = {}
    for path in (CHECKOUT / "seeds").glob("*.md"):
        _before, _front_matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
        paragraphs = re.split(r"\n\s*\n", body)
        articles[path.stem] = [re.sub(r"\s+", " ", paragraph) for paragraph in paragraphs]
    return articles


ARTICLES = true_quotes()


def is_true_or_explained(bank: Bank | None, problems: list[Diagnostic]) -> bool:
    """Whether a bank came out; it then has true quotes only, and else its problems have places."""
    if bank is None:
        assert problems
        assert problems == sorted(problems)
        assert all(p.line > 0 and p.column > 0 and p.code and p.message for p in problems)
        return False
    assert problems == []
    for question in bank.question.values():
        assert question.citations
        for citation in question.citations:
            quote = re.sub(r"\s+", " ", citation.quote)
            assert any(quote in paragraph for paragraph in ARTICLES[citation.source])
    return True


def test_the_bundled_scenarios_load_one_by_one(workbench: Path) -> None:
    for path, raw in SCENARIOS.items():
        assert is_true_or_explained(*load_with(workbench, path, raw)), path


def test_a_spoilt_scenario_is_a_bank_or_is_explained_and_never_raises(workbench: Path) -> None:
    seen = set()

    @settings(max_examples=250, suppress_health_check=list(HealthCheck))
    @given(spoilt_scenarios())
    def spoil(scenario: tuple[Path, bytes]) -> None:
        seen.add(is_true_or_explained(*load_with(workbench, *scenario)))

    spoil()

    assert seen == {True, False}, "some of both, or nothing has been tried"


def test_a_bank_that_loads_has_only_quotes_that_stand_in_their_article(workbench: Path) -> None:
    seen = set()

    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    @given(misquoting_scenarios())
    def misquote(scenario: tuple[Path, bytes]) -> None:
        bank, problems = load_with(workbench, *scenario)
        seen.add("loaded" if is_true_or_explained(bank, problems) else problems[0].code)

    misquote()

    assert {"loaded", "quote-not-found"} <= seen
