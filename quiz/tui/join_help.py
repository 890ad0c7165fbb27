"""The keys of a participant in a room."""

from quiz.i18n import N_
from quiz.tui.help import HelpScreen

_KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        N_("While the vote is open"),
        (
            ("1  n", N_("neutral")),
            ("2  t", N_("not neutral")),
            ("←  →  Tab", N_("go from one answer to the other; Enter takes it")),
            ("3  4  5", N_("unsure, fairly sure, sure (if asked for)")),
        ),
    ),
    (
        N_("Everywhere"),
        (
            ("↑  ↓", N_("scroll")),
            (N_("Space  PgUp"), N_("a page down, a page up")),
            ("p", N_("go on with a phone")),
            ("?", N_("this page")),
            ("Esc", N_("leave; “netral join” brings you back")),
        ),
    ),
)


class JoinHelpScreen(HelpScreen):
    """Lists every key of a participant's screen."""

    KEYS = _KEYS
    ABOUT = N_(
        "You can change your vote until the facilitator closes it. It is recorded once the screen "
        "says so. The others never see who voted how."
    )
