"""Records of misconduct as people read them."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from examsvc.accounts.roles import Role
from examsvc.core.identity import Identity
from examsvc.delivery.models import Enrolment, ExamSession, ProctorAssignment, Sitting
from proctoring.misconduct import content, finding, neighbours, remedies, views
from proctoring.misconduct.classes import CLASSES, REGULATION, MisconductClass
from proctoring.misconduct.models import MisconductRecord, MisconductRuling
from proctoring.misconduct.states import MisconductState, SignerKind

MOST = 500


def classes(*, by: Identity) -> list[dict[str, Any]]:
    """Return the classes of misconduct that the caller may record, with what each permits and where it is from."""
    return [_class(kind) for kind, rule in CLASSES.items() if rule.in_the_room or by.has(Role.OFFICE)]


def _class(kind: MisconductClass) -> dict[str, Any]:
    rule = CLASSES[kind]
    return {"kind": kind, "title": rule.title, "source": REGULATION + rule.article, "permitted": list(rule.permitted)}


def records(
    db: Session,
    *,
    exam_session_id: UUID | None = None,
    sitting_id: UUID | None = None,
    to_witness: bool = False,
    by: Identity,
) -> list[dict[str, Any]]:
    """Return the records that the caller may read, the newest first, as lines of a list.

    With `to_witness` those that wait for witnesses in other exam sessions at the caller's site that day.
    """
    query = (
        select(MisconductRecord)
        .join(MisconductRecord.sitting)
        .join(Sitting.enrolment)
        .join(Enrolment.exam_session)
        .options(_with_people(), selectinload(MisconductRecord.rulings))
        .order_by(MisconductRecord.opened_at.desc(), MisconductRecord.id)
        .limit(MOST)
    )
    if to_witness:
        query = query.where(ExamSession.id.in_(neighbours.sessions(db, by=by)))
        query = query.where(MisconductRecord.state.in_(finding.UNSIGNED))
    elif not by.has(*finding.READERS):
        watched = select(ProctorAssignment.exam_session_id).filter_by(account_id=by.account_id)
        query = query.where(ExamSession.id.in_(watched))
    if exam_session_id is not None:
        query = query.where(ExamSession.id == exam_session_id)
    if sitting_id is not None:
        query = query.where(Sitting.id == sitting_id)
    return [_line(record) for record in db.scalars(query)]


def _with_people() -> Any:
    enrolment = contains_eager(MisconductRecord.sitting).contains_eager(Sitting.enrolment)
    return enrolment.options(joinedload(Enrolment.candidate), contains_eager(Enrolment.exam_session))


def _line(record: MisconductRecord) -> dict[str, Any]:
    enrolment = record.sitting.enrolment
    standing = standing_ruling(record)
    return {
        "id": record.id,
        "sitting_id": record.sitting_id,
        "enrolment_id": enrolment.id,
        "exam_session_id": enrolment.exam_session_id,
        "exam_session_code": enrolment.exam_session.code,
        "exam_session_title": enrolment.exam_session.title,
        "name": enrolment.candidate.name,
        "ticket_number": enrolment.ticket_number,
        "seat": enrolment.seat_label,
        "state": record.state,
        "kind": record.kind,
        "subject": record.subject,
        "happened_at": record.happened_at,
        "consequence": standing.consequence if standing else None,
    }


def standing_ruling(record: MisconductRecord) -> MisconductRuling | None:
    """Return the ruling that stands, or None."""
    return next((one for one in record.rulings if one.revoked_at is None), None)


def record(db: Session, record_id: UUID, *, by: Identity) -> dict[str, Any]:
    """Return a record whole; raises NotFound."""
    return whole(db, finding.readable(db, record_id, by=by), by=by)


def whole(db: Session, found: MisconductRecord, *, by: Identity) -> dict[str, Any]:
    """Return the record with evidence, statements, signatures and rulings, its digest, and what the caller may do."""
    organisation = found.sitting.enrolment.exam_session.filing.organisation.name
    return {
        **_line(found),
        "rule": _class(found.kind),
        "facts": found.facts,
        "place": found.place,
        "opened_by": found.opened_by.display_name,
        "opened_at": found.opened_at,
        "evidence": [views.evidence(db, link) for link in found.evidence],
        "statements": [views.statement(one) for one in found.statements],
        "signatures": [views.signature(one) for one in found.signatures],
        "rulings": [views.ruling(one) for one in found.rulings],
        "digest": content.digest(found),
        "remedy": remedies.text(organisation),
        "may": _may(db, found, by),
    }


def _may(db: Session, record: MisconductRecord, by: Identity) -> dict[str, bool]:
    serves = finding.is_serving(db, record, by=by)
    may_witness = serves or finding.may_witness(db, record, by=by)
    signed = {one.account_id for one in record.signatures if one.signer == SignerKind.WITNESS}
    standing = standing_ruling(record)
    had_no_part = by.actor not in finding.involved(db, record)
    return {
        "keep": finding.keeps(db, record, by=by),
        "witness": may_witness and by.account_id not in signed and record.state in finding.UNSIGNED,
        "rule": record.state in _RULABLE and by.has(Role.OFFICE) and had_no_part,
        "revoke": by.has(Role.OFFICE, Role.DECISION_MAKER)
        and had_no_part
        and standing is not None
        and standing.decided_by_id != by.account_id,
    }


_RULABLE = (MisconductState.SIGNED, MisconductState.REVOKED)
