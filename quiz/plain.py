"""The same session, line by line: for screen readers, pipes and dumb terminals.

No control codes are written. With `--json` standard output carries one object an answer, and what
a person reads goes to standard error.
"""

import json
import textwrap
from collections.abc import Callable, Iterator, Set
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, TextIO

from quiz import testing, wording
from quiz.errors import AnsweredElsewhere
from quiz.history import edition
from quiz.i18n import _
from quiz.models import Bank, Confidence, Question, Verdict
from quiz.session import Answer, Kind, score_by_principle
from quiz.store import Run, Store

_WIDTH = 72
_ANSWERS = {
    "1": Verdict.NEUTRAL,
    "n": Verdict.NEUTRAL,
    "2": Verdict.NOT_NEUTRAL,
    "t": Verdict.NOT_NEUTRAL,
}
# As on screen, no key stands for both a verdict and a confidence.
_CONFIDENCES = {
    "3": Confidence.UNSURE,
    "4": Confidence.FAIRLY,
    "5": Confidence.SURE,
    "": None,
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
        confidence: bool = False,
        reserved: Set[str] = frozenset(),
    ) -> None:
        """`ask` is read, None meaning that there is nothing to read; `data` takes the objects.

        With `confidence` it is asked for after each verdict; `reserved` are the questions kept for
        a test.
        """
        self._bank = bank
        self._store = store
        self._language = bank.speaks(language)
        self._now = now
        self._ask = ask
        self._say = say
        self._data = data
        self._confidence = confidence
        self._reserved = reserved
        self._told = ""
        self._asked = ""

    def play(self, run: Run) -> Run:
        """Play `run` to its end, or as far as the input goes; returns where it stands.

        Raises a StoreError when an answer cannot be kept.
        """
        run = self._within(run)
        self._line(wording.title(self._bank, run.kind, run.subject, self._language))
        if run.kind is Kind.TEST and not run.session.done:
            self._rules(run)
        try:
            while not run.session.done:
                run = self._step(run)
        except Stopped:
            self._line()
            kept = _("The session is kept. Run netral to go on with it.")
            self._line(kept if self._store.path else _("The session was not kept."))
        else:
            self._result(run)
            if run.kind is Kind.TEST:
                self._outcome(run)
                self._review(run)
        return run

    def _within(self, run: Run) -> Run:
        return replace(run, session=run.session.within(self._bank.question))

    def _step(self, run: Run) -> Run:
        question = self._bank.question[run.session.current]
        if run.kind is Kind.TEST and run.session.explaining:
            return self._leave_behind(run, question)
        if question.id != self._asked:
            self._asked = question.id
            self._act(run, question)
        return (self._explain if run.session.explaining else self._ask_for)(run, question)

    def _ask_for(self, run: Run, question: Question) -> Run:
        self._choices()
        given = self._read_verdict()
        confidence = self._read_confidence() if self._confidence else None
        session = run.session.answer(given, question.verdict, confidence, edition(question))
        try:
            self._store.record(run.id, session.last, self._now())
        except AnsweredElsewhere as error:
            self._line(str(error))
            return self._within(self._store.run(run.id))
        return replace(run, session=session)

    def _explain(self, run: Run, question: Question) -> Run:
        session = run.session
        self._line()
        self._explanation(question, session.last, to_come=session.deck[session.read + 1 :])
        self._line(wording.tally(session.score))
        self._object(question, session.last)
        if len(session.deck) > session.read + 1:
            self._go_on()
        return self._leave_behind(run, question)

    def _leave_behind(self, run: Run, question: Question) -> Run:
        left = run.session.advance()
        self._store.leave_behind(run.id, question.id, self._now(), last=left.done)
        return replace(run, session=left)

    def _go_on(self) -> None:
        self._read(_("Enter goes on, q stops: "))

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

    def _read_confidence(self) -> Confidence | None:
        while True:
            given = self._read(
                _("How sure are you? (3 unsure, 4 fairly sure, 5 sure; Enter skips): ")
            )
            if given in _CONFIDENCES:
                return _CONFIDENCES[given]
            self._line(_("Please type 3, 4 or 5, just Enter, or q to stop."))

    def _read(self, prompt: str) -> str:
        self._write(prompt)
        line = self._ask.readline() if self._ask and not self._ask.closed else ""
        given = line.strip().lower()
        if not line or given in ("q", "quit"):
            raise Stopped
        return given

    def _explanation(
        self, question: Question, answer: Answer, *, to_come: tuple[str, ...] = ()
    ) -> None:
        for text in self._parts(question, answer, to_come):
            self._line(text)
            self._line()

    def _parts(self, question: Question, answer: Answer, to_come: tuple[str, ...]) -> Iterator[str]:
        bank, language = self._bank, self._language
        yield wording.outcome(answer)
        yield question.explanation.say(language)
        for citation in question.citations:
            yield from wording.quoted(bank, citation, language)
        if question.instead:
            yield _("Instead: {text}").format(text=question.instead.say(language))
        if question.contrast:
            withheld = wording.withheld(question, to_come, self._reserved)
            contrast = withheld or wording.contrast(bank.question[question.contrast], language)
            yield _("Contrast: {text}").format(text=contrast)
        yield from wording.laws(bank, question, language)

    def _object(self, question: Question, answer: Answer) -> None:
        if self._data is None:
            return
        language = self._language
        scenario = self._bank.home_of[question.id]
        record: dict[str, Any] = {
            "principle": scenario.principle,
            "scenario": scenario.id,
            "question": question.id,
            "act": question.act.say(language),
            "given": answer.given,
            "verdict": answer.expected,
            "right": answer.right,
            "confidence": answer.confidence,
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

    def _rules(self, run: Run) -> None:
        for line in testing.rules(self._bank, run.subject, len(run.session.deck)):
            self._line()
            self._line(line)

    def _outcome(self, run: Run) -> None:
        for line in testing.outcome(self._bank, self._store, run):
            self._line()
            self._line(line)

    def _review(self, run: Run) -> None:
        """Explain every answer of a test, since none was explained before."""
        answers = [(self._bank.question[answer.question], answer) for answer in run.session.answers]
        for question, answer in answers:
            self._object(question, answer)
        with suppress(Stopped):
            for question, answer in answers:
                self._line()
                self._go_on()
                self._line()
                self._line(_("The act: {act}").format(act=question.act.say(self._language)))
                self._line()
                self._explanation(question, answer)

    def _line(self, text: str = "") -> None:
        self._write(textwrap.fill(text, _WIDTH, break_on_hyphens=False) + "\n")

    def _write(self, text: str) -> None:
        # At once: what has not reached the learner must not count as read.
        self._say.write(text)
        self._say.flush()
