"""A room whose host is killed in the middle of a vote, again and again.

    python tests/bench/crash.py             twenty kills
    python tests/bench/crash.py --kills 2

Each time everybody votes, the host gets a SIGKILL somewhere in between, and `netral host --resume`
goes on. Exits with 1 where an acknowledged vote is lost, one is counted twice, or going on takes
longer than it may.
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "bench"))

from crowd import Ballots, Crowd  # noqa: E402  after the path is set
from led import Led, free_port  # noqa: E402  after the path is set

from quiz.phases import Phase  # noqa: E402  after the path is set

PEOPLE = 200
WINDOW = 1.0
RESUME = 2.0


@dataclass
class Crashes:
    """What the kills did; `resumed` in seconds each."""

    acknowledged: int = 0
    unanswered: int = 0
    lost: int = 0
    twice: int = 0
    strangers: int = 0
    resumed: list[float] = field(default_factory=list)


async def crashes(home: Path, kills: int, people: int = PEOPLE, seed: int = 1) -> Crashes:
    """Kill the host of one room `kills` times, at moments that `seed` chooses."""
    found, draw = Crashes(), random.Random(seed)
    led = Led(home, free_port())
    await led.start("-n", str(kills), "--seed", "1")
    try:
        record = led.record()
        crowd = Crowd(led.port)
        await crowd.join(record.code, people)
        for question in record.setup.deck[:kills]:
            await _go_on(led, Phase.VOTING)
            voting = asyncio.ensure_future(crowd.vote(question, 1, WINDOW))
            await asyncio.sleep(1.0 + WINDOW * draw.uniform(0.2, 0.8))
            led.kill()
            ballots = await voting
            began = time.perf_counter()
            await led.start("--resume", record.code)
            # Only an answer to somebody who was in the room before shows that it goes on.
            status, _state = await crowd.ask("GET", "/api/state", next(iter(crowd.tokens.values())))
            assert status == 200, status
            found.resumed.append(time.perf_counter() - began)
            await _check(led, crowd, question, ballots, found)
            await _go_on(led, Phase.REVEALED)
    finally:
        led.kill()
    return found


async def _check(led: Led, crowd: Crowd, question: str, ballots: Ballots, found: Crashes) -> None:
    """Compare what people were told with what there is now."""
    rows = led.votes(question, 1)
    kept = dict(rows)
    told = ballots.acknowledged
    found.acknowledged += len(told)
    found.unanswered += sum(ballots.refused.values())
    found.lost += sum(kept.get(id) != verdict for id, verdict in told.items())
    found.twice += sum(count > 1 for count in Counter(id for id, _verdict in rows).values())
    counted = led.room().ballot(question, 1).votes
    found.twice += len(counted) - len(kept)
    answers = await asyncio.gather(
        *(crowd.ask("GET", "/api/state", token) for token in crowd.tokens.values())
    )
    found.strangers += sum(status != 200 for status, _state in answers)


async def _go_on(led: Led, phase: Phase) -> None:
    """Press the key that goes on until the room has come to `phase` and is not paused."""
    async with asyncio.timeout(20):
        while (room := led.room()).phase is not phase or room.paused:
            await led.usual()
            await asyncio.sleep(0.1)


def main() -> int:
    """Print the numbers; 1 where something is not as it has to be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20, metavar="N")
    kills = parser.parse_args().kills
    with tempfile.TemporaryDirectory() as home:
        found = asyncio.run(crashes(Path(home), kills))
    slowest = max(found.resumed)
    print(f"killed while {PEOPLE} people voted      {kills:6} times")
    print(f"votes acknowledged before a kill   {found.acknowledged:6}")
    print(f"votes that nobody answered         {found.unanswered:6}")
    print(f"acknowledged votes lost            {found.lost:6}   bound 0")
    print(f"votes counted twice                {found.twice:6}   bound 0")
    print(f"tokens no longer known             {found.strangers:6}   bound 0")
    print(f"going on, seconds, median          {statistics.median(found.resumed):6.2f}")
    print(f"going on, seconds, slowest         {slowest:6.2f}   bound {RESUME}")
    return bool(found.lost or found.twice or found.strangers or slowest > RESUME)


if __name__ == "__main__":
    sys.exit(main())
