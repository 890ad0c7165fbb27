"""The search for an action by its name."""

from functools import partial

from textual.command import CommandList, CommandPalette
from textual.content import Content
from textual.widgets.option_list import Option

from quiz.i18n import _


class Palette(CommandPalette):
    """Textual's own, with what it says where nothing is found in the learner's language."""

    def __init__(self) -> None:
        super().__init__(placeholder=_("Search for an action …"), id="--command-palette")

    # Textual says it in here, and gives no other way to put it otherwise.
    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()
        self._no_matches_timer = self.set_timer(
            self._NO_MATCHES_COUNTDOWN, partial(self._show_no_matches, search_value)
        )

    def _show_no_matches(self, search_value: str) -> None:
        if search_value:
            nothing = Content.from_text(_("Nothing found"), markup=False)
            self.query_one(CommandList).add_option(
                Option(nothing, disabled=True, id=self._NO_MATCHES)
            )
        self._list_visible = bool(search_value)
