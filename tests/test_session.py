"""A learner's run as a value: its moves, its score, and how its questions are chosen."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.bank import load
from quiz.errors import IllegalMove, UsageError
from quiz.models import (
    Bank,
    Citation,
    Level,
    Manifest,
    Principle,
    Question,
    Scenario,
    Text,
    Verdict,
)
from quiz.session import (
    Answer,
    Kind,
    Score,
    Session,
    Wish,
    again,
    draw,
    score_by_principle,
)

NEUTRAL, NOT_NEUTRAL = Verdict
BASIC, INTERMEDIATE, ADVANCED = Level
SEEDS = range(20)


def text(words: str) -> Text:
    return Text({"id": words})


def question(id: str, verdict: Verdict) -> Question:
    return Question(
        id=id,
        act=text("Ia mengajar."),
        verdict=verdict,
        explanation=text("Mengajar adalah tugasnya."),
        citations=(Citation(source="koran", quote="ASN mengajar."),),
    )


def bank_of(*scenarios: tuple[str, str, Level, int], opening: str = "none") -> Bank:
    """A bank of scenarios, each (principle, id, level, number of questions)."""
    names = dict.fromkeys(principle for principle, _id, _level, _number in scenarios)
    return Bank(
        manifest=Manifest(
            id="netral",
            title=text("Netral"),
            languages=("id",),
            pass_mark=0.8,
            opening=opening,
            principles=tuple(
                Principle(id=name, name=text(name), statement=text(name)) for name in names
            ),
        ),
        sources={},
        laws={},
        scenarios=tuple(
            Scenario(
                id=id,
                principle=principle,
                level=level,
                title=text(id),
                situation=text("Di sebuah kantor."),
                questions=tuple(
                    question(f"{id}-{turn}", NEUTRAL if turn % 2 else NOT_NEUTRAL)
                    for turn in range(number)
                ),
            )
            for principle, id, level, number in scenarios
        ),
    )


BANK = bank_of(
    ("tim-sukses", "grup", BASIC, 5),
    ("tim-sukses", "pembuka", BASIC, 6),
    ("tim-sukses", "bilik", INTERMEDIATE, 4),
    ("dua-ranah", "menteri", BASIC, 5),
    ("dua-ranah", "balai", ADVANCED, 6),
    ("loyalitas", "syukuran", INTERMEDIATE, 5),
    ("kartu-partai", "camat", BASIC, 4),
    opening="pembuka",
)


def ids(bank: Bank, scenario: str) -> tuple[str, ...]:
    return tuple(question.id for question in bank.scenario[scenario].questions)


def principle_of(bank: Bank, question: str) -> str:
    return bank.home_of[question].principle


def wrong(verdict: Verdict) -> Verdict:
    return NOT_NEUTRAL if verdict is NEUTRAL else NEUTRAL


def after(deck: Sequence[str], *rights: bool) -> Session:
    """The session on `deck` after questions answered right or wrong, each explanation read."""
    session = Session(tuple(deck))
    for right in rights:
        session = session.answer(NEUTRAL if right else NOT_NEUTRAL, NEUTRAL).advance()
    return session


# The state machine: every state of every deck up to three questions, and every move in it.

DECKS = [("a", "b", "c")[:length] for length in range(4)]
WAITING = [after(deck, *[True] * read) for deck in DECKS for read in range(len(deck))]
EXPLAINING = [session.answer(NEUTRAL, NOT_NEUTRAL) for session in WAITING]
DONE = [after(deck, *[True] * len(deck)) for deck in DECKS]


def shown(session: Session) -> str:
    return f"{session.read} of {len(session.deck)}"


@pytest.mark.parametrize("session", WAITING, ids=shown)
@pytest.mark.parametrize("said", Verdict)
@pytest.mark.parametrize("expected", Verdict)
def test_a_waiting_question_takes_any_answer_and_then_explains_it(
    session: Session, said: Verdict, expected: Verdict
) -> None:
    answered = session.answer(said, expected)

    assert answered.answers == (*session.answers, Answer(session.current, said, expected))
    assert answered.last == Answer(session.current, said, expected)
    assert answered.last.right == (said == expected)
    assert (answered.deck, answered.read) == (session.deck, session.read)
    assert answered.current == session.current
    assert answered.explaining
    assert not answered.done


@pytest.mark.parametrize("session", EXPLAINING, ids=shown)
def test_an_explanation_left_behind_gives_way_to_the_next_question_or_the_end(
    session: Session,
) -> None:
    advanced = session.advance()

    assert (advanced.deck, advanced.answers) == (session.deck, session.answers)
    assert advanced.read == session.read + 1
    assert not advanced.explaining
    assert advanced.done == (advanced.read == len(session.deck))
    if not advanced.done:
        assert advanced.current == session.deck[advanced.read]


@pytest.mark.parametrize("session", [*EXPLAINING, *DONE], ids=shown)
def test_no_answer_is_taken_while_one_is_explained_or_after_the_end(session: Session) -> None:
    with pytest.raises(IllegalMove):
        session.answer(NEUTRAL, NEUTRAL)


@pytest.mark.parametrize("session", [*WAITING, *DONE], ids=shown)
def test_there_is_no_explanation_to_leave_before_an_answer_or_after_the_end(
    session: Session,
) -> None:
    assert not session.explaining
    with pytest.raises(IllegalMove):
        session.advance()
    with pytest.raises(IllegalMove):
        _ = session.last


@pytest.mark.parametrize("session", [*WAITING, *EXPLAINING], ids=shown)
def test_until_the_end_one_question_is_current(session: Session) -> None:
    assert not session.done
    assert session.current == session.deck[session.read]


@pytest.mark.parametrize("session", DONE, ids=shown)
def test_at_the_end_no_question_is_current(session: Session) -> None:
    assert session.done
    with pytest.raises(IllegalMove):
        _ = session.current


@given(
    length=st.integers(0, 6),
    moves=st.lists(st.sampled_from(["advance", (NEUTRAL, NEUTRAL), (NEUTRAL, NOT_NEUTRAL)])),
)
def test_whatever_is_tried_at_most_one_answer_is_unread_and_illegal_moves_change_nothing(
    length: int, moves: list[str | tuple[Verdict, Verdict]]
) -> None:
    session = Session(tuple(f"q{number}" for number in range(length)))
    steps = 0
    for move in moves:
        legal = steps < 2 * length and (move == "advance") == (steps % 2 == 1)
        before = (session.deck, session.answers, session.read)
        try:
            session = session.advance() if isinstance(move, str) else session.answer(*move)
        except IllegalMove:
            assert not legal
            assert (session.deck, session.answers, session.read) == before
        else:
            assert legal
            steps += 1

        assert session.read <= len(session.answers) <= session.read + 1
        assert [answer.question for answer in session.answers] == [
            *session.deck[: len(session.answers)]
        ]
        assert session.read == steps // 2
        assert session.explaining == (steps % 2 == 1)
        assert session.done == (steps == 2 * length)


# Score.


@pytest.mark.parametrize(
    ("rights", "score", "missed"),
    [
        ([], Score(0, 0, 4), ()),
        ([True], Score(1, 1, 4), ()),
        ([False], Score(0, 1, 4), ("a",)),
        ([False, True, False], Score(1, 3, 4), ("a", "c")),
        ([True, False, True, False], Score(2, 4, 4), ("b", "d")),
        ([True, True, True, True], Score(4, 4, 4), ()),
    ],
)
def test_the_score_counts_the_right_answers_and_the_missed_keep_their_order(
    rights: list[bool], score: Score, missed: tuple[str, ...]
) -> None:
    session = after("abcd", *rights)

    assert session.score == score
    assert session.missed == missed


def test_an_answer_counts_while_it_is_still_being_explained() -> None:
    session = Session(("a", "b")).answer(NEUTRAL, NOT_NEUTRAL)

    assert session.score == Score(0, 1, 2)
    assert session.missed == ("a",)


@pytest.mark.parametrize("given_verdict", Verdict)
@pytest.mark.parametrize("expected", Verdict)
def test_an_answer_is_judged_by_the_verdict_of_its_time(
    given_verdict: Verdict, expected: Verdict
) -> None:
    assert Answer("a", given_verdict, expected).right == (given_verdict is expected)


def test_the_share_is_of_the_answers_given_not_of_all_that_is_asked() -> None:
    assert Score(3, 4, 10).share == 0.75
    assert Score(0, 4, 10).share == 0.0
    assert Score(0, 0, 10).share == 0.0


@pytest.mark.parametrize(
    ("score", "mark", "passes"),
    [
        (Score(4, 5, 5), 0.8, True),
        (Score(3, 5, 5), 0.8, False),
        (Score(8, 10, 10), 0.8, True),
        (Score(1, 1, 10), 1.0, True),
        (Score(9, 10, 10), 1.0, False),
        (Score(0, 1, 1), 0.0, True),
        (Score(0, 0, 5), 0.0, False),
        (Score(0, 0, 5), 0.8, False),
    ],
)
def test_a_score_passes_from_the_mark_on_and_never_without_an_answer(
    score: Score, mark: float, passes: bool
) -> None:
    assert score.passes(mark) is passes


def test_principles_are_scored_in_teaching_order_whatever_the_order_asked() -> None:
    order = list(BANK.principles)
    one_each = {s.principle: s.questions for s in BANK.scenarios}
    deck = [q.id for name in reversed(order) for q in one_each[name][:2]]
    Random(1).shuffle(deck)
    session = Session(tuple(deck))
    for question in deck[:-3]:
        verdict = BANK.question[question].verdict
        right = principle_of(BANK, question) != order[0]
        session = session.answer(verdict if right else wrong(verdict), verdict).advance()

    rows = score_by_principle(BANK, session)

    assert [principle.id for principle, _score in rows] == order
    assert [score.asked for _principle, score in rows] == [2] * len(order)
    assert sum(score.answered for _principle, score in rows) == len(deck) - 3
    for principle, score in rows:
        answered = [q for q in deck[:-3] if principle_of(BANK, q) == principle.id]
        expected = 0 if principle.id == order[0] else len(answered)
        assert score == Score(expected, len(answered), 2)


def test_a_principle_that_was_not_asked_of_has_no_score() -> None:
    scenario = BANK.scenarios[-1]
    session = Session(ids(BANK, scenario.id))

    [(principle, score)] = score_by_principle(BANK, session)

    assert principle.id == scenario.principle
    assert score == Score(0, 0, len(scenario.questions))


def test_a_session_without_questions_has_no_scores() -> None:
    assert score_by_principle(BANK, Session(())) == []


# A bank that lost questions since.

STATES = [*WAITING, *EXPLAINING, *DONE]


@pytest.mark.parametrize("session", STATES, ids=shown)
def test_a_bank_that_has_every_question_changes_nothing(session: Session) -> None:
    assert session.within(dict.fromkeys("abcxyz")) == session


@pytest.mark.parametrize("session", STATES, ids=shown)
@pytest.mark.parametrize("known", ["", "a", "b", "c", "ab", "ac", "bc"])
def test_what_the_bank_lost_is_passed_over_and_the_rest_stays_as_it_was(
    session: Session, known: str
) -> None:
    kept = session.within(dict.fromkeys(known))

    assert kept.deck == tuple(q for q in session.deck if q in known)
    assert kept.answers == tuple(a for a in session.answers if a.question in known)
    assert kept.deck[: kept.read] == tuple(q for q in session.deck[: session.read] if q in known)
    assert kept.read <= len(kept.answers) <= kept.read + 1
    if not session.done and session.current in known:
        assert (kept.current, kept.explaining) == (session.current, session.explaining)
    else:
        assert not kept.explaining


def test_a_session_whose_last_questions_are_lost_is_done() -> None:
    assert after("abc", True).within({"a": None}).done
    assert Session(("a", "b")).within({}).done


# Drawing: what is asked for.


@pytest.mark.parametrize("seed", SEEDS)
def test_a_scenario_is_asked_whole_and_in_its_own_order(seed: int) -> None:
    for scenario in BANK.scenarios:
        for seen in ({}, dict.fromkeys(BANK.question, 3), {scenario.questions[0].id: 9}):
            plan = draw(BANK, Wish(scenario=scenario.id), seen, Random(seed))

            assert (plan.kind, plan.subject) == (Kind.SCENARIO, scenario.id)
            assert plan.deck == ids(BANK, scenario.id)


def test_a_scenario_may_be_cut_short_at_its_end() -> None:
    scenario = BANK.scenarios[0].id

    plan = draw(BANK, Wish(scenario=scenario, length=2), {}, Random(1))

    assert plan.deck == ids(BANK, scenario)[:2]


WISHES = [
    Wish(),
    *(Wish(principle=principle) for principle in BANK.principles),
    *(Wish(level=level) for level in Level),
    *(
        Wish(principle=principle, level=level)
        for principle, level in sorted({(s.principle, s.level) for s in BANK.scenarios})
    ),
]


@pytest.mark.parametrize("wish", WISHES, ids=str)
def test_all_that_was_asked_for_is_asked_once_and_nothing_else(wish: Wish) -> None:
    wanted = {
        question.id
        for scenario in BANK.scenarios
        if wish.principle in (None, scenario.principle) and wish.level in (None, scenario.level)
        for question in scenario.questions
    }
    for seed in SEEDS:
        for seen in ({}, {min(wanted): 2}):
            deck = draw(BANK, wish, seen, Random(seed)).deck

            assert len(deck) == len(wanted)
            assert set(deck) == wanted


@pytest.mark.parametrize(
    ("wish", "kind", "subject"),
    [
        (Wish(), Kind.PRACTICE, ""),
        (Wish(length=5), Kind.PRACTICE, ""),
        (Wish(level=BASIC), Kind.LEVEL, "basic"),
        (Wish(principle="tim-sukses"), Kind.PRINCIPLE, "tim-sukses"),
        (Wish(principle="tim-sukses", level=BASIC), Kind.PRINCIPLE, "tim-sukses"),
    ],
)
def test_a_session_is_called_what_was_asked_for(wish: Wish, kind: Kind, subject: str) -> None:
    plan = draw(BANK, wish, {}, Random(1))

    assert (plan.kind, plan.subject) == (kind, subject)


@pytest.mark.parametrize("length", [1, 2, 5, 10, 15, 20])
@pytest.mark.parametrize("seen", [{}, dict.fromkeys(BANK.question, 1)], ids=["new", "old"])
def test_a_session_is_as_long_as_asked_for(length: int, seen: dict[str, int]) -> None:
    assert len(draw(BANK, Wish(length=length), seen, Random(1)).deck) == length


@pytest.mark.parametrize("wish", WISHES, ids=str)
def test_a_session_is_no_longer_than_what_the_bank_has(wish: Wish) -> None:
    whole = draw(BANK, wish, {}, Random(1))
    longer = Wish(principle=wish.principle, level=wish.level, length=1000)

    assert draw(BANK, longer, {}, Random(1)) == whole


@pytest.mark.parametrize("length", [0, -1])
@pytest.mark.parametrize("scenario", [None, BANK.scenarios[0].id])
def test_a_session_of_no_questions_is_refused(length: int, scenario: str | None) -> None:
    with pytest.raises(UsageError) as refused:
        draw(BANK, Wish(scenario=scenario, length=length), {}, Random(1))

    assert str(length) in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("wish", "known"),
    [
        (Wish(scenario="tidak-ada"), list(BANK.scenario)),
        (Wish(scenario="tidak-ada", principle="tim-sukses"), list(BANK.scenario)),
        (Wish(principle="tidak-ada"), list(BANK.principles)),
        (Wish(principle="tidak-ada", level=BASIC), list(BANK.principles)),
        (Wish(scenario=BANK.manifest.opening, principle="tidak-ada"), list(BANK.principles)),
    ],
    ids=str,
)
def test_an_unknown_name_is_refused_and_the_known_ones_are_named(
    wish: Wish, known: list[str]
) -> None:
    with pytest.raises(UsageError) as refused:
        draw(BANK, wish, {}, Random(1))

    assert "tidak-ada" in refused.value.message
    assert ", ".join(known) in refused.value.hint


@pytest.mark.parametrize(
    "wish",
    [
        Wish(principle="p", level=ADVANCED),
        Wish(scenario="s", level=ADVANCED),
        Wish(scenario="s", principle="r"),
        Wish(level=INTERMEDIATE),
    ],
    ids=str,
)
def test_what_no_scenario_fits_is_refused(wish: Wish) -> None:
    small = bank_of(("p", "s", BASIC, 4), ("r", "t", ADVANCED, 4))

    with pytest.raises(UsageError) as refused:
        draw(small, wish, {}, Random(1))

    assert refused.value.message
    assert refused.value.hint


def test_a_scenario_that_fits_the_principle_and_the_level_too_is_drawn() -> None:
    small = bank_of(("p", "s", BASIC, 4), ("r", "t", ADVANCED, 4))
    wish = Wish(scenario="t", principle="r", level=ADVANCED)

    assert draw(small, wish, {}, Random(1)).deck == ids(small, "t")


# Drawing: in which order.


def opening() -> tuple[str, ...]:
    return ids(BANK, BANK.manifest.opening)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_newcomers_practice_opens_with_the_opening_scenario_in_its_own_order(seed: int) -> None:
    deck = draw(BANK, Wish(), {}, Random(seed)).deck

    assert deck[: len(opening())] == opening()


def test_a_newcomers_practice_with_the_bundled_bank_opens_with_its_opening_scenario(
    root: Path,
) -> None:
    bundled, _problems = load(root)
    assert bundled is not None

    deck = draw(bundled, Wish(length=10), {}, Random(1)).deck

    first = ids(bundled, bundled.manifest.opening)
    assert deck[: len(first)] == first
    assert len(set(deck)) == len(deck) == 10


def test_a_newcomers_short_practice_is_the_beginning_of_the_opening_scenario() -> None:
    assert draw(BANK, Wish(length=3), {}, Random(1)).deck == opening()[:3]


def test_whoever_has_answered_anything_of_this_bank_is_no_newcomer() -> None:
    for question in BANK.question:
        decks = [draw(BANK, Wish(), {question: 1}, Random(seed)).deck for seed in range(3)]

        assert all(deck[: len(opening())] != opening() for deck in decks)


def test_answers_of_another_bank_leave_a_newcomer_a_newcomer() -> None:
    deck = draw(BANK, Wish(), {"soal-dari-bank-lain": 4}, Random(1)).deck

    assert deck[: len(opening())] == opening()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_newcomers_wish_opens_with_the_opening_scenario_only_if_that_is_among_the_wanted(
    seed: int,
) -> None:
    small = bank_of(
        ("p", "s", BASIC, 4),
        ("p", "opening", BASIC, 4),
        ("p", "t", ADVANCED, 4),
        ("r", "u", BASIC, 4),
        opening="opening",
    )
    for wish in (Wish(), Wish(principle="p"), Wish(level=BASIC)):
        assert draw(small, wish, {}, Random(seed)).deck[:4] == ids(small, "opening")
    for wish in (Wish(principle="r"), Wish(level=ADVANCED)):
        assert not set(draw(small, wish, {}, Random(seed)).deck) & set(ids(small, "opening"))


HISTORIES = st.dictionaries(st.sampled_from(sorted(BANK.question)), st.integers(1, 4), min_size=1)


@given(seen=HISTORIES, seed=st.integers(0, 1000), wish=st.sampled_from(WISHES))
def test_within_a_principle_what_was_seen_least_comes_first(
    seen: dict[str, int], seed: int, wish: Wish
) -> None:
    deck = draw(BANK, wish, seen, Random(seed)).deck

    for principle in BANK.principles:
        counts = [seen.get(q, 0) for q in deck if principle_of(BANK, q) == principle]
        assert counts == sorted(counts)


@given(seen=HISTORIES, seed=st.integers(0, 1000), wish=st.sampled_from(WISHES))
def test_principles_take_turns_in_one_order_until_one_runs_out(
    seen: dict[str, int], seed: int, wish: Wish
) -> None:
    names = [principle_of(BANK, q) for q in draw(BANK, wish, seen, Random(seed)).deck]
    left, order = Counter(names), list(dict.fromkeys(names))

    turns = []
    while left.total():
        turns += [name for name in order if left[name]]
        left -= Counter(order)
    assert names == turns


@pytest.mark.parametrize("seed", SEEDS)
def test_a_scenario_is_used_again_only_when_the_others_have_been(seed: int) -> None:
    small = bank_of(*(("p", name, BASIC, 4) for name in ("s", "t", "u")))

    deck = draw(small, Wish(), {"s-0": 1}, Random(seed)).deck

    scenarios = [small.home_of[question].id for question in deck]
    for turn in range(3):
        assert set(scenarios[3 * turn : 3 * turn + 3]) == {"s", "t", "u"}
    assert set(scenarios[9:11]) == {"t", "u"}
    assert deck[-1] == "s-0"


@given(seen=HISTORIES, seed=st.integers(0, 1000), wish=st.sampled_from(WISHES))
def test_the_same_seed_gives_the_same_session(seen: dict[str, int], seed: int, wish: Wish) -> None:
    assert draw(BANK, wish, seen, Random(seed)) == draw(BANK, wish, seen, Random(seed))


def test_another_seed_gives_another_order_of_principles_scenarios_and_questions() -> None:
    small = bank_of(
        *((p, f"{p}-{s}", BASIC, 4) for p in ("p", "r") for s in ("s", "t")),
    )
    decks = [draw(small, Wish(), {"other": 1, "p-s-3": 1}, Random(n)).deck for n in range(60)]

    firsts = {deck[0] for deck in decks}
    assert {principle_of(small, question) for question in firsts} == {"p", "r"}
    assert {small.home_of[question].id for question in firsts} == {"p-s", "p-t", "r-s", "r-t"}
    assert firsts == set(small.question) - {"p-s-3"}


def test_drawing_does_not_change_what_it_is_told() -> None:
    seen = dict.fromkeys(list(BANK.question)[:5], 1)
    before = dict(seen)

    draw(BANK, Wish(), seen, Random(1))

    assert seen == before


def test_what_was_missed_is_asked_again_in_the_same_order() -> None:
    plan = again(after("abcd", False, True, False).missed)

    assert (plan.kind, plan.subject, plan.deck) == (Kind.MISSED, "", ("a", "c"))


def test_what_is_kept_is_drawn_only_where_nothing_else_is_left() -> None:
    bank = bank_of(("p", "p1", BASIC, 4), ("q", "q1", BASIC, 4))
    ours = [question.id for question in bank.scenario["p1"].questions]
    others = [question.id for question in bank.scenario["q1"].questions]
    seen = {ours[0]: 1}

    for seed in SEEDS:
        kept = {*others, *ours[:2]}
        whole = draw(bank, Wish(), seen, Random(seed), kept)
        assert {*whole.deck} == {*ours[2:]}
        assert len(draw(bank, Wish(length=5), seen, Random(seed), kept).deck) == 2
        assert {*draw(bank, Wish(principle="q"), seen, Random(seed), kept).deck} == {*others}
        assert len(draw(bank, Wish(principle="q", length=3), seen, Random(seed), kept).deck) == 3
        assert [*draw(bank, Wish(scenario="p1"), seen, Random(seed), kept).deck] == ours
