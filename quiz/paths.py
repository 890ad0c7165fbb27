"""Where things are: the bundled bank, the learner's data and settings."""

import os
from pathlib import Path

import platformdirs

_APP = "netral"


def bundled_bank() -> Path:
    """The bank that came with the program: in the package, else in the checkout around it."""
    package = Path(__file__).parent
    inside = package / "bank"
    return inside if inside.is_dir() else package.parent


def data_dir() -> Path:
    """The folder of the learner's database; `NETRAL_HOME` puts it elsewhere."""
    home = os.environ.get("NETRAL_HOME")
    return Path(home) if home else Path(platformdirs.user_data_dir(_APP, appauthor=False))


def database() -> Path:
    """The learner's database."""
    return data_dir() / "netral.db"


def rooms_database() -> Path:
    """The database of rooms led on this computer."""
    return data_dir() / "rooms.db"


def joined() -> Path:
    """By what this computer takes part again in the room it was last in."""
    return data_dir() / "joined.json"


def settings_file() -> Path:
    """The learner's settings; they lie beside the database when `NETRAL_HOME` is set."""
    if os.environ.get("NETRAL_HOME"):
        return data_dir() / "settings.json"
    return Path(platformdirs.user_config_dir(_APP, appauthor=False)) / "settings.json"


def memory() -> Path:
    """Where banks found sound are remembered; it may be deleted at any time."""
    if os.environ.get("NETRAL_HOME"):
        return data_dir() / "cache"
    return Path(platformdirs.user_cache_dir(_APP, appauthor=False))
