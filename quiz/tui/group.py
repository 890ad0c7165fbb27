"""What a group session is, and the way into one."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen

from quiz.i18n import N_, _
from quiz.tui.messages import Lead
from quiz.tui.page import Block, Page
from quiz.tui.widgets import Heading, KeyBar

_COLUMN = 27
_COMMANDS = (
    ("netral host --scenario ID", N_("with scenarios of your choice")),
    ("netral plan", N_("a run sheet and handouts")),
    ("netral host --resume", N_("go on after an interruption")),
    ("netral join", N_("take part from another terminal")),
    ("netral rooms", N_("sessions you led")),
)


def _lines() -> Iterator[tuple[tuple[str, str], str]]:
    for command, what in _COMMANDS:
        yield (command.ljust(_COLUMN), "$text-muted"), _(what)


class GroupScreen(Screen[None]):
    """Says how a room is led, and begins one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", N_("Begin")),
        Binding("escape", "leave", N_("Back")),
    ]

    def compose(self) -> ComposeResult:
        yield Heading(_("Group session"))
        yield Page(
            Block(
                Content(
                    _(
                        "You lead, and a hall judges the same acts together: by phone, from "
                        "terminals or by raised hands. It votes, talks, votes again and reads "
                        "what the source says."
                    )
                )
            ),
            Block(
                Content(
                    _(
                        "Phones need this computer's Wi-Fi or hotspot, and no internet. They show "
                        "pseudonyms only, and nobody sees who voted how."
                    )
                )
            ),
            Block(Content.styled(_("Enter begins a session of mixed scenarios."), "bold $accent")),
            Block(Content(_("Other ways, typed in a terminal:"))),
            Block(Content("\n").join(Content.assemble(*line) for line in _lines())),
        )
        yield KeyBar()

    def action_begin(self) -> None:
        """Begin a session; a key pressed twice begins one."""
        if self.is_active:
            self.post_message(Lead())

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()
