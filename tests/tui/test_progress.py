"""The learner's figures on screen."""

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from quiz import forms, i18n
from quiz.models import Bank, Confidence
from quiz.session import Kind, Plan
from quiz.store import Store
from quiz.tui import progress
from quiz.tui.app import NetralApp
from quiz.tui.desk import Desk
from quiz.tui.messages import ShowProgress
from quiz.tui.widgets import KeyBar, MenuItem

from .conftest import RIGHT, answered, desk_of, press, resize, screens, seen, until

SURE = Confidence.SURE
DECK = ("memakai-kaus", "memakai-seragam", "bertanya-pilihan", "datang-pagi")


async def opened(pilot: Pilot[None]) -> None:
    """Open the screen, and wait for its figures."""
    pilot.app.post_message(ShowProgress())
    await until(pilot, lambda: screens(pilot.app)[-1:] == ["ProgressScreen"])
    await counted(pilot)


async def counted(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: pilot.app.screen.query("#next"))
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


def offered(app: NetralApp) -> list[str]:
    return [key for key, _what in app.screen.query_one(KeyBar).hints()]


def begun(desk: Desk) -> Plan:
    run = desk.store.unfinished(desk.bank.manifest.id)
    assert run is not None
    return Plan(run.kind, run.subject, run.session.deck)


def bars(app: NetralApp) -> list[int]:
    """The height of each day's bar as it stands on the screen."""
    lines = seen(app).split("\n")
    axis = next(n for n, line in enumerate(lines) if "└" in line)
    start = lines[axis].index("└") + 1
    rows = [line[start : start + 55] for line in lines[:axis] if "│" in line or "┤" in line]
    gaps = {row[n] for row in rows for n in range(1, 55, 2)}
    assert gaps == {" "}, "a day has a column of its own"
    return [sum(row[n] == "█" for row in rows) for n in range(0, 55, 2)]


async def test_without_answers_it_says_what_will_be_there_and_enter_begins(desk: Desk) -> None:
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "▸ Begin with a first practice." in seen(app)
        assert "In time this page will show:" in seen(app)
        assert "how much you practised, day by day" in seen(app)
        assert "0 answers" in seen(app)
        assert offered(app) == ["enter", "escape", "question_mark"]
        await press(pilot, "enter")
        assert screens(app) == ["PlayScreen"]
        assert begun(desk).kind is Kind.PRACTICE


async def test_all_figures_stand_on_one_page(small_desk: Desk) -> None:
    answered(small_desk, "WWRR", days=5)
    answered(small_desk, "RWRR", days=3, confidence=SURE)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 60)) as pilot:
        await opened(pilot)
        page = [line.strip() for line in seen(app).split("\n")]
        assert "No party marks  ━━━━━╺────   2/4  ━━━━━━━━╺─   3/4    4/4" in page
        assert "Weakest: No party marks, 3 of 4 right." in page
        assert "8 answers on 2 days; the most in a day: 4, on 17 November 2026." in page
        assert any("expected to remember about" in line for line in page)
        assert "Sure         ━━━━━━━━╺─  3/4  75% right" in page
        assert "Unsure       ──────────  0/0  –" in page
        assert "✕ Wayan wears the uniform." in page
        assert any(line.startswith("0 of 1: every act judged rightly") for line in page)
        assert any(line.startswith("Forms A and B, taken before") for line in page)
        assert any(line.startswith("Progress") and line.endswith("8 answers") for line in page)


async def test_enter_reviews_what_is_due(small_desk: Desk) -> None:
    answered(small_desk, "RRRR", days=300)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "▸ Review: 1 scenario is due." in seen(app)
        await press(pilot, "enter")
        assert screens(app) == ["PlayScreen"]
        assert begun(small_desk) == Plan(Kind.REVIEW, "", DECK[:1])


async def test_enter_goes_on_with_a_session_that_was_left(small_desk: Desk) -> None:
    answered(small_desk, "RW", plan=Plan(Kind.PRACTICE, "", DECK))
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "▸ Go on with the session that you left." in seen(app)
        await press(pilot, "enter")
        assert "Question 3 of 4" in seen(app)


async def test_enter_practises_while_a_scenario_is_new(desk: Desk) -> None:
    first, second = desk.bank.scenarios
    answered(desk, "R" * len(first.questions), days=0)
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "▸ Quick practice: 1 scenario is new to you." in seen(app)
        await press(pilot, "enter")
        plan = begun(desk)
        assert (plan.kind, len(plan.deck)) == (Kind.PRACTICE, 10)
        assert second.id in {desk.bank.home_of[question].id for question in plan.deck}


async def test_enter_practises_the_weakest_principle_once_nothing_is_new(desk: Desk) -> None:
    first, second = desk.bank.scenarios
    answered(desk, "R" * len(first.questions) + "W" * len(second.questions), days=0)
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        name = desk.bank.principles[second.principle].name.say("en")
        assert f"▸ Practise your weakest principle: {name}." in seen(app)
        await press(pilot, "enter")
        plan = begun(desk)
        assert (plan.kind, plan.subject) == (Kind.PRINCIPLE, second.principle)


async def test_what_is_kept_for_a_test_is_not_practised(desk: Desk) -> None:
    form = forms.next_form(desk.bank, ())
    weak = desk.bank.scenarios[0]
    signs = ["RW"[desk.bank.home_of[question] is weak] for question in form.deck]
    answered(desk, "".join(signs), days=0, plan=form)
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "Practise your weakest principle" in seen(app)
        await press(pilot, "enter")
        kept = forms.reserved(desk.bank, desk.store.tests(desk.bank.manifest.id))
        assert kept & {question.id for question in weak.questions}
        assert kept.isdisjoint(begun(desk).deck)


async def test_where_nothing_is_to_be_done_enter_is_not_offered(small_desk: Desk) -> None:
    answered(small_desk, "RRRR", days=0)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "▸ You are up to date." in seen(app)
        assert "The next review is on" in seen(app)
        assert offered(app) == ["escape", "question_mark"]
        await press(pilot, "enter", "y", "p")
        assert screens(app)[-1] == "ProgressScreen"
        await press(pilot, "escape")
        assert screens(app) == ["HomeScreen"]


async def test_y_practises_exactly_what_was_sure_but_wrong(small_desk: Desk) -> None:
    answered(small_desk, "WRWR", days=300, confidence=SURE)
    answered(small_desk, "W", days=299, confidence=SURE)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "Review" in seen(app), "a review would come first"
        assert "y" in offered(app)
        await press(pilot, "y")
        deck = ("memakai-kaus", "bertanya-pilihan")
        assert begun(small_desk) == Plan(Kind.SURE_BUT_WRONG, "", deck)
        await press(pilot, RIGHT[0], "enter", RIGHT[2], "enter")
        assert screens(app) == ["ResultScreen"]
        await opened(pilot)
        assert "y" not in offered(app)


async def test_what_was_sure_but_wrong_can_be_read_again(small_desk: Desk) -> None:
    answered(small_desk, "WWRR", days=0, confidence=SURE)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "p", "p", "p")
        assert "▸ ✕ Wayan wears the uniform." in seen(app)
        await press(pilot, "enter")
        assert screens(app)[-2:] == ["ProgressScreen", "MissedScreen"]
        assert "A uniform is no party mark." in seen(app)
        assert "Not quite: this is neutral." in seen(app)
        await press(pilot, "escape")
        assert "▸ ✕ Wayan wears the uniform." in seen(app)


async def test_a_long_list_says_how_much_more_there_is(desk: Desk) -> None:
    number = len(desk.bank.question)
    answered(desk, "W" * number, days=0, confidence=SURE)
    app = NetralApp(desk)
    async with app.run_test(size=(80, 60)) as pilot:
        await opened(pilot)
        assert len(app.screen.query(MenuItem)) == 10
        assert f"… and {number - 10} more" in seen(app)


async def test_the_arrows_scroll_from_the_first_moment(small_desk: Desk) -> None:
    answered(small_desk, "WRRR", days=0, confidence=SURE)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "down", "down", "down")
        assert "▸ Judge 1 act again" not in seen(app)
        await press(pilot, "end")
        assert "Forms A and B" in seen(app)
        await press(pilot, "home")
        assert "▸ Judge 1 act again: you were sure, but wrong." in seen(app)


@pytest.mark.parametrize("size", [(80, 60), (60, 60), (120, 60)])
async def test_the_chart_has_a_bar_for_each_day(small_desk: Desk, size: tuple[int, int]) -> None:
    for days, signs in ((27, "RRRR"), (1, "R"), (0, "RR")):
        answered(small_desk, signs, days=days)
    app = NetralApp(small_desk)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        heights = bars(app)
        assert [n for n, height in enumerate(heights) if height] == [0, 26, 27]
        assert (heights[0], heights[27]) == (7, 4)
        assert 1 < heights[26] < 4
        for label in ("26 Oct", "2 Nov", "9 Nov", "16 Nov", "22 Nov"):
            assert label in seen(app)


async def test_the_chart_follows_the_size_of_the_terminal(small_desk: Desk) -> None:
    for _turn in range(25):
        answered(small_desk, "RRRR", days=2)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 60)) as pilot:
        await opened(pilot)
        assert "100┤" in seen(app)
        assert len([height for height in bars(app) if height]) == 1
        await resize(pilot, 60, 60)
        assert "┤" not in seen(app)
        assert len([height for height in bars(app) if height]) == 1
        await resize(pilot, 100, 60)
        assert "100┤" in seen(app)


async def test_an_answer_among_a_hundred_still_has_a_bar(small_desk: Desk) -> None:
    for _turn in range(25):
        answered(small_desk, "RRRR", days=2)
    answered(small_desk, "R", days=1)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 60)) as pilot:
        await opened(pilot)
        assert bars(app)[26] == 1


async def test_days_are_named_in_the_language_at_hand(small_desk: Desk) -> None:
    i18n.install("id")
    answered(small_desk, "RRRR", days=0)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 60)) as pilot:
        await opened(pilot)
        assert "26 Okt" in seen(app)
        assert "4 jawaban dalam 1 hari; terbanyak sehari: 4, pada 22 November 2026." in seen(app)


async def test_mastered_scenarios_are_named(small_desk: Desk) -> None:
    answered(small_desk, "RRRR", days=3)
    answered(small_desk, "RRRR", days=1)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 60)) as pilot:
        await opened(pilot)
        assert "1 of 1: every act judged rightly" in seen(app)
        assert "✓ The party shirt" in seen(app)


async def test_both_forms_of_a_test_stand_side_by_side(small_desk: Desk) -> None:
    answered(small_desk, "WR", days=9, plan=Plan(Kind.TEST, "A", DECK[:2]))
    answered(small_desk, "RR", days=1, plan=Plan(Kind.TEST, "B", DECK[2:]))
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 60)) as pilot:
        await opened(pilot)
        page = " ".join(seen(app).split())
        assert "1 of 2 right before, 2 of 2 right after: +50 points." in page
        assert "may really be anything from −" in page


async def test_a_first_frame_does_not_wait_for_the_figures(
    small_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(small_desk, "RRRR", days=0)
    go_on = threading.Event()
    count = progress.overview

    def slow(*arguments: Any) -> Any:
        assert go_on.wait(30)
        return count(*arguments)

    monkeypatch.setattr(progress, "overview", slow)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(ShowProgress())
        await until(pilot, lambda: "Counting …" in seen(app))
        assert offered(app) == ["escape", "question_mark"]
        await press(pilot, "enter", "y", "p")
        assert screens(app)[-1] == "ProgressScreen"
        go_on.set()
        await counted(pilot)
        assert "4 answers" in seen(app)


async def test_leaving_before_the_figures_are_there_is_no_trouble(
    small_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    count = progress.overview

    def slow(*arguments: Any) -> Any:
        assert go_on.wait(30)
        return count(*arguments)

    monkeypatch.setattr(progress, "overview", slow)
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(ShowProgress())
        await until(pilot, lambda: "Counting …" in seen(app))
        await press(pilot, "escape")
        go_on.set()
        await pilot.pause(1 / 20)
        assert screens(app) == ["HomeScreen"]


async def test_answers_that_are_not_kept_count_too(small_bank: Bank, tmp_path: Path) -> None:
    desk = desk_of(small_bank, Store.in_memory(), tmp_path)
    answered(desk, "RRRR", days=0)
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "4 answers" in seen(app)


async def test_a_history_that_cannot_be_read_says_so_in_its_place(small_desk: Desk) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        small_desk.store.close()
        small_desk.database.write_bytes(b"no database at all, " * 500)
        app.post_message(ShowProgress())
        await until(pilot, lambda: "is damaged" in " ".join(seen(app).split()))
        assert "Counting" not in seen(app)
        assert offered(app) == ["escape", "question_mark"]
        small_desk.database.unlink()


async def test_it_is_opened_from_home_and_from_the_search_and_once(small_desk: Desk) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        items = [item.key for item in app.screen.query(MenuItem)]
        await press(pilot, *["down"] * items.index("progress"), "enter")
        await counted(pilot)
        assert screens(app) == ["HomeScreen", "ProgressScreen"]
        await press(pilot, "ctrl+p", *"Progress")
        await until(pilot, lambda: "What you have learnt" in seen(app))
        await press(pilot, "enter")
        await until(pilot, lambda: "CommandPalette" not in screens(app))
        assert screens(app) == ["HomeScreen", "ProgressScreen"]
        await press(pilot, "escape", "ctrl+p", *"Progress")
        await until(pilot, lambda: "What you have learnt" in seen(app))
        await press(pilot, "enter")
        await until(pilot, lambda: screens(app) == ["HomeScreen", "ProgressScreen"])


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_no_line_is_wider_than_the_column(
    desk: Desk, language: str, size: tuple[int, int]
) -> None:
    i18n.install(language)
    number = len(desk.bank.question)
    answered(desk, ("RW" * number)[:number], days=3, confidence=SURE)
    app = NetralApp(desk)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        edges = {widget.region.right for widget in app.screen.query(".column > *")}
        assert max(edges) <= app.screen.query_one(".column").content_region.right
        keys = offered(app)
        assert keys[-2:] == ["escape", "question_mark"]
        assert "enter" in keys
