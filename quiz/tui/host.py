"""The facilitator's screen: leads a room, in a view for the hall and in one for the facilitator."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from quiz import naming
from quiz.i18n import N_, _
from quiz.live import LiveRoom
from quiz.room import Move, Phase
from quiz.tui import hall
from quiz.tui.aside import aside
from quiz.tui.leading import LeadingScreen
from quiz.tui.lobby import Invitation, Poster, notes
from quiz.tui.page import Block, Page
from quiz.tui.signpost import Signpost
from quiz.tui.widgets import KeyBar
from quiz.turnout import turnout

if TYPE_CHECKING:
    from quiz.tui.door import Door

# How often the screen looks for news, in seconds.
_LOOK = 0.1
_LONG_ALONE = timedelta(minutes=1)
# Rows that the signpost and the keys take.
_BESIDE_THE_PAGE = 4


class HostScreen(LeadingScreen):
    """Shows a room to a whole hall, at first, and to the facilitator alone where that is safe."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "usual('start')", N_("Begin")),
        Binding("space,enter", "usual('open')", N_("Open the vote")),
        Binding("space,enter", "usual('close')", N_("Close")),
        Binding("space,enter", "usual('reveal')", N_("Reveal")),
        Binding("space,enter", "usual('next')", N_("Next")),
        Binding("space,enter", "usual('end')", N_("Result")),
        Binding("space,enter", "usual('look-back')", N_("Back to the question")),
        Binding("space,enter", "usual('go-on')", N_("Go on")),
        Binding("q", "leave", N_("Close")),
        Binding("d", "make('discuss')", N_("Discuss")),
        Binding("o", "make('open')", N_("Open again")),
        Binding("r", "make('reveal')", N_("Reveal")),
        Binding("h", "hands", N_("Count hands")),
        Binding("pagedown", "page(1)", N_("▼ More")),
        Binding("f", "facilitate(True)", N_("Facilitator")),
        Binding("f", "facilitate(False)", N_("Hall")),
        Binding("c", "unfold", N_("Situation")),
        Binding("b", "make('look-back')", N_("Last result")),
        Binding("a", "addresses", N_("Addresses")),
        Binding("p", "projector", N_("Projector")),
        Binding("j", "make('pause')", N_("Pause")),
        Binding("l", "skip", N_("Skip")),
        Binding("e", "end", N_("End")),
        Binding("plus,equals_sign", "enlarge(1)", N_("Larger")),
        Binding("minus", "enlarge(-1)", N_("Smaller")),
        Binding("j", "usual('go-on')", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, live: LiveRoom, door: "Door | None", now: Callable[[], datetime]) -> None:
        super().__init__(live, door)
        self._now = now
        self._began = now()
        self._changed = True
        self._foldable = False
        self._looked_at: tuple[int, int] | None = None

    def compose(self) -> ComposeResult:
        yield Signpost()
        yield Poster()
        yield Page()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the room, and whatever becomes of it."""
        self.watch(self.query_one(Page), "scroll_y", self.refresh_bindings, init=False)
        self._stop_watching = self._live.watch(self._note)
        self.set_interval(_LOOK, self._look)
        self.show()

    def on_unmount(self) -> None:
        """Be told no more."""
        self._stop_watching()

    def shut(self) -> None:
        """Nobody can come in from a network any more: go on without."""
        self._door = None
        self.show()

    def on_resize(self) -> None:
        """See again what fits."""
        self.call_after_refresh(self.show)

    # What is shown.

    def _note(self) -> None:
        self._changed = True

    def _look(self) -> None:
        """Show what has changed; a move that is not yet on disk is not shown."""
        looks = (self._live.published, self._seconds)
        if not self._moving and (self._changed or looks != self._looked_at):
            self.show()

    @property
    def _seconds(self) -> int:
        """Whole seconds since the vote or discussion began; before the first, since this screen."""
        began = self._live.room.began_at or self._began
        # A clock that was set back counts from nothing again rather than from less.
        return max(0, int((self._now() - began).total_seconds()))

    def show(self) -> None:
        """Bring every part of the screen in line with the room."""
        self._changed = False
        view = self._live.view
        turned = self._looked_at is None or self._looked_at[0] != view.version
        self._looked_at = (view.version, self._seconds)
        inviting = view.phase is Phase.LOBBY
        self.query_one(Poster).display = inviting
        if self.query_one(Page).display == inviting:
            # Only once it is laid out does the page know what fits.
            self.query_one(Page).display = not inviting
            self.call_after_refresh(self.show)
        self._show_heading()
        if inviting:
            self.query_one(Poster).invite(self._invitation())
        else:
            page = self.query_one(Page)
            page.write(*self._blocks(page))
            if turned:
                page.go_to_top()
        self.refresh_bindings()

    def _show_heading(self) -> None:
        view, sign = self._live.view, self.query_one(Signpost)
        what = _("For the facilitator only") if self._facilitating else _("Group session")
        principle = view.question.principle if view.question else ""
        where = hall.phase(view)
        if view.question:
            number = _("Question {number} of {total}").format(number=view.number, total=view.total)
            where = f"{number} · {where}"
        sign.write(
            left=(" · ".join(part for part in (what, principle) if part), where),
            # Who comes in reads both in large letters below.
            address=self._door.address if self._door and view.phase is not Phase.LOBBY else "",
            code=naming.spaced(self._live.code) if view.phase is not Phase.LOBBY else "",
            share=view.number / view.total,
            warning=self._facilitating,
        )

    def _blocks(self, page: Page) -> list[Block]:
        live, view = self._live, self._live.view
        self._foldable = False
        blocks = [hall.paused()] if view.paused else []
        if view.question is None:
            return [*blocks, *hall.ended(live.room, live.bank, live.code, view.language)]
        counted = turnout(live.room, live.present)
        minutes, seconds = divmod(self._seconds, 60)
        rest = [*hall.standing(view, counted, f"{minutes:02}:{seconds:02}")]
        if view.reveal:
            rest = [*hall.revealed(view.reveal)]
        elif self._facilitating:
            rest += aside(live.room, live.bank, view.language)
        rest.insert(0, hall.act(view.question))
        whole = [*blocks, *hall.situation(view.question, folded=False), *rest]
        tall = page.height_of(*whole) > self.size.height - _BESIDE_THE_PAGE
        self._foldable = view.phase is not Phase.READING and (tall or view.reveal is not None)
        if self._unfolded or not self._foldable:
            return whole
        if self._facilitating:
            # Whoever leads knows the title, and needs the room for what to do next.
            return [*blocks, *rest]
        return [*blocks, *hall.situation(view.question, folded=True), *rest]

    def _invitation(self) -> Invitation:
        address = self._door.address if self._door else ""
        alone = not self._live.room.participants and self._now() - self._began >= _LONG_ALONE
        said = notes(address, alone=alone, may_join=self._door is not None)
        return Invitation(address, self._live.code, len(self._live.present), said)

    # Which keys work.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer each key only while it does something."""
        if not self.is_mounted:
            return False
        room = self._live.room
        match action:
            case "usual":
                return self.usual is not None and parameters == (self.usual.value,)
            case "make":
                move = Move(str(parameters[0]))
                return room.allows(move) and move is not self.usual
            case "skip" | "end":
                return room.allows(Move(action)) and self.usual is not Move(action)
            case "hands":
                return self.counts_hands
            case "addresses" | "projector" | "enlarge":
                return self._door is not None
        return self._shows(action, parameters)

    def _shows(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Whether a key that only changes what is shown would change anything."""
        view = self._live.view
        if action == "facilitate":
            secret = view.question is not None and view.reveal is None
            return not self._facilitating and secret if parameters[0] else self._facilitating
        if action == "leave":
            return view.phase is Phase.DONE
        if action == "unfold":
            return self._foldable
        if action == "page" and parameters == (1,):
            page = self.query_one(Page)
            return page.display and page.hides_lines
        return True
