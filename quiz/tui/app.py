"""The app: a table of contents."""

import gc
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from quiz.database import set_aside
from quiz.errors import StoreCorrupt, StoreError, UsageError
from quiz.i18n import N_, _
from quiz.session import Kind, Plan, Wish, draw
from quiz.store import Run, Store
from quiz.tui import messages
from quiz.tui.desk import Desk
from quiz.tui.framed import FramedApp

if TYPE_CHECKING:
    from quiz.tui.trouble import Way

# Each screen is imported where it is opened: the first question waits for none of the others.


class NetralApp(FramedApp):
    """Netral in a terminal."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", N_("Help")),
        Binding("ctrl+c", "quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
    ]

    def __init__(
        self, desk: Desk, *, plan: Plan | Run | None = None, trouble: StoreError | None = None
    ) -> None:
        """Start with `plan`, where given: a session to begin, or one to go on with.

        A test is introduced before it starts. First of all, ask what to do about `trouble`.
        Once closed, `leads` says whether a group session is to begin.
        """
        super().__init__(desk.settings.theme)
        self.leads = False
        self._desk = desk
        self._plan = plan
        self._trouble = trouble

    def on_mount(self) -> None:
        """Begin."""
        _collect_rarely()
        if self._trouble:
            from quiz.tui.trouble import TroubleScreen

            self.push_screen(TroubleScreen(self._trouble, opening=True), self._after_trouble)
        else:
            self._start()
            if not self._desk.store.checked:
                self.call_after_refresh(self.run_worker, self._check, thread=True)

    def _check(self) -> None:
        """Look through a large history behind what is already on screen."""
        try:
            Store.open(self._desk.database).close()
        except StoreCorrupt as error:
            self.call_later(self._on_damage, error)
        except StoreError:
            # Whatever else is the matter is said when the history is next used.
            return

    def _on_damage(self, error: StoreCorrupt) -> None:
        self._desk.use(Store.in_memory())
        self._trouble = error
        if isinstance(self._plan, Run):
            # It is a row of the history that is damaged.
            self._plan = None
        self.on_mount()

    def _start(self) -> None:
        plan = self._plan
        if plan is None or plan.kind is Kind.TEST:
            self.on_go_home()
        elif isinstance(plan, Run):
            self._play(plan)
        else:
            self._begin(plan)
        if plan is not None and plan.kind is Kind.TEST:
            self.on_show_test()

    def _after_trouble(self, way: "Way | None") -> None:
        from quiz.tui.trouble import Way

        desk = self._desk
        try:
            if way is Way.SET_ASIDE:
                self._set_aside()
            if way in (Way.RETRY, Way.SET_ASIDE):
                desk.use(Store.open(desk.database))
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
        elif way is not None and isinstance(self._plan, Plan):
            if way is Way.MEMORY:
                self._desk.use(Store.in_memory())
            self._begin(self._plan)
        elif len(self.screen_stack) == 1:
            self.on_go_home()

    def on_continue(self, message: messages.Continue) -> None:
        """Go on with a session."""
        self._play(message.run)

    def _play(self, run: Run) -> None:
        from quiz.tui.play import PlayScreen

        # What is the matter with the history, if anything, is said when an answer is logged.
        with suppress(StoreError):
            self._desk.reserve()
        self._show(PlayScreen(self._desk, run))

    def on_finished(self, message: messages.Finished) -> None:
        """Show a result; of a test also what it comes to, and what is next."""
        from quiz.tui.results import ResultScreen

        desk, run = self._desk, message.run
        notes: list[str] = []
        if run.kind is Kind.TEST:
            from quiz import testing

            try:
                desk.reserve()
                notes = [*testing.outcome(desk.bank, desk.store, run)]
            except StoreError as error:
                self.notify(str(error), severity="warning", markup=False)
        self._show(ResultScreen(desk, run, notes))

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

    def on_show_test(self) -> None:
        """Introduce the test that is next."""
        from quiz.tui.testing import TestScreen

        try:
            screen = TestScreen(self._desk)
        except (StoreError, UsageError) as error:
            self.notify(str(error), severity="warning", markup=False)
        else:
            self.push_screen(screen)

    def on_show_source(self, message: messages.ShowSource) -> None:
        """Open an article."""
        from quiz.tui.sources import SourceScreen

        self.push_screen(SourceScreen(self._desk, message.source, message.quote))

    def on_show_missed(self, message: messages.ShowMissed) -> None:
        """Open an explanation again."""
        from quiz.tui.missed import MissedScreen

        self.push_screen(MissedScreen(self._desk, message.answer))

    def on_show_progress(self) -> None:
        """Open the learner's figures, once."""
        from quiz.tui.progress import ProgressScreen

        if not any(isinstance(screen, ProgressScreen) for screen in self.screen_stack):
            self.push_screen(ProgressScreen(self._desk))

    def on_show_group(self) -> None:
        """Say how a group session is led."""
        from quiz.tui.group import GroupScreen

        self.push_screen(GroupScreen())

    def on_lead(self) -> None:
        """Close, for the screen of a facilitator."""
        self.leads = True
        self.exit()

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
        from quiz.tui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

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
        if not screen.is_modal:
            yield SystemCommand(_("Progress"), _("What you have learnt"), self.on_show_progress)
        if "app.quit" not in seen:
            yield SystemCommand(_("Quit"), _("Nothing answered is lost"), self.exit)


def _collect_rarely() -> None:
    """Keep the garbage collector out of the moments between a key and what it shows.

    A painted screen makes some thousands of short-lived objects, and what is loaded by now stays
    until the end.
    """
    gc.set_threshold(50_000, 50, 100)
    gc.freeze()
