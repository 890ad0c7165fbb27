"""`netral check`: what is wrong, in every format, and what is in a bank."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quiz import diagnostics

from ..commandline import ALL, CASE, DECK, SMALL, TRAINING, Done, Netral


def test_a_sound_bank_is_called_so_beside_the_data(netral: Netral) -> None:
    done = netral("check", SMALL)

    assert (done.code, done.out) == (0, "")
    assert re.findall(r"\d+", done.err) == ["1", "4", "1"]


def test_a_sound_bank_has_an_empty_list_of_problems(netral: Netral) -> None:
    assert netral("check", SMALL, "--format", "json") == Done(0, "[]\n", "")


@pytest.mark.parametrize("format", diagnostics.FORMATS)
def test_everything_wrong_with_a_bank_is_printed_in_the_format_asked_for(
    netral: Netral, small: Any, format: str
) -> None:
    small.edit(CASE, "quote: sebab kantor milik semua warga", "quote: kantor milik sebagian warga")
    small.edit("scenarios/bank.yaml", "pass_mark: 0.5", "pass_mark: 5")

    done = netral("check", small.root, "--format", format)

    assert done == Done(1, diagnostics.render(small.problems(), format) + "\n", "")
    assert len(small.problems()) == 2


def test_the_full_format_is_the_one_not_asked_for(netral: Netral, small: Any) -> None:
    small.edit(CASE, "quote: sebab kantor milik semua warga", "quote: kantor milik sebagian warga")

    assert netral("check", small.root) == netral("check", small.root, "--format", "full")


def test_of_a_file_in_a_bank_only_its_own_problems_are_printed(netral: Netral, small: Any) -> None:
    small.edit(CASE, "quote: sebab kantor milik semua warga", "quote: kantor milik sebagian warga")
    small.edit("scenarios/bank.yaml", "pass_mark: 0.5", "pass_mark: 5")

    of_case = netral("check", small.root / CASE, "--format", "json")
    of_source = netral("check", small.root / "seeds/koran-2024.md", "--format", "concise")

    assert of_case.code == 1
    assert [Path(p["path"]).name for p in json.loads(of_case.out)] == ["kaus-partai.yaml"]
    assert of_source == Done(0, "", "")


def warned(small: Any) -> Any:
    """The small bank with an act too long in English, and a sentence that nobody quotes."""
    small.edit(CASE, "en: Wayan wears the uniform.}", f"en: {'word ' * 46}}}")
    small.edit(
        CASE,
        "quote: Warga dilayani tanpa ditanya pilihannya",
        "quote: Pegawai datang lebih pagi untuk",
    )
    return small


@pytest.mark.parametrize("format", diagnostics.FORMATS)
def test_what_could_be_better_is_printed_in_every_format_and_ends_with_1(
    netral: Netral, small: Any, format: str
) -> None:
    done = netral("check", warned(small).root, "--format", format)

    assert (done.code, done.err) == (1, "")
    assert done.out.count("warning") == 2
    assert "text-too-long" in done.out
    assert "sentence-not-quoted" in done.out


def test_of_a_file_only_what_could_be_better_in_it_is_printed(netral: Netral, small: Any) -> None:
    found = netral("check", warned(small).root / CASE, "--format", "json")

    assert [problem["code"] for problem in json.loads(found.out)] == ["text-too-long"]
    assert netral("check", small.root / "scenarios/bank.yaml", "--format", "json").code == 0


def test_a_bank_that_could_be_better_is_played(netral: Netral, small: Any) -> None:
    scenario = ("--scenario", "kaus-partai", "--json")

    done = netral("play", "--bank", warned(small).root, *scenario, typed=ALL)

    assert (done.code, done.asked) == (0, DECK)


def test_nothing_is_linted_on_the_way_to_a_question(python: Callable[..., str]) -> None:
    loaded = python("""
        import io, sys
        sys.argv = ["netral", "play", "--memory", "--bank", "tests/small_bank"]
        sys.stdin, sys.stdout, printed = io.StringIO("q"), io.StringIO(), sys.stdout
        from quiz import __main__
        try:
            __main__.main()
        except SystemExit as ended:
            print(ended.code, [name for name in sys.modules if "lint" in name], file=printed)
        """)

    assert loaded == "0 []"


def test_the_report_prints_figures_instead_of_problems(netral: Netral, small: Any) -> None:
    good = netral("check", "--report", small.root)
    bad = netral("check", "--report", warned(small).root)

    assert (good.code, bad.code) == (0, 1)
    assert "No party marks" in good.out
    assert "koran-2024 " in bad.out
    assert "warning" not in bad.out
    assert "netral check" in bad.err


def test_the_coverage_prints_every_article_or_the_one_asked_for(netral: Netral) -> None:
    every = netral("check", "--coverage", TRAINING)
    one = netral("check", "--coverage", TRAINING / "seeds/antara-2020.md")

    assert (every.code, one.code) == (0, 0)
    assert "antara-2020: " in every.out
    assert "kumparan-2020: " in every.out
    assert one.out.startswith("antara-2020: ")
    assert "kumparan-2020" not in one.out
    assert "«" in one.out


def test_report_and_coverage_may_be_asked_for_at_once(netral: Netral) -> None:
    report, coverage = (netral("check", SMALL, option).out for option in ("--report", "--coverage"))

    assert netral("check", SMALL, "--report", "--coverage").out == f"{report}\n{coverage}"


@pytest.mark.parametrize("option", ["--report", "--coverage"])
def test_of_a_broken_bank_there_are_no_figures(netral: Netral, small: Any, option: str) -> None:
    small.edit("scenarios/bank.yaml", "pass_mark: 0.5", "pass_mark: 5")

    assert netral("check", small.root, option) == netral("check", small.root)


def test_a_file_is_found_from_where_one_stands(
    netral: Netral, small: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.edit(CASE, "quote: sebab kantor milik semua warga", "quote: kantor milik sebagian warga")
    monkeypatch.chdir((small.root / CASE).parent)

    done = netral("check", "kaus-partai.yaml", "--format", "concise")

    assert done.code == 1
    assert "kaus-partai.yaml:26:" in done.out


def test_a_folder_inside_a_bank_stands_for_the_bank(netral: Netral, small: Any) -> None:
    small.edit("scenarios/bank.yaml", "pass_mark: 0.5", "pass_mark: 5")

    assert "bank.yaml" in netral("check", small.root / "scenarios/tanpa-atribut").out


def test_the_bank_to_check_is_named_in_any_of_three_ways(netral: Netral, small: Any) -> None:
    small.edit("scenarios/bank.yaml", "pass_mark: 0.5", "pass_mark: 5")

    named = netral("check", small.root)

    assert named.code == 1
    assert netral("check", "--bank", small.root) == named
    assert netral("--bank", small.root, "check") == named
    assert netral("--bank", SMALL, "check", "--bank", small.root) == named


@pytest.mark.parametrize("command", [("check",), ("check", "--bank"), ("play", "--bank")])
def test_a_folder_that_is_no_bank_is_refused(
    netral: Netral, tmp_path: Path, command: tuple[str, ...]
) -> None:
    done = netral(*command, tmp_path)

    assert (done.code, done.out) == (2, "")
    assert str(tmp_path) in done.err
    assert len(done.err.splitlines()) == 2


@pytest.mark.parametrize("command", [("check",), ("check", "--bank"), ("play", "--bank")])
def test_a_name_with_a_slip_in_it_does_not_stand_for_the_bank_around_it(
    netral: Netral, small: Any, command: tuple[str, ...]
) -> None:
    for slip in (small.root / "scenarios/tanpa-atribut/kaos-partai.yaml", small.root / "scenario"):
        done = netral(*command, slip)

        assert (done.code, done.out) == (2, "")
        assert str(slip) in done.err
