"""The same session, line by line: for screen readers, pipes and dumb terminals.

No control codes are written. With `--json` standard output carries one object an answer, and what
a person reads goes to standard error.
"""

import json
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, TextIO

from quiz import wording
from quiz.errors import AnsweredElsewhere
from quiz.i18n import _
from quiz.models import Bank, Question, Verdict
from quiz.session import score_by_principle
from quiz.store import Run, Store

_WIDTH = 72
_ANSWERS = {
    "1": Verdict.NEUTRAL,
    "n": Verdict.NEUTRAL,
    "2": Verdict.NOT_NEUTRAL,
    "t": Verdict.NOT_NEUTRAL,
}


class Stopped(Exception):
    """The learner stopped, or there is no more input."""


class PlainSession:
    """A run played on three text streams."""

    def __init__(
        self,
        bank: Bank,
        store: Store,
        language: str,
        now: Callable[[], datetime],
        *,
        ask: TextIO | None,
        say: TextIO,
        data: TextIO | None = None,
    ) -> None:
        """`ask` is read, None meaning that there is nothing to read; `data` takes the objects."""
        self._bank = bank
        self._store = store
        self._language = bank.speaks(language)
        self._now = now
        self._ask = ask
        self._say = say
        self._data = data
        self._told = ""
        self._asked = ""

    def play(self, run: Run) -> Run:
        """Play `run` to its end, or as far as the input goes; returns where it stands.

        Raises a StoreError when an answer cannot be kept.
        """
        run = self._within(run)
        self._line(wording.title(self._bank, run.kind, run.subject, self._language))
        try:
            while not run.session.done:
                run = self._step(run)
        except Stopped:
            self._line()
            kept = _("The session is kept. Run netral to go on with it.")
            self._line(kept if self._store.path else _("The session was not kept."))
        else:
            self._result(run)
        return run

    def _within(self, run: Run) -> Run:
        return replace(run, session=run.session.within(self._bank.question))

    def _step(self, run: Run) -> Run:
        question = self._bank.question[run.session.current]
        if question.id != self._asked:
            self._asked = question.id
            self._act(run, question)
        return (self._explain if run.session.explaining else self._ask_for)(run, question)

    def _ask_for(self, run: Run, question: Question) -> Run:
        self._choices()
        session = run.session.answer(self._read_verdict(), question.verdict)
        try:
            self._store.record(run.id, session.last, self._now())
        except AnsweredElsewhere as error:
            self._line(str(error))
            return self._within(self._store.run(run.id))
        return replace(run, session=session)

    def _explain(self, run: Run, question: Question) -> Run:
        self._explanation(run, question)
        self._object(run, question)
        left = run.session.advance()
        if not left.done:
            self._read(_("Enter goes on, q stops: "))
        self._store.leave_behind(run.id, question.id, self._now(), last=left.done)
        return replace(run, session=left)

    def _act(self, run: Run, question: Question) -> None:
        scenario = self._bank.home_of[question.id]
        session = run.session
        self._line()
        self._line(
            _("Question {number} of {total}").format(
                number=session.read + 1, total=len(session.deck)
            )
            + ". "
            + wording.principle_of(self._bank, scenario, self._language)
        )
        if scenario.id != self._told:
            self._told = scenario.id
            self._line()
            self._line(scenario.title.say(self._language))
            self._line(scenario.situation.say(self._language))
        self._line()
        self._line(_("The act: {act}").format(act=question.act.say(self._language)))

    def _choices(self) -> None:
        self._line()
        self._line(_("Is this act neutral?"))
        self._line(f"1. {wording.verdict(Verdict.NEUTRAL)}")
        self._line(f"2. {wording.verdict(Verdict.NOT_NEUTRAL)}")

    def _read_verdict(self) -> Verdict:
        while True:
            given = self._read(_("Your answer (1 or 2; q stops): "))
            if given in _ANSWERS:
                return _ANSWERS[given]
            self._line(_("Please type 1 for neutral, 2 for not neutral, or q to stop."))

    def _read(self, prompt: str) -> str:
        self._write(prompt)
        line = self._ask.readline() if self._ask and not self._ask.closed else ""
        given = line.strip().lower()
        if not line or given in ("q", "quit"):
            raise Stopped
        return given

    def _explanation(self, run: Run, question: Question) -> None:
        self._line()
        for text in self._parts(run, question):
            self._line(text)
            self._line()
        self._line(wording.tally(run.session.score))

    def _parts(self, run: Run, question: Question) -> Iterator[str]:
        bank, language = self._bank, self._language
        yield wording.outcome(run.session.last)
        yield question.explanation.say(language)
        for citation in question.citations:
            yield from wording.quoted(bank, citation, language)
        if question.instead:
            yield _("Instead: {text}").format(text=question.instead.say(language))
        if question.contrast:
            yield _("Contrast: {text}").format(text=self._contrast(run, question.contrast))
        yield from wording.laws(bank, question, language)

    def _contrast(self, run: Run, contrast: str) -> str:
        if contrast in run.session.deck[run.session.read + 1 :]:
            return _("A contrasting act is still to come in this session.")
        return wording.contrast(self._bank.question[contrast], self._language)

    def _object(self, run: Run, question: Question) -> None:
        if self._data is None:
            return
        language, answer = self._language, run.session.last
        scenario = self._bank.home_of[question.id]
        record: dict[str, Any] = {
            "principle": scenario.principle,
            "scenario": scenario.id,
            "question": question.id,
            "act": question.act.say(language),
            "given": answer.given,
            "verdict": answer.expected,
            "right": answer.right,
            "explanation": question.explanation.say(language),
            "citations": [
                {"source": citation.source, "quote": citation.quote}
                for citation in question.citations
            ],
            "instead": question.instead.say(language) if question.instead else None,
            "contrast": question.contrast,
            "laws": list(question.laws),
        }
        self._data.write(json.dumps(record) + "\n")
        self._data.flush()

    def _result(self, run: Run) -> None:
        bank, language = self._bank, self._language
        score = run.session.score
        self._line()
        self._line(wording.result(score) + ". " + wording.pass_line(score, bank.manifest.pass_mark))
        for principle, part in score_by_principle(bank, run.session):
            self._line(f"{principle.name.say(language)}: {part.right}/{part.asked}")
        if run.session.missed:
            self._line()
            self._line(_("Not right yet:"))
            for question in run.session.missed:
                self._line(f"- {bank.question[question].act.say(language)}")

    def _line(self, text: str = "") -> None:
        self._write(textwrap.fill(text, _WIDTH, break_on_hyphens=False) + "\n")

    def _write(self, text: str) -> None:
        # At once: what has not reached the learner must not count as read.
        self._say.write(text)
        self._say.flush()
