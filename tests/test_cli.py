"""The commands: what they print and where, and the code they end with."""

import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from quiz import __main__ as entry
from quiz import __version__, cli, diagnostics, paths, settings
from quiz.bank import load
from quiz.models import Level
from quiz.store import Store

HERE = Path(__file__).parent
SMALL = HERE / "small_bank"
TRAINING = HERE / "training_bank"
CASE = "scenarios/tanpa-atribut/kaus-partai.yaml"
DECK = ["memakai-kaus", "memakai-seragam", "bertanya-pilihan", "datang-pagi"]
ALL = "1\n\n" * 30

posix = pytest.mark.skipif(sys.platform == "win32", reason="streams are closed by a POSIX shell")


@dataclass(frozen=True)
class Done:
    """What a command ended with, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def asked(self) -> list[str]:
        return [found["question"] for found in self.objects]


Netral = Callable[..., Done]
Process = Callable[..., subprocess.CompletedProcess[bytes]]


class Learner(io.StringIO):
    """Somebody who types some lines and then does something."""

    def __init__(self, lines: str, then: Callable[[], str]) -> None:
        super().__init__(lines)
        self._then = then

    def readline(self, size: int | None = -1, /) -> str:
        return super().readline(-1 if size is None else size) or self._then()


@pytest.fixture
def netral(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Netral:
    """Run a command line in this process, with this typed to it."""

    def run(*arguments: object, typed: str | Learner = "", language: str = "en") -> Done:
        monkeypatch.setattr(sys, "argv", ["netral", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed) if isinstance(typed, str) else typed)
        monkeypatch.setenv("LANGUAGE", language)
        with pytest.raises(SystemExit) as ended:
            entry.main()
        assert isinstance(ended.value.code, int)
        return Done(ended.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def process(root: Path) -> Process:
    """Run a command line in a process of its own, its streams led elsewhere by the shell."""

    def run(
        *arguments: object, streams: str = "", typed: bytes = b"", **environ: str
    ) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "quiz", *map(str, arguments)]
        if streams:
            command = ["sh", "-c", f'exec "$0" "$@" {streams}', *command]
        done = subprocess.run(
            command,
            cwd=root,
            # With buffers, as everybody has them, so that what fails late fails here too.
            env=os.environ | {"PYTHONUNBUFFERED": ""} | environ,
            input=typed,
            capture_output=True,
            timeout=60,
        )
        assert b"Traceback" not in done.stderr
        assert b"Exception ignored" not in done.stderr
        return done

    return run


@pytest.fixture
def home(_own_home: Path) -> Path:
    return _own_home


def answers(home: Path) -> dict[str, int]:
    with closing(Store.open(home / "netral.db")) as store:
        return store.seen()


def second(small: Any, *ids: str) -> str:
    """The case of the small bank with other ids, which end in -2."""
    case: str = (small.root / CASE).read_text(encoding="utf-8")
    for id in ids:
        case = re.sub(rf"(?<![\w-]){id}(?![\w-])", f"{id}-2", case)
    return case


def databases(home: Path) -> list[str]:
    """The names of the database and of what lies beside it while it is open."""
    return sorted(path.name for path in home.glob("netral.db*"))


# check


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


# play


def test_a_broken_bank_is_not_played_and_says_what_check_says(
    netral: Netral, small: Any, home: Path
) -> None:
    small.edit(CASE, "quote: sebab kantor milik semua warga", "quote: kantor milik sebagian warga")

    checked = netral("check", small.root)
    played = netral("play", "--bank", small.root, typed=ALL)
    at_home = netral("--bank", small.root, typed=ALL)

    assert (played.code, played.out) == (1, "")
    assert played.err.startswith(checked.out)
    assert len(played.err.splitlines()) == len(checked.out.splitlines()) + 1
    assert at_home == played
    assert databases(home) == []


def test_a_bank_that_was_sound_before_is_not_played_once_it_is_broken(
    netral: Netral, small: Any
) -> None:
    assert netral("play", "--bank", small.root).code == 0
    small.write("scenarios/tanpa-atribut/kosong.yaml", "")

    checked = netral("check", small.root)
    played = netral("play", "--bank", small.root, typed=ALL)

    assert (played.code, played.out) == (1, "")
    assert played.err.startswith(checked.out)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few users make a link")
def test_a_file_that_went_away_since_makes_a_broken_bank_and_no_other_error(
    netral: Netral, small: Any
) -> None:
    assert netral("play", "--bank", small.root).code == 0
    (small.root / "scenarios/tanpa-atribut/hilang.yaml").symlink_to(small.root / "nowhere")

    checked = netral("check", small.root)
    played = netral("play", "--bank", small.root, typed=ALL)

    assert checked.code == 1
    assert (played.code, played.out) == (1, "")
    assert played.err.startswith(checked.out)


@pytest.mark.parametrize(
    ("option", "names"),
    [
        ("--scenario", ["kepala-sekolah-tim-sukses", "loket-kependudukan-menjelang-pilkada"]),
        ("--principle", ["dua-ranah", "tim-sukses", "pelayanan"]),
        ("--level", [*Level]),
    ],
)
def test_an_id_that_the_bank_lacks_is_refused_with_those_it_has(
    netral: Netral, option: str, names: list[str]
) -> None:
    done = netral("play", "--bank", TRAINING, option, "tak-ada", typed=ALL)

    assert (done.code, done.out) == (2, "")
    assert "tak-ada" in done.err
    assert [name for name in names if name not in done.err] == []


def test_what_the_bank_has_none_of_is_refused(netral: Netral) -> None:
    done = netral("play", "--bank", TRAINING, "--level", "advanced", typed=ALL)

    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("tanya",),
        ("--tanya",),
        ("play", "--tanya"),
        ("play", "satu"),
        ("play", "-n"),
        ("play", "-n", "0"),
        ("play", "-n", "-1"),
        ("play", "-n", "dua"),
        ("play", "--seed", "x"),
        ("--lang", "fr"),
        ("check", "--format", "xml"),
        ("check", "a", "b"),
    ],
)
def test_a_command_line_that_makes_no_sense_is_refused_with_a_way_to_help(
    netral: Netral, home: Path, arguments: tuple[str, ...]
) -> None:
    done = netral(*arguments, typed=ALL)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Usage: netral") or "requires an argument" in done.err
    assert databases(home) == []


def test_a_scenario_is_asked_in_its_own_order_and_whole(netral: Netral) -> None:
    done = netral("play", "--bank", SMALL, "--scenario", "kaus-partai", "--json", typed=ALL)

    assert (done.code, done.asked) == (0, DECK)


def test_the_bank_to_play_is_named_before_or_after_the_command(netral: Netral) -> None:
    scenario = ("--scenario", "kaus-partai", "--json")

    assert netral("--bank", SMALL, "play", *scenario, typed=ALL).asked == DECK
    assert netral("--bank", TRAINING, "play", "--bank", SMALL, *scenario, typed=ALL).asked == DECK


def test_the_bundled_bank_is_the_one_not_named(netral: Netral) -> None:
    scenario = "kepala-sekolah-tim-sukses"

    done = netral("play", "--scenario", scenario, "-n", "2", "--json", typed=ALL)

    assert done.code == 0
    assert [found["scenario"] for found in done.objects] == [scenario, scenario]
    assert {c["source"] for found in done.objects for c in found["citations"]} <= {
        "antara-2020",
        "kumparan-2020",
    }


def test_a_principle_is_asked_whole_and_nothing_else(netral: Netral) -> None:
    done = netral("play", "--bank", TRAINING, "--principle", "pelayanan", "--json", typed=ALL)

    bank, _problems = load(TRAINING)
    assert bank
    [scenario] = [s for s in bank.scenarios if s.principle == "pelayanan"]
    assert {found["principle"] for found in done.objects} == {"pelayanan"}
    assert {found["question"] for found in done.objects} == {q.id for q in scenario.questions}


def test_a_level_is_asked_alone(netral: Netral, small: Any) -> None:
    advanced = second(small, "kaus-partai", *DECK).replace("level: basic", "level: advanced")
    small.write(CASE.replace("kaus-partai", "kaus-partai-2"), advanced)

    for level in ("basic", "advanced"):
        done = netral("play", "--bank", small.root, "--level", level, "--json", typed=ALL)

        assert done.code == 0
        assert {found["scenario"].endswith("2") for found in done.objects} == {level == "advanced"}


def test_n_is_the_number_of_questions(netral: Netral) -> None:
    for length in (1, 3, 11):
        done = netral("play", "--bank", TRAINING, "-n", length, "--json", typed=ALL)

        assert len(set(done.asked)) == length


def test_a_practice_is_as_long_as_the_learner_has_set(netral: Netral) -> None:
    settings.save(settings.Settings(length=5), paths.settings_file())

    assert len(netral("play", "--bank", TRAINING, "--json", typed=ALL).asked) == 5
    assert len(netral("--bank", TRAINING, typed=ALL).out.split("The act:")) == 6


def test_a_seed_draws_the_same_questions_on_every_machine_whatever_was_answered_before(
    netral: Netral, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def drawn(seed: int) -> list[str]:
        return netral(
            "play", "--bank", TRAINING, "--seed", seed, "-n", "8", "--json", typed=ALL
        ).asked

    here = drawn(7)
    again = drawn(7)
    monkeypatch.setenv("NETRAL_HOME", str(tmp_path / "another"))
    netral("play", "--bank", TRAINING, "-n", "3", typed=ALL)
    there = drawn(7)

    assert here == again == there
    assert len({tuple(drawn(seed)) for seed in range(4)}) > 1


def test_a_newcomer_begins_with_the_opening_scenario_and_then_meets_what_is_new(
    netral: Netral,
) -> None:
    first = netral("play", "--bank", SMALL, "-n", "2", "--json", typed=ALL).asked
    second = netral("play", "--bank", SMALL, "-n", "2", "--json", typed=ALL).asked
    practice = netral("play", "--bank", TRAINING, "-n", "6", "--json", typed=ALL)

    assert first == DECK[:2]
    assert set(second) == set(DECK[2:])
    assert {found["scenario"] for found in practice.objects} == {"kepala-sekolah-tim-sukses"}


def test_without_a_command_the_unfinished_session_goes_on_else_a_new_one_begins(
    netral: Netral, home: Path
) -> None:
    netral("play", "--bank", SMALL, "--scenario", "kaus-partai", typed="1\n\n2\n")

    resumed = netral("--bank", SMALL, typed="\n2\n\n1\n")
    fresh = netral("--bank", SMALL, typed="q\n")

    assert resumed.code == 0
    assert resumed.out.startswith("The party shirt\n")
    assert "Question 2 of 4" in resumed.out
    assert "Question 1 of 4" not in resumed.out
    assert "Question 1 of 4" in fresh.out
    assert answers(home) == dict.fromkeys(DECK, 1)


def test_a_session_on_another_bank_is_not_taken_up(netral: Netral) -> None:
    netral("play", "--bank", SMALL, typed="1\n")

    assert "Question 1 of" in netral("--bank", TRAINING, typed="q\n").out


def test_a_session_of_which_the_bank_has_nothing_left_is_not_taken_up(
    netral: Netral, small: Any
) -> None:
    netral("play", "--bank", small.root, typed="1\n")
    small.write(CASE, second(small, *DECK))

    done = netral("--bank", small.root, typed="q\n")

    assert done.code == 0
    assert "Question 1 of 4" in done.out


def test_play_begins_anew_though_a_session_is_unfinished(netral: Netral) -> None:
    netral("play", "--bank", SMALL, "--scenario", "kaus-partai", typed="1\n\n")

    again = netral("play", "--bank", SMALL, "--scenario", "kaus-partai", typed="q\n")

    assert "Question 1 of 4" in again.out


@pytest.mark.parametrize("option", [[], ["--plain"], ["--json"]])
def test_without_a_terminal_a_session_is_played_line_by_line(
    netral: Netral, home: Path, option: list[str]
) -> None:
    done = netral("play", "--bank", SMALL, *option, typed=ALL)

    assert done.code == 0
    assert (done.out + done.err).count("Your answer") == 4
    assert answers(home) == dict.fromkeys(DECK, 1)


@pytest.mark.parametrize(
    ("stdin", "stdout", "term", "screen"),
    [
        (True, True, "xterm-256color", True),
        (True, True, None, True),
        (False, True, "xterm-256color", False),
        (True, False, "xterm-256color", False),
        (True, True, "dumb", False),
        (None, True, "xterm-256color", False),
        (True, None, "xterm-256color", False),
    ],
)
def test_there_is_a_screen_where_every_stream_is_a_terminal_that_is_not_dumb(
    monkeypatch: pytest.MonkeyPatch,
    stdin: bool | None,
    stdout: bool | None,
    term: str | None,
    screen: bool,
) -> None:
    for name, terminal in (("stdin", stdin), ("stdout", stdout)):
        stream = None if terminal is None else io.StringIO()
        if stream:
            monkeypatch.setattr(stream, "isatty", lambda terminal=terminal: terminal)
        monkeypatch.setattr(sys, name, stream)
    errors = io.StringIO()
    monkeypatch.setattr(errors, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", errors)
    monkeypatch.delenv("TERM", raising=False)
    if term:
        monkeypatch.setenv("TERM", term)

    assert cli._has_screen() is screen
    monkeypatch.setattr(errors, "isatty", lambda: False)
    assert not cli._has_screen(), "the screen is painted on standard error"


def test_with_json_standard_output_holds_one_object_an_answer_and_nothing_else(
    netral: Netral,
) -> None:
    done = netral("play", "--bank", SMALL, "--json", typed="1\n\n2\n\nwhat?\nq\n")

    assert done.code == 0
    assert [found["given"] for found in done.objects] == ["neutral", "not-neutral"]
    assert "The act:" in done.err
    assert done.err.count("Your answer") == 4


def test_with_memory_nothing_is_left_behind(netral: Netral, home: Path) -> None:
    done = netral("play", "--bank", SMALL, "--memory", typed="1\n")

    assert done.code == 0
    assert "not kept" in done.out.splitlines()[-1]
    assert databases(home) == []


def test_a_session_leaves_its_database_closed(netral: Netral, home: Path) -> None:
    netral("play", "--bank", SMALL, typed="1\n")

    assert databases(home) == ["netral.db"]


def test_a_history_that_cannot_be_used_is_said_once_and_nothing_is_asked(
    netral: Netral, home: Path
) -> None:
    (home / "netral.db").write_text("This is a letter, and no history.\n" * 100)

    done = netral("play", "--bank", SMALL, typed=ALL)
    at_home = netral("--bank", SMALL, typed=ALL)
    without = netral("play", "--bank", SMALL, "--memory", typed=ALL)

    assert (done.code, done.out) == (3, "")
    assert done.err.count(str(home / "netral.db")) == 1
    assert at_home == done
    assert without.code == 0


def test_a_history_that_fails_on_the_way_ends_the_session_and_nothing_is_explained(
    netral: Netral, home: Path
) -> None:
    def spoil() -> str:
        with closing(sqlite3.connect(home / "netral.db")) as other:
            other.execute("DROP TABLE answer")
        return "1\n"

    done = netral("play", "--bank", SMALL, typed=Learner("what?\n", spoil))

    assert done.code == 3
    assert str(home / "netral.db") in done.err
    assert "Your answer" in done.out.splitlines()[-1]


def test_an_interruption_ends_with_its_own_code_and_the_session_is_kept(
    netral: Netral, home: Path
) -> None:
    def interrupt() -> str:
        raise KeyboardInterrupt

    done = netral("play", "--bank", SMALL, typed=Learner("1\n", interrupt))

    assert done.code == 130
    assert not done.err.strip()
    with closing(Store.open(home / "netral.db")) as store:
        found = store.unfinished("kecil")
    assert found
    assert found.session.explaining


# language


@pytest.mark.parametrize(
    ("before", "after", "act"),
    [
        ([], [], "Wayan wears a party shirt."),
        (["--lang", "id"], [], "Wayan memakai kaus partai."),
        (["--lang=id"], [], "Wayan memakai kaus partai."),
        ([], ["--lang", "id"], "Wayan memakai kaus partai."),
        ([], ["--lang=id"], "Wayan memakai kaus partai."),
        (["--lang", "id"], ["--lang=en"], "Wayan wears a party shirt."),
        (["--lang=en"], ["--lang", "id"], "Wayan memakai kaus partai."),
    ],
)
def test_the_language_may_be_named_before_and_after_the_command_and_the_last_one_counts(
    netral: Netral, before: list[str], after: list[str], act: str
) -> None:
    done = netral(*before, "play", "--bank", SMALL, *after)

    assert done.code == 0
    assert act in done.out
    assert ("Your answer" in done.out) == ("wears" in act)


def test_the_saved_language_counts_until_another_is_asked_for(netral: Netral) -> None:
    settings.save(settings.Settings(language="id"), paths.settings_file())

    assert "Wayan memakai" in netral("--bank", SMALL).out
    assert "Wayan wears" in netral("--bank", SMALL, "--lang", "en").out


def test_the_locale_counts_where_nothing_else_was_said(netral: Netral) -> None:
    assert "Wayan memakai" in netral("--bank", SMALL, language="id_ID.UTF-8").out
    assert "Wayan wears" in netral("--bank", SMALL, language="en_GB").out


@pytest.mark.parametrize("arguments", [["--lang"], ["play", "--lang"], ["--lang="]])
def test_a_language_that_was_not_named_is_refused(netral: Netral, arguments: list[str]) -> None:
    assert netral(*arguments).code == 2


def test_a_usage_error_comes_in_the_language_too(netral: Netral) -> None:
    english = netral("play", "-n", "0")
    indonesian = netral("play", "-n", "0", "--lang", "id")

    assert (english.code, indonesian.code) == (2, 2)
    for mine, other in zip(english.err.splitlines(), indonesian.err.splitlines(), strict=True):
        assert mine != other or not mine


# help

HELPS = """
    import json
    import sys

    import click

    from quiz import i18n

    i18n.install(sys.argv[1])
    from quiz.cli import main

    context = click.Context(main, info_name="netral")
    helps = {}
    for name, command in {"netral": main, **main.commands}.items():
        helps[name] = command.help
        for option in command.get_params(context):
            if isinstance(option, click.Option):
                helps[f"{name} {option.opts[-1]}"] = option.help
    print(json.dumps(helps))
"""


def test_every_command_and_every_option_has_its_help_in_both_languages(
    python: Callable[..., str],
) -> None:
    english, indonesian = (json.loads(python(HELPS, language)) for language in ("en", "id"))

    assert list(english) == list(indonesian)
    assert {"netral", "play", "check", "play --seed", "check --format", "netral --bank"} <= {
        *english
    }
    assert [name for name in english if not english[name] or not indonesian[name]] == []
    assert [name for name in english if english[name] == indonesian[name]] == []


@pytest.mark.parametrize(
    "command", [[], ["play"], ["check"], ["new"], ["show"], ["schema"]], ids=" ".join
)
@pytest.mark.parametrize("asked", ["-h", "--help"])
def test_help_is_printed_and_nothing_done(
    netral: Netral, home: Path, command: list[str], asked: str
) -> None:
    done = netral(*command, asked, typed=ALL)

    assert (done.code, done.err) == (0, "")
    assert "--lang [id|en]" in done.out
    assert databases(home) == []


# a process of its own


def test_the_module_runs_as_the_command_and_knows_its_version(process: Process) -> None:
    done = process("--version")

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().split() == ["netral", __version__]


def test_a_strange_locale_a_poor_encoding_and_bytes_that_are_no_text_stop_nobody(
    process: Process, home: Path
) -> None:
    done = process(
        "play", "--bank", SMALL, "--scenario", "kaus-partai",
        typed=b"\xff\xfe\x00\n1\n",
        LANGUAGE="", LANG="xx_YY.UTF-8", LC_ALL="nonsense", PYTHONIOENCODING="ascii",
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, b"")
    said = " ".join(done.stdout.decode("ascii").split())
    assert "Wayan memakai kaus partai." in said
    assert "?Ia tidak memakai atribut partai di kantor? (?Kabar Kantor?" in said
    assert answers(home) == {"memakai-kaus": 1}


@posix
@pytest.mark.parametrize(
    ("streams", "options", "kept"),
    [
        ("<&-", [], {}),
        (">&-", [], {"memakai-kaus": 1}),
        ("2>&-", ["--json"], {"memakai-kaus": 1}),
        ("<&- >&- 2>&-", ["--json"], {}),
    ],
)
def test_streams_that_are_closed_are_done_without(
    process: Process, home: Path, streams: str, options: list[str], kept: dict[str, int]
) -> None:
    done = process("play", "--bank", SMALL, *options, streams=streams, typed=b"1\n")

    assert (done.returncode, done.stderr) == (0, b"")
    assert answers(home) == kept
    if streams == "<&-":
        assert b"The act: Wayan wears a party shirt." in done.stdout
    if streams == "2>&-":
        assert json.loads(done.stdout)["question"] == "memakai-kaus"


@posix
@pytest.mark.parametrize("length", [1, 2])
def test_a_reader_that_has_gone_ends_the_session_in_silence_and_the_answer_is_kept(
    root: Path, home: Path, length: int
) -> None:
    command = [sys.executable, "-m", "quiz", "play", "--bank", str(SMALL), "-n", str(length)]
    with subprocess.Popen(
        command,
        cwd=root,
        env=os.environ | {"PYTHONUNBUFFERED": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        read = b""
        while b"q stops" not in read:
            read += os.read(running.stdout.fileno(), 1 << 16)
        running.stdout.close()
        running.stdin.write(b"1\n")
        running.stdin.close()
        assert running.stderr.read() == b""

    assert running.returncode == 1
    with closing(Store.open(home / "netral.db")) as store:
        found = store.unfinished("kecil")
    assert found
    assert found.session.explaining


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
@pytest.mark.parametrize("arguments", [["--help"], ["check", SMALL, "--format", "json"]])
def test_output_that_cannot_be_written_is_an_error_said_in_one_line(
    process: Process, arguments: list[object]
) -> None:
    done = process(*arguments, streams="> /dev/full")

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


@posix
def test_a_dumb_terminal_gets_lines_without_control_codes_and_ctrl_c_keeps_the_session(
    root: Path, home: Path
) -> None:
    from tests.terminal import Terminal

    command = [sys.executable, "-m", "quiz", "play", "--bank", str(SMALL)]
    with Terminal(command, os.environ | {"TERM": "dumb"}, folder=root) as terminal:
        terminal.see("Your answer")
        terminal.press("1", "enter")
        terminal.see("Enter goes on")
        terminal.press("ctrl+c")
        code = terminal.gone()

    assert code == 130
    assert not re.findall(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", terminal.raw)
    assert b"Traceback" not in terminal.raw
    assert answers(home) == {"memakai-kaus": 1}
