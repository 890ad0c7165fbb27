"""A bank found sound is remembered for exactly the bytes that were checked."""

import hashlib
import io
import os
import pickle
import shutil
from pathlib import Path
from typing import Any

import pytest

from quiz import cli, proven
from quiz.bank import load
from quiz.models import Bank

CASE = "scenarios/tanpa-atribut/kaus-partai.yaml"


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "memory"


def sound(folder: Path) -> Bank:
    bank, problems = load(folder)
    assert bank, problems
    return bank


def remembered(folder: Path, memory: Path) -> Bank:
    bank = sound(folder)
    proven.remember(bank, folder, memory, proven.fingerprint(folder))
    return bank


def recalled(folder: Path, memory: Path) -> Bank | None:
    return proven.recall(folder, memory, proven.fingerprint(folder))


def test_what_is_recalled_is_what_was_remembered(small: Any, memory: Path) -> None:
    bank = remembered(small.root, memory)

    assert recalled(small.root, memory) == bank


def test_nothing_is_recalled_before_it_was_remembered(small: Any, memory: Path) -> None:
    with pytest.raises(OSError, match="bank-"):
        recalled(small.root, memory)


def test_a_change_of_one_letter_makes_it_forget(small: Any, memory: Path) -> None:
    remembered(small.root, memory)
    small.edit(CASE, "Kaus partai", "Kaos partai")

    assert recalled(small.root, memory) is None


@pytest.mark.parametrize("name", ["seeds/lain.md", "scenarios/lain/lain.yaml", "scenarios/.x"])
def test_a_file_more_makes_it_forget(small: Any, memory: Path, name: str) -> None:
    remembered(small.root, memory)
    small.write(name, "")

    assert recalled(small.root, memory) is None


def test_a_file_less_or_renamed_makes_it_forget(small: Any, memory: Path) -> None:
    remembered(small.root, memory)
    path = small.root / CASE
    path.rename(path.with_name("nama-lain.yaml"))
    assert recalled(small.root, memory) is None

    path.with_name("nama-lain.yaml").unlink()
    assert recalled(small.root, memory) is None


def test_another_version_of_the_program_forgets(
    small: Any, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered(small.root, memory)
    monkeypatch.setattr(proven, "__version__", "9.9.9")

    assert recalled(small.root, memory) is None


@pytest.mark.parametrize("module", ["models", "crosscheck"])
def test_other_rules_forget(
    small: Any, memory: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, module: str
) -> None:
    program = shutil.copytree(Path(proven.__file__).parent, tmp_path / "program")
    monkeypatch.setattr(proven, "_PROGRAM", program)
    remembered(small.root, memory)
    assert recalled(small.root, memory) is not None

    with (program / f"{module}.py").open("a", encoding="utf-8") as rules:
        rules.write("# another rule\n")
    assert recalled(small.root, memory) is None


def test_what_was_saved_while_the_bank_was_read_is_read_again(small: Any, memory: Path) -> None:
    before = proven.fingerprint(small.root)
    bank = sound(small.root)
    small.edit(CASE, "Kaus partai", "Kaos partai")
    proven.remember(bank, small.root, memory, before)

    assert recalled(small.root, memory) is None


@pytest.mark.parametrize("spoilt", [b"", b"x", b"x" * 100])
def test_a_spoilt_memory_is_no_memory(small: Any, memory: Path, spoilt: bytes) -> None:
    remembered(small.root, memory)
    [file] = memory.iterdir()
    file.write_bytes(spoilt)
    assert recalled(small.root, memory) is None

    remembered(small.root, memory)
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert recalled(small.root, memory) is None


def test_a_memory_can_name_nothing_but_values_of_a_bank(small: Any, memory: Path) -> None:
    remembered(small.root, memory)
    [file] = memory.iterdir()
    body = pickle.dumps(os.getcwd)
    seal = hashlib.sha256(body).digest()
    file.write_bytes(proven.fingerprint(small.root) + seal + body)

    with pytest.raises(pickle.UnpicklingError, match="getcwd"):
        recalled(small.root, memory)


def test_two_banks_are_remembered_side_by_side(small: Any, memory: Path, root: Path) -> None:
    one, other = remembered(small.root, memory), remembered(root, memory)

    assert recalled(small.root, memory) == one
    assert recalled(root, memory) == other


def test_a_pipe_in_a_bank_holds_nothing_up(small: Any) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("pipes with names are of POSIX")
    os.mkfifo(small.root / "seeds" / "pipa.md")

    assert proven.fingerprint(small.root)


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The learner's folder, with nobody at the keyboard."""
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return Path(os.environ["NETRAL_HOME"])


def test_playing_remembers_and_a_bank_spoilt_later_is_refused_all_the_same(
    small: Any, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    play = ["play", "--bank", str(small.root), "--plain", "--memory"]
    assert cli.run(play) == 0
    assert list((home / "cache").iterdir())
    assert cli.run(play) == 0
    capsys.readouterr()

    small.edit(CASE, "quote: Ia tidak memakai", "quote: Konon ia tidak memakai")

    assert cli.run(play) == 1
    assert "quote-not-found" in capsys.readouterr().err


def test_a_memory_that_cannot_be_written_does_not_stop_anyone(small: Any, home: Path) -> None:
    (home / "cache").write_text("no folder")

    assert cli.run(["play", "--bank", str(small.root), "--plain", "--memory"]) == 0
