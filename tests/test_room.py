"""A room's rules: every move in every phase, who may vote when, and that events are the room."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from quiz.errors import IllegalMove
from quiz.models import Confidence, Verdict
from quiz.room import Counted, Event, Joined, Move, Moved, Phase, Room, Setup, Voted
from quiz.votes import Ballot, Hands, Participant, Vote
from tests.rooms import AT, DECK, NEUTRAL, NOT_NEUTRAL, cast, dump, later, room_after, setup

START, OPEN, CLOSE, DISCUSS, REVEAL, NEXT, SKIP, LOOK_BACK, PAUSE, GO_ON, END = Move
LOBBY, READING, VOTING, CLOSED, DISCUSSING, REVOTING, REVEALED, DONE = Phase

# The table: every kind of state, how to come there, and where each move leads from it, as
# (phase, question, round). What is not listed is illegal.

State = tuple[Phase, str | None, int]
_ASKED = (START, OPEN, CLOSE, REVEAL)
_TWICE = (START, OPEN, CLOSE, DISCUSS, OPEN)
_OVER: State = (DONE, None, 1)
STATES: Mapping[str, tuple[Sequence[Move], Mapping[Move, State]]] = {
    "lobby": ((), {START: (READING, "satu", 1)}),
    "reading": ((START,), {OPEN: (VOTING, "satu", 1), SKIP: (READING, "dua", 1)}),
    "voting": (_ASKED[:2], {CLOSE: (CLOSED, "satu", 1), SKIP: (READING, "dua", 1)}),
    "closed": (
        _ASKED[:3],
        {
            OPEN: (VOTING, "satu", 1),
            DISCUSS: (DISCUSSING, "satu", 1),
            REVEAL: (REVEALED, "satu", 1),
            SKIP: (READING, "dua", 1),
        },
    ),
    "discussing": (
        _TWICE[:4],
        {
            OPEN: (REVOTING, "satu", 2),
            REVEAL: (REVEALED, "satu", 1),
            SKIP: (READING, "dua", 1),
        },
    ),
    "revoting": (_TWICE, {CLOSE: (CLOSED, "satu", 2), SKIP: (READING, "dua", 1)}),
    "closed again": (
        (*_TWICE, CLOSE),
        {OPEN: (REVOTING, "satu", 2), REVEAL: (REVEALED, "satu", 2), SKIP: (READING, "dua", 1)},
    ),
    "revealed": (_ASKED, {NEXT: (READING, "dua", 1)}),
    "revealed after a discussion": ((*_TWICE, CLOSE, REVEAL), {NEXT: (READING, "dua", 1)}),
    "reading the second": (
        (*_ASKED, NEXT),
        {
            OPEN: (VOTING, "dua", 1),
            SKIP: (READING, "tiga", 1),
            LOOK_BACK: (READING, "dua", 1),
        },
    ),
    "looking back while reading": (
        (*_ASKED, NEXT, LOOK_BACK),
        {
            OPEN: (VOTING, "dua", 1),
            SKIP: (READING, "tiga", 1),
            LOOK_BACK: (READING, "dua", 1),
        },
    ),
    "voting on the second": (
        (*_ASKED, NEXT, OPEN),
        {CLOSE: (CLOSED, "dua", 1), SKIP: (READING, "tiga", 1)},
    ),
    "revealed twice": (
        (*_ASKED, NEXT, *_ASKED[1:]),
        {NEXT: (READING, "tiga", 1), LOOK_BACK: (REVEALED, "dua", 1)},
    ),
    "looking back from a reveal": (
        (*_ASKED, NEXT, *_ASKED[1:], LOOK_BACK),
        {NEXT: (READING, "tiga", 1), LOOK_BACK: (REVEALED, "dua", 1)},
    ),
    "reading the last": ((START, SKIP, SKIP), {OPEN: (VOTING, "tiga", 1), SKIP: _OVER}),
    "voting on the last": (
        (START, SKIP, SKIP, OPEN),
        {CLOSE: (CLOSED, "tiga", 1), SKIP: _OVER},
    ),
    "discussing the last": (
        (START, SKIP, SKIP, OPEN, CLOSE, DISCUSS),
        {OPEN: (REVOTING, "tiga", 2), REVEAL: (REVEALED, "tiga", 1), SKIP: _OVER},
    ),
    "revealed the last": ((START, SKIP, SKIP, OPEN, CLOSE, REVEAL), {NEXT: _OVER}),
    "done": ((START, SKIP, SKIP, OPEN, CLOSE, REVEAL, NEXT), {LOOK_BACK: _OVER}),
    "looking back when all is done": (
        (START, SKIP, SKIP, OPEN, CLOSE, REVEAL, NEXT, LOOK_BACK),
        {LOOK_BACK: _OVER},
    ),
    "done with nothing revealed": ((START, SKIP, SKIP, SKIP), {}),
}
RUNNING = [name for name, (_moves, _leads) in STATES.items() if "done" not in name]


def at(name: str, *more: Move) -> Room:
    return room_after(*STATES[name][0], *more, people=3, present=(1, 2))


def refused(room: Room, act: Callable[[], object]) -> IllegalMove:
    """The refusal of `act`, which has left the room as it was."""
    before = dump(room)
    with pytest.raises(IllegalMove) as refusal:
        act()
    assert dump(room) == before
    assert str(refusal.value).endswith(".")
    return refusal.value


def test_every_phase_is_among_the_states_tested() -> None:
    assert {at(name).phase for name in STATES} == set(Phase)


@pytest.mark.parametrize(("name", "move"), product(STATES, Move))
def test_every_move_leads_where_the_table_says_or_is_illegal_and_changes_nothing(
    name: str, move: Move
) -> None:
    room = at(name)
    before = dump(room)
    leads = dict(STATES[name][1])
    if name in RUNNING:
        leads[PAUSE] = (room.phase, room.question, room.round)
        leads[END] = (DONE, None, room.round)

    assert room.allows(move) == (move in leads)
    if move not in leads:
        refused(room, lambda: room.move(move, later(1)))
        return
    event = room.move(move, later(1))

    phase, question, round = leads[move]
    assert (room.phase, room.question) == (phase, question)
    assert phase is DONE or room.round == round
    assert room.paused == (move is PAUSE)
    assert room.looking_back == (move is LOOK_BACK and "looking back" not in name)
    assert room.number == (DECK.index(question) + 1 if question else 0)
    assert (event.seq, event.at, event.move) == (before["seq"] + 1, later(1), move)  # type: ignore[operator]
    assert room.version == before["version"] + 1  # type: ignore[operator]


@pytest.mark.parametrize(("name", "move"), product(RUNNING, Move))
def test_a_paused_room_only_goes_on_or_ends(name: str, move: Move) -> None:
    room, running = at(name, PAUSE), at(name)

    if move is GO_ON:
        room.move(move, AT)
        assert (room.phase, room.question, room.round) == (
            running.phase,
            running.question,
            running.round,
        )
        assert not room.paused
    elif move is END:
        room.move(move, AT)
        assert room.phase is DONE
        assert not room.paused
    else:
        assert refused(room, lambda: room.move(move, AT)).message == "The room is paused."


def test_every_move_is_refused_with_a_sentence_of_its_own() -> None:
    sentences = set()
    for move in Move:
        room = next(room for room in map(at, STATES) if not room.allows(move))
        sentences.add(refused(room, lambda r=room, m=move: r.move(m, AT)).message)  # type: ignore[misc]

    assert len(sentences) == len(Move)


def test_a_discussion_is_held_once() -> None:
    assert at("closed").allows(DISCUSS)
    assert not at("closed again").allows(DISCUSS)


@pytest.mark.parametrize("deck", [(), ("satu", "dua", "satu")])
def test_a_room_without_questions_or_with_one_twice_is_not_set_up(deck: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="deck"):
        setup(deck)


def test_the_clock_starts_anew_with_every_vote_and_with_the_discussion() -> None:
    room = room_after(START)
    assert room.began_at is None
    for minutes, (move, began) in enumerate(((OPEN, 1), (CLOSE, 1), (DISCUSS, 3), (OPEN, 4)), 1):
        room.move(move, later(minutes))
        assert room.began_at == later(began)


# What may be known.


RESULTS = {
    "revealed": "satu",
    "revealed after a discussion": "satu",
    "looking back while reading": "satu",
    "revealed twice": "dua",
    "looking back from a reveal": "satu",
    "revealed the last": "tiga",
    "looking back when all is done": "tiga",
}


@pytest.mark.parametrize("name", STATES)
def test_a_result_is_shown_at_the_reveal_and_when_looked_back_at(name: str) -> None:
    assert at(name).result == RESULTS.get(name)


def test_looking_back_ends_with_the_next_move() -> None:
    for move in (OPEN, SKIP, PAUSE, END, LOOK_BACK):
        room = at("looking back while reading", move)
        assert not room.looking_back
        assert room.result is None


def test_what_is_skipped_leaves_the_score_and_is_not_to_come() -> None:
    room = room_after(*_ASKED, NEXT, OPEN, people=2)
    cast(room, {1: NEUTRAL})
    assert room.to_come == {"dua", "tiga"}

    room.move(SKIP, AT)

    assert room.scored == ["satu"]
    assert room.skipped == {"dua"}
    assert room.to_come == {"tiga"}
    assert room.ballot("dua", 1).total == 1


def test_after_an_early_end_nothing_is_to_come_and_the_open_question_is_not_scored() -> None:
    room = at("voting on the second", END)

    assert room.to_come == set()
    assert room.scored == ["satu"]
    assert room.skipped == set()


# Votes.


def voting(people: int = 3) -> Room:
    return room_after(START, OPEN, people=people)


def test_a_vote_is_an_event_and_counts() -> None:
    room = voting()

    event = room.vote(2, "satu", 1, NEUTRAL, later(3))

    assert event == Voted(room.seq, later(3), "satu", 1, 2, NEUTRAL)
    assert room.ballot("satu", 1).votes == {2: NEUTRAL}


def test_a_vote_may_be_changed_until_the_close_and_the_last_one_counts() -> None:
    room = room_after(START, OPEN, people=1, given=setup(confidence=True))
    sure = Vote(Verdict.NEUTRAL, Confidence.SURE)

    assert None not in cast(room, {1: NEUTRAL}) + cast(room, {1: NOT_NEUTRAL}) + cast(
        room, {1: sure}
    )

    assert room.ballot("satu", 1).votes == {1: sure}
    assert room.ballot("satu", 1).total == 1


def test_a_vote_counts_without_its_confidence_where_the_room_does_not_ask_for_it() -> None:
    room = voting()
    sure = Vote(Verdict.NEUTRAL, Confidence.SURE)

    event = room.vote(1, "satu", 1, sure, later(3))

    assert event == Voted(room.seq, later(3), "satu", 1, 1, NEUTRAL)
    assert cast(room, {1: sure}) == cast(room, {1: NEUTRAL}) == [None]


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=3650)])
def test_a_clock_set_back_during_a_question_changes_nothing(back: timedelta) -> None:
    room = room_after(people=2)
    log: list[Event] = [room.join("Pala 1", AT), room.move(START, AT), room.move(OPEN, later(1))]
    log += [event for event in cast(room, {1: NEUTRAL, 2: NEUTRAL}) if event]

    set_back = later(2) - back
    for participant, vote in ((1, NOT_NEUTRAL), (3, NEUTRAL)):
        event = room.vote(participant, "satu", 1, vote, set_back)
        assert event
        log.append(event)
    log.append(room.move(CLOSE, set_back))

    assert [event.seq for event in log] == list(range(3, room.seq + 1))
    assert room.ballot("satu", 1).votes == {1: NOT_NEUTRAL, 2: NEUTRAL, 3: NEUTRAL}
    assert room.phase is Phase.CLOSED


def test_the_same_vote_again_is_no_event_and_changes_nothing() -> None:
    room = voting()
    cast(room, {1: NEUTRAL})
    before = dump(room)

    assert cast(room, {1: NEUTRAL}) == [None]
    assert dump(room) == before


def test_no_vote_shows_in_the_version() -> None:
    room = voting()
    before = room.version
    cast(room, {1: NEUTRAL, 2: NOT_NEUTRAL})
    room.join("Pala 1", AT)
    room.count(Hands(1, 2), AT)

    assert room.version == before


@pytest.mark.parametrize("name", STATES)
def test_a_vote_is_taken_in_an_open_round_only(name: str) -> None:
    room = at(name)
    rounds = {VOTING: 1, REVOTING: 2}

    for question, round in product((*DECK, "empat"), (0, 1, 2, 3)):
        assert room.voting == (room.phase in rounds)
        if (question, round) == (room.question, rounds.get(room.phase)):
            continue
        refused(room, lambda q=question, r=round: room.vote(1, q, r, NEUTRAL, AT))  # type: ignore[misc]
    if room.voting:
        assert room.question is not None
        room.vote(1, room.question, rounds[room.phase], NEUTRAL, AT)


@pytest.mark.parametrize("stranger", [0, -1, 4, 10**30])
def test_nobody_votes_who_has_not_joined(stranger: int) -> None:
    room = voting(3)

    refusal = refused(room, lambda: room.vote(stranger, "satu", 1, NEUTRAL, AT))

    assert refusal.message == "Please join the room first."


def test_no_vote_is_taken_while_the_room_is_paused() -> None:
    room = voting()
    cast(room, {1: NEUTRAL})
    room.move(PAUSE, AT)

    assert not room.voting
    for who in (1, 2):
        refusal = refused(room, lambda w=who: room.vote(w, "satu", 1, NEUTRAL, AT))  # type: ignore[misc]
        assert refusal.message == "The room is paused."
    room.move(GO_ON, AT)
    assert None not in cast(room, {2: NEUTRAL})


def test_a_round_closed_too_early_goes_on_with_the_votes_it_has() -> None:
    room = voting()
    cast(room, {1: NEUTRAL, 2: NEUTRAL})
    room.move(CLOSE, AT)
    refused(room, lambda: room.vote(3, "satu", 1, NEUTRAL, AT))
    room.move(OPEN, AT)
    cast(room, {2: NOT_NEUTRAL, 3: NEUTRAL})
    room.move(CLOSE, AT)

    assert room.ballot("satu", 1).votes == {1: NEUTRAL, 2: NOT_NEUTRAL, 3: NEUTRAL}


def twice_voted() -> Room:
    """Three voted alone, two of them again after the discussion."""
    room = voting()
    cast(room, {1: NEUTRAL, 2: NEUTRAL, 3: NEUTRAL})
    for move in (CLOSE, DISCUSS, OPEN):
        room.move(move, AT)
    cast(room, {1: NOT_NEUTRAL, 2: NEUTRAL})
    return room


def test_the_second_round_replaces_the_first_and_both_are_kept() -> None:
    room = twice_voted()

    assert room.discussed("satu")
    assert room.last_round("satu") == 2
    assert room.counted("satu").votes == {1: NOT_NEUTRAL, 2: NEUTRAL}
    assert room.ballot("satu", 1).votes == {1: NEUTRAL, 2: NEUTRAL, 3: NEUTRAL}


def test_who_was_silent_in_the_second_round_is_held_to_the_first() -> None:
    room = twice_voted()

    assert [room.vote_of(id, "satu") for id in (1, 2, 3)] == [NOT_NEUTRAL, NEUTRAL, NEUTRAL]
    assert room.vote_of(1, "dua") is None


def test_a_second_round_in_which_nobody_voted_replaces_nothing() -> None:
    room = voting()
    cast(room, {1: NEUTRAL})
    for move in (CLOSE, DISCUSS, OPEN, CLOSE):
        room.move(move, AT)

    assert room.last_round("satu") == 1
    assert room.counted("satu").votes == {1: NEUTRAL}

    room.count(Hands(0, 4), AT)
    assert room.last_round("satu") == 2


# Who was here.


def test_the_denominator_is_who_was_present_at_the_close_and_who_voted_and_left() -> None:
    room = voting(9)
    cast(room, {1: NEUTRAL, 2: NEUTRAL})

    event = room.move(CLOSE, AT, present=[2, 3, 4])

    assert event.present == room.ballot("satu", 1).present == 4
    assert room.ballot("satu", 1).silent == 2


def test_presence_is_taken_down_at_a_close_alone_and_anew_at_the_next() -> None:
    room = voting(9)
    assert room.move(CLOSE, AT, present=range(1, 9)).present == 8
    assert room.move(OPEN, AT, present=range(1, 9)).present == 0
    assert room.ballot("satu", 1).present == 8
    assert room.move(CLOSE, AT, present=[1, 2]).present == 2
    assert room.ballot("satu", 1).present == 2
    assert room.move(REVEAL, AT, present=range(1, 9)).present == 0
    assert room.ballot("satu", 1).present == 2


def attendance(room: Room) -> list[tuple[int, int]]:
    """How many were here, and how many of them silent, in each round of each question."""
    ballots = [room.ballot(question, round) for question, round in product(DECK, (1, 2))]
    return [(ballot.present, ballot.silent) for ballot in ballots]


@pytest.mark.parametrize("name", RUNNING)
@pytest.mark.parametrize("paused", [False, True])
def test_latecomers_enter_at_any_phase_and_are_not_silent_before(name: str, paused: bool) -> None:
    room = at(name, *[PAUSE] * paused)
    before = attendance(room)

    event = room.join("Pala 1", later(1))

    assert event == Joined(room.seq, later(1), Participant(4, "Pala 1"))
    assert room.participants[4] == event.participant
    assert attendance(room) == before
    if room.voting:
        assert None not in cast(room, {4: NEUTRAL})


@pytest.mark.parametrize("name", ["done", "done with nothing revealed"])
def test_nobody_joins_a_room_that_has_ended(name: str) -> None:
    room = at(name)

    assert refused(room, lambda: room.join("Pala 1", AT)).message == "This room has ended."


def test_teams_are_filled_in_turn() -> None:
    room = room_after(people=7, given=setup(teams=3))

    assert [who.team for who in room.participants.values()] == [1, 2, 3, 1, 2, 3, 1]
    assert [who.team for who in room_after(people=2).participants.values()] == [None, None]


# Raised hands.


@pytest.mark.parametrize("name", STATES)
def test_hands_are_counted_while_a_vote_is_open_or_just_closed(name: str) -> None:
    room = at(name)
    if room.phase not in (VOTING, CLOSED, REVOTING):
        refused(room, lambda: room.count(Hands(1, 2), AT))
        return

    event = room.count(Hands(1, 2), later(1))

    assert room.question is not None
    assert event == Counted(room.seq, later(1), room.question, room.round, Hands(1, 2))
    assert room.ballot(room.question, room.round).hands == Hands(1, 2)
    assert room.ballot(room.question, 3 - room.round).hands is None


def test_a_later_count_of_hands_replaces_the_earlier_one_and_no_vote() -> None:
    room = voting()
    cast(room, {1: NEUTRAL})
    room.count(Hands(5, 5), AT)
    room.count(Hands(2, 0), AT)

    assert room.ballot("satu", 1).tally == {Verdict.NEUTRAL: 3, Verdict.NOT_NEUTRAL: 0}


@pytest.mark.parametrize("hands", [Hands(-1, 5), Hands(5, -1)])
def test_hands_are_not_fewer_than_none(hands: Hands) -> None:
    room = voting()

    refused(room, lambda: room.count(hands, AT))


def test_no_hands_are_counted_while_the_room_is_paused() -> None:
    room = voting()
    room.move(PAUSE, AT)

    assert refused(room, lambda: room.count(Hands(1, 1), AT)).message == "The room is paused."


# A room is its events.


def without_changed_votes(log: Sequence[Event]) -> list[Event]:
    """The log as a store keeps it: of a changed vote only the last."""
    last = {(e.question, e.round, e.participant): e.seq for e in log if isinstance(e, Voted)}
    return [
        event
        for event in log
        if not isinstance(event, Voted)
        or last[event.question, event.round, event.participant] == event.seq
    ]


def accepted_votes(log: Sequence[Event]) -> dict[tuple[str, int], dict[int, Vote]]:
    """The votes in a log, read without a room; each must stand between an opening and a close."""
    votes: dict[tuple[str, int], dict[int, Vote]] = {}
    key: tuple[str, int] | None = None
    position, discussing, is_open, paused = 0, False, False, False
    for event in log:
        match event:
            case Moved(move=Move.DISCUSS):
                discussing = True
            case Moved(move=Move.OPEN):
                key, is_open = (DECK[position], 2 if discussing else 1), True
            case Moved(move=Move.NEXT | Move.SKIP):
                position, discussing, is_open = position + 1, False, False
            case Moved(move=Move.CLOSE | Move.END):
                is_open = False
            case Moved(move=Move.PAUSE | Move.GO_ON as move):
                paused = move is PAUSE
            case Voted():
                assert is_open
                assert not paused
                assert (event.question, event.round) == key
                votes.setdefault((event.question, event.round), {})[event.participant] = event.vote
    return votes


VOTES = st.builds(Vote, st.sampled_from(Verdict), st.none() | st.sampled_from(Confidence))
PEOPLE = st.integers(0, 6)


def step(name: str, **values: st.SearchStrategy[object]) -> st.SearchStrategy[Any]:
    return st.tuples(st.just(name), st.fixed_dictionaries(values))


NUMBERS = st.integers(-1, 9)
FORWARD = step("move_forward")
AS_ASKED = step("vote_as_asked", votes=st.lists(VOTES, min_size=1, max_size=6))
STEPS = st.one_of(
    FORWARD,
    FORWARD,
    FORWARD,
    AS_ASKED,
    AS_ASKED,
    step("move", move=st.sampled_from(Move)),
    step("join"),
    step("come_or_drop", who=PEOPLE),
    step(
        "vote_anywhere",
        who=PEOPLE,
        question=st.sampled_from(DECK),
        round=st.integers(0, 3),
        vote=VOTES,
    ),
    step("count", neutral=NUMBERS, not_neutral=NUMBERS),
)


class AnyOrder(RuleBasedStateMachine):
    """A room in which everybody tries everything, at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.room = Room(setup(teams=2))
        self.log: list[Event] = []
        self.present: set[int] = set()
        self.versions = [0]

    def tried(self, act: Callable[[], Event | None], legal: bool) -> None:
        before = dump(self.room)
        try:
            event = act()
        except IllegalMove:
            assert not legal
            assert dump(self.room) == before
            return
        assert legal
        if event is None:
            assert dump(self.room) == before
        else:
            assert event.seq == len(self.log) + 1
            self.log.append(event)

    def join(self) -> None:
        self.tried(lambda: self.room.join("Jahe", AT), self.room.phase is not DONE)

    def come_or_drop(self, who: int) -> None:
        self.present ^= {who} & self.room.participants.keys()

    def move(self, move: Move) -> None:
        self.tried(
            lambda: self.room.move(move, later(len(self.log)), self.present),
            self.room.allows(move),
        )

    def move_forward(self) -> None:
        forward = (GO_ON, START, OPEN, CLOSE, DISCUSS, REVEAL, NEXT)
        if self.room.phase is CLOSED:
            forward = (GO_ON, DISCUSS, REVEAL)
        for move in filter(self.room.allows, forward):
            self.move(move)
            return

    def vote_anywhere(self, who: int, question: str, round: int, vote: Vote) -> None:
        legal = (
            who in self.room.participants
            and not self.room.paused
            and question == self.room.question
            and (self.room.phase, round) in ((VOTING, 1), (REVOTING, 2))
        )
        self.tried(lambda: self.room.vote(who, question, round, vote, AT), legal)

    def vote_as_asked(self, votes: list[Vote]) -> None:
        for who, vote in enumerate(votes, 1):
            self.vote_anywhere(who, self.room.question or "satu", self.room.round, vote)

    @initialize(people=PEOPLE)
    def gather(self, people: int) -> None:
        for _turn in range(people):
            self.join()

    def count(self, neutral: int, not_neutral: int) -> None:
        legal = (
            min(neutral, not_neutral) >= 0
            and not self.room.paused
            and self.room.phase in (VOTING, CLOSED, REVOTING)
        )
        self.tried(lambda: self.room.count(Hands(neutral, not_neutral), AT), legal)

    # One rule for all: of several, whole runs would leave out some, and then seldom come far.
    @rule(step=STEPS)
    def step(self, step: tuple[str, dict[str, Any]]) -> None:
        name, values = step
        getattr(self, name)(**values)

    @invariant()
    def the_version_never_falls(self) -> None:
        moves = sum(isinstance(event, Moved) for event in self.log)
        assert self.room.version == moves >= self.versions[-1]
        self.versions.append(self.room.version)

    @invariant()
    def every_vote_counts_once_and_was_cast_while_its_round_was_open(self) -> None:
        votes = accepted_votes(self.log)
        for question, round in product(DECK, (1, 2)):
            ballot = self.room.ballot(question, round)
            assert ballot.votes == votes.get((question, round), {})
            assert len(ballot.votes) <= len(self.room.participants)
            assert ballot.silent >= 0

    @invariant()
    def a_result_is_shown_of_what_was_revealed_only(self) -> None:
        room = self.room
        assert room.result is None or room.result in room.revealed
        assert not room.to_come & set(room.revealed)
        assert room.skipped.isdisjoint(room.revealed)
        assert len(set(room.revealed)) == len(room.revealed)
        assert not (room.paused and room.voting)

    def teardown(self) -> None:
        assert dump(Room.replay(self.room.setup, self.log)) == dump(self.room)
        kept = without_changed_votes(self.log)
        assert dump(Room.replay(self.room.setup, kept)) == dump(self.room)


def test_no_sequence_reaches_two_answers_per_key_or_an_answer_outside_open() -> None:
    run_state_machine_as_test(
        AnyOrder, settings=settings(max_examples=60, stateful_step_count=60, deadline=None)
    )


@pytest.mark.parametrize("name", STATES)
def test_replaying_its_events_gives_the_room(name: str) -> None:
    log: list[Event] = []
    room = Room(setup(teams=2))
    log += [room.join(f"Jahe {number}", AT) for number in (1, 2, 3)]
    for minutes, move in enumerate(STATES[name][0]):
        log.append(room.move(move, later(minutes), (1, 2)))
        if room.voting:
            log += [e for e in cast(room, {1: NEUTRAL, 2: NEUTRAL, 3: NEUTRAL}) if e]
            log += [e for e in cast(room, {2: NOT_NEUTRAL}) if e]
            log.append(room.count(Hands(4, 1), AT))

    assert [event.seq for event in log] == list(range(1, len(log) + 1))
    assert dump(Room.replay(room.setup, log)) == dump(room)
    assert dump(Room.replay(room.setup, without_changed_votes(log))) == dump(room)


def test_asking_for_a_round_that_was_not_held_leaves_no_trace() -> None:
    room = voting()
    before = dump(room)
    assert room.ballot("dua", 2) == Ballot()
    room.ballot("dua", 2).votes[1] = NEUTRAL

    assert dump(room) == before
    assert not room.discussed("dua")


def test_a_room_knows_how_it_was_set_up() -> None:
    given = Setup("bank", DECK, "en", confidence=True, names=True, teams=4)

    assert Room.replay(given, ()).setup == given
