"""Keeping what came late, as evidence: apart from the responses, the same line once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.delivery import finding
from examsvc.delivery.models import Response, Sitting
from examsvc.delivery.rescue.errors import SittingRuns, TooManyLate
from examsvc.delivery.rescue.models import LateResponse
from examsvc.delivery.rescue.states import Source
from examsvc.delivery.rescue.weighing import Line

MOST_LINES: Final = 5_000
CLAIMED: Final = "sitting.hand_in_claimed"


def send_late(
    db: Session, sitting_id: UUID, lines: Iterable[Line], *, hand_in_at: datetime | None, by: Identity, now: datetime
) -> int:
    """Keep what the candidate's page could not deliver before the end; return how many lines are kept by now.

    What continues on paper has come to its end for a page. `hand_in_at` is when, by the page's clock, the candidate
    handed in without a network; it goes on record and changes nothing. Raises NotFound, SittingRuns, TooManyLate.
    """
    sitting = finding.own_locked(db, sitting_id, by=by)
    if not sitting.state.is_over and sitting.on_paper_at is None:
        raise SittingRuns
    kept = keep(db, sitting, lines, source=Source.SENT_LATE, now=now)
    if hand_in_at is not None and hand_in_at not in claimed_hand_ins(db, sitting):
        audit.append(db, sitting.audit_stream, CLAIMED, by=by, now=now, made_at=hand_in_at)
    return kept


def keep(db: Session, sitting: Sitting, lines: Iterable[Line], *, source: Source, now: datetime) -> int:
    """Keep the lines that are not kept yet and return how many there are now; raises TooManyLate."""
    known = {row.digest for row in kept(db, sitting.id)}
    fresh = {line.digest: line for line in lines if line.digest not in known}
    if len(known) + len(fresh) > MOST_LINES:
        raise TooManyLate(most=MOST_LINES)
    db.add_all(_row(sitting, line, source, now) for line in fresh.values())
    db.flush()
    return len(known) + len(fresh)


def kept(db: Session, sitting_id: UUID) -> list[LateResponse]:
    """Return the late lines of a sitting in the order in which they were written."""
    query = select(LateResponse).filter_by(sitting_id=sitting_id)
    return list(db.scalars(query.order_by(LateResponse.epoch, LateResponse.seq, LateResponse.digest)))


def claimed_hand_ins(db: Session, sitting: Sitting) -> list[datetime]:
    """Return when the candidate handed in without a network, by the page's clock alone."""
    entries = audit.history(db, sitting.audit_stream)
    return [datetime.fromisoformat(entry.detail["made_at"]) for entry in entries if entry.action == CLAIMED]


def line_of(row: LateResponse | Response) -> Line:
    """Return the row as the line that it keeps."""
    return Line(row.epoch, row.seq, row.item_ref, row.answer, row.flagged, row.client_at)


def _row(sitting: Sitting, line: Line, source: Source, now: datetime) -> LateResponse:
    return LateResponse(
        sitting_id=sitting.id,
        digest=line.digest,
        source=source,
        epoch=line.epoch,
        seq=line.seq,
        item_ref=line.item_ref,
        answer=line.answer,
        flagged=line.flagged,
        client_at=line.client_at,
        received_at=now,
    )
