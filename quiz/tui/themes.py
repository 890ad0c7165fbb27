"""Two themes: paper at night, paper by day.

Verdicts are blue and orange, which the common forms of colour blindness tell apart; beside each
stands a sign and a word.
"""

from textual.theme import Theme

from quiz.settings import THEMES

# From this many rows on a screen spreads out.
TALL = 32

ALL = (
    Theme(
        name=THEMES[0],
        dark=True,
        primary="#8fb8de",
        accent="#d9c58b",
        foreground="#d8d4cb",
        background="#16181c",
        surface="#16181c",
        panel="#3a3e46",
        variables={
            "neutral": "#7fb7f0",
            "not-neutral": "#f0a35e",
            "text-muted": "#9a978f",
            "border": "#3a3e46",
        },
    ),
    Theme(
        name=THEMES[1],
        dark=False,
        primary="#1f4e79",
        accent="#6b4e00",
        foreground="#22252a",
        background="#faf8f3",
        surface="#faf8f3",
        panel="#cfcabd",
        variables={
            "neutral": "#0b57a4",
            "not-neutral": "#a34700",
            "text-muted": "#5f5c55",
            "border": "#cfcabd",
        },
    ),
)
