"""What a participant's terminal says, on screen and line by line alike. Pure."""

from collections.abc import Iterator

from quiz import naming, wording
from quiz.attendance import Attendance
from quiz.i18n import _
from quiz.models import Verdict
from quiz.phases import VOTING, Phase
from quiz.views import RoundResult, View
from quiz.votes import Vote


def situation_first(view: View) -> bool:
    """Whether the situation is still to be read, or may be needed for the vote."""
    return view.phase is Phase.READING or view.phase in VOTING


def given(here: Attendance) -> Vote | None:
    """The vote that counts for the question whose result is shown."""
    return next((vote for vote in reversed(here.state.own.votes) if vote), None)


def counted(result: RoundResult) -> dict[Verdict, int]:
    """Votes and raised hands for each verdict."""
    return {
        Verdict.NEUTRAL: result.neutral + result.hands_neutral,
        Verdict.NOT_NEUTRAL: result.not_neutral + result.hands_not_neutral,
    }


def vote_line(vote: Vote) -> str:
    """A vote in words and sign."""
    words = f"{wording.SIGNS[vote.verdict]} {wording.verdict(vote.verdict)}"
    return f"{words}, {wording.confidence(vote.confidence)}" if vote.confidence else words


def standing(here: Attendance) -> Iterator[str]:
    """Where the room and one's own vote stand, sentence by sentence."""
    view = here.state.view
    if view.question is None:
        yield _("You are in.")
        yield _("You are {name} here.").format(name=here.state.own.name)
        yield _("The facilitator will begin soon. Keep this window open.")
    elif view.phase is Phase.READING:
        yield _("Read this first. The vote opens soon.")
    elif view.phase in VOTING:
        yield from _of_the_vote(here)
    else:
        discussing = view.phase is Phase.DISCUSSING
        yield (
            _("Talk to a neighbour who voted otherwise: which fact decides?")
            if discussing
            else _("The vote is closed.")
        )
        if here.recorded:
            yield _("Your vote:") + " " + vote_line(here.recorded)
    if here.notice:
        yield here.notice
    if view.paused:
        yield _("The facilitator has paused. It will go on soon.")


def _of_the_vote(here: Attendance) -> Iterator[str]:
    if here.sending:
        yield _("Your vote is being sent: {vote}").format(vote=vote_line(here.sending))
    elif here.recorded:
        line = vote_line(here.recorded)
        changeable = _("Your vote is recorded. You can still change it.")
        yield (_("Your vote:") if here.state.view.paused else changeable) + " " + line
    elif not here.state.view.paused:
        yield _("The vote is open.")


def farewell(here: Attendance) -> Iterator[str]:
    """What is said at the end, sentence by sentence, before the questions to take home."""
    own = here.result.own if here.result else here.state.own
    yield _("The session is over. Thank you for taking part.")
    yield wording.result(own.score)
    if here.result is None:
        yield _("What to take home is still to come from the facilitator's computer.")
    elif not here.result.taken_home:
        yield _("All right, and nothing left to take home.")


def ways_on(here: Attendance, code: str) -> Iterator[str]:
    """How one goes on with a phone, step by step, by a personal code."""
    yield _("On the phone, open {address}").format(address=here.address)
    yield _("Choose “I was here before and have a personal code” and type:")
    yield naming.spaced(code)
    yield _("Keep it to yourself: whoever has it can vote in your place.")
