"""The learner's figures, as the parts of a page."""

from collections.abc import Iterator

from textual.app import RenderResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from quiz import stats_words as words
from quiz.i18n import _, n_
from quiz.stats import Progress
from quiz.tui.desk import Desk
from quiz.tui.widgets import MenuItem, Plain

_LISTED = 10


class Table(Widget):
    """The principles, as wide as there is room."""

    DEFAULT_CSS = """
    Table { text-wrap: nowrap; }
    """

    def __init__(self, desk: Desk, progress: Progress) -> None:
        super().__init__()
        self._desk = desk
        self._learnt = progress.figures.learnt
        self.styles.height = 1 + len(self._learnt)

    def render(self) -> RenderResult:
        desk = self._desk
        head, rows = words.table(desk.bank, self._learnt, desk.language, max(1, self.size.width))
        return Content("\n").join([Content.styled(head, "$text-muted"), *map(_tinted, rows)])


def _tinted(row: str) -> Content:
    """A row whose bars have the accent's colour."""
    return Content(row).highlight_regex("[━╺]+", style="$accent")


def sections(desk: Desk, progress: Progress) -> Iterator[Widget]:
    """The page, part by part.

    What is to be done next has the id `next`, and the place of the chart, where there is one,
    `chart`.
    """
    bank, figures = desk.bank, progress.figures
    yield Plain(f"▸ {words.next_line(bank, progress, desk.language)}", id="next")
    if not figures.answers:
        yield Plain(_("Nothing answered yet. In time this page will show:"), classes="title")
        for line in words.to_come():
            yield Plain(f"• {line}")
        return
    yield Plain(_("Principles: first and latest answers"), classes="title")
    yield Table(desk, progress)
    if weakest := words.weakest_line(bank, figures, desk.language):
        yield Plain(weakest, classes="quiet")
    yield Plain(_("Answers a day in the last four weeks"), classes="title")
    if any(day.answers for day in figures.days):
        yield Vertical(id="chart")
    yield Plain(words.days_line(figures.days), classes="quiet")
    yield Plain(_("Memory"), classes="title")
    for line in words.memory_lines(progress, len(bank.scenarios) - len(figures.unseen)):
        yield Plain(line)
    yield Plain(_("Confidence"), classes="title")
    for line in words.calibration_lines(figures.calibration):
        yield Plain(_tinted(line))
    yield from _sure_but_wrong(desk, figures.sure_but_wrong)
    yield Plain(_("Scenarios mastered"), classes="title")
    yield Plain(words.mastered_line(bank, figures), classes="quiet")
    for id in figures.mastered:
        yield Plain(f"✓ {bank.scenario[id].title.say(desk.language)}")
    yield Plain(_("Test"), classes="title")
    for line in words.comparison_lines(progress.comparison):
        yield Plain(line, classes="last")


def _sure_but_wrong(desk: Desk, questions: tuple[str, ...]) -> Iterator[Widget]:
    yield Plain(_("Sure but wrong"), classes="title")
    if not questions:
        yield Plain(words.none_sure_but_wrong())
    for id in questions[:_LISTED]:
        yield MenuItem(f"✕ {desk.bank.question[id].act.say(desk.language)}", key=id)
    if (rest := len(questions) - _LISTED) > 0:
        more = n_("… and {number} more", "… and {number} more", rest)
        yield Plain(more.format(number=rest), classes="quiet")
