"""What screens ask of the app."""

from textual.message import Message

from quiz.session import Plan
from quiz.store import Run


class Begin(Message):
    """Begin a new session."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


class Continue(Message):
    """Go on with a session."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run


class LanguageChanged(Message):
    """The interface speaks another language from now on."""
