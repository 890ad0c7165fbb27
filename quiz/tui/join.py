"""What a participant sees in a terminal: one screen."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen

from quiz.attendance import Attendance
from quiz.i18n import N_, _
from quiz.models import Confidence, Verdict
from quiz.phases import VOTING
from quiz.tui.choices import Choices
from quiz.tui.page import Block, Page
from quiz.tui.seen import content
from quiz.tui.themes import TALL
from quiz.tui.widgets import Heading, KeyBar

# Rows that the heading, the answers and the keys take.
_BESIDE_THE_PAGE = 7


class JoinScreen(Screen[None]):
    """Shows a room that is led elsewhere, and takes this participant's votes."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,pagedown", "page(1)", N_("▼ More")),
        Binding("1,n", "answer('neutral')", N_("Neutral")),
        Binding("2,t", "answer('not-neutral')", N_("Not neutral")),
        Binding("3", "confide('unsure')", N_("Unsure")),
        Binding("4", "confide('fairly')", N_("Fairly sure")),
        Binding("5", "confide('sure')", N_("Sure")),
        Binding("p", "phone", N_("On a phone")),
        Binding("escape", "take_back", N_("Back")),
        Binding("escape", "leave", N_("Leave")),
        Binding("right,tab", "turn(1)", show=False),
        Binding("left,shift+tab", "turn(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("pageup,b", "page(-1)", show=False),
    ]

    def __init__(self, attendance: Attendance) -> None:
        super().__init__()
        self._attendance = attendance
        self._scene: object = None

    def compose(self) -> ComposeResult:
        yield Heading()
        yield Page()
        yield Choices()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the room, now and whenever something changes."""
        self.watch(self.query_one(Page), "scroll_y", self.refresh_bindings, init=False)
        self._attendance.watch(self._on_news)
        self._show()

    def _on_news(self) -> None:
        if self.is_attached:
            self._show()

    def _show(self) -> None:
        """Bring every part of the screen in line with the room."""
        here = self._attendance
        view = here.state.view
        page, choices = self.query_one(Page), self.query_one(Choices)
        scene = (view.number, view.phase, view.round, view.looking_back)
        choices.display = here.may_vote
        if scene != self._scene or not here.may_vote:
            choices.ask()
            self.set_focus(None)
        blocks = [*self._blocks()]
        tall = page.height_of(*blocks) > self.size.height - _BESIDE_THE_PAGE
        if view.phase in VOTING and tall:
            # The situation was read before the vote opened; the act and the vote are to be seen.
            blocks = [*self._blocks(act_first=True)]
        page.write(*blocks)
        self._show_standing()
        self._fit(page)
        if scene != self._scene:
            page.go_to_top()
        self._scene = scene
        self.call_after_refresh(self.refresh_bindings)

    def _blocks(self, *, act_first: bool = False) -> Iterator[Block]:
        if not self._attendance.connected:
            lost = _("The connection is lost. It comes back by itself; your votes are kept.")
            yield Block(Content.styled(f"! {lost}", "bold $accent"))
        yield from content(self._attendance, act_first=act_first)

    def _show_standing(self) -> None:
        view, own = self._attendance.state.view, self._attendance.state.own
        heading = self.query_one(Heading)
        heading.left = view.question.principle if view.question else _("Group session")
        where = [_("Question {number} of {total}").format(number=view.number, total=view.total)]
        if view.looking_back:
            where.append(_("an earlier result"))
        elif view.round == 2:
            where.append(_("second round"))
        heading.right = " · ".join(where) if view.question else ""
        heading.share = (view.number - 1) / view.total if view.question and view.total else None
        team = [_("team {number}").format(number=own.team)] if own.team else []
        lost = [] if self._attendance.connected else [_("no connection")]
        self.query_one(KeyBar).note = " · ".join([own.name, *team, *lost])

    def _fit(self, page: Page) -> None:
        """In a tall terminal the answers follow the act closely, rather than stand far below."""
        close = self.size.height >= TALL and self._attendance.may_vote
        page.styles.height = "auto" if close else "1fr"
        page.styles.max_height = "75%" if close else "100%"

    def on_resize(self) -> None:
        """See again whether everything fits."""
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer each key only while it does something."""
        if not self.is_mounted:
            return False
        asked = self._attendance.may_vote
        confiding = self.query_one(Choices).chosen is not None
        match action:
            case "answer":
                return asked and not confiding
            case "turn":
                return asked
            case "confide" | "take_back":
                return asked and confiding
            case "leave":
                return not confiding
            case "phone":
                return self._attendance.connected
            case "page" if parameters == (1,):
                return self.query_one(Page).hides_lines
        return True

    def on_choices_made(self, message: Choices.Made) -> None:
        """Vote with the choice at hand; a key pressed twice chooses once."""
        if isinstance(message.choice, Confidence):
            if self.check_action("confide", ()):
                self.action_confide(message.choice)
        elif self.check_action("answer", ()):
            self.action_answer(message.choice)

    def action_answer(self, verdict: str) -> None:
        """Vote at once; how sure one is may follow, and need not."""
        choices = self.query_one(Choices)
        self._attendance.vote(Verdict(verdict))
        if self._attendance.state.view.confidence:
            choices.ask(Verdict(verdict))
        else:
            choices.ask()
        self.refresh_bindings()

    def action_confide(self, confidence: str) -> None:
        """Vote once more, with how sure one is."""
        choices = self.query_one(Choices)
        verdict = choices.chosen
        if verdict is not None:
            self._attendance.vote(verdict, Confidence(confidence))
        self.action_take_back()

    def action_take_back(self) -> None:
        """Choose between the two verdicts again."""
        self.query_one(Choices).ask()
        self.set_focus(None)
        self.refresh_bindings()

    def action_turn(self, step: int) -> None:
        """Point at the next answer, or at the one before."""
        self.query_one(Choices).turn(step)

    def action_scroll(self, lines: int) -> None:
        """Scroll the page by lines."""
        self.query_one(Page).scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll the page by nearly its height."""
        page = self.query_one(Page)
        page.scroll_relative(y=pages * max(1, page.size.height - 2), animate=False)

    def action_phone(self) -> None:
        """Show how to go on with a phone."""
        from quiz.tui.phone import PhoneScreen

        self.app.push_screen(PhoneScreen(self._attendance))

    def action_leave(self) -> None:
        """Leave; one can come back as the same participant."""
        self.app.exit()
