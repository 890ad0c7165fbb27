"""What only the facilitator is to see before the reveal, as blocks."""

from collections.abc import Iterator

from textual.content import Content

from quiz import wording
from quiz.facilitation import Advice, advice, sentence
from quiz.i18n import N_, _
from quiz.models import Bank, Verdict
from quiz.phases import VOTING, Phase
from quiz.room import Room
from quiz.tui.explanation import STYLES
from quiz.tui.hall import bars, quoted
from quiz.tui.page import Block, labelled
from quiz.tui.widgets import key_name
from quiz.views import prompts
from quiz.votes import Ballot

# The key that does what is advised.
_KEYS = {
    Advice.NOBODY: ("o", N_("Open again")),
    Advice.RETEACH: ("space", N_("Reveal")),
    Advice.DISCUSS: ("d", N_("Discuss")),
    Advice.EXPLAIN: ("space", N_("Reveal")),
}


def aside(room: Room, bank: Bank, language: str) -> Iterator[Block]:
    """Verdict, split, advice, what to talk about and what to read aloud, as far as it helps now."""
    if room.question is None or room.phase is Phase.REVEALED or room.looking_back:
        return
    question = bank.question[room.question]
    ballot = room.ballot(question.id, room.round)
    expected = question.verdict
    if room.phase is Phase.READING:
        verdict = f"{wording.SIGNS[expected]} {wording.verdict(expected)}"
        yield labelled(_("Verdict"), Content.styled(verdict, STYLES[expected]))
        return
    yield _split(ballot, expected, sure=room.setup.confidence)
    if room.phase is Phase.CLOSED:
        advised = advice(ballot, expected, room.round)
        key, label = _KEYS[advised]
        words = Content.assemble(
            (sentence(advised, room.round), "bold"),
            "  ",
            (key_name(key), "bold $accent"),
            f" {_(label)}",
        )
        yield labelled(_("Advice"), words)
    if room.phase not in VOTING:
        helping = prompts(bank, question, language)
        yield labelled(_("To discuss"), helping.discussion)
        yield labelled(_("Read aloud"), quoted(helping.aloud))


def _split(ballot: Ballot, expected: Verdict, *, sure: bool) -> Block:
    """The votes so far, the right ones marked; with how many were sure of the other verdict."""
    tally = ballot.tally
    split = bars((tally[Verdict.NEUTRAL], tally[Verdict.NOT_NEUTRAL]), right=expected)
    if not sure:
        return split
    words = _("Sure but wrong: {number}").format(number=ballot.sure_but_wrong(expected))
    return Block(Content.assemble(split.text, f"\n{words}"))
