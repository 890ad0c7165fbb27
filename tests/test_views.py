"""What leaves a room, and above all what does not before the reveal."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz import i18n
from quiz.models import Bank, Citation, Confidence, Law, Question, Text, Verdict
from quiz.room import Move, Phase, Room
from quiz.session import Score
from quiz.views import (
    FEWEST,
    Contrast,
    Quote,
    RoundResult,
    TeamScore,
    own,
    prompts,
    shared,
    teams,
)
from quiz.votes import Hands, Vote
from tests import banks
from tests.rooms import AT, DECK, NEUTRAL, NOT_NEUTRAL, cast, dump, room_after, setup

START, OPEN, CLOSE, DISCUSS, REVEAL, NEXT, SKIP, LOOK_BACK, PAUSE, GO_ON, END = Move
ASKED = (START, OPEN, CLOSE, REVEAL)


def question(id: str, neutral: bool, contrast: str | None = None) -> Question:
    def said(what: str) -> Text:
        return Text({"id": f"{what} {id}", "en": f"{what} {id} in English"})

    return Question(
        id,
        said("tindakan"),
        Verdict.NEUTRAL if neutral else Verdict.NOT_NEUTRAL,
        said("penjelasan"),
        (Citation("koran", f"kutipan {id}", {"en": f"terjemahan {id}"}),),
        instead=None if neutral else said("sebaiknya"),
        contrast=contrast,
        laws=("uu",),
        discussion=said("diskusi"),
    )


def bank_of(*questions: Question) -> Bank:
    scenario = banks.scenario("kasus", questions, situation=Text({"id": "situasi", "en": "place"}))
    law = Law("uu", "UU", "Pasal 1", Text({"id": "isi uu", "en": "law"}), "berlaku", "2025-12")
    return replace(banks.bank(scenario), laws={"uu": law})


# `satu` and `tiga` are a pair; `empat` is not asked in these rooms.
BANK = bank_of(
    question("satu", neutral=False, contrast="tiga"),
    question("dua", neutral=True, contrast="empat"),
    question("tiga", neutral=True, contrast="satu"),
    question("empat", neutral=False, contrast="dua"),
)


def altered(bank: Bank, ids: set[str]) -> Bank:
    """The bank in which everything about these questions but the act is otherwise."""

    def other(question: Question) -> Question:
        return replace(
            question,
            verdict=next(verdict for verdict in Verdict if verdict is not question.verdict),
            explanation=Text({"id": "lain"}),
            citations=(Citation("koran", "lain"),),
            instead=Text({"id": "lain"}),
            contrast="dua" if question.id == "empat" else "empat",
            laws=(),
            discussion=None,
        )

    [scenario] = bank.scenarios
    questions = tuple(other(q) if q.id in ids else q for q in scenario.questions)
    return replace(bank, scenarios=(replace(scenario, questions=questions),))


def text_of(view: object) -> str:
    return json.dumps(asdict(view), ensure_ascii=False)  # type: ignore[call-overload]


# Before the reveal.


def test_the_lobby_shows_no_question() -> None:
    view = shared(room_after(people=2), BANK)

    assert (view.phase, view.number, view.total) == (Phase.LOBBY, 0, 3)
    assert view.question is None
    assert view.reveal is None


def test_a_question_is_shown_with_its_principle_scenario_and_situation_in_the_rooms_language() -> (
    None
):
    room = room_after(START, SKIP, OPEN, given=setup(language="en", confidence=True))

    view = shared(room, BANK)

    assert asdict(view) == {
        "version": 3,
        "phase": "voting",
        "paused": False,
        "looking_back": False,
        "language": "en",
        "confidence": True,
        "number": 2,
        "total": 3,
        "round": 1,
        "question": {
            "id": "dua",
            "principle": "Prinsip prinsip",
            "scenario": "kasus",
            "situation": "place",
            "act": "tindakan dua in English",
        },
        "reveal": None,
    }


def test_a_room_in_a_language_that_the_bank_lacks_speaks_the_banks_first() -> None:
    room = room_after(START, given=setup(language="jv"))

    view = shared(room, BANK)

    assert view.language == "id"
    assert view.question is not None
    assert view.question.act == "tindakan satu"


def test_a_pause_and_the_second_round_show() -> None:
    view = shared(room_after(START, OPEN, CLOSE, DISCUSS, OPEN, PAUSE), BANK)

    assert (view.phase, view.round, view.paused) == (Phase.REVOTING, 2, True)


SECRETS = ("penjelasan", "kutipan", "terjemahan", "sebaiknya", "diskusi", "Koran", "isi uu")
STEPS = st.lists(st.sampled_from([*Move, *[OPEN, CLOSE, REVEAL, NEXT] * 2, "vote"]), max_size=30)
CAST = st.fixed_dictionaries({id: st.sampled_from([NEUTRAL, NOT_NEUTRAL]) for id in (1, 2, 3)})
HANDS = st.builds(Hands, st.integers(0, 9), st.integers(0, 9))


def walked(steps: Sequence[Move | str], votes: Mapping[int, Vote], hands: Hands) -> Room:
    """The room after those steps that are legal."""
    room = room_after(START, OPEN, people=3, given=setup(teams=2))
    for step in steps:
        if isinstance(step, Move):
            if room.allows(step):
                room.move(step, AT, (1, 2, 3))
        elif room.voting:
            cast(room, dict(votes))
            room.count(hands, AT)
    return room


@given(steps=STEPS, votes=CAST, hands=HANDS)
def test_nothing_of_an_explanation_a_quote_or_a_verdict_leaves_a_room_before_the_reveal(
    steps: list[Move | str], votes: dict[int, Vote], hands: Hands
) -> None:
    room = walked(steps, votes, hands)
    view = shared(room, BANK)

    assert (view.reveal is None) == (room.result is None) == (view.phase is not Phase.REVEALED)
    if view.reveal is None:
        said = text_of(view)
        assert not any(secret in said for secret in SECRETS)
        assert not any(f'"{verdict}"' in said for verdict in Verdict)


@given(steps=STEPS, votes=CAST, hands=HANDS)
def test_whatever_was_decided_on_a_question_to_come_the_room_looks_the_same(
    steps: list[Move | str], votes: dict[int, Vote], hands: Hands
) -> None:
    room = walked(steps, votes, hands)
    other = altered(BANK, room.to_come)

    assert shared(room, other) == shared(room, BANK)
    assert [own(room, other, id) for id in (1, 2, 3)] == [own(room, BANK, id) for id in (1, 2, 3)]
    assert teams(room, other) == teams(room, BANK)


@given(steps=STEPS, votes=CAST, hands=HANDS, others=CAST, other_hands=HANDS)
def test_however_others_vote_the_room_looks_the_same_until_the_reveal(
    steps: list[Move | str],
    votes: dict[int, Vote],
    hands: Hands,
    others: dict[int, Vote],
    other_hands: Hands,
) -> None:
    room = walked(steps, votes, hands)
    other = walked(steps, {**others, 1: votes[1]}, other_hands)

    if room.result is None:
        assert shared(room, BANK) == shared(other, BANK)
    assert own(room, BANK, 1) == own(other, BANK, 1)


@given(steps=STEPS, votes=CAST, hands=HANDS)
def test_looking_changes_nothing(
    steps: list[Move | str], votes: dict[int, Vote], hands: Hands
) -> None:
    room = walked(steps, votes, hands)
    before = dump(room)
    shared(room, BANK)
    own(room, BANK, 2)
    teams(room, BANK)

    assert dump(room) == before


# The reveal.


def test_the_reveal_says_all_there_is_to_say() -> None:
    view = shared(room_after(*ASKED, given=setup(("satu",), language="en")), BANK)

    assert view.reveal is not None
    assert view.reveal.verdict is Verdict.NOT_NEUTRAL
    assert view.reveal.explanation == "penjelasan satu in English"
    assert view.reveal.quotes == (Quote("kutipan satu", "terjemahan satu", "Koran Contoh, 2024"),)
    assert view.reveal.instead == "sebaiknya satu in English"
    assert view.reveal.contrast == Contrast("tindakan tiga in English", Verdict.NEUTRAL)
    assert not view.reveal.contrast_to_come
    assert view.reveal.laws == ("UU, Pasal 1: law",)
    assert view.reveal.laws_checked == "The law in force, as checked in December 2025."
    assert not view.reveal.discussed
    assert json.loads(text_of(view))["reveal"]["verdict"] == "not-neutral"


def test_the_reveal_speaks_the_rooms_language_whatever_the_program_speaks() -> None:
    i18n.install("en")

    view = shared(room_after(*ASKED, given=setup(("satu",), language="id")), BANK)

    assert view.reveal is not None
    assert view.reveal.quotes == (Quote("kutipan satu", None, "Koran Contoh, 2024"),)
    assert view.reveal.laws_checked is not None
    assert "Desember 2025" in view.reveal.laws_checked
    assert i18n.language() == "en"


def test_what_a_question_does_not_have_is_none() -> None:
    plain = replace(question("dua", neutral=True), laws=())
    view = shared(room_after(*ASKED, given=setup(("dua",))), bank_of(plain))

    assert view.reveal is not None
    assert view.reveal.instead is view.reveal.contrast is view.reveal.laws_checked is None
    assert view.reveal.laws == ()
    assert not view.reveal.contrast_to_come


def contrast_at(*moves: Move) -> tuple[Contrast | None, bool]:
    reveal = shared(room_after(*moves), BANK).reveal
    assert reveal is not None
    return reveal.contrast, reveal.contrast_to_come


def test_a_contrast_that_the_room_is_still_to_judge_is_announced_and_not_shown() -> None:
    tiga = Contrast("tindakan tiga", Verdict.NEUTRAL)
    satu = Contrast("tindakan satu", Verdict.NOT_NEUTRAL)
    at_tiga = (*ASKED, NEXT, SKIP)

    assert contrast_at(*ASKED) == (None, True)
    assert contrast_at(*at_tiga, LOOK_BACK) == (None, True)
    assert contrast_at(*at_tiga, *ASKED[1:]) == (satu, False)
    assert contrast_at(*at_tiga, *ASKED[1:], LOOK_BACK) == (tiga, False)
    assert contrast_at(*at_tiga, SKIP, LOOK_BACK) == (tiga, False)
    assert contrast_at(*ASKED, END, LOOK_BACK) == (tiga, False)


def test_both_rounds_are_shown_with_hands_apart_and_who_was_present() -> None:
    room = room_after(START, OPEN, people=4)
    cast(room, {1: NEUTRAL, 2: NEUTRAL, 3: NOT_NEUTRAL})
    room.count(Hands(5, 6), AT)
    room.move(CLOSE, AT, (1, 2, 3, 4))
    room.move(DISCUSS, AT)
    room.move(OPEN, AT)
    cast(room, {1: NOT_NEUTRAL})
    room.move(CLOSE, AT, (1, 2))
    room.move(REVEAL, AT)

    reveal = shared(room, BANK).reveal

    assert reveal is not None
    assert reveal.discussed
    assert reveal.rounds == (
        RoundResult(1, 2, 1, 5, 6, present=4, voted=3),
        RoundResult(2, 0, 1, 0, 0, present=2, voted=1),
    )


def test_without_a_second_round_one_is_shown() -> None:
    reveal = shared(room_after(START, OPEN, CLOSE, DISCUSS, REVEAL), BANK).reveal

    assert reveal is not None
    assert reveal.rounds == (RoundResult(1, 0, 0, 0, 0, present=0, voted=0),)
    assert not reveal.discussed


@pytest.mark.parametrize("then", [(NEXT,), (NEXT, SKIP), (END,), (NEXT, SKIP, SKIP)])
def test_looking_back_shows_the_earlier_reveal_with_its_number_and_round(
    then: Sequence[Move],
) -> None:
    room = room_after(START, OPEN, CLOSE, DISCUSS, OPEN, people=2)
    cast(room, {1: NEUTRAL})
    for move in (CLOSE, REVEAL):
        room.move(move, AT)
    revealed = shared(room, BANK)
    for move in (*then, LOOK_BACK):
        room.move(move, AT)

    again = shared(room, BANK)

    assert again.looking_back
    assert again.version == room.version > revealed.version
    assert (again.phase, again.number, again.round) == (Phase.REVEALED, 1, 2)
    assert again.question == revealed.question
    assert again.reveal is not None
    assert revealed.reveal is not None
    assert again.reveal.rounds == revealed.reveal.rounds
    room.move(LOOK_BACK, AT)
    assert shared(room, BANK).reveal is None


def test_no_name_is_in_what_everybody_sees() -> None:
    room = room_after(START, OPEN, people=3)
    cast(room, {1: NEUTRAL, 2: NOT_NEUTRAL})
    room.move(CLOSE, AT, (1, 2, 3))
    room.move(REVEAL, AT)

    assert "Jahe" not in text_of(shared(room, BANK))


# One's own.


def played() -> Room:
    """Three people: `satu` in two rounds, `dua` skipped, `tiga` in one; all is revealed."""
    room = room_after(START, OPEN, people=3, given=setup(teams=2))
    cast(room, {1: NEUTRAL, 2: NEUTRAL})
    for move in (CLOSE, DISCUSS, OPEN):
        room.move(move, AT)
    cast(room, {1: NOT_NEUTRAL})
    for move in (CLOSE, REVEAL, NEXT, OPEN):
        room.move(move, AT)
    cast(room, {1: NOT_NEUTRAL, 2: NEUTRAL, 3: NEUTRAL})
    room.move(SKIP, AT)
    room.move(OPEN, AT)
    cast(room, {1: NEUTRAL, 3: NOT_NEUTRAL})
    for move in (CLOSE, REVEAL):
        room.move(move, AT)
    return room


def test_ones_own_score_counts_the_last_vote_on_what_was_revealed_and_not_skipped() -> None:
    room = played()

    first, second, third = (own(room, BANK, id) for id in (1, 2, 3))

    assert first.score == Score(2, 2, 2)
    assert (first.missed, first.unanswered) == ((), ())
    assert second.score == Score(0, 1, 2)
    assert (second.missed, second.unanswered) == (("satu",), ("tiga",))
    assert third.score == Score(0, 1, 2)
    assert (third.missed, third.unanswered) == (("tiga",), ("satu",))


def test_ones_own_votes_on_the_question_shown_and_whether_the_last_was_right() -> None:
    room = played()
    assert [own(room, BANK, id).votes for id in (1, 2, 3)] == [
        (NEUTRAL, None),
        (None, None),
        (NOT_NEUTRAL, None),
    ]
    assert [own(room, BANK, id).right for id in (1, 2, 3)] == [True, None, False]

    room.move(LOOK_BACK, AT)

    assert [own(room, BANK, id).votes for id in (1, 2, 3)] == [
        (NEUTRAL, NOT_NEUTRAL),
        (NEUTRAL, None),
        (None, None),
    ]
    assert [own(room, BANK, id).right for id in (1, 2, 3)] == [True, False, None]


def test_ones_own_vote_is_that_of_the_round_at_hand() -> None:
    room = room_after(START, OPEN, people=1, given=setup(teams=2, confidence=True))
    sure = Vote(Verdict.NEUTRAL, Confidence.SURE)
    assert own(room, BANK, 1).vote is None
    cast(room, {1: sure})

    assert own(room, BANK, 1).vote == sure
    assert own(room, BANK, 1).votes == ()
    assert own(room, BANK, 1).right is None
    assert own(room, BANK, 1).score == Score(0, 0, 0)
    assert (own(room, BANK, 1).name, own(room, BANK, 1).team) == ("Jahe 1", 1)

    for move in (CLOSE, DISCUSS, OPEN):
        room.move(move, AT)
    assert own(room, BANK, 1).vote is None
    room.move(END, AT)
    assert own(room, BANK, 1).vote is None


def test_nobody_sees_what_is_a_strangers_own() -> None:
    with pytest.raises(KeyError):
        own(room_after(people=2), BANK, 3)


# Teams.


def team_room(people: int, votes: Callable[[int], Vote]) -> Room:
    room = room_after(START, OPEN, people=people, given=setup(teams=2))
    cast(room, {id: votes(id) for id in range(1, people + 1)})
    for move in (CLOSE, DISCUSS, OPEN):
        room.move(move, AT)
    cast(room, {1: NOT_NEUTRAL})
    for move in (CLOSE, REVEAL, NEXT, OPEN):
        room.move(move, AT)
    cast(room, {2: NEUTRAL})
    room.move(CLOSE, AT)
    return room


def test_a_teams_score_adds_up_the_last_votes_of_its_members_on_what_was_revealed() -> None:
    room = team_room(10, lambda who: NEUTRAL if who < 5 else NOT_NEUTRAL)

    assert teams(room, BANK) == [TeamScore(1, 5, 4, 5), TeamScore(2, 5, 3, 5)]
    assert [team.share for team in teams(room, BANK)] == [0.8, 0.6]

    room.move(REVEAL, AT)

    assert teams(room, BANK) == [TeamScore(1, 5, 4, 5), TeamScore(2, 5, 4, 6)]


def test_a_team_of_fewer_than_five_has_no_figures() -> None:
    room = team_room(9, lambda _id: NOT_NEUTRAL)

    assert FEWEST == 5
    assert teams(room, BANK) == [TeamScore(1, 5, 5, 5), TeamScore(2, 4, None, None)]
    assert teams(room, BANK)[1].share is None


def test_a_team_that_has_answered_nothing_has_no_share() -> None:
    room = room_after(people=10, given=setup(teams=2))

    assert [team.share for team in teams(room, BANK)] == [None, None]
    assert teams(room, BANK)[0] == TeamScore(1, 5, 0, 0)


def test_without_teams_there_are_no_team_scores() -> None:
    assert teams(room_after(*ASKED, people=9), BANK) == []


# The facilitator's prompts.


def test_the_facilitator_is_prompted_with_the_discussion_and_the_first_quote() -> None:
    two = BANK.question["satu"]
    two = replace(two, citations=(*two.citations, Citation("koran", "kedua")))

    given_id, given_en = prompts(BANK, two, "id"), prompts(BANK, two, "en")

    assert given_id.discussion == "diskusi satu"
    assert given_id.aloud == Quote("kutipan satu", None, "Koran Contoh, 2024")
    assert given_en.discussion == "diskusi satu in English"
    assert given_en.aloud.gloss == "terjemahan satu"


def test_a_question_without_a_prompt_gets_one_that_gives_no_verdict_away() -> None:
    bare = replace(BANK.question["satu"], discussion=None)
    flipped = replace(bare, verdict=Verdict.NEUTRAL)

    assert prompts(BANK, bare, "en").discussion.endswith("?")
    assert prompts(BANK, bare, "en").discussion != prompts(BANK, bare, "id").discussion
    assert prompts(BANK, bare, "id") == prompts(BANK, flipped, "id")


def test_every_question_of_the_deck_is_in_the_bank() -> None:
    assert set(DECK) < BANK.question.keys()
