"""The app: a table of contents."""

import gc
from collections.abc import Iterable
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.screen import Screen

from quiz.errors import StoreError
from quiz.i18n import N_, _
from quiz.session import Plan
from quiz.store import Run, Store, set_aside
from quiz.tui import themes
from quiz.tui.desk import Desk
from quiz.tui.help import HelpScreen
from quiz.tui.home import HomeScreen
from quiz.tui.messages import Begin, Continue
from quiz.tui.play import PlayScreen
from quiz.tui.trouble import TroubleScreen, Way


class NetralApp(App[None]):
    """Netral in a terminal."""

    TITLE = "Netral"
    CSS_PATH = "netral.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide")]  # noqa: RUF012 - as Textual types it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-medium"), (themes.TALL, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", N_("Help")),
        Binding("ctrl+c", "quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
    ]

    def __init__(
        self, desk: Desk, *, plan: Plan | None = None, trouble: StoreError | None = None
    ) -> None:
        """Start with a session of `plan`, where given; ask first what to do about `trouble`."""
        super().__init__()
        self._desk = desk
        self._plan = plan
        self._trouble = trouble
        for theme in themes.ALL:
            self.register_theme(theme)
        self.theme = desk.settings.theme

    def get_default_screen(self) -> Screen[None]:
        """The home screen lies under every other."""
        return HomeScreen(self._desk)

    def on_mount(self) -> None:
        """Begin."""
        # What is loaded by now stays; looking through it again and again would delay key presses.
        gc.freeze()
        if self._trouble:
            self.push_screen(TroubleScreen(self._trouble, opening=True), self._after_trouble)
        elif self._plan:
            self._begin(self._plan)

    def _after_trouble(self, way: Way | None) -> None:
        desk = self._desk
        try:
            if way is Way.SET_ASIDE:
                aside = set_aside(desk.database, desk.now())
                self.notify(_("The old history is now {path}.").format(path=aside), markup=False)
            if way in (Way.RETRY, Way.SET_ASIDE):
                desk.store = Store.open(desk.database)
        except StoreError as error:
            self._trouble = error
            self.on_mount()
            return
        if way is Way.QUIT:
            self.exit()
        elif self._plan:
            self._begin(self._plan)
        elif isinstance(self.screen, HomeScreen):
            self.run_worker(self.screen.refresh_items())

    def on_begin(self, message: Begin) -> None:
        """Begin a session."""
        self._begin(message.plan)

    def on_continue(self, message: Continue) -> None:
        """Go on with a session."""
        self._play(message.run)

    async def on_language_changed(self) -> None:
        """Build the screens anew in the other language."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        await self.switch_screen(HomeScreen(self._desk))

    def _begin(self, plan: Plan) -> None:
        desk = self._desk
        try:
            self._play(desk.store.begin(plan, desk.bank.manifest.id, desk.now()))
        except StoreError as error:
            self._plan = plan
            self.push_screen(TroubleScreen(error), self._after_failed_begin)

    def _after_failed_begin(self, way: Way | None) -> None:
        if way is Way.QUIT:
            self.exit()
        elif way is not None and self._plan:
            if way is Way.MEMORY:
                self._desk.store = Store.in_memory()
            self._begin(self._plan)

    def _play(self, run: Run) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(PlayScreen(self._desk, run))

    def action_help(self) -> None:
        """Show all keys."""
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen())

    def action_command_palette(self) -> None:
        """Search for an action by its name."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(
                CommandPalette(placeholder=_("Search for an action …"), id="--command-palette")
            )

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every key of the screen at hand, by what it does."""
        seen = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.description and active.enabled and binding.action not in seen:
                seen.add(binding.action)
                yield SystemCommand(
                    _(binding.description),
                    binding.key_display or binding.key,
                    lambda key=binding.key: self.simulate_key(key),
                )
        if "app.quit" not in seen:
            yield SystemCommand(_("Quit"), _("Nothing answered is lost"), self.exit)
