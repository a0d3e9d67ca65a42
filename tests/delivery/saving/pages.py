"""Batches as the service is given them, from candidates in front of the application."""

from typing import Any
from uuid import UUID

from sitters import Sitter

from examsvc.accounts.access import COOKIE
from examsvc.core.errors import Refusal
from examsvc.delivery.saving.entries import Batch, Entry
from examsvc.delivery.saving.rounds import Outcome, Saved


def token_of(sitter: Sitter) -> str:
    cookie = sitter.client.get_cookie(COOKIE)
    assert cookie
    return str(cookie.value)


def entry(seq: int, ref: str, answer: Any = None, *, flagged: bool = False, at: Any) -> Entry:
    return Entry(seq, ref, answer, flagged, at)


def batch(sitter: Sitter, *entries: tuple[int, str, Any], **changes: Any) -> Batch:
    """Return a batch of (seq, ref, answer) from the candidate's page, as it arrives now."""
    now = sitter.clock()
    own = {
        "sitting_id": UUID(sitter.path.rpartition("/")[2]),
        "epoch": sitter.epoch,
        "entries": [entry(seq, ref, answer, at=now) for seq, ref, answer in entries],
        "token": token_of(sitter),
        "arrived_at": now,
    }
    return Batch(**{**own, **changes})


def told(outcome: Outcome) -> Any:
    """Return the code of a refusal, the last number of what was saved, or `alone`."""
    if isinstance(outcome, Refusal):
        return outcome.code
    return outcome.last_seq if isinstance(outcome, Saved) else "alone"
