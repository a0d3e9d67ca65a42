"""Declaring what a member of staff is to a candidate 申报回避关系, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, contains_eager, joinedload

from examsvc.accounts.models import Account
from examsvc.core import audit
from examsvc.core.db import get
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery import enrolling
from examsvc.delivery.errors import RelationAlreadyDeclared
from examsvc.delivery.models import Candidate, DeclaredRelation, Enrolment
from examsvc.delivery.staffing.duties import Relationship


@dataclass(frozen=True)
class Declaration:
    """Who declared what to whom; `note` says more where it is needed."""

    account_id: UUID
    enrolment_id: UUID
    kind: Relationship
    note: str = ""


def declare(
    db: Session, exam_session_id: UUID, declaration: Declaration, *, by: Identity, now: datetime
) -> DeclaredRelation:
    """Enter a declaration about somebody enrolled in the exam session and return it; it holds in every exam session.

    It is entered also when the two meet already: what follows from it is shown and refused by `lawfulness`. Raises
    NotFound, RelationAlreadyDeclared.
    """
    account = get(db, Account, declaration.account_id)
    candidate = enrolling.enrolment_in(db, exam_session_id, declaration.enrolment_id).candidate
    relation = DeclaredRelation(
        account=account,
        candidate=candidate,
        kind=declaration.kind,
        note=declaration.note,
        declared_at=now,
        entered_by_id=by.account_id,
    )
    db.add(relation)
    try:
        db.flush()
    except IntegrityError as error:  # the two are the only thing that can collide
        raise RelationAlreadyDeclared from error
    detail = {"relation": relation.id, "candidate": candidate.id, "kind": declaration.kind, "note": declaration.note}
    audit.append(db, account.audit_stream, "relation.declared", by=by, now=now, **detail)
    return relation


def take_back(
    db: Session, exam_session_id: UUID, relation_id: UUID, *, reason: str, by: Identity, now: datetime
) -> None:
    """Delete what was declared by mistake about a candidate of the exam session; the audit keeps it.

    Raises NotFound.
    """
    relation = next((one for one in relations(db, exam_session_id) if one.id == relation_id), None)
    if relation is None:
        raise NotFound(thing="declared relation")
    detail = {"relation": relation.id, "candidate": relation.candidate_id, "kind": relation.kind, "reason": reason}
    audit.append(db, relation.account.audit_stream, "relation.taken_back", by=by, now=now, **detail)
    db.delete(relation)
    db.flush()


def relations(db: Session, exam_session_id: UUID) -> Sequence[DeclaredRelation]:
    """Return what is declared about the exam session's candidates, oldest first."""
    query = (
        select(DeclaredRelation)
        .join(DeclaredRelation.candidate)
        .join(Enrolment, Enrolment.candidate_id == Candidate.id)
        .where(Enrolment.exam_session_id == exam_session_id)
        .options(contains_eager(DeclaredRelation.candidate), joinedload(DeclaredRelation.account))
        .order_by(DeclaredRelation.declared_at, DeclaredRelation.id)
    )
    return db.scalars(query).all()
