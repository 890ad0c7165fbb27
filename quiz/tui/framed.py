"""What the apps share: a name, how they look, and that nothing moves by itself."""

from textual.app import App

from quiz.tui import themes


class FramedApp(App[None]):
    """An app of Netral's."""

    TITLE = "Netral"
    CSS_PATH = "netral.tcss"
    # Lists, as Textual types them.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-medium"), (themes.TALL, "-tall")]  # noqa: RUF012

    def __init__(self, theme: str = themes.ALL[0].name) -> None:
        """Look like `theme`, the name of one of Netral's."""
        super().__init__()
        self.animation_level = "none"
        for known in themes.ALL:
            self.register_theme(known)
        self.theme = theme
