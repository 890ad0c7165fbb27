"""What one participant sees, as a fragment of a page. Pure: the same values give the same HTML.

Whatever is personal in it is the votes and the score, not the name: thousands of participants
then need only a handful of fragments.
"""

from quiz import wording
from quiz.i18n import _
from quiz.markup import Html, tag
from quiz.models import Confidence, Verdict
from quiz.phases import VOTING, Phase
from quiz.session import Answer
from quiz.views import Asked, Own, Reveal, View
from quiz.votes import Vote
from quiz.web import shown

# What a screen reader is told, and what is shown.
Said = tuple[str, tuple[Html | None, ...]]


def fragment(view: View, own: Own, notice: str = "") -> Html:
    """The content of the page; `notice` is a sentence about what was just asked for."""
    said, content = _content(view, own)
    return tag(
        "article",
        tag("p", notice, class_="notice") if notice else None,
        tag("p", _("The facilitator has paused. It will go on soon."), class_="notice")
        if view.paused
        else None,
        *content,
        data_version=view.version,
        data_scene=shown.scene(view),
        data_say=notice or said,
    )


def _content(view: View, own: Own) -> Said:
    if view.question is None:
        return (_done if view.phase is Phase.DONE else _lobby)(own)
    if view.reveal:
        return _revealed(view, view.question, view.reveal, own)
    if view.phase in VOTING:
        return _voting(view, view.question, own)
    return _waiting(view, view.question, own)


def _lobby(_own: Own) -> Said:
    said = _("You are in.")
    return said, (
        tag("h1", said),
        tag("p", _("The facilitator will begin soon. Keep this page open.")),
    )


def _done(own: Own) -> Said:
    said = _("The session is over. Thank you for taking part.")
    return said, (
        tag("h1", _("The session is over")),
        tag("p", wording.result(own.score), class_="score"),
        tag("p", tag("a", _("My result, and what to take home"), href="/hasil", data_load=True)),
    )


def _waiting(view: View, question: Asked, own: Own) -> Said:
    if view.phase is Phase.READING:
        said = _("Read this first. The vote opens soon.")
        situation = tag("p", question.situation)
        return said, (
            shown.heading(view, question),
            situation,
            shown.act(question.act),
            tag("p", said, class_="note"),
        )
    if view.phase is Phase.DISCUSSING:
        said = _("Talk to a neighbour who voted otherwise: which fact decides?")
    else:
        said = _("The vote is closed.")
    return said, (
        shown.heading(view, question),
        shown.act(question.act),
        tag("p", said, class_="state"),
        _your_vote(own.vote),
        _situation(question),
    )


def _situation(question: Asked) -> Html:
    return tag("section", tag("h2", _("The situation")), tag("p", question.situation))


def _voting(view: View, question: Asked, own: Own) -> Said:
    if view.paused:
        return _("The facilitator has paused. It will go on soon."), (
            shown.heading(view, question),
            shown.act(question.act),
            _your_vote(own.vote),
            _situation(question),
        )
    recorded = _("Your vote is recorded. You can still change it.")
    verdicts, confidences = _ballot(view, question, own.vote)
    return recorded if own.vote else _("The vote is open."), (
        shown.heading(view, question),
        shown.act(question.act),
        verdicts,
        tag("p", recorded, class_="state") if own.vote else None,
        confidences,
        _situation(question),
    )


def _your_vote(vote: Vote | None) -> Html | None:
    return tag("p", _("Your vote:"), " ", shown.verdict(vote.verdict)) if vote else None


def _ballot(view: View, question: Asked, vote: Vote | None) -> tuple[Html, Html | None]:
    """The form for the verdict and, once there is one, that for how sure one is of it."""
    hidden = (
        tag("input", type="hidden", name="question", value=question.id),
        tag("input", type="hidden", name="round", value=view.round),
    )
    given = vote.verdict if vote else None
    verdicts = _form(
        _("Is this act neutral?"),
        *hidden,
        tag("div", *(_choice(value, value is given) for value in Verdict), class_="choices"),
    )
    if not (view.confidence and vote):
        return verdicts, None
    return verdicts, _form(
        _("How sure are you? (optional)"),
        *hidden,
        tag("input", type="hidden", name="verdict", value=vote.verdict.value),
        tag("div", *(_degree(c, c is vote.confidence) for c in Confidence), class_="degrees"),
    )


def _form(title: str, *content: Html) -> Html:
    return tag("form", tag("h2", title), *content, method="post", action="/suara")


def _choice(value: Verdict, chosen: bool) -> Html:
    return tag(
        "button",
        tag("span", wording.SIGNS[value], class_="sign", aria_hidden="true"),
        " ",
        wording.verdict(value),
        tag("span", " ✓", aria_hidden="true") if chosen else None,
        id=f"v-{value.value}",
        name="verdict",
        value=value.value,
        class_=value.value,
        aria_pressed="true" if chosen else "false",
    )


def _degree(value: Confidence, chosen: bool) -> Html:
    return tag(
        "button",
        wording.confidence(value),
        tag("span", " ✓", aria_hidden="true") if chosen else None,
        id=f"c-{value.value}",
        name="confidence",
        value=value.value,
        aria_pressed="true" if chosen else "false",
    )


def _revealed(view: View, question: Asked, reveal: Reveal, own: Own) -> Said:
    given = next((vote for vote in reversed(own.votes) if vote), None)
    if given:
        answer = Answer(question.id, given.verdict, reveal.verdict)
        said = wording.outcome(answer)
        sign = "✓" if answer.right else "✕"
    else:
        said = _("This is neutral.") if reveal.verdict is Verdict.NEUTRAL else _not_neutral()
        sign = wording.SIGNS[reveal.verdict]
    return said, (
        shown.heading(view, question),
        shown.act(question.act),
        tag(
            "h2",
            tag("span", sign, class_="sign", aria_hidden="true"),
            " ",
            said,
            class_=f"outcome {reveal.verdict.value}",
        ),
        shown.reasons(reveal),
        shown.rounds(reveal),
        tag("p", wording.so_far(own.score), class_="score"),
        _situation(question),
    )


def _not_neutral() -> str:
    return _("This is not neutral.")


def result(own: Own, items: list[tuple[Asked, Reveal, bool]]) -> Html:
    """One's own result, and what to take home: each question with whether it was answered."""
    return tag(
        "article",
        tag("h1", _("My result")),
        tag("p", wording.result(own.score), class_="score"),
        tag("p", _("All right, and nothing left to take home.")) if not items else None,
        *(_to_take_home(*item) for item in items),
    )


def _to_take_home(question: Asked, reveal: Reveal, answered: bool) -> Html:
    what = _("Not quite") if answered else _("Not answered")
    return tag(
        "section",
        tag("p", f"{what} · {question.scenario}", class_="kicker"),
        tag("p", question.situation, class_="note"),
        tag("h2", question.act, class_="act"),
        tag("p", shown.verdict(reveal.verdict), class_="outcome"),
        shown.reasons(reveal),
        class_="home",
    )
