"""Printing what an exam session needs on paper; a character that no font can draw is refused, never dropped."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit, blobs, canonical, print_pictures, typesetting
from examsvc.core.db import get
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery import clocks, enrolling, identity_documents, identity_numbers
from examsvc.delivery.errors import CannotBeHandedOut, SeatsNotSettled
from examsvc.delivery.handouts import ticket_codes, words
from examsvc.delivery.manuscripts import Manuscript
from examsvc.delivery.models import Enrolment, ExamSession
from examsvc.delivery.states import ExamSessionState

TEMPLATES = Path(__file__).parent / "templates"
PHOTO_PIXELS = (300, 420)  # 25 × 35 mm on paper, at 300 ppi


class Handout(StrEnum):
    """准考证, 考场门贴, 签到表."""

    TICKETS = "tickets"
    DOOR_LISTS = "door-lists"
    SIGN_IN_SHEETS = "sign-in-sheets"


FILE_NAMES = {Handout.TICKETS: "准考证", Handout.DOOR_LISTS: "考场门贴", Handout.SIGN_IN_SHEETS: "签到表"}


def hand_out(
    db: Session,
    exam_session_id: UUID,
    handout: Handout,
    *,
    session_room_id: UUID | None = None,
    by: Identity,
    now: datetime,
) -> Manuscript:
    """Return what is to be printed for the whole exam session, or one room of it, and put on record who prints it.

    Raises NotFound, SeatsNotSettled (in a draft seats still change), CannotBeHandedOut.
    """
    exam_session = get(db, ExamSession, exam_session_id)
    if exam_session.state not in (ExamSessionState.PUBLISHED, ExamSessionState.CLOSED):
        raise SeatsNotSettled
    found = enrolling.enrolments_of(db, exam_session_id)
    people = [one for one in found if session_room_id in (None, one.session_room_id)]
    if not people:
        raise NotFound(thing="room")
    detail = {"handout": handout, "count": len(people), "room": session_room_id}
    files = _files(handout, exam_session, people)
    audit.append(db, exam_session.audit_stream, "exam_session.handout_printed", by=by, now=now, **detail)
    room = people[0].room if session_room_id else None
    name = FILE_NAMES[handout] + (f"-第{room.number:02}考场" if room else "")
    return Manuscript(files, now, f"{name}-{exam_session.code}.pdf")


def _files(handout: Handout, exam_session: ExamSession, people: Iterable[Enrolment]) -> dict[str, bytes]:
    return {
        typesetting.MAIN: (TEMPLATES / f"{handout}.typ").read_bytes(),
        "handout.typ": (TEMPLATES / "handout.typ").read_bytes(),
        "handout.json": _told(exam_session, people),
        **_pictures(handout, people),
    }


def _told(exam_session: ExamSession, people: Iterable[Enrolment]) -> bytes:
    told = canonical.encode({"session": _session(exam_session), "rooms": list(_by_room(people))})
    try:
        typesetting.check_drawable(told.decode())
    except typesetting.CannotBeTypeset as error:
        raise CannotBeHandedOut(reason=str(error)) from error
    return told


def _session(one: ExamSession) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "place": one.place,
        "scheme": one.filing.specification.scheme.name,
        "organisation": one.filing.organisation.name,
        "batch": one.batch.name if one.batch else None,
        "span": words.span(one.starts_at, one.ends_at),
        "rules": words.rules(clocks.window_of(one), one.camera_rule),
    }


def _by_room(people: Iterable[Enrolment]) -> Iterable[dict[str, Any]]:
    rooms: dict[UUID | None, dict[str, Any]] = {}
    for one in people:
        told = rooms.setdefault(one.session_room_id, {**_room(one), "candidates": []})
        told["candidates"].append(_candidate(one))
    return rooms.values()


def _room(enrolment: Enrolment) -> dict[str, Any]:
    use = enrolment.session_room
    if use is None:
        return {"number": None, "name": "", "address": enrolment.exam_session.place, "centre": ""}
    centre = use.room.centre
    return {"number": f"{use.number:02}", "name": use.name, "address": centre.address, "centre": centre.name}


def _candidate(enrolment: Enrolment) -> dict[str, Any]:
    candidate = enrolment.candidate
    return {
        "id": str(enrolment.id),
        "name": candidate.name,
        "document": identity_documents.TITLES[identity_documents.DocumentType(candidate.document_type)],
        "identity_masked": identity_numbers.masked(identity_numbers.unseal(candidate.identity_sealed)),
        "ticket_number": enrolment.ticket_number,
        "seat": f"{enrolment.seat_number:02}",
        "has_photo": candidate.photo_digest is not None,
    }


def _pictures(handout: Handout, people: Iterable[Enrolment]) -> dict[str, bytes]:
    """Return the photos and QR codes that the handout shows, by file name."""
    files: dict[str, bytes] = {}
    for one in people if handout != Handout.DOOR_LISTS else ():
        if one.candidate.photo_digest:
            photo = print_pictures.portrait(blobs.get(one.candidate.photo_digest), PHOTO_PIXELS)
            files[f"photo-{one.id}.svg"] = print_pictures.portrait_svg(photo)
        if handout == Handout.TICKETS:
            files[f"qr-{one.id}.svg"] = print_pictures.qr_svg(ticket_codes.code(one.ticket_number))
    return files
