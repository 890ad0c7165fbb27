# ruff: noqa: F811 - a fixture brought from elsewhere has the name of the argument
"""`netral join` as a process of its own, line by line, against a room in this one."""

import asyncio
import json
import os
import re
import stat
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from quiz.models import Verdict
from quiz.phases import Move
from quiz.votes import Vote
from tests.commandline import Netral
from tests.web.conftest import CODE, DECK, House, house, open_house, small_bank  # noqa: F401


@dataclass
class Terminal:
    """A participant's process: what is typed to it, and what it has said."""

    process: asyncio.subprocess.Process
    said: str = ""
    errors: str = ""
    _readers: list["asyncio.Task[None]"] = field(default_factory=list)

    def type(self, text: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(text.encode())

    async def says(self, words: str) -> None:
        for _turn in range(1000):
            if words in " ".join(self.said.split()):
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"never said {words!r}:\n{self.said}\n{self.errors}")

    async def ended(self) -> int:
        code = await asyncio.wait_for(self.process.wait(), 10)
        await asyncio.gather(*self._readers)
        assert "Traceback" not in self.errors
        assert "Fatal" not in self.errors
        return code

    async def read(self) -> None:
        assert self.process.stdout
        async for line in self.process.stdout:
            self.said += line.decode()

    async def read_errors(self) -> None:
        assert self.process.stderr
        async for line in self.process.stderr:
            self.errors += line.decode()


@asynccontextmanager
async def terminal(root: Path, *arguments: str) -> AsyncIterator[Terminal]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "quiz",
        "join",
        *arguments,
        cwd=root,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
    )
    terminal = Terminal(process)
    terminal._readers = [asyncio.ensure_future(r()) for r in (terminal.read, terminal.read_errors)]
    try:
        yield terminal
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await asyncio.gather(*terminal._readers)
        process._transport.close()


def here(house: House) -> str:
    return f"127.0.0.1:{house.port}"


async def test_a_whole_session_line_by_line(root: Path, house: House) -> None:
    async with terminal(root, here(house)) as person:
        person.type("nonsense\nk7m-2q5\n")
        await person.says("You are Cengkih 1 here.")
        await house.moves(Move.START, Move.OPEN)
        await person.says("Is this act neutral?")
        person.type("1\n")
        await person.says("Your vote is recorded.")
        assert house.live.room.ballot(DECK[0], 1).votes == {1: Vote(Verdict.NEUTRAL)}
        await house.moves(Move.CLOSE, Move.REVEAL)
        await person.says("Not quite: this is not neutral.")
        await house.moves(Move.END)
        assert await person.ended() == 0
    assert "0 of 1 right" in person.said
    assert person.said.split("0 of 1 right")[-1].strip().startswith("Not quite: ")
    assert "still to come from" not in person.said
    assert "\x1b" not in person.said


async def test_a_closed_terminal_comes_back_as_the_same_participant(
    root: Path, home: Path, house: House
) -> None:
    async with terminal(root, here(house), "--code", CODE) as person:
        await person.says("You are Cengkih 1 here.")
        person.type("q\n")
        assert await person.ended() == 0
    assert f"netral join http://{here(house)}" in person.errors
    if os.name == "posix":
        assert stat.S_IMODE((home / "joined.json").stat().st_mode) == 0o600
    async with terminal(root, here(house)) as person:
        await person.says("You are Cengkih 1 here.")
    assert len(house.live.room.participants) == 1


async def test_a_link_with_the_code_asks_for_nothing(root: Path, house: House) -> None:
    async with terminal(root, f"http://{here(house)}/g/{CODE}") as person:
        await person.says("You are Cengkih 1 here.")


async def test_a_personal_code_brings_one_back_elsewhere(root: Path, house: House) -> None:
    await house.live.join(None)
    code = await house.live.personal_code(1)
    async with terminal(root, here(house), "--personal", code) as person:
        await person.says("You are Cengkih 1 here.")
    assert len(house.live.room.participants) == 1


async def test_a_personal_code_is_shown_to_whoever_types_p(root: Path, house: House) -> None:
    async with terminal(root, here(house), "--code", CODE) as person:
        await person.says("type p and press Enter")
        person.type("p\n")
        await person.says("whoever has it can vote in your place")
        code = next(line for line in person.said.splitlines() if re.fullmatch(r"\w{4} \w{4}", line))
        assert f"http://{here(house)}" in person.said
    assert (await house.live.come_back(code.replace(" ", ""))) is not None


async def test_a_room_that_is_no_more_is_forgotten(root: Path, home: Path, house: House) -> None:
    known = [{"address": f"http://{here(house)}", "code": "AAA111", "token": "old"}]
    (home / "joined.json").write_text(json.dumps(known), encoding="utf-8")
    async with terminal(root, here(house)) as person:
        person.type(CODE + "\n")
        await person.says("You are Cengkih 1 here.")
    assert "old" not in (home / "joined.json").read_text(encoding="utf-8")


async def test_the_terminal_speaks_the_language_of_the_room(
    root: Path, open_house: Callable[..., object]
) -> None:
    house = await open_house(setup={"language": "id"})  # type: ignore[misc]
    async with terminal(root, here(house), "--code", CODE) as person:
        await person.says("Di sini Anda adalah Cengkih 1.")


async def test_a_wrong_code_ends_with_what_the_server_says(root: Path, house: House) -> None:
    async with terminal(root, here(house), "--code", "AAA111") as person:
        assert await person.ended() == 1
    assert "This code is not right." in person.errors


async def test_a_room_that_is_over_takes_nobody_in(root: Path, house: House) -> None:
    await house.moves(Move.START, Move.END)
    async with terminal(root, here(house), "--code", CODE) as person:
        assert await person.ended() == 1
    assert person.errors.strip()


def test_an_address_where_nobody_answers_is_said(netral: Netral) -> None:
    done = netral("join", "127.0.0.1:9", "--code", CODE)
    assert done.code == 1
    assert "Nobody answers at http://127.0.0.1:9." in done.err


@pytest.mark.parametrize("arguments", [["https://x"], ["127.0.0.1:9", "--code", "!!"]])
def test_what_makes_no_sense_is_refused(netral: Netral, arguments: list[str]) -> None:
    assert netral("join", *arguments).code == 2
