"""What is installed from the wheel plays its own bank, wherever one stands."""

import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from quiz import __version__

ROOT = Path(__file__).parent.parent
SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")

pytest.importorskip("pip")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    offline = ("--no-deps", "--no-index", "--no-build-isolation")
    subprocess.run([*PIP, "wheel", *offline, "-w", folder, ROOT], check=True, timeout=120)
    [built] = folder.iterdir()
    return built


@dataclass(frozen=True)
class Installed:
    """A virtual environment that holds the wheel, and an empty folder to stand in."""

    root: Path
    folder: Path

    def run(
        self, program: str, *arguments: str, typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.root / SCRIPTS / program, *arguments],
            cwd=self.folder,
            env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
            input=typed,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    root = tmp_path_factory.mktemp("installed").resolve() / "venv"
    venv.create(root, with_pip=False)
    command = [*PIP, "--python", root, "install", "--no-deps", "--no-index", wheel]
    subprocess.run(command, check=True, timeout=120)
    # What the wheel depends on is lent by the environment that runs the tests.
    [site] = root.rglob("site-packages")
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Installed(root, tmp_path_factory.mktemp("empty"))


def names(folder: str, *endings: str) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.suffix in endings
    }


def test_the_wheel_holds_the_program_its_catalogue_and_its_bank_and_nothing_else(
    wheel: Path,
) -> None:
    with ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}

    program = names("quiz", ".py", ".tcss", ".mo", ".po", ".json", ".css", ".js", ".svg")
    bank = {f"quiz/bank/{name}" for name in names("seeds", ".md") | names("scenarios", ".yaml")}
    assert "quiz/scenario.schema.json" in program
    assert {"quiz/locale/id/LC_MESSAGES/netral.mo", "quiz/tui/netral.tcss"} <= program
    assert "quiz/bank/scenarios/tim-sukses/kepala-sekolah-tim-sukses.yaml" in bank
    assert held == program | bank


def test_the_wheel_is_named_and_described(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        info = f"netral-{__version__}.dist-info"
        metadata = archive.read(f"{info}/METADATA").decode("utf-8")
        licence = archive.read(f"{info}/licenses/LICENSE").decode("utf-8")

    assert wheel.name == f"netral-{__version__}-py3-none-any.whl"
    assert metadata.rstrip().endswith((ROOT / "README.md").read_text(encoding="utf-8").rstrip())
    assert licence == (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_the_package_and_the_bank_are_those_of_its_own_environment(installed: Installed) -> None:
    code = "import quiz.paths; print(quiz.__file__); print(quiz.paths.bundled_bank())"

    package, bank = map(Path, installed.run("python", "-c", code).stdout.splitlines())

    assert package.is_relative_to(installed.root)
    assert bank == package.parent / "bank"


def test_its_command_checks_and_judges_the_bank_of_its_own_environment(
    installed: Installed,
) -> None:
    clean = installed.run("netral", "check")
    [seeds] = installed.root.rglob("bank/seeds")
    stray = seeds.parent / "scenarios" / "stray.txt"
    stray.touch()
    judged = installed.run("netral", "check", "--format", "concise")
    stray.unlink()

    assert (clean.returncode, clean.stdout) == (0, "")
    assert judged.returncode == 1
    assert judged.stdout.startswith(f"{stray.as_posix()}:1:1: ")


def test_its_command_plays_a_question_from_an_empty_folder(
    installed: Installed,
) -> None:
    done = installed.run("netral", "play", "--plain", "-n", "1", "--lang", "id", typed="1\n")

    assert (done.returncode, done.stderr) == (0, "")
    assert "\n1. Netral\n" in done.stdout
    assert "antara-2020" not in done.stdout
    assert "ANTARA" in done.stdout or "kumparan" in done.stdout
    assert list(installed.folder.iterdir()) == []
    assert (Path(os.environ["NETRAL_HOME"]) / "netral.db").is_file()
