"""What screens ask of the app: read this to know where one can go."""

from dataclasses import dataclass

from textual.message import Message

from quiz.session import Answer, Plan
from quiz.store import Run


@dataclass
class Begin(Message):
    """Begin a new session."""

    plan: Plan


@dataclass
class Continue(Message):
    """Go on with a session."""

    run: Run


@dataclass
class Finished(Message):
    """Show the result of a session."""

    run: Run


class GoHome(Message):
    """Leave what is being done for the home screen."""


class Choose(Message):
    """Choose a scenario to begin."""


@dataclass
class ShowSource(Message):
    """Open an article, at `quote` where one is given."""

    source: str | None = None
    quote: str | None = None


@dataclass
class ShowMissed(Message):
    """Open the explanation of a missed question."""

    answer: Answer


class ShowProgress(Message):
    """Open the learner's figures."""


class ShowTest(Message):
    """Open the way into the matched test."""


class ShowGroup(Message):
    """Open the way into a group session."""


class Lead(Message):
    """Leave this program's screen for that of a facilitator."""


class ShowOptions(Message):
    """Open the settings."""


class LanguageChanged(Message):
    """The interface speaks another language from now on."""
