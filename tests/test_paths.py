"""Where the bank, the database and the settings are looked for."""

import importlib.util
import shutil
import sys
from pathlib import Path

import platformdirs
import pytest

from quiz import paths


def test_netral_home_holds_the_database_and_beside_it_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NETRAL_HOME", str(tmp_path / "elsewhere"))

    assert paths.data_dir() == tmp_path / "elsewhere"
    assert paths.database() == tmp_path / "elsewhere" / "netral.db"
    assert paths.rooms_database() == tmp_path / "elsewhere" / "rooms.db"
    assert paths.settings_file() == tmp_path / "elsewhere" / "settings.json"


def test_asking_where_things_are_creates_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NETRAL_HOME", str(tmp_path / "elsewhere"))

    paths.database()
    paths.settings_file()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("home", [None, ""])
def test_without_netral_home_things_are_where_the_platform_keeps_them(
    home: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if home is None:
        monkeypatch.delenv("NETRAL_HOME")
    else:
        monkeypatch.setenv("NETRAL_HOME", home)
    data = Path(platformdirs.user_data_dir("netral", appauthor=False))
    config = Path(platformdirs.user_config_dir("netral", appauthor=False))

    assert paths.database() == data / "netral.db"
    assert paths.settings_file() == config / "settings.json"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="XDG is of Linux")
def test_on_linux_the_xdg_folders_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NETRAL_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    assert paths.database() == tmp_path / "data" / "netral" / "netral.db"
    assert paths.settings_file() == tmp_path / "config" / "netral" / "settings.json"


def test_the_checkout_is_the_bundled_bank(root: Path) -> None:
    assert paths.bundled_bank() == root
    assert (paths.bundled_bank() / "seeds").is_dir()
    assert (paths.bundled_bank() / "scenarios").is_dir()


@pytest.mark.parametrize(("packed", "bank"), [(True, "quiz/bank"), (False, ".")])
def test_an_installed_program_finds_the_bank_packed_inside_it(
    packed: bool, bank: str, tmp_path: Path
) -> None:
    package = tmp_path / "quiz"
    (package / "bank" if packed else package).mkdir(parents=True)
    shutil.copy(paths.__file__, package / "paths.py")
    spec = importlib.util.spec_from_file_location("installed_paths", package / "paths.py")
    assert spec is not None
    assert spec.loader is not None
    installed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(installed)

    assert installed.bundled_bank() == tmp_path / bank
