"""A history that cannot be used: what is said, and every way out."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from itertools import count
from pathlib import Path

import pytest

from quiz import i18n
from quiz.errors import StoreError, StoreLocked, StoreReadOnly
from quiz.models import Bank, Confidence, Verdict
from quiz.session import Kind, Plan
from quiz.settings import Settings
from quiz.store import Store
from quiz.tui.app import NetralApp
from quiz.tui.choices import Choices
from quiz.tui.desk import Desk
from quiz.tui.trouble import Way
from quiz.tui.widgets import KeyBar, MenuItem

from .conftest import NOON, RIGHT, WRONG, desk_of, everything, press, screens, seen, until

WAYS = [Way.RETRY, Way.MEMORY, Way.QUIT]


def ways(app: NetralApp) -> list[str]:
    return [item.key for item in app.screen.query(MenuItem)]


def kept(desk: Desk) -> list[str]:
    """The answers that outlive the program, in order."""
    with closing(sqlite3.connect(desk.database)) as connection:
        return [given for (given,) in connection.execute("SELECT given FROM answer ORDER BY id")]


@pytest.fixture
def hasty(small_desk: Desk) -> Iterator[Desk]:
    """A desk whose store waits for nobody."""
    small_desk.store.close()
    with closing(Store.open(small_desk.database, wait=0)) as store:
        small_desk.store = store
        yield small_desk


@contextmanager
def held(desk: Desk) -> Iterator[None]:
    """Another program holds the history."""
    with closing(sqlite3.connect(desk.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full(desk: Desk) -> Iterator[None]:
    """The disk has no page left, and the last one has no room for an answer."""
    connection = desk.store._connection
    (most,) = connection.execute("PRAGMA max_page_count").fetchone()
    connection.execute("PRAGMA max_page_count = 1")
    with suppress(sqlite3.OperationalError):
        for number in count():
            connection.execute(
                "INSERT INTO answer (session, question, given, expected, answered_at) "
                "VALUES (1, ?, '', '', '')",
                (f"shorter-{number}",),
            )
    yield
    connection.execute(f"PRAGMA max_page_count = {most}")


@pytest.mark.parametrize("trouble", [held, full])
async def test_an_answer_that_cannot_be_kept_is_not_explained_and_can_be_tried_again(
    hasty: Desk, trouble: Callable[[Desk], AbstractContextManager[None]]
) -> None:
    app = NetralApp(hasty, plan=everything(hasty))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, RIGHT[0], "enter")
        with trouble(hasty):
            before = kept(hasty)
            await press(pilot, RIGHT[1])
            assert screens(app) == ["PlayScreen", "TroubleScreen"]
            assert ways(app) == WAYS
            assert kept(hasty) == before

            await press(pilot, "enter")
            assert screens(app) == ["PlayScreen", "TroubleScreen"], "the trouble is still there"

            await press(pilot, "escape")
            assert screens(app) == ["PlayScreen"]
            assert app.screen.query_one(Choices).display, "the question waits for its answer"
            assert kept(hasty) == before

            await press(pilot, RIGHT[1])
            assert screens(app) == ["PlayScreen", "TroubleScreen"]
        await press(pilot, "enter")
        assert screens(app) == ["PlayScreen"]
        assert not app.screen.query_one(Choices).display
        assert "A uniform is no party mark." in seen(app)
        assert kept(hasty) == [*before, "neutral"]


async def test_an_explanation_left_behind_is_tried_again_too(hasty: Desk) -> None:
    app = NetralApp(hasty, plan=everything(hasty))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, RIGHT[0])
        with held(hasty):
            await press(pilot, "enter")
            assert screens(app) == ["PlayScreen", "TroubleScreen"]
            await press(pilot, "escape")
            assert not app.screen.query_one(Choices).display, "the explanation stays"
            await press(pilot, "enter")
        await press(pilot, "enter")
        assert app.screen.query_one(Choices).display
        run = hasty.store.unfinished("kecil")
        assert run is not None
        assert run.session.read == 1


async def test_an_answer_of_a_test_left_behind_is_tried_again_and_still_not_explained(
    hasty: Desk,
) -> None:
    deck = everything(hasty).deck
    run = hasty.store.begin(Plan(Kind.TEST, "A", deck), "kecil", NOON)
    answer = run.session.answer(Verdict.NEUTRAL, Verdict.NOT_NEUTRAL).last
    hasty.store.record(run.id, answer, NOON)
    app = NetralApp(hasty)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        with held(hasty):
            await press(pilot, "enter")
            assert screens(app) == ["PlayScreen", "TroubleScreen"]
            await press(pilot, "escape")
            assert not app.screen.query_one(Choices).display
            assert "Not quite" not in seen(app)
            await press(pilot, "enter")
            assert screens(app) == ["PlayScreen", "TroubleScreen"]
        await press(pilot, "enter")
        await until(pilot, lambda: "Question 2 of 4" in seen(app))
        assert app.screen.query_one(Choices).display


async def test_confidence_is_still_asked_for_while_an_answer_cannot_be_kept(hasty: Desk) -> None:
    hasty.settings = Settings(confidence=True)
    app = NetralApp(hasty, plan=everything(hasty))
    async with app.run_test(size=(80, 24)) as pilot:
        with held(hasty):
            await press(pilot, "2", "4")
            assert screens(app) == ["PlayScreen", "TroubleScreen"]
            await press(pilot, "escape")
            assert "How sure are you?" in seen(app)
            await press(pilot, "5")
        await press(pilot, "enter")
        run = hasty.store.unfinished("kecil")
        assert run is not None
        assert run.session.last.confidence is Confidence.SURE


async def test_training_goes_on_in_memory_with_every_answer_so_far(hasty: Desk) -> None:
    app, former = NetralApp(hasty, plan=everything(hasty)), hasty.store
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, RIGHT[0], "enter", WRONG[1], "enter")
        with held(hasty):
            await press(pilot, RIGHT[2], "down", "enter")
            assert screens(app) == ["PlayScreen"]
            assert not app.screen.query_one(Choices).display
            assert "Right 2/3 · not saved" in seen(app)
            await press(pilot, "escape")
            assert "Answers are not kept" in seen(app)
            await press(pilot, "enter", "enter", RIGHT[3], "enter")
            assert "3 of 4 right" in seen(app)
        assert len(kept(hasty)) == 2
        assert sum(hasty.store.seen("kecil").values()) == 4
    with pytest.raises(StoreError, match="closed"):
        former.seen("kecil")


async def test_what_another_window_answered_and_cannot_be_read_can_be_tried_again(
    small_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = NetralApp(small_desk, plan=everything(small_desk))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        run = small_desk.store.unfinished("kecil")
        assert run is not None
        with closing(Store.open(small_desk.database)) as other:
            answered = run.session.answer(Verdict.NOT_NEUTRAL, Verdict.NOT_NEUTRAL).last
            other.record(run.id, answered, NOON)
        with monkeypatch.context() as unreadable:
            unreadable.setattr(Store, "run", lambda *_: (_ for _ in ()).throw(StoreLocked("Held.")))
            await press(pilot, "1")
            assert screens(app) == ["PlayScreen", "TroubleScreen"]
        await press(pilot, "enter")
        assert screens(app) == ["PlayScreen"]
        assert "✓ Right" in seen(app)


@pytest.mark.parametrize("keys", ["end enter", "ctrl+c", "ctrl+q"])
async def test_netral_can_be_left_with_nothing_recorded(hasty: Desk, keys: str) -> None:
    app = NetralApp(hasty, plan=everything(hasty))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        with held(hasty):
            await press(pilot, RIGHT[0])
            await pilot.press(*keys.split())
            assert app._exit
    assert kept(hasty) == []


async def test_a_key_pressed_twice_goes_one_way(hasty: Desk) -> None:
    app = NetralApp(hasty, plan=everything(hasty))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        with held(hasty):
            await press(pilot, RIGHT[0])
        app.simulate_key("enter")
        app.simulate_key("enter")
        await pilot.pause()
        await pilot.pause()
        assert screens(app) == ["PlayScreen"]
        assert len(kept(hasty)) == 1


async def test_a_session_that_cannot_begin_can_be_tried_again_or_begun_in_memory(
    hasty: Desk,
) -> None:
    app = NetralApp(hasty)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        with held(hasty):
            await press(pilot, "enter")
            assert screens(app) == ["HomeScreen", "TroubleScreen"]
            await press(pilot, "enter")
            assert screens(app) == ["HomeScreen", "TroubleScreen"]
            await press(pilot, "escape")
            assert screens(app) == ["HomeScreen"]
            await press(pilot, "enter", "down", "enter")
            assert screens(app) == ["PlayScreen"]
            assert "not saved" in seen(app)
        assert hasty.store.path is None


@pytest.mark.parametrize(("keys", "left"), [("enter", ["PlayScreen"]), ("escape", ["HomeScreen"])])
async def test_a_session_asked_for_on_the_command_line_may_fail_to_begin_too(
    hasty: Desk, keys: str, left: list[str]
) -> None:
    app = NetralApp(hasty, plan=everything(hasty))
    with held(hasty):
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert screens(app) == ["TroubleScreen"]
            hasty.store.close()
            with closing(Store.in_memory()) as hasty.store:
                await press(pilot, keys)
                assert screens(app) == left


async def test_a_session_that_cannot_begin_can_be_given_up_by_leaving(hasty: Desk) -> None:
    app = NetralApp(hasty)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        with held(hasty):
            await press(pilot, "enter")
            await pilot.press("end", "enter")
            assert app._exit


# At the start.


def opening(bank: Bank, database: Path, *, planned: bool = False) -> tuple[NetralApp, Desk]:
    """The app as the command line makes it where the history does not open."""
    with pytest.raises(StoreError) as caught:
        Store.open(database, wait=0)
    desk = desk_of(bank, Store.in_memory(), database.parent)
    return NetralApp(desk, plan=everything(desk) if planned else None, trouble=caught.value), desk


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "netral.db"
    path.write_bytes(b"this is no history" * 100)
    return path


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    path = tmp_path / "netral.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    return path


async def test_a_damaged_history_can_be_set_aside_and_a_new_one_begun(
    small_bank: Bank, damaged: Path
) -> None:
    content = damaged.read_bytes()
    app, desk = opening(small_bank, damaged)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        assert screens(app) == ["TroubleScreen"]
        assert ways(app) == [Way.RETRY, Way.SET_ASIDE, Way.MEMORY, Way.QUIT]
        assert "escape" not in [key for key, _what in app.screen.query_one(KeyBar).hints()]
        await press(pilot, "escape", "1")
        assert screens(app) == ["TroubleScreen"], "there is nothing to go back to"

        await press(pilot, "down", "enter")
        assert screens(app) == ["HomeScreen"]
        assert desk.lasting
        (aside,) = damaged.parent.glob("netral.db.damaged-*")
        assert aside.read_bytes() == content
        (notice,) = app._notifications
        assert str(aside) in notice.message
        await press(pilot, "enter", RIGHT[0])
        assert kept(desk) == ["not-neutral"]
    desk.store.close()


async def test_a_history_that_another_window_repaired_meanwhile_is_not_set_aside(
    small_bank: Bank, damaged: Path
) -> None:
    app, desk = opening(small_bank, damaged)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        damaged.unlink()
        with closing(Store.open(damaged)) as other:
            other.begin(everything(desk), "kecil", desk.now())
            await press(pilot, "down", "enter")
            assert screens(app) == ["HomeScreen"]
            assert desk.store.unfinished("kecil") is not None
        assert not list(damaged.parent.glob("*damaged*"))
    desk.store.close()


async def test_a_sound_history_that_is_only_held_is_never_set_aside(
    small_bank: Bank, damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, desk = opening(small_bank, damaged)
    patient = Store.open
    monkeypatch.setattr(Store, "open", lambda path: patient(path, wait=0))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        damaged.unlink()
        patient(damaged).close()
        with held(desk):
            await press(pilot, "down", "enter")
            assert screens(app) == ["TroubleScreen"]
            assert Way.SET_ASIDE not in ways(app)
        await press(pilot, "enter")
        assert screens(app) == ["HomeScreen"]
        assert desk.lasting
        assert not list(damaged.parent.glob("*damaged*"))
    desk.store.close()


def spoil(path: Path, table: str) -> None:
    """Overwrite the first page of a table, so that the others can be read as before."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
    with path.open("r+b") as file:
        file.seek(4096 * (page - 1))
        file.write(b"\xa5" * 4096)


@pytest.mark.parametrize("planned", [False, True])
async def test_damage_in_a_history_too_large_to_be_checked_first_is_said_soon_after(
    small_bank: Bank, tmp_path: Path, planned: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quiz.database._LARGE", 0)
    path = tmp_path / "netral.db"
    Store.open(path).close()
    spoil(path, "reading")
    desk = desk_of(small_bank, Store.open(path, hurried=True), tmp_path)
    app = NetralApp(desk, plan=everything(desk) if planned else None)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        offered = [Way.RETRY, Way.SET_ASIDE, Way.MEMORY, Way.QUIT]
        said = "The history cannot be used"
        await until(pilot, lambda: ways(app) == offered and said in seen(app))

        await press(pilot, "enter")
        assert screens(app)[-1] == "TroubleScreen", "it is as damaged as before"
        await press(pilot, "down", "enter")

        assert screens(app) == ["PlayScreen" if planned else "HomeScreen"]
        assert desk.lasting
        assert list(tmp_path.glob("netral.db.damaged-*"))
    desk.store.close()


async def test_a_large_history_that_is_sound_is_left_in_peace(
    small_bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quiz.database._LARGE", 0)
    Store.open(tmp_path / "netral.db").close()
    desk = desk_of(small_bank, Store.open(tmp_path / "netral.db", hurried=True), tmp_path)
    app = NetralApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert screens(app) == ["HomeScreen"]
        assert desk.lasting
    desk.store.close()


async def test_a_history_can_be_tried_again_until_it_opens(small_bank: Bank, damaged: Path) -> None:
    app, desk = opening(small_bank, damaged, planned=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert screens(app) == ["TroubleScreen"]
        damaged.unlink()
        await press(pilot, "enter")
        assert screens(app) == ["PlayScreen"], "the session asked for on the command line"
        await press(pilot, RIGHT[0])
        assert kept(desk) == ["not-neutral"]
    desk.store.close()


@pytest.mark.parametrize("planned", [False, True])
async def test_without_a_history_training_goes_on_in_memory(
    small_bank: Bank, damaged: Path, planned: bool
) -> None:
    content = damaged.read_bytes()
    app, desk = opening(small_bank, damaged, planned=planned)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "down", "enter")
        assert screens(app) == (["PlayScreen"] if planned else ["HomeScreen"])
        assert "not " in seen(app)
        assert not desk.lasting
        assert damaged.read_bytes() == content
    desk.store.close()


@pytest.mark.parametrize("keys", ["end enter", "ctrl+c"])
async def test_netral_can_be_left_at_the_start(small_bank: Bank, damaged: Path, keys: str) -> None:
    app, desk = opening(small_bank, damaged)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*keys.split())
        assert app._exit
    desk.store.close()


async def test_a_newer_history_is_left_alone(small_bank: Bank, newer: Path) -> None:
    content = newer.read_bytes()
    app, desk = opening(small_bank, newer)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert ways(app) == WAYS, "only what is damaged may be set aside"
        assert "A newer Netral" in seen(app)
        await press(pilot, "enter", "down", "enter", "enter")
        assert screens(app) == ["PlayScreen"]
        assert "not saved" in seen(app)
        assert newer.read_bytes() == content
    desk.store.close()


async def test_a_history_that_may_not_be_written_has_the_same_ways_out(
    small_bank: Bank, tmp_path: Path
) -> None:
    desk = desk_of(small_bank, Store.in_memory(), tmp_path)
    path = tmp_path / "[b]folder[/b]" / "netral.db"
    app = NetralApp(desk, trouble=StoreReadOnly(f"{path} is closed [/].", "Do [link=x]this."))
    async with app.run_test(size=(200, 24)) as pilot:
        await pilot.pause()
        assert ways(app) == WAYS
        words = "".join(seen(app).replace("│", "").split())
        assert "[b]folder[/b]" in words
        assert "closed[/].Do[link=x]this." in words
        await press(pilot, "enter")
        assert screens(app) == ["HomeScreen"], "since it may be written by now"
        assert desk.lasting
    desk.store.close()


async def test_the_trouble_is_told_in_the_language_at_hand(small_bank: Bank, damaged: Path) -> None:
    i18n.install("id")
    app, desk = opening(small_bank, damaged)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Coba lagi" in seen(app)
        assert "Try again" not in seen(app)
        assert "Riwayat" in seen(app)
    desk.store.close()


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (300, 100)])
async def test_the_ways_out_can_be_gone_in_a_terminal_of_any_size(
    small_bank: Bank, damaged: Path, size: tuple[int, int]
) -> None:
    app, desk = opening(small_bank, damaged)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "down", "down", "enter")
        assert screens(app) == ["HomeScreen"]
    desk.store.close()
