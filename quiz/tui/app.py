"""The app: a table of contents."""

import gc
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from quiz.database import set_aside
from quiz.errors import StoreCorrupt, StoreError
from quiz.i18n import N_, _
from quiz.session import Plan, Wish, draw
from quiz.store import Run, Store
from quiz.tui import messages, themes
from quiz.tui.desk import Desk

if TYPE_CHECKING:
    from quiz.tui.trouble import Way

# Each screen is imported where it is opened: the first question waits for none of the others.


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
        self.animation_level = "none"
        self._desk = desk
        self._plan = plan
        self._trouble = trouble
        for theme in themes.ALL:
            self.register_theme(theme)
        self.theme = desk.settings.theme

    def on_mount(self) -> None:
        """Begin."""
        _collect_rarely()
        if self._trouble:
            from quiz.tui.trouble import TroubleScreen

            self.push_screen(TroubleScreen(self._trouble, opening=True), self._after_trouble)
        else:
            self._start()

    def _start(self) -> None:
        if self._plan:
            self._begin(self._plan)
        else:
            self.on_go_home()

    def _after_trouble(self, way: "Way | None") -> None:
        from quiz.tui.trouble import Way

        desk = self._desk
        try:
            if way is Way.SET_ASIDE:
                self._set_aside()
            if way in (Way.RETRY, Way.SET_ASIDE):
                desk.store = Store.open(desk.database)
        except StoreError as error:
            self._trouble = error
            self.on_mount()
            return
        if way is Way.QUIT:
            self.exit()
        else:
            self._start()

    def _set_aside(self) -> None:
        """Rename the damaged history, unless another window has done so meanwhile."""
        try:
            Store.open(self._desk.database).close()
        except StoreCorrupt:
            aside = set_aside(self._desk.database, self._desk.now())
            self.notify(_("The old history is now {path}.").format(path=aside), markup=False)

    def on_begin(self, message: messages.Begin) -> None:
        """Begin a session; a key pressed twice begins one."""
        from quiz.tui.play import PlayScreen

        if not isinstance(self.screen, PlayScreen):
            self._begin(message.plan)

    def _begin(self, plan: Plan) -> None:
        desk = self._desk
        try:
            run = desk.store.begin(plan, desk.bank.manifest.id, desk.now())
        except StoreError as error:
            from quiz.tui.trouble import TroubleScreen

            self._plan = plan
            self.push_screen(TroubleScreen(error), self._after_failed_begin)
        else:
            self._play(run)

    def _after_failed_begin(self, way: "Way | None") -> None:
        from quiz.tui.trouble import Way

        if way is Way.QUIT:
            self.exit()
        elif way is not None and self._plan:
            if way is Way.MEMORY:
                self._desk.store = Store.in_memory()
            self._begin(self._plan)
        elif len(self.screen_stack) == 1:
            self.on_go_home()

    def on_continue(self, message: messages.Continue) -> None:
        """Go on with a session."""
        self._play(message.run)

    def _play(self, run: Run) -> None:
        from quiz.tui.play import PlayScreen

        self._show(PlayScreen(self._desk, run))

    def on_finished(self, message: messages.Finished) -> None:
        """Show a result."""
        from quiz.tui.results import ResultScreen

        self._show(ResultScreen(self._desk, message.run))

    def on_go_home(self) -> None:
        """Show the home screen."""
        from quiz.tui.home import HomeScreen

        self._show(HomeScreen(self._desk))

    on_language_changed = on_go_home

    def _show(self, screen: Screen[None]) -> None:
        """Put one screen on the empty one at the bottom, in place of whatever lies there."""
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if len(self.screen_stack) == 2:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def on_choose(self) -> None:
        """Let the learner choose a scenario."""
        from quiz.tui.choose import ChooseScreen

        try:
            screen = ChooseScreen(self._desk)
        except StoreError as error:
            self.notify(str(error), severity="warning", markup=False)
        else:
            self.push_screen(screen, self._begin_scenario)

    def _begin_scenario(self, scenario: str | None) -> None:
        if scenario is not None:
            desk = self._desk
            self._begin(draw(desk.bank, Wish(scenario=scenario), {}, desk.chance))

    def on_show_source(self, message: messages.ShowSource) -> None:
        """Open an article."""
        from quiz.tui.sources import SourceScreen

        self.push_screen(SourceScreen(self._desk, message.source, message.quote))

    def on_show_missed(self, message: messages.ShowMissed) -> None:
        """Open an explanation again."""
        from quiz.tui.missed import MissedScreen

        self.push_screen(MissedScreen(self._desk, message.answer))

    def on_show_options(self) -> None:
        """Open the settings."""
        from quiz.tui.options import OptionsScreen

        self.push_screen(OptionsScreen(self._desk))

    def action_help(self) -> None:
        """Show all keys."""
        from quiz.tui.help import HelpScreen

        self.push_screen(HelpScreen())

    def action_command_palette(self) -> None:
        """Search for an action by its name."""
        from textual.command import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(
                CommandPalette(placeholder=_("Search for an action …"), id="--command-palette")
            )

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every key of the screen at hand, by what it does."""
        from quiz.tui.widgets import key_name

        seen = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.action not in seen:
                seen.add(binding.action)
                yield SystemCommand(
                    _(binding.description),
                    key_name(binding.key),
                    lambda key=binding.key: self.simulate_key(key),
                )
        if "app.quit" not in seen:
            yield SystemCommand(_("Quit"), _("Nothing answered is lost"), self.exit)


def _collect_rarely() -> None:
    """Keep the garbage collector out of the moments between a key and what it shows.

    A painted screen makes some thousands of short-lived objects, and what is loaded by now stays
    until the end.
    """
    gc.set_threshold(50_000, 50, 100)
    gc.freeze()
