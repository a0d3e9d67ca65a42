"""专家论证、现场答辩、实地考察 (三(一)3): planned with time and place, then recorded with minutes and a result."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.registry.cases import documents
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import DocumentKind
from examsvc.registry.cases.uploads import Upload
from examsvc.registry.reviews import opening
from examsvc.registry.reviews.errors import MeetingExists, MeetingHeld, NotYetHeld
from examsvc.registry.reviews.kinds import MeetingKind, MeetingResult
from examsvc.registry.reviews.models import Meeting, Review


@dataclass(frozen=True)
class Plan:
    """When, where and what for."""

    starts_at: datetime
    place: str
    agenda: str


@dataclass(frozen=True)
class Minutes:
    """What came of a meeting that began at `held_at`."""

    held_at: datetime
    text: str
    result: MeetingResult
    upload: Upload


def plan(
    db: Session, review_id: UUID, version: int, kind: MeetingKind, wanted: Plan, *, by: Identity, now: datetime
) -> Review:
    """Plan a meeting of a review; raises MeetingExists, ReviewOver."""
    review = opening.take_running(db, review_id, version, by=by)
    if any(meeting.kind == kind for meeting in review.meetings):
        raise MeetingExists
    meeting = Meeting(review=review, kind=kind, starts_at=wanted.starts_at, place=wanted.place, agenda=wanted.agenda)
    db.add(meeting)
    db.flush()
    _told(db, meeting, "meeting.planned", by=by, now=now)
    return review


def move(
    db: Session, review_id: UUID, version: int, meeting_id: UUID, wanted: Plan, *, by: Identity, now: datetime
) -> Review:
    """Move a meeting that was not held yet; raises MeetingHeld, ReviewOver, NotFound."""
    review = opening.take_running(db, review_id, version, by=by)
    meeting = _coming(review, meeting_id)
    meeting.starts_at, meeting.place, meeting.agenda = wanted.starts_at, wanted.place, wanted.agenda
    _told(db, meeting, "meeting.moved", by=by, now=now)
    return review


def record(
    db: Session, review_id: UUID, version: int, meeting_id: UUID, held: Minutes, *, by: Identity, now: datetime
) -> Review:
    """Record the minutes and the result once; raises MeetingHeld, NotYetHeld, ReviewOver, NotFound."""
    review = opening.take_running(db, review_id, version, by=by)
    meeting = _coming(review, meeting_id)
    if held.held_at > now:
        raise NotYetHeld
    topic = f"{review.kind}-{review.round}-{meeting.kind}"
    kept = documents.keep(db, review.case, DocumentKind.MINUTES, held.upload, topic=topic, by=by, now=now)
    meeting.held_at, meeting.minutes, meeting.result, meeting.document_id = (
        held.held_at,
        held.text,
        held.result,
        kept.id,
    )
    # The result is not told here: whoever reads the case reads its history, and the conclusion is still open.
    about = {"kind": str(meeting.kind), "document": kept.id}
    audit.append(db, review.case.audit_stream, "meeting.recorded", by=by, now=now, **about)
    cases.touch(review.case)
    return review


def _coming(review: Review, meeting_id: UUID) -> Meeting:
    meeting = next((one for one in review.meetings if one.id == meeting_id), None)
    if meeting is None:
        raise NotFound(thing="meeting")
    if meeting.held_at:
        raise MeetingHeld
    return meeting


def _told(db: Session, meeting: Meeting, action: str, *, by: Identity, now: datetime) -> None:
    case = meeting.review.case
    about = {"kind": str(meeting.kind), "starts_at": meeting.starts_at, "place": meeting.place}
    audit.append(db, case.audit_stream, action, by=by, now=now, **about)
    cases.touch(case)
