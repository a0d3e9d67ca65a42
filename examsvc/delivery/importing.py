"""Importing enrolments from a workbook: every row is judged first; then all are enrolled at once, or nobody."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get, get_locked
from examsvc.core.identity import Identity
from examsvc.delivery import dealing, enrolling, identity_documents, overlapping, stating
from examsvc.delivery.errors import ImportWhileSitting
from examsvc.delivery.judging import ERROR, Judged, judge
from examsvc.delivery.models import Candidate, Enrolment, ExamSession
from examsvc.delivery.photo_archives import Photos
from examsvc.delivery.states import ExamSessionState
from examsvc.delivery.workbooks import Line

BEFORE_START: Final = timedelta(minutes=10)
"""From so long before the start no large import begins: even the largest is over when candidates open their papers."""

MOST_WHILE_SITTING: Final = 50
"""So many rows hold the exam session for about a second; thousands hold it for minutes, and every first claim waits."""


@dataclass(frozen=True)
class Report:
    """`unmatched` are the masked names of pictures that belong to no row, `photos` how many were given.

    `stated`: how many who were enrolled already now state a condition of application.
    """

    rows: Sequence[Judged]
    errors: int
    enrolled: int
    unmatched: Sequence[str] = ()
    photos: int = 0
    stated: int = 0


def preview(
    db: Session, exam_session_id: UUID, lines: Sequence[Line], photos: Photos | None = None, *, now: datetime
) -> Report:
    """Return what an import would do, writing nothing; raises NotFound, EnrolmentClosed, ImportWhileSitting."""
    exam_session = get(db, ExamSession, exam_session_id)
    enrolling.check_open(exam_session, now)
    _check_moment(exam_session, lines, now)
    judged = judge(db, exam_session, lines, photos)
    return Report(judged, _errors(judged), 0, photos.unmatched if photos else ())


def import_lines(
    db: Session,
    exam_session_id: UUID,
    lines: Sequence[Line],
    photos: Photos | None = None,
    *,
    by: Identity,
    now: datetime,
) -> Report:
    """Enrol every row and give the photos that are kept, unless a row has an error: then nothing is done but told.

    Who is enrolled already is passed over, but given the photo, and the condition of application if they stated none.
    Raises TooFewForms, CandidateSitsElsewhere for whoever is enrolled in another exam session meanwhile, and what
    `preview` raises.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    enrolling.check_open(exam_session, now)
    _check_moment(exam_session, lines, now)
    judged = judge(db, exam_session, lines, photos)
    errors, unmatched = _errors(judged), photos.unmatched if photos else ()
    if errors:
        return Report(judged, errors, 0, unmatched)
    wanted = [one for one in judged if one.person]
    dealing.check_enough(db, exam_session, len(wanted))
    _hold_known(db, wanted)
    given = stated = 0
    for one in judged:
        enrolment = _enrolled(db, exam_session_id, one, by=by, now=now)
        if enrolment and one.photo_digest:
            enrolling.give_photo(db, enrolment, one.photo_digest, by=by, now=now)
            given += 1
        if one.enrolled and one.condition:
            stating.put_down(db, one.enrolled, one.condition, by=by, now=now)
            stated += 1
        time.sleep(0)  # under gevent the other connections get their turn: thousands of rows take half a minute
    if wanted:
        audit.append(db, exam_session.audit_stream, "candidates.imported", by=by, now=now, count=len(wanted))
    return Report(judged, 0, len(wanted), unmatched, given, stated)


def _check_moment(exam_session: ExamSession, lines: Sequence[Line], now: datetime) -> None:
    """Raise ImportWhileSitting for a large import while papers are opened, or are about to be.

    The import is one transaction that holds the exam session, and whoever opens a paper asks for it.
    """
    is_sat = exam_session.state == ExamSessionState.PUBLISHED and exam_session.starts_at - BEFORE_START <= now
    if is_sat and len(lines) > MOST_WHILE_SITTING:
        raise ImportWhileSitting(minutes=BEFORE_START // timedelta(minutes=1), most=MOST_WHILE_SITTING)


def _hold_known(db: Session, rows: Sequence[Judged]) -> None:
    """Lock whoever is known already, before they are enrolled in the order of the rows."""
    people = [row.person for row in rows if row.person]
    indices = [identity_documents.index(one.document_type, one.identity_number) for one in people]
    overlapping.hold(db, select(Candidate.id).where(Candidate.identity_index.in_(indices)))


def _enrolled(db: Session, exam_session_id: UUID, one: Judged, *, by: Identity, now: datetime) -> Enrolment | None:
    """Return the enrolment of a row: a new one, or the one that was there."""
    if one.person is None:
        return one.enrolled
    return enrolling.enrol(
        db, exam_session_id, one.person, extra_minutes=one.extra_minutes, condition=one.condition, by=by, now=now
    )


def _errors(judged: Sequence[Judged]) -> int:
    return sum(one.outcome == ERROR for one in judged)
