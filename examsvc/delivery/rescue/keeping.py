"""Keeping what came late, as evidence: apart from the responses, the same line once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.delivery import finding, handing_in
from examsvc.delivery.models import Response, Sitting
from examsvc.delivery.rescue.errors import SittingRuns, TooManyLate
from examsvc.delivery.rescue.models import LateResponse
from examsvc.delivery.rescue.states import Source
from examsvc.delivery.rescue.weighing import Line

MOST_LINES: Final = 20_000
"""Two hours of typing: a line for each pause, one a second at the most while an answer is short."""
CLAIMED: Final = "sitting.hand_in_claimed"


@dataclass(frozen=True)
class LateHandIn:
    """A hand-in that came after the end: when the candidate made it, by the page's clock, and what it handed in.

    The epoch and the last response are those that the page knows to be stored; older pages do not say.
    """

    made_at: datetime
    epoch: int | None = None
    last_seq: int | None = None


def send_late(
    db: Session,
    sitting_id: UUID,
    lines: Iterable[Line],
    *,
    hand_in: LateHandIn | None = None,
    by: Identity,
    now: datetime,
) -> int:
    """Keep what the candidate's page could not deliver before the end; return how many lines are kept by now.

    A line that is stored, though its page never learned of it, is not late. What continues on paper has come to its
    end for a page. A hand-in without a network goes on record; it is how a sitting ended that time has ended, if
    nothing came late and it is believed (`handing_in.recognise`).
    Raises NotFound, SittingRuns, TooManyLate.
    """
    sitting = finding.own_locked(db, sitting_id, by=by)
    if not sitting.state.is_over and sitting.on_paper_at is None:
        raise SittingRuns
    kept = keep(db, sitting, _not_stored(db, sitting, list(lines)), source=Source.SENT_LATE, now=now)
    if hand_in is not None:
        _note(db, sitting, hand_in, is_whole=kept == 0, by=by, now=now)
    return kept


def _not_stored(db: Session, sitting: Sitting, lines: Sequence[Line]) -> list[Line]:
    """Return those lines that are no responses; the receipt of the others was lost on its way."""
    at_these = Response.epoch.in_({line.epoch for line in lines}), Response.seq.in_({line.seq for line in lines})
    stored = map(line_of, db.scalars(select(Response).where(Response.sitting_id == sitting.id, *at_these)))
    said = {line.place: line.said for line in stored}
    return [line for line in lines if said.get(line.place) != line.said]


def keep(db: Session, sitting: Sitting, lines: Iterable[Line], *, source: Source, now: datetime) -> int:
    """Keep the lines that are not kept yet and return how many there are now; raises TooManyLate."""
    known = set(db.scalars(select(LateResponse.digest).filter_by(sitting_id=sitting.id)))
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


def _note(db: Session, sitting: Sitting, made: LateHandIn, *, is_whole: bool, by: Identity, now: datetime) -> None:
    if is_whole and made.epoch is not None and made.last_seq is not None:
        told = {"epoch": made.epoch, "last_seq": made.last_seq}
        handing_in.recognise(db, sitting, made.made_at, **told, by=by, now=now)
    if made.made_at not in claimed_hand_ins(db, sitting):
        audit.append(db, sitting.audit_stream, CLAIMED, by=by, now=now, made_at=made.made_at)


def claimed_hand_ins(db: Session, sitting: Sitting) -> list[datetime]:
    """Return when the candidate handed in without a network, by the page's clock alone."""
    told = [each for each in audit.history(db, sitting.audit_stream) if each.action in (CLAIMED, handing_in.RECOGNISED)]
    return sorted({datetime.fromisoformat(each.detail["made_at"]) for each in told})


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
