"""报中国就业培训技术指导中心同意 (三(一)2): a package out, a recorded reply in; it has no login here (A06)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import blobs
from examsvc.core.clock import shanghai_date
from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.registry.cases import documents
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case, DocumentKind
from examsvc.registry.cases.states import CaseState
from examsvc.registry.cases.uploads import Upload
from examsvc.registry.reviews import packing
from examsvc.registry.reviews.errors import NotThisStage, NotYetHeld, ReasonMissing
from examsvc.registry.reviews.kinds import REPLY_LEADS_TO, NationalReply
from examsvc.registry.reviews.models import DispatchedCase, NationalDispatch

MOST_CASES = 100


@dataclass(frozen=True)
class Seen:
    """A case as its sender saw it."""

    case_id: UUID
    version: int


@dataclass(frozen=True)
class Reply:
    """What the national centre answered about a case, with its letter."""

    result: NationalReply
    replied_at: datetime
    note: str
    letter: Upload


def send(db: Session, wanted: Sequence[Seen], note: str, *, by: Identity, now: datetime) -> NationalDispatch:
    """Pack cases that passed 立项评估, all or none, and record that they went out.

    Raises CaseMovedOn, NotThisStage, AnnexesMissing.
    """
    # Always locked in the same order, so that two who send some of the same cases never wait for one another.
    taken = [
        cases.take(db, seen.case_id, seen.version, by=by) for seen in sorted(wanted, key=lambda seen: seen.case_id)
    ]
    for case in taken:
        if case.state != CaseState.CITY_PASSED:
            raise NotThisStage(state=str(case.state))
    data = packing.pack(db, taken, note, now=now)
    dispatch = _dispatched(db, data, note, by=by, now=now)
    for case in taken:
        db.add(DispatchedCase(dispatch_id=dispatch.id, case_id=case.id))
        digest = dispatch.package_digest
        cases.advance(db, case, CaseState.SENT_TO_NATIONAL, by=by, now=now, dispatch=dispatch.id, digest=digest)
    return dispatch


def record_reply(db: Session, case_id: UUID, version: int, reply: Reply, *, by: Identity, now: datetime) -> Case:
    """Record the reply about one case; raises NotThisStage, ReasonMissing, and NotYetHeld for a date to come."""
    case = cases.take(db, case_id, version, by=by)
    if case.state != CaseState.SENT_TO_NATIONAL:
        raise NotThisStage(state=str(case.state))
    if reply.result != NationalReply.AGREED and not reply.note:
        raise ReasonMissing
    if reply.replied_at > now:
        raise NotYetHeld
    kept = documents.keep(db, case, DocumentKind.NATIONAL_REPLY, reply.letter, by=by, now=now)
    waiting = db.scalars(select(DispatchedCase).filter_by(case_id=case.id, reply=None)).one()
    waiting.reply, waiting.replied_at = reply.result, reply.replied_at
    waiting.note, waiting.document_id = reply.note, kept.id
    target = REPLY_LEADS_TO[reply.result]
    cases.advance(db, case, target, by=by, now=now, document=kept.id, reason=reply.note)
    return case


def package(db: Session, dispatch_id: UUID) -> tuple[str, bytes]:
    """Return the file name and the bytes of a package; raises NotFound."""
    dispatch = get(db, NationalDispatch, dispatch_id)
    return dispatch.package_name, blobs.get(dispatch.package_digest)


def _dispatched(db: Session, data: bytes, note: str, *, by: Identity, now: datetime) -> NationalDispatch:
    dispatch = NationalDispatch(
        note=note,
        package_name=f"立项报送-{shanghai_date(now).isoformat()}.zip",
        package_digest=blobs.put(data),
        package_size_bytes=len(data),
        sent_at=now,
        sent_by_id=by.account_id,
        sent_by_name=by.name,
    )
    db.add(dispatch)
    db.flush()
    return dispatch
