"""What a participant reads in a terminal, as blocks of a page."""

from collections.abc import Iterator

from textual.content import Content

from quiz import attending, wording
from quiz.attendance import Attendance
from quiz.i18n import _
from quiz.models import Verdict
from quiz.session import Answer
from quiz.tui.explanation import STYLES, outcome
from quiz.tui.page import Block, indented, labelled
from quiz.views import Asked, Quote, Reveal, RoundResult

_BAR = 24


def content(here: Attendance, *, act_first: bool = False) -> Iterator[Block]:
    """All that there is to read now; with `act_first` the situation comes last in any phase."""
    view = here.state.view
    if view.question is None:
        yield from _done(here) if here.over else _lobby(here)
        return
    yield _bold(view.question.scenario)
    if view.reveal:
        if view.paused:
            waits = _("The facilitator has paused. It will go on soon.")
            yield Block(Content.styled(waits, "$accent"))
        yield _act(view.question)
        yield from _revealed(here, view.question, view.reveal)
        yield Block(Content(view.question.situation))
        return
    situation_first = attending.situation_first(view) and not act_first
    if situation_first:
        yield Block(Content(view.question.situation))
    yield _act(view.question)
    yield from (Block(Content.styled(line, "$accent")) for line in attending.standing(here))
    if not situation_first:
        yield Block(Content(view.question.situation))


def _bold(words: str) -> Block:
    return Block(Content.styled(words, "bold"))


def _act(question: Asked) -> Block:
    return indented(Content(question.act), "▌ ", "$accent")


def _lobby(here: Attendance) -> Iterator[Block]:
    first, *rest = attending.standing(here)
    yield _bold(first)
    for line in rest:
        yield Block(Content(line))


def _done(here: Attendance) -> Iterator[Block]:
    thanks, score, *rest = attending.farewell(here)
    yield _bold(thanks)
    yield _bold(score)
    for line in rest:
        yield Block(Content(line))
    for item in here.result.taken_home if here.result else ():
        what = _("Not quite") if item.answered else _("Not answered")
        yield Block(Content.styled(f"{what} · {item.question.scenario}", "$text-muted"))
        yield Block(Content(item.question.situation))
        yield _act(item.question)
        yield _verdict(item.reveal.verdict)
        yield from _reasons(item.reveal)


def _revealed(here: Attendance, question: Asked, reveal: Reveal) -> Iterator[Block]:
    given = attending.given(here)
    yield (
        outcome(Answer(question.id, given.verdict, reveal.verdict))
        if given
        else _verdict(reveal.verdict)
    )
    yield from _reasons(reveal)
    for result in reveal.rounds:
        yield _round(result, several=len(reveal.rounds) > 1)
    yield Block(Content(wording.so_far(here.state.own.score)))


def _verdict(value: Verdict) -> Block:
    words = f"{wording.SIGNS[value]} {wording.verdict(value)}"
    return Block(Content.styled(words, f"bold {STYLES[value]}"))


def _reasons(reveal: Reveal) -> Iterator[Block]:
    """Why, the source's words, what instead, the contrast, the law: always in this order."""
    yield Block(Content(reveal.explanation))
    for quote in reveal.quotes:
        yield indented(_quote(quote), "  ")
    if reveal.instead:
        yield labelled(_("Instead"), reveal.instead)
    if reveal.contrast:
        other = reveal.contrast.verdict
        words = f"{wording.SIGNS[other]} {wording.verdict(other)}"
        contrast = Content.assemble(reveal.contrast.act, "  ", (words, STYLES[other]))
        yield labelled(_("Contrast"), contrast)
    elif reveal.contrast_to_come:
        yield labelled(_("Contrast"), _("A contrasting act is still to come in this session."))
    if reveal.laws:
        checked = f"\n{reveal.laws_checked}" if reveal.laws_checked else ""
        laws = Content.assemble("\n".join(reveal.laws), (checked, "$text-muted"))
        yield labelled(_("Law"), laws)


def _quote(quote: Quote) -> Content:
    gloss = f"\n{quote.gloss}" if quote.gloss else ""
    return Content.assemble(
        (f"“{quote.words}”", "italic"), gloss, (f"\n{quote.credit}", "$text-muted")
    )


def _round(result: RoundResult, *, several: bool) -> Block:
    title = _("Round {round}").format(round=result.round) if several else _("How the room voted")
    votes = attending.counted(result)
    total = sum(votes.values())
    rows: list[str | tuple[str, str]] = [(title, "$text-muted")]
    width = max(len(wording.verdict(value)) for value in votes)
    for value, number in votes.items():
        share = number / total if total else 0.0
        rows += [
            f"\n{wording.SIGNS[value]} {wording.verdict(value).ljust(width)}  ",
            (wording.bar(share, _BAR), STYLES[value]),
            f"  {number} ({round(100 * share)}%)",
        ]
    return Block(Content.assemble(*rows))
