"""What the wall shows: huge, and before the reveal nothing but how many have voted. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from quiz import naming, wording
from quiz.i18n import _, n_
from quiz.markup import Html, tag
from quiz.phases import VOTING, Phase
from quiz.report import Report
from quiz.turnout import Turnout
from quiz.views import Asked, Reveal, TeamScore, View
from quiz.web import shown


@dataclass(frozen=True, slots=True)
class Invitation:
    """Where the hall finds the room; `picture` is the address of its QR code."""

    address: str
    code: str
    picture: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a room that is over; `teams` is empty where there were none."""

    report: Report
    teams: tuple[TeamScore, ...]


def fragment(
    view: View,
    count: Turnout,
    invitation: Invitation,
    scale: float,
    outcome: Outcome | None = None,
) -> Html:
    """The content of the page; `scale` is how much larger than usual the type is.

    `outcome` is None as long as the room is not over.
    """
    return tag(
        "article",
        tag("p", _("Paused"), class_="notice") if view.paused else None,
        *(_ended(view, outcome) if outcome else _content(view, count, invitation)),
        class_="wide" if view.reveal else None,
        data_version=view.version,
        data_scene=shown.scene(view),
        data_scale=f"{scale:.3g}",
    )


def _content(view: View, count: Turnout, invitation: Invitation) -> tuple[Html | None, ...]:
    if view.question is None:
        return _lobby(count, invitation)
    if view.reveal:
        return _revealed(view, view.question, view.reveal)
    return _asking(view, view.question, count, invitation)


def _lobby(count: Turnout, invitation: Invitation) -> tuple[Html, ...]:
    here = n_("{number} person is here", "{number} people are here", count.here)
    return (
        tag("h1", _("Join in")),
        tag(
            "div",
            tag(
                "img",
                src=invitation.picture,
                alt=_("QR code of the address"),
                class_="qr",
            ),
            tag(
                "div",
                tag("p", invitation.address, class_="address"),
                tag("p", _("Code")),
                tag("p", naming.spaced(invitation.code), class_="code"),
            ),
            class_="invitation",
        ),
        tag("p", here.format(number=count.here), class_="count"),
    )


def _ended(view: View, outcome: Outcome) -> tuple[Html | None, ...]:
    found = outcome.report
    principles = [(of.principle.name.say(view.language), of.share) for of in found.principles]
    teams = [(_("Team {number}").format(number=team.team), team.share) for team in outcome.teams]
    return (
        tag("h1", _("The session is over")),
        tag("p", wording.extent(len(found.judged), found.participants)),
        tag(
            "div",
            _shares(_("Right, by principle"), principles) if principles else None,
            _shares(_("Right, by team"), teams) if teams else None,
            class_="rounds",
        ),
        tag("p", _("Your own result is on your phone. Thank you for taking part."))
        if found.participants
        else None,
    )


def _shares(title: str, shares: Sequence[tuple[str, float | None]]) -> Html:
    return tag("section", tag("h3", title), *(_share(*of) for of in shares), class_="round")


def _share(label: str, share: float | None) -> Html:
    percent = round(100 * (share or 0))
    words = _("too few to be shown") if share is None else f"{percent}%"
    return tag("p", label, tag("b", words), _bar(percent), class_="count")


def _bar(percent: int) -> Html:
    return tag(
        "svg",
        tag("rect", width=f"{percent}%", height="100%"),
        class_="bar",
        aria_hidden="true",
        focusable="false",
    )


def _asking(
    view: View, question: Asked, count: Turnout, invitation: Invitation
) -> tuple[Html | None, ...]:
    voting = view.phase in VOTING
    return (
        shown.heading(view, question),
        tag("p", question.situation, class_="situation"),
        shown.act(question.act),
        tag("p", _state(view.phase), class_="state"),
        _voted(count) if voting or view.phase is Phase.CLOSED else None,
        tag(
            "p",
            f"{invitation.address} · {naming.spaced(invitation.code)}",
            class_="invitation small",
        ),
    )


def _state(phase: Phase) -> str:
    return {
        Phase.READING: _("Read this first. The vote opens soon."),
        Phase.VOTING: _("Is this act neutral?"),
        Phase.REVOTING: _("Is this act neutral? Vote once more."),
        Phase.CLOSED: _("The vote is closed."),
        Phase.DISCUSSING: _("Talk to a neighbour who voted otherwise: which fact decides?"),
    }[phase]


def _voted(count: Turnout) -> Html:
    words = _("{voted} of {here} have voted").format(voted=count.voted, here=count.here)
    return tag("p", tag("b", words), _bar(round(100 * count.share)), class_="count")


def _revealed(view: View, question: Asked, reveal: Reveal) -> tuple[Html, ...]:
    left = tag(
        "div",
        shown.act(question.act),
        tag("h2", shown.verdict(reveal.verdict), class_="outcome"),
        tag("div", shown.rounds(reveal), class_="rounds"),
    )
    right = tag("div", tag("p", reveal.explanation), *(shown.quote(of) for of in reveal.quotes))
    return (shown.heading(view, question), tag("div", left, right, class_="two"))
