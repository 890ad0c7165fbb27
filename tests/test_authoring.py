"""A new scenario's skeleton: where it goes, what it holds, and what is said of its blanks."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from quiz import authoring, cli, i18n, keys, paths
from quiz.document import parse
from quiz.errors import BankError, UsageError

ROOT = Path(__file__).parent.parent
PLACE = "tanpa-atribut/topi-partai"
PATH = f"scenarios/{PLACE}.yaml"
MANIFEST = "scenarios/bank.yaml"
BLANK = re.compile(r"(?:''|>-)$")


def skeleton(small: Any, place: str = PLACE) -> str:
    return authoring.create(small.root, place).read_text(encoding="utf-8")


def files(small: Any) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in small.root.rglob("*") if path.is_file()}


def test_the_skeleton_stands_where_a_scenario_of_this_name_belongs(small: Any) -> None:
    assert authoring.create(small.root, PLACE) == small.root / PATH
    assert parse(skeleton(small, "tanpa-atribut/lain"), "shown", []).data["id"] == "lain"


def test_the_skeleton_is_read_without_a_problem_and_has_all_a_scenario_needs(small: Any) -> None:
    problems: list[Any] = []

    data = parse(skeleton(small), "shown.yaml", problems).data

    first, second, third, fourth = data["questions"]
    assert problems == []
    assert (data["title"], data["situation"]) == ({"id": "", "en": ""},) * 2
    assert [question["act"] for question in data["questions"]] == [{"id": "", "en": ""}] * 4
    assert all("discussion" in question for question in data["questions"])
    assert [first["citations"], fourth["citations"]] == [
        [{"source": "", "quote": "", "gloss": {"en": ""}}]
    ] * 2
    for question in data["questions"]:
        assert ("instead" in question) == (question["verdict"] == "not-neutral")
    assert ["contrast" in question for question in (first, second, third, fourth)] == [
        True, False, True, False,
    ]  # fmt: skip
    assert first["verdict"] != third["verdict"]


def test_every_blank_is_one_problem_that_says_what_to_write_there(small: Any) -> None:
    lines = skeleton(small).split("\n")
    blanks = {
        (number, found.start() + 1): line.split(":")[0].strip(" -")
        for number, line in enumerate(lines, 1)
        if (found := BLANK.search(line))
    }

    problems = [p for p in small.problems() if p.path.endswith(PATH)]

    assert [(p.line, p.column) for p in problems] == sorted(blanks)
    assert {p.code for p in problems} == {"empty-text"}
    for problem in problems:
        key, *language = re.findall("“(.+?)”", problem.message)
        assert problem.help == keys.purpose(key)
        assert blanks[problem.line, problem.column] == (language or [key])[0]


def test_each_key_has_a_help_of_its_own(small: Any) -> None:
    skeleton(small)

    helps = {re.findall("“(.+?)”", p.message)[0]: p.help for p in small.problems()}

    assert set(helps) == {
        "level", "title", "situation", "id", "act", "explanation", "instead", "contrast", "source",
        "quote", "gloss", "discussion",
    }  # fmt: skip
    assert len(set(helps.values())) == len(helps)


def test_a_skeleton_that_is_filled_in_is_a_sound_scenario(small: Any) -> None:
    text = skeleton(small)
    for number, other in ((1, 3), (2, 0), (3, 1), (4, 0)):
        text = text.replace("- id: ''", f"- id: topi-{number}", 1)
        if other:
            text = text.replace("contrast: ''", f"contrast: topi-{other}", 1)
    text = text.replace("level: ''", "level: advanced")
    text = text.replace("source: ''", "source: koran-2024")
    text = re.sub(r"( +)quote: >-", r"\1quote: >-\n\1  kantor milik semua warga", text)
    text = re.sub(r"( +)(id|en): >-", r"\1\2: >-\n\1  Kata: # 'ini' dan \"itu\".", text)

    small.write(PATH, text)

    assert small.places() == []


def test_a_second_skeleton_is_begun_while_the_first_is_still_empty(small: Any) -> None:
    skeleton(small)

    assert authoring.create(small.root, "tanpa-atribut/lencana-partai").is_file()


def test_a_principle_without_a_scenario_gets_its_folder(small: Any) -> None:
    small.edit(MANIFEST, "  - id: tanpa-atribut", "  - id: tanpa-janji")

    assert authoring.create(small.root, "tanpa-janji/topi-partai").parent.name == "tanpa-janji"


@pytest.mark.parametrize(
    "place",
    [
        "",
        "topi-partai",
        "tanpa-atribut/",
        "/topi-partai",
        "tanpa-atribut/Topi",
        "tanpa-atribut/topi partai",
        "tanpa-atribut/topi.yaml",
        "tanpa-atribut/../topi",
        "tanpa-atribut/topi\n",
        "tanpa-atribut/topi/partai",
        "tanpa-atribut\\topi",
        "tanpa-warna/topi-partai",
    ],
)
def test_a_place_that_cannot_be_is_refused_and_nothing_written(small: Any, place: str) -> None:
    before = files(small)

    with pytest.raises(UsageError) as refused:
        authoring.create(small.root, place)

    assert refused.value.hint
    assert files(small) == before
    assert not (small.root / "scenarios" / "tanpa-warna").exists()


def test_an_unknown_principle_is_refused_with_those_there_are(small: Any) -> None:
    with pytest.raises(UsageError) as refused:
        authoring.create(small.root, "tanpa-warna/topi-partai")

    assert "tanpa-warna" in refused.value.message
    assert "tanpa-atribut" in refused.value.hint


@pytest.mark.parametrize("place", ["tanpa-atribut/kaus-partai", "tanpa-janji/kaus-partai"])
def test_an_id_that_is_taken_is_refused_with_its_place_under_whatever_principle(
    small: Any, place: str
) -> None:
    manifest = (small.root / MANIFEST).read_text(encoding="utf-8")
    _head, _mark, principle = manifest.partition("principles:\n")
    small.write(MANIFEST, manifest + principle.replace("tanpa-atribut", "tanpa-janji"))
    before = files(small)

    with pytest.raises(UsageError) as refused:
        authoring.create(small.root, place)

    assert "scenarios/tanpa-atribut/kaus-partai.yaml" in refused.value.message
    assert files(small) == before


def test_a_retired_id_is_refused(small: Any) -> None:
    small.edit(MANIFEST, "principles:\n", "retired: [topi-partai]\nprinciples:\n")
    before = files(small)

    with pytest.raises(UsageError, match="“topi-partai” is retired"):
        authoring.create(small.root, PLACE)
    assert files(small) == before


def test_a_link_that_leads_nowhere_is_not_written_over(small: Any) -> None:
    try:
        (small.root / PATH).symlink_to("elsewhere.yaml")
    except OSError:
        pytest.skip("links need a privilege here")

    with pytest.raises(FileExistsError):
        authoring.create(small.root, PLACE)

    assert not (small.root / "scenarios/tanpa-atribut/elsewhere.yaml").exists()


def test_a_bank_that_does_not_say_what_it_is_gets_no_scenario(small: Any) -> None:
    small.edit(MANIFEST, "pass_mark: 0.5", "pass_mark: most")

    with pytest.raises(BankError) as refused:
        authoring.create(small.root, PLACE)

    assert "bank.yaml:4:12: wrong-type" in refused.value.message
    assert not (small.root / PATH).exists()


@pytest.mark.parametrize(
    ("languages", "source", "texts", "gloss"),
    [
        ("[id]", "id", ["id"], None),
        ("[id, en, jv]", "id", ["id", "en", "jv"], ["en", "jv"]),
        ("[id, en]", "en", ["id", "en"], ["id"]),
        ("[id, 'no']", "id", ["id", "no"], ["no"]),
    ],
)
def test_a_text_stands_in_each_language_of_the_bank_and_a_gloss_in_those_the_source_lacks(
    small: Any, languages: str, source: str, texts: list[str], gloss: list[str] | None
) -> None:
    manifest = (small.root / MANIFEST).read_text(encoding="utf-8")
    manifest = manifest.replace("languages: [id, en]", f"languages: {languages}")
    kata = "{" + ", ".join(f"'{language}': Kata" for language in texts) + "}"
    small.write(MANIFEST, re.sub(r"\{id: .+\}", kata, manifest))
    (small.root / "scenarios/laws.yaml").unlink()
    small.edit("seeds/koran-2024.md", "language: id", f"language: {source}")

    data = yaml.safe_load(skeleton(small))

    (citation,) = data["questions"][0]["citations"]
    assert list(data["questions"][0]["act"]) == texts
    assert (list(citation["gloss"]) if "gloss" in citation else None) == gloss


def test_a_gloss_stands_in_every_language_where_sources_are_in_several(small: Any) -> None:
    seed = (small.root / "seeds/koran-2024.md").read_text(encoding="utf-8")
    seed = seed.replace("id: koran-2024", "id: paper-2024").replace("language: id", "language: en")
    small.write("seeds/paper-2024.md", seed)

    (citation,) = yaml.safe_load(skeleton(small))["questions"][0]["citations"]

    assert list(citation["gloss"]) == ["id", "en"]


@pytest.mark.parametrize("id", ["2024", "2024-13-45", "true", "null", "no"])
def test_an_id_that_reads_as_something_else_is_still_a_text(small: Any, id: str) -> None:
    assert yaml.safe_load(skeleton(small, f"tanpa-atribut/{id}"))["id"] == id


@pytest.mark.parametrize("name", ["quiz/scenario.schema.json", "scenario.schema.json"])
def test_the_first_line_leads_an_editor_to_the_schema_of_the_bank(small: Any, name: str) -> None:
    schema = small.write(name, "{}")

    first = skeleton(small).partition("\n")[0]

    mark, _equals, where = first.partition("=")
    assert mark == "# yaml-language-server: $schema"
    assert ((small.root / PATH).parent / where).resolve() == schema.resolve()


def test_a_bank_without_the_schema_names_none(small: Any) -> None:
    assert "$schema" not in skeleton(small)


def test_the_comments_are_in_the_language_of_the_author(small: Any) -> None:
    english = skeleton(small)
    i18n.install("id")
    indonesian = skeleton(small, "tanpa-atribut/topi-lain")

    def comments(text: str) -> list[str]:
        return [line for line in text.split("\n") if line.strip().startswith("#")]

    assert len(comments(english)) == len(comments(indonesian)) == 3
    assert not {*comments(english)} & {*comments(indonesian)}


def test_the_command_prints_the_path_and_beside_it_what_comes_next(
    small: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["new", PLACE, "--bank", str(small.root)]) == 0

    out, err = capsys.readouterr()
    assert Path(out.removesuffix("\n")) == small.root / PATH
    assert f"netral check {small.root / PATH}" in err


def test_the_bundled_bank_of_a_checkout_is_the_one_not_named(
    small: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "bundled_bank", lambda: small.root)

    assert cli.run(["new", PLACE]) == 0
    assert (small.root / PATH).is_file()


def test_the_command_ends_with_2_where_it_is_refused(
    small: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["--bank", str(small.root), "new", "tanpa-atribut/kaus-partai"]) == 2
    assert cli.run(["new", PLACE, "--bank", str(small.root / "none")]) == 2
    assert cli.run(["new", "--bank", str(small.root)]) == 2
    assert capsys.readouterr().out == ""


def test_a_bank_inside_the_installed_package_is_not_written_to(tmp_path: Path, small: Any) -> None:
    site = tmp_path / "site-packages"
    shutil.copytree(ROOT / "quiz", site / "quiz", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(small.root, site / "quiz" / "bank")
    command = [sys.executable, "-m", "quiz", "--lang", "en", "new", PLACE]

    for named in ([], ["--bank", "quiz/bank"]):
        done = subprocess.run(
            [*command, *named], cwd=site, capture_output=True, encoding="utf-8", timeout=60
        )

        assert (done.returncode, done.stdout) == (2, "")
        assert "--bank" in done.stderr
    assert not (site / "quiz" / "bank" / PATH).exists()
