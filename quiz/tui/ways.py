"""The ways into training, as the lines of the home screen's menu."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quiz import wording
from quiz.i18n import _, n_
from quiz.store import Run
from quiz.tui.desk import Desk
from quiz.tui.widgets import MenuItem

if TYPE_CHECKING:
    from quiz.review import Agenda


def lines(
    desk: Desk, unfinished: Run | None, agenda: "Agenda | None", *, begun: bool
) -> list[MenuItem]:
    """The lines in groups, each marked at its end: to train, to see what came of it, and the rest.

    `begun` says whether anything was answered before, and so may be due. What is due, `agenda`, is
    not known when the menu is first painted: its line waits for it.
    """
    groups = ([*_train(desk, unfinished, agenda, begun)], [*_see()], [*_rest(desk)])
    for group in groups:
        group[-1].add_class("last")
    return [item for group in groups for item in group]


def _train(
    desk: Desk, unfinished: Run | None, agenda: "Agenda | None", begun: bool
) -> Iterator[MenuItem]:
    bank, length = desk.bank, desk.settings.length
    if unfinished:
        yield MenuItem(_("Continue"), _place(desk, unfinished), key="continue")
    if begun:
        yield MenuItem(_("Today's review"), due(agenda) if agenda else "", key="review")
    questions = n_("{number} mixed question", "{number} mixed questions", length)
    yield MenuItem(_("Quick practice"), questions.format(number=length), key="practice")
    choice = _("{principles} principles, {scenarios} scenarios").format(
        principles=len({s.principle for s in bank.scenarios}), scenarios=len(bank.scenarios)
    )
    yield MenuItem(_("Choose a scenario"), choice, key="choose")


def _see() -> Iterator[MenuItem]:
    yield MenuItem(_("Progress"), key="progress")
    yield MenuItem(_("Test"), _("before and after training"), key="test")
    yield MenuItem(_("Group session"), _("with phones or raised hands"), key="group")


def _rest(desk: Desk) -> Iterator[MenuItem]:
    number = len(desk.bank.sources)
    articles = n_("{number} article", "{number} articles", number)
    yield MenuItem(_("Sources"), articles.format(number=number), key="sources")
    yield MenuItem(_("Settings"), key="settings")
    yield MenuItem(_("Help"), key="help")
    yield MenuItem(_("Quit"), key="quit")


def _place(desk: Desk, run: Run) -> str:
    session = run.session.within(desk.bank.question)
    return _("question {number} of {total}: {title}").format(
        title=wording.title(desk.bank, run.kind, run.subject, desk.language),
        number=session.read + 1,
        total=len(session.deck),
    )


def agenda(desk: Desk) -> "Agenda":
    """What the log says there is to review today. Raises StoreError."""
    from quiz import review

    entries, horizon = desk.entries(), desk.settings.horizon
    return review.agenda(desk.bank, entries, desk.now(), desk.day, horizon, desk.reserved)


def due(agenda: "Agenda") -> str:
    """How much there is to review today, else when there will be."""
    if number := len(agenda.plan.deck):
        return n_("{number} scenario due", "{number} scenarios due", number).format(number=number)
    return _("next on {date}").format(date=wording.date(str(agenda.next))) if agenda.next else ""
