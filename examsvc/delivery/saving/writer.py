"""The writer: batches that wait while a commit is under way share the next one.

There is no window to wait for: whoever finds nobody writing leads a round at once, with all that wait by then, and
hands the lead to the first of those who came meanwhile. Nobody is answered before the commit.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock

from examsvc.core.errors import Refusal
from examsvc.delivery.saving.entries import Batch
from examsvc.delivery.saving.rounds import Alone, Outcome, Saved

MOST_TOGETHER = 256
"""Batches in one round: what a transaction holds, and how long its last one waits, stays bounded."""


class Waiting:
    """A batch whose sender waits at a gate: opened with its outcome, or without one when it is its turn to lead."""

    __slots__ = ("batch", "gate", "outcome")

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.outcome: Outcome | None = None
        self.gate = Lock()
        self.gate.acquire()


class Writer:
    """Takes batches from many threads or greenlets; `run` stores a round and tells what became of each."""

    def __init__(self, run: Callable[[Sequence[Batch]], Sequence[Outcome]]) -> None:
        self._run = run
        self._lock = Lock()
        self._waiting: deque[Waiting] = deque()
        self._is_led = False

    def save(self, batch: Batch) -> Saved:
        """Return how the sitting stands once the batch is committed; raises its Refusal, or Alone."""
        own = Waiting(batch)
        with self._lock:
            self._waiting.append(own)
            leads, self._is_led = not self._is_led, True
        if not leads:
            self._wait(own)
        if own.outcome is None:
            self._lead()
        return told(own.outcome)

    def _wait(self, own: Waiting) -> None:
        try:
            own.gate.acquire()
        except BaseException:  # the sender was stopped: the lead that it was given must not end with it
            with self._lock:
                had_lead = own.outcome is None and own in self._waiting and not own.gate.locked()
                if own in self._waiting:
                    self._waiting.remove(own)
            if had_lead:
                self._hand_over()
            raise

    def _lead(self) -> None:
        together: list[Waiting] = []
        try:
            time.sleep(0)  # whoever has arrived already, and was not served yet, comes along
            together = self._taken()
            store(self._run, together)
        finally:
            self._hand_over()
            open_gates(together)

    def _taken(self) -> list[Waiting]:
        with self._lock:
            return [self._waiting.popleft() for _ in range(min(MOST_TOGETHER, len(self._waiting)))]

    def _hand_over(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting[0].gate.release()
            else:
                self._is_led = False


def store(run: Callable[[Sequence[Batch]], Sequence[Outcome]], together: Sequence[Waiting]) -> None:
    """Store a round and note what became of each batch; raises what `run` raises."""
    outcomes = run([waiting.batch for waiting in together])
    for waiting, outcome in zip(together, outcomes, strict=True):
        waiting.outcome = outcome


def open_gates(together: Sequence[Waiting]) -> None:
    """Let the senders go on; who has no outcome is to save alone."""
    for waiting in together:
        waiting.outcome = waiting.outcome or Alone()
        waiting.gate.release()


def told(outcome: Outcome | None) -> Saved:
    """Return what was saved, or raise why it was not."""
    if isinstance(outcome, Saved):
        return outcome
    raise outcome if isinstance(outcome, Refusal) else Alone
