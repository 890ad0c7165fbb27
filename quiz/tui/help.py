"""All keys, and what the program promises."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from quiz.i18n import N_, _
from quiz.tui.widgets import Heading, KeyBar, Plain, Scroll

_KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        N_("Question"),
        (
            ("1  n", N_("neutral")),
            ("2  t", N_("not neutral")),
            ("←  →  Tab", N_("go from one answer to the other; Enter takes it")),
            ("3  4  5", N_("unsure, fairly sure, sure (if asked for)")),
        ),
    ),
    (
        N_("After the answer"),
        (
            ("Enter", N_("on to the next question")),
            ("s", N_("the article, at this quote")),
            ("c", N_("the situation again")),
            ("Esc", N_("stop; the session is kept and can be continued")),
        ),
    ),
    (
        N_("Article"),
        (
            ("m", N_("mark every quote of the bank, with its questions")),
            ("a", N_("the other article")),
            ("g", N_("back to the quote")),
        ),
    ),
    (
        N_("Everywhere"),
        (
            ("↑  ↓", N_("go up and down, or scroll")),
            (N_("Space  PgUp"), N_("a page down, a page up")),
            ("?", N_("this page")),
            ("Ctrl+P", N_("search for an action by its name")),
            ("Ctrl+Q", N_("quit; nothing answered is lost")),
        ),
    ),
)


class HelpScreen(Screen[None]):
    """Lists every key."""

    CSS = """
    .title { text-style: bold; margin-top: 1; }
    .row { height: auto; }
    .row > .keys { width: 12; color: $accent; }
    .row > .what { width: 1fr; }
    .about { margin-top: 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q,enter", "leave", N_("Back"))
    ]

    KEYS = _KEYS
    ABOUT = N_(
        "Every verdict stands on words quoted from an article. Netral checks each quote against "
        "the article before it asks the first question. It needs no network, and what you answer "
        "stays on this computer."
    )

    def compose(self) -> ComposeResult:
        yield Heading(_("Help"))
        with Scroll(id="page"), Vertical(classes="column"):
            for title, keys in self.KEYS:
                yield Plain(_(title), classes="title")
                for key, what in keys:
                    with Horizontal(classes="row"):
                        yield Plain(_(key), classes="keys")
                        yield Plain(_(what), classes="what")
            yield Plain(_(self.ABOUT), classes="about")
        yield KeyBar()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()
