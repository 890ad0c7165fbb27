"""Whole pages around what changes in them. Pure but for the addresses of style and script."""

from quiz import naming
from quiz.i18n import _
from quiz.markup import Html, join, tag
from quiz.web.static_files import link

# Seconds after which a page without script looks again; what is read at length is left alone.
REFRESH = 5


def document(
    language: str,
    content: Html,
    *,
    style: str = "phone.css",
    stream: str | None = None,
    refresh: int | None = None,
    head: Html | None = None,
    foot: Html | None = None,
) -> str:
    """A page in `language`; with a `stream` its script keeps it up to date.

    Without script a browser loads it again after `refresh` seconds.
    """
    again = tag("noscript", tag("meta", http_equiv="refresh", content=refresh))
    return "<!doctype html>" + tag(
        "html",
        tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("title", "Netral"),
            tag("link", rel="icon", href=link("netral.svg")),
            tag("link", rel="stylesheet", href=link(style)),
            tag("script", src=link("follow.js"), defer=True) if stream else None,
            again if refresh else None,
        ),
        tag(
            "body",
            head,
            tag("main", content, id="isi", tabindex=-1, data_stream=stream),
            tag("footer", _line() if stream else None, foot) if stream or foot else None,
        ),
        lang=language,
    )


def _line() -> Html:
    """Where the script says whether the page is connected and, to be read out, what is new."""
    line = tag(
        "p",
        id="sambungan",
        role="status",
        hidden=True,
        data_on=_("Connected"),
        data_off=_("Connection lost, trying again …"),
        data_sending=_("Sending your vote …"),
        data_unsent=_("Not sent yet, trying again …"),
        data_late=_("The vote was closed before yours could be sent."),
    )
    return join(line, tag("p", id="kabar", class_="said", role="status"))


def name_line(name: str, team: int | None) -> Html:
    """Who one is here."""
    words = [_("You are {name}").format(name=name)]
    if team is not None:
        words.append(_("team {number}").format(number=team))
    return tag("header", tag("p", tag("b", "Netral"), " · ", ", ".join(words)))


def more() -> Html:
    """What else a participant can do."""
    button = tag("button", _("Move to another phone"), class_="quiet")
    return tag("form", button, method="post", action="/pindah")


def join_form(code: str, names: bool, notice: str = "") -> Html:
    """The first page: the code, where the link did not bring it, and a name where it is asked."""
    known = naming.normal(code) if not notice else None
    return join(
        tag("h1", _("Judge together")),
        tag(
            "p", _("In this session the room judges what civil servants do. No account is needed.")
        ),
        tag("p", notice, class_="notice", role="alert") if notice else None,
        tag(
            "form",
            tag("input", type="hidden", name="code", value=known)
            if known
            else _field("code", _("The code on the screen"), code, spellcheck="false"),
            _name_field() if names else _no_name(),
            tag("button", _("Join"), class_="main"),
            method="post",
            action="/gabung",
        ),
        tag("p", tag("a", _("I was here before and have a personal code"), href="/kembali")),
    )


def _field(name: str, label: str, value: str, **more: str) -> Html:
    return join(
        tag("label", label, for_=name),
        tag(
            "input",
            id=name,
            name=name,
            value=value or None,
            required=True,
            autocomplete="off",
            autocapitalize="characters",
            maxlength=40,
            **more,
        ),
    )


def _name_field() -> Html:
    return join(
        tag("label", _("Your name (optional)"), for_="name"),
        tag(
            "input",
            id="name",
            name="name",
            maxlength=60,
            autocomplete="name",
            aria_describedby="about-name",
        ),
        tag(
            "p",
            _("The facilitator may file it with your answers. Without one you get another name."),
            id="about-name",
            class_="note",
        ),
    )


def _no_name() -> Html:
    return tag("p", _("You stay anonymous: a name is handed out to you."), class_="note")


def return_form(notice: str = "") -> Html:
    """Where one comes back with a personal code."""
    return join(
        tag("h1", _("Come back")),
        tag("p", notice, class_="notice", role="alert") if notice else None,
        tag(
            "form",
            _field("code", _("Your personal code"), "", spellcheck="false"),
            tag("button", _("Come back"), class_="main"),
            method="post",
            action="/kembali",
        ),
        tag("p", tag("a", _("Join with the code on the screen"), href="/")),
    )


def personal_code(code: str) -> Html:
    """The code by which one comes back on another phone."""
    return join(
        tag("h1", _("Move to another phone")),
        tag("p", _("Open the same address there, choose “I was here before” and type:")),
        tag("p", naming.spaced(code), class_="code"),
        tag("p", _("Keep it to yourself: whoever has it can vote in your place."), class_="note"),
        tag("p", tag("a", _("Back to the session"), href="/sesi")),
    )


def message(title: str, sentence: str) -> Html:
    """A page that only says something."""
    return join(
        tag("h1", title),
        tag("p", sentence),
        tag("p", tag("a", _("To the first page"), href="/")),
    )
