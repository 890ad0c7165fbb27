"""How fast Netral is, as ratios from one run, each against a yardstick run in turn with it.

    python tests/bench/speed.py            all three
    python tests/bench/speed.py start      start to first question  / a Textual app with one Static
    python tests/bench/speed.py key        key to feedback painted  / that app updating its Static
    python tests/bench/speed.py check      `netral check`           / PyYAML's C loader, same files

Times are of whole processes on a real pseudo-terminal. Machines are shared and noisy: what counts
is the ratio of the medians. Every program is compiled beforehand, as installing it does.
"""

import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from terminal import Terminal  # noqa: E402  after the path is set

from quiz.lint.budgets import ACT as MOST_WORDS  # noqa: E402  after the path is set

YARDSTICK = [sys.executable, str(Path(__file__).with_name("yardstick.py"))]
os.environ["PYTHONDONTWRITEBYTECODE"] = ""
NETRAL = [str(Path(sys.executable).with_name("netral")), "--lang", "en"]
IDS = re.compile(r"^(id: |  - id: |    contrast: )(\S+)$", re.MULTILINE)
ACT = re.compile(r"^    act:\n(?:^      .*\n)+", re.MULTILINE)
QUOTE = re.compile(r"^      - source: (\S+)\n        quote:.*\n(?:^          .*\n)*", re.MULTILINE)
READ_ALL = """
import sys, yaml
from pathlib import Path
for path in Path(sys.argv[1]).rglob("*.yaml"):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
"""


def until(terminal: Terminal, words: bytes, seconds: float = 30) -> None:
    """Read until `words` have been painted since the last key."""
    end = time.monotonic() + seconds
    while words not in terminal.raw:
        if time.monotonic() > end:
            raise SystemExit(f"{words!r} was not painted:\n{terminal.text}")
        terminal.read(0.5)


def painted(command: list[str], words: bytes, home: str) -> float:
    """Seconds from the start of a process until `words` are painted."""
    start = time.perf_counter()
    with Terminal(command, {**os.environ, "NETRAL_HOME": home}) as terminal:
        until(terminal, words)
        return time.perf_counter() - start


def start(runs: int = 15) -> None:
    """(a) From the start of the process to the first question painted; at most 1.6."""
    with tempfile.TemporaryDirectory() as home:
        pairs = [
            (
                painted([*NETRAL, "play"], b"Is this act neutral?", home),
                painted(YARDSTICK, b"tick 0", home),
            )
            for _ in range(runs + 1)
        ][1:]
    report("start to first question / Textual with one Static", pairs, 1.6)


def key(runs: int = 60) -> None:
    """(b) From a key to its feedback painted; at most 3 in the median."""
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "NETRAL_HOME": home}
        command = [*NETRAL, "play", "-n", str(runs + 1), "--seed", "1"]
        with Terminal(command, environ) as netral, Terminal(YARDSTICK, environ) as yardstick:
            until(netral, b"Question 1 of")
            until(yardstick, b"tick 0")
            pairs = []
            for number in range(1, runs + 1):
                answered = timed(netral, "1", b"this is not neutral", b"Right: neutral")
                ticked = timed(yardstick, "x", f"tick {number}".encode())
                pairs.append((answered, ticked))
                timed(netral, "\r", f"Question {number + 1} of".encode())
    report("key to feedback / updating a Static", pairs, 3)


def timed(terminal: Terminal, key: str, *words: bytes) -> float:
    """Seconds from a key until any of `words` is painted."""
    settle(terminal)
    terminal.raw = b""
    start = time.perf_counter()
    terminal.press(key)
    while not any(word in terminal.raw for word in words):
        if time.perf_counter() - start > 10:
            raise SystemExit(f"{words!r} was not painted:\n{terminal.text}")
        terminal.read(0.5)
    return time.perf_counter() - start


def settle(terminal: Terminal) -> None:
    """Let the program finish painting."""
    while terminal.read(0.05):
        pass


def check(runs: int = 5, scenarios: int = 1000) -> None:
    """(c) `netral check` on generated scenarios; at most 2."""
    with tempfile.TemporaryDirectory() as folder:
        bank = Path(folder)
        generate(bank, scenarios)
        files = sum(path.stat().st_size for path in (bank / "scenarios").rglob("*.yaml"))
        print(f"{scenarios} scenarios, {files / 1e6:.1f} MB of YAML")
        pairs = [
            (
                whole([*NETRAL, "check", folder]),
                whole([sys.executable, "-c", READ_ALL, str(bank / "scenarios")]),
            )
            for _ in range(runs)
        ]
    report("netral check / PyYAML's C loader", pairs, 2)


def generate(bank: Path, number: int) -> None:
    """A bank of `number` scenarios in which the check finds nothing.

    They are the bundled ones over and over, under ids of their own, each act with its number of
    words drawn from those of all acts, each quote a run of words that nobody else quotes.
    """
    shutil.copytree(ROOT / "seeds", bank / "seeds")
    (bank / "scenarios").mkdir()
    for name in ("bank.yaml", "laws.yaml"):
        shutil.copy(ROOT / "scenarios" / name, bank / "scenarios")
    originals = sorted((ROOT / "scenarios").glob("*/*.yaml"))
    texts = [path.read_text(encoding="utf-8") for path in originals]
    draw = random.Random(1)
    act, quote = acts_from(texts, draw), quotes_from(ROOT / "seeds", draw)
    for count in range(number):
        copy, index = divmod(count, len(originals))
        original, text = originals[index], QUOTE.sub(quote, ACT.sub(act, texts[index]))
        if copy:
            text = IDS.sub(rf"\1\2-{copy}", text)
        name = f"{original.stem}-{copy}" if copy else original.stem
        target = bank / "scenarios" / original.parent.name / f"{name}.yaml"
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")


def acts_from(texts: list[str], draw: random.Random) -> Callable[[re.Match[str]], str]:
    """Makes of an act one of as many words, drawn from the acts in `texts`."""
    pool: dict[str, list[str]] = {}
    for text in texts:
        for found in ACT.finditer(text):
            for language, words in yaml.safe_load(found.group())["act"].items():
                pool.setdefault(language, []).extend(words.split())

    def act(found: re.Match[str]) -> str:
        lines = ["    act:"]
        for language, words in yaml.safe_load(found.group())["act"].items():
            drawn = draw.choices(pool[language], k=min(len(words.split()), MOST_WORDS))
            lines += [f"      {language}: >-", block(drawn, 8)]
        return "\n".join(lines) + "\n"

    return act


def quotes_from(seeds: Path, draw: random.Random) -> Callable[[re.Match[str]], str]:
    """Makes of a quote another run of 5 to 40 words of its source, each only once."""
    runs: dict[str, list[list[str]]] = {}
    for path in seeds.glob("*.md"):
        body = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        runs[path.stem] = [
            words[start:end]
            for words in map(str.split, body.split("\n\n"))
            for start in range(len(words))
            for end in range(start + 5, min(start + 40, len(words)) + 1)
        ]
        draw.shuffle(runs[path.stem])

    def quote(found: re.Match[str]) -> str:
        run = block(runs[found[1]].pop(), 10)
        return f"      - source: {found[1]}\n        quote: >-\n{run}\n"

    return quote


def block(words: list[str], indent: int) -> str:
    """Words as the lines of a folded scalar."""
    return textwrap.indent(
        textwrap.fill(" ".join(words), 100 - indent, break_on_hyphens=False), " " * indent
    )


def whole(command: list[str]) -> float:
    """Seconds a process takes from start to end; it must succeed."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    seconds = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{command} ended with {done.returncode}:\n{done.stdout[:2000]}")
    return seconds


def report(name: str, pairs: list[tuple[float, float]], bound: float) -> None:
    """Print both medians and their ratio, with the range of the ratios pair by pair."""
    ours = statistics.median(pair[0] for pair in pairs)
    theirs = statistics.median(pair[1] for pair in pairs)
    ratios = sorted(a / b for a, b in pairs)
    print(
        f"{name}: {ours / theirs:.2f} (bound {bound}); medians {ours * 1000:.0f} ms and "
        f"{theirs * 1000:.0f} ms, pairs {ratios[0]:.2f} to {ratios[-1]:.2f}, {len(pairs)} of each"
    )


if __name__ == "__main__":
    parts: dict[str, Callable[[], None]] = {"start": start, "key": key, "check": check}
    for part in sys.argv[1:] or parts:
        parts[part]()
