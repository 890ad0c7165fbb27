"""A room under load: who waits how long, beside a bare starlette echo under the same crowd.

    python tests/bench/load.py              300, 1,000, 3,000 and 5,000 participants
    python tests/bench/load.py --only 300

`netral host` runs on a real pseudo-terminal; the crowd is this process. Everybody joins, follows,
votes within five seconds on a new connection each, and gets the reveal. Exits with 1 where a bound
is missed or an acknowledged vote is not in the database.
"""

import argparse
import asyncio
import gc
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "bench"))

from crowd import Ballots, Crowd  # noqa: E402  after the path is set
from led import Led, free_port  # noqa: E402  after the path is set

SIZES = (300, 1000, 3000, 5000)
WINDOW = 5.0
P99, REVEAL, BACK, KEY = 0.050, 1.5, 10.0, 0.5


@dataclass
class Run:
    """What one crowd saw; times in seconds, `peak` in MB."""

    size: int
    ballots: Ballots
    reveal: float
    back: float
    peak: float = 0.0
    lost: int = 0
    keys: tuple[float, ...] = ()

    @property
    def missed(self) -> list[str]:
        """Which bounds were missed."""
        bounds = {
            "acknowledgement p99": self.ballots.share(99) <= P99,
            "reveal": self.reveal <= REVEAL,
            "back": self.back <= BACK,
            "key": max(self.keys) <= KEY,
            "lost votes": self.lost == 0,
            "refused votes": not self.ballots.refused,
        }
        return [name for name, kept in bounds.items() if not kept]


async def hosted(size: int) -> Run:
    """One crowd in a room that `netral host` leads."""
    with tempfile.TemporaryDirectory() as home:
        led = Led(Path(home), free_port())
        await led.start("-n", "2", "--seed", "1")
        try:
            return await _evening(led, Crowd(led.port), size)
        finally:
            led.kill()


async def _evening(led: Led, crowd: Crowd, size: int) -> Run:
    record = led.record()
    question = record.setup.deck[0]
    await crowd.join(record.code, size)
    await crowd.follow()
    for _start_and_open in range(2):
        await _move(led, crowd)
    ballots = await crowd.vote(question, 1, WINDOW)
    await _move(led, crowd)
    reveal = await _move(led, crowd)
    coming = asyncio.ensure_future(crowd.follow(at_once=size))
    keys = []
    while not coming.done() or not keys:
        keys.append(await led.key("?", "scroll"))
        keys.append(await led.key("escape", "Group"))
    back = await coming
    # Whoever was told that a vote is recorded finds this very vote in the file, and once.
    rows = led.votes(question, 1)
    kept = dict(rows)
    lost = sum(kept.get(id) != verdict for id, verdict in ballots.acknowledged.items())
    lost += len(rows) - len(kept)
    crowd.close()
    return Run(size, ballots, reveal, back, led.peak(), lost, tuple(keys))


async def _move(led: Led, crowd: Crowd) -> float:
    """The facilitator's usual key; seconds until everybody has what came of it."""
    before, began = crowd.version, await led.usual()
    return await crowd.reached(before) - began


async def bare(size: int) -> Run:
    """The same crowd at a bare echo."""
    crowd = Crowd(free_port())
    command = [sys.executable, str(Path(__file__).with_name("echo.py")), str(crowd.port)]
    with subprocess.Popen(command) as server:
        try:
            while (await crowd.ask("POST", "/api/join", body={}))[0] != 200:
                await asyncio.sleep(0.05)
            await crowd.join("", size)
            await crowd.follow()
            ballots = await crowd.vote("", 1, WINDOW)
            before, began = crowd.version, time.perf_counter()
            await crowd.ask("POST", "/api/reveal")
            reveal = await crowd.reached(before) - began
            back = await crowd.follow(at_once=size)
            crowd.close()
        finally:
            server.kill()
    return Run(size, ballots, reveal, back)


def main() -> int:
    """Print the table; 1 where something is not as it has to be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", type=int, metavar="N", help="a crowd of this size alone")
    only = parser.parse_args().only
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    print("people  server  p50 ms  p99 ms  max ms  reveal s  back s  key ms  peak MB  acked  lost")
    # The crowd must not be what is waited for.
    gc.disable()
    failed = False
    for size in (only,) if only else SIZES:
        echo = asyncio.run(bare(size))
        _print("echo", echo)
        run = asyncio.run(hosted(size))
        _print("netral", run)
        if run.missed:
            print(f"        missed: {', '.join(run.missed)}; refused {run.ballots.refused}")
        failed |= bool(run.missed)
    print(
        f"bounds          -  {P99 * 1000:6.0f}       -  {REVEAL:8.1f}  {BACK:6.0f}"
        f"  {KEY * 1000:6.0f}        -    all     0"
    )
    return failed


def _print(name: str, run: Run) -> None:
    ballots = run.ballots
    key = f"{max(run.keys) * 1000:6.0f}" if run.keys else "     -"
    tail = f"{run.peak:7.0f}  {len(ballots.acknowledged):5}  {run.lost:4}" if run.peak else ""
    print(
        f"{run.size:6,}  {name:6}  {ballots.share(50) * 1000:6.1f}  "
        f"{ballots.share(99) * 1000:6.1f}  {ballots.share(100) * 1000:6.1f}  {run.reveal:8.2f}  "
        f"{run.back:6.2f}  {key}  {tail}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
