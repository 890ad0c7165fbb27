"""`netral play`, line by line, and `netral` alone where there is no screen."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from quiz import paths, settings
from quiz.bank import load
from quiz.models import Level
from quiz.store import Store

from ..commandline import (
    ALL,
    CASE,
    DECK,
    SMALL,
    TRAINING,
    Learner,
    Netral,
    Process,
    answers,
    databases,
    posix,
)


def second(small: Any, *ids: str) -> str:
    """The case of the small bank with other ids, which end in -2."""
    case: str = (small.root / CASE).read_text(encoding="utf-8")
    for id in ids:
        case = re.sub(rf"(?<![\w-]){id}(?![\w-])", f"{id}-2", case)
    return case


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


def test_with_json_standard_output_holds_one_object_an_answer_and_nothing_else(
    netral: Netral,
) -> None:
    done = netral("play", "--bank", SMALL, "--json", typed="1\n\n2\n\nwhat?\nq\n")

    assert done.code == 0
    assert [found["given"] for found in done.objects] == ["neutral", "not-neutral"]
    assert "The act:" in done.err
    assert done.err.count("Your answer") == 4


def test_by_line_confidence_is_asked_for_where_the_learner_has_set_it(netral: Netral) -> None:
    settings.save(settings.Settings(confidence=True), paths.settings_file())

    done = netral("play", "--bank", SMALL, "--json", typed="2\n5\n")

    assert [found["confidence"] for found in done.objects] == ["sure"]


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
            more = os.read(running.stdout.fileno(), 1 << 16)
            assert more, running.stderr.read().decode()
            read += more
        running.stdout.close()
        running.stdin.write(b"1\n")
        running.stdin.close()
        assert running.stderr.read() == b""

    assert running.returncode == 1
    with closing(Store.open(home / "netral.db")) as store:
        found = store.unfinished("kecil")
    assert found
    assert found.session.explaining


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
