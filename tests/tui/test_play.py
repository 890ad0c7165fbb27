"""A question and its explanation: every key, the mouse, other windows, small terminals."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from quiz import i18n
from quiz.bank import load
from quiz.history import edition
from quiz.models import Confidence, Verdict
from quiz.session import Answer, Kind, Plan, Session
from quiz.settings import Settings
from quiz.store import Run, Store
from quiz.tui.app import NetralApp
from quiz.tui.choices import Choices
from quiz.tui.desk import Desk
from quiz.tui.page import Page
from quiz.tui.play import PlayScreen
from quiz.tui.widgets import Heading, KeyBar

from .conftest import (
    NOON,
    RIGHT,
    WRONG,
    desk_of,
    everything,
    press,
    resize,
    screens,
    seen,
    spot,
    underlined,
)

NEUTRAL, NOT_NEUTRAL = Verdict.NEUTRAL, Verdict.NOT_NEUTRAL
UNSURE, FAIRLY, SURE = Confidence


def playing(desk: Desk) -> NetralApp:
    return NetralApp(desk, plan=everything(desk))


def kept(desk: Desk) -> Session:
    """The unfinished session as the log has it."""
    run = desk.store.unfinished(desk.bank.manifest.id)
    assert run is not None
    return run.session


def given(desk: Desk) -> list[Verdict]:
    return [answer.given for answer in kept(desk).answers]


def offered(app: NetralApp) -> list[str]:
    return [key for key, _what in app.screen.query_one(KeyBar).hints()]


def page(app: NetralApp) -> Page:
    return app.screen.query_one(Page)


async def test_every_key_that_answers_gives_its_answer_and_enter_goes_on(desk: Desk) -> None:
    ways = {
        "1": NEUTRAL,
        "2": NOT_NEUTRAL,
        "n": NEUTRAL,
        "t": NOT_NEUTRAL,
        "left enter": NEUTRAL,
        "right enter": NEUTRAL,
        "right left space": NOT_NEUTRAL,
        "tab enter": NEUTRAL,
        "tab tab enter": NOT_NEUTRAL,
        "right shift+tab space": NOT_NEUTRAL,
    }
    app = playing(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        for number, (keys, verdict) in enumerate(ways.items()):
            assert kept(desk).read == number
            assert app.screen.query_one(Choices).display
            assert {"1", "2"} <= set(offered(app))
            await press(pilot, *keys.split())
            assert given(desk)[number:] == [verdict], keys
            assert kept(desk).explaining
            assert not app.screen.query_one(Choices).display
            assert offered(app)[:1] == ["enter"] or offered(app)[:2] == ["space", "enter"]
            await press(pilot, "enter")


async def test_the_mouse_answers_and_goes_on(small_desk: Desk) -> None:
    app = playing(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(offset=spot(app, "2   ✕"))
        assert given(small_desk) == [NOT_NEUTRAL]
        await pilot.double_click(offset=spot(app, "Enter Next"))
        assert given(small_desk) == [NOT_NEUTRAL], "the second half of a double click"
        await pilot.click(offset=spot(app, "1   ○"))
        await pilot.click(offset=spot(app, "Enter Next"))
        await pilot.click(offset=spot(app, "1 Neutral"))
        assert given(small_desk) == [NOT_NEUTRAL, NEUTRAL, NEUTRAL]


async def test_enter_and_space_pressed_once_too_often_never_answer(small_desk: Desk) -> None:
    app = playing(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "space", "enter")
        assert given(small_desk) == []
        await press(pilot, "right", "enter", "enter", "enter", "space", "enter")
        assert given(small_desk) == [NEUTRAL]
        assert kept(small_desk).read == 1, "an answer that was at hand is not at hand any more"
        await press(pilot, "2", "1", "n", "left", "enter", "enter")
        assert given(small_desk) == [NEUTRAL, NOT_NEUTRAL], "an answer stands"


async def test_keys_faster_than_the_screen_do_no_harm(small_desk: Desk) -> None:
    app = playing(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "right")
        for key in ("enter", "enter"):
            app.simulate_key(key)
        await pilot.pause()
        assert len(kept(small_desk).answers) == 1
        for _number in range(3):
            await press(pilot, "1", "enter", "1")
        for key in ("enter", "1", "space", "c", "s", "left"):
            app.simulate_key(key)
        await pilot.pause()
        assert "ResultScreen" in screens(app)
        assert small_desk.store.unfinished(small_desk.bank.manifest.id) is None


async def test_no_key_works_before_there_is_a_screen(small_desk: Desk) -> None:
    run = small_desk.store.begin(everything(small_desk), "kecil", NOON)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = PlayScreen(small_desk, run)
        for action, parameters in (("page", (1,)), ("answer", ("neutral",)), ("leave", ())):
            assert not screen.check_action(action, parameters)
        await app.push_screen(screen)
        assert screen.check_action("answer", ("neutral",))


async def test_before_the_answer_the_article_is_shown_with_no_quote_marked(
    small_desk: Desk,
) -> None:
    app = playing(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        for back in ("escape", "s", "q"):
            await press(pilot, "s")
            assert screens(app) == ["PlayScreen", "SourceScreen"]
            assert underlined(app) == ""
            assert "Warga dilayani tanpa ditanya pilihannya" in seen(app)
            await press(pilot, back)
            assert screens(app) == ["PlayScreen"]
        assert given(small_desk) == []


async def test_after_the_answer_the_article_is_shown_at_the_words_quoted(desk: Desk) -> None:
    app = playing(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        quote = desk.bank.question[kept(desk).current].citations[0].quote
        await press(pilot, "1", "s")
        assert "".join(underlined(app).split()) == "".join(quote.split())
        await press(pilot, "escape")
        assert screens(app) == ["PlayScreen"]
        assert kept(desk).explaining


async def test_an_explanation_has_its_parts_in_their_order(small_desk: Desk) -> None:
    app = playing(small_desk)
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, WRONG[0], "enter", WRONG[1])
        (citation,) = small_desk.bank.question["memakai-seragam"].citations
        parts = (
            "The party shirt",
            "Wayan wears the uniform.",
            "✕ Not quite",
            "A uniform is no party mark.",
            f"“{citation.quote}”",
            citation.gloss["en"],
            "Kabar Kantor",
            "Contrast",
        )
        rows = [spot(app, part)[1] for part in parts]
        assert rows == sorted(rows)
        await press(pilot, "enter", RIGHT[2])
        assert "✓ Right" in seen(app)
        assert "Ask what they need." in seen(app), "what instead, after a right answer too"


async def test_the_contrast_is_withheld_while_it_is_still_to_come(small_desk: Desk) -> None:
    app = playing(small_desk)
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, RIGHT[0])
        assert "Contrast" in seen(app)
        assert "Wayan wears the uniform" not in seen(app)
        await press(pilot, "enter", RIGHT[1])
        assert "Wayan wears a party shirt." in seen(app)


async def test_the_law_stands_under_the_explanation_in_the_language_at_hand(
    small_desk: Desk,
) -> None:
    i18n.install("id")
    app = playing(small_desk)
    async with app.run_test(size=(80, 40)) as pilot:
        assert "Wayan memakai kaus partai." in seen(app)
        await press(pilot, "2")
        assert "Pasal 1: Kantor bebas atribut." in seen(app)
        assert "They wear no party marks" not in seen(app), "no gloss in the article's language"


async def test_the_situation_is_folded_under_an_explanation_and_c_shows_it(
    small_desk: Desk,
) -> None:
    app = playing(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        situation = "Wayan keeps the counter."
        assert situation in seen(app)
        assert "c" not in offered(app)
        await press(pilot, "c")
        assert situation in seen(app)
        await press(pilot, "1")
        assert situation not in seen(app)
        assert "c" in offered(app)
        for shown in (True, False, True):
            await press(pilot, "c")
            assert (situation in seen(app)) == shown
        await press(pilot, "enter")
        assert situation in seen(app), "there is room for it above the next question"


async def test_where_room_is_short_a_situation_just_read_is_folded_above_the_next_act(
    desk: Desk,
) -> None:
    app = playing(desk)
    async with app.run_test(size=(60, 20)) as pilot:
        scenario = desk.bank.home_of[kept(desk).current]
        first_words = scenario.situation.say("en")[:30]
        await pilot.pause()
        assert first_words in seen(app)
        assert page(app).hides_lines, "a first situation is shown whole"
        await press(pilot, "1", "enter")
        assert desk.bank.home_of[kept(desk).current] is scenario
        assert first_words not in seen(app)
        assert not page(app).hides_lines
        assert "c" in offered(app)
        await press(pilot, "c")
        assert first_words in seen(app)


async def test_every_key_that_scrolls_scrolls(desk: Desk) -> None:
    app = playing(desk)
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "1")
        assert offered(app)[0] == "space"
        leaf = page(app).size.height - 2
        for keys, lines in {
            "space": leaf,
            "pageup": 0,
            "pagedown": leaf,
            "b": 0,
            "down j down": 3,
            "up k": 1,
            "up up": 0,
        }.items():
            await press(pilot, *keys.split())
            assert page(app).scroll_y == lines, keys
        await press(pilot, *["space"] * 5)
        assert not page(app).hides_lines
        assert "space" not in offered(app), "nothing more"
        assert given(desk) == [NEUTRAL]
        await press(pilot, "enter")
        assert page(app).scroll_y == 0, "the next question begins at its top"


async def test_the_page_scrolls_while_an_answer_is_at_hand(desk: Desk) -> None:
    app = playing(desk)
    async with app.run_test(size=(40, 10)) as pilot:
        await press(pilot, "right")
        assert "space" not in offered(app), "the space bar would take the answer"
        await press(pilot, "pagedown")
        assert page(app).scroll_y > 0
        assert given(desk) == []
        await press(pilot, "enter")
        assert page(app).hides_lines
        assert page(app).scroll_y == 0, "the explanation begins at its top"


async def test_a_session_that_was_left_goes_on_at_the_very_place(small_desk: Desk) -> None:
    app = playing(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, RIGHT[0], "enter", "escape")
        assert screens(app) == ["HomeScreen"]
        await press(pilot, "enter")
        assert screens(app) == ["PlayScreen"]
        assert app.screen.query_one(Choices).display
        assert "Wayan wears the uniform." in seen(app)
        assert app.screen.query_one(Heading).right.endswith("2 of 4")
        await press(pilot, WRONG[1], "escape", "enter")
        assert not app.screen.query_one(Choices).display, "the explanation was not left behind"
        assert "A uniform is no party mark." in seen(app)
        assert "Right 1/2" in seen(app)
        await press(pilot, "enter")
        assert "for whom people vote" in seen(app)


async def test_the_heading_and_the_note_say_where_one_stands(small_desk: Desk) -> None:
    app = playing(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        heading, bar = app.screen.query_one(Heading), app.screen.query_one(KeyBar)
        assert (heading.left, heading.right) == ("No party marks", "Question 1 of 4")
        assert (heading.share, bar.note) == (0, "")
        await press(pilot, RIGHT[0], "enter", WRONG[1], "enter")
        assert heading.right == "Question 3 of 4"
        assert (heading.share, bar.note) == (0.5, "Right 1/2")


async def test_a_store_in_memory_is_said_to_keep_nothing(small_desk: Desk) -> None:
    with closing(Store.in_memory()) as store:
        small_desk.store = store
        app = playing(small_desk)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "not saved" in seen(app)
            await press(pilot, RIGHT[0])
            assert "Right 1/1 · not saved" in seen(app)


async def test_what_another_window_answered_counts_and_the_session_goes_on_from_it(
    small_desk: Desk,
) -> None:
    app = playing(small_desk)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        run = small_desk.store.unfinished("kecil")
        assert run is not None
        deck = run.session.deck
        with closing(Store.open(small_desk.database)) as other:
            other.record(run.id, run.session.answer(NOT_NEUTRAL, NOT_NEUTRAL).last, NOON)
            await press(pilot, "1")
            assert given(small_desk) == [NOT_NEUTRAL], "the other window's answer"
            assert "✓ Right" in seen(app)
            assert "another window" in seen(app)

            other.leave_behind(run.id, deck[0], NOON, last=False)
            session = replace(run.session, answers=kept(small_desk).answers, read=1)
            for question in deck[1:]:
                verdict = small_desk.bank.question[question].verdict
                session = session.answer(verdict, verdict)
                other.record(run.id, session.last, NOON)
                session = session.advance()
                other.leave_behind(run.id, question, NOON, last=session.done)
            await press(pilot, "enter", "2")
            assert screens(app) == ["ResultScreen"], "the other window has finished the session"
            assert "4 of 4" in seen(app)


async def test_questions_that_the_bank_has_lost_are_passed_over(small_desk: Desk) -> None:
    deck = ("sudah-hilang", *everything(small_desk).deck[:2], "juga-hilang")
    app = NetralApp(small_desk, plan=Plan(Kind.PRACTICE, "", deck))
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.screen.query_one(Heading).right == "Question 1 of 2"
        await press(pilot, RIGHT[0], "enter", RIGHT[1], "enter")
        assert screens(app) == ["ResultScreen"]
        assert "2 of 2" in seen(app)


async def test_in_a_tall_terminal_the_answers_follow_the_act_closely(small_desk: Desk) -> None:
    app = playing(small_desk)
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause()
        act, answers = spot(app, "Wayan wears a party shirt.")[1], spot(app, "1   ○")[1]
        assert answers - act <= 4
        await resize(pilot, 80, 24)
        assert spot(app, "1   ○")[1] == 21, "else they stand above the keys"
        await resize(pilot, 120, 60)
        assert spot(app, "1   ○")[1] == answers


def confident(desk: Desk) -> NetralApp:
    """A session in which the confidence in each answer is asked for."""
    desk.settings = Settings(confidence=True)
    return playing(desk)


async def test_an_answer_names_the_words_it_was_given_to(small_desk: Desk) -> None:
    app = playing(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1")
        (answer,) = kept(small_desk).answers
        assert answer.edition == edition(small_desk.bank.question[answer.question])
        assert answer.confidence is None


async def test_confidence_is_asked_before_anything_is_logged_or_explained(
    small_desk: Desk,
) -> None:
    app = confident(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        assert not {"3", "4", "5"} & set(offered(app))
        await press(pilot, "2")
        assert kept(small_desk).answers == ()
        assert "✕ Not neutral" in seen(app)
        assert "How sure are you?" in seen(app)
        assert "The shirt is a party mark." not in seen(app)
        assert offered(app) == ["3", "4", "5", "escape", "question_mark"]
        await press(pilot, "s", "c", "enter", "space", "2", "t")
        assert screens(app) == ["PlayScreen"]
        assert kept(small_desk).answers == ()
        await press(pilot, "4")
        (answer,) = kept(small_desk).answers
        assert (answer.given, answer.confidence) == (NOT_NEUTRAL, FAIRLY)
        assert answer.edition
        assert "The shirt is a party mark." in seen(app)
        assert "Right 1/1" in seen(app)
        assert not {"3", "4", "5"} & set(offered(app))


async def test_every_way_to_say_how_sure_one_is(desk: Desk) -> None:
    ways = {
        "1 3": (NEUTRAL, UNSURE),
        "n 4": (NEUTRAL, FAIRLY),
        "t 5": (NOT_NEUTRAL, SURE),
        "right enter right enter": (NEUTRAL, UNSURE),
        "2 tab right space": (NOT_NEUTRAL, FAIRLY),
        "2 left left enter": (NOT_NEUTRAL, SURE),
        "1 right shift+tab enter": (NEUTRAL, SURE),
    }
    app = confident(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        for number, (keys, expected) in enumerate(ways.items()):
            await press(pilot, *keys.split())
            answer = kept(desk).answers[number]
            assert (answer.given, answer.confidence) == expected, keys
            await press(pilot, "enter")
        await pilot.click(offset=spot(app, "2   ✕"))
        await pilot.click(offset=spot(app, "4   Fairly sure"))
        answer = kept(desk).answers[-1]
        assert (answer.given, answer.confidence) == (NOT_NEUTRAL, FAIRLY)


async def test_escape_takes_a_verdict_back_and_a_second_time_leaves(small_desk: Desk) -> None:
    app = confident(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", "right", "escape")
        assert screens(app) == ["PlayScreen"]
        assert {"1", "2", "s"} < set(offered(app))
        await press(pilot, "3", "enter")
        assert kept(small_desk).answers == ()
        await press(pilot, "2", "5")
        assert given(small_desk) == [NOT_NEUTRAL]
        await press(pilot, "enter", "1", "escape", "escape")
        assert screens(app) == ["HomeScreen"]
        assert len(kept(small_desk).answers) == 1


@pytest.mark.parametrize("keys", ["1 1 3 3", "n 1 n 3 4", "right enter enter right enter"])
async def test_a_key_pressed_twice_never_answers_both(small_desk: Desk, keys: str) -> None:
    app = confident(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys.split())
        assert [answer.confidence for answer in kept(small_desk).answers] == [UNSURE]
        await press(pilot, "enter")
        assert kept(small_desk).read == 1
        for key in ("1", "1", "2", "4", "4"):
            app.simulate_key(key)
        await pilot.pause()
        assert [answer.confidence for answer in kept(small_desk).answers] == [UNSURE, FAIRLY]


async def test_confidence_is_asked_for_as_the_settings_say_at_that_moment(small_desk: Desk) -> None:
    app = confident(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", "3", "enter")
        small_desk.settings = Settings()
        await press(pilot, "1")
        assert [answer.confidence for answer in kept(small_desk).answers] == [UNSURE, None]


async def test_a_contrast_kept_for_a_test_is_announced_and_not_shown(small_desk: Desk) -> None:
    run = small_desk.store.begin(everything(small_desk), "kecil", NOON)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 40)) as pilot:
        small_desk.reserved = frozenset({"memakai-kaus"})
        await app.push_screen(PlayScreen(small_desk, run))
        await press(pilot, RIGHT[0], "enter", RIGHT[1])
        assert "kept for your test" in seen(app)
        assert "Wayan wears a party shirt." not in seen(app)


@asynccontextmanager
async def in_a_test(desk: Desk, *answered: Answer) -> AsyncIterator[tuple[NetralApp, Pilot[None]]]:
    """A test, with these answers logged and their explanations not left behind."""
    run = desk.store.begin(Plan(Kind.TEST, "A", everything(desk).deck), "kecil", NOON)
    for answer in answered:
        desk.store.record(run.id, answer, NOON)
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(PlayScreen(desk, desk.store.run(run.id)))
        await pilot.pause()
        yield app, pilot


async def test_a_test_tells_nothing_of_right_and_wrong_until_its_end(small_desk: Desk) -> None:
    acts = [small_desk.bank.question[id].act.say("en") for id in everything(small_desk).deck]
    async with in_a_test(small_desk) as (app, pilot):
        for number, key in enumerate((RIGHT[0], WRONG[1], WRONG[2])):
            assert f"Question {number + 1} of 4" in seen(app)
            assert acts[number] in seen(app)
            assert offered(app) == ["1", "2", "escape", "question_mark"]
            await press(pilot, "s")
            assert screens(app)[-1] == "PlayScreen"
            await press(pilot, key, "enter")
            session = kept(small_desk)
            assert (len(session.answers), session.read) == (number + 1, number + 1)
            for word in ("Right", "Not quite", "✓", "Contrast"):
                assert word not in seen(app)
        await press(pilot, RIGHT[3], "enter")
        assert screens(app) == ["ResultScreen"]
        signs = ("✓", "✕", "✕", "✓")
        for sign, act in zip(signs, acts, strict=True):
            assert f"{sign} {act}" in seen(app)
        assert small_desk.store.unfinished("kecil") is None


async def test_in_a_test_a_key_points_at_a_verdict_and_enter_gives_it(small_desk: Desk) -> None:
    async with in_a_test(small_desk) as (app, pilot):
        await press(pilot, "1", "1", "2", "1")
        assert kept(small_desk).answers == ()
        assert "▸ 1   ○" in seen(app)
        assert "enter" in offered(app)
        await press(pilot, "2", "enter", "enter", "enter")
        assert given(small_desk) == [NOT_NEUTRAL], "the next question was not answered"
        assert "▸" not in seen(app)
        await pilot.click(offset=spot(app, "1   ○"))
        assert given(small_desk) == [NOT_NEUTRAL, NEUTRAL]


async def test_in_a_test_the_confidence_comes_last(small_desk: Desk) -> None:
    small_desk.settings = Settings(confidence=True)
    async with in_a_test(small_desk) as (app, pilot):
        await press(pilot, "1", "1", "5", "5", "2", "3")
        answers = kept(small_desk).answers
        assert [(a.given, a.confidence) for a in answers] == [
            (NEUTRAL, SURE),
            (NOT_NEUTRAL, UNSURE),
        ]
        assert "Question 3 of 4" in seen(app)


async def test_a_test_cut_off_after_an_answer_goes_on_with_the_next_question(
    small_desk: Desk,
) -> None:
    deck = everything(small_desk).deck
    async with in_a_test(small_desk, Answer(deck[0], NEUTRAL, NOT_NEUTRAL)) as (app, pilot):
        assert "Question 2 of 4" in seen(app)
        assert kept(small_desk).read == 1
        await press(pilot, "1", "enter", "escape")
        assert screens(app) == ["HomeScreen"]
        await press(pilot, "enter")
        assert "Question 3 of 4" in seen(app)
        assert "Right" not in seen(app)


async def test_a_test_cut_off_after_its_last_answer_shows_its_result(small_desk: Desk) -> None:
    verdicts = [small_desk.bank.question[id].verdict for id in everything(small_desk).deck]
    answers = map(Answer, everything(small_desk).deck, verdicts, verdicts)
    run = small_desk.store.begin(Plan(Kind.TEST, "A", everything(small_desk).deck), "kecil", NOON)
    for answer in answers:
        small_desk.store.record(run.id, answer, NOON)
        if answer.question != run.session.deck[-1]:
            small_desk.store.leave_behind(run.id, answer.question, NOON, last=False)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert screens(app) == ["ResultScreen"]
        assert "4 of 4 right" in seen(app)


@pytest.mark.parametrize("language", ["id", "en"])
async def test_every_question_of_the_bundled_bank_fits_a_screen_of_80_by_24(
    root: Path, tmp_path: Path, language: str
) -> None:
    i18n.install(language)
    bank, problems = load(root)
    assert bank, problems
    with closing(Store.in_memory()) as store:
        app = playing(desk_of(bank, store, tmp_path))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, PlayScreen)
            assert page(app).size.height == 18, "beside the heading, the answers and the keys"
            too_long = []
            for question in bank.question:
                screen._run = Run(0, Kind.PRACTICE, "", Session((question,)))
                screen._sheet = None
                screen._show()
                if page(app).hides_lines:
                    too_long.append(question)
            assert too_long == []
