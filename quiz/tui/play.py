"""Question and feedback: one screen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from quiz import wording
from quiz.errors import AnsweredElsewhere, StoreError
from quiz.i18n import N_, _
from quiz.models import Question, Scenario, Verdict
from quiz.session import Answer, Session
from quiz.store import Run, Store
from quiz.tui.choices import Choices
from quiz.tui.desk import Desk
from quiz.tui.explanation import act, explanation
from quiz.tui.explanation import scenario as scenario_blocks
from quiz.tui.page import Page
from quiz.tui.results import ResultScreen
from quiz.tui.sources import SourceScreen
from quiz.tui.themes import TALL
from quiz.tui.trouble import TroubleScreen, Way
from quiz.tui.widgets import Heading, KeyBar


class PlayScreen(Screen[None]):
    """Asks the questions of a run one by one, and explains each answer in place."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,pagedown", "page(1)", N_("▼ More")),
        Binding("1,n", "answer('neutral')", N_("Neutral")),
        Binding("2,t", "answer('not-neutral')", N_("Not neutral")),
        Binding("enter", "advance", N_("Next")),
        Binding("s", "source", N_("Source")),
        Binding("c", "unfold", N_("Situation")),
        Binding("escape", "leave", N_("Stop")),
        Binding("left,right", "turn", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("pageup,b", "page(-1)", show=False),
    ]

    def __init__(self, desk: Desk, run: Run) -> None:
        super().__init__()
        self._desk = desk
        self._run = replace(run, session=run.session.within(desk.bank.question))
        self._scenario: Scenario | None = None
        self._unfolded = False

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
            self.app.switch_screen(ResultScreen(self._desk, self._run))
            return
        scenario = self._desk.bank.home_of[session.current]
        known, self._scenario = scenario is self._scenario, scenario
        self._unfolded = False
        self._write()
        self._show_standing(scenario)
        choices = self.query_one(Choices)
        choices.let_go()
        choices.display = not session.explaining
        self.set_focus(None)
        page = self.query_one(Page)
        self._fit(page)
        if known and not session.explaining:
            page.scroll_end(animate=False)
        else:
            page.scroll_home(animate=False)
        self.refresh_bindings()
        self.call_after_refresh(self._after_painting)

    def _after_painting(self) -> None:
        self.refresh_bindings()
        self._prepare()

    def _write(self) -> None:
        """Set the page: scenario and act; once answered, the explanation."""
        session, bank, language = self._run.session, self._desk.bank, self._desk.language
        question = self._question
        folded = session.explaining and not self._unfolded
        blocks = [*scenario_blocks(bank.home_of[question.id], language, folded=folded)]
        blocks.append(act(question, language))
        if session.explaining:
            to_come = question.contrast in session.deck[session.read + 1 :]
            blocks += explanation(bank, question, session.last, language, spoil=not to_come)
        self.query_one(Page).write(*blocks)

    def _prepare(self) -> None:
        """Break the explanation into lines while the learner still reads the question."""
        session, bank, language = self._run.session, self._desk.bank, self._desk.language
        if not session.explaining and not session.done:
            question = self._question
            answer = Answer(question.id, question.verdict, question.verdict)
            blocks = explanation(bank, question, answer, language, spoil=False)
            self.query_one(Page).prepare(*blocks)

    def _show_standing(self, scenario: Scenario) -> None:
        session = self._run.session
        heading = self.query_one(Heading)
        heading.left = wording.principle_of(self._desk.bank, scenario, self._desk.language)
        heading.right = _("Question {number} of {total}").format(
            number=session.read + 1, total=len(session.deck)
        )
        heading.share = len(session.answers) / len(session.deck)
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
        explaining = self._run.session.explaining
        if action in ("answer", "turn"):
            return not explaining
        if action in ("advance", "unfold"):
            return explaining
        if action == "page" and parameters == (1,):
            return self.query_one(Page).hides_lines
        return True

    def on_choices_made(self, message: Choices.Made) -> None:
        """Answer with the choice at hand."""
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
            self.app.push_screen(
                TroubleScreen(error), lambda way: self._after_trouble(way, write, after)
            )
            return
        self._show()

    def _after_trouble(
        self, way: Way | None, write: Callable[[Store, datetime], None], after: Session
    ) -> None:
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
        self._unfolded = not self._unfolded
        self._write()
        self.query_one(Page).scroll_home(animate=False)

    def action_source(self) -> None:
        """Open the article; once the question is answered, at its quote."""
        if self._run.session.explaining:
            citation = self._question.citations[0]
            self.app.push_screen(SourceScreen(self._desk, citation.source, citation.quote))
        else:
            self.app.push_screen(SourceScreen(self._desk))

    def action_scroll(self, lines: int) -> None:
        """Scroll the page by lines."""
        self.query_one(Page).scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll the page by nearly its height."""
        page = self.query_one(Page)
        page.scroll_relative(y=pages * max(1, page.size.height - 2), animate=False)

    def action_leave(self) -> None:
        """Stop here; the run is kept."""
        self.dismiss()
