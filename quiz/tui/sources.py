"""The articles as articles, with the words the bank quotes."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen

from quiz import wording
from quiz.i18n import N_, _
from quiz.models import Question, Source
from quiz.quotes import Place
from quiz.tui.desk import Desk
from quiz.tui.widgets import Heading, KeyBar, Plain, Scroll


class SourceScreen(Screen[None]):
    """Shows one source; at `quote`, where one is given."""

    CSS = """
    SourceScreen {
        & .title { text-style: bold; margin-top: 1; }
        & .about { color: $text-muted; margin-bottom: 1; }
        & .paragraph { padding-left: 2; margin-bottom: 1; }
        & .paragraph.-quoted { padding-left: 1; border-left: outer $accent; }
        & .users { display: none; color: $text-muted; padding-left: 2; margin-bottom: 1; }
        &.-marking .users { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "mark", N_("All quotes")),
        Binding("a", "other", N_("Other article")),
        Binding("g", "quote", N_("To the quote")),
        Binding("escape,s,q", "leave", N_("Back")),
    ]

    def __init__(self, desk: Desk, source: str | None = None, quote: str | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._source = desk.bank.sources[source or next(iter(desk.bank.sources))]
        self._place = self._source.find(quote) if quote else None
        self._quoted = dict(_quoted(desk, self._source))

    def compose(self) -> ComposeResult:
        source = self._source
        names = list(self._desk.bank.sources)
        yield Heading(
            _("Source"),
            _("Article {number} of {total}").format(
                number=names.index(source.id) + 1, total=len(names)
            ),
        )
        with Scroll(id="page"), Vertical(classes="column"):
            yield Plain(source.title or source.publisher, classes="title")
            yield Plain(self._about(), classes="about")
            for number in range(len(source.paragraphs)):
                yield Plain(id=f"paragraph-{number}", classes="paragraph")
                if users := self._users(number):
                    yield Plain(users, classes="users")
        yield KeyBar()

    def on_mount(self) -> None:
        """Write the paragraphs, and bring the quote at hand into view."""
        self._write()
        self.call_after_refresh(self.action_quote)

    def _about(self) -> str:
        source = self._source
        editor = _("Editor: {name}").format(name=source.editor) if source.editor else None
        parts = (wording.credit(source), source.about_author, editor, source.note)
        rights = _("The article belongs to its author and publisher; it is quoted as published.")
        return "\n".join(part for part in (*parts, rights) if part)

    def _write(self) -> None:
        marking = self.has_class("-marking")
        for number, text in enumerate(self._source.texts):
            places = list(self._quoted.get(number, {})) if marking else []
            here = self._place if self._place and self._place.paragraph == number else None
            line = Content(text)
            for place in places:
                line = line.stylize("underline $accent", place.start, place.end)
            if here:
                line = line.stylize("bold underline $accent", here.start, here.end)
            paragraph = self.query_one(f"#paragraph-{number}", Plain)
            paragraph.set_class(bool(here or places), "-quoted")
            paragraph.update(line)

    def _users(self, number: int) -> str:
        """Which questions quote this paragraph."""
        bank, language = self._desk.bank, self._desk.language
        lines = []
        for questions in self._quoted.get(number, {}).values():
            for question in questions:
                scenario = bank.home_of[question.id]
                position = scenario.questions.index(question) + 1
                line = _("┆ {scenario}, question {number}").format(
                    scenario=scenario.title.say(language), number=position
                )
                if line not in lines:
                    lines.append(line)
        return "\n".join(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is: another article, a quote at hand."""
        del parameters
        if not self.is_mounted:
            return False
        if action == "other":
            return len(self._desk.bank.sources) > 1
        return action != "quote" or self._place is not None

    def action_quote(self) -> None:
        """Scroll to the quote at hand."""
        if self._place:
            paragraph = self.query_one(f"#paragraph-{self._place.paragraph}")
            self.query_one(Scroll).scroll_to_center(paragraph, animate=False)

    def action_mark(self) -> None:
        """Mark every quote of the bank and name its questions, or stop doing so."""
        self.toggle_class("-marking")
        self._write()

    def action_other(self) -> None:
        """Turn to the next article."""
        names = list(self._desk.bank.sources)
        following = names[(names.index(self._source.id) + 1) % len(names)]
        self.app.switch_screen(SourceScreen(self._desk, following))

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()


def _quoted(desk: Desk, source: Source) -> Iterator[tuple[int, dict[Place, list[Question]]]]:
    """For each paragraph that is quoted, its quoted places and the questions that use them."""
    places: dict[int, dict[Place, list[Question]]] = {}
    for question in desk.bank.question.values():
        for citation in question.citations:
            place = source.find(citation.quote) if citation.source == source.id else None
            if place:
                places.setdefault(place.paragraph, {}).setdefault(place, []).append(question)
    yield from places.items()
