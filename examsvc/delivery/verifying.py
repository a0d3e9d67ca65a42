"""Reckoning the chain of a sitting's responses again, in portions: a log can be tens of megabytes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, select, tuple_
from sqlalchemy.orm import Session

from examsvc.core.db import get
from examsvc.delivery.models import CHAIN_START, Response, Sitting
from examsvc.delivery.saving import chains

PORTION: Final = 50
"""So many lines of a log are read and reckoned before whoever else waits has a turn: milliseconds, of long texts."""
_PLACE = (Response.epoch, Response.seq)


@dataclass(frozen=True)
class ChainBreak:
    """The first place where a sitting's responses do not hold together."""

    epoch: int
    seq: int
    reason: str


def verify_chain(db: Session, sitting_id: UUID) -> ChainBreak | None:
    """Recompute the chain of the sitting's responses; return its first break, or None when it is whole.

    It is read in portions: a log can be tens of megabytes. What is stored meanwhile is reckoned too. Raises NotFound.
    """
    sitting = get(db, Sitting, sitting_id)
    now = select(Sitting.chain_head).where(Sitting.id == sitting_id)
    return first_break(sitting.chain_head, _linked_rows(db, sitting_id), lambda: db.scalars(now).one())


def first_break(
    stored_head: str, responses: Iterable[Response | Row[Any]], head_now: Callable[[], str]
) -> ChainBreak | None:
    """Return where the responses, in order, do not follow each other or do not end at the stored head.

    That is the head before they were read, or the one that `head_now` returns afterwards, if more is stored meanwhile.
    """
    head, epoch, seq = CHAIN_START, 0, 0
    is_reached = head == stored_head
    for response in responses:
        expected = seq + 1 if response.epoch == epoch else 1
        epoch, seq = response.epoch, response.seq
        if seq != expected:
            return ChainBreak(epoch, seq, "a response is missing")
        head = chains.link(head, {name: getattr(response, name) for name in chains.CHAINED})
        if head != response.chain:
            return ChainBreak(epoch, seq, "a response was altered")
        is_reached = is_reached or head == stored_head
    last = head_now()
    is_growing = is_reached and last != stored_head
    if head != last and not is_growing:
        return ChainBreak(epoch, seq, "the last responses are missing")
    return None


def _linked_rows(db: Session, sitting_id: UUID) -> Iterator[Row[Any]]:
    columns = [getattr(Response, name) for name in (*chains.CHAINED, "chain")]
    query = select(*columns).where(Response.sitting_id == sitting_id).order_by(*_PLACE).limit(PORTION)
    rows = db.execute(query).all()
    while rows:
        yield from rows
        rows = db.execute(query.where(tuple_(*_PLACE) > (rows[-1].epoch, rows[-1].seq))).all()
