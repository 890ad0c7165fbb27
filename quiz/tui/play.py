"""Question and feedback: one screen."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from quiz import wording
from quiz.errors import AnsweredElsewhere, StoreError
from quiz.i18n import N_, _
from quiz.models import Question, Scenario, Verdict
from quiz.session import Session
from quiz.store import Run, Store
from quiz.tui.choices import Choices
from quiz.tui.desk import Desk
from quiz.tui.explanation import act, outcome, reasons
from quiz.tui.explanation import scenario as scenario_blocks
from quiz.tui.messages import Finished, GoHome, ShowSource
from quiz.tui.page import Block, Page
from quiz.tui.themes import TALL
from quiz.tui.widgets import Heading, KeyBar

if TYPE_CHECKING:
    from quiz.tui.trouble import Way

# The other screens are imported where they are opened: the first question does not wait for them.

# Rows that the heading, the answers and the keys take.
_BESIDE_THE_PAGE = 6


@dataclass(frozen=True)
class _Sheet:
    """What may be shown of a question, set once."""

    question: Question
    scenario: Scenario
    head: tuple[Block, Block]
    act: Block
    reasons: list[Block]


class PlayScreen(Screen[None]):
    """Asks the questions of a run one by one, and explains each answer in place."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,pagedown", "page(1)", N_("▼ More")),
        Binding("enter", "advance", N_("Next")),
        Binding("s", "source", N_("Source")),
        Binding("c", "unfold", N_("Situation")),
        Binding("1,n", "answer('neutral')", N_("Neutral")),
        Binding("2,t", "answer('not-neutral')", N_("Not neutral")),
        Binding("escape", "leave", N_("Stop")),
        Binding("left,right,tab,shift+tab", "turn", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("pageup,b", "page(-1)", show=False),
    ]

    def __init__(self, desk: Desk, run: Run) -> None:
        super().__init__()
        self._desk = desk
        self._run = replace(run, session=run.session.within(desk.bank.question))
        self._sheet: _Sheet | None = None
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
    def _question(self) -> Question:
        return self._desk.bank.question[self._run.session.current]

    def _show(self) -> None:
        """Bring every part of the screen in line with the run."""
        session = self._run.session
        if session.done:
            self.post_message(Finished(self._run))
            return
        question = self._question
        scenario = self._desk.bank.home_of[question.id]
        if self._sheet is None or self._sheet.question is not question:
            told = self._sheet is not None and self._sheet.scenario is scenario
            self._sheet = self._write_sheet(question, scenario)
            self._foldable = told and self._is_cramped(self._sheet)
        self._foldable = self._folded = session.explaining or self._foldable
        self._write()
        self._show_standing(scenario)
        choices = self.query_one(Choices)
        choices.let_go()
        choices.display = not session.explaining
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

    def _write_sheet(self, question: Question, scenario: Scenario) -> "_Sheet":
        session, bank, language = self._run.session, self._desk.bank, self._desk.language
        to_come = question.contrast in session.deck[session.read + 1 :]
        return _Sheet(
            question,
            scenario,
            scenario_blocks(scenario, language),
            act(question, language),
            [*reasons(bank, question, language, spoil=not to_come)],
        )

    def _is_cramped(self, sheet: "_Sheet") -> bool:
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
        note = wording.tally(session.score) if session.answers else ""
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
        if action in ("answer", "turn"):
            return not explaining
        if action == "advance":
            return explaining
        if action == "unfold":
            return self._foldable
        if action == "page" and parameters == (1,):
            return self.query_one(Page).hides_lines
        return True

    def on_choices_made(self, message: Choices.Made) -> None:
        """Answer with the choice at hand; a key pressed twice chooses once."""
        if self.check_action("answer", (message.verdict,)):
            self.action_answer(message.verdict)

    def action_answer(self, verdict: str) -> None:
        """Log the answer; only then explain it."""
        after = self._run.session.answer(Verdict(verdict), self._question.verdict)
        self._log(lambda store, at: store.record(self._run.id, after.last, at), after)

    def action_advance(self) -> None:
        """Leave the explanation behind."""
        before = self._run.session
        after = before.advance()
        self._log(
            lambda store, at: store.leave_behind(self._run.id, before.current, at, last=after.done),
            after,
        )

    def _log(self, write: Callable[[Store, datetime], None], after: Session) -> None:
        """Commit a move, then show what follows from it."""
        desk = self._desk
        try:
            write(desk.store, desk.now())
            self._run = replace(self._run, session=after)
        except AnsweredElsewhere as error:
            self.notify(str(error), markup=False)
            found = desk.store.run(self._run.id)
            self._run = replace(found, session=found.session.within(desk.bank.question))
        except StoreError as error:
            from quiz.tui.trouble import TroubleScreen

            self.app.push_screen(
                TroubleScreen(error), lambda way: self._after_trouble(way, write, after)
            )
            return
        self._show()

    def _after_trouble(
        self, way: "Way | None", write: Callable[[Store, datetime], None], after: Session
    ) -> None:
        from quiz.tui.trouble import Way

        desk = self._desk
        if way is Way.QUIT:
            self.app.exit()
            return
        if way is Way.MEMORY:
            desk.store = Store.in_memory()
            self._run = desk.store.adopt(self._run, desk.bank.manifest.id, desk.now())
        if way is not None:
            self._log(write, after)

    def action_turn(self) -> None:
        """Point at the other answer."""
        self.query_one(Choices).turn()

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
