"""The app of a facilitator: one room, its screen, and the door that lets people in."""

import asyncio
import gc
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from quiz.i18n import N_, _
from quiz.live import LiveRoom
from quiz.phases import Phase
from quiz.tui import themes
from quiz.tui.framed import FramedApp
from quiz.tui.host import HostScreen

if TYPE_CHECKING:
    from quiz.tui.door import Door


class HostApp(FramedApp):
    """Leads one room, with a server in the same event loop where there is a door."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", N_("Help")),
        Binding("ctrl+q,ctrl+c", "close", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
    ]

    def __init__(
        self,
        live: LiveRoom,
        door: "Door | None",
        now: Callable[[], datetime],
        *,
        theme: str = themes.ALL[0].name,
        notice: str = "",
    ) -> None:
        """Lead `live`; `notice` is said first of all."""
        super().__init__(theme)
        self._live = live
        self._door = door
        self._notice = notice
        self._host = HostScreen(live, door, now)

    def on_mount(self) -> None:
        """Show the room, and let people in."""
        # A hall makes much that is soon thrown away, and the collector would stop every key for it.
        gc.set_threshold(50_000, 50, 100)
        asyncio.get_running_loop().set_exception_handler(self._failed)
        self.push_screen(self._host)
        if self._door is not None:
            self.run_worker(self._serve(self._door))
        if self._notice:
            self.notify(self._notice, severity="warning", timeout=20, markup=False)

    def on_unmount(self) -> None:
        """Leave the loop as it was."""
        asyncio.get_running_loop().set_exception_handler(None)

    async def _serve(self, door: "Door") -> None:
        reason = ""
        try:
            await door.serve()
        except Exception as error:
            reason = str(error) or type(error).__name__
        words = _("Phones can no longer come in{reason}. Go on with raised hands: h.")
        self.notify(
            words.format(reason=f" ({reason})" if reason else ""),
            severity="error",
            timeout=30,
            markup=False,
        )
        self._host.shut()

    def _failed(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Say what went wrong where nobody waits for it, such as in one participant's page."""
        del loop
        error = context.get("exception")
        self.notify(
            _("Something failed behind the screen: {reason}").format(
                reason=repr(error) if error else context["message"]
            ),
            severity="warning",
            markup=False,
        )

    def action_help(self) -> None:
        """Show all keys."""
        from quiz.tui.host_help import HostHelpScreen

        if self.screen is self._host:
            self.push_screen(HostHelpScreen())

    def action_close(self) -> None:
        """Close the program, after asking; asked for twice, it is meant."""
        from quiz.tui.asking import AskScreen

        if self.screen is not self._host or self._live.room.phase is Phase.DONE:
            self.exit()
            return
        ask = AskScreen(
            _("Close Netral?"),
            _("The session is kept. “netral host --resume” goes on with it at this question."),
            yes=_("Close"),
            no=_("No"),
        )
        self.push_screen(ask, lambda meant: self.exit() if meant else None)
