"""What is known of the lines of an exam session's sittings: reported, stored, taken over, typed in from paper."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from examsvc.delivery.handover.models import HandOver
from examsvc.delivery.models import Enrolment, Response, Sitting
from examsvc.delivery.on_paper.models import OnPaper
from examsvc.delivery.on_paper.states import PaperState
from examsvc.delivery.reconciling.counting import NOT_STORED, Counted, Told
from examsvc.delivery.reconciling.models import JournalReport
from examsvc.delivery.rescue.models import LateResponse


class _Rows(NamedTuple):
    """The stored lines of an epoch: how many, and when the first of them arrived."""

    number: int
    first_at: datetime


def counted(db: Session, exam_session_id: UUID, sitting_ids: Iterable[UUID]) -> dict[UUID, Counted]:
    """Return the numbers of these sittings of the exam session."""
    # What was acknowledged is read before what is stored: answers that come in meanwhile never look like lost ones.
    told, heads = _told(db, exam_session_id)
    stored, late = _stored(db, exam_session_id), _late(db, exam_session_id)
    papers, moved = _papers(db, exam_session_id), _moved(db, exam_session_id)
    return {
        one: Counted(
            stored=_own(stored[one], late[one], papers.get(one)),
            told=told[one],
            heads=heads[one],
            late=len(late[one]),
            taken_over=_taken(late[one]),
            on_paper=_by_hand(papers.get(one)),
            handed_over=_handed_over(stored[one], moved.get(one)),
        )
        for one in sitting_ids
    }


def _papers(db: Session, exam_session_id: UUID) -> Mapping[UUID, OnPaper]:
    rows = db.scalars(select(OnPaper).where(OnPaper.sitting_id.in_(_sittings(exam_session_id))))
    return {row.sitting_id: row for row in rows if row.state != PaperState.WITHDRAWN}


def _by_hand(paper: OnPaper | None) -> int | None:
    if paper is None:
        return None
    return paper.stored_count if paper.state == PaperState.STORED else NOT_STORED


def _own(stored: Mapping[int, _Rows], late: Iterable[LateResponse], paper: OnPaper | None) -> dict[int, int]:
    """Return the stored lines by epoch without the epochs in which the office took lines over or typed a sheet in."""
    taken = {row.taken_epoch for row in late} | {paper.stored_epoch if paper else None}
    return {epoch: rows.number for epoch, rows in stored.items() if epoch not in taken}


def _taken(late: Iterable[LateResponse]) -> int:
    return sum(row.taken_seq is not None for row in late)


def _handed_over(stored: Mapping[int, _Rows], moved_at: datetime | None) -> set[int]:
    """Return the epochs that began before the last hand-over: every log-in of that time was closed by it."""
    return {epoch for epoch, rows in stored.items() if moved_at is not None and rows.first_at < moved_at}


def _moved(db: Session, exam_session_id: UUID) -> Mapping[UUID, datetime | None]:
    """Return when the last hand-over of each sitting was used."""
    query = select(HandOver.sitting_id, func.max(HandOver.used_at)).group_by(HandOver.sitting_id)
    used = query.where(HandOver.used_at.is_not(None), HandOver.sitting_id.in_(_sittings(exam_session_id)))
    return dict(db.execute(used).all())


def _stored(db: Session, exam_session_id: UUID) -> Mapping[UUID, dict[int, _Rows]]:
    key = (Response.sitting_id, Response.epoch)
    query = select(*key, func.count(), func.min(Response.received_at)).group_by(*key)
    found: dict[UUID, dict[int, _Rows]] = defaultdict(dict)
    for sitting_id, epoch, number, first_at in db.execute(
        query.where(Response.sitting_id.in_(_sittings(exam_session_id)))
    ):
        found[sitting_id][epoch] = _Rows(number, first_at)
    return found


def _late(db: Session, exam_session_id: UUID) -> Mapping[UUID, list[LateResponse]]:
    found: dict[UUID, list[LateResponse]] = defaultdict(list)
    for row in db.scalars(select(LateResponse).where(LateResponse.sitting_id.in_(_sittings(exam_session_id)))):
        found[row.sitting_id].append(row)
    return found


def _told(db: Session, exam_session_id: UUID) -> tuple[Mapping[UUID, dict[int, Told]], Mapping[UUID, dict[int, str]]]:
    """Return the reports by sitting and epoch, and the stored chain's values at their receipts."""
    at_receipt = and_(
        Response.sitting_id == JournalReport.sitting_id,
        Response.epoch == JournalReport.epoch,
        Response.seq == JournalReport.receipt_seq,
    )
    query = select(JournalReport, Response.chain).outerjoin(Response, at_receipt)
    told: dict[UUID, dict[int, Told]] = defaultdict(dict)
    heads: dict[UUID, dict[int, str]] = defaultdict(dict)
    for row, chain in db.execute(query.where(JournalReport.sitting_id.in_(_sittings(exam_session_id)))):
        told[row.sitting_id][row.epoch] = Told(row.written_seq, row.acknowledged_seq, row.receipt_seq, row.receipt_head)
        heads[row.sitting_id][row.epoch] = chain
    return told, heads


def _sittings(exam_session_id: UUID) -> Any:
    return select(Sitting.id).join(Sitting.enrolment).where(Enrolment.exam_session_id == exam_session_id)
