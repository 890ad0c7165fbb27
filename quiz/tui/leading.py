"""What a facilitator does with a room: moves and raised hands, and what is asked before."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from quiz.errors import QuizError
from quiz.i18n import _
from quiz.live import LiveRoom
from quiz.phases import COUNTING_HANDS
from quiz.room import Move, Phase
from quiz.tui.findable import FindableScreen
from quiz.tui.page import Page
from quiz.votes import Hands

if TYPE_CHECKING:
    from quiz.tui.door import Door

# The key that goes on makes this move in each phase; it never depends on how the votes are split.
_USUAL = {
    Phase.LOBBY: Move.START,
    Phase.READING: Move.OPEN,
    Phase.VOTING: Move.CLOSE,
    Phase.CLOSED: Move.REVEAL,
    Phase.DISCUSSING: Move.OPEN,
    Phase.REVOTING: Move.CLOSE,
    Phase.REVEALED: Move.NEXT,
}
# How long keys rest after a move, in seconds, so that one pressed twice makes one.
REST = 0.4


class LeadingScreen(FindableScreen):
    """Leads `live`: every key asks the room first, and every fact goes through it."""

    def __init__(self, live: LiveRoom, door: "Door | None") -> None:
        super().__init__(live, door)
        self._facilitating = self._unfolded = False
        self._moving = False
        self._rested_at = 0.0

    # Which moves there are.

    @property
    def usual(self) -> Move | None:
        """The move that the key that goes on makes now."""
        room = self._live.room
        if room.paused:
            return Move.GO_ON
        if room.looking_back:
            return Move.LOOK_BACK
        if room.phase is Phase.REVEALED and room.number == len(room.setup.deck):
            return Move.END
        return _USUAL.get(room.phase)

    @property
    def counts_hands(self) -> bool:
        """Whether raised hands may be counted now."""
        room = self._live.room
        return room.phase in COUNTING_HANDS and not room.paused

    # Doing it.

    def action_usual(self, move: str) -> None:
        """Make the usual next move."""
        self._make(Move(move))

    def action_make(self, move: str) -> None:
        """Make another move."""
        self._make(Move(move))

    def _make(self, move: Move) -> None:
        now = asyncio.get_running_loop().time()
        if not self._moving and now >= self._rested_at:
            self._do(lambda: self._live.move(move))

    def _do(self, deed: Callable[[], Awaitable[None]]) -> None:
        """Do something to the room behind the screen."""
        self._moving = True
        self.run_worker(self._done(deed))

    async def _done(self, deed: Callable[[], Awaitable[None]]) -> None:
        try:
            await deed()
        except QuizError as error:
            self.complain(error)
        finally:
            self._moving = False
            self._rested_at = asyncio.get_running_loop().time() + REST
        self._unfolded = False
        self.show()

    def action_hands(self) -> None:
        """Ask for raised hands, and take them down."""
        from quiz.tui.asking import HandsScreen

        room = self._live.room
        if room.question is None:
            return
        before = room.ballot(room.question, room.round).hands
        self.app.push_screen(HandsScreen(room.round, before), self._count)

    def _count(self, hands: Hands | None) -> None:
        if hands is not None:
            self._do(lambda: self._live.count(hands))

    # What is asked before.

    def action_skip(self) -> None:
        """Leave this question out."""
        self._ask(
            _("Skip this question?"),
            _("It does not count in any score, and its verdict is not shown."),
            _("Skip it"),
            lambda: self._make(Move.SKIP),
        )

    def action_end(self) -> None:
        """End the session before its last question."""
        self._ask(
            _("End the session?"),
            _("Everybody then sees the result. An ended session cannot go on."),
            _("End it"),
            lambda: self._make(Move.END),
        )

    def action_facilitate(self, facilitating: bool) -> None:
        """Show the facilitator's view, where nobody else looks, or the hall's again."""
        if facilitating:
            self._ask(
                _("Are you the only one who sees this screen?"),
                _("It shows the verdict and how the votes are split. A hall must not see either."),
                _("Yes, only I see it"),
                lambda: self._turn(True),
                no=_("No, the hall sees it too"),
            )
        else:
            self._turn(False)

    def _turn(self, facilitating: bool) -> None:
        self._facilitating = facilitating
        self.show()

    def _ask(
        self, question: str, about: str, yes: str, then: Callable[[], None], no: str | None = None
    ) -> None:
        from quiz.tui.asking import AskScreen

        def answered(meant: bool | None) -> None:
            if meant:
                then()

        self.app.push_screen(AskScreen(question, about, yes=yes, no=no or _("No")), answered)

    async def action_leave(self) -> None:
        """Close the program."""
        await self.run_action("app.close")

    # Reading.

    def action_unfold(self) -> None:
        """Show or fold the situation."""
        self._unfolded = not self._unfolded
        self.show()
        self.query_one(Page).go_to_top()

    def action_scroll(self, lines: int) -> None:
        """Scroll the page by lines."""
        self.query_one(Page).scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll the page by nearly its height."""
        page = self.query_one(Page)
        page.scroll_relative(y=pages * max(1, page.size.height - 2), animate=False)
