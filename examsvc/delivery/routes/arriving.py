"""What every edge on a sitting does: take the request's arrival, and end the sitting if that was left undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from flask import request

from examsvc.core import clock
from examsvc.core.web.edge import arrived_at, reading, transaction
from examsvc.delivery import finding, finishing
from examsvc.delivery.errors import EntryClosed, SittingOver
from examsvc.delivery.machines import Machine

LONGEST_TRANSIT = timedelta(seconds=30)
MOST_BROWSER = 200


def arrival() -> datetime:
    """Return when the request arrived, so that a slow server makes nothing late.

    The stamp is believed for half a minute: a client that begins a request in time and lets the body trickle in
    later gains no more than that.
    """
    return believed(arrived_at(), clock.now())


def believed(stamp: datetime, now: datetime) -> datetime:
    """Return the stamp, or the earliest instant that is believed at `now`."""
    return max(stamp, now - LONGEST_TRANSIT)


def machine() -> Machine:
    """Return the machine that the request came from."""
    return Machine(address=request.remote_addr or "", browser=request.user_agent.string[:MOST_BROWSER])


@contextmanager
def settling_when_over(sitting_id: UUID) -> Iterator[None]:
    """End the sitting, if that was left undone, when the block finds it over: who begins does not wait for it."""
    try:
        yield
    except (SittingOver, EntryClosed):
        settle(sitting_id)
        raise


def settle(sitting_id: UUID) -> None:
    """End the sitting, in a transaction of its own, if its time was over and no sweep has ended it (`is_left_over`)."""
    now = arrival()
    with reading() as db:
        sitting = finding.found(db, sitting_id)
        is_left_over = sitting is not None and finishing.is_left_over(sitting, now=now)
    if is_left_over:
        with transaction() as db:
            finishing.settle(db, sitting_id, now=now)
