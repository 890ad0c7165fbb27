"""What a log of 100,000 answers costs, as ratios and bounds from one run.

    python tests/bench/limits.py             all of it
    python tests/bench/limits.py home        home painted       / home on an empty log
    python tests/bench/limits.py progress    progress painted, and the most memory it took
    python tests/bench/limits.py figures     each part of the figures, in this process

Times are of whole processes on a real pseudo-terminal, in turn with one another.
"""

import json
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "bench"))

from speed import NETRAL, painted, report, settle, until  # noqa: E402  after the path is set
from terminal import Terminal  # noqa: E402  after the path is set

from quiz import bank as banks  # noqa: E402  after the path is set
from quiz.history import edition, present, stamp  # noqa: E402  after the path is set
from quiz.models import Bank, Confidence, Verdict  # noqa: E402  after the path is set
from quiz.store import Store  # noqa: E402  after the path is set

ANSWERS = 100_000
YEARS = 3
LENGTH = 10  # questions of a session
TABLES = {"session": 7, "answer": 9, "reading": 3, "ending": 3}


def grow(path: Path, bank: Bank, answers: int = ANSWERS) -> None:
    """Write a log of sessions spread over the years up to now, mostly answered rightly."""
    draw = random.Random(1)
    start = datetime.now(UTC) - timedelta(days=365 * YEARS)
    step = timedelta(days=365 * YEARS) / (answers // LENGTH)
    ids, editions = list(bank.question), {q.id: edition(q) for q in bank.question.values()}
    rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in TABLES}
    for number in range(1, answers // LENGTH + 1):
        at, deck = start + number * step, draw.sample(ids, LENGTH)
        uid = f"{draw.getrandbits(128):032x}"
        rows["session"].append(
            (number, uid, bank.manifest.id, "practice", "", json.dumps(deck), stamp(at))
        )
        for turn, id in enumerate(deck):
            verdict, moment = bank.question[id].verdict, stamp(at + turn * timedelta(seconds=40))
            given = verdict if draw.random() < 0.8 else draw.choice(list(Verdict))
            sure = draw.choice([None, *Confidence])
            rows["answer"].append((None, number, id, given, verdict, sure, editions[id], moment, 0))
            rows["reading"].append((number, id, moment))
        rows["ending"].append((number, "finished", moment))
    with closing(Store.open(path)) as store:
        connection = store._connection
        connection.execute("BEGIN")
        for table, columns in TABLES.items():
            marks = ", ".join("?" * columns)
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows[table])
        connection.execute("COMMIT")


def home(big: str, runs: int = 11) -> None:
    """Home painted; at most 1.2 times of an empty log's."""
    with tempfile.TemporaryDirectory() as empty:
        words = b"Quick practice"
        pairs = [(painted(NETRAL, words, big), painted(NETRAL, words, empty)) for _ in range(runs)]
    report(f"home with {ANSWERS:,} answers / home with none", pairs[1:], 1.2)


def progress(big: str, runs: int = 5) -> None:
    """From Enter on home to every figure painted, at most 1 s; and at most 150 MB."""
    seconds, most = [], []
    for _run in range(runs):
        with Terminal(NETRAL, {**os.environ, "NETRAL_HOME": big}) as netral:
            until(netral, b"Quick practice")
            settle(netral)
            while "▸ Progress" not in netral.text:
                netral.press("down")
                settle(netral)
            netral.raw = b""
            start = time.perf_counter()
            netral.press("enter")
            until(netral, f"{ANSWERS} answers".encode())
            seconds.append(time.perf_counter() - start)
            settle(netral)
            status = Path(f"/proc/{netral.pid}/status")
            if found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text()):
                most.append(int(found[1]) / 1000)
    print(
        f"progress painted: median {statistics.median(seconds):.2f} s (bound 1), "
        f"{min(seconds):.2f} to {max(seconds):.2f}, {runs} runs; "
        f"most memory {max(most):.0f} MB (bound 150)"
    )


def figures(big: str, runs: int = 5) -> None:
    """What each part costs by itself."""
    path, bank = Path(big) / "netral.db", sound()
    id = bank.manifest.id
    with closing(Store.open(path)) as store:
        history = store.history(id)
        parts: dict[str, Callable[[], object]] = {
            "opening, every page checked": lambda: Store.open(path).close(),
            "opening in a hurry": lambda: Store.open(path, hurried=True).close(),
            "the unfinished session": lambda: store.unfinished(id),
            "how often each was seen": lambda: store.seen(id),
            "the history": lambda: store.history(id),
            "what of it is present": lambda: present(bank, history),
            "export": store.export,
        }
        for name, part in parts.items():
            print(f"{name}: {statistics.median(timed(part) for _ in range(runs)) * 1000:.0f} ms")


def timed(part: Callable[[], object]) -> float:
    """Seconds that `part` takes."""
    start = time.perf_counter()
    part()
    return time.perf_counter() - start


def sound() -> Bank:
    """The bundled bank."""
    found, problems = banks.load(ROOT)
    if found is None:
        raise SystemExit(problems)
    return found


if __name__ == "__main__":
    known: dict[str, Callable[[str], None]] = {
        "home": home,
        "progress": progress,
        "figures": figures,
    }
    with tempfile.TemporaryDirectory() as folder:
        grow(Path(folder) / "netral.db", sound())
        for part in sys.argv[1:] or known:
            known[part](folder)
