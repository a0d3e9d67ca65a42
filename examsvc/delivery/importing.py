"""Importing enrolments from a workbook: every row is judged first; then all are enrolled at once, or nobody."""

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get, get_locked, only
from examsvc.core.errors import Refusal
from examsvc.core.identity import Identity
from examsvc.delivery import dealing, enrolling, identity_documents, identity_numbers, names
from examsvc.delivery.enrolling import Person
from examsvc.delivery.identity_documents import DocumentType
from examsvc.delivery.models import Candidate, Enrolment, ExamSession
from examsvc.delivery.states import ExamSessionState
from examsvc.delivery.workbooks import Line

MOST_EXTRA_MINUTES = 240
OK, NOTICE, WARNING, ERROR = "ok", "notice", "warning", "error"
"""Enrolled; enrolled, but to be looked at; passed over; nobody is enrolled."""


@dataclass(frozen=True)
class Judged:
    """A row and what would become of it; `person` is None unless it can be enrolled."""

    row: int
    name: str
    identity_masked: str
    outcome: str
    code: str | None = None
    detail: str = ""
    person: Person | None = None
    extra_minutes: int = 0


@dataclass(frozen=True)
class Report:
    rows: Sequence[Judged]
    errors: int
    enrolled: int


class RowFault(Exception):
    """A row cannot be taken, or need not be; `code` is stable like a refusal's."""

    def __init__(self, code: str, detail: str, outcome: str = ERROR) -> None:
        super().__init__(detail)
        self.code, self.detail, self.outcome = code, detail, outcome


def preview(db: Session, exam_session_id: UUID, lines: Sequence[Line], *, now: datetime) -> Report:
    """Return what an import would do, writing nothing; raises NotFound, EnrolmentClosed."""
    exam_session = get(db, ExamSession, exam_session_id)
    enrolling.check_open(exam_session, now)
    judged = _judge_all(db, exam_session, lines)
    return Report(judged, _errors(judged), 0)


def import_lines(db: Session, exam_session_id: UUID, lines: Sequence[Line], *, by: Identity, now: datetime) -> Report:
    """Enrol every row, unless one has an error: then nobody is enrolled, and the report says why.

    People who are enrolled already are passed over. Raises TooFewForms, and what `preview` raises.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    enrolling.check_open(exam_session, now)
    judged = _judge_all(db, exam_session, lines)
    errors = _errors(judged)
    wanted = [] if errors else [one for one in judged if one.person]
    dealing.check_enough(db, exam_session, len(wanted))
    for one in wanted:
        assert one.person  # noqa: S101 (tells the type checker what the line above chose)
        enrolling.enrol(db, exam_session_id, one.person, extra_minutes=one.extra_minutes, by=by, now=now)
        time.sleep(0)  # under gevent the other connections get their turn: thousands of rows take half a minute
    if wanted:
        audit.append(db, exam_session.audit_stream, "candidates.imported", by=by, now=now, count=len(wanted))
    return Report(judged, errors, len(wanted))


def _errors(judged: Sequence[Judged]) -> int:
    return sum(one.outcome == ERROR for one in judged)


def _judge_all(db: Session, exam_session: ExamSession, lines: Sequence[Line]) -> list[Judged]:
    seen: dict[str, int] = {}
    return [_judge(db, exam_session, line, seen) for line in lines]


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
        return Judged(**shown, outcome=ERROR, code=refusal.code, detail=str(refusal))
    except RowFault as fault:
        return Judged(**shown, outcome=fault.outcome, code=fault.code, detail=fault.detail)
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
    if candidate and only(db, Enrolment, exam_session_id=exam_session.id, candidate_id=candidate.id):
        raise RowFault("already_enrolled", "Enrolled in this exam session already; passed over.", WARNING)
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
