"""The writer of a database that many may write to: one thread of its own stores what waits, round after round.

While it waits for the database, pages are served; and it need not wait for all of them before it goes on.
"""

import logging
from collections.abc import Callable, Sequence

from examsvc.core import pressure
from examsvc.core.aside import Aside
from examsvc.core.rounds import MOST_TOGETHER, Waiting, do, open_gates, told
from examsvc.delivery.saving.entries import Batch
from examsvc.delivery.saving.rounds import Outcome, Saved

Sender = Waiting[Batch, Saved]

log = logging.getLogger(__name__)


class WriterAside:
    """Takes batches from many threads or greenlets; `run` stores a round and tells what became of each."""

    def __init__(self, run: Callable[[Sequence[Batch]], Sequence[Outcome]]) -> None:
        self._run = run
        self._aside: Aside[Sender] = Aside(self._store, most=MOST_TOGETHER, gathers=pressure.gathering_seconds)

    def join(self, batch: Batch) -> Saved:
        """Return how the sitting stands once the batch is committed; raises its Refusal, or Alone."""
        own: Sender = Waiting(batch)
        self._aside.put(own)
        own.gate.acquire()
        return told(own.outcome)

    def close(self) -> None:
        """Store what waits, and end the thread."""
        self._aside.close()

    def _store(self, together: list[Sender]) -> None:
        try:
            do(self._run, together)
        except Exception:  # the thread goes on, and alone each batch meets its own fault
            log.exception("a round broke")
        self._aside.tell(lambda: open_gates(together))
