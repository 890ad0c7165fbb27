import pytest

from quiz.web.limits import Budgets, Census, Codes, Rate

NOW = 1000.0


def test_a_budget_is_spent_at_once_and_fills_up_with_time() -> None:
    budgets = Budgets(Rate(3, 2))

    assert [budgets.spend("ani", NOW) for _turn in range(4)] == [True, True, True, False]
    assert not budgets.spend("ani", NOW + 0.4)
    assert budgets.spend("ani", NOW + 0.5)
    assert not budgets.spend("ani", NOW + 0.5)


def test_a_budget_never_holds_more_than_at_the_start() -> None:
    budgets = Budgets(Rate(3, 2))
    budgets.spend("ani", NOW)

    later = [budgets.spend("ani", NOW + 3600) for _turn in range(4)]

    assert later == [True, True, True, False]


def test_one_budget_is_not_another() -> None:
    budgets = Budgets(Rate(1, 1))

    assert budgets.spend("ani", NOW)
    assert budgets.spend("budi", NOW)
    assert not budgets.spend("ani", NOW)


def test_budgets_that_are_full_again_are_forgotten() -> None:
    budgets = Budgets(Rate(1, 1))

    for number in range(30_000):
        budgets.spend(number, NOW + number)

    assert len(budgets._left) <= 10_000
    assert not budgets.spend(29_999, NOW + 29_999)


def test_to_spend_is_not_to_look_through_all_budgets_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    budgets = Budgets(Rate(10, 3))
    looked_through = []
    forget = budgets._forget
    monkeypatch.setattr(budgets, "_forget", lambda now: (looked_through.append(now), forget(now)))

    for number in range(30_000):
        budgets.spend(number, NOW)

    assert len(looked_through) == 2


def test_ten_thousand_wrong_codes_of_one_address_are_mostly_not_looked_at() -> None:
    codes = Codes()
    looked_at = 0

    for turn in range(10_000):
        if codes.may_try("10.0.0.9", NOW + turn / 1000):
            looked_at += 1
            codes.wrong("10.0.0.9", NOW + turn / 1000)

    assert looked_at <= 60 + 10
    assert codes.may_try("10.0.0.7", NOW + 10)


def test_a_right_code_costs_nothing() -> None:
    codes = Codes()

    assert all(codes.may_try("10.0.0.9", NOW) for _person in range(5000))


def test_whoever_waits_may_try_again() -> None:
    codes = Codes()
    for _turn in range(60):
        codes.wrong("10.0.0.9", NOW)

    assert not codes.may_try("10.0.0.9", NOW)
    assert codes.may_try("10.0.0.9", NOW + 1)


def test_ten_thousand_wrong_codes_of_many_addresses_are_answered_ever_later() -> None:
    codes = Codes()

    delays = [codes.wrong(f"10.0.{n // 250}.{n % 250}", NOW) for n in range(10_000)]

    assert set(delays[:100]) == {0.0}
    assert delays[100:] == sorted(delays[100:])
    assert 0 < delays[100] < delays[150]
    assert delays[-1] == 5.0


def test_after_a_while_a_wrong_code_is_answered_at_once_again() -> None:
    codes = Codes()
    for number in range(200):
        codes.wrong(str(number), NOW)

    assert codes.wrong("late", NOW + 60) == 0.0


def test_one_address_holds_three_quarters_of_all_connections_at_most() -> None:
    census = Census(8)

    assert [census.enter("10.0.0.9") for _turn in range(7)] == [True] * 6 + [False]
    assert [census.enter("10.0.0.7") for _turn in range(3)] == [True, True, False]


def test_a_connection_that_ended_makes_room() -> None:
    census = Census(4)
    for _turn in range(3):
        census.enter("10.0.0.9")

    census.leave("10.0.0.9")

    assert census.enter("10.0.0.9")
    assert not census.enter("10.0.0.9")
