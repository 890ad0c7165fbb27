"""`netral certificate`: of which test, under what name, and where it is written."""

import errno
import os
import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quiz import __version__
from quiz.models import Verdict
from quiz.session import Answer, Kind, Plan
from quiz.store import Store

from ..commandline import DECK, SMALL, Learner, Netral

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
VERDICTS = dict(zip(DECK, [Verdict.NOT_NEUTRAL, Verdict.NEUTRAL] * 2, strict=True))


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")


def took(
    home: Path,
    given: str,
    days: int = 0,
    form: str = "A",
    kind: Kind = Kind.TEST,
    edition: str | None = None,
) -> None:
    """A test was finished so many days after noon: R right and W wrong."""
    at = NOON + timedelta(days=days)
    with closing(Store.open(home / "netral.db")) as store:
        run = store.begin(Plan(kind, form, tuple(DECK[: len(given)])), "kecil", at)
        for number, (id, sign) in enumerate(zip(DECK, given, strict=False), 1):
            other = next(verdict for verdict in Verdict if verdict is not VERDICTS[id])
            answered = VERDICTS[id] if sign == "R" else other
            store.record(run.id, Answer(id, answered, VERDICTS[id], edition=edition), at)
            store.leave_behind(run.id, id, at, last=number == len(given))


def versioned(folder: Path) -> str:
    """A small bank that says which version it is."""
    bank = shutil.copytree(SMALL, folder / "bank")
    manifest = bank / "scenarios" / "bank.yaml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(f'version: "2026.1"\n{text}', encoding="utf-8")
    return str(bank)


def test_the_test_passed_last_is_certified(netral: Netral, home: Path) -> None:
    took(home, "RRRW")
    took(home, "RRWW", days=2, form="B")
    took(home, "RWWW", days=4)
    took(home, "RRRR", days=6, kind=Kind.PRACTICE)

    done = netral("certificate", "--bank", SMALL, "--name", "Sri <Wahyuni>")

    assert (done.code, done.out) == (0, "netral-certificate.html\n")
    assert "print it" in done.err
    page = Path("netral-certificate.html").read_text(encoding="utf-8")
    for words in (
        '<html lang="en">',
        "Sri &lt;Wahyuni&gt;",
        "2 of 4 right",
        "50%",
        "24 November 2026",
        "<li>No party marks</li>",
        f"Netral {__version__}, test form B",
    ):
        assert words in page


def test_the_bank_is_named_with_the_version_it_gives_itself(
    netral: Netral, home: Path, tmp_path: Path
) -> None:
    took(home, "RRRR")
    assert netral("certificate", "--bank", versioned(tmp_path), "--name", "Sri").code == 0
    page = Path("netral-certificate.html").read_text(encoding="utf-8")
    assert "A small bank, version 2026.1<" in page


def test_no_version_is_claimed_where_a_question_has_changed_since(
    netral: Netral, home: Path, tmp_path: Path
) -> None:
    took(home, "RRRR", edition="0123456789ab")
    assert netral("certificate", "--bank", versioned(tmp_path), "--name", "Sri").code == 0
    page = Path("netral-certificate.html").read_text(encoding="utf-8")
    assert "A small bank<" in page
    assert "2026.1" not in page


def test_where_nothing_was_answered_nothing_is_left_behind(netral: Netral, home: Path) -> None:
    assert netral("certificate", "--bank", SMALL, "--name", "Sri").code == 2
    assert not (home / "netral.db").exists()


def test_it_comes_in_indonesian_to_the_file_named(netral: Netral, home: Path) -> None:
    took(home, "RRRR")

    done = netral("certificate", "saya.html", "--bank", SMALL, "--name", "Sri", "--lang", "id")

    assert done.out == "saya.html\n"
    page = Path("saya.html").read_text(encoding="utf-8")
    assert '<html lang="id">' in page
    assert "bukan sertifikat resmi" in page


def test_a_name_not_given_is_asked_for(netral: Netral, home: Path) -> None:
    took(home, "RRRR")

    done = netral("certificate", "--bank", SMALL, typed="  Sri Wahyuni \n")

    assert done.out == "netral-certificate.html\n"
    assert done.err.startswith("The name on the certificate: ")
    page = Path("netral-certificate.html").read_text(encoding="utf-8")
    assert ">Sri Wahyuni</h1>" in page


@pytest.mark.parametrize("given", ["", "RWWW"])
def test_without_a_passed_test_it_says_how_to_come_by_one(
    netral: Netral, home: Path, given: str
) -> None:
    if given:
        took(home, given)

    done = netral("certificate", "--bank", SMALL, "--name", "Sri")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("You have not passed a test yet.\nTake one with “netral test”;")
    assert " 50%" in done.err
    assert not [*Path().iterdir()]


def test_a_test_not_finished_is_none(netral: Netral, home: Path) -> None:
    with closing(Store.open(home / "netral.db")) as store:
        run = store.begin(Plan(Kind.TEST, "A", tuple(DECK)), "kecil", NOON)
        answer = Answer(DECK[0], VERDICTS[DECK[0]], VERDICTS[DECK[0]])
        store.record(run.id, answer, NOON)

    assert netral("certificate", "--bank", SMALL, "--name", "Sri").code == 2


def test_a_file_that_is_there_is_only_replaced_by_force(netral: Netral, home: Path) -> None:
    took(home, "RRRR")
    Path("saya.html").write_text("mine", encoding="utf-8")

    refused = netral("certificate", "saya.html", "--bank", SMALL, "--name", "Sri")
    assert (refused.code, refused.out) == (2, "")
    assert "--force" in refused.err
    assert Path("saya.html").read_text(encoding="utf-8") == "mine"

    assert netral("certificate", "saya.html", "--bank", SMALL, "--name", "Sri", "--force").code == 0
    assert "Sri" in Path("saya.html").read_text(encoding="utf-8")


def test_a_file_that_appears_while_the_name_is_typed_is_not_replaced(
    netral: Netral, home: Path
) -> None:
    took(home, "RRRR")

    def appear() -> str:
        Path("saya.html").write_text("mine", encoding="utf-8")
        return "Sri\n"

    done = netral("certificate", "saya.html", "--bank", SMALL, typed=Learner("", appear))

    assert done.code == 2
    assert Path("saya.html").read_text(encoding="utf-8") == "mine"


def test_a_certificate_that_cannot_be_written_whole_leaves_the_one_before(
    netral: Netral, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    took(home, "RRRR")
    Path("saya.html").write_text("mine", encoding="utf-8")

    def fill(self: Path, content: bytes) -> None:
        with self.open("wb") as file:
            file.write(content[:9])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", fill)
    done = netral("certificate", "saya.html", "--bank", SMALL, "--name", "Sri", "--force")

    assert done.code == 1
    assert [*Path().iterdir()] == [Path("saya.html")]
    assert Path("saya.html").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("typed", ["", "\n"])
def test_without_a_name_nothing_is_written(netral: Netral, home: Path, typed: str) -> None:
    took(home, "RRRR")

    done = netral("certificate", "--bank", SMALL, typed=typed)

    assert done.code == 2
    assert "A certificate needs a name." in done.err
    assert not [*Path().iterdir()]
