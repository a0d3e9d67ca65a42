"""The reconciliation of an exam session: read by room, with every difference by name, and signed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from examsvc.core import canonical, signing
from examsvc.core.db import get
from examsvc.delivery.models import Enrolment, ExamSession, Response, Sitting
from examsvc.delivery.models.enrolments import by_seat
from examsvc.delivery.on_paper.models import OnPaper
from examsvc.delivery.on_paper.states import PaperState
from examsvc.delivery.reconciling.counting import NOT_STORED, Counted, Found, Sum, Told, differences, summed
from examsvc.delivery.reconciling.models import JournalReport
from examsvc.delivery.rescue.models import LateResponse

LABEL = "reconciliation"


@dataclass(frozen=True)
class Named:
    """A difference, and whose it is."""

    enrolment: Enrolment
    room: str
    found: Found


@dataclass(frozen=True)
class Reconciliation:
    """What an exam session's numbers are. `signature` is of the canonical JSON of `statement`."""

    exam_session: ExamSession
    made_at: datetime
    rooms: list[Sum]
    total: Sum
    differences: list[Named]

    @property
    def statement(self) -> dict[str, Any]:
        """Return what is signed."""
        return {
            "exam_session": self.exam_session.code,
            "made_at": self.made_at,
            "rooms": [vars(each) for each in self.rooms],
            "total": vars(self.total),
            "differences": [_stated(named) for named in self.differences],
        }

    @property
    def signature(self) -> str:
        return signing.sign(LABEL, canonical.encode(self.statement)).hex()

    @property
    def key_id(self) -> str:
        return signing.key_id(signing.public_key(LABEL))


def reconcile(db: Session, exam_session_id: UUID, *, now: datetime) -> Reconciliation:
    """Return the reconciliation as of `now`; raises NotFound."""
    exam_session = get(db, ExamSession, exam_session_id)
    enrolments = _opened(db, exam_session_id)
    counted = _counted(db, exam_session_id, [enrolment.sitting.id for enrolment in enrolments])
    by_room: dict[str, list[Counted]] = defaultdict(list)
    named = []
    for enrolment in enrolments:
        own = counted[enrolment.sitting.id]
        by_room[room_of(enrolment)].append(own)
        named += [Named(enrolment, room_of(enrolment), found) for found in differences(own)]
    rooms = [summed(room, by_room[room]) for room in sorted(by_room)]
    return Reconciliation(exam_session, now, rooms, summed("", list(counted.values())), named)


def room_of(enrolment: Enrolment) -> str:
    """Return the room in which somebody sits: number and name, or the session's place where there are no rooms."""
    room = enrolment.session_room
    return f"{room.number:02} {room.name}" if room else enrolment.exam_session.place


def _opened(db: Session, exam_session_id: UUID) -> list[Enrolment]:
    was_opened = or_(Sitting.opened_at.is_not(None), Sitting.seen_before_at.is_not(None))
    query = (
        select(Enrolment)
        .join(Enrolment.sitting)
        .where(Enrolment.exam_session_id == exam_session_id, was_opened)
        .order_by(*by_seat())
        .options(
            joinedload(Enrolment.candidate),
            joinedload(Enrolment.session_room),
            joinedload(Enrolment.exam_session),
            joinedload(Enrolment.sitting).load_only(Sitting.id, Sitting.state),
        )
    )
    return list(db.scalars(query))


def _counted(db: Session, exam_session_id: UUID, sitting_ids: Iterable[UUID]) -> dict[UUID, Counted]:
    # What was acknowledged is read before what is stored: answers that come in meanwhile never look like lost ones.
    told, heads = _told(db, exam_session_id)
    stored, late = _stored(db, exam_session_id), _late(db, exam_session_id)
    papers = _papers(db, exam_session_id)
    return {
        one: Counted(
            _own(stored[one], late[one], papers.get(one)),
            told[one],
            heads[one],
            len(late[one]),
            _taken(late[one]),
            _by_hand(papers.get(one)),
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


def _own(stored: Mapping[int, int], late: Iterable[LateResponse], paper: OnPaper | None) -> dict[int, int]:
    """Return the stored lines by epoch without the epochs in which the office took lines over or typed a sheet in."""
    taken = {row.taken_epoch for row in late} | {paper.stored_epoch if paper else None}
    return {epoch: count for epoch, count in stored.items() if epoch not in taken}


def _taken(late: Iterable[LateResponse]) -> int:
    return sum(row.taken_seq is not None for row in late)


def _stored(db: Session, exam_session_id: UUID) -> Mapping[UUID, dict[int, int]]:
    query = select(Response.sitting_id, Response.epoch, func.count()).group_by(Response.sitting_id, Response.epoch)
    found: dict[UUID, dict[int, int]] = defaultdict(dict)
    for sitting_id, epoch, count in db.execute(query.where(Response.sitting_id.in_(_sittings(exam_session_id)))):
        found[sitting_id][epoch] = count
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


def _stated(named: Named) -> dict[str, Any]:
    return {"ticket_number": named.enrolment.ticket_number, "room": named.room, **vars(named.found)}
