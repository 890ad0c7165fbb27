"""What the learner has learnt so far, and what to do next."""

import asyncio
from importlib import import_module
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from quiz import stats
from quiz.errors import StoreError
from quiz.i18n import N_, _, n_
from quiz.models import Verdict
from quiz.overview import overview
from quiz.session import Answer, Plan, Wish, draw
from quiz.stats import Progress, Step
from quiz.store import Run
from quiz.tui.desk import Desk
from quiz.tui.figures import sections
from quiz.tui.messages import Begin, Continue, ShowMissed
from quiz.tui.widgets import Heading, KeyBar, MenuItem, Plain, Scroll


class ProgressScreen(Screen[None]):
    """Shows the figures of the learner's log."""

    CSS = """
    ProgressScreen {
        & .title { text-style: bold; margin-top: 1; }
        & #next { color: $accent; text-style: bold; margin-top: 1; }
        & #chart { height: 9; }
        & .quiet { color: $text-muted; }
        & #waiting { color: $text-muted; margin-top: 1; }
        & .last { margin-bottom: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", N_("Begin")),
        Binding("y", "correct", N_("Put right")),
        Binding("p", "pick", N_("Read one")),
        Binding("escape", "leave", N_("Back")),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._progress: Progress | None = None
        self._unfinished: Run | None = None

    def compose(self) -> ComposeResult:
        yield Heading(_("Progress"))
        with Scroll(id="page"), Vertical(classes="column"):
            yield Plain(_("Counting …"), id="waiting")
        yield KeyBar()

    def on_mount(self) -> None:
        """Count behind the first paint: a long history takes a moment."""
        self.call_after_refresh(self._count)

    @work(exclusive=True)
    async def _count(self) -> None:
        column = self.query_one(".column")
        try:
            # Only a history on disk can be read from another thread.
            found = await asyncio.to_thread(self._read) if self._desk.lasting else self._read()
        except StoreError as error:
            self.query_one("#waiting", Plain).update(str(error))
            return
        self._progress, self._unfinished = found
        with self.app.batch_update():
            await column.remove_children()
            await column.mount_all(list(sections(self._desk, self._progress)))
            answers = self._progress.figures.answers
            self.query_one(Heading).right = n_(
                "{number} answer", "{number} answers", answers
            ).format(number=answers)
        self.refresh_bindings()
        for place in self.query("#chart"):
            # The plot library takes a while to load: neither figures nor keys wait for it.
            await asyncio.to_thread(import_module, "quiz.tui.chart")
            from quiz.tui.chart import DaysChart

            await place.mount(DaysChart(self._progress.figures.days))

    def _read(self) -> tuple[Progress, Run | None]:
        desk = self._desk
        with desk.reading() as (store, log):
            return overview(desk.bank, store, log, desk.now(), desk.day, desk.settings.horizon)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is to do."""
        del parameters
        if action not in ("next", "correct", "pick"):
            return True
        if self._progress is None:
            return False
        if action == "next":
            return self._progress.step is not Step.REST
        return bool(self._progress.figures.sure_but_wrong)

    def on_menu_item_chosen(self, message: MenuItem.Chosen) -> None:
        """Open the explanation of an act that was judged surely and wrongly."""
        verdict = self._desk.bank.question[message.item.key].verdict
        given = next(other for other in Verdict if other is not verdict)
        self.post_message(ShowMissed(Answer(message.item.key, given, verdict)))

    def action_next(self) -> None:
        """Do what is best done next."""
        if self._progress is None:
            return
        if self._progress.step is Step.CONTINUE and self._unfinished:
            self.post_message(Continue(self._unfinished))
            return
        try:
            plan = self._plan(self._progress)
        except StoreError as error:
            self.notify(str(error), severity="warning", markup=False)
        else:
            self.post_message(Begin(plan))

    def _plan(self, progress: Progress) -> Plan:
        desk, weakest = self._desk, progress.figures.weakest
        if progress.step is Step.REVIEW:
            return progress.review
        if progress.step is Step.SURE_BUT_WRONG:
            return stats.correction(progress.figures)
        principle = weakest.principle if weakest and progress.step is Step.PRINCIPLE else None
        wish = Wish(principle=principle, length=desk.settings.length)
        seen = desk.store.seen(desk.bank.manifest.id)
        return draw(desk.bank, wish, seen, desk.chance, desk.reserve())

    def action_correct(self) -> None:
        """Begin a session of what was judged surely and wrongly."""
        if self._progress:
            self.post_message(Begin(stats.correction(self._progress.figures)))

    def action_pick(self) -> None:
        """Go to the next line that can be chosen."""
        self.focus_next(MenuItem)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()
