"""Two forms that are alike, and what they say of the training between them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.bank import load
from quiz.errors import UsageError
from quiz.forms import (
    A,
    B,
    compare,
    next_form,
    reserved,
    standing,
    unfinished,
)
from quiz.history import Entry, Sitting
from quiz.models import Bank, Level, Scenario, Verdict
from quiz.proportions import newcombe
from quiz.session import Kind, Score

from . import banks

NEUTRAL, NOT_NEUTRAL = Verdict
START = datetime(2026, 11, 1, 9, tzinfo=UTC)
Deck = tuple[str, ...]


@pytest.fixture(scope="module")
def bundled() -> Bank:
    found, problems = load(Path(__file__).parent.parent)
    assert found, problems
    return found


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def sat(form: str, deck: Iterable[str], at: float, *, done: bool = True) -> Sitting:
    """A form begun on day `at` and, if done, finished an hour later."""
    name = f"{form}-{at}"
    finished = day(at) + timedelta(hours=1) if done else None
    return Sitting(int(at * 10), name, form, tuple(deck), day(at), finished)


def pairs(bank: Bank, number: int) -> list[tuple[Deck, Deck]]:
    """The decks of the first pairs that a learner takes."""
    taken: list[Sitting] = []
    for turn in range(2 * number):
        plan = next_form(bank, taken)
        assert (plan.kind, plan.subject) == (Kind.TEST, "AB"[turn % 2])
        taken.append(sat(plan.subject, plan.deck, turn))
    return [(taken[n].deck, taken[n + 1].deck) for n in range(0, 2 * number, 2)]


def mix(bank: Bank, deck: Deck) -> Counter[tuple[str, Verdict]]:
    return Counter((bank.home_of[id].principle, bank.question[id].verdict) for id in deck)


def levels(bank: Bank, deck: Deck) -> Counter[tuple[str, Level]]:
    return Counter((bank.home_of[id].principle, bank.home_of[id].level) for id in deck)


def apart(bank: Bank, one: Deck, other: Deck) -> bool:
    """Whether no question is in both, and none is the contrast of one in the other."""
    contrasts = {bank.question[id].contrast for id in one}
    return not set(other) & ({*one} | contrasts)


def small(*, principle: str = "prinsip", contrasts: Sequence[tuple[int, int]] = ()) -> Scenario:
    """A scenario of four acts, two neutral and two not; `contrasts` pair them by number."""
    partner = dict(contrasts) | {other: one for one, other in contrasts}
    acts = [
        banks.question(
            f"{principle}-{n}",
            n % 2 == 0,
            contrast=f"{principle}-{partner[n]}" if n in partner else None,
        )
        for n in range(4)
    ]
    return banks.scenario(f"kasus-{principle}", acts, principle)


# what a pair is


def test_forms_of_the_bundled_bank_are_alike_and_share_nothing(bundled: Bank) -> None:
    for first, second in pairs(bundled, 25):
        assert len(first) == len(second) == 14
        assert mix(bundled, first) == mix(bundled, second)
        assert set(mix(bundled, first).values()) == {1}
        assert levels(bundled, first) == levels(bundled, second)
        assert apart(bundled, first, second)


def test_no_question_of_a_form_is_the_contrast_of_another_where_that_can_be(bundled: Bank) -> None:
    for form in (form for pair in pairs(bundled, 25) for form in pair):
        assert not {bundled.question[id].contrast for id in form} & {*form}


def test_matched_questions_are_of_different_scenarios(bundled: Bank) -> None:
    def scenarios(form: Deck) -> dict[tuple[str, Verdict], str]:
        home, verdict = bundled.home_of, bundled.question
        return {(home[id].principle, verdict[id].verdict): home[id].id for id in form}

    for first, second in pairs(bundled, 25):
        one, other = scenarios(first), scenarios(second)
        assert all(one[slot] != other[slot] for slot in one)


def test_the_same_bank_and_history_give_the_same_questions(bundled: Bank) -> None:
    again = replace(bundled, scenarios=bundled.scenarios[::-1])

    assert pairs(bundled, 3) == pairs(again, 3)


def test_another_pair_asks_other_questions_in_another_order(bundled: Bank) -> None:
    decks = [first for first, _second in pairs(bundled, 12)]

    assert len({frozenset(deck) for deck in decks}) == 12
    places = {deck.index(id) for deck in decks for id in decks[0] if id in deck}
    assert len(places) > 5


def test_verdicts_and_principles_come_in_no_pattern(bundled: Bank) -> None:
    firsts = [bundled.question[first[0]].verdict for first, _second in pairs(bundled, 12)]
    same = [
        bundled.question[one].verdict is bundled.question[other].verdict
        for first, _second in pairs(bundled, 12)
        for one, other in pairwise(first)
    ]

    assert set(firsts) == {NEUTRAL, NOT_NEUTRAL}
    assert 0.2 < sum(same) / len(same) < 0.8


def test_four_acts_are_enough_if_contrasts_allow_it() -> None:
    bank = banks.bank(small(contrasts=[(0, 1), (2, 3)]))

    ((first, second),) = pairs(bank, 1)

    # Only so is no contrast in the other form, though each form then holds a pair.
    assert {frozenset(first), frozenset(second)} == {
        frozenset({"prinsip-0", "prinsip-1"}),
        frozenset({"prinsip-2", "prinsip-3"}),
    }


def test_a_principle_that_has_not_enough_is_left_out_of_both_forms() -> None:
    poor = banks.scenario("kasus-miskin", [banks.question(f"m-{n}", n < 3) for n in range(4)], "m")
    bank = banks.bank(poor, small(), principles=("m", "prinsip"))

    ((first, second),) = pairs(bank, 1)

    assert {bank.home_of[id].principle for id in first + second} == {"prinsip"}
    assert len(first) == len(second) == 2


@pytest.mark.parametrize("neutral", [0, 1, 3, 4])
def test_a_bank_too_small_says_so(neutral: int) -> None:
    acts = [banks.question(f"s-{n}", n < neutral) for n in range(4)]
    bank = banks.bank(banks.scenario("kasus", acts))

    with pytest.raises(UsageError) as caught:
        next_form(bank, [])

    assert caught.value.message == "This bank is too small for a test."
    assert "a neutral act and a not neutral one" in caught.value.hint


@st.composite
def some_banks(draw: st.DrawFn) -> Bank:
    """Banks of up to three principles; contrasts pair neighbours of opposite verdicts."""
    scenarios = []
    for number in range(draw(st.integers(1, 5))):
        verdicts = draw(st.lists(st.booleans(), min_size=4, max_size=6))
        ids = [f"q{number}-{n}" for n in range(len(verdicts))]
        partner: dict[str, str] = {}
        for n in range(len(ids) - 1):
            free = ids[n] not in partner and verdicts[n] != verdicts[n + 1]
            if free and draw(st.booleans()):
                partner |= {ids[n]: ids[n + 1], ids[n + 1]: ids[n]}
        acts = [
            banks.question(id, verdict, contrast=partner.get(id))
            for id, verdict in zip(ids, verdicts, strict=True)
        ]
        principle = draw(st.sampled_from("xyz"))
        made = banks.scenario(f"k{number}", acts, principle)
        scenarios.append(replace(made, level=draw(st.sampled_from(Level))))
    return banks.bank(*scenarios, principles="xyz")


@given(some_banks(), st.integers(1, 3))
def test_any_bank_gives_two_forms_that_are_alike_or_none(bank: Bank, number: int) -> None:
    try:
        first, second = pairs(bank, number)[-1]
    except UsageError:
        return
    assert mix(bank, first) == mix(bank, second)
    assert set(mix(bank, first).values()) == {1}
    assert apart(bank, first, second)
    assert apart(bank, second, first)


# where a learner stands


def test_form_a_comes_first_then_b_then_another_pair(bundled: Bank) -> None:
    (one, two) = pairs(bundled, 2)
    taken = [sat(A, one[0], 0)]
    assert next_form(bundled, taken).deck == one[1]
    assert next_form(bundled, taken[::-1]).subject == B
    taken.append(sat(B, one[1], 5))
    assert next_form(bundled, taken[::-1]).deck == two[0]
    assert next_form(bundled, [*taken, sat(A, two[0], 7)]).deck == two[1]


def test_a_form_not_finished_is_still_the_next_one(bundled: Bank) -> None:
    ((first, second),) = pairs(bundled, 1)

    assert next_form(bundled, [sat(A, first, 0, done=False)]).deck == first
    begun = [sat(A, first, 0), sat(B, second, 3, done=False)]
    assert next_form(bundled, begun).deck == second


def test_a_form_a_done_twice_counts_once_and_a_b_without_it_not_at_all() -> None:
    first, twice, second = sat(A, "ab", 0), sat(A, "ab", 2), sat(B, "cd", 4)

    assert standing([second]) == ([], None)
    assert standing([twice, first]).waiting == first
    assert standing([second, twice, first]) == ([(first, second)], None)
    assert standing([first, second, sat(B, "cd", 6)]) == ([(first, second)], None)


def test_a_and_b_at_the_same_moment_are_a_pair() -> None:
    first, second = sat(A, "ab", 0), replace(sat(B, "cd", 0), uid="0")

    assert standing([second, first]).pairs == [(first, second)]


def test_form_b_is_set_beside_the_form_a_that_was_taken_though_the_bank_has_changed(
    bundled: Bank,
) -> None:
    ((first, _second),) = pairs(bundled, 1)
    # Form A asked other questions than it would today.
    taken = pairs(bundled, 2)[1][0]
    assert set(taken) != set(first)

    second = next_form(bundled, [sat(A, taken, 0)])

    assert second.subject == B
    assert apart(bundled, taken, second.deck)
    assert mix(bundled, second.deck) == mix(bundled, taken)
    assert levels(bundled, second.deck) == levels(bundled, taken)


def test_what_the_bank_has_lost_of_form_a_has_no_counterpart_in_form_b(bundled: Bank) -> None:
    ((first, _second),) = pairs(bundled, 1)
    lost = bundled.home_of[first[0]].principle
    gone = [id for id in first if bundled.home_of[id].principle == lost]
    taken = [f"gone-{id}" if id in gone else id for id in first]

    second = next_form(bundled, [sat(A, taken, 0)])

    assert {bundled.home_of[id].principle for id in second.deck} == {*bundled.principles} - {lost}


def test_where_the_bank_has_lost_all_of_form_a_another_begins(bundled: Bank) -> None:
    lost = sat(A, ["gone", "gone-too"], 0)
    ((first, second),) = pairs(bundled, 1)

    assert next_form(bundled, [lost]).deck == first
    assert reserved(bundled, [lost]) == frozenset()
    assert next_form(bundled, [lost, sat(A, first, 1)]).deck == second


# what is kept for a test


def test_questions_are_kept_from_the_end_of_a_to_the_end_of_b(bundled: Bank) -> None:
    ((first, second),) = pairs(bundled, 1)
    done = sat(A, first, 0)

    assert reserved(bundled, []) == frozenset()
    assert reserved(bundled, [done]) == frozenset(second)
    assert reserved(bundled, [done, sat(B, second, 3, done=False)]) == frozenset(second)
    assert reserved(bundled, [done, sat(B, second, 3)]) == frozenset()


def test_a_form_a_begun_elsewhere_does_not_give_away_the_form_b_to_come(bundled: Bank) -> None:
    ((first, second),) = pairs(bundled, 1)
    begun = sat(A, first, 1, done=False)

    assert reserved(bundled, [sat(A, first, 0), begun]) == {*first, *second}


def test_a_test_under_way_keeps_its_own_questions(bundled: Bank) -> None:
    begun = sat(A, ["gone", *bundled.question][:5], 0, done=False)

    assert reserved(bundled, [begun]) == frozenset(begun.deck)
    assert unfinished(bundled, [begun]) == begun
    assert unfinished(bundled, [replace(begun, deck=("gone",))]) is None
    newer = replace(begun, uid="newer", started=day(1))
    assert unfinished(bundled, [newer, begun]) == unfinished(bundled, [begun, newer]) == newer


# what they say


def answered(session: str, at: float, right: str, wrong: str = "") -> list[Entry]:
    """Entries of one session, a question a letter, each a minute after the one before."""
    return [
        Entry(
            day(at) + timedelta(minutes=number),
            session,
            question,
            NEUTRAL if question in right else NOT_NEUTRAL,
            NEUTRAL,
            None,
            None,
            Kind.TEST if session[0] in "AB" else Kind.PRACTICE,
        )
        for number, question in enumerate(right + wrong)
    ]


TAKEN = [sat(A, "abcd", 2), sat(B, "efgh", 8)]
TEST_A, TEST_B = answered("A-2", 2, "ab", "cd"), answered("B-8", 8, "efg", "h")


def test_before_and_after_are_compared_with_how_sure_one_can_be() -> None:
    found = compare([*TEST_A, *TEST_B], TAKEN)

    assert found
    assert (found.before, found.after) == (Score(2, 4, 4), Score(3, 4, 4))
    assert found.left_out == 0
    assert found.difference == 0.25
    assert (found.low, found.high) == newcombe(3, 4, 2, 4)


def test_what_was_met_in_between_is_left_out_of_the_second_score_only() -> None:
    between = [*answered("x", 3, "a"), *answered("y", 7, "e", "h")]

    found = compare([*TEST_A, *TEST_B, *between], TAKEN)

    assert found
    assert (found.before, found.after, found.left_out) == (Score(2, 4, 4), Score(2, 2, 2), 2)


def test_what_was_met_before_form_a_or_after_form_b_counts() -> None:
    others = [*answered("x", 1, "ae"), *answered("y", 9, "ef")]

    assert compare([*TEST_A, *TEST_B, *others], TAKEN) == compare([*TEST_A, *TEST_B], TAKEN)


def test_what_was_met_while_form_b_lay_unfinished_is_left_out() -> None:
    late = [entry._replace(at=entry.at + timedelta(days=2)) for entry in TEST_B]

    found = compare([*TEST_A, *late, *answered("x", 9, "e")], TAKEN)

    assert found
    assert found.left_out == 1


def test_there_is_nothing_to_compare_without_a_pair_or_where_all_was_met() -> None:
    everything = [*TEST_A, *TEST_B, *answered("x", 3, "efgh")]

    assert compare([], []) is None
    assert compare(TEST_A, TAKEN[:1]) is None
    assert compare(everything, TAKEN) is None


def test_the_pair_finished_last_is_compared() -> None:
    taken = [*TAKEN, sat(A, "eh", 20), sat(B, "ab", 25)]
    log = [*TEST_A, *TEST_B, *answered("A-20", 20, "e", "h"), *answered("B-25", 25, "ab")]

    found = compare(log, taken)

    assert found
    assert (found.before, found.after, found.left_out) == (Score(1, 2, 2), Score(2, 2, 2), 0)


@given(
    st.permutations([*TEST_A, *TEST_B, *answered("x", 3, "ae"), *answered("y", 9, "f")]),
    st.permutations(TAKEN),
)
def test_the_order_of_the_log_does_not_matter(log: list[Entry], taken: list[Sitting]) -> None:
    found = compare(log, taken)

    assert found
    assert (found.before, found.after, found.left_out) == (Score(2, 4, 4), Score(2, 3, 3), 1)
