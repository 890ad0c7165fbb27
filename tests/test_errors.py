"""What an error tells a person, and what the command ends with."""

import inspect

import pytest

from quiz import errors
from quiz.errors import QuizError

EXIT_CODES = {
    "QuizError": 1,
    "UsageError": 2,
    "BankError": 1,
    "HistoryFileError": 1,
    "IllegalMove": 1,
    "StoreError": 3,
    "StoreReadOnly": 3,
    "StoreFull": 3,
    "StoreLocked": 3,
    "StoreCorrupt": 3,
    "StoreNewer": 3,
    "AnsweredElsewhere": 3,
}


def test_an_error_says_what_is_wrong_and_on_the_next_line_what_to_do() -> None:
    error = QuizError("The bank is empty.", "Add a scenario.")

    assert (error.message, error.hint) == ("The bank is empty.", "Add a scenario.")
    assert str(error) == "The bank is empty.\nAdd a scenario."


def test_an_error_without_a_hint_is_one_line() -> None:
    error = QuizError("The bank is empty.")

    assert error.hint == ""
    assert str(error) == "The bank is empty."


def test_every_error_has_its_exit_code_and_none_is_left_out_of_this_table() -> None:
    kinds = {
        name: kind
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, QuizError)
    }

    assert {name: kind("message").exit_code for name, kind in kinds.items()} == EXIT_CODES


@pytest.mark.parametrize("name", EXIT_CODES)
def test_every_error_is_caught_as_one_that_a_person_can_act_on(name: str) -> None:
    with pytest.raises(QuizError, match="message"):
        raise getattr(errors, name)("message", "hint")


@pytest.mark.parametrize("name", [name for name, code in EXIT_CODES.items() if code == 3])
def test_whatever_is_wrong_with_the_database_is_caught_as_a_store_error(name: str) -> None:
    assert issubclass(getattr(errors, name), errors.StoreError)
