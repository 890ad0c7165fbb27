"""Whether a verdict could be guessed from how often it is right. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quiz.i18n import _
from quiz.lint.finding import MANIFEST, Finding, file_of
from quiz.models import Bank, Question, Scenario, Verdict

# In per cent. A share is judged where its band holds three counts at least (9, 10 and 11 of 20),
# so that there is a choice.
BANK_BAND = (45, 55)
BANK_FROM = 20
PRINCIPLE_BAND = (40, 60)
PRINCIPLE_FROM = 10
LONGEST_RUN = 3


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some questions are neutral."""

    neutral: int
    questions: int

    @property
    def percent(self) -> float:
        """From 0 to 100."""
        return 100 * self.neutral / self.questions if self.questions else 0.0

    def within(self, band: tuple[int, int]) -> bool:
        """Whether the share lies in `band`, both ends included."""
        return band[0] * self.questions <= 100 * self.neutral <= band[1] * self.questions


def share(questions: Iterable[Question]) -> Share:
    """How many of `questions` are neutral."""
    verdicts = [question.verdict for question in questions]
    return Share(verdicts.count(Verdict.NEUTRAL), len(verdicts))


def balance(bank: Bank) -> Iterator[Finding]:
    """Shares of neutral acts, in the bank and in each principle, and long runs of one verdict."""
    whole = share(bank.question.values())
    if whole.questions >= BANK_FROM and not whole.within(BANK_BAND):
        yield _unbalanced("bank-balance", (), whole, BANK_BAND)
    for number, principle in enumerate(bank.manifest.principles):
        own = share(
            question
            for scenario in bank.scenarios
            if scenario.principle == principle.id
            for question in scenario.questions
        )
        if own.questions >= PRINCIPLE_FROM and not own.within(PRINCIPLE_BAND):
            yield _unbalanced("principle-balance", ("principles", number), own, PRINCIPLE_BAND)
    for scenario in bank.scenarios:
        yield from _runs(scenario)


def _unbalanced(
    code: str, at: tuple[str | int, ...], found: Share, band: tuple[int, int]
) -> Finding:
    low, high = band
    message = _(
        "{neutral} of {questions} acts are neutral: {percent}%, not {low} to {high}%."
    ).format(
        neutral=found.neutral,
        questions=found.questions,
        percent=round(found.percent, 1),
        low=low,
        high=high,
    )
    if found.percent < low:
        help = _("Add neutral acts, or turn some round; else “not neutral” is the better guess.")
    else:
        help = _(
            "Add acts that are not neutral, or turn some round; else “neutral” is the better guess."
        )
    return Finding(MANIFEST, at, code, message, help)


def _runs(scenario: Scenario) -> Iterator[Finding]:
    length, previous = 0, None
    for number, question in enumerate(scenario.questions):
        length = length + 1 if question.verdict is previous else 1
        previous = question.verdict
        if length == LONGEST_RUN + 1:
            yield Finding(
                file_of(scenario),
                ("questions", number, "verdict"),
                "verdict-run",
                _("This is the verdict of {number} questions in a row.").format(number=length),
                _(
                    "Move a question of the other verdict in between: {most} in a row at most."
                ).format(most=LONGEST_RUN),
            )
