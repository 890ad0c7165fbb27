"""Question and feedback: one screen."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from quiz import wording
from quiz.history import edition
from quiz.i18n import N_, _
from quiz.models import Confidence, Question, Scenario, Verdict
from quiz.session import Kind
from quiz.store import Run
from quiz.tui.choices import Choices
from quiz.tui.desk import Desk
from quiz.tui.explanation import Sheet, outcome
from quiz.tui.logged import LoggedScreen
from quiz.tui.messages import Finished, GoHome, ShowSource
from quiz.tui.page import Page
from quiz.tui.themes import TALL
from quiz.tui.widgets import Heading, KeyBar

# The other screens are imported where they are opened: the first question does not wait for them.

# Rows that the heading, the answers and the keys take.
_BESIDE_THE_PAGE = 6


class PlayScreen(LoggedScreen):
    """Asks the questions of a run one by one, and explains each answer in place.

    A test explains nothing and keeps no visible score: its result does.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,pagedown", "page(1)", N_("▼ More")),
        Binding("enter", "advance", N_("Next")),
        Binding("s", "source", N_("Source")),
        Binding("c", "unfold", N_("Situation")),
        Binding("1,n", "answer('neutral')", N_("Neutral")),
        Binding("2,t", "answer('not-neutral')", N_("Not neutral")),
        Binding("3", "confide('unsure')", N_("Unsure")),
        Binding("4", "confide('fairly')", N_("Fairly sure")),
        Binding("5", "confide('sure')", N_("Sure")),
        Binding("escape", "take_back", N_("Back")),
        Binding("escape", "leave", N_("Stop")),
        Binding("right,tab", "turn(1)", show=False),
        Binding("left,shift+tab", "turn(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("pageup,b", "page(-1)", show=False),
    ]

    def __init__(self, desk: Desk, run: Run) -> None:
        super().__init__(desk, run)
        self._sheet: Sheet | None = None
        self._foldable = self._folded = False

    def compose(self) -> ComposeResult:
        yield Heading()
        yield Page()
        yield Choices()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show where the run stands."""
        self.watch(self.query_one(Page), "scroll_y", self.refresh_bindings, init=False)
        self._show()

    @property
    def _testing(self) -> bool:
        return self._run.kind is Kind.TEST

    @property
    def _question(self) -> Question:
        return self._desk.bank.question[self._run.session.current]

    def _show(self) -> None:
        """Bring every part of the screen in line with the run."""
        session = self._run.session
        if session.done:
            self.post_message(Finished(self._run))
            return
        choices = self.query_one(Choices)
        choices.ask()
        choices.display = not session.explaining
        if self._testing and session.explaining:
            self.action_advance()
            return
        question = self._question
        scenario = self._desk.bank.home_of[question.id]
        if self._sheet is None or self._sheet.question is not question:
            told = self._sheet is not None and self._sheet.scenario is scenario
            to_come = session.deck[session.read + 1 :]
            self._sheet = Sheet.of(self._desk, question, to_come)
            self._foldable = told and self._is_cramped(self._sheet)
        self._foldable = self._folded = session.explaining or self._foldable
        self._write()
        self._show_standing(scenario)
        if self.focused:
            self.set_focus(None)
        page = self.query_one(Page)
        self._fit(page)
        page.go_to_top()
        self.refresh_bindings()
        self.call_after_refresh(self._after_painting)

    def _after_painting(self) -> None:
        """What can wait until the learner has something to read."""
        self.refresh_bindings()
        if self._sheet:
            self.query_one(Page).prepare(*self._sheet.reasons)

    def _is_cramped(self, sheet: Sheet) -> bool:
        """Whether a situation that has just been read leaves no room for the act."""
        room = self.size.height - _BESIDE_THE_PAGE
        return self.query_one(Page).height_of(*sheet.head, sheet.act) > room

    def _write(self) -> None:
        """Set the page: scenario and act; once answered, the explanation."""
        sheet, session = self._sheet, self._run.session
        if sheet is None:
            return
        title, _situation = sheet.head
        blocks = [title] if self._folded else [*sheet.head]
        blocks.append(sheet.act)
        if session.explaining:
            blocks += [outcome(session.last), *sheet.reasons]
        self.query_one(Page).write(*blocks)

    def _show_standing(self, scenario: Scenario) -> None:
        session = self._run.session
        heading = self.query_one(Heading)
        heading.left = wording.principle_of(self._desk.bank, scenario, self._desk.language)
        heading.right = _("Question {number} of {total}").format(
            number=session.read + 1, total=len(session.deck)
        )
        heading.share = session.read / len(session.deck)
        told = session.answers and not self._testing
        note = wording.tally(session.score) if told else ""
        kept = "" if self._desk.lasting else _("not saved")
        self.query_one(KeyBar).note = " · ".join(part for part in (note, kept) if part)

    def _fit(self, page: Page) -> None:
        """In a tall terminal the answers follow the act closely, rather than stand far below."""
        close = self.size.height >= TALL and not self._run.session.explaining
        page.styles.height = "auto" if close else "1fr"
        page.styles.max_height = "75%" if close else "100%"

    def on_resize(self) -> None:
        """See again whether everything fits."""
        self._fit(self.query_one(Page))
        self.call_after_refresh(self.refresh_bindings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer each key only while it does something."""
        if not self.is_mounted or self._run.session.done:
            return False
        explaining = self._run.session.explaining
        confiding = self.query_one(Choices).chosen is not None
        match action:
            case "answer":
                return not explaining and not confiding
            case "turn":
                return not explaining
            case "confide" | "take_back":
                return confiding
            case "advance":
                return explaining
            case "unfold":
                return self._foldable and not confiding
            case "source":
                return not self._testing and not confiding
            case "leave":
                return not confiding
            case "page" if parameters == (1,):
                return self.query_one(Page).hides_lines
        return True

    def on_choices_made(self, message: Choices.Made) -> None:
        """Answer with the choice at hand; a key pressed twice chooses once."""
        if isinstance(message.choice, Confidence):
            if self.check_action("confide", ()):
                self.action_confide(message.choice)
        elif self.check_action("answer", ()):
            self._decide(message.choice)

    def action_answer(self, verdict: str) -> None:
        """Decide on a verdict; in a test only point at it.

        There the next question follows at once, and a key pressed twice must not answer it.
        """
        if self._testing and not self._desk.settings.confidence:
            self.query_one(Choices).point(Verdict(verdict))
        else:
            self._decide(Verdict(verdict))

    def _decide(self, verdict: Verdict) -> None:
        if self._desk.settings.confidence:
            self.query_one(Choices).ask(verdict)
            self.refresh_bindings()
        else:
            self._answer(verdict)

    def action_confide(self, confidence: str) -> None:
        """Answer with the verdict chosen, and how sure one is of it."""
        verdict = self.query_one(Choices).chosen
        if verdict is not None:
            self._answer(verdict, Confidence(confidence))

    def action_take_back(self) -> None:
        """Choose between the two verdicts again."""
        self.query_one(Choices).ask()
        self.refresh_bindings()

    def _answer(self, verdict: Verdict, confidence: Confidence | None = None) -> None:
        """Log the answer; only then explain it."""
        question = self._question
        session = self._run.session
        after = session.answer(verdict, question.verdict, confidence, edition(question))
        self._log(lambda store, at: store.record(self._run.id, after.last, at), after)

    def action_advance(self) -> None:
        """Leave the explanation behind."""
        before = self._run.session
        after = before.advance()
        self._log(
            lambda store, at: store.leave_behind(self._run.id, before.current, at, last=after.done),
            after,
        )

    def action_turn(self, step: int) -> None:
        """Point at the next answer, or at the one before."""
        self.query_one(Choices).turn(step)

    def action_unfold(self) -> None:
        """Show or fold the situation again."""
        self._folded = not self._folded
        self._write()
        self.query_one(Page).go_to_top()

    def action_source(self) -> None:
        """Open the article; once the question is answered, at its quote."""
        if self._run.session.explaining:
            citation = self._question.citations[0]
            self.post_message(ShowSource(citation.source, citation.quote))
        else:
            self.post_message(ShowSource())

    def action_scroll(self, lines: int) -> None:
        """Scroll the page by lines."""
        self.query_one(Page).scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll the page by nearly its height."""
        page = self.query_one(Page)
        page.scroll_relative(y=pages * max(1, page.size.height - 2), animate=False)

    def action_leave(self) -> None:
        """Stop here; the run is kept."""
        self.post_message(GoHome())
