"""A missed question, read again."""

from quiz.models import Verdict
from quiz.session import Answer, Kind, Plan
from quiz.tui.app import NetralApp
from quiz.tui.desk import Desk
from quiz.tui.missed import MissedScreen
from quiz.tui.page import Page

from .conftest import PRINCIPAL, press, screens, seen, spot, underlined


def missed(desk: Desk, number: int) -> tuple[NetralApp, MissedScreen, Answer]:
    """An app, and the screen of a question of the principal's scenario to push on it."""
    question = desk.bank.scenario[PRINCIPAL].questions[number]
    wrong = Verdict.NEUTRAL if question.verdict is Verdict.NOT_NEUTRAL else Verdict.NOT_NEUTRAL
    answer = Answer(question.id, wrong, question.verdict)
    app = NetralApp(desk, plan=Plan(Kind.PRACTICE, "", (question.id,)))
    return app, MissedScreen(desk, answer), answer


async def test_it_shows_the_question_what_was_wrong_and_the_whole_explanation(desk: Desk) -> None:
    app, screen, answer = missed(desk, 0)
    question = desk.bank.question[answer.question]
    scenario = desk.bank.home_of[question.id]
    other = desk.bank.question[question.contrast or ""]
    async with app.run_test(size=(80, 60)) as pilot:
        await app.push_screen(screen)
        await pilot.pause()
        parts = [
            scenario.title,
            scenario.situation,
            question.act,
            question.explanation,
            question.instead,
            other.act,
        ]
        starts = [part.say("en")[:30] for part in parts if part]
        starts.insert(3, "✕ Not quite")
        starts.insert(5, question.citations[0].quote[:30])
        rows = [spot(app, words)[1] for words in starts]
        assert rows == sorted(rows), "the contrast is shown, whatever is still to come"


async def test_the_keys_scroll_open_the_article_and_go_back(desk: Desk) -> None:
    app, screen, answer = missed(desk, 0)
    async with app.run_test(size=(60, 20)) as pilot:
        await app.push_screen(screen)
        await pilot.pause()
        page = screen.query_one(Page)
        assert page.hides_lines
        await press(pilot, "down", "down", "up")
        assert page.scroll_y == 1
        await press(pilot, "space")
        assert page.scroll_y == 1 + page.size.height
        await press(pilot, "pageup")
        assert page.scroll_y == 1
        await press(pilot, "s")
        assert screens(app) == ["PlayScreen", "MissedScreen", "SourceScreen"]
        quote = desk.bank.question[answer.question].citations[0].quote
        assert "".join(underlined(app).split()) == "".join(quote.split())
        await press(pilot, "escape")
        assert screens(app) == ["PlayScreen", "MissedScreen"]
        assert "Not right yet" in seen(app)
        await press(pilot, "enter")
        assert screens(app) == ["PlayScreen"]


async def test_a_contrast_kept_for_a_test_is_not_given_away(desk: Desk) -> None:
    app, screen, answer = missed(desk, 0)
    contrast = desk.bank.question[answer.question].contrast
    assert contrast
    async with app.run_test(size=(80, 60)) as pilot:
        desk.reserved = frozenset({contrast})
        await app.push_screen(screen)
        await pilot.pause()
        assert "kept for your test" in seen(app)
        assert desk.bank.question[contrast].act.say("en")[:30] not in seen(app)
