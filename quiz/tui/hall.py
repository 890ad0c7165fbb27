"""What the facilitator's screen shows to the whole hall, and at the end to all: as blocks.

Before the reveal nothing here knows how the votes are split: it is made of what everybody may see.
"""

from collections.abc import Iterator

from textual.content import Content

from quiz import wording
from quiz.i18n import _, n_
from quiz.models import Bank, Verdict
from quiz.phases import VOTING, Phase
from quiz.report import PrincipleFigures, report
from quiz.room import Room
from quiz.tui.explanation import STYLES
from quiz.tui.page import Block, indented, labelled
from quiz.turnout import Turnout
from quiz.views import Asked, Quote, Reveal, RoundResult, TeamScore, View, teams

_BAR = 24
_LABEL = 15
_NAME = 26
_MISSED = 3


def phase(view: View) -> str:
    """What the room is doing, in a word or two."""
    if view.paused:
        return _("Paused")
    if view.looking_back:
        return _("An earlier result")
    return {
        Phase.LOBBY: _("Coming in"),
        Phase.READING: _("Reading"),
        Phase.VOTING: _("Voting"),
        Phase.CLOSED: _("Vote closed"),
        Phase.DISCUSSING: _("Discussion"),
        Phase.REVOTING: _("Voting again"),
        Phase.REVEALED: _("Explanation"),
        Phase.DONE: _("The end"),
    }[view.phase]


def paused() -> Block:
    """That the room waits, and how it goes on."""
    words = _("The session is paused: Space goes on.")
    return Block(Content.styled(f"‖ {words}", "bold $accent"))


def situation(asked: Asked, *, folded: bool) -> Iterator[Block]:
    """Title and situation of a question; folded, the title alone."""
    yield Block(Content.styled(asked.scenario, "bold"))
    if not folded:
        yield Block(Content(asked.situation))


def act(asked: Asked) -> Block:
    """What is to be judged."""
    return indented(Content(asked.act), "▌ ", "$accent")


def standing(view: View, turnout: Turnout, clock: str) -> Iterator[Block]:
    """How far the vote is; `clock` is the time since it or the discussion began."""
    if view.phase is Phase.READING:
        yield Block(Content(_("Read this first. The vote opens soon.")))
    elif view.phase in VOTING:
        again = view.phase is Phase.REVOTING
        ask = _("Is this act neutral? Vote once more.") if again else _("Is this act neutral?")
        yield Block(Content.styled(ask, "bold"))
        words = _("{voted} of {here} have voted").format(voted=turnout.voted, here=turnout.here)
        bar = wording.bar(turnout.share, 44)
        lines = Content.assemble((words, "bold"), f" · {clock}\n", (bar, "$accent"))
        yield indented(lines, "    ")
    elif view.phase is Phase.CLOSED:
        words = _("Round {round} closed: {voted} of {here} voted").format(
            round=view.round, voted=turnout.voted, here=turnout.here
        )
        yield Block(Content.styled(words, "bold"))
    elif view.phase is Phase.DISCUSSING:
        words = _("Talk to a neighbour who voted otherwise: which fact decides?")
        yield Block(Content.assemble((words, "bold"), f" · {clock}"))


def bars(votes: tuple[int, int], right: Verdict | None = None) -> Block:
    """Votes for neutral and for not neutral as two bars with their numbers; `right` is marked."""
    total = sum(votes)
    parts: list[tuple[str, str]] = []
    for verdict, number in zip((Verdict.NEUTRAL, Verdict.NOT_NEUTRAL), votes, strict=True):
        share = number / total if total else 0.0
        label = f"{wording.SIGNS[verdict]} {wording.verdict(verdict)}".ljust(_LABEL)
        parts += [
            ("\n" if parts else "", ""),
            (label, STYLES[verdict]),
            (f" {wording.bar(share, _BAR)} ", STYLES[verdict]),
            (f" {number} ({_percent(share)})", "bold"),
            ("  ✓" if verdict is right else "", "bold"),
        ]
    return Block(Content.assemble(*parts))


def revealed(reveal: Reveal) -> Iterator[Block]:
    """Verdict, how each round went, and why, in the order of every explanation."""
    sign, word = wording.SIGNS[reveal.verdict], wording.verdict(reveal.verdict)
    yield Block(Content.styled(f"{sign} {word}", f"bold {STYLES[reveal.verdict]}"))
    for result in reveal.rounds:
        yield from _round(result, several=len(reveal.rounds) > 1)
    yield Block(Content(reveal.explanation))
    for quote in reveal.quotes:
        yield indented(quoted(quote), "  ")
    if reveal.instead:
        yield labelled(_("Instead"), reveal.instead)
    if reveal.contrast:
        other = reveal.contrast
        said = f"{wording.SIGNS[other.verdict]} {wording.verdict(other.verdict)}"
        words = Content.assemble(other.act, "  ", (said, STYLES[other.verdict]))
        yield labelled(_("Contrast"), words)
    elif reveal.contrast_to_come:
        yield labelled(_("Contrast"), _("A contrasting act is still to come in this session."))
    if reveal.laws:
        lines = Content("\n".join(reveal.laws))
        checked = (f"\n{reveal.laws_checked}", "$text-muted") if reveal.laws_checked else ""
        yield labelled(_("Law"), Content.assemble(lines, checked))


def quoted(quote: Quote) -> Content:
    """The source's words, our translation, and whose words they are."""
    parts: list[tuple[str, str]] = [(f"“{quote.words}”", "italic")]
    if quote.gloss:
        parts.append((f"\n{quote.gloss}", ""))
    parts.append((f"\n{quote.credit}", "$text-muted"))
    return Content.assemble(*parts)


def _round(result: RoundResult, *, several: bool) -> Iterator[Block]:
    votes = (
        result.neutral + result.hands_neutral,
        result.not_neutral + result.hands_not_neutral,
    )
    title = _("Round {round}").format(round=result.round) if several else _("How the room voted")
    hands = result.hands_neutral + result.hands_not_neutral
    if hands:
        raised = n_("{number} of them a raised hand", "{number} of them raised hands", hands)
        title = f"{title} · {raised.format(number=hands)}"
    both = bars(votes)
    head = Content.styled(f"{title}\n", "$text-muted")
    yield Block(Content.assemble(head, both.text))


def ended(room: Room, bank: Bank, code: str, language: str) -> Iterator[Block]:
    """The room's result: each principle, what was missed most, and where the report is."""
    found = report(room, bank)
    yield Block(Content.styled(_("The session is over"), "bold"))
    yield Block(Content(wording.extent(len(found.judged), found.participants)))
    if found.principles:
        rows = [_principle(figures, language) for figures in found.principles]
        yield Block(Content.styled(_("Right, by principle"), "bold"))
        yield Block(Content("\n".join(rows)))
    if found.missed:
        yield Block(Content.styled(_("Missed most"), "bold"))
    for judged in found.missed[:_MISSED]:
        if judged.question is not None and judged.right is not None:
            share = _("{percent} right").format(percent=_percent(judged.right))
            yield labelled(share, judged.question.act.say(language))
    for team in teams(room, bank):
        yield _team(team)
    words = _("The report, for your file and for the next session:")
    yield Block(Content.assemble(words, (f"\nnetral report {code}", "bold $accent")))


def _principle(figures: PrincipleFigures, language: str) -> str:
    name = figures.principle.name.say(language)
    cut = name if len(name) <= _NAME else name[: _NAME - 1] + "…"
    return f"{cut:<{_NAME}}  {wording.bar(figures.share, 20)}  {_percent(figures.share)}"


def _percent(share: float) -> str:
    return f"{round(share * 100)}%"


def _team(team: TeamScore) -> Block:
    label = _("Team {number}").format(number=team.team)
    if team.share is None:
        return labelled(label, _("too few to be shown"))
    return labelled(label, Content(_("{percent} right").format(percent=_percent(team.share))))
