"""Somebody from the public objects, and later asks what became of it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.core import audit, blobs
from examsvc.core.clock import shanghai_date
from examsvc.core.db import get, get_locked, only
from examsvc.core.identity import system
from examsvc.core.sealing import sealer
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.uploads import Upload, checked
from examsvc.registry.publicity import numbering, openness
from examsvc.registry.publicity.errors import NoticeClosed, NotInNotice, ObjectionNotFound
from examsvc.registry.publicity.models import Notice, NoticeCase, Objection
from examsvc.registry.publicity.states import Against

PUBLIC = system("public")
NAME, CONTACT = "objection.name", "objection.contact"
EVIDENCE = ("pdf", "jpg", "png")
MOST_EVIDENCE_BYTES = 5 * 1024 * 1024
_SECRET_PLACES = 12  # 60 bits


@dataclass(frozen=True)
class Complaint:
    """What somebody wrote into the form."""

    case_id: UUID
    name: str
    contact: str
    against: Against
    text: str


def new_form_key() -> str:
    """Return the key of one form: sending the form again gives the same objection and the same secret code."""
    return secrets.token_urlsafe(24)


def secret_of(form_key: str) -> str:
    """Return the secret code of what was sent with the form: `XXXX-XXXX-XXXX`. Only its digest is kept."""
    number = int(sealer().mac("objection.secret", form_key.encode()), 16)
    places = [numbering.ALPHABET[(number >> 5 * place) & 31] for place in range(_SECRET_PLACES)]
    return "-".join("".join(places[start : start + 4]) for start in range(0, _SECRET_PLACES, 4))


def evidence(file_name: str, data: bytes) -> Upload:
    """Return a file that may stand with an objection; raises what `uploads.checked` raises."""
    return checked(file_name, data, allowed=EVIDENCE, most=MOST_EVIDENCE_BYTES)


def object_to(
    db: Session, notice_id: UUID, complaint: Complaint, file: Upload | None, *, form_key: str, now: datetime
) -> Objection:
    """Keep an objection that arrived at `now` and return it; the same form twice is one objection.

    Raises NoticeClosed outside the notice's time, NotInNotice, NotFound.
    """
    get(db, Notice, notice_id)
    _wait_for_case(db, notice_id, complaint.case_id)
    digest = _digest(secret_of(form_key))
    known = only(db, Objection, secret_digest=digest)
    if known is not None:
        return known
    notice = _taking(db, notice_id, complaint.case_id, now)
    objection = _entered(notice, complaint, digest, now)
    if file is not None:
        objection.evidence_name, objection.evidence_type = file.file_name, file.media_type
        objection.evidence_digest = blobs.put(file.data)
    db.add(objection)
    db.flush()
    about = {"reference": objection.reference, "against": str(objection.against), "notice": notice.id}
    audit.append(db, objection.audit_stream, "objection.received", by=PUBLIC, now=now, **about)
    return objection


def _wait_for_case(db: Session, notice_id: UUID, case_id: UUID) -> None:
    """Lock the case of the notice, so that the same form sent twice at once is one objection; raises NotInNotice."""
    if db.get(NoticeCase, (notice_id, case_id)) is None:
        raise NotInNotice
    get_locked(db, Case, case_id)


def _taking(db: Session, notice_id: UUID, case_id: UUID, now: datetime) -> Notice:
    """Return the notice, as it stands now, if it takes what arrived at `now`; raises NoticeClosed, NotInNotice."""
    place = db.get_one(NoticeCase, (notice_id, case_id), populate_existing=True)
    notice = db.get_one(Notice, notice_id, populate_existing=True)
    if not openness.takes_objections(notice, now):
        raise NoticeClosed(ends_at=notice.ends_at.isoformat())
    if place.left_at is not None:
        raise NotInNotice
    return notice


def _entered(notice: Notice, complaint: Complaint, secret_digest: str, now: datetime) -> Objection:
    return Objection(
        reference=numbering.OBJECTION.allot(shanghai_date(now).year),
        secret_digest=secret_digest,
        notice_id=notice.id,
        case_id=complaint.case_id,
        name_sealed=sealer().seal(NAME, complaint.name),
        contact_sealed=sealer().seal(CONTACT, complaint.contact),
        text=complaint.text,
        against=complaint.against,
        received_at=now,
    )


def follow(db: Session, reference: str, secret: str) -> Objection:
    """Return the objection for who knows its reference and code; every miss raises the same ObjectionNotFound."""
    wanted = numbering.OBJECTION.recognise(reference) or ""
    query = select(Objection).where(Objection.reference == wanted, Objection.secret_digest == _digest(_clean(secret)))
    found = db.scalar(query.options(joinedload(Objection.notice), joinedload(Objection.case)))
    if found is None:
        raise ObjectionNotFound
    return found


def _digest(secret: str) -> str:
    return sealer().mac("objection.check", secret.encode())


def _clean(secret: str) -> str:
    places = "".join(char for char in secret.upper().translate(str.maketrans("OIL", "011")) if char.isalnum())
    return "-".join(places[start : start + 4] for start in range(0, len(places), 4))
