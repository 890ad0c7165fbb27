"""A host that is killed in the middle of a vote, for real, on a terminal of its own."""

import asyncio
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


def test_a_killed_host_has_every_vote_it_acknowledged_once_and_knows_everybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parent / "bench")
    from crash import crashes

    found = asyncio.run(crashes(tmp_path, kills=2, people=40))
    assert found.acknowledged > 0, "the kills came before any vote"
    assert found.unanswered > 0, "the kills came after all votes"
    assert (found.lost, found.twice, found.strangers) == (0, 0, 0)
    assert len(found.resumed) == 2
