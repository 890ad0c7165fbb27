"""What is due: against the package's own scheduler, around clocks and calendars, in any order."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.history import Entry, edition, present
from quiz.models import Bank, Confidence, Verdict
from quiz.review import WINDOW, Local, Standing, agenda, due, next_due, plan, standings
from quiz.session import Kind, Plan

from .banks import bank, question, scenario

NEUTRAL, NOT_NEUTRAL = Verdict
UNSURE, FAIRLY, SURE = Confidence
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOON.date()
DAY = timedelta(days=1)
JAKARTA = timezone(timedelta(hours=7))

THREE = bank(
    *(
        scenario(id, [question(f"{id}-{n}", neutral=n % 2 == 0) for n in range(4)])
        for id in ("loket", "rapat", "spanduk")
    )
)
MANY = bank(
    *(
        scenario(f"kasus-{s}", [question(f"kasus-{s}-{n}", neutral=n % 2 == 0) for n in range(4)])
        for s in range(24)
    )
)


def utc(at: datetime) -> date:
    return at.astimezone(UTC).date()


def in_zone(zone: timezone | ZoneInfo) -> Local:
    return lambda at: at.astimezone(zone).date()


def entry(
    question: str,
    at: datetime,
    right: bool = True,
    confidence: Confidence | None = None,
    *,
    of: Bank = THREE,
    session: str = "s",
) -> Entry:
    known = of.question[question]
    wrong = NEUTRAL if known.verdict is NOT_NEUTRAL else NOT_NEUTRAL
    return Entry(
        at,
        session,
        question,
        known.verdict if right else wrong,
        known.verdict,
        confidence,
        edition(known),
        Kind.PRACTICE,
    )


def only(found: Sequence[Standing]) -> Standing:
    (standing,) = found
    return standing


def by_id(found: Sequence[Standing]) -> dict[str, Standing]:
    return {standing.scenario: standing for standing in found}


# The schedule

GIVEN = {
    Rating.Again: (False, None),
    Rating.Hard: (True, UNSURE),
    Rating.Good: (True, FAIRLY),
    Rating.Easy: (True, SURE),
}
A, H, G, E = GIVEN
SEQUENCES = {
    "good each time": [(0, G), (2, G), (13, G), (60, G)],
    "wrong at first": [(0, A), (1, G), (2, G), (5, G)],
    "forgotten once": [(0, G), (2, G), (13, A), (14, G)],
    "sure of it": [(0, E), (8, E)],
    "never sure": [(0, H), (1, H), (3, H), (8, H)],
    "late": [(0, G), (40, G)],
    "days in a row": [(0, G), (1, G), (2, G), (3, A)],
}


@pytest.mark.parametrize("name", SEQUENCES)
def test_a_scenario_is_scheduled_as_the_package_schedules_it(name: str) -> None:
    begun = datetime(2026, 1, 1, 9, tzinfo=UTC)
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(card_id=1)
    entries = []
    for day, rating in SEQUENCES[name]:
        at = begun + day * DAY
        card, _log = scheduler.review_card(card, rating, at)
        entries.append(entry("loket-0", at, *GIVEN[rating]))
    now = entries[-1].at + 3 * DAY

    standing = only(standings(THREE, entries, now, utc))

    assert standing.due == card.due.date()
    assert standing.last == card.last_review
    assert standing.retrievability == scheduler.get_card_retrievability(card, now)
    assert 0 < standing.retrievability < 1


def test_a_right_answer_without_confidence_is_as_good_as_a_fairly_sure_one() -> None:
    plain, fairly, sure, unsure = (
        only(standings(THREE, [entry("loket-0", NOON, True, confidence)], NOON + DAY, utc))
        for confidence in (None, FAIRLY, SURE, UNSURE)
    )

    assert plain == fairly
    assert unsure.due < plain.due < sure.due


def test_a_wrong_answer_is_wrong_however_sure() -> None:
    days = {
        only(standings(THREE, [entry("loket-0", NOON, False, said)], NOON, utc)).due
        for said in (None, *Confidence)
    }

    assert days == {TODAY + DAY}


def test_one_evening_of_five_questions_is_one_review_rated_by_the_worst() -> None:
    evening = [
        entry(f"loket-{n}", NOON + timedelta(minutes=n), right=n != 1, confidence=SURE)
        for n in range(4)
    ]
    wrong = [entry("loket-1", evening[-1].at, right=False, confidence=SURE)]

    assert standings(THREE, evening, NOON + DAY, utc) == standings(THREE, wrong, NOON + DAY, utc)


def test_the_day_that_makes_a_sitting_is_a_utc_day() -> None:
    late = datetime(2026, 11, 20, 23, 50, tzinfo=UTC)
    split = [entry("loket-0", late, right=False), entry("loket-1", late + timedelta(minutes=20))]
    whole = [entry("loket-1", split[1].at, right=False)]

    apart, together = (only(standings(THREE, log, NOON, utc)) for log in (split, whole))

    assert apart.last == together.last
    assert apart.retrievability > together.retrievability


def test_what_was_never_practised_has_no_standing() -> None:
    found = standings(THREE, [entry("rapat-0", NOON)], NOON, utc)

    assert [standing.scenario for standing in found] == ["rapat"]
    assert standings(THREE, [], NOON, utc) == []
    assert next_due([]) is None


def test_standings_come_in_teaching_order() -> None:
    entries = [entry(f"{id}-0", NOON - n * DAY) for n, id in enumerate(THREE.scenario)][::-1]

    found = standings(THREE, entries, NOON, utc)

    assert [standing.scenario for standing in found] == list(THREE.scenario)


# What is due, and in which order


def standing(
    id: str, due: date = TODAY, retrievability: float = 0.9, upset: bool = False
) -> Standing:
    return Standing(id, NOON, due, retrievability, upset)


def test_what_falls_due_today_or_fell_due_before_is_due() -> None:
    found = [standing("loket", TODAY + DAY), standing("rapat"), standing("spanduk", TODAY - DAY)]

    assert [s.scenario for s in due(found, TODAY)] == ["rapat", "spanduk"]
    assert next_due(found) == TODAY - DAY
    assert due(found[:1], TODAY) == []


def test_wrong_and_sure_comes_first_then_what_is_most_likely_forgotten() -> None:
    found = [
        standing("a", retrievability=0.5),
        standing("b", retrievability=0.4),
        standing("c", retrievability=0.5),
        standing("d", retrievability=0.9, upset=True),
        standing("e", retrievability=0.8, upset=True),
    ]

    assert [s.scenario for s in due(found, TODAY)] == ["e", "d", "b", "a", "c"]


def test_wrong_and_sure_is_due_the_next_day_however_well_the_scenario_was_known() -> None:
    known = [entry("loket-0", NOON - days * DAY) for days in (80, 78, 67, 21)]

    def falls_due(confidence: Confidence) -> date:
        log = [*known, entry("loket-1", NOON, False, confidence)]
        return only(standings(THREE, log, NOON, utc)).due

    assert falls_due(FAIRLY) > TODAY + 2 * DAY
    assert falls_due(SURE) == TODAY + DAY


def test_wrong_and_sure_stands_until_answered_otherwise_or_practised_on_another_day() -> None:
    wrong = entry("loket-0", NOON, False, SURE)

    def upset(*entries: Entry) -> bool:
        return only(standings(THREE, entries, NOON + DAY, utc)).sure_but_wrong

    assert upset(wrong)
    assert not upset(entry("loket-0", NOON, False, FAIRLY))
    assert not upset(entry("loket-0", NOON, True, SURE))
    assert upset(wrong, entry("loket-1", NOON + timedelta(minutes=1)))
    assert upset(entry("loket-1", NOON - timedelta(minutes=1)), wrong)
    assert not upset(wrong, entry("loket-0", NOON + timedelta(minutes=1)))
    assert not upset(wrong, entry("loket-1", NOON + DAY))


# The question asked


def test_a_scenario_is_asked_in_its_own_order_until_all_of_it_was_seen() -> None:
    entries: list[Entry] = []
    asked = []
    for day in range(6):
        (question,) = plan(THREE, entries, [standing("rapat")]).deck
        asked.append(question)
        entries.append(entry(question, NOON + day * DAY))

    assert asked == ["rapat-0", "rapat-1", "rapat-2", "rapat-3", "rapat-0", "rapat-1"]


def test_the_question_seen_longest_ago_is_asked() -> None:
    order = [2, 0, 3, 1, 2]
    entries = [entry(f"loket-{n}", NOON + turn * DAY) for turn, n in enumerate(order)]

    assert plan(THREE, entries, [standing("loket")]).deck == ("loket-0",)


def test_of_questions_seen_at_one_moment_the_first_of_the_scenario_is_asked() -> None:
    entries = [entry(f"loket-{n}", NOON) for n in (2, 0, 3, 1)]

    assert plan(THREE, entries, [standing("loket")]).deck == ("loket-0",)


def test_a_review_asks_one_question_of_each_scenario_in_the_order_due() -> None:
    found = plan(THREE, [], [standing("spanduk"), standing("loket")])

    assert found == Plan(Kind.REVIEW, "", ("spanduk-0", "loket-0"))


def test_what_is_kept_for_a_test_is_asked_only_where_there_is_nothing_else() -> None:
    ready = [standing("loket"), standing("rapat")]
    reserved = {"loket-0", "loket-1", *(f"rapat-{n}" for n in range(4))}

    assert plan(THREE, [], ready, reserved).deck == ("loket-2", "rapat-0")


def test_the_agenda_says_what_to_ask_today_and_when_something_is_due() -> None:
    entries = [entry("loket-0", NOON - 9 * DAY), entry("rapat-0", NOON)]

    today = agenda(THREE, entries, NOON, utc, reserved={"loket-1"})
    fresh = agenda(THREE, [], NOON, utc)
    later = agenda(THREE, entries[1:], NOON, utc)

    assert today.plan.deck == ("loket-2",)
    assert (fresh.plan.deck, fresh.next) == ((), None)
    assert (later.plan.deck, later.next) == ((), TODAY + 2 * DAY)


# Clocks and calendars


def test_it_falls_due_when_the_learners_own_day_begins() -> None:
    # Two in the morning of the 23rd in Jakarta.
    answered = datetime(2026, 11, 22, 19, tzinfo=UTC)
    local = in_zone(JAKARTA)

    found = standings(THREE, [entry("loket-0", answered, right=False)], answered, local)

    assert next_due(found) == date(2026, 11, 24)
    assert due(found, local(datetime(2026, 11, 23, 16, 59, tzinfo=UTC))) == []
    assert due(found, local(datetime(2026, 11, 23, 17, 0, tzinfo=UTC))) == found


@pytest.mark.parametrize("name", ["America/New_York", "Europe/Berlin", "Pacific/Apia"])
def test_no_answer_around_a_change_of_the_clock_is_due_twice_on_one_day(name: str) -> None:
    zone = ZoneInfo(name)
    changes = {
        "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
        "Europe/Berlin": (date(2026, 3, 29), date(2026, 10, 25)),
        # It skipped a whole day to cross the date line.
        "Pacific/Apia": (date(2011, 12, 30),),
    }[name]
    for change in changes:
        for hours in range(-30, 54):
            at = datetime.combine(change, time(), zone).astimezone(UTC) + timedelta(hours=hours)
            standing = only(
                standings(THREE, [entry("loket-0", at, right=False)], at, in_zone(zone))
            )
            assert standing.due == at.astimezone(zone).date() + DAY


@given(
    west=st.integers(-12, 14),
    east=st.integers(-12, 14),
    minutes=st.integers(0, 3 * 24 * 60),
    right=st.booleans(),
)
def test_another_time_zone_has_nothing_due_on_the_day_it_was_reviewed(
    west: int, east: int, minutes: int, right: bool
) -> None:
    before, after = (in_zone(timezone(timedelta(hours=h))) for h in (west, east))
    earlier = NOON + timedelta(minutes=minutes)
    entries = [entry("loket-0", NOON, False), entry("loket-1", earlier, right)]

    for local in (before, after):
        found = standings(THREE, entries, earlier, local, horizon=None)
        assert due(found, local(earlier)) == []
        assert len(found) == 1


def test_an_answer_a_little_ahead_of_the_clock_counts_as_given_now() -> None:
    ahead = [entry("loket-0", NOON + 7 * DAY)]

    assert standings(THREE, ahead, NOON, utc) == standings(
        THREE, [entry("loket-0", NOON)], NOON, utc
    )


def test_an_answer_far_ahead_of_the_clock_waits_for_its_time() -> None:
    far = entry("loket-0", NOON + 400 * DAY, False, SURE)
    near = entry("loket-0", NOON - DAY)

    assert standings(THREE, [near, far], NOON, utc) == standings(THREE, [near], NOON, utc)
    later = far.at - 7 * DAY
    assert only(standings(THREE, [near, far], later, utc)).sure_but_wrong


def test_a_scenario_known_only_from_far_ahead_is_due_now() -> None:
    far = entry("loket-0", NOON + timedelta(days=7, microseconds=1))

    found = standings(THREE, [far], NOON, utc)

    assert due(found, TODAY) == found
    assert only(found).retrievability == 0
    again = standings(THREE, [entry("loket-1", NOON), far], NOON, utc)
    assert due(again, TODAY) == []


MOMENTS = st.timedeltas(timedelta(0), timedelta(days=1000)).map(lambda ago: NOON - ago)
GIVENS = st.tuples(
    st.sampled_from(list(THREE.question)),
    MOMENTS,
    st.booleans(),
    st.sampled_from([None, *Confidence]),
)
LOGS = st.lists(GIVENS, max_size=30).map(
    lambda log: [entry(*given, session=f"s{n}") for n, given in enumerate(log)]
)
HORIZONS = st.none() | st.dates(date(2025, 12, 1), date(2027, 6, 1))


@given(log=LOGS, horizon=HORIZONS, data=st.data())
def test_the_order_in_which_answers_came_into_the_log_does_not_matter(
    log: list[Entry], horizon: date | None, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(log))

    assert agenda(THREE, present(THREE, shuffled), NOON, utc, horizon) == agenda(
        THREE, present(THREE, log), NOON, utc, horizon
    )


@given(log=LOGS, back=st.timedeltas(timedelta(0), timedelta(days=3000)), horizon=HORIZONS)
def test_a_clock_set_back_by_any_amount_loses_no_scenario(
    log: list[Entry], back: timedelta, horizon: date | None
) -> None:
    now = NOON - back
    practised = {THREE.home_of[e.question].id for e in log}

    found = standings(THREE, present(THREE, log), now, utc, horizon)

    assert sorted(s.scenario for s in found) == sorted(practised)
    assert all(s.last <= now for s in found)


@given(log=LOGS, horizon=HORIZONS, hours=st.integers(-12, 14))
def test_what_was_reviewed_today_is_not_due_today(
    log: list[Entry], horizon: date | None, hours: int
) -> None:
    local = in_zone(timezone(timedelta(hours=hours)))
    log.append(entry("rapat-1", NOON - timedelta(minutes=1), session="now"))

    found = by_id(standings(THREE, present(THREE, log), NOON, local, horizon))

    assert found["rapat"].due > local(NOON)


# The horizon


def known(*days: int) -> list[Entry]:
    """MANY's scenarios answered so many days ago, each time rightly and surely."""
    return present(
        MANY,
        (
            entry(f"{id}-0", NOON - ago * DAY, True, SURE, of=MANY, session=str(ago))
            for id in MANY.scenario
            for ago in days
        ),
    )


def test_each_scenario_is_seen_again_in_the_last_two_weeks() -> None:
    log, horizon = known(40, 30), TODAY + 30 * DAY

    natural = standings(MANY, log, NOON, utc)
    found = standings(MANY, log, NOON, utc, horizon)

    assert all(standing.due > horizon for standing in natural)
    days = [standing.due for standing in found]
    assert days == sorted(days), "in teaching order"
    assert (days[0], days[-1]) == (horizon - timedelta(weeks=2), horizon - DAY)
    assert {days.count(day) for day in days} == {1, 2}
    assert len(set(days)) == WINDOW


@pytest.mark.parametrize("left", [6, 3, 1])
def test_a_horizon_set_late_spreads_them_over_the_days_that_remain(left: int) -> None:
    found = standings(MANY, known(60, 52, 20), NOON, utc, TODAY + left * DAY)

    days = [standing.due for standing in found]
    assert sorted(set(days)) == [TODAY + n * DAY for n in range(left)]
    assert {days.count(day) for day in days} == {24 // left}


def test_on_the_very_day_what_was_not_seen_is_due_and_after_it_nothing_is_hurried() -> None:
    log = known(60, 52, 20)

    on_it = standings(MANY, log, NOON, utc, TODAY)
    after = standings(MANY, log, NOON, utc, TODAY - DAY)

    assert len(due(on_it, TODAY)) == 24
    assert after == standings(MANY, log, NOON, utc)
    assert due(after, TODAY) == []


def test_the_window_begins_with_its_first_day() -> None:
    horizon = TODAY + DAY
    inside, outside = known(60, 52, WINDOW - 1), known(60, 52, WINDOW)

    assert next_due(standings(MANY, outside, NOON, utc, horizon)) == TODAY
    assert standings(MANY, inside, NOON, utc, horizon) == standings(MANY, inside, NOON, utc)


def test_a_days_share_does_not_grow_while_it_is_worked_off() -> None:
    log, horizon = known(60, 52, 20), TODAY + 8 * DAY
    share = [s.scenario for s in due(standings(MANY, log, NOON, utc, horizon), TODAY)]
    assert len(share) == 3

    for done, id in enumerate(share, 1):
        log.append(entry(f"{id}-1", NOON, of=MANY, session="now"))
        left = due(standings(MANY, log, NOON, utc, horizon), TODAY)
        assert sorted(s.scenario for s in left) == sorted(share[done:])


def test_a_days_share_does_not_grow_where_the_day_meets_two_utc_days() -> None:
    log, horizon = known(60, 52, 20), TODAY + 8 * DAY
    local = in_zone(JAKARTA)
    morning, evening = (
        datetime(2026, 11, day, hour, tzinfo=UTC) for day, hour in ((21, 23), (22, 13))
    )
    first = due(standings(MANY, log, morning, local, horizon), TODAY)
    for at in (morning, evening):
        log += [entry(f"{s.scenario}-1", at, of=MANY, session=str(at)) for s in first]

    assert due(standings(MANY, log, evening, local, horizon), local(evening)) == []


def test_who_does_each_days_share_has_seen_everything_when_the_day_comes() -> None:
    log, horizon = known(60, 52, 20), TODAY + 20 * DAY
    seen: dict[str, int] = {}
    shares = []
    for day in range(20):
        now = NOON + day * DAY
        ready = due(standings(MANY, log, now, utc, horizon), now.date())
        shares.append(len(ready))
        for standing in ready:
            seen[standing.scenario] = day
            log.append(entry(f"{standing.scenario}-1", now, True, SURE, of=MANY))

    assert set(seen) == set(MANY.scenario)
    assert shares[: 20 - WINDOW] == [0] * (20 - WINDOW)
    assert set(shares[20 - WINDOW :]) == {1, 2}


def test_who_was_away_for_half_the_window_still_sees_everything() -> None:
    log, horizon = known(60, 52, 20), TODAY + 7 * DAY

    found = standings(MANY, log, NOON, utc, horizon)

    assert len(due(found, TODAY)) == 4
    assert max(standing.due for standing in found) == horizon - DAY


@settings(max_examples=200)
@given(log=LOGS, away=st.integers(0, 60))
def test_a_horizon_only_shortens_and_leaves_nothing_unseen(log: list[Entry], away: int) -> None:
    horizon = TODAY + away * DAY
    start = horizon - WINDOW * DAY
    entries = present(THREE, log)

    found = by_id(standings(THREE, entries, NOON, utc, horizon))
    natural = by_id(standings(THREE, entries, NOON, utc))

    assert found.keys() == natural.keys()
    for id, standing in found.items():
        if utc(standing.last) >= start:
            assert standing == natural[id]
        else:
            assert standing.due <= max(horizon - DAY, TODAY)
            hurried = standing.due < natural[id].due
            assert standing.due == natural[id].due or (
                hurried and standing.due >= max(start, TODAY)
            )
