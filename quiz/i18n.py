"""Interface strings in the learner's language.

Strings in the code are English and marked with `_` (translated where it stands) or `N_` (only
marked; translated where it is shown). The Indonesian catalogue lies in `locale/`.
"""

import gettext as _gettext
import locale
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

LANGUAGES = ("id", "en")
DOMAIN = "netral"
# Locales are named by code, on Windows also by the language's English name.
_LANGUAGE_OF = {"id": "id", "indonesian": "id", "en": "en", "english": "en"}
LOCALE_DIR = Path(__file__).parent / "locale"

_translations: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def choose(asked: str | None, saved: str | None, environ: Mapping[str, str]) -> str:
    """The interface language: what was asked for, else saved, else the locale's, else `id`.

    A locale in a third language, or one that does not exist, counts as none.
    """
    for wish in (asked, saved):
        if wish in LANGUAGES:
            return wish
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return _of_locale(environ[name])
    if sys.platform == "win32":
        with suppress(ValueError):
            return _of_locale(locale.getlocale()[0] or "")
    return "id"


def _of_locale(name: str) -> str:
    """The first language in `name` that we have; LANGUAGE may list several, as in `jv:en`."""
    for wish in name.lower().split(":"):
        code = re.split(r"[_.@-]", wish)[0]
        if code in _LANGUAGE_OF:
            return _LANGUAGE_OF[code]
    return "id"


def install(language: str) -> None:
    """Translate everything shown from now on into `language`, click's own words included."""
    global _translations, _language
    _language = language
    _translations = _gettext.translation(DOMAIN, LOCALE_DIR, languages=[language], fallback=True)
    # click asks the process-wide gettext, which looks at the environment at each call.
    os.environ["LANGUAGE"] = language
    _gettext.bindtextdomain(DOMAIN, str(LOCALE_DIR))
    _gettext.textdomain(DOMAIN)


def language() -> str:
    """The language installed last."""
    return _language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within this, everything is said in `language`, if the interface has it."""
    before = _language
    if language in LANGUAGES:
        install(language)
    try:
        yield
    finally:
        install(before)


def _(message: str) -> str:
    """`message` in the installed language."""
    return _translations.gettext(message)


def n_(singular: str, plural: str, number: int) -> str:
    """The form of a message that fits `number`, in the installed language."""
    return _translations.ngettext(singular, plural, number)


def N_(message: str) -> str:
    """Mark a message for translation where it is shown, not where it stands."""
    return message


# What click says itself, so that help and usage errors come in the learner's language too.
CLICK = (
    N_("Commands"),
    N_("Error: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Missing argument"),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("Options"),
    N_("Show this message and exit."),
    N_("Try '{command} {option}' for help."),
    N_("Usage:"),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
)
CLICK_PLURALS = (
    n_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
    n_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
    n_("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
)
