"""What a marker sees: own questions with their marking guide, answers by anonymous code, own marks.

Nothing here leads to a candidate: no name, seat, ticket, sitting or enrolment, and no order that would tell.
"""

import math
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.db import get
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.models import ExamSession
from scoring.written import collecting, marking, owning, questions
from scoring.written.dividing import duties_of
from scoring.written.models import WrittenAnswer, WrittenDuty, WrittenMarking
from scoring.written.owning import OwnAnswer
from scoring.written.reading import AnswerReading
from scoring.written.settling import Standing
from scoring.written.states import Duty

Line = dict[str, Any]


def exam_sessions(db: Session, *, by: Identity) -> list[Line]:
    """Return the exam sessions the caller marks written answers of, the latest first, with how much is done."""
    mine = select(WrittenDuty.exam_session_id).where(WrittenDuty.account_id == by.account_id)
    query = select(ExamSession).where(ExamSession.id.in_(mine), ExamSession.state.in_(owning.SHOWN))
    found = db.scalars(query.order_by(ExamSession.starts_at.desc(), ExamSession.id)).all()
    return [_session(db, one, owning.answers(db, one.id, by=by)) for one in found]


def exam_session(db: Session, exam_session_id: UUID, *, by: Identity) -> Line:
    """Return one exam session with the caller's questions; raises NotFound where they have no duty."""
    found, mine = owning.exam_session(db, exam_session_id, by=by), owning.answers(db, exam_session_id, by=by)
    assigned = duties_of(db, exam_session_id)
    lines = [
        {"version_id": question.version.id, "number": question.number, "points": question.points, "duty": duty}
        | _counts([one for one in mine if one.reading.answer.item_version_id == question.version.id])
        for question in questions.of_session(db, found)
        if (duty := owning.duty_of(assigned, question.version.id, by))
    ]
    return {"exam_session": _session(db, found, mine), "questions": lines}


def question(db: Session, exam_session_id: UUID, version_id: UUID, *, by: Identity) -> Line:
    """Return a question of the caller's with stem, marking guide and the answers by code; raises NotFound."""
    found = owning.exam_session(db, exam_session_id, by=by)
    own = owning.question(db, found, version_id, by=by)
    return {
        "version_id": version_id,
        "number": own.number,
        "points": own.points,
        "duty": owning.duty_of(duties_of(db, exam_session_id), version_id, by),
        "stem": own.version.content["stem"],
        "media": own.version.content.get("media", []),
        "parts": [
            {
                "part": part.id,
                "stem": part.content["stem"],
                "media": part.content.get("media", []),
                "most": math.ceil(part.points),
                "length": part.content.get("length"),
                "reference": part.key["reference"],
                "guide": part.key.get("points", []),
            }
            for part in own.parts
        ],
        "answers": [
            _answer_line(one)
            for one in owning.answers(db, exam_session_id, by=by)
            if one.reading.answer.item_version_id == version_id
        ],
    }


def answer(db: Session, answer_id: UUID, *, by: Identity) -> Line:
    """Return one answer with its text and the caller's own mark; the arbiter also sees what was given, not by whom."""
    found = get(db, WrittenAnswer, answer_id)
    duty = marking.duty_for(db, found, by=by)
    if not found.sitting.state.is_over:
        raise NotFound(thing="written answer")
    return answer_view(db, marking.read_one(db, found), duty, by=by)


def answer_view(db: Session, one: AnswerReading, duty: Duty, *, by: Identity) -> Line:
    """Return what the caller may see of an answer."""
    row, rule = one.answer, db.get_one(WrittenMarking, one.answer.exam_session_id)
    is_arbiter = duty == Duty.ARBITER
    return {
        **_answer_line(OwnAnswer(one, duty, one.own(by.account_id, duty))),
        "text": collecting.text_of(db, row),
        "answer_digest": row.digest,
        "most": math.ceil(row.most),
        "step": rule.step,
        "marking_state": rule.state,
        "duty": duty,
        "given": [{"value": mark.value, "note": mark.note} for mark in one.given.values()] if is_arbiter else [],
    }


def _session(db: Session, one: ExamSession, mine: Sequence[OwnAnswer]) -> Line:
    fields = ("id", "code", "title", "place", "starts_at", "ends_at")
    rule = db.get_one(WrittenMarking, one.id)
    return {**{name: getattr(one, name) for name in fields}, "marking_state": rule.state, **_counts(mine)}


def _counts(mine: Sequence[OwnAnswer]) -> Line:
    return {"answers": len(mine), "marked": sum(one.mark is not None for one in mine)}


def _answer_line(one: OwnAnswer) -> Line:
    standing, row = one.reading.settlement.standing, one.reading.answer
    return {
        "answer_id": row.id,
        "code": row.code,
        "part": row.part,
        "value": one.mark.value if one.mark else None,
        "note": one.mark.note if one.mark else "",
        "is_decided": one.duty == Duty.MARKER and standing == Standing.DECIDED,
    }
