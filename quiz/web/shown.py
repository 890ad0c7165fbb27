"""Pieces of a room's view that phones and the projector have in common. Pure."""

from quiz import wording
from quiz.i18n import _, n_
from quiz.markup import Html, join, tag
from quiz.models import Verdict
from quiz.views import Asked, Quote, Reveal, RoundResult, View


def scene(view: View) -> str:
    """What tells one state of the page from another: its reader begins at the top again."""
    return f"{view.number}-{view.phase}-{view.round}-{view.looking_back}"


def heading(view: View, question: Asked) -> Html:
    """Where in the session we are, and the scenario."""
    where = _("Question {number} of {total}").format(number=view.number, total=view.total)
    parts = [where]
    if view.looking_back:
        parts.append(_("an earlier result"))
    elif view.round == 2:
        parts.append(_("second round"))
    return join(tag("p", " · ".join(parts), class_="kicker"), tag("h1", question.scenario))


def verdict(value: Verdict) -> Html:
    """A verdict in sign and word."""
    sign = tag("span", wording.SIGNS[value], class_="sign", aria_hidden="true")
    return tag("span", sign, " ", wording.verdict(value), class_=value.value)


def act(words: str) -> Html:
    """What is to be judged."""
    return tag("p", words, class_="act")


def quote(of: Quote) -> Html:
    """The source's words, our translation, and whose words they are."""
    return tag(
        "figure",
        tag("blockquote", tag("p", f"“{of.words}”")),
        tag("p", of.gloss) if of.gloss else None,
        tag("figcaption", of.credit),
    )


def rounds(reveal: Reveal) -> Html:
    """Each round as two bars with their numbers."""
    return join(*(_round(result, len(reveal.rounds) > 1) for result in reveal.rounds))


def _round(result: RoundResult, several: bool) -> Html:
    title = _("Round {round}").format(round=result.round) if several else _("How the room voted")
    votes = {
        Verdict.NEUTRAL: result.neutral + result.hands_neutral,
        Verdict.NOT_NEUTRAL: result.not_neutral + result.hands_not_neutral,
    }
    total = sum(votes.values())
    hands = result.hands_neutral + result.hands_not_neutral
    raised = n_("{number} of them a raised hand", "{number} of them raised hands", hands)
    return tag(
        "section",
        tag("h3", title),
        *(_bar(value, number, total) for value, number in votes.items()),
        tag("p", raised.format(number=hands), class_="note") if hands else None,
        class_="round",
    )


def _bar(value: Verdict, number: int, total: int) -> Html:
    percent = round(100 * number / total) if total else 0
    return tag(
        "p",
        verdict(value),
        tag("b", f"{number} ({percent}%)"),
        tag(
            "svg",
            tag("rect", width=f"{percent}%", height="100%"),
            class_=f"bar {value.value}",
            aria_hidden="true",
            focusable="false",
        ),
        class_="count",
    )


def reasons(reveal: Reveal) -> Html:
    """Why, the source's words, what instead, the contrast, the law: always in this order."""
    contrast = reveal.contrast
    return join(
        tag("p", reveal.explanation),
        *(quote(of) for of in reveal.quotes),
        _labelled(_("Instead"), reveal.instead) if reveal.instead else None,
        _labelled(_("Contrast"), contrast.act, " ", verdict(contrast.verdict))
        if contrast
        else None,
        _labelled(_("Contrast"), _("A contrasting act is still to come in this session."))
        if reveal.contrast_to_come
        else None,
        _labelled(_("Law"), *(tag("span", law, class_="law") for law in reveal.laws))
        if reveal.laws
        else None,
        tag("p", reveal.laws_checked, class_="note") if reveal.laws_checked else None,
    )


def _labelled(label: str, *content: str) -> Html:
    return tag("section", tag("h3", label), tag("p", *content))
