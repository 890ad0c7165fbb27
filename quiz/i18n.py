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
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("id", "en")
DOMAIN = "netral"
# Locales are named by code, on Windows also by the language's English name.
_LANGUAGE_OF = {"id": "id", "indonesian": "id", "en": "en", "english": "en"}
LOCALE_DIR = Path(__file__).parent / "locale"

_translations: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"
# What one task speaks while others go on in the installed language.
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


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
    _translations = _catalogue(language, LOCALE_DIR)
    # click asks the process-wide gettext, which looks at the environment at each call.
    os.environ["LANGUAGE"] = language
    _gettext.bindtextdomain(DOMAIN, str(LOCALE_DIR))
    _gettext.textdomain(DOMAIN)


@cache
def _catalogue(language: str, folder: Path) -> _gettext.NullTranslations:
    return _gettext.translation(DOMAIN, folder, languages=[language], fallback=True)


def language() -> str:
    """The language spoken: the one installed last, but for what `speaking` says."""
    return _spoken.get() or _language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within this, everything is said in `language`, if the interface has it.

    That holds for the task at hand and those it begins, and not for others that run meanwhile.
    """
    before = _spoken.set(language if language in LANGUAGES else _spoken.get())
    try:
        yield
    finally:
        _spoken.reset(before)


def _spoken_now() -> _gettext.NullTranslations:
    spoken = _spoken.get()
    return _catalogue(spoken, LOCALE_DIR) if spoken else _translations


def _(message: str) -> str:
    """`message` in the language spoken."""
    return _spoken_now().gettext(message)


def n_(singular: str, plural: str, number: int) -> str:
    """The form of a message that fits `number`, in the language spoken."""
    return _spoken_now().ngettext(singular, plural, number)


def N_(message: str) -> str:
    """Mark a message for translation where it is shown, not where it stands."""
    return message


def said(error: OSError) -> str:
    """Why the system refused, in the language spoken where that is one of the common reasons."""
    words = error.strerror or str(error)
    # Of nothing, gettext makes the catalogue's head.
    return _(words) if words else type(error).__name__


# What the system says where a file or the network fails.
SYSTEM = (
    N_("Address already in use"),
    N_("Cannot assign requested address"),
    N_("Connection refused"),
    N_("Connection reset by peer"),
    N_("File exists"),
    N_("File name too long"),
    N_("Input/output error"),
    N_("Is a directory"),
    N_("Network is unreachable"),
    N_("No route to host"),
    N_("No space left on device"),
    N_("No such file or directory"),
    N_("Not a directory"),
    N_("Operation not permitted"),
    N_("Permission denied"),
    N_("Read-only file system"),
    N_("Too many open files"),
)
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
    N_("file"),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is not readable."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
)
CLICK_PLURALS = (
    n_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
    n_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
    n_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
    n_("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
)
