"""The facilitator's keys."""

from quiz.i18n import N_
from quiz.tui.help import HelpScreen

_KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        N_("Lead"),
        (
            (N_("Space"), N_("the next step, named in the last line")),
            ("d", N_("discuss in pairs, then vote again")),
            ("o", N_("open the same vote again; none is lost")),
            ("r", N_("reveal without a second vote")),
            ("h", N_("take down raised hands")),
            ("l", N_("leave this question out")),
            ("b", N_("the last result again, and back")),
            ("j", N_("pause, and go on")),
            ("e", N_("end the session")),
        ),
    ),
    (
        N_("Show"),
        (
            ("f", N_("for you alone: verdict, split, advice")),
            ("c", N_("the situation again")),
            ("↑  ↓  PgDn", N_("scroll")),
            ("p", N_("the projector's page")),
            ("+  −", N_("larger and smaller type on the projector")),
            ("a", N_("the address to give out")),
            ("Ctrl+Q", N_("close; “netral host --resume” goes on")),
        ),
    ),
)


class HostHelpScreen(HelpScreen):
    """Lists every key of the facilitator's screen."""

    KEYS = _KEYS
    ABOUT = N_(
        "Until the reveal, the view for the hall shows nothing of the verdict or of how the votes "
        "are split. Nothing here ends a vote but you. Every vote is on disk before its voter is "
        "told so."
    )
