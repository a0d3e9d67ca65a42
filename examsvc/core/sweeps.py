"""Sweeps: work that is due because a row's state says so, done a row at a time, or in batches that fall apart."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import clock
from examsvc.core.db import Database

BATCH = 100
"""So many rows a transaction: short enough that an answer never waits for long."""

SELDOM = 5
"""In so many rounds what can wait is looked for once: it costs those who have little to do as much as what cannot."""

AT_ONCE = 2
"""So many batches at once: while PostgreSQL writes one, the next is reckoned."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sweep:
    """`due` names the rows that wait at `now`; `settle` settles one, in a transaction of its own.

    `settle` looks at the row again under lock: another worker, or the candidate, may have been faster. `settle_many`
    settles many at once; when one of them is bad they are all settled one by one.

    What comes in crowds, thousands in one moment, is settled beside the process that serves, where the database lets
    several write; no page is told by it. What can wait, and settles all that is due at once, is looked for in one round
    of SELDOM.
    """

    name: str
    due: Callable[[Session, datetime], Iterable[UUID]]
    settle: Callable[[Session, UUID, datetime], None]
    settle_many: Callable[[Session, Sequence[UUID], datetime], None] | None = None
    comes_in_crowds: bool = False
    can_wait: bool = False


@dataclass(frozen=True)
class Share:
    """Which rows are this process's, where several sweep the same: one of `count` parts, from 0 on."""

    number: int = 0
    count: int = 1

    def has(self, key: UUID) -> bool:
        """Return whether the row is in this part."""
        return key.int % self.count == self.number


WHOLE = Share()


def in_turn(sweeps: Sequence[Sweep]) -> Iterator[Sequence[Sweep]]:
    """Yield without end what each round is for: first all of them, then for a while those that cannot wait."""
    urgent = [sweep for sweep in sweeps if not sweep.can_wait]
    return cycle([sweeps, *([urgent] * (SELDOM - 1))])


def run(database: Database, sweeps: Iterable[Sweep], share: Share = WHOLE) -> int:
    """Run every sweep once over the share of its rows and return how many were settled.

    A bad row, and a sweep that cannot tell what is due, are logged and stop nothing else.
    """
    return sum(_run_one(database, sweep, share) for sweep in sweeps)


def _run_one(database: Database, sweep: Sweep, share: Share) -> int:
    try:
        with database.reading() as db:
            waiting = [key for key in sweep.due(db, clock.now()) if share.has(key)]
    except Exception:
        log.exception("a sweep failed", extra={"sweep": sweep.name})
        return 0
    batches = [waiting[start : start + BATCH] for start in range(0, len(waiting), BATCH)]
    if len(batches) < AT_ONCE or sweep.settle_many is None or database.is_sqlite:
        return sum(_settle_batch(database, sweep, batch) for batch in batches)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="sweep") as pool:
        return sum(pool.map(lambda batch: _settle_batch(database, sweep, batch), batches))


def _settle_batch(database: Database, sweep: Sweep, keys: Sequence[UUID]) -> int:
    if sweep.settle_many is None or len(keys) == 1:
        return sum(_settle(database, sweep, key) for key in keys)
    _give_way()
    try:
        with database.transaction() as db:
            sweep.settle_many(db, keys, clock.now())
    except Exception:
        log.exception("a batch of a sweep failed; its rows are tried one by one", extra={"sweep": sweep.name})
        return sum(_settle(database, sweep, key) for key in keys)
    return len(keys)


def _settle(database: Database, sweep: Sweep, key: UUID) -> bool:
    _give_way()
    try:
        with database.transaction() as db:
            sweep.settle(db, key, clock.now())
    except Exception:
        log.exception("sweep failed for one row", extra={"sweep": sweep.name, "row": str(key)})
        return False
    return True


def _give_way() -> None:
    time.sleep(0)  # under gevent the answers that wait for the writer get their turn between two transactions
