"""The end of a session: score, principles, what was missed."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen

from quiz import wording
from quiz.i18n import N_, _
from quiz.session import again, score_by_principle
from quiz.store import Run
from quiz.tui.desk import Desk
from quiz.tui.messages import Begin, GoHome, ShowMissed
from quiz.tui.widgets import Heading, KeyBar, Menu, MenuItem, Plain

_BAR = 20


class ResultScreen(Screen[None]):
    """Shows a finished run, and what to do next."""

    CSS = """
    ResultScreen {
        & .score { height: 1; margin: 1 0; }
        & .score > * { width: 1fr; text-style: bold; }
        & .score > .mark { text-align: right; }
        & .title { text-style: bold; margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "again", N_("Repeat missed")),
        Binding("escape,b", "home", N_("Home")),
        Binding("q", "app.quit", N_("Quit")),
    ]

    def __init__(self, desk: Desk, run: Run) -> None:
        super().__init__()
        self._desk = desk
        self._run = run

    def compose(self) -> ComposeResult:
        bank, language, run = self._desk.bank, self._desk.language, self._run
        score = run.session.score
        yield Heading(wording.title(bank, run.kind, run.subject, language), _("Result"))
        with VerticalScroll(id="page", can_focus=False), Vertical(classes="column"):
            with Horizontal(classes="score"):
                yield Plain(wording.result(score))
                yield Plain(wording.pass_line(score, bank.manifest.pass_mark), classes="mark")
            yield Plain(self._principles())
            if run.session.missed:
                yield Plain(_("Not right yet"), classes="title")
                with Menu():
                    for question in run.session.missed:
                        yield MenuItem(
                            f"✕ {bank.question[question].act.say(language)}", key=question
                        )
            elif score.answered:
                yield Plain(_("Everything was right."), classes="title")
        yield KeyBar()

    def _principles(self) -> Content:
        bank, language = self._desk.bank, self._desk.language
        rows = score_by_principle(bank, self._run.session)
        width = max((len(principle.name.say(language)) for principle, _score in rows), default=0)
        lines = []
        for principle, score in rows:
            name = principle.name.say(language).ljust(width)
            share = score.right / score.asked
            lines.append(
                Content.assemble(
                    name,
                    "  ",
                    (wording.bar(share, _BAR), "$accent"),
                    f"  {score.right}/{score.asked}",
                )
            )
        return Content("\n").join(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a repetition only where something was missed."""
        del parameters
        return action != "again" or bool(self._run.session.missed)

    def on_menu_item_chosen(self, message: MenuItem.Chosen) -> None:
        """Open the explanation of a missed question."""
        answers = {answer.question: answer for answer in self._run.session.answers}
        self.post_message(ShowMissed(answers[message.item.key]))

    def action_again(self) -> None:
        """Begin a session of what was missed."""
        self.post_message(Begin(again(self._run.session.missed)))

    def action_home(self) -> None:
        """Go home."""
        self.post_message(GoHome())
