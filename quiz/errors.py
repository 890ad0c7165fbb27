"""The errors a person may meet: each says what is wrong and what to do."""


class QuizError(Exception):
    """Something a person can do something about.

    `message` is one sentence saying what is wrong, `hint` one saying what to do.
    `exit_code` is what the command ends with when nothing caught the error earlier.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class UsageError(QuizError):
    """The command was asked for something that cannot be: an unknown id, a missing folder."""

    exit_code = 2


class BankError(QuizError):
    """A bank has problems and is therefore not played. The message holds the diagnostics."""


class HistoryFileError(QuizError):
    """A file to import is no export of a history, or is spoilt; nothing has changed."""


class IllegalMove(QuizError):
    """A move that the session's state does not allow; nothing has changed."""


class StoreError(QuizError):
    """The database cannot be used."""

    exit_code = 3


class StoreReadOnly(StoreError):
    """The database, or its folder, may not be written."""


class StoreFull(StoreError):
    """The disk is full."""


class StoreLocked(StoreError):
    """Another program holds the database for longer than we wait."""


class StoreCorrupt(StoreError):
    """The file is damaged, or is no Netral database."""


class StoreNewer(StoreError):
    """A newer Netral wrote the database."""


class AnsweredElsewhere(StoreError):
    """Another window has answered this question of the same session."""
