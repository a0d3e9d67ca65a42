"""Rounds: what many wait for is done for all of them at once.

There is no window to wait for unless one is asked for: whoever finds nobody leading leads a round, with all that wait
by then, and hands the lead to the first of those who came meanwhile. Nobody goes on before the round is over.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

MOST_TOGETHER = 256
"""Orders in one round: what a transaction holds, and how long its last one waits, stays bounded."""

Order = TypeVar("Order")
Done = TypeVar("Done")


class Alone(Exception):
    """The order cannot be done with others."""


class Waiting(Generic[Order, Done]):
    """An order whose sender waits at a gate: opened with its outcome, or without one when it is its turn to lead."""

    __slots__ = ("gate", "order", "outcome")

    def __init__(self, order: Order) -> None:
        self.order = order
        self.outcome: Done | Exception | None = None
        self.gate = Lock()
        self.gate.acquire()


Run = Callable[[Sequence[Order]], Sequence[Done | Exception]]
"""Does the orders of a round and tells what became of each."""


class Rounds(Generic[Order, Done]):
    """Takes orders from many threads or greenlets; a leader waits `gathers()` seconds for others before its round."""

    def __init__(self, run: Run[Order, Done], *, gathers: Callable[[], float] = lambda: 0.0) -> None:
        self._run = run
        self._gathers = gathers
        self._lock = Lock()
        self._waiting: deque[Waiting[Order, Done]] = deque()
        self._is_led = False

    def join(self, order: Order) -> Done:
        """Return what was done; raises what became of it instead, Alone among it."""
        own: Waiting[Order, Done] = Waiting(order)
        with self._lock:
            self._waiting.append(own)
            leads, self._is_led = not self._is_led, True
        if not leads:
            self._wait(own)
        if own.outcome is None:
            self._lead(own)
        return told(own.outcome)

    def _wait(self, own: Waiting[Order, Done]) -> None:
        try:
            own.gate.acquire()
        except BaseException:  # the sender was stopped: the lead that it was given must not end with it
            with self._lock:
                had_lead = own.outcome is None and own in self._waiting and not own.gate.locked()
                if own in self._waiting:
                    self._waiting.remove(own)
            if had_lead:
                self._hand_over(own)
            raise

    def _lead(self, own: Waiting[Order, Done]) -> None:
        together: list[Waiting[Order, Done]] = []
        try:
            # Also for no time at all: whoever has arrived already, and was not served yet, comes along.
            time.sleep(self._gathers())
            together = self._taken()
            do(self._run, together)
        finally:
            self._hand_over(own)
            open_gates(together)

    def _taken(self) -> list[Waiting[Order, Done]]:
        with self._lock:
            return [self._waiting.popleft() for _ in range(min(MOST_TOGETHER, len(self._waiting)))]

    def _hand_over(self, own: Waiting[Order, Done]) -> None:
        """Let the first of those who wait lead; the one who led is none of them, also if it was stopped before."""
        with self._lock:
            if own in self._waiting:
                self._waiting.remove(own)
            if self._waiting:
                self._waiting[0].gate.release()
            else:
                self._is_led = False


def do(run: Run[Order, Done], together: Sequence[Waiting[Order, Done]]) -> None:
    """Do a round and note what became of each order; raises what `run` raises."""
    outcomes = run([waiting.order for waiting in together])
    for waiting, outcome in zip(together, outcomes, strict=True):
        waiting.outcome = outcome


def open_gates(together: Sequence[Waiting[Order, Done]]) -> None:
    """Let the senders go on; who has no outcome is to be done alone."""
    for waiting in together:
        if waiting.outcome is None:
            waiting.outcome = Alone()
        waiting.gate.release()


def told(outcome: Done | Exception | None) -> Done:
    """Return what was done, or raise why it was not."""
    if outcome is None:
        raise Alone
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
