"""What can be said of a room afterwards. Pure.

Figures of fewer than five people are not broken down: they would tell what one of them said. Such
figures are left out here, so that no page and no table can show them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quiz.facilitation import EXPLAIN_ABOVE
from quiz.models import Bank, Principle, Question, Verdict
from quiz.room import Phase, Room
from quiz.views import FEWEST
from quiz.votes import Ballot


@dataclass(frozen=True, slots=True)
class Occasion:
    """Which room it was; `day` is the calendar day there, YYYY-MM-DD."""

    number: int
    code: str
    day: str


@dataclass(frozen=True, slots=True)
class Split:
    """Votes for each verdict."""

    neutral: int
    not_neutral: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.neutral + self.not_neutral

    def votes(self, verdict: Verdict) -> int:
        """The votes for `verdict`."""
        return self.neutral if verdict is Verdict.NEUTRAL else self.not_neutral

    def share(self, verdict: Verdict) -> float:
        """The share of votes for `verdict`, 0 to 1; 0 where nobody voted."""
        return self.votes(verdict) / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """How a round went: votes by phone, raised hands, and how many were present with a phone.

    `together` is None where fewer than five voted, `by_phone` and `by_hands` also where fewer than
    five voted in one of these ways, and `sure_but_wrong`, of the votes by phone, besides where
    nobody said how sure he was.
    """

    round: int
    phones: int
    hands: int
    present: int
    together: Split | None
    by_phone: Split | None
    by_hands: Split | None
    sure_but_wrong: int | None

    @property
    def total(self) -> int:
        """How many voted, phones and hands together."""
        return self.phones + self.hands


@dataclass(frozen=True, slots=True)
class Judged:
    """A question that was revealed; `number` is its place in the deck, from 1.

    `question` is None where the bank no longer has it. `rounds` are those that were held.
    """

    number: int
    id: str
    question: Question | None
    rounds: tuple[RoundFigures, ...]

    @property
    def discussed(self) -> bool:
        """Whether a second round was held."""
        return len(self.rounds) > 1

    @property
    def counted(self) -> RoundFigures:
        """The round that counts: the second where anybody voted in it."""
        return self.rounds[-1] if self.rounds[-1].total else self.rounds[0]

    @property
    def right(self) -> float | None:
        """The share that was right in the round that counts; None where it cannot be said."""
        return self._right(self.counted)

    @property
    def change(self) -> tuple[float, float] | None:
        """The share that was right before and after the discussion, where both can be said."""
        if not self.discussed:
            return None
        before, after = (self._right(figures) for figures in self.rounds)
        return None if before is None or after is None else (before, after)

    def _right(self, figures: RoundFigures) -> float | None:
        if figures.together is None or self.question is None:
            return None
        return figures.together.share(self.question.verdict)


@dataclass(frozen=True, slots=True)
class PrincipleFigures:
    """The votes that were right, of all that count and can be broken down, on a principle."""

    principle: Principle
    questions: int
    right: int
    votes: int

    @property
    def share(self) -> float:
        """The share that was right, 0 to 1."""
        return self.right / self.votes


@dataclass(frozen=True, slots=True)
class Report:
    """A room's figures. `missed` is in the order of how many missed it, most first.

    `practice` are the ids of the questions to train next. `most_hands` is the most hands that were
    raised in a round.
    """

    participants: int
    most_hands: int
    done: bool
    asked: int
    judged: tuple[Judged, ...]
    skipped: tuple[str, ...]
    principles: tuple[PrincipleFigures, ...]
    missed: tuple[Judged, ...]
    practice: tuple[str, ...]


def report(room: Room, bank: Bank) -> Report:
    """The figures of a room, finished or not, with what `bank` knows of its questions now."""
    places = {id: number for number, id in enumerate(room.setup.deck, 1)}
    judged = tuple(_judged(room, bank, places[id], id) for id in room.revealed)
    rounds = [figures for one in judged for figures in one.rounds]
    return Report(
        participants=len(room.participants),
        most_hands=max((figures.hands for figures in rounds), default=0),
        done=room.phase is Phase.DONE,
        asked=len(room.setup.deck),
        judged=judged,
        skipped=tuple(id for id in room.setup.deck if id in room.skipped),
        principles=tuple(_by_principle(bank, judged)),
        missed=_missed(judged),
        practice=_practice(bank, judged),
    )


def _judged(room: Room, bank: Bank, number: int, id: str) -> Judged:
    question = bank.question.get(id)
    held = (1, 2) if room.discussed(id) else (1,)
    return Judged(
        number, id, question, tuple(_figures(n, room.ballot(id, n), question) for n in held)
    )


def _figures(round: int, ballot: Ballot, question: Question | None) -> RoundFigures:
    phones = len(ballot.votes)
    raised = ballot.hands
    hands = raised.neutral + raised.not_neutral if raised else 0
    apart = phones + hands >= FEWEST and not (0 < phones < FEWEST or 0 < hands < FEWEST)
    said = any(vote.confidence for vote in ballot.votes.values())
    return RoundFigures(
        round=round,
        phones=phones,
        hands=hands,
        present=ballot.present,
        together=_split(ballot.tally) if ballot.total >= FEWEST else None,
        by_phone=_split(ballot.personal) if apart else None,
        by_hands=Split(raised.neutral, raised.not_neutral) if apart and raised else None,
        sure_but_wrong=ballot.sure_but_wrong(question.verdict)
        if question and said and phones >= FEWEST
        else None,
    )


def _split(tally: Mapping[Verdict, int]) -> Split:
    return Split(tally[Verdict.NEUTRAL], tally[Verdict.NOT_NEUTRAL])


def _by_principle(bank: Bank, judged: Sequence[Judged]) -> Iterator[PrincipleFigures]:
    """Each principle that was judged, in teaching order."""
    for principle in bank.principles.values():
        splits = [
            (one.question.verdict, one.counted.together)
            for one in judged
            if one.question and bank.home_of[one.id].principle == principle.id
        ]
        told = [(verdict, split) for verdict, split in splits if split]
        if told:
            right = sum(split.votes(verdict) for verdict, split in told)
            votes = sum(split.total for _verdict, split in told)
            yield PrincipleFigures(principle, len(told), right, votes)


def _missed(judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """What many missed, most missed first; what anybody missed, where nothing was by many.

    Many is what more than an explanation in passing would have helped: see `facilitation`.
    """
    shares = sorted((one.right, one.number, one) for one in judged if one.right is not None)
    by_many = tuple(one for right, _number, one in shares if right <= EXPLAIN_ABOVE)
    return by_many or tuple(one for right, _number, one in shares if right < 1)


def _practice(bank: Bank, judged: Sequence[Judged]) -> tuple[str, ...]:
    """The questions that were missed, by scenario, in the order of the most missed of each.

    Where no figure can be told, since the room was too small, they are all that it judged.
    """
    known = [one for one in judged if one.question]
    told = any(one.right is not None for one in known)
    order = [one.id for one in (_missed(known) if told else known)]
    by_scenario: dict[str, list[str]] = {}
    for id in order:
        by_scenario.setdefault(bank.home_of[id].id, []).append(id)
    return tuple(id for ids in by_scenario.values() for id in ids)
