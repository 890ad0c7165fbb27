from quiz.tui.app import NetralApp
from quiz.tui.desk import Desk

from .conftest import press, screens, seen, until


async def test_home_leads_into_a_group_session(desk: Desk) -> None:
    app = NetralApp(desk)
    async with app.run_test() as pilot:
        await press(pilot, "end", *["up"] * 4, "enter")
        assert screens(app) == ["HomeScreen", "GroupScreen"]
        assert "netral host --resume" in seen(app)
        await press(pilot, "escape")
        assert screens(app) == ["HomeScreen"]
        assert not app.leads
        await press(pilot, "end", *["up"] * 4, "enter")
        app.simulate_key("enter")
        await until(pilot, lambda: not app.is_running)
    assert app.leads
