"""Claims that can wait: made with all others that wait, in one transaction, which costs little more than for one."""

import logging
from collections.abc import Sequence
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from examsvc.core.db import Database
from examsvc.core.rounds import Alone, Rounds
from examsvc.delivery.claiming import making
from examsvc.delivery.claiming.making import Asked, Claim

GATHERING_SECONDS: Final = 0.15
"""So long a round of claims waits for others: their pages hold the paper, and answers wait in the journals."""

log = logging.getLogger(__name__)

_rounds: WeakKeyDictionary[Database, Rounds[Asked, Claim]] = WeakKeyDictionary()
_making = Lock()


def claim(database: Database, asked: Asked) -> Claim:
    """Return the claim once it is committed; raises what `making.claim` raises."""
    try:
        return _rounds_of(database).join(asked)
    except Alone:
        with database.transaction() as db:
            return making.claim(db, asked)


def _rounds_of(database: Database) -> Rounds[Asked, Claim]:
    """Return the process's one round after the other for the database."""
    with _making:
        if database not in _rounds:
            _rounds[database] = Rounds(Together(database), gathers=GATHERING_SECONDS)
        return _rounds[database]


class Together:
    """Makes a round's claims. Of a round that fails every claim is Alone, and meets, or not, its own fault there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __call__(self, asked: Sequence[Asked]) -> Sequence[Claim | Alone]:
        try:
            with self._database.transaction() as db:
                return making.claim_firsts(db, asked)
        except Exception as fault:  # noqa: BLE001 (whatever it was: alone, each claim meets its own fault again)
            # Without the fault's words: a database quotes the row that it refuses.
            log.warning("a round of claims failed", extra={"fault": type(fault).__name__, "claims": len(asked)})
            return [Alone() for _ in asked]
