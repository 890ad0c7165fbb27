import asyncio
import gc
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from quiz.errors import StoreFull
from quiz.models import Bank, Confidence
from quiz.phases import Phase
from quiz.room import Move, Room
from quiz.tui import leading
from quiz.tui.page import Page
from quiz.votes import Hands

from .conftest import press, screens, seen, until
from .halls import ADDRESS, Hall, all_keys, hall_in, host, keys, lead

WIDE = (140, 40)


@pytest.fixture
def hall(tmp_path: Path, bank: Bank) -> Iterator[Hall]:
    with hall_in(tmp_path, bank) as hall:
        yield hall


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of a test may follow each other at once."""
    monkeypatch.setattr(leading, "REST", 0)


def secrets_of(hall: Hall) -> list[str]:
    """What would give away the question at hand, or who is here."""
    room = hall.live.room
    assert room.question
    question = hall.bank.question[room.question]
    discussion = question.discussion.say("en") if question.discussion else "unless there is none"
    return [
        *("○", "✕", "✓", "%", "right", "Neutral", "Not neutral", "Sure"),
        question.explanation.say("en")[:30],
        question.citations[0].quote[:20],
        discussion[:30],
        *(person.name for person in room.participants.values()),
    ]


async def test_one_key_leads_through_a_question_and_is_named_after_what_it_does(
    hall: Hall,
) -> None:
    async with hall.app().run_test(size=(80, 24)) as pilot:
        await hall.come(3)
        for name, phase in (
            ("Begin", Phase.READING),
            ("Open the vote", Phase.VOTING),
            ("Close", Phase.CLOSED),
            ("Reveal", Phase.REVEALED),
            ("Next", Phase.READING),
        ):
            assert keys(pilot)["space"] == name
            await lead(pilot, "space")
            assert hall.phase is phase
        assert hall.live.room.number == 2


async def test_after_the_last_question_the_same_key_says_that_the_result_comes(hall: Hall) -> None:
    async with hall.app().run_test(size=(80, 24)) as pilot:
        await lead(pilot, "space")
        for _question in hall.live.room.setup.deck[1:]:
            await lead(pilot, "l", "y")
        await lead(pilot, "space", "space", "space")
        assert keys(pilot)["space"] == "Result"
        assert "e" not in all_keys(pilot)
        await lead(pilot, "space")
        assert hall.phase is Phase.DONE


async def test_discussion_leads_to_a_second_vote_by_the_same_key(hall: Hall) -> None:
    async with hall.app().run_test() as pilot:
        await lead(pilot, "space", "space", "space", "d")
        assert "Talk to a neighbour who voted otherwise" in seen(pilot.app)
        await lead(pilot, "enter")
        assert hall.phase is Phase.REVOTING
        assert hall.live.room.round == 2
        await lead(pilot, "enter")
        assert "d" not in all_keys(pilot)
        await lead(pilot, "enter")
        assert hall.phase is Phase.REVEALED


async def test_a_key_pressed_twice_makes_one_move(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leading, "REST", 0.4)
    async with hall.app().run_test() as pilot:
        await press(pilot, "space", "space", "space")
        await until(pilot, lambda: not host(pilot)._moving)
        assert hall.phase is Phase.READING
        assert hall.live.room.seq == 1
        await pilot.pause(leading.REST)
        await press(pilot, "space")
        await until(pilot, lambda: hall.phase is Phase.VOTING)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (140, 60)])
async def test_before_the_reveal_a_hall_sees_no_split_no_verdict_no_prompt_and_no_name(
    hall: Hall, size: tuple[int, int]
) -> None:
    async with hall.app().run_test(size=size) as pilot:
        await hall.come(20)
        await lead(pilot, "space")
        for key in ("", "space", "space", "d", "space", "j", "j", "space"):
            if key:
                await lead(pilot, key)
            if hall.live.room.voting:
                await hall.vote(right=13, wrong=4)
                await until(pilot, lambda: "17 of 20" in seen(pilot.app))
            for words in secrets_of(hall):
                assert words not in seen(pilot.app), hall.phase
        assert "Round 2 closed: 17 of 20 voted" in seen(pilot.app)


async def test_the_facilitator_sees_split_and_advice_only_after_saying_to_be_alone(
    hall: Hall,
) -> None:
    async with hall.app().run_test(size=WIDE) as pilot:
        await hall.come(20)
        await lead(pilot, "space", "space")
        await hall.vote(right=10, wrong=10)
        await lead(pilot, "space", "f")
        assert "Are you the only one who sees this screen?" in seen(pilot.app)
        await press(pilot, "enter")
        assert "10 (50%)" not in seen(pilot.app)
        await lead(pilot, "f", "y")
        shown = seen(pilot.app)
        assert "For the facilitator only" in shown
        assert shown.count("10 (50%)") == 2
        assert "Opinions differ. Let everyone talk with a neighbour" in shown
        assert hall.bank.question[str(hall.live.room.question)].citations[0].quote[:40] in shown
        await press(pilot, "f")
        assert screens(pilot.app) == ["HostScreen"]
        assert "10 (50%)" not in seen(pilot.app)
        assert "For the facilitator only" not in seen(pilot.app)


async def test_the_facilitator_sees_the_split_while_it_grows(tmp_path: Path, bank: Bank) -> None:
    with hall_in(tmp_path, bank, confidence=True) as hall:
        async with hall.app().run_test(size=WIDE) as pilot:
            await hall.come(8)
            await lead(pilot, "space", "f", "y")
            assert "Verdict" in seen(pilot.app)
            await lead(pilot, "space")
            await hall.vote(right=5, wrong=3, confidence=Confidence.SURE)
            await until(pilot, lambda: "5 (62%)  ✓" in seen(pilot.app))
            assert "3 (38%)" in seen(pilot.app)
            assert "Sure but wrong: 3" in seen(pilot.app)


@pytest.mark.parametrize(
    ("right", "advice", "key"),
    [
        (2, "Few are right", "Space"),
        (10, "Opinions differ", "d"),
        (19, "Most are right", "Space"),
        (0, "Few are right", "Space"),
    ],
)
async def test_keys_on_the_wall_are_the_same_however_the_hall_voted(
    hall: Hall, right: int, advice: str, key: str
) -> None:
    async with hall.app().run_test(size=WIDE) as pilot:
        await hall.come(20)
        await lead(pilot, "space", "space")
        await hall.vote(right, 20 - right)
        await lead(pilot, "space")
        assert " ".join(keys(pilot)) == "space d o h f a p j l e question_mark"
        await lead(pilot, "f", "y")
        line = next(line for line in seen(pilot.app).split("\n") if advice in line)
        assert "Advice" in line
        assert f"  {key} " in seen(pilot.app)[seen(pilot.app).index(advice) :]


async def test_in_every_phase_the_keys_that_move_are_those_the_room_allows(hall: Hall) -> None:
    moves = {"d": Move.DISCUSS, "o": Move.OPEN, "r": Move.REVEAL, "b": Move.LOOK_BACK}
    moves |= {"j": Move.PAUSE, "l": Move.SKIP, "e": Move.END}
    async with hall.app().run_test() as pilot:
        way = ("space", "space", "space", "d", "space", "space", "space", "b", "b", "space", "j")
        for step in ("", *way):
            if step:
                await lead(pilot, step)
            room = hall.live.room
            usual = host(pilot).usual
            allowed = {key for key, move in moves.items() if room.allows(move) and move != usual}
            assert all_keys(pilot) & moves.keys() == allowed, (step, room.phase)
            assert usual is not None
            assert room.allows(usual)


async def test_raised_hands_alone_carry_a_whole_session_without_any_network(
    tmp_path: Path, bank: Bank
) -> None:
    deck = tuple(bank.question)[:2]
    with hall_in(tmp_path, bank, deck=deck) as hall:
        async with hall.app(door=False).run_test(size=WIDE) as pilot:
            assert "No phone can come in here: count raised hands." in seen(pilot.app)
            assert not {"a", "p", "plus"} & all_keys(pilot)
            await lead(pilot, "space")
            for _number in range(2):
                await lead(pilot, "space", "h", *"12", "enter", *"30", "enter")
                assert "42 of 42 have voted" in seen(pilot.app)
                await lead(pilot, "space")
                assert "Round 1 closed: 42 of 42 voted" in seen(pilot.app)
                await lead(pilot, "space")
                assert "42 of them raised hands" in seen(pilot.app)
                assert "12 (29%)" in seen(pilot.app)
                assert "30 (71%)" in seen(pilot.app)
                await lead(pilot, "space")
            assert "The session is over" in seen(pilot.app)
            assert "2 questions explained" in seen(pilot.app)
            assert "netral report K7M2QX" in seen(pilot.app)
        kept = Room.replay(hall.record.setup, hall.store.events(hall.record.id))
        assert [kept.ballot(id, 1).hands for id in deck] == [Hands(12, 30)] * 2


async def test_a_count_of_hands_can_be_corrected_after_the_close_and_left_as_it_is(
    hall: Hall,
) -> None:
    async with hall.app().run_test() as pilot:
        await lead(pilot, "space", "space", "h", "5", "enter", "6", "enter", "space")
        assert "11 of 11" in seen(pilot.app)
        await lead(pilot, "h", "9", "escape")
        assert "11 of 11" in seen(pilot.app)
        await lead(pilot, "h", "enter", "8", "enter")
        assert "13 of 13" in seen(pilot.app)
        await lead(pilot, "space")
        assert "h" not in all_keys(pilot)


async def test_votes_and_hands_are_shown_together(hall: Hall) -> None:
    async with hall.app().run_test() as pilot:
        await hall.come(10)
        await lead(pilot, "space", "space")
        await hall.vote(right=4, wrong=2)
        await lead(pilot, "h", "3", "enter", "enter")
        assert "9 of 13 have voted" in seen(pilot.app)


async def test_a_storm_of_votes_is_painted_at_most_ten_times_a_second(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with hall.app().run_test() as pilot:
        await hall.come(200)
        await lead(pilot, "space", "space")
        painted = []
        show = host(pilot).show
        monkeypatch.setattr(host(pilot), "show", lambda: (painted.append(1), show()))
        started = asyncio.get_running_loop().time()
        await hall.vote(right=100, wrong=100)
        await until(pilot, lambda: "200 of 200" in seen(pilot.app))
        took = asyncio.get_running_loop().time() - started
        assert 1 <= len(painted) <= took * 10 + 1


async def test_from_the_start_the_collector_steps_in_rarely(hall: Hall) -> None:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    try:
        async with hall.app().run_test():
            assert gc.get_threshold()[0] >= 50_000
    finally:
        gc.set_threshold(*before)


async def test_a_clock_counts_up_and_never_ends_a_vote(hall: Hall) -> None:
    async with hall.app().run_test() as pilot:
        await lead(pilot, "space")
        hall.wait(minutes=3)
        await lead(pilot, "space")
        assert "00:00" in seen(pilot.app)
        hall.wait(minutes=61, seconds=5)
        await until(pilot, lambda: "61:05" in seen(pilot.app))
        assert hall.phase is Phase.VOTING


async def test_the_clock_tells_how_long_the_room_has_been_discussing(hall: Hall) -> None:
    async with hall.app().run_test() as pilot:
        await lead(pilot, "space", "space")
        hall.wait(minutes=3)
        await lead(pilot, "space", "d")
        assert "00:00" in seen(pilot.app)
        hall.wait(minutes=2, seconds=5)
        await until(pilot, lambda: "02:05" in seen(pilot.app))


async def test_a_clock_set_back_an_hour_during_a_question_shows_no_time_below_nothing(
    hall: Hall,
) -> None:
    async with hall.app().run_test() as pilot:
        await lead(pilot, "space", "space")
        hall.wait(minutes=2)
        await until(pilot, lambda: "02:00" in seen(pilot.app))
        hall.wait(hours=-1)
        await until(pilot, lambda: "00:00" in seen(pilot.app))
        await lead(pilot, "space")
        assert hall.phase is Phase.CLOSED


async def test_a_pause_stops_everything_until_it_ends(hall: Hall) -> None:
    async with hall.app().run_test() as pilot:
        await lead(pilot, "space", "space", "j")
        assert "The session is paused" in seen(pilot.app)
        assert hall.live.room.paused
        assert keys(pilot)["space"] == "Go on"
        assert not {"h", "d", "l", "o"} & all_keys(pilot)
        await lead(pilot, "j")
        assert "The session is paused" not in seen(pilot.app)
        assert hall.phase is Phase.VOTING


async def test_a_room_taken_up_again_waits_paused_with_all_that_was_said(
    hall: Hall,
) -> None:
    async with hall.app().run_test() as pilot:
        await hall.come(5)
        await lead(pilot, "space", "space")
        await hall.vote(right=2, wrong=1)
    hall.live = await type(hall.live).resume(hall.record, hall.store, hall.bank, hall.now)
    async with hall.app().run_test() as pilot:
        assert "The session is paused" in seen(pilot.app)
        await lead(pilot, "space")
        assert hall.live.room.voting
        assert "3 of 3 have voted" in seen(pilot.app)


async def test_skipping_and_ending_are_asked_about(hall: Hall) -> None:
    async with hall.app().run_test() as pilot:
        await lead(pilot, "space", "l", "enter")
        assert hall.live.room.number == 1
        await lead(pilot, "l", "down", "enter")
        assert hall.live.room.number == 2
        await lead(pilot, "e", "escape")
        assert hall.phase is Phase.READING
        await lead(pilot, "e", "y")
        assert hall.phase is Phase.DONE
        assert "The session is over" in seen(pilot.app)
        assert keys(pilot)["q"] == "Close"


async def test_the_last_result_can_be_shown_again(hall: Hall) -> None:
    async with hall.app().run_test(size=(80, 40)) as pilot:
        await lead(pilot, "space", "space", "h", "5", "enter", "6", "enter", *["space"] * 3)
        assert "5 (45%)" not in seen(pilot.app)
        await lead(pilot, "b")
        assert "An earlier result" in seen(pilot.app)
        assert "5 (45%)" in seen(pilot.app)
        assert "Question 1 of 12" in seen(pilot.app)
        assert keys(pilot)["space"] == "Back to the question"
        await lead(pilot, "space")
        assert "Question 2 of 12" in seen(pilot.app)


async def test_what_cannot_be_kept_is_said_and_nothing_has_happened(hall: Hall) -> None:
    async with hall.app().run_test(size=WIDE, notifications=True) as pilot:
        await lead(pilot, "space")
        with closing(sqlite3.connect(hall.store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await lead(pilot, "space")
            await until(pilot, lambda: "Another program" in seen(pilot.app))
            assert hall.phase is Phase.READING
            assert keys(pilot)["space"] == "Open the vote"
            other.execute("ROLLBACK")
        await lead(pilot, "space")
        assert hall.phase is Phase.VOTING


async def test_a_door_that_breaks_is_said_and_hands_go_on(hall: Hall) -> None:
    async with hall.app().run_test(size=WIDE, notifications=True) as pilot:
        await until(pilot, lambda: hall.door.served)
        assert ADDRESS in seen(pilot.app)
        hall.door.broken = OSError("the [red]cable[/red] was pulled")
        hall.door.closing.set()
        await until(pilot, lambda: "(the [red]cable[/red]" in seen(pilot.app))
        assert ADDRESS not in seen(pilot.app)
        assert "No phone can come in here" in seen(pilot.app)
        await lead(pilot, "space", "space", "h", "1", "enter", "1", "enter")
        assert "2 of 2 have voted" in seen(pilot.app)


async def test_a_page_that_fails_is_said_and_the_screen_goes_on(hall: Hall) -> None:
    async with hall.app().run_test(size=WIDE, notifications=True) as pilot:
        loop = asyncio.get_running_loop()
        loop.call_exception_handler({"message": "x", "exception": ValueError("page [b]failed")})
        await until(pilot, lambda: "ValueError(" in seen(pilot.app))
        assert "[b]" in seen(pilot.app)
        await lead(pilot, "space")
        assert hall.phase is Phase.READING


async def test_another_address_is_given_out_and_shown(hall: Hall) -> None:
    hall.door.network = ["192.168.1.20"]
    async with hall.app().run_test(size=WIDE, notifications=True) as pilot:
        await lead(pilot, "a")
        assert "10.7.7.7" not in seen(pilot.app)
        hall.door.network = ["192.168.1.20", "10.7.7.7"]
        await lead(pilot, "escape", "a", "down", "enter")
        assert "http://10.7.7.7:8000" in seen(pilot.app)
        hall.door.refusing = StoreFull("The disk is full.", "Make room.")
        await lead(pilot, "a", "enter")
        assert "The disk is full." in seen(pilot.app)
        assert "http://192.168.1.20:8000" in seen(pilot.app)


async def test_without_a_network_the_screen_says_so_until_there_is_one(hall: Hall) -> None:
    hall.door.address = ""
    async with hall.app().run_test(size=WIDE) as pilot:
        assert "This computer is in no network." in seen(pilot.app)
        await lead(pilot, "a")
        assert "This computer is in no network. Join one" in seen(pilot.app)
        hall.door.network = ["fd00::7"]
        await lead(pilot, "escape", "a", "enter")
        assert "http://fd00::7:8000" in seen(pilot.app)
        assert "no network" not in seen(pilot.app)


async def test_after_a_minute_without_anyone_the_screen_says_what_usually_blocks(
    hall: Hall,
) -> None:
    async with hall.app().run_test(size=WIDE) as pilot:
        hall.wait(seconds=59)
        await pilot.pause(0.15)
        assert "firewall" not in seen(pilot.app)
        hall.wait(seconds=1)
        await until(pilot, lambda: "firewall" in seen(pilot.app))
        await hall.come(1)
        await until(pilot, lambda: "1 person is here" in seen(pilot.app))
        assert "firewall" not in seen(pilot.app)


async def test_the_projector_is_found_and_its_type_grows(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    app = hall.app()
    monkeypatch.setattr(app, "open_url", opened.append)
    async with app.run_test(size=WIDE) as pilot:
        await lead(pilot, "plus")
        assert hall.live.scale > 1
        await lead(pilot, "minus", "minus")
        assert hall.live.scale < 1
        await lead(pilot, "p")
        assert f"{ADDRESS}/layar?k=secret" in seen(app)
        await press(pilot, "enter")
        assert opened == [f"{ADDRESS}/layar?k=secret"]


async def test_closing_is_asked_about_and_twice_is_meant(hall: Hall) -> None:
    async with hall.app().run_test() as pilot:
        await lead(pilot, "space", "ctrl+q")
        assert "netral host --resume" in seen(pilot.app)
        await press(pilot, "enter")
        assert screens(pilot.app) == ["HostScreen"]
        assert pilot.app.is_running
        await press(pilot, "ctrl+q", "ctrl+c")
        await until(pilot, lambda: not pilot.app.is_running)
    assert hall.phase is Phase.READING


async def test_what_has_ended_closes_without_being_asked(hall: Hall) -> None:
    async with hall.app().run_test() as pilot:
        await lead(pilot, "e", "y")
        pilot.app.simulate_key("q")
        await until(pilot, lambda: not pilot.app.is_running)


async def test_a_situation_that_leaves_no_room_is_folded_and_unfolds(hall: Hall) -> None:
    start = next(iter(hall.bank.scenarios)).situation.say("en")[:40]
    async with hall.app().run_test(size=(60, 20)) as pilot:
        await lead(pilot, "space")
        assert start in seen(pilot.app)
        await lead(pilot, "space")
        assert start not in seen(pilot.app)
        assert "have voted" in seen(pilot.app)
        await press(pilot, "c")
        assert start in seen(pilot.app)
        await press(pilot, "c")
        assert start not in seen(pilot.app)


async def test_a_long_explanation_is_read_on_with_keys(hall: Hall) -> None:
    async with hall.app().run_test(size=(80, 24)) as pilot:
        await lead(pilot, *["space"] * 4)
        before = seen(pilot.app)
        assert keys(pilot)["pagedown"] == "▼ More"
        await press(pilot, "pagedown", "down")
        assert seen(pilot.app) != before
        await press(pilot, "pageup", "up")
        assert seen(pilot.app) == before


async def test_what_changes_leaves_the_place_where_one_reads_and_a_move_goes_to_the_top(
    hall: Hall,
) -> None:
    async with hall.app().run_test(size=(60, 20)) as pilot:
        await hall.come(9)
        await lead(pilot, "space", "space", "f", "y", "c")
        page = host(pilot).query_one(Page)
        await press(pilot, "pagedown")
        assert (place := page.scroll_y) > 0
        await hall.vote(right=5, wrong=4)
        await until(pilot, lambda: "5 (56%)" in seen(pilot.app))
        assert page.scroll_y == place
        await lead(pilot, "space")
        assert page.scroll_y == 0


async def test_there_is_a_facilitators_view_only_of_what_a_hall_must_not_see(hall: Hall) -> None:
    async with hall.app().run_test() as pilot:
        assert "f" not in all_keys(pilot)
        await lead(pilot, "space")
        assert "f" in all_keys(pilot)
        await lead(pilot, "f", "y", *["space"] * 3)
        assert hall.phase is Phase.REVEALED
        assert "f" in all_keys(pilot)
        await lead(pilot, "f")
        assert "f" not in all_keys(pilot)


async def test_the_end_names_principles_and_what_was_missed_most(
    tmp_path: Path, bank: Bank
) -> None:
    deck = tuple(bank.question)[:2]
    with hall_in(tmp_path, bank, deck=deck, teams=2) as hall:
        async with hall.app().run_test(size=WIDE) as pilot:
            await hall.come(10)
            for right in (3, 9):
                await lead(pilot, "space") if hall.phase is Phase.LOBBY else None
                await lead(pilot, "space")
                await hall.vote(right, 10 - right)
                await lead(pilot, "space", "space", "space")
            shown = seen(pilot.app)
            assert "2 questions explained · 10 participants" in shown
            assert bank.principles[bank.home_of[deck[0]].principle].name.say("en") in shown
            assert "60%" in shown
            assert f"30% right     {bank.question[deck[0]].act.say('en')[:30]}" in shown
            assert "Team 1" in shown


async def test_help_lists_the_keys_and_closes(hall: Hall) -> None:
    async with hall.app().run_test() as pilot:
        await press(pilot, "question_mark")
        assert "take down raised hands" in seen(pilot.app)
        await press(pilot, "question_mark")
        assert screens(pilot.app) == ["HostScreen"]


async def test_words_come_in_the_language_of_the_interface(tmp_path: Path, bank: Bank) -> None:
    from quiz import i18n

    i18n.install("id")
    with hall_in(tmp_path, bank, language="id") as hall:
        async with hall.app().run_test() as pilot:
            assert "Spasi Mulai" in seen(pilot.app)
            await lead(pilot, "space", "space")
            assert "0 dari 0 sudah memilih" in seen(pilot.app)
