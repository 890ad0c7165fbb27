"""The least a Textual app can be: one Static, updated at each key."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class Yardstick(App[None]):
    """Shows one line."""

    def compose(self) -> ComposeResult:
        yield Static("tick 0")

    def on_mount(self) -> None:
        self.ticks = 0

    def on_key(self, _event: Key) -> None:
        self.ticks += 1
        self.query_one(Static).update(f"tick {self.ticks}")


if __name__ == "__main__":
    Yardstick().run()
