"""The end of a session: score, principles, and the answers to read about."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen

from quiz import wording
from quiz.i18n import N_, _
from quiz.session import Answer, Kind, again, score_by_principle
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
        & .note { margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "again", N_("Repeat missed")),
        Binding("escape,b", "home", N_("Home")),
        Binding("q", "app.quit", N_("Quit")),
    ]

    def __init__(self, desk: Desk, run: Run, notes: Sequence[str] = ()) -> None:
        """`notes` say what else there is to say of the run, and what is next."""
        super().__init__()
        self._desk = desk
        self._run = run
        self._notes = notes

    def compose(self) -> ComposeResult:
        bank, language, run = self._desk.bank, self._desk.language, self._run
        score = run.session.score
        yield Heading(wording.title(bank, run.kind, run.subject, language), _("Result"))
        with VerticalScroll(id="page", can_focus=False), Vertical(classes="column"):
            with Horizontal(classes="score"):
                yield Plain(wording.result(score))
                yield Plain(wording.pass_line(score, bank.manifest.pass_mark), classes="mark")
            yield Plain(self._principles(), id="principles")
            for note in self._notes:
                yield Plain(note, classes="note")
            listed = self._listed()
            if listed:
                title = _("Your answers") if run.kind is Kind.TEST else _("Not right yet")
                yield Plain(title, classes="title")
                with Menu():
                    for answer in listed:
                        sign = "✓" if answer.right else "✕"
                        act = bank.question[answer.question].act.say(language)
                        yield MenuItem(f"{sign} {act}", key=answer.question)
            elif score.answered:
                yield Plain(_("Everything was right."), classes="title")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin at the top, with the score in view."""
        self.call_after_refresh(self.query_one("#page").scroll_home, animate=False)

    def on_resize(self) -> None:
        """Fit the bars to another width."""
        self.query_one("#principles", Plain).update(self._principles())

    def _listed(self) -> list[Answer]:
        """What was missed; of a test everything, since nothing of it was explained."""
        run = self._run
        return [a for a in run.session.answers if run.kind is Kind.TEST or not a.right]

    def _principles(self) -> Content:
        bank, language = self._desk.bank, self._desk.language
        rows = score_by_principle(bank, self._run.session)
        width = max((len(principle.name.say(language)) for principle, _score in rows), default=0)
        # Room for the name, the numbers and the gaps; a bar too short says nothing.
        bar = max(8, min(_BAR, self.app.size.width - width - 11))
        lines = []
        for principle, score in rows:
            name = principle.name.say(language).ljust(width)
            share = score.right / score.asked
            lines.append(
                Content.assemble(
                    name,
                    "  ",
                    (wording.bar(share, bar), "$accent"),
                    f"  {score.right}/{score.asked}",
                )
            )
        return Content("\n").join(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a repetition only where something was missed."""
        del parameters
        return action != "again" or bool(self._run.session.missed)

    def on_menu_item_chosen(self, message: MenuItem.Chosen) -> None:
        """Open the explanation of a question."""
        answers = {answer.question: answer for answer in self._run.session.answers}
        self.post_message(ShowMissed(answers[message.item.key]))

    def action_again(self) -> None:
        """Begin a session of what was missed."""
        self.post_message(Begin(again(self._run.session.missed)))

    def action_home(self) -> None:
        """Go home."""
        self.post_message(GoHome())
