"""The service's own life, proven by commits: a beat every few seconds, and a gap between two of them is an outage.

A client is never asked. A beat is a commit in the database, so that its silence proves a dead service and a dead
database alike.
"""

import logging
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from examsvc.core import audit, clock, ids, ticks
from examsvc.core.db import Database, only_locked
from examsvc.core.identity import system
from examsvc.delivery.ledger.models import ONLY, Heartbeat, Outage
from examsvc.delivery.ledger.states import Cause

BEAT_EVERY = timedelta(seconds=3)
SILENT_AFTER = timedelta(seconds=10)
LEDGER = system("ledger")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Process:
    """A process that serves candidates."""

    id: str
    began_at: datetime


def beat(db: Session, process: Process, *, now: datetime) -> Outage | None:
    """Say that the service serves at `now`; return the outage that ended with it, or None.

    The last beat before it and the first after it bound the outage. A process that lived through it could not write:
    then the database was silent.
    """
    last = only_locked(db, Heartbeat, id=ONLY)
    if last is None:
        db.add(Heartbeat(id=ONLY, at=now, process=process.id, process_began_at=process.began_at))
        return None
    found = _noted(db, last, process, now) if now - last.at > SILENT_AFTER else None
    last.at, last.process, last.process_began_at = now, process.id, process.began_at
    return found


def is_silent(db: Session, now: datetime) -> bool:
    """Return whether the service has beaten before, but not lately: what it would say now is not to be relied on."""
    last = db.get(Heartbeat, ONLY)
    return last is not None and now - last.at > SILENT_AFTER


def _noted(db: Session, last: Heartbeat, process: Process, now: datetime) -> Outage:
    cause = Cause.DATABASE if process.began_at <= last.at else Cause.SERVICE
    outage = Outage(id=ids.new_id(), cause=cause, from_at=last.at, to_at=now, noted_at=now)
    db.add(outage)
    proof = {"outage": outage.id, "cause": str(cause), "from_at": last.at, "to_at": now}
    processes = {"last_process": last.process, "process": process.id, "process_began_at": process.began_at}
    audit.append(db, outage.audit_stream, "service.outage", by=LEDGER, now=now, **proof, **processes)
    return outage


def new_process(now: datetime) -> Process:
    """Return this process as it beats."""
    return Process(str(ids.new_id()), now)


def beat_once(database: Database, process: Process) -> None:
    """Beat; when the database does not answer, that is what the next beat will tell."""
    try:
        with database.transaction() as db:
            beat(db, process, now=clock.now())
    except Exception as fault:  # noqa: BLE001 (whatever it is, the next beat tells it)
        log.warning("no heartbeat could be stored", extra={"fault": type(fault).__name__})


def keep_beating(database: Database, process: Process, *, stop: threading.Event) -> None:
    """Beat until `stop` is set."""
    while not stop.wait(ticks.until_next(BEAT_EVERY.total_seconds())):
        beat_once(database, process)
