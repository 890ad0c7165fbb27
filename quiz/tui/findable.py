"""Where a room is found: the addresses given out, the projector's page and the size of its type."""

from typing import TYPE_CHECKING

from textual.screen import Screen

from quiz.errors import QuizError
from quiz.i18n import _
from quiz.live import LiveRoom

if TYPE_CHECKING:
    from quiz.tui.door import Door


class FindableScreen(Screen[None]):
    """Has a room that can be found through `door`; None where nobody comes in from a network."""

    def __init__(self, live: LiveRoom, door: "Door | None") -> None:
        super().__init__()
        self._live = live
        self._door = door

    def show(self) -> None:
        """Bring every part of the screen in line with the room."""
        raise NotImplementedError

    def complain(self, error: QuizError) -> None:
        """Say what could not be done, and what to do about it."""
        self.notify(str(error), severity="warning", timeout=10, markup=False)

    def action_addresses(self) -> None:
        """Choose the address to give out, from those this computer has now."""
        from quiz.tui.asking import ChoiceScreen

        if self._door is None:
            return
        choices = [(address, address) for address in self._door.addresses()]
        about = (
            _("Choose the one in the same network as the phones. Whoever is in stays in.")
            if choices
            else _("This computer is in no network. Join one, then look here again.")
        )
        self.app.push_screen(ChoiceScreen(_("Address to give out"), about, choices), self._give_out)

    def _give_out(self, address: str | None) -> None:
        if address is None or self._door is None:
            return
        try:
            self._door.give_out(address)
        except QuizError as error:
            self.complain(error)
        self.show()

    def action_projector(self) -> None:
        """Say where the projector's page is, and open it here if wanted."""
        from quiz.tui.asking import ChoiceScreen

        if self._door is None:
            return
        page = self._door.projector
        about = _("Its page shows what the whole hall may see, in large type: {address}")
        choices = [(page, _("Open it in this computer's browser"))]
        self.app.push_screen(
            ChoiceScreen(_("Projector"), about.format(address=page), choices), self._open
        )

    def _open(self, page: str | None) -> None:
        if page:
            self.app.open_url(page)

    def action_enlarge(self, steps: int) -> None:
        """Make the projector's type larger or smaller."""
        self._live.enlarge(steps)
