"""A room taken part in line by line: for screen readers, pipes and dumb terminals."""

import asyncio
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TextIO

from quiz import attending, wording
from quiz.attendance import Attendance
from quiz.errors import QuizError
from quiz.i18n import _
from quiz.models import Confidence, Verdict
from quiz.session import Answer
from quiz.views import Asked, Reveal

_WIDTH = 72
_VERDICTS = {
    "1": Verdict.NEUTRAL,
    "n": Verdict.NEUTRAL,
    "2": Verdict.NOT_NEUTRAL,
    "t": Verdict.NOT_NEUTRAL,
}
_CONFIDENCES = {"3": Confidence.UNSURE, "4": Confidence.FAIRLY, "5": Confidence.SURE}


class PlainRoom:
    """Writes down what happens in a room, and votes with what is typed."""

    def __init__(self, here: Attendance, ask: TextIO, say: TextIO) -> None:
        self._here = here
        self._ask = ask
        self._say = say
        self._scene: object = None
        self._told: tuple[str, ...] = ()
        self._connected = True

    async def run(self) -> None:
        """Take part until the room is over, or the input ends. Raises what ended it."""
        changed = asyncio.Event()
        self._here.watch(changed.set)
        typed: asyncio.Queue[str] = asyncio.Queue()
        self._listen(typed)
        part = asyncio.ensure_future(self._here.run())
        typing = asyncio.ensure_future(typed.get())
        try:
            self._line(_("To go on with a phone, type p and press Enter."))
            while not part.done():
                if self._here.over:
                    await self._until(part, lambda: self._here.result)
                self._tell()
                if self._here.over and not part.done():
                    return
                changed.clear()
                change = asyncio.ensure_future(changed.wait())
                await asyncio.wait({part, typing, change}, return_when=asyncio.FIRST_COMPLETED)
                change.cancel()
                if typing.done():
                    line = typing.result()
                    if not line or line.strip().lower() in ("q", "quit"):
                        # A vote that was just typed is to arrive.
                        await self._until(part, lambda: not self._here.sending)
                        self._tell()
                        return
                    await self._take(line.strip().lower())
                    typing = asyncio.ensure_future(typed.get())
            await part
        finally:
            part.cancel()
            typing.cancel()
            await asyncio.gather(part, typing, return_exceptions=True)

    async def _until(self, part: "asyncio.Future[None]", holds: Callable[[], object]) -> None:
        """Wait until something holds that must soon, but not for ever."""
        for _turn in range(100):
            if holds() or part.done():
                break
            await asyncio.sleep(0.05)

    def _listen(self, typed: "asyncio.Queue[str]") -> None:
        """Have a thread read, which is left behind waiting when the program ends."""
        loop = asyncio.get_running_loop()

        def read(lines: TextIO) -> None:
            with suppress(RuntimeError, OSError, ValueError):  # the loop or the stream has ended
                for line in lines:
                    loop.call_soon_threadsafe(typed.put_nowait, line)
                loop.call_soon_threadsafe(typed.put_nowait, "")

        threading.Thread(target=read, args=(self._ask,), daemon=True).start()

    async def _take(self, typed: str) -> None:
        here = self._here
        if typed == "p":
            await self._show_the_way_on()
            return
        if not here.may_vote:
            self._line(_("No vote can be taken now."))
            return
        said = here.sending or here.recorded
        if typed in _VERDICTS:
            here.vote(_VERDICTS[typed])
        elif typed in _CONFIDENCES and here.state.view.confidence and said:
            here.vote(said.verdict, _CONFIDENCES[typed])
        else:
            self._line(_("Please type 1 for neutral, 2 for not neutral, or q to stop."))

    async def _show_the_way_on(self) -> None:
        try:
            code = await self._here.personal_code()
        except QuizError as error:
            self._line(error.message)
            return
        for text in attending.ways_on(self._here, code):
            self._line(text)

    def _tell(self) -> None:
        """Write what has changed since the last time."""
        here, view = self._here, self._here.state.view
        if here.connected != self._connected:
            self._connected = here.connected
            self._line(
                _("The connection is back.")
                if here.connected
                else _("The connection is lost. It comes back by itself; your votes are kept.")
            )
        scene = (view.number, view.phase, view.round, view.looking_back)
        if scene != self._scene:
            self._scene, self._told = scene, ()
            for text in self._scene_lines():
                self._line()
                self._line(text)
        if view.reveal or here.over:
            return
        told = tuple(attending.standing(here))
        for text in told:
            if text not in self._told:
                self._line(text)
        if here.may_vote and not self._told:
            self._ask_for()
        self._told = told

    def _ask_for(self) -> None:
        self._line()
        self._line(_("Is this act neutral?"))
        self._line(f"1. {wording.verdict(Verdict.NEUTRAL)}")
        self._line(f"2. {wording.verdict(Verdict.NOT_NEUTRAL)}")
        if self._here.state.view.confidence:
            self._line(_("After that, if you like: 3 unsure, 4 fairly sure, 5 sure."))
        self._line(_("Type a number and press Enter; q leaves."))

    def _scene_lines(self) -> Iterator[str]:
        here, view = self._here, self._here.state.view
        if here.over:
            yield from self._over()
            return
        if view.question is None:
            return
        where = _("Question {number} of {total}").format(number=view.number, total=view.total)
        yield f"{where}. {view.question.principle}"
        yield view.question.scenario
        if attending.situation_first(view):
            yield view.question.situation
        yield _("The act: {act}").format(act=view.question.act)
        if view.reveal:
            vote = attending.given(here)
            yield (
                wording.outcome(Answer(view.question.id, vote.verdict, view.reveal.verdict))
                if vote
                else wording.verdict(view.reveal.verdict)
            )
            yield from _reasons(view.reveal)
            yield from _rounds(view.reveal)
            yield wording.so_far(here.state.own.score)

    def _over(self) -> Iterator[str]:
        yield from attending.farewell(self._here)
        for item in self._here.result.taken_home if self._here.result else ():
            what = _("Not quite") if item.answered else _("Not answered")
            yield f"{what}: {item.question.scenario}"
            yield from _again(item.question, item.reveal)

    def _line(self, text: str = "") -> None:
        lines = textwrap.wrap(text, _WIDTH, break_on_hyphens=False) or [""]
        self._say.write("\n".join(lines) + "\n")
        self._say.flush()


def _again(question: Asked, reveal: Reveal) -> Iterator[str]:
    yield question.situation
    yield _("The act: {act}").format(act=question.act)
    yield wording.verdict(reveal.verdict)
    yield from _reasons(reveal)


def _reasons(reveal: Reveal) -> Iterator[str]:
    """Why, the source's words, what instead, the contrast, the law: always in this order."""
    yield reveal.explanation
    for quote in reveal.quotes:
        said = _("The source says: “{quote}” ({credit})")
        yield said.format(quote=quote.words, credit=quote.credit)
        if quote.gloss:
            yield _("In translation: {gloss}").format(gloss=quote.gloss)
    if reveal.instead:
        yield _("Instead: {text}").format(text=reveal.instead)
    if reveal.contrast:
        other = f"{reveal.contrast.act} {wording.verdict(reveal.contrast.verdict)}."
        yield _("Contrast: {text}").format(text=other)
    elif reveal.contrast_to_come:
        yield _("A contrasting act is still to come in this session.")
    for law in reveal.laws:
        yield _("Law: {text}").format(text=law)
    if reveal.laws_checked:
        yield reveal.laws_checked


def _rounds(reveal: Reveal) -> Iterator[str]:
    for result in reveal.rounds:
        votes = attending.counted(result).items()
        counts = ", ".join(f"{wording.verdict(value)} {number}" for value, number in votes)
        yield _("Round {round}").format(round=result.round) + ": " + counts
