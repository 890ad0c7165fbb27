"""The articles, and the words that the bank quotes from them."""

from quiz.quotes import fold
from quiz.tui.app import NetralApp
from quiz.tui.desk import Desk
from quiz.tui.messages import ShowSource
from quiz.tui.sources import SourceScreen
from quiz.tui.widgets import KeyBar, Scroll

from .conftest import press, resize, screens, seen, underlined


def offered(app: NetralApp) -> list[str]:
    return [key for key, _what in app.screen.query_one(KeyBar).hints()]


def squeezed(text: str) -> str:
    return "".join(text.split())


async def test_an_article_is_shown_word_by_word_with_who_wrote_it(small_desk: Desk) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "end", "up", "up", "up", "enter")
        (source,) = small_desk.bank.sources.values()
        for words in (*source.texts, source.title, source.publisher, "6 May 2024"):
            assert squeezed(words or "") in squeezed(seen(app))
        assert "a" not in offered(app), "there is no other article"
        assert "g" not in offered(app), "there is no quote to go to"
        await press(pilot, "a", "g")
        assert screens(app) == ["HomeScreen", "SourceScreen"]


async def test_m_marks_every_quote_and_names_its_questions_and_takes_it_back(
    small_desk: Desk,
) -> None:
    app = NetralApp(small_desk)
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, "end", "up", "up", "up", "enter", "m")
        quotes = [q.citations[0].quote for q in small_desk.bank.question.values()]
        assert all(squeezed(quote) in squeezed(underlined(app)) for quote in quotes)
        assert len(squeezed(underlined(app))) == sum(len(squeezed(fold(q))) for q in quotes)
        assert all(f"The party shirt, question {n}" in seen(app) for n in (1, 2, 3, 4))
        await press(pilot, "m")
        assert underlined(app) == ""
        assert "The party shirt" not in seen(app)


async def test_g_comes_back_to_the_quote_from_anywhere_in_the_article(desk: Desk) -> None:
    question = next(iter(desk.bank.question.values()))
    citation = question.citations[0]
    app = NetralApp(desk)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.on_show_source(ShowSource(citation.source, citation.quote))
        await pilot.pause()
        await pilot.pause()
        assert squeezed(underlined(app)) == squeezed(citation.quote)
        scroll = app.screen.query_one(Scroll)
        place = scroll.scroll_y
        assert place > 0
        assert "g" in offered(app)
        await press(pilot, "home", "space")
        assert scroll.scroll_y == scroll.size.height
        await press(pilot, "pageup", "down")
        assert scroll.scroll_y == 1
        await press(pilot, "g")
        assert scroll.scroll_y == place
        await resize(pilot, 40, 10)
        await press(pilot, "g")
        assert squeezed(underlined(app)) in squeezed(citation.quote)
        assert underlined(app)


async def test_a_turns_to_the_other_article_and_round_again(desk: Desk) -> None:
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "end", "up", "up", "up", "enter")
        for number, source in ((1, "antara-2020"), (2, "kumparan-2020"), (1, "antara-2020")):
            assert f"Article {number} of 2" in seen(app)
            heading = desk.bank.sources[source].title or desk.bank.sources[source].publisher
            assert seen(app).split("\n")[3].strip().startswith(heading[:30])
            await press(pilot, "a")
        for key in ("a", "m", "a", "m"):
            app.simulate_key(key)
        await pilot.pause()
        assert screens(app) == ["HomeScreen", "SourceScreen"]
        await press(pilot, "q")
        assert screens(app) == ["HomeScreen"]


async def test_keys_that_come_before_the_article_are_left_alone(desk: Desk) -> None:
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = SourceScreen(desk)
        assert not screen.check_action("mark", ())
        await app.push_screen(screen)
        assert screen.check_action("mark", ())
