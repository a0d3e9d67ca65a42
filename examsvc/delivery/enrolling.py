"""Enrolling candidates: person, ticket, seat, and the sitting, with its paper once the exam session is published."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, defer, joinedload

from examsvc.accounts import service as accounts
from examsvc.accounts.roles import Role
from examsvc.core import audit, blobs
from examsvc.core.clock import SHANGHAI, shanghai_date
from examsvc.core.db import get, get_locked, only
from examsvc.core.errors import Conflict, NotFound
from examsvc.core.identity import Identity
from examsvc.delivery import (
    conditions,
    dealing,
    identity_documents,
    identity_numbers,
    names,
    overlapping,
    photos,
    signals,
)
from examsvc.delivery.accommodations import deciding, settling
from examsvc.delivery.errors import AlreadyEnrolled, EnrolmentClosed, NameDiffers
from examsvc.delivery.identity_documents import DocumentType
from examsvc.delivery.models import (
    Candidate,
    Enrolment,
    ExamSession,
    SessionRoom,
    Sitting,
    WithdrawnEnrolment,
    by_seat,
)
from examsvc.delivery.rooms import placing
from examsvc.delivery.staffing import lawfulness
from examsvc.delivery.states import ExamSessionState
from examsvc.registry.applications.models import Room

_LISTED = (
    joinedload(Enrolment.session_room).joinedload(SessionRoom.room).joinedload(Room.centre),
    joinedload(Enrolment.candidate, innerjoin=True),
    joinedload(Enrolment.condition),
    joinedload(Enrolment.sitting).options(defer(Sitting.arrangement), joinedload(Sitting.paper)),
)


@dataclass(frozen=True)
class Person:
    """A candidate as enrolled: the identity number in clear only until it is sealed."""

    name: str
    identity_number: str
    photo: bytes | None = None
    document_type: DocumentType = DocumentType.ID_CARD


def enrol(
    db: Session,
    exam_session_id: UUID,
    person: Person,
    *,
    extra_minutes: int = 0,
    condition: int | None = None,
    by: Identity,
    now: datetime,
) -> Enrolment:
    """Enrol a person and return the enrolment with ticket, next free seat and sitting.

    `condition` is the number of the condition of application that the person meets.
    Raises BadName, NameNotDrawable, BadIdentityNumber, BadDocumentNumber, TooYoung, ConditionNotStated,
    ConditionUnknown, NameDiffers, BadPhoto, AlreadyEnrolled, CandidateSitsElsewhere, EnrolmentClosed, RoomsFull,
    TooFewForms, what `lawfulness.check_entrant` raises, and Conflict when somebody enrols the same person at the same
    time.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    check_open(exam_session, now)
    person = checked(person, exam_session)
    met = conditions.chosen(exam_session, condition)
    candidate = _find_or_add(db, person, by=by, now=now)
    if only(db, Enrolment, exam_session_id=exam_session_id, candidate_id=candidate.id):
        raise AlreadyEnrolled
    overlapping.hold(db, [candidate.id])
    overlapping.check(db, exam_session, candidate)
    lawfulness.check_entrant(db, exam_session, candidate)
    enrolment = _seated(db, exam_session, candidate, now)
    enrolment.condition = met
    db.add(enrolment)
    if exam_session.state == ExamSessionState.PUBLISHED:
        dealing.give_papers(db, exam_session, [enrolment.sitting])
    db.flush()
    deciding.on_enrolling(db, enrolment, extra_minutes=extra_minutes, by=by, now=now)
    stated = {"condition": met.number} if met else {}
    audit.append(db, exam_session.audit_stream, "candidate.enrolled", by=by, now=now, enrolment=enrolment.id, **stated)
    signals.candidate_enrolled.send(enrolment, db=db, now=now)
    return enrolment


def _seated(db: Session, exam_session: ExamSession, candidate: Candidate, now: datetime) -> Enrolment:
    is_apart = bool(settling.of_all(db, exam_session.id).separate_room)
    session_room, seat_number = placing.next_free(db, exam_session, is_apart=is_apart)
    return Enrolment(
        exam_session=exam_session,
        candidate=candidate,
        ticket_number=_ticket_number(db, exam_session),
        session_room=session_room,
        seat_number=seat_number,
        sitting=Sitting(arrangement=[], paper=None),
        created_at=now,
    )


def check_open(exam_session: ExamSession, now: datetime) -> None:
    """Raise EnrolmentClosed unless people may still be enrolled; real people never sit a rehearsal."""
    if exam_session.is_rehearsal:
        raise EnrolmentClosed(state="rehearsal")
    if exam_session.state not in (ExamSessionState.DRAFT, ExamSessionState.PUBLISHED):
        raise EnrolmentClosed(state=exam_session.state)
    if exam_session.ends_at <= now:
        raise EnrolmentClosed(state="over")


def checked(person: Person, exam_session: ExamSession) -> Person:
    """Return the person with name and number in their stored form, who may sit on the exam session's day.

    Raises BadName, NameNotDrawable, BadIdentityNumber, BadDocumentNumber, TooYoung.
    """
    name = names.checked(person.name)
    number = identity_documents.checked(person.document_type, person.identity_number)
    born = identity_documents.born_on(person.document_type, number)
    identity_documents.check_age(born, shanghai_date(exam_session.starts_at))
    return replace(person, name=name, identity_number=number)


def find_known(db: Session, person: Person) -> Candidate | None:
    """Return who is known by the checked person's number, or None; raises NameDiffers when under another name."""
    index = identity_documents.index(person.document_type, person.identity_number)
    candidate = only(db, Candidate, identity_index=index)
    if candidate is not None and candidate.name != person.name:
        raise NameDiffers
    return candidate


def _find_or_add(db: Session, person: Person, *, by: Identity, now: datetime) -> Candidate:
    photo_digest = blobs.put(photos.prepared(person.photo)) if person.photo else None
    candidate = find_known(db, person) or _add(db, person, by=by, now=now)
    candidate.photo_digest = photo_digest or candidate.photo_digest
    return candidate


def _add(db: Session, person: Person, *, by: Identity, now: datetime) -> Candidate:
    username = f"candidate-{secrets.token_hex(8)}"
    account = accounts.create_account(db, username, person.name, [Role.CANDIDATE], password=None, by=by, now=now)
    candidate = Candidate(
        account_id=account.id,
        name=person.name,
        document_type=person.document_type,
        identity_sealed=identity_numbers.seal(person.identity_number),
        identity_index=identity_documents.index(person.document_type, person.identity_number),
        created_at=now,
    )
    db.add(candidate)
    try:
        db.flush()
    except IntegrityError as error:
        raise Conflict from error
    return candidate


def _ticket_number(db: Session, exam_session: ExamSession) -> str:
    """Return a ticket number that nobody ever had, says the date, and cannot be guessed from another one."""
    day = exam_session.starts_at.astimezone(SHANGHAI).strftime("%y%m%d")
    while True:
        number = f"{day}{secrets.randbelow(10**8):08d}"
        if not any(only(db, model, ticket_number=number) for model in (Enrolment, WithdrawnEnrolment)):
            return number


def enrolments_of(db: Session, exam_session_id: UUID) -> list[Enrolment]:
    """Return the exam session's enrolments by seat; raises NotFound."""
    get(db, ExamSession, exam_session_id)
    query = select(Enrolment).filter_by(exam_session_id=exam_session_id).order_by(*by_seat())
    return list(db.scalars(query.options(*_LISTED)))


def enrolment_in(db: Session, exam_session_id: UUID, enrolment_id: UUID) -> Enrolment:
    """Return the enrolment if it belongs to the exam session; raises NotFound."""
    enrolment = db.get(Enrolment, enrolment_id, options=_LISTED)
    if enrolment is None or enrolment.exam_session_id != exam_session_id:
        raise NotFound(thing="enrolment")
    return enrolment


def set_photo(
    db: Session, exam_session_id: UUID, enrolment_id: UUID, photo: bytes, *, by: Identity, now: datetime
) -> Enrolment:
    """Give an enrolled candidate a photo and return the enrolment; raises NotFound, TooLarge, BadPhoto."""
    enrolment = enrolment_in(db, exam_session_id, enrolment_id)
    give_photo(db, enrolment, blobs.put(photos.prepared(photo)), by=by, now=now)
    return enrolment


def give_photo(db: Session, enrolment: Enrolment, digest: str, *, by: Identity, now: datetime) -> None:
    """Give the candidate a photo that is kept already."""
    enrolment.candidate.photo_digest = digest
    stream = enrolment.exam_session.audit_stream
    audit.append(db, stream, "candidate.photo_set", by=by, now=now, enrolment=enrolment.id)
