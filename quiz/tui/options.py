"""The settings."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from quiz import i18n, wording
from quiz.i18n import N_, _, said
from quiz.settings import LENGTHS, THEMES, Settings, save
from quiz.tui.desk import Desk
from quiz.tui.messages import LanguageChanged
from quiz.tui.widgets import Heading, KeyBar, Menu, MenuItem, Plain

_LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
_NEXT: dict[str, tuple[Any, ...]] = {
    "theme": THEMES,
    "length": LENGTHS,
    "confidence": (False, True),
}
_THEMES = {THEMES[0]: N_("dark"), THEMES[1]: N_("light")}


def set_language(desk: Desk, language: str) -> None:
    """Speak `language` from now on, and remember it. Raises OSError where it is not kept."""
    i18n.install(language)
    desk.settings = replace(desk.settings, language=language)
    save(desk.settings, desk.settings_file)


def other_language() -> str:
    """The language that is not spoken now."""
    languages = i18n.LANGUAGES
    return languages[(languages.index(i18n.language()) + 1) % len(languages)]


class OptionsScreen(Screen[None]):
    """Changes one setting at a time; each change is kept at once."""

    CSS = """
    OptionsScreen { & Menu { margin-top: 1; } & .hint { margin: 1 2; color: $text-muted; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", N_("Back"))]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        yield Heading(_("Settings"))
        with Vertical(classes="column body"):
            with Menu():
                for key, label, value in self._rows():
                    yield MenuItem(label, value, key=key)
            yield Plain(_("Enter changes the setting at hand."), classes="hint")
            yield Plain(
                _(
                    "How sure you are is asked after each verdict. It costs no points, and shows "
                    "what you only think you know."
                ),
                classes="hint",
            )
        yield KeyBar()

    def _rows(self) -> list[tuple[str, str, str]]:
        settings = self._desk.settings
        length = i18n.n_("{number} question", "{number} questions", settings.length)
        return [
            ("language", _("Language"), _LANGUAGES[i18n.language()]),
            ("theme", _("Theme"), _(_THEMES[settings.theme])),
            ("length", _("Quick practice"), length.format(number=settings.length)),
            ("confidence", _("Ask how sure I am"), _("yes") if settings.confidence else _("no")),
            ("horizon", _("Ready by"), self._horizon()),
        ]

    def _horizon(self) -> str:
        day = self._desk.settings.horizon
        return wording.date(day.isoformat()) if day else _("no day set")

    def on_menu_item_chosen(self, message: MenuItem.Chosen) -> None:
        """Turn the chosen setting to its next value; for a day, ask."""
        settings = self._desk.settings
        match message.item.key:
            case "language":
                # What is shown changes even where the file cannot be written.
                self.post_message(LanguageChanged())
                self._kept(lambda: set_language(self._desk, other_language()))
            case "horizon" if self.is_active:
                from quiz.tui.horizon import HorizonScreen

                self.app.push_screen(HorizonScreen(settings, self._desk.today), self._keep)
            case key if key in _NEXT:
                value = _after(getattr(settings, key), _NEXT[key])
                self._keep(replace(settings, **{key: value}))

    def _keep(self, settings: Settings | None) -> None:
        """Have these settings from now on; None changes nothing."""
        if settings is None:
            return
        self._desk.settings = settings
        self.app.theme = settings.theme
        self._kept(lambda: save(settings, self._desk.settings_file))

    def _kept(self, write: Callable[[], None]) -> None:
        try:
            write()
        except OSError as error:
            self.notify(
                _("The settings cannot be kept: {reason}.").format(reason=said(error)),
                severity="warning",
                markup=False,
            )
        values = {key: value for key, _label, value in self._rows()}
        for item in self.query(MenuItem):
            item.detail = values[item.key]

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()


def _after(value: Any, values: tuple[Any, ...]) -> Any:
    return values[(values.index(value) + 1) % len(values)]
