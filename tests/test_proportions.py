"""Intervals, against the figures published with their methods."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.proportions import newcombe, wilson

# Right and asked, as (right, asked) with right at most asked.
COUNTS = st.integers(1, 200).flatmap(lambda asked: st.tuples(st.integers(0, asked), st.just(asked)))


@pytest.mark.parametrize(
    ("right", "asked", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_agrees_with_the_examples_of_newcombes_first_paper(
    right: int, asked: int, low: float, high: float
) -> None:
    assert wilson(right, asked) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombe_agrees_with_the_examples_of_his_paper(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    assert newcombe(*first, *second) == pytest.approx((low, high), abs=5e-5)


@given(COUNTS)
def test_a_share_lies_in_its_interval(count: tuple[int, int]) -> None:
    low, high = wilson(*count)
    assert 0 <= low <= count[0] / count[1] <= high <= 1
    assert low < high


@given(COUNTS)
def test_wrong_answers_have_the_mirrored_interval(count: tuple[int, int]) -> None:
    right, asked = count
    low, high = wilson(right, asked)
    assert wilson(asked - right, asked) == pytest.approx((1 - high, 1 - low))


@given(COUNTS, COUNTS)
def test_a_difference_lies_in_its_interval(first: tuple[int, int], second: tuple[int, int]) -> None:
    low, high = newcombe(*first, *second)
    assert -1 <= low <= first[0] / first[1] - second[0] / second[1] <= high <= 1


@given(COUNTS, COUNTS)
def test_swapped_the_interval_is_mirrored(first: tuple[int, int], second: tuple[int, int]) -> None:
    low, high = newcombe(*first, *second)
    assert newcombe(*second, *first) == pytest.approx((-high, -low))


@given(COUNTS)
def test_more_questions_make_it_surer(count: tuple[int, int]) -> None:
    right, asked = count
    low, high = wilson(right, asked)
    closer = wilson(10 * right, 10 * asked)
    assert closer[1] - closer[0] < high - low


@pytest.mark.parametrize(("right", "asked"), [(0, 0), (-1, 4), (5, 4)])
def test_counts_that_cannot_be_are_refused(right: int, asked: int) -> None:
    with pytest.raises(ValueError, match=f"{right} of {asked}"):
        wilson(right, asked)
