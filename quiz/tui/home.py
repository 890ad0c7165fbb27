"""Where a learner starts."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.screen import Screen

from quiz import wording
from quiz.errors import StoreError
from quiz.i18n import N_, _, said
from quiz.session import Wish, draw
from quiz.store import Run
from quiz.tui import ways
from quiz.tui.desk import Desk
from quiz.tui.messages import (
    Begin,
    Choose,
    Continue,
    LanguageChanged,
    ShowGroup,
    ShowOptions,
    ShowProgress,
    ShowSource,
    ShowTest,
)
from quiz.tui.widgets import KeyBar, Menu, MenuItem, Plain

if TYPE_CHECKING:
    from quiz.review import Agenda


_LEADS_TO: dict[str, Callable[[], Message]] = {
    "choose": Choose,
    "progress": ShowProgress,
    "test": ShowTest,
    "group": ShowGroup,
    "sources": ShowSource,
    "settings": ShowOptions,
}


class HomeScreen(Screen[None]):
    """The ways into training."""

    CSS = """
    HomeScreen {
        & #name { text-style: bold; color: $accent; margin-top: 1; padding-left: 2; }
        & #about { color: $text-muted; margin-bottom: 1; padding-left: 2; }
        & #warning { margin-top: 1; padding-left: 2; }
        &.-medium #name { margin-top: 2; }
        &.-tall #name { margin-top: 4; }
        &.-medium .last, &.-tall MenuItem { margin-bottom: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "review", N_("Review")),
        Binding("x", "set_aside", N_("Drop this session")),
        Binding("l", "language", N_("Bahasa/English")),
        Binding("q", "app.quit", N_("Quit")),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._unfinished: Run | None = None
        self._agenda: Agenda | None = None

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
        found, begun = None, False
        try:
            found = desk.store.unfinished(desk.bank.manifest.id)
            if begun := desk.store.begun(desk.bank.manifest.id):
                desk.reserve()
        except StoreError as error:
            self._warn(error)
        self._unfinished = found if found and self._next(found) else None
        menu = self.query_one(Menu)
        with self.app.batch_update():
            await menu.remove_children()
            await menu.mount_all(ways.lines(desk, self._unfinished, self._agenda, begun=begun))
        # What is due may not be known yet; this first line surely leads on.
        for item in menu.items[:2]:
            if item.key != "review":
                item.focus()
                break
        if begun:
            # Behind the first paint, which must not wait for a long history.
            self.call_after_refresh(self._look_up)
        warning = "" if desk.lasting else _("Answers are not kept: they go when Netral closes.")
        self.query_one("#warning", Plain).update(warning)
        self.refresh_bindings()

    def _next(self, run: Run) -> bool:
        return not run.session.within(self._desk.bank.question).done

    @work(exclusive=True)
    async def _look_up(self) -> None:
        """Find out what is due, and say so on the line that waits for it."""
        look = partial(ways.agenda, self._desk)
        try:
            # Only a history on disk can be read from another thread.
            agenda = await asyncio.to_thread(look) if self._desk.lasting else look()
        except StoreError as error:
            self._warn(error)
            return
        self._agenda = agenda
        for item in self.query(MenuItem):
            if item.key == "review":
                item.detail = ways.due(agenda)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to drop where nothing is unfinished; nor to review, where not due."""
        del parameters
        if action == "review":
            return self._agenda is not None and bool(self._agenda.plan.deck)
        return action != "set_aside" or self._unfinished is not None

    def _warn(self, error: StoreError) -> None:
        self.notify(str(error), severity="warning", markup=False)

    async def on_menu_item_chosen(self, message: MenuItem.Chosen) -> None:
        """Go where the learner chose to go."""
        match message.item.key:
            case "continue" if self._unfinished:
                self.post_message(Continue(self._unfinished))
            case "review":
                self.action_review()
            case "practice":
                self._practise()
            case "help":
                await self.run_action("app.help")
            case "quit":
                self.app.exit()
            case key if key in _LEADS_TO:
                self.post_message(_LEADS_TO[key]())

    def _practise(self) -> None:
        desk = self._desk
        wish = Wish(length=desk.settings.length)
        try:
            seen = desk.store.seen(desk.bank.manifest.id)
        except StoreError as error:
            self._warn(error)
        else:
            plan = draw(desk.bank, wish, seen, desk.chance, desk.reserved)
            self.post_message(Begin(plan))

    def action_review(self) -> None:
        """Begin a session of what is due, once that is known, or say when something will be."""
        if self._agenda is None:
            return
        if self._agenda.plan.deck:
            self.post_message(Begin(self._agenda.plan))
        else:
            self.notify(wording.nothing_due(self._agenda.next))

    def action_language(self) -> None:
        """Speak the other language."""
        from quiz.tui.options import other_language, set_language

        try:
            set_language(self._desk, other_language())
        except OSError as error:
            self.notify(
                _("The settings cannot be kept: {reason}.").format(reason=said(error)),
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
