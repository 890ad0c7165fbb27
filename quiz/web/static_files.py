"""Style, script and sign of the pages, each under an address that changes with its content."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "static"
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is sent."""

    content: bytes
    kind: str


@cache
def _links() -> dict[str, str]:
    return {
        path.name: f"{path.stem}.{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}{path.suffix}"
        for path in _FOLDER.iterdir()
        if path.suffix in _KINDS
    }


@cache
def _files() -> dict[str, StaticFile]:
    return {
        link: StaticFile(_lean(_FOLDER / name), _KINDS[Path(name).suffix])
        for name, link in _links().items()
    }


def _lean(path: Path) -> bytes:
    """A file without its comments and indentation, which a slow network need not carry."""
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")).encode()


def link(name: str) -> str:
    """The address of a file, which may be kept for ever."""
    return f"/static/{_links()[name]}"


def find(name: str) -> StaticFile | None:
    """The file that a link leads to."""
    return _files().get(name)
