"""Transactions that many share: whoever waits while one is under way takes part in the next."""

import logging
from collections.abc import Callable, Sequence
from typing import Generic

from sqlalchemy.orm import Session

from examsvc.core.db import Database, OneEach
from examsvc.core.rounds import Alone, Done, Order, Rounds

log = logging.getLogger(__name__)

Work = Callable[[Session, Sequence[Order]], Sequence[Done | Exception]]
"""Does the orders in one transaction and tells what became of each."""


class SharedTransactions(Generic[Order, Done]):
    """One round after the other for each database; of a round that fails every order is Alone.

    `name` is what the orders are called in the log; a round waits `gathers()` seconds for others.
    """

    def __init__(self, name: str, work: Work[Order, Done], *, gathers: Callable[[], float]) -> None:
        self._name, self._work, self._gathers = name, work, gathers
        self._rounds = OneEach(self._new_rounds)

    def join(self, database: Database, order: Order) -> Done:
        """Return what was done once it is committed; raises what became of it instead, Alone among it."""
        return self._rounds.of(database).join(order)

    def _new_rounds(self, database: Database) -> Rounds[Order, Done]:
        return Rounds(lambda orders: self._run(database, orders), gathers=self._gathers)

    def _run(self, database: Database, orders: Sequence[Order]) -> Sequence[Done | Exception]:
        try:
            with database.transaction() as db:
                return self._work(db, orders)
        except Exception as fault:  # noqa: BLE001 (whatever it was: alone, each order meets its own fault again)
            # Without the fault's words: a database quotes the row that it refuses.
            told = {"work": self._name, "fault": type(fault).__name__, "orders": len(orders)}
            log.warning("a shared transaction failed", extra=told)
            return [Alone() for _ in orders]
