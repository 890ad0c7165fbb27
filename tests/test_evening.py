"""An evening, chosen, timed and kept in a file."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.errors import UsageError
from quiz.evening import (
    CLOSING,
    LONGEST,
    WELCOME,
    Choice,
    Evening,
    choose,
    dump_plan,
    load_plan,
    needed,
    stops,
)
from quiz.models import Bank, Level

from . import banks

CASES = {"satu": "loket", "dua": "loket", "tiga": "kartu", "empat": "kartu", "lima": "tim"}
BANK: Bank = banks.bank(
    *(
        banks.scenario(id, [banks.question(f"{id}-{n}") for n in range(4)], principle)
        for id, principle in CASES.items()
    ),
    principles=("loket", "kartu", "tim"),
)
# Four acts at a minute and a half, the situation, and a discussion.
MINUTES = 4 * 1.5 + 1 + 3
PLAN = Evening("bank", ("satu-0", "satu-1"), 90)


def cases(deck: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(BANK.home_of[id].id for id in deck))


def test_an_hour_holds_five_or_six_scenarios() -> None:
    for acts in (4, 5):
        [stop] = stops(
            banks.bank(banks.scenario("s", [banks.question(f"q-{n}") for n in range(acts)])),
            [f"q-{n}" for n in range(acts)],
        )
        assert 5 <= 60 / stop.minutes <= 6


def test_principles_take_turns_until_the_minutes_are_full() -> None:
    for scenarios, expected in (
        (1, ["satu"]),
        (2, ["satu", "tiga"]),
        (3, ["satu", "tiga", "lima"]),
        (4, ["satu", "dua", "tiga", "lima"]),
    ):
        minutes = int(WELCOME + CLOSING + scenarios * MINUTES)
        assert cases(choose(BANK, Choice(), minutes)) == expected
        assert needed(stops(BANK, choose(BANK, Choice(), minutes))) == minutes


def test_an_evening_too_short_for_anything_still_has_one_scenario() -> None:
    assert cases(choose(BANK, Choice(), 1)) == ["satu"]


def test_a_longer_scenario_makes_way_for_one_that_fits() -> None:
    long = banks.scenario("panjang", [banks.question(f"p-{n}") for n in range(6)], "kartu")
    bank = banks.bank(BANK.scenarios[0], long, BANK.scenarios[4], principles=BANK.principles)

    deck = choose(bank, Choice(), int(WELCOME + CLOSING + 2 * MINUTES))

    assert {bank.home_of[id].id for id in deck} == {"satu", "lima"}


def test_named_scenarios_are_whole_and_in_the_order_named_however_long_it_takes() -> None:
    deck = choose(BANK, Choice(scenarios=("lima", "satu", "lima")), 1)

    assert deck == tuple(f"{case}-{n}" for case in ("lima", "satu") for n in range(4))


def test_so_many_questions_are_asked_whatever_the_minutes() -> None:
    assert choose(BANK, Choice(length=6), 1) == (
        *(f"satu-{n}" for n in range(4)),
        "tiga-0",
        "tiga-1",
    )
    assert choose(BANK, Choice(("lima",), length=3), 1) == ("lima-0", "lima-1", "lima-2")


def test_only_a_principle_or_a_level_is_drawn_where_it_is_asked_for() -> None:
    assert cases(choose(BANK, Choice(principle="kartu"), 600)) == ["tiga", "empat"]
    assert cases(choose(BANK, Choice(level=Level.BASIC), 600)) == list(CASES)


@pytest.mark.parametrize(
    ("choice", "wrong"),
    [
        (Choice(("tujuh",)), "no scenario “tujuh”"),
        (Choice(principle="tujuh"), "no principle “tujuh”"),
        (Choice(level=Level.ADVANCED), "No scenario in this bank fits"),
        (Choice(("satu",), level=Level.ADVANCED), "No scenario in this bank fits"),
    ],
)
def test_what_the_bank_does_not_have_is_refused(choice: Choice, wrong: str) -> None:
    with pytest.raises(UsageError, match=wrong):
        choose(BANK, choice, 90)


def test_chance_draws_others_and_the_same_by_the_same_number() -> None:
    def drawn(seed: int) -> tuple[str, ...]:
        return choose(BANK, Choice(length=12), 90, random.Random(seed))

    assert drawn(1) == drawn(1)
    assert len({drawn(seed) for seed in range(10)}) > 1
    for seed in range(10):
        order = list(BANK.question)
        assert list(drawn(seed)) == sorted(drawn(seed), key=order.index)
        assert {BANK.home_of[id].principle for id in drawn(seed)} == set(BANK.principles)


def test_the_way_through_an_evening_has_a_stop_for_each_run_of_a_scenario() -> None:
    way = stops(BANK, ["satu-0", "satu-1", "lima-3", "satu-2"])

    assert [(stop.scenario.id, len(stop.questions)) for stop in way] == [
        ("satu", 2),
        ("lima", 1),
        ("satu", 1),
    ]
    assert [stop.begins for stop in way] == [5, 12, 17.5]
    assert needed(way) == 28


@given(
    deck=st.lists(st.sampled_from(list(BANK.question)), unique=True, min_size=1),
    minutes=st.integers(1, LONGEST),
)
def test_a_plan_that_was_saved_is_loaded_as_it_was(deck: list[str], minutes: int) -> None:
    plan = Evening("bank", tuple(deck), minutes)

    assert load_plan(dump_plan(plan).encode(), BANK) == plan


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_plan_may_have_been_saved_again_by_an_editor(encoding: str) -> None:
    assert load_plan(dump_plan(PLAN).encode(encoding), BANK) == PLAN


def plan_with(**changes: object) -> bytes:
    found = json.loads(dump_plan(PLAN)) | changes
    return json.dumps({key: value for key, value in found.items() if value is not ...}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\xfa",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b"[" * 100_000,
        b'{"format": "netral-plan", "minutes": ' + b"9" * 5000 + b"}",
        plan_with(format="netral-history"),
        plan_with(format=["netral-plan"]),
        plan_with(format=...),
    ],
)
def test_what_is_no_plan_is_refused_as_such(content: bytes) -> None:
    with pytest.raises(UsageError, match="This is no plan") as caught:
        load_plan(content, BANK)
    assert "netral plan --save" in caught.value.hint


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", ...),
        ("version", 0),
        ("version", True),
        ("version", "1"),
        ("bank", ...),
        ("bank", 1),
        ("deck", ...),
        ("deck", []),
        ("deck", "satu-0"),
        ("deck", ["satu-0", 1]),
        ("deck", ["satu-0", ["satu-1"]]),
        ("deck", ["satu-0", "satu-0"]),
        ("deck", {"satu-0": 1}),
        ("minutes", ...),
        ("minutes", 0),
        ("minutes", LONGEST + 1),
        ("minutes", 90.0),
        ("minutes", True),
        ("minutes", None),
    ],
)
def test_a_value_that_cannot_be_is_named(key: str, value: object) -> None:
    with pytest.raises(UsageError, match=f"“{key}” in this plan"):
        load_plan(plan_with(**{key: value}), BANK)


def test_a_plan_of_a_newer_netral_is_told_from_a_spoilt_one() -> None:
    with pytest.raises(UsageError, match="A newer Netral"):
        load_plan(plan_with(version=2), BANK)


def test_a_plan_for_another_bank_is_refused() -> None:
    with pytest.raises(UsageError, match="for the bank “lain”, and this one is “bank”"):
        load_plan(plan_with(bank="lain"), BANK)


def test_questions_that_are_gone_are_named() -> None:
    with pytest.raises(UsageError, match="these questions of the plan: dulu-0, dulu-1"):
        load_plan(plan_with(deck=["dulu-0", "satu-0", "dulu-1"]), BANK)
