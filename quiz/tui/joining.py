"""The app of a participant in a terminal: one room far away, and its screen."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from quiz.attendance import Attendance
from quiz.errors import QuizError
from quiz.i18n import N_
from quiz.tui import themes
from quiz.tui.framed import FramedApp
from quiz.tui.join import JoinScreen


class JoinApp(FramedApp):
    """Takes part in one room. Once closed, `error` is what ended it, if anything."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", N_("Help")),
        Binding("ctrl+c,ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
    ]

    def __init__(self, attendance: Attendance, *, theme: str = themes.ALL[0].name) -> None:
        super().__init__(theme)
        self.error: QuizError | None = None
        self._attendance = attendance
        self._room = JoinScreen(attendance)

    def on_mount(self) -> None:
        """Show the room, and stay in it."""
        self.push_screen(self._room)
        self.run_worker(self._take_part())

    async def _take_part(self) -> None:
        try:
            await self._attendance.run()
        except QuizError as error:
            self.error = error
            self.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the help where it is not in view already, nor anything else."""
        del parameters
        return action != "help" or self.screen is self._room

    def action_help(self) -> None:
        """Show all keys."""
        from quiz.tui.join_help import JoinHelpScreen

        self.push_screen(JoinHelpScreen())
