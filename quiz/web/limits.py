"""How much one may ask of the server: counts and budgets. Pure: the clock is an argument."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass

# Budgets that are full again are forgotten once there are more than this, and then each time that
# there are twice as many as were kept: whoever spends must not wait while all are looked through.
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and after that `each_second` more; both in moves."""

    at_once: float
    each_second: float


class Budgets:
    """What each of many may still do. A budget fills up again as time goes by."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._left: dict[Hashable, tuple[float, float]] = {}
        self._bound = _REMEMBERED

    def left(self, who: Hashable, now: float) -> float:
        """How many moves `who` has left; `now` in seconds of any clock that never goes back."""
        left, since = self._left.get(who, (self._rate.at_once, now))
        return min(self._rate.at_once, left + (now - since) * self._rate.each_second)

    def spend(self, who: Hashable, now: float) -> bool:
        """Take one move from the budget; False where there is none left."""
        left = self.left(who, now)
        if left < 1:
            return False
        if len(self._left) >= self._bound:
            self._forget(now)
        self._left[who] = left - 1, now
        return True

    def _forget(self, now: float) -> None:
        full = [who for who in self._left if self.left(who, now) >= self._rate.at_once]
        for who in full:
            del self._left[who]
        self._bound = max(_REMEMBERED, 2 * len(self._left))


class Codes:
    """Keeps codes from being tried out.

    Only wrong codes cost anything, and the right one is never delayed: whoever has used up his
    address's budget is refused before his code is looked at, and when many addresses try, what
    waits longer and longer is the answer that a code is wrong. An address may be that of a whole
    hall, hence sixty a minute rather than ten: in two hours that is one code in 10^5.
    """

    def __init__(self) -> None:
        self._each = Budgets(Rate(60, 1))
        self._all = Budgets(Rate(100, 100 / 60))
        self._excess = 0

    def may_try(self, address: str, now: float) -> bool:
        """Whether a code from this address is looked at."""
        return self._each.left(address, now) >= 1

    def wrong(self, address: str, now: float) -> float:
        """Take note of a wrong code; returns for how many seconds to delay saying so."""
        self._each.spend(address, now)
        if self._all.spend(None, now):
            self._excess = 0
            return 0.0
        self._excess += 1
        return min(5.0, 0.05 * self._excess)


class Census:
    """Who is connected. No address may hold more than three quarters of all connections.

    That is much for one address, but a whole hall may share one, and each phone holds two.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._each = max(1, most * 3 // 4)
        self._connected: Counter[str] = Counter()

    def enter(self, address: str) -> bool:
        """Count a connection; False, and not counted, where there is no room for it."""
        if self._connected.total() >= self.most or self._connected[address] >= self._each:
            return False
        self._connected[address] += 1
        return True

    def leave(self, address: str) -> None:
        """A connection that was counted has ended."""
        self._connected[address] -= 1
        if not self._connected[address]:
            del self._connected[address]
