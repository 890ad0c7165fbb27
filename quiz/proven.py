"""A bank that was found sound is remembered, so that the next start need not prove it again.

What is remembered holds for exactly the bytes that were checked: any change in any file of the
bank, in the code that checks it or in a version, and the bank is read and checked anew.
"""

import hashlib
import io
import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from quiz import __version__
from quiz.models import Bank

_DIGEST = 32  # bytes of a SHA-256
_PROGRAM = Path(__file__).parent
_CHECKING = ("bank", "crosscheck", "document", "models", "quotes", "validation")


def recall(root: Path, memory: Path, known: bytes) -> Bank | None:
    """The bank in the folder `root`, if `memory` holds the one with the fingerprint `known`.

    Raises OSError where nothing is kept, or it cannot be read.
    """
    kept = _file(root, memory).read_bytes()
    of, seal, body = kept[:_DIGEST], kept[_DIGEST : 2 * _DIGEST], kept[2 * _DIGEST :]
    if of != known or seal != hashlib.sha256(body).digest():
        return None
    bank = _Values(io.BytesIO(body)).load()
    return bank if isinstance(bank, Bank) else None


def remember(bank: Bank, root: Path, memory: Path, known: bytes) -> None:
    """Keep a bank that was read from `root` and found sound.

    `known` is the fingerprint taken before it was read, so that what was saved meanwhile is read
    again. Raises OSError where the bank cannot be kept.
    """
    body = pickle.dumps(bank, protocol=5)
    memory.mkdir(parents=True, exist_ok=True)
    draft = _file(root, memory).with_suffix(f".{os.getpid()}")
    draft.write_bytes(known + hashlib.sha256(body).digest() + body)
    draft.replace(_file(root, memory))


def fingerprint(root: Path) -> bytes:
    """A digest of every file of a bank, by name and content, and of what reads them."""
    digest = hashlib.sha256(f"{__version__} {sys.version}".encode())
    for module in _CHECKING:
        with suppress(FileNotFoundError):  # as where only bytecode is installed
            digest.update(hashlib.sha256((_PROGRAM / f"{module}.py").read_bytes()).digest())
    for folder in ("seeds", "scenarios"):
        for place, names, files in os.walk(root / folder):
            names.sort()
            for name in sorted(files):
                path = Path(place, name)
                digest.update(os.fsencode(path.relative_to(root)) + b"\0")
                # Anything but a file (a pipe would never end) is for the reader to complain of.
                content = path.read_bytes() if path.is_file() else b""
                digest.update(hashlib.sha256(content).digest())
    return digest.digest()


def _file(root: Path, memory: Path) -> Path:
    name = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:16]
    return memory / f"bank-{name}.proven"


class _Values(pickle.Unpickler):
    """Reads values of a bank, and nothing else that a pickle may name."""

    def find_class(self, module: str, name: str) -> Any:
        if module != "quiz.models":
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)
