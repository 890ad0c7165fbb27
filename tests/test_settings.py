"""The learner's settings on disk: read whatever is there, written in one step."""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from quiz.errors import UsageError
from quiz.settings import LENGTHS, THEMES, Settings, load, ready_by, save

DAY = date(2026, 11, 27)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "netral" / "settings.json"


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(language="en", theme=THEMES[1], length=5),
        *(Settings(language=language) for language in (None, "id", "en")),
        *(Settings(theme=theme) for theme in THEMES),
        *(Settings(length=length) for length in LENGTHS),
        Settings(confidence=True),
        Settings(horizon=DAY),
    ],
)
def test_what_is_saved_is_loaded_again(settings: Settings, path: Path) -> None:
    save(settings, path)

    assert load(path) == settings


def test_settings_never_saved_are_the_first_ones(path: Path) -> None:
    assert load(path) == Settings(language=None, theme=THEMES[0], length=10)


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"not json",
        b'{"length": 5',
        b"\xff\xfe\x00",
        b"null",
        b"[5]",
        b'"en"',
        b"5",
        b"[" * 100_000,
        b"9" * 5000,
    ],
    ids=lambda garbage: repr(garbage[:12]),
)
def test_a_file_that_makes_no_sense_is_as_if_never_saved(garbage: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(garbage)

    assert load(path) == Settings()


def test_a_folder_in_the_place_of_the_file_is_as_if_never_saved(path: Path) -> None:
    path.mkdir(parents=True)

    assert load(path) == Settings()


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({}, Settings()),
        ({"language": "en"}, Settings(language="en")),
        ({"theme": THEMES[1]}, Settings(theme=THEMES[1])),
        ({"length": 20}, Settings(length=20)),
        ({"length": 20, "colour": "red"}, Settings(length=20)),
        ({"language": "jv", "theme": THEMES[1], "length": 5}, Settings(None, THEMES[1], 5)),
        ({"language": ["en"], "theme": "pink", "length": 15}, Settings(length=15)),
        ({"language": "en", "theme": {}, "length": 0}, Settings("en")),
        ({"length": -5}, Settings()),
        ({"length": 7}, Settings()),
        ({"length": "5"}, Settings()),
        ({"length": True}, Settings()),
        ({"length": None, "theme": None, "language": None}, Settings()),
        ({"confidence": True, "horizon": "2026-11-27"}, Settings(None, THEMES[0], 10, True, DAY)),
        ({"confidence": "yes", "horizon": "27 November"}, Settings()),
        ({"confidence": 1, "horizon": 20261127, "length": 5}, Settings(length=5)),
        ({"confidence": None, "horizon": "2026-02-30"}, Settings()),
    ],
)
def test_what_is_missing_or_wrong_falls_back_and_the_rest_still_counts(
    found: dict[str, object], expected: Settings, path: Path
) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(found), encoding="utf-8")

    assert load(path) == expected


def test_a_length_is_a_whole_number_even_where_the_file_gives_it_a_fraction(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text('{"length": 5.0}', encoding="utf-8")

    assert isinstance(load(path).length, int)


def test_saving_replaces_what_was_there_and_leaves_nothing_beside_it(path: Path) -> None:
    save(Settings(length=5), path)
    save(Settings(length=20), path)

    assert load(path).length == 20
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows replaces no file that is being read")
def test_whoever_reads_while_settings_are_saved_sees_the_old_ones_whole(path: Path) -> None:
    save(Settings(length=5), path)
    with path.open(encoding="utf-8") as reader:
        save(Settings(language="en", theme=THEMES[1], length=20), path)

        assert json.load(reader)["length"] == 5


def test_settings_that_cannot_take_their_place_leave_no_draft_behind(path: Path) -> None:
    path.mkdir(parents=True)

    with pytest.raises(OSError, match=path.name):
        save(Settings(), path)

    assert list(path.parent.iterdir()) == [path]


def test_a_disk_that_takes_no_more_leaves_the_old_settings_as_they_were(
    path: Path, python: Callable[..., str]
) -> None:
    resource = pytest.importorskip("resource", reason="file sizes are limited on POSIX only")
    assert resource.RLIMIT_FSIZE >= 0
    save(Settings(length=5), path)

    said = python(
        """
        import resource, sys
        from pathlib import Path
        from quiz.settings import Settings, save
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
        try:
            save(Settings(length=20), Path(sys.argv[1]))
        except OSError:
            print("refused")
        """,
        path,
    )

    assert said == "refused"
    assert load(path) == Settings(length=5)
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_may_not_be_written_raises_an_error_of_the_system(
    open_folder: Path, python: Callable[..., str]
) -> None:
    path = open_folder / "settings.json"
    save(Settings(length=5), path)
    path.chmod(0o644)
    open_folder.chmod(0o555)

    said = python(
        """
        import sys
        from pathlib import Path
        from quiz.settings import Settings, load, save
        drop_privileges()
        for path in map(Path, sys.argv[1:]):
            try:
                save(Settings(length=20), path)
            except OSError as error:
                print(type(error).__name__, load(path).length)
        """,
        path,
        open_folder / "below" / "settings.json",
    )

    assert said.splitlines() == ["PermissionError 5", "PermissionError 10"]
    assert load(path) == Settings(length=5)


@pytest.mark.parametrize("typed", ["2026-11-27", "27-11-2026", "27/11/2026", " 27-11-2026\t"])
def test_a_day_to_be_ready_by_is_read_as_it_is_commonly_written(typed: str) -> None:
    assert ready_by(typed, DAY) == DAY, "today is not too late"


@pytest.mark.parametrize(
    "typed", ["", "soon", "2026-11", "27-11-26", "31-02-2027", "27.11.2026", "9" * 5000, "٢٧/"]
)
def test_what_is_no_day_is_refused_with_a_way_to_write_one(typed: str) -> None:
    with pytest.raises(UsageError, match="not a date") as caught:
        ready_by(typed, DAY)

    assert "27-11-2026" in caught.value.hint


def test_a_day_that_has_passed_is_refused() -> None:
    with pytest.raises(UsageError, match="passed"):
        ready_by("26-11-2026", DAY)
