"""Clearing rehearsals away: whatever refers to them, in whichever table, and the synthetic candidates nobody needs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, delete, or_, select
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account
from examsvc.core import audit
from examsvc.core.audit import ENTRIES, HEADS
from examsvc.core.db import Base, get_locked
from examsvc.core.identity import Identity
from examsvc.delivery.models import Candidate, Enrolment, ExamSession
from examsvc.rehearsal.errors import NotARehearsal

Doomed = dict[Table, ColumnElement[bool]]
STREAMS = {
    "sittings": "sitting",
    "results": "result",
    "accounts": "account",
    "misconduct_records": "misconduct",
}
STREAMS_A_STATEMENT = 500


def clear(db: Session, exam_session_id: UUID, *, by: Identity, now: datetime) -> int:
    """Delete a rehearsal and its candidates unless another one has them; return how many candidates it had.

    What the exam session's own audit stream says of it stays. Raises NotFound, NotARehearsal.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    if not exam_session.is_rehearsal:
        raise NotARehearsal(name=exam_session.code)
    mine = select(Enrolment.candidate_id).filter_by(exam_session_id=exam_session_id)
    candidate_ids = set(db.scalars(mine))
    audit.append(db, exam_session.audit_stream, "rehearsal.cleared", by=by, now=now, candidates=len(candidate_ids))
    _delete(db, ExamSession.__table__, ExamSession.__table__.c.id == exam_session_id)  # type: ignore[arg-type]
    _clear_people(db, candidate_ids)
    db.expire_all()
    return len(candidate_ids)


def _clear_people(db: Session, candidate_ids: set[UUID]) -> None:
    """Delete those of the candidates, with their accounts and logins, who sit in no other exam session."""
    idle = select(Candidate.id, Candidate.account_id).where(~Candidate.id.in_(select(Enrolment.candidate_id)))
    found = [row for row in db.execute(idle) if row.id in candidate_ids]
    accounts: Table = Account.__table__  # type: ignore[assignment]
    for start in range(0, len(found), STREAMS_A_STATEMENT):
        part = [row.account_id for row in found[start : start + STREAMS_A_STATEMENT]]
        _delete(db, accounts, accounts.c.id.in_(part))


def _delete(db: Session, root: Table, condition: ColumnElement[bool]) -> None:
    """Delete the rows of `root`, and before them every row that refers to one of them, through any number of tables."""
    doomed: Doomed = {}
    for table in Base.metadata.sorted_tables:
        if found := _conditions(table, root, condition, doomed):
            doomed[table] = or_(*found)
    for table, what in reversed(doomed.items()):
        if table.name in STREAMS:
            _delete_streams(db, table, what)
        db.execute(delete(table).where(what))


def _conditions(table: Table, root: Table, condition: ColumnElement[bool], doomed: Doomed) -> list[ColumnElement[bool]]:
    if table is root:
        return [condition]
    return [
        key.parent.in_(select(_only_key(key.column.table)).where(doomed[key.column.table]))
        for key in table.foreign_keys
        if key.column.table in doomed
    ]


def _only_key(table: Table) -> Column[UUID]:
    (column,) = table.primary_key.columns
    return column


def _delete_streams(db: Session, table: Table, what: ColumnElement[bool]) -> None:
    names = [f"{STREAMS[table.name]}:{key}" for key in db.scalars(select(_only_key(table)).where(what))]
    for start in range(0, len(names), STREAMS_A_STATEMENT):
        part = names[start : start + STREAMS_A_STATEMENT]
        for streams in (ENTRIES, HEADS):
            db.execute(delete(streams).where(streams.c.stream.in_(part)))
