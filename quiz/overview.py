"""A learner's progress as a store has it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from quiz import stats
from quiz.history import Entry
from quiz.models import Bank
from quiz.store import Run, Store


def overview(
    bank: Bank,
    store: Store,
    log: Sequence[Entry],
    now: datetime,
    local: Callable[[datetime], date],
    horizon: date | None,
) -> tuple[stats.Progress, Run | None]:
    """The progress, and the session that can be continued. Raises StoreError.

    `log` is the history in that store; the other arguments are those of `stats.progress`.
    """
    id = bank.manifest.id
    run = store.unfinished(id)
    if run and run.session.within(bank.question).done:
        run = None
    tests = store.tests(id)
    unfinished = run is not None
    return stats.progress(bank, log, tests, now, local, horizon=horizon, unfinished=unfinished), run
