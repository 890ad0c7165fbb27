"""How a participant goes on with a phone: the address, and a personal code."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from quiz import attending
from quiz.attendance import Attendance
from quiz.errors import QuizError
from quiz.i18n import N_, _
from quiz.tui.widgets import Heading, KeyBar, Plain, Scroll


class PhoneScreen(Screen[None]):
    """Asks the server for the code, and shows it or why there is none."""

    CSS = """
    PhoneScreen {
        & Plain { margin-top: 1; }
        & .code { text-style: bold; color: $accent; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,p,q,enter", "leave", N_("Back"))]

    def __init__(self, attendance: Attendance) -> None:
        super().__init__()
        self._attendance = attendance

    def compose(self) -> ComposeResult:
        yield Heading(_("Go on with a phone"))
        with Scroll(id="page"), Vertical(classes="column"):
            yield Plain(_("Asking for a code …"))
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask for the code."""
        self.run_worker(self._ask())

    async def _ask(self) -> None:
        try:
            code = await self._attendance.personal_code()
        except QuizError as error:
            lines = [Plain(error.message), Plain(error.hint)]
        else:
            first, choose, shown, secret = attending.ways_on(self._attendance, code)
            lines = [Plain(first), Plain(choose), Plain(shown, classes="code"), Plain(secret)]
        column = self.query_one(Vertical)
        await column.remove_children()
        await column.mount(*lines)

    def action_leave(self) -> None:
        """Go back to the room."""
        self.dismiss()
