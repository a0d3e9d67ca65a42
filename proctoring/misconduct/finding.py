"""Who finds which records: the office and its supervisors all, proctors those of the exam sessions they watch.

What waits for witnesses is found by proctors of other exam sessions at the same site that day, too.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.accounts.roles import Role
from examsvc.core import audit
from examsvc.core.db import get, get_locked
from examsvc.core.errors import NotAllowed, NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.models import Sitting
from proctoring import membership, posts
from proctoring.misconduct import neighbours, serving
from proctoring.misconduct.models import MisconductRecord
from proctoring.misconduct.states import MisconductState

PARTS = frozenset(
    f"misconduct.{part}" for part in ("opened", "corrected", "file_added", "told", "stated", "refused", "signed")
)
UNSIGNED = (MisconductState.TOLD, MisconductState.REFUSED)
"""What waits for signatures."""
READERS = (Role.OFFICE, Role.DECISION_MAKER, Role.QUALITY_SUPERVISOR)


def keepers_sitting(db: Session, sitting_id: UUID, *, by: Identity) -> Sitting:
    """Return a sitting that the caller may put on record; raises NotFound, NotYourRoom."""
    return get(db, Sitting, sitting_id) if by.has(Role.OFFICE) else posts.sitting_to_act_on(db, sitting_id, by=by)


def readable(db: Session, record_id: UUID, *, by: Identity) -> MisconductRecord:
    """Return a record that the caller may read; raises NotFound."""
    return _seen(db, get(db, MisconductRecord, record_id), by)


def writable(db: Session, record_id: UUID, *, by: Identity) -> MisconductRecord:
    """Return a record that the caller may go on with, locked; raises NotFound, NotAllowed, NotYourRoom."""
    record = _seen(db, get_locked(db, MisconductRecord, record_id), by)
    check_keeper(db, record, by=by)
    return record


def check_keeper(db: Session, record: MisconductRecord, *, by: Identity) -> None:
    """Raise NotAllowed or NotYourRoom unless the caller may go on with a record that they see."""
    if by.has(Role.OFFICE):
        return
    if not is_serving(db, record, by=by):
        raise NotAllowed
    posts.check(db, record.sitting.enrolment.exam_session_id, record.sitting.enrolment.session_room_id, by=by)


def witnessed(db: Session, record_id: UUID, *, by: Identity) -> MisconductRecord:
    """Return a record that the caller may witness, locked; raises NotFound, NotAllowed.

    A room that has no second proctor at hand calls one from the next, of this exam session or of another there.
    """
    record = _seen(db, get_locked(db, MisconductRecord, record_id), by)
    if not may_witness(db, record, by=by):
        raise NotAllowed
    return record


def may_witness(db: Session, record: MisconductRecord, *, by: Identity) -> bool:
    """Return whether the caller proctors the exam session of the record, or another at its site on its day."""
    return is_serving(db, record, by=by) or neighbours.is_next_door(db, record.sitting.enrolment.exam_session_id, by=by)


def keeps(db: Session, record: MisconductRecord, *, by: Identity) -> bool:
    """Return whether the caller may go on with a record, as `writable` says."""
    enrolment = record.sitting.enrolment
    if by.has(Role.OFFICE):
        return True
    return is_serving(db, record, by=by) and posts.acts_in(
        db, enrolment.exam_session_id, enrolment.session_room_id, by=by
    )


def is_serving(db: Session, record: MisconductRecord, *, by: Identity) -> bool:
    """Return whether the caller watches the exam session that the record is of."""
    return membership.watches(db, record.sitting.enrolment.exam_session_id, by=by)


def involved(db: Session, record: MisconductRecord) -> set[str]:
    """Return how the audit log calls whoever recorded, corrected, told, heard or signed, and all who serve or served in
    the exam session: none of them rules on it, or revokes a ruling on it.
    """
    parts = {entry.actor for entry in audit.history(db, record.audit_stream) if entry.action in PARTS}
    return parts | serving.served(db, record.sitting.enrolment.exam_session)


def acting(by: Identity) -> UUID:
    """Return the account of the person who acts; a process never does; raises NotAllowed."""
    if by.account_id is None:
        raise NotAllowed
    return by.account_id


def _seen(db: Session, record: MisconductRecord, by: Identity) -> MisconductRecord:
    if by.has(*READERS) or is_serving(db, record, by=by) or _is_called(db, record, by=by):
        return record
    raise NotFound(thing="misconduct record")


def _is_called(db: Session, record: MisconductRecord, *, by: Identity) -> bool:
    """Who is next door reads what waits for witnesses, and goes on reading what they have signed."""
    if any(one.account_id == by.account_id for one in record.signatures):
        return True
    is_next_door = neighbours.is_next_door(db, record.sitting.enrolment.exam_session_id, by=by)
    return record.state in UNSIGNED and is_next_door


def linked_snapshot(db: Session, record_id: UUID, snapshot_id: UUID, *, by: Identity) -> str:
    """Return the digest of a snapshot that is evidence in a record the caller may read; raises NotFound."""
    links = readable(db, record_id, by=by).evidence
    digest = next((one.digest for one in links if one.snapshot_id == snapshot_id), None)
    if digest is None:
        raise NotFound(thing="snapshot")
    return digest
