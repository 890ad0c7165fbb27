"""Answers a day as a chart. Imports the plot library: import this where a chart is shown."""

from collections.abc import Sequence

from textual import events
from textual.color import Color
from textual_plotext import PlotextPlot

from quiz.stats import Day
from quiz.stats_words import short_day

# Every day has a cell and every two days one between them, so that bars are even.
_PITCH = 2
_WEEK = 7


class DaysChart(PlotextPlot):
    """A bar a day; the axes name the highest and a day in each week."""

    DEFAULT_CSS = """
    DaysChart { width: 100%; height: 9; }
    """

    def __init__(self, days: Sequence[Day]) -> None:
        super().__init__()
        self._days = days

    def on_mount(self) -> None:
        """Draw."""
        super().on_mount()
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Draw the axis anew where there is room for it now."""
        del event
        self._draw()

    def _draw(self) -> None:
        plot, days = self.plt, self._days
        cells = range(0, len(days) * _PITCH, _PITCH)
        most = max(1, *(day.answers for day in days))
        whole = len(str(most)) + 1 + cells[-1] + 1
        self.styles.max_width = whole
        # Where there is no room for both, the bars stay; the figures below name the highest.
        heights = [0.0, most] if self.size.width >= whole else []
        plot.clear_data()
        plot.bar(
            list(cells),
            [day.answers for day in days],
            marker="█",
            width=1 / len(days),
            color=Color.parse(self.app.theme_variables["accent"]).rgb,
            reset_ticks=False,
        )
        plot.frame(False)
        plot.xaxes(True, False)
        plot.yaxes(True, False)
        plot.xlim(0, cells[-1] if heights else max(cells[-1], self.size.width - 2))
        plot.ylim(0, most)
        weeks = [*range(0, len(days) - _WEEK // 2, _WEEK), len(days) - 1]
        plot.xticks([cells[week] for week in weeks], [short_day(days[week].day) for week in weeks])
        plot.yticks(heights, [f"{height:.0f}" for height in heights])
        self.refresh()
