"""Where a learner starts."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen

from quiz import wording
from quiz.errors import StoreError
from quiz.i18n import N_, _, n_
from quiz.session import Wish, draw
from quiz.store import Run
from quiz.tui.desk import Desk
from quiz.tui.messages import (
    Begin,
    Choose,
    Continue,
    LanguageChanged,
    ShowOptions,
    ShowSource,
)
from quiz.tui.widgets import KeyBar, Menu, MenuItem, Plain


class HomeScreen(Screen[None]):
    """The ways into training."""

    CSS = """
    HomeScreen {
        & #name { text-style: bold; color: $accent; margin-top: 1; padding-left: 2; }
        & #about { color: $text-muted; margin-bottom: 1; padding-left: 2; }
        & #warning { margin-top: 1; padding-left: 2; }
        &.-medium #name { margin-top: 2; }
        &.-tall #name { margin-top: 4; }
        &.-medium MenuItem, &.-tall MenuItem { margin-bottom: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "language", N_("Bahasa/English")),
        Binding("x", "set_aside", N_("Drop this session")),
        Binding("q", "app.quit", N_("Quit")),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._unfinished: Run | None = None

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="page", can_focus=False), Vertical(classes="column"):
            yield Plain("Netral", id="name")
            yield Plain(_("Practice in the neutrality of civil servants"), id="about")
            yield Menu()
            yield Plain(id="warning")
        yield KeyBar()

    async def on_screen_resume(self) -> None:
        """Show what the log says now."""
        await self.refresh_items()

    async def refresh_items(self) -> None:
        """Write the menu anew."""
        desk = self._desk
        try:
            found = desk.store.unfinished(desk.bank.manifest.id)
        except StoreError as error:
            found = None
            self._warn(error)
        self._unfinished = found if found and self._next(found) else None
        menu = self.query_one(Menu)
        with self.app.batch_update():
            await menu.remove_children()
            await menu.mount_all(self._items())
        menu.action_end(0)
        warning = "" if desk.lasting else _("Answers are not kept: they go when Netral closes.")
        self.query_one("#warning", Plain).update(warning)
        self.refresh_bindings()

    def _next(self, run: Run) -> bool:
        return not run.session.within(self._desk.bank.question).done

    def _items(self) -> list[MenuItem]:
        bank, settings = self._desk.bank, self._desk.settings
        items = []
        if self._unfinished:
            items.append(MenuItem(_("Continue"), self._where(self._unfinished), key="continue"))
        questions = n_("{number} mixed question", "{number} mixed questions", settings.length)
        choice = _("{principles} principles, {scenarios} scenarios").format(
            principles=len({s.principle for s in bank.scenarios}), scenarios=len(bank.scenarios)
        )
        articles = n_("{number} article", "{number} articles", len(bank.sources))
        return [
            *items,
            MenuItem(_("Quick practice"), questions.format(number=settings.length), key="practice"),
            MenuItem(_("Choose a scenario"), choice, key="choose"),
            MenuItem(_("Sources"), articles.format(number=len(bank.sources)), key="sources"),
            MenuItem(_("Settings"), key="settings"),
            MenuItem(_("Help"), key="help"),
            MenuItem(_("Quit"), key="quit"),
        ]

    def _where(self, run: Run) -> str:
        session = run.session.within(self._desk.bank.question)
        return _("question {number} of {total}: {title}").format(
            title=wording.title(self._desk.bank, run.kind, run.subject, self._desk.language),
            number=session.read + 1,
            total=len(session.deck),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to drop where nothing is unfinished."""
        del parameters
        return action != "set_aside" or self._unfinished is not None

    def _warn(self, error: StoreError) -> None:
        self.notify(str(error), severity="warning", markup=False)

    async def on_menu_item_chosen(self, message: MenuItem.Chosen) -> None:
        """Go where the learner chose to go."""
        match message.item.key:
            case "continue" if self._unfinished:
                self.post_message(Continue(self._unfinished))
            case "practice":
                self._practise()
            case "choose":
                self.post_message(Choose())
            case "sources":
                self.post_message(ShowSource())
            case "settings":
                self.post_message(ShowOptions())
            case "help":
                await self.run_action("app.help")
            case "quit":
                self.app.exit()

    def _practise(self) -> None:
        desk = self._desk
        wish = Wish(length=desk.settings.length)
        try:
            seen = desk.store.seen()
        except StoreError as error:
            self._warn(error)
        else:
            self.post_message(Begin(draw(desk.bank, wish, seen, desk.chance)))

    def action_language(self) -> None:
        """Speak the other language."""
        from quiz.tui.options import other_language, set_language

        try:
            set_language(self._desk, other_language())
        except OSError as error:
            self.notify(
                _("The settings cannot be kept: {reason}.").format(reason=error.strerror),
                severity="warning",
                markup=False,
            )
        self.post_message(LanguageChanged())

    async def action_set_aside(self) -> None:
        """Leave the unfinished session for good; its answers stay in the history."""
        if self._unfinished:
            try:
                self._desk.store.leave(self._unfinished.id, self._desk.now())
            except StoreError as error:
                self._warn(error)
            await self.refresh_items()
