"""Language, theme and length of a practice."""

from dataclasses import replace
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from quiz import i18n
from quiz.i18n import N_, _
from quiz.settings import LENGTHS, THEMES, Settings, save
from quiz.tui.desk import Desk
from quiz.tui.messages import LanguageChanged
from quiz.tui.widgets import Heading, KeyBar, Menu, MenuItem, Plain

T = TypeVar("T")

_LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
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
        yield KeyBar()

    def _rows(self) -> list[tuple[str, str, str]]:
        settings = self._desk.settings
        length = i18n.n_("{number} question", "{number} questions", settings.length)
        return [
            ("language", _("Language"), _LANGUAGES[i18n.language()]),
            ("theme", _("Theme"), _(_THEMES[settings.theme])),
            ("length", _("Quick practice"), length.format(number=settings.length)),
        ]

    def on_menu_item_chosen(self, message: MenuItem.Chosen) -> None:
        """Turn the chosen setting to its next value."""
        settings = self._desk.settings
        try:
            # What is shown changes even where the file cannot be written.
            if message.item.key == "language":
                self.post_message(LanguageChanged())
                set_language(self._desk, other_language())
            elif message.item.key == "theme":
                self.app.theme = theme = _after(settings.theme, THEMES)
                self._keep(replace(settings, theme=theme))
            else:
                self._keep(replace(settings, length=_after(settings.length, LENGTHS)))
        except OSError as error:
            self.notify(
                _("The settings cannot be kept: {reason}.").format(reason=error.strerror),
                severity="warning",
                markup=False,
            )
        values = {key: value for key, _label, value in self._rows()}
        for item in self.query(MenuItem):
            item.detail = values[item.key]

    def _keep(self, settings: Settings) -> None:
        self._desk.settings = settings
        save(settings, self._desk.settings_file)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()


def _after(value: T, values: tuple[T, ...]) -> T:
    return values[(values.index(value) + 1) % len(values)]
