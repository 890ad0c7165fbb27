"""What may leave a room: what everybody sees, what one participant sees of himself. Pure.

All of it is plain values, so that `dataclasses.asdict` makes JSON of it.
"""

from dataclasses import dataclass

from quiz import wording
from quiz.i18n import _, speaking
from quiz.models import Bank, Citation, Question, Verdict
from quiz.room import Phase, Room
from quiz.session import Score
from quiz.votes import Ballot, Hands, Vote

# Figures of fewer people than this would tell what one of them said.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is put, in the room's language; `principle` and `scenario` are names."""

    id: str
    principle: str
    scenario: str
    situation: str
    act: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a source, our translation where there is one, and whose words they are."""

    words: str
    gloss: str | None
    credit: str


@dataclass(frozen=True, slots=True)
class Contrast:
    """The act that a question forms a pair with, and its verdict."""

    act: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RoundResult:
    """How a round went: personal votes, raised hands, and how many of those present voted."""

    round: int
    neutral: int
    not_neutral: int
    hands_neutral: int
    hands_not_neutral: int
    present: int
    voted: int


@dataclass(frozen=True, slots=True)
class Reveal:
    """What is known of a question once it may be known.

    The contrast is kept back while this room is still to judge it, and `contrast_to_come` says
    so. `laws_checked` is a sentence on how current the laws are.
    """

    verdict: Verdict
    explanation: str
    quotes: tuple[Quote, ...]
    instead: str | None
    contrast: Contrast | None
    contrast_to_come: bool
    laws: tuple[str, ...]
    laws_checked: str | None
    rounds: tuple[RoundResult, ...]
    discussed: bool


@dataclass(frozen=True, slots=True)
class View:
    """What everybody in a room may see now: phones, terminals and the projector alike.

    There is a `reveal` exactly when `phase` is revealed: looking back shows the earlier question
    as it stood then, with its number. `number` counts from 1 and is 0 where no question is shown;
    `confidence` says whether participants are asked how sure they are.
    """

    version: int
    phase: Phase
    paused: bool
    looking_back: bool
    language: str
    confidence: bool
    number: int
    total: int
    round: int
    question: Asked | None
    reveal: Reveal | None


@dataclass(frozen=True, slots=True)
class Own:
    """What one participant sees of himself.

    `vote` is his in the round at hand. `votes` are his in each round of the question whose result
    is shown, and `right` says whether the last of them was; without such a question they are empty
    and None. `score`, `missed` and `unanswered` are over all that was revealed so far.
    """

    name: str
    team: int | None
    vote: Vote | None
    votes: tuple[Vote | None, ...]
    right: bool | None
    score: Score
    missed: tuple[str, ...]
    unanswered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamScore:
    """A team's answers, `right` of `answered`; both None in a team of fewer than five."""

    team: int
    members: int
    right: int | None
    answered: int | None

    @property
    def share(self) -> float | None:
        """The share that was right, 0 to 1; None where it is hidden or nothing was answered."""
        if self.right is None or not self.answered:
            return None
        return self.right / self.answered


@dataclass(frozen=True, slots=True)
class Prompts:
    """What the facilitator asks the room to talk about, and reads aloud."""

    discussion: str
    aloud: Quote


def shared(room: Room, bank: Bank) -> View:
    """What everybody may see. Raises KeyError where the bank lacks a question of the deck."""
    language = bank.speaks(room.setup.language)
    shown = room.result or room.question
    deck = room.setup.deck
    with speaking(room.setup.language):
        return View(
            version=room.version,
            phase=Phase.REVEALED if room.looking_back else room.phase,
            paused=room.paused,
            looking_back=room.looking_back,
            language=language,
            confidence=room.setup.confidence,
            number=deck.index(shown) + 1 if shown else 0,
            total=len(deck),
            round=room.last_round(shown) if shown and room.looking_back else room.round,
            question=_asked(bank, shown, language) if shown else None,
            reveal=_reveal(room, bank, room.result, language) if room.result else None,
        )


def result(room: Room, bank: Bank, question: str) -> tuple[Asked, Reveal]:
    """A question that was revealed, to be read again."""
    language = bank.speaks(room.setup.language)
    with speaking(room.setup.language):
        return _asked(bank, question, language), _reveal(room, bank, question, language)


def _asked(bank: Bank, id: str, language: str) -> Asked:
    scenario = bank.home_of[id]
    return Asked(
        id=id,
        principle=wording.principle_of(bank, scenario, language),
        scenario=scenario.title.say(language),
        situation=scenario.situation.say(language),
        act=bank.question[id].act.say(language),
    )


def _reveal(room: Room, bank: Bank, id: str, language: str) -> Reveal:
    question = bank.question[id]
    laws = [bank.laws[law] for law in question.laws]
    to_come = question.contrast in room.to_come
    return Reveal(
        verdict=question.verdict,
        explanation=question.explanation.say(language),
        quotes=tuple(_quote(bank, citation, language) for citation in question.citations),
        instead=question.instead.say(language) if question.instead else None,
        contrast=None if to_come else _contrast(bank, question, language),
        contrast_to_come=to_come,
        laws=tuple(wording.law(law, language) for law in laws),
        laws_checked=wording.laws_checked(laws) if laws else None,
        rounds=tuple(_result(n, room.ballot(id, n)) for n in (1, 2)[: 1 + room.discussed(id)]),
        discussed=room.discussed(id),
    )


def _contrast(bank: Bank, question: Question, language: str) -> Contrast | None:
    if question.contrast is None:
        return None
    other = bank.question[question.contrast]
    return Contrast(other.act.say(language), other.verdict)


def _quote(bank: Bank, citation: Citation, language: str) -> Quote:
    source = bank.sources[citation.source]
    return Quote(citation.quote, citation.gloss.get(language), wording.credit(source))


def _result(round: int, ballot: Ballot) -> RoundResult:
    hands = ballot.hands or Hands(0, 0)
    return RoundResult(
        round=round,
        neutral=ballot.personal[Verdict.NEUTRAL],
        not_neutral=ballot.personal[Verdict.NOT_NEUTRAL],
        hands_neutral=hands.neutral,
        hands_not_neutral=hands.not_neutral,
        present=ballot.present,
        voted=len(ballot.votes),
    )


def own(room: Room, bank: Bank, participant: int) -> Own:
    """What a participant sees of himself. Raises KeyError where the room does not know him."""
    who = room.participants[participant]
    last = {question: room.vote_of(participant, question) for question in room.revealed}
    right = {q: bank.question[q].is_right(vote.verdict) for q, vote in last.items() if vote}
    at_hand = room.ballot(room.question, room.round) if room.question else Ballot()
    shown = room.result
    return Own(
        name=who.name,
        team=who.team,
        vote=at_hand.votes.get(participant),
        votes=tuple(room.ballot(shown, n).votes.get(participant) for n in (1, 2)) if shown else (),
        right=right.get(shown) if shown else None,
        score=Score(sum(right.values()), len(right), len(last)),
        missed=tuple(question for question in right if not right[question]),
        unanswered=tuple(question for question in last if question not in right),
    )


def teams(room: Room, bank: Bank) -> list[TeamScore]:
    """The score of each team over all that was revealed, in the order of their numbers."""
    numbers = range(1, room.setup.teams + 1)
    members = dict.fromkeys(numbers, 0)
    right, answered = members.copy(), members.copy()
    for who in room.participants.values():
        if who.team is not None:
            members[who.team] += 1
    for id in room.revealed:
        for participant, vote in (room.ballot(id, 1).votes | room.ballot(id, 2).votes).items():
            team = room.participants[participant].team
            if team is not None:
                answered[team] += 1
                right[team] += bank.question[id].is_right(vote.verdict)
    return [
        TeamScore(team, members[team], right[team], answered[team])
        if members[team] >= FEWEST
        else TeamScore(team, members[team], None, None)
        for team in numbers
    ]


def prompts(bank: Bank, question: Question, language: str) -> Prompts:
    """What helps the facilitator with a question; for no one else before the reveal."""
    with speaking(language):
        discussion = (
            question.discussion.say(language)
            if question.discussion
            else _("Which fact decides here, and what would have to change for the other verdict?")
        )
        return Prompts(discussion, _quote(bank, question.citations[0], language))
