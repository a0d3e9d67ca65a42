"""Claims that can wait: made with all others that wait, in one transaction, which costs little more than for one."""

from typing import Final

from examsvc.core.db import Database
from examsvc.core.rounds import Alone
from examsvc.core.shared_transactions import SharedTransactions
from examsvc.delivery.claiming import making
from examsvc.delivery.claiming.making import Asked, Claim

GATHERING_SECONDS: Final = 0.15
"""So long a round of claims waits for others: their pages hold the paper, and answers wait in the journals."""

_claims: SharedTransactions[Asked, Claim] = SharedTransactions(
    "claims", making.claim_firsts, gathers=lambda: GATHERING_SECONDS
)


def claim(database: Database, asked: Asked) -> Claim:
    """Return the claim once it is committed; raises what `making.claim` raises."""
    try:
        return _claims.join(database, asked)
    except Alone:
        with database.transaction() as db:
            return making.claim(db, asked)
