"""Judging the rows of an enrolment workbook, and the pictures that came with it: what would become of each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.db import only
from examsvc.core.errors import Refusal
from examsvc.delivery import enrolling, identity_documents, identity_numbers, names, overlapping
from examsvc.delivery.enrolling import Person
from examsvc.delivery.identity_documents import DocumentType
from examsvc.delivery.models import Candidate, Enrolment, ExamSession
from examsvc.delivery.photo_archives import PhotoFound, Photos
from examsvc.delivery.photo_checks import PhotoFault
from examsvc.delivery.staffing import lawfulness
from examsvc.delivery.states import ExamSessionState
from examsvc.delivery.workbooks import Line

MOST_EXTRA_MINUTES = 240
OK, NOTICE, WARNING, ERROR = "ok", "notice", "warning", "error"
"""Enrolled; enrolled, but to be looked at; passed over; nobody is enrolled."""


@dataclass(frozen=True)
class Judged:
    """A row and what would become of it; `person` is None unless it can be enrolled.

    `extra` holds a refusal's own fields, which its text names. `enrolled` is the enrolment of who is passed over,
    `photo` is None where no pictures were sent.
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
    enrolled: Enrolment | None = None
    photo: PhotoFound | None = None
    photo_faults: Sequence[PhotoFault] = ()
    photo_digest: str | None = None


class RowFault(Exception):
    """A row cannot be taken, or need not be; `code` is stable like a refusal's."""

    def __init__(self, code: str, detail: str, outcome: str = ERROR, enrolled: Enrolment | None = None) -> None:
        super().__init__(detail)
        self.code, self.detail, self.outcome, self.enrolled = code, detail, outcome, enrolled


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
        person = enrolling.checked(_person(line), exam_session)
        extra_minutes = _extra_minutes(line)
        candidate = _check_known(db, exam_session, person, line.row, seen)
    except Refusal as refusal:
        return Judged(**shown, outcome=ERROR, code=refusal.code, detail=str(refusal), extra=refusal.extra)
    except RowFault as fault:
        return Judged(**shown, outcome=fault.outcome, code=fault.code, detail=fault.detail, enrolled=fault.enrolled)
    notice = _also_in_batch(db, exam_session, candidate)
    shown |= {"outcome": NOTICE, **notice} if notice else {"outcome": OK}
    return Judged(**shown, person=person, extra_minutes=extra_minutes)


def _person(line: Line) -> Person:
    if "formula" in (line.name.kind, line.number.kind, line.extra.kind, line.document.kind):
        raise RowFault("row_has_formula", "A cell holds a formula.")
    if line.number.kind == "number":  # 18 digits as a number have lost their last three
        raise RowFault("identity_number_as_number", "The identity number was entered as a number, not as text.")
    return Person(line.name.text, line.number.text, document_type=_document_type(line.document.text))


def _document_type(text: str) -> DocumentType:
    """Return the type by its name; without one it is the identity card."""
    found = _DOCUMENT_TYPES.get(text.strip().casefold())
    if found is None:
        raise RowFault("unknown_document_type", "This type of document is not accepted.")
    return found


_DOCUMENT_TYPES: Mapping[str, DocumentType] = {
    "": DocumentType.ID_CARD,
    "身份证": DocumentType.ID_CARD,
    "军官证": DocumentType.MILITARY,
    "港澳通行证": DocumentType.HONG_KONG_MACAO,
    "台胞证": DocumentType.TAIWAN,
    **{title: kind for kind, title in identity_documents.TITLES.items()},
    **{kind.casefold(): kind for kind in DocumentType},
}


def _extra_minutes(line: Line) -> int:
    text = line.extra.text or "0"
    is_whole = line.extra.kind != "other" and re.fullmatch(r"[0-9]{1,4}", text)
    if not is_whole or int(text) > MOST_EXTRA_MINUTES:
        raise RowFault("bad_extra_minutes", f"Extra minutes are a whole number up to {MOST_EXTRA_MINUTES}.")
    return int(text)


def _check_known(
    db: Session, exam_session: ExamSession, person: Person, row: int, seen: dict[str, int]
) -> Candidate | None:
    first = seen.setdefault(f"{person.document_type}:{person.identity_number}", row)
    if first != row:
        raise RowFault("row_repeated", f"The same identity number stands in row {first}.")
    candidate = enrolling.find_known(db, person)
    found = only(db, Enrolment, exam_session_id=exam_session.id, candidate_id=candidate.id) if candidate else None
    if found:
        raise RowFault("already_enrolled", "Enrolled in this exam session already; passed over.", WARNING, found)
    if candidate:
        overlapping.check(db, exam_session, candidate)
        lawfulness.check_entrant(db, exam_session, candidate)
    return candidate


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
