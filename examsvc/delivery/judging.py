"""Judging the rows of an enrolment workbook, and the pictures that came with it: what would become of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.db import only
from examsvc.core.errors import Refusal
from examsvc.delivery import conditions, enrolling, identity_numbers, names, overlapping, reading_rows
from examsvc.delivery.enrolling import Person
from examsvc.delivery.models import Candidate, Enrolment, ExamSession
from examsvc.delivery.photo_archives import PhotoFound, Photos
from examsvc.delivery.photo_checks import PhotoFault
from examsvc.delivery.reading_rows import RowFault
from examsvc.delivery.staffing import lawfulness
from examsvc.delivery.states import ExamSessionState
from examsvc.delivery.workbooks import Line

OK, NOTICE, WARNING, ERROR = "ok", "notice", "warning", "error"
"""Enrolled; enrolled, but to be looked at; passed over; nobody is enrolled."""


@dataclass(frozen=True)
class Judged:
    """A row and what would become of it; `person` is None unless it can be enrolled.

    `extra` holds a refusal's own fields, which its text names. `enrolled` is the enrolment of who is passed over,
    `photo` is None where no pictures were sent. `condition` is the number that comes to be stated, also by who is
    passed over and stated none so far.
    """

    row: int
    name: str
    identity_masked: str
    outcome: str
    code: str | None = None
    detail: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    person: Person | None = None
    extra_minutes: int = 0
    condition: int | None = None
    enrolled: Enrolment | None = None
    photo: PhotoFound | None = None
    photo_faults: Sequence[PhotoFault] = ()
    photo_digest: str | None = None


def judge(db: Session, exam_session: ExamSession, lines: Sequence[Line], photos: Photos | None) -> list[Judged]:
    """Return what would become of each row, in their order; writes nothing."""
    seen: dict[str, int] = {}
    judged = [(line, _judge(db, exam_session, line, seen)) for line in lines]
    return [_with_photo(one, line, photos) for line, one in judged] if photos else [one for _, one in judged]


def _with_photo(one: Judged, line: Line, photos: Photos) -> Judged:
    """Add what the row's picture is like: a bad one is an error, a missing or odd one is to be looked at."""
    photo = photos.of(line.number.text)
    one = replace(one, photo=photo.found, photo_faults=photo.faults, photo_digest=photo.digest)
    if one.outcome == ERROR or photo.code is None:
        return one
    if photo.is_bad:
        return replace(one, outcome=ERROR, code=photo.code, detail=photo.detail, person=None)
    return replace(one, outcome=NOTICE, code=photo.code, detail=photo.detail) if one.outcome == OK else one


def _judge(db: Session, exam_session: ExamSession, line: Line, seen: dict[str, int]) -> Judged:
    shown: dict[str, Any] = {
        "row": line.row,
        "name": line.name.text[: names.MOST_CHARACTERS],
        "identity_masked": identity_numbers.masked(line.number.text[:18]),
    }
    try:
        person = enrolling.checked(reading_rows.person(line), exam_session)
        extra_minutes, condition = reading_rows.extra_minutes(line), reading_rows.condition(line)
        candidate, enrolled = _known(db, exam_session, person, line.row, seen)
        if enrolled:
            return Judged(**shown, **_passed_over(exam_session, enrolled, condition))
        conditions.chosen(exam_session, condition)
    except Refusal as refusal:
        return Judged(**shown, outcome=ERROR, code=refusal.code, detail=str(refusal), extra=refusal.extra)
    except RowFault as fault:
        return Judged(**shown, outcome=ERROR, code=fault.code, detail=str(fault))
    notice = _also_in_batch(db, exam_session, candidate)
    shown |= {"outcome": NOTICE, **notice} if notice else {"outcome": OK}
    return Judged(**shown, person=person, extra_minutes=extra_minutes, condition=condition)


def _known(
    db: Session, exam_session: ExamSession, person: Person, row: int, seen: dict[str, int]
) -> tuple[Candidate | None, Enrolment | None]:
    """Return the candidate and the enrolment that there are.

    Raises RowFault, NameDiffers; and of who is not enrolled yet CandidateSitsElsewhere and what
    `lawfulness.check_entrant` raises.
    """
    first = seen.setdefault(f"{person.document_type}:{person.identity_number}", row)
    if first != row:
        raise RowFault("row_repeated", f"The same identity number stands in row {first}.")
    candidate = enrolling.find_known(db, person)
    found = only(db, Enrolment, exam_session_id=exam_session.id, candidate_id=candidate.id) if candidate else None
    if candidate and not found:
        overlapping.check(db, exam_session, candidate)
        lawfulness.check_entrant(db, exam_session, candidate)
    return candidate, found


def _passed_over(exam_session: ExamSession, enrolled: Enrolment, condition: int | None) -> dict[str, Any]:
    """Return what becomes of the row of who is enrolled: a condition is added where none is stated, never replaced.

    Raises ConditionUnknown.
    """
    told: dict[str, Any] = {"outcome": WARNING, "enrolled": enrolled}
    if condition is None or enrolled.condition_id is not None:
        return {**told, "code": "already_enrolled", "detail": "Enrolled in this exam session already; passed over."}
    conditions.numbered(exam_session, condition)
    detail = "Enrolled in this exam session already; the condition that is met is put on record."
    return {**told, "code": "condition_added", "detail": detail, "condition": condition}


def _also_in_batch(db: Session, exam_session: ExamSession, candidate: Candidate | None) -> dict[str, str] | None:
    """Return a notice when the candidate is enrolled in another session of the same batch, cancelled ones apart."""
    if candidate is None or exam_session.batch_id is None:
        return None
    query = (
        select(ExamSession.code)
        .join(Enrolment, Enrolment.exam_session_id == ExamSession.id)
        .where(Enrolment.candidate_id == candidate.id, ExamSession.batch_id == exam_session.batch_id)
        .where(ExamSession.id != exam_session.id, ExamSession.state != ExamSessionState.CANCELLED)
    )
    code = db.scalar(query.order_by(ExamSession.starts_at).limit(1))
    return {"code": "enrolled_in_batch", "detail": f"Enrolled in {code} of the same batch too."} if code else None
