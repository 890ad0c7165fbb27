"""A history as a file: written so that it can be read, and read with suspicion."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.errors import HistoryFileError
from quiz.models import Confidence, Verdict
from quiz.portable import Ending, GivenAnswer, Reading, Record, read, write
from quiz.session import Kind

MOMENT = "2025-11-22T09:30:00.000+00:00"
RECORD = Record(
    "0123456789abcdef0123456789abcdef",
    "netral",
    Kind.SURE_BUT_WRONG,
    "",
    ("datang-pagi", "memakai-kaus"),
    MOMENT,
    (
        GivenAnswer(
            "datang-pagi",
            Verdict.NEUTRAL,
            Verdict.NOT_NEUTRAL,
            Confidence.SURE,
            "0123456789ab",
            MOMENT,
        ),
        GivenAnswer("memakai-kaus", Verdict.NEUTRAL, Verdict.NEUTRAL, None, None, MOMENT),
    ),
    (Reading("datang-pagi", MOMENT),),
    Ending("left", MOMENT),
)
Change = Callable[[Any], object]


def content(change: Change = lambda _file: None) -> bytes:
    """The file of one record, after a change to what it holds."""
    file = json.loads(write([RECORD]))
    change(file)
    return json.dumps(file).encode()


def refusal(file: bytes) -> HistoryFileError:
    with pytest.raises(HistoryFileError) as caught:
        read(file)
    assert caught.value.hint
    return caught.value


def test_what_is_written_is_what_is_read() -> None:
    assert read(write([RECORD]).encode()) == [RECORD]
    assert read(write([]).encode()) == []


def test_the_file_is_json_that_a_person_can_follow() -> None:
    file = json.loads(write([RECORD]))

    assert (file["format"], file["version"]) == ("netral-history", 1)
    assert file["sessions"][0]["answers"][0] == {
        "question": "datang-pagi",
        "given": "neutral",
        "expected": "not-neutral",
        "confidence": "sure",
        "edition": "0123456789ab",
        "answered_at": MOMENT,
    }
    assert '\n     "question": "datang-pagi",\n' in write([RECORD])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_a_file_is_read_in_whatever_encoding_it_was_redirected(encoding: str) -> None:
    assert read(write([RECORD]).encode(encoding)) == [RECORD]


@pytest.mark.parametrize(
    "moment",
    ["2025-11-22T18:30:00+09:00", "2025-11-22T09:30:00Z", "2025-11-22 09:30:00.000400+00:00"],
)
def test_a_moment_is_kept_in_utc_however_it_is_written(moment: str) -> None:
    def change(file: Any) -> None:
        file["sessions"][0]["answers"][0]["answered_at"] = moment

    assert read(content(change)) == [RECORD]


@pytest.mark.parametrize(
    "garbage",
    [b"", b"Catatan rapat", b"{", b"\xff\xfe\xfd", b"\x00" * 64, b'{"a": \xff}', b"[" * 100_000],
    ids=["nothing", "a text", "half", "no text", "zeros", "a byte", "deep"],
)
def test_what_is_no_json_is_said_to_be_none(garbage: bytes) -> None:
    assert "no JSON" in refusal(garbage).message


@pytest.mark.parametrize(
    "other", ["7", "[]", "null", "{}", '{"format": "netral-history"}', '{"version": 1}']
)
def test_json_of_another_kind_is_said_to_be_no_export(other: str) -> None:
    assert refusal(other.encode()).message == "This is no file of “netral data export”."


def test_a_file_of_a_newer_program_asks_for_an_upgrade() -> None:
    def change(file: Any) -> None:
        file["version"] = 2
        file["sessions"] = {"new": "shape"}

    error = refusal(content(change))

    assert "newer" in error.message
    assert "Upgrade" in error.hint


SESSION = "sessions[0]"
ANSWER = f"{SESSION}.answers[1]"


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (f"{SESSION}.uid", "../../etc/passwd"),
        (f"{SESSION}.uid", "A" * 32),
        (f"{SESSION}.uid", 7),
        (f"{SESSION}.bank", "=cmd|' /C calc'!A0"),
        (f"{SESSION}.bank", "Netral"),
        (f"{SESSION}.bank", ""),
        (f"{SESSION}.kind", "exam"),
        (f"{SESSION}.kind", None),
        (f"{SESSION}.subject", "\x1b[2J"),
        (f"{SESSION}.subject", "a" * 201),
        (f"{SESSION}.deck", "datang-pagi"),
        (f"{SESSION}.deck[1]", "Datang pagi"),
        (f"{SESSION}.deck[1]", "datang-pagi\n"),
        (f"{SESSION}.started_at", "2025-11-22T09:30:00"),
        (f"{SESSION}.started_at", "2025-02-30T09:30:00Z"),
        (f"{SESSION}.started_at", "0001-01-01T00:00:00+14:00"),
        (f"{SESSION}.started_at", "9999-12-31T23:59:59-14:00"),
        (f"{SESSION}.started_at", "yesterday"),
        (f"{SESSION}.started_at", 1763803800),
        (f"{SESSION}.answers", {}),
        (f"{ANSWER}.given", "maybe"),
        (f"{ANSWER}.expected", True),
        (f"{ANSWER}.confidence", "certain"),
        (f"{ANSWER}.edition", "xyz"),
        (f"{ANSWER}.answered_at", None),
        (f"{SESSION}.readings[0].read_at", ""),
        (f"{SESSION}.ending.reason", "died"),
        (f"{SESSION}.ending.ended_at", "2025-11-22"),
        ("version", "1"),
        ("version", 0),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_its_place_named(place: str, value: object) -> None:
    def change(file: Any) -> None:
        *steps, last = place.replace("[", ".").replace("]", "").split(".")
        for step in steps:
            file = file[int(step) if step.isdigit() else step]
        file[int(last) if last.isdigit() else last] = value

    assert f" {place} " in refusal(content(change)).message


@pytest.mark.parametrize("key", ["uid", "deck", "answers", "readings", "ending"])
def test_a_key_that_is_missing_or_unknown_is_refused(key: str) -> None:
    def lose(file: Any) -> None:
        del file["sessions"][0][key]

    def rename(file: Any) -> None:
        file["sessions"][0][f"{key}_"] = file["sessions"][0][key]

    assert f"sessions[0].{key} " in refusal(content(lose)).message
    assert f"sessions[0].{key}_ " in refusal(content(rename)).message


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("sessions[1].uid", lambda file: file["sessions"].append(file["sessions"][0])),
        ("sessions[0].deck", lambda file: file["sessions"][0]["deck"].append("datang-pagi")),
        ("sessions[0].answers", lambda file: file["sessions"][0]["deck"].pop()),
        (
            "sessions[0].answers",
            lambda file: file["sessions"][0]["answers"].append(file["sessions"][0]["answers"][0]),
        ),
        ("sessions[0].readings", lambda file: file["sessions"][0]["answers"].pop(0)),
        (
            "sessions[0].readings",
            lambda file: file["sessions"][0]["readings"].append(file["sessions"][0]["readings"][0]),
        ),
    ],
)
def test_what_contradicts_itself_is_refused(place: str, change: Change) -> None:
    assert f" {place} " in refusal(content(change)).message


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just([])


@given(data=st.data(), value=VALUES)
def test_whatever_stands_in_a_file_it_is_read_or_refused_and_never_fails_otherwise(
    data: st.DataObject, value: object
) -> None:
    file = copy.deepcopy(json.loads(write([RECORD])))
    spot, key = file, "sessions"
    while True:
        keys = list(range(len(spot))) if isinstance(spot, list) else list(spot)
        if not keys:
            break
        key = data.draw(st.sampled_from(keys))
        if not isinstance(spot[key], dict | list) or data.draw(st.booleans()):
            spot[key] = value
            break
        spot = spot[key]
    try:
        assert all(isinstance(record, Record) for record in read(json.dumps(file).encode()))
    except HistoryFileError as error:
        assert error.message  # noqa: PT017 - either outcome is right
