"""What can be said of a room afterwards, and what cannot."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.models import Bank, Confidence, Verdict
from quiz.report import Report, Split, report
from quiz.report_page import page
from quiz.report_tables import principles, rounds
from quiz.room import Room
from quiz.sheets import as_csv

from .evenings import BANK, Held, Rounds, led
from .test_report_page import OCCASION

NEUTRAL, NOT_NEUTRAL = Verdict.NEUTRAL, Verdict.NOT_NEUTRAL


def of(*outcomes: Rounds, people: int = 40) -> Report:
    return report(led(*outcomes, people=people), BANK)


def shown(found: Report) -> tuple[object, ...]:
    """All that leaves the program in a report."""
    return (
        page(found, OCCASION, BANK, "en"),
        as_csv(rounds(found, BANK, "en")),
        as_csv(principles(found, BANK, "en")),
        found.practice,
    )


def test_a_round_has_phones_and_hands_apart_and_together() -> None:
    [one] = of([Held(20, 10, hands=(6, 4))]).judged

    [figures] = one.rounds
    assert (figures.phones, figures.hands, figures.total, figures.present) == (30, 10, 40, 40)
    assert figures.together == Split(26, 14)
    assert figures.by_phone == Split(20, 10)
    assert figures.by_hands == Split(6, 4)
    assert one.right == 26 / 40
    assert not one.discussed


def test_the_most_hands_of_any_round_say_how_many_were_there_without_a_phone() -> None:
    assert of([Held(hands=(6, 4))], [Held(hands=(1, 2)), Held(hands=(7, 8))]).most_hands == 15


def test_the_second_round_counts_and_the_first_is_kept_beside_it() -> None:
    [one] = of([Held(10, 30), Held(30, 10)]).judged

    assert one.discussed
    assert [figures.together for figures in one.rounds] == [Split(10, 30), Split(30, 10)]
    assert one.right == 0.75
    assert one.change == (0.25, 0.75)


def test_where_nobody_voted_again_the_first_round_counts() -> None:
    [one] = of([Held(10, 30), Held()]).judged

    assert one.discussed
    assert one.right == 0.25
    assert one.change is None


@pytest.mark.parametrize("voters", range(8))
def test_a_split_is_told_from_five_voters_on(voters: int) -> None:
    [one] = of([Held(voters, 0)]).judged

    assert (one.rounds[0].together is not None) == (voters >= 5)
    assert (one.right is not None) == (voters >= 5)
    assert one.rounds[0].total == voters


@pytest.mark.parametrize(
    ("phones", "hands", "together", "apart"),
    [(4, 4, True, False), (5, 4, True, False), (4, 5, True, False), (5, 5, True, True)],
)
def test_phones_and_hands_are_told_apart_from_five_of_each_on(
    phones: int, hands: int, together: bool, apart: bool
) -> None:
    [one] = of([Held(phones, 0, hands=(hands, 0))]).judged

    [figures] = one.rounds
    assert (figures.together is not None) == together
    assert (figures.by_phone is not None, figures.by_hands is not None) == (apart, apart)


def test_phones_alone_and_hands_alone_are_told() -> None:
    by_phone, by_hands = of([Held(3, 2)], [Held(hands=(4, 1))]).judged

    assert by_phone.rounds[0].by_phone == Split(3, 2)
    assert by_phone.rounds[0].by_hands is None
    assert by_hands.rounds[0].by_hands == Split(4, 1)


def test_who_is_sure_but_wrong_is_counted_where_enough_said_how_sure_they_are() -> None:
    sure = Confidence.SURE
    many, few, unsaid = of(
        [Held(3, 4, confidence=sure)], [Held(1, 2, (9, 9), confidence=sure)], [Held(9, 9)]
    ).judged

    assert many.rounds[0].sure_but_wrong == 4
    assert few.rounds[0].sure_but_wrong is None
    assert unsaid.rounds[0].sure_but_wrong is None


def test_a_principle_has_the_votes_of_the_rounds_that_count_and_can_be_told() -> None:
    found = of([Held(10, 30), Held(30, 10)], [Held(10, 30)], [Held(2, 2)], None, [Held(40, 0)])

    loket, kartu = found.principles
    assert (loket.principle.id, loket.questions) == ("loket", 2)
    assert (loket.right, loket.votes, loket.share) == (60, 80, 0.75)
    assert (kartu.right, kartu.votes) == (40, 40)


def test_what_was_skipped_and_what_was_not_reached_is_not_judged() -> None:
    found = of([Held(10, 30)], None)

    assert [one.id for one in found.judged] == ["pasar-0"]
    assert found.skipped == ("pasar-1",)
    assert (found.asked, found.done) == (8, False)


def test_a_room_that_went_through_its_deck_is_done() -> None:
    assert report(led([Held(9, 9)], deck=["pasar-0"]), BANK).done


def test_most_missed_first_and_of_equals_the_one_asked_first() -> None:
    found = of(
        [Held(20, 20)],  # half are right
        [Held(30, 10)],  # a quarter
        [Held(20, 20)],  # half
        [Held(5, 35)],  # all but five
    )

    assert [one.id for one in found.missed] == ["pasar-1", "pasar-0", "pasar-2"]


def test_where_nothing_was_missed_by_many_what_anybody_missed_is_named() -> None:
    found = of([Held(39, 1)], [Held(0, 40)])

    assert found.practice == ("pasar-0",)


def test_a_room_that_missed_nothing_has_nothing_to_practise() -> None:
    assert of([Held(40, 0)], [Held(0, 40)]).practice == ()


def test_the_practice_is_by_scenario_in_the_order_of_what_was_missed_most() -> None:
    middling, worst, bad, good = [Held(20, 20)], [Held(0, 40)], [Held(10, 30)], [Held(40, 0)]
    found = of(bad, [Held(0, 40)], middling, [Held(0, 40)], worst, [Held(0, 40)], good)

    assert found.practice == ("kantor-0", "pasar-0", "pasar-2")


def test_a_room_too_small_for_figures_practises_all_that_it_judged() -> None:
    assert of([Held(2, 2)], [Held(4, 0)], people=4).practice == ("pasar-0", "pasar-1")


def test_a_question_that_the_bank_no_longer_has_keeps_its_votes_and_its_id() -> None:
    without = Bank(BANK.manifest, BANK.sources, BANK.laws, BANK.scenarios[1:])
    found = report(led([Held(10, 30)], deck=["pasar-0", "kantor-0"]), without)

    [one] = found.judged
    assert (one.id, one.question, one.right) == ("pasar-0", None, None)
    assert one.rounds[0].together == Split(10, 30)
    assert (found.missed, found.practice, found.principles) == ((), (), ())


FEW = st.integers(0, 4)


@st.composite
def small_rounds(draw: st.DrawFn) -> tuple[Held, Held]:
    """A round of fewer than five, twice, with as many who voted and other votes."""
    phones, hands = draw(FEW), 0
    if draw(st.booleans()):
        hands = draw(st.integers(0, 4 - phones))
    split = st.integers(0, phones)
    raised = st.integers(0, hands)
    confidence = draw(st.sampled_from([None, *Confidence]))

    def held() -> Held:
        neutral, up = draw(split), draw(raised)
        return Held(neutral, phones - neutral, (up, hands - up) if hands else None, confidence)

    return held(), held()


@given(
    before=small_rounds(),
    after=small_rounds(),
    discussed=st.booleans(),
    large=st.tuples(st.integers(0, 20), st.integers(0, 20)),
)
def test_what_fewer_than_five_said_is_nowhere_to_be_read(
    before: tuple[Held, Held], after: tuple[Held, Held], discussed: bool, large: tuple[int, int]
) -> None:
    beside = [Held(*large)]

    def room(which: int) -> Room:
        rounds = [before[which], after[which]] if discussed else [before[which]]
        return led(rounds, beside)

    assert shown(report(room(0), BANK)) == shown(report(room(1), BANK))


@given(phones=st.integers(1, 4), hands=st.integers(1, 30), move=st.integers(1, 4))
def test_what_few_said_by_phone_among_many_hands_cannot_be_told_from_them(
    phones: int, hands: int, move: int
) -> None:
    """The same sums, made up differently, read the same."""
    move = min(move, phones, hands)
    one = led([Held(phones, 0, hands=(0, hands))])
    other = led([Held(phones - move, move, hands=(move, hands - move))])

    assert shown(report(one, BANK)) == shown(report(other, BANK))


def test_a_report_is_of_the_room_and_names_nobody() -> None:
    room = led([Held(10, 30)])
    renamed = Room(room.setup)
    vars(renamed).update(vars(room))
    renamed.participants = {
        id: replace(who, name=f"Dewi {id}") for id, who in room.participants.items()
    }

    assert shown(report(room, BANK)) == shown(report(renamed, BANK))
