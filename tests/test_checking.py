"""The check of a bank: its errors, or where it has none what lint finds, each at its place."""

import gc
from pathlib import Path
from typing import Any

import pytest

from quiz.bank import load
from quiz.checking import check
from quiz.lint.acts import acts_in
from quiz.lint.giveaways import FIGURES_FROM

CASE = "scenarios/tanpa-atribut/kaus-partai.yaml"
SEED = "seeds/koran-2024.md"


def places(small: Any) -> list[str]:
    _bank, problems = check(small.root)
    names = [Path(p.path).relative_to(small.root).as_posix() for p in problems]
    return [
        f"{name}:{p.line}:{p.column} {p.severity} {p.code}"
        for name, p in zip(names, problems, strict=True)
    ]


def test_a_good_bank_comes_with_nothing_to_say(small: Any) -> None:
    bank, problems = check(small.root)

    assert (bank, problems) == (load(small.root)[0], [])
    assert bank


def test_what_lint_finds_is_a_warning_at_its_place(small: Any) -> None:
    small.edit(CASE, "en: Wayan keeps the counter.", f"en: {'word ' * 91}")
    small.edit(CASE, "en: Wayan wears the uniform.}", f"en: {'word ' * 46}}}")
    small.edit(CASE, "quote: sebab kantor milik semua warga", "quote: kantor milik semua warga")

    assert places(small) == [
        f"{CASE}:6:7 warning text-too-long",
        f"{CASE}:20:43 warning text-too-long",
        f"{CASE}:26:16 warning quote-length",
    ]


def test_a_sentence_nobody_quotes_is_said_in_the_source(small: Any) -> None:
    small.edit(
        CASE,
        "quote: Warga dilayani tanpa ditanya pilihannya",
        "quote: Pegawai datang lebih pagi untuk",
    )

    assert places(small) == [f"{SEED}:12:1 warning sentence-not-quoted"]


def test_a_text_that_stands_for_its_first_language_has_its_own_place(small: Any) -> None:
    small.edit("scenarios/bank.yaml", "languages: [id, en]", "languages: [id]")
    small.edit(
        CASE,
        "act: {id: Wayan datang lebih pagi., en: Wayan comes earlier.}",
        f"act: {'kata ' * 46}",
    )
    text = (small.root / CASE).read_text(encoding="utf-8")
    small.write(CASE, "\n".join(line for line in text.split("\n") if "  en: Wayan" not in line))

    assert places(small) == [f"{CASE}:37:10 warning text-too-long"]


def test_a_bank_with_an_error_is_not_linted(small: Any) -> None:
    small.edit(CASE, "quote: sebab kantor milik semua warga", "quote: kantor milik semua warga")
    small.edit("scenarios/bank.yaml", "pass_mark: 0.5", "pass_mark: 5")

    assert check(small.root) == load(small.root)
    assert [place.split()[1:] for place in places(small)] == [["error", "wrong-value"]]


def test_scenarios_of_one_principle_all_alike_are_said_where_they_belong(small: Any) -> None:
    case = (small.root / CASE).read_text(encoding="utf-8")
    for number in range(8):
        copy = case.replace(
            "verdict: neutral", "verdict: not-neutral\n    instead: {id: Ada., en: It.}"
        )
        for id in (
            "kaus-partai",
            "memakai-kaus",
            "memakai-seragam",
            "bertanya-pilihan",
            "datang-pagi",
        ):
            copy = copy.replace(f" {id}\n", f" {id}-{number}\n")
        copy = "\n".join(line for line in copy.split("\n") if "contrast:" not in line)
        small.write(f"scenarios/tanpa-atribut/kaus-partai-{number}.yaml", copy)

    found = places(small)

    assert "scenarios/bank.yaml:1:1 warning bank-balance" in found
    assert "scenarios/bank.yaml:7:5 warning principle-balance" in found
    for number in range(8):
        file = f"scenarios/tanpa-atribut/kaus-partai-{number}.yaml"
        assert any(place.startswith(f"{file}:38:14 warning verdict-run") for place in found), found
        assert any(place.endswith("no-pair") for place in found if place.startswith(file))


def test_warnings_come_in_the_order_of_their_lines(small: Any) -> None:
    small.edit(CASE, "en: Wayan wears a party shirt.}", f"en: {'word ' * 46}}}")
    small.edit(CASE, "    contrast: memakai-seragam\n", "")
    small.edit(CASE, "    contrast: memakai-kaus\n", "")

    assert places(small) == [
        f"{CASE}:8:3 warning no-pair",
        f"{CASE}:9:47 warning text-too-long",
    ]


@pytest.mark.parametrize("file", [CASE, "scenarios/nothing.yaml"])
def test_the_collector_works_again_after_a_check(small: Any, file: str) -> None:
    small.write(file, "")

    check(small.root)

    assert gc.isenabled()


def test_the_bundled_bank_has_the_size_from_which_its_figures_mean_something(root: Path) -> None:
    bank, _problems = check(root)
    assert bank

    assert len(acts_in(bank, "id").all) >= FIGURES_FROM


def test_what_the_bundled_sources_call_context_only_reports(root: Path) -> None:
    bank, _problems = load(root)
    assert bank

    assert {id: len(source.context) for id, source in bank.sources.items()} == {
        "antara-2020": 3,
        "kumparan-2020": 4,
    }
