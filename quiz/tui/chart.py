"""Answers a day as a chart. Imports the plot library: import this where a chart is shown."""

from collections.abc import Sequence

from textual.app import RenderResult
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

        self._most = max(1, *(day.answers for day in days))
        self._cells = range(0, len(days) * _PITCH, _PITCH)
        self.styles.max_width = self._whole

    @property
    def _whole(self) -> int:
        """How wide the chart is with its axis."""
        return len(str(self._most)) + 1 + self._cells[-1] + 1

    def render(self) -> RenderResult:
        """The chart in the room that there is now."""
        self._draw()
        return super().render()

    def _draw(self) -> None:
        plot, days, cells, most = self.plt, self._days, self._cells, self._most
        # Where there is no room for both, the bars stay; the figures below name the highest.
        heights = [0.0, most] if self.size.width >= self._whole else []
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
