"""Making a rehearsal: an exam session, and thousands of synthetic candidates within seconds."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit, ids
from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.delivery import arranging, dealing, paper_forms
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from examsvc.delivery.states import CameraRule, ClockRule, ExamSessionState
from examsvc.registry.models import Filing
from examsvc.rehearsal import inscribing, rows
from examsvc.rehearsal.errors import NoPaperToRehearse
from examsvc.rehearsal.people import Synthetic, people
from questionbank.kinds import DrawKind
from questionbank.models import Blueprint, ItemBank, Paper, PaperDraw
from scoring.models import Result
from scoring.states import ResultState

PLACE = "彩排，无真实考生"


@dataclass(frozen=True, kw_only=True)
class RehearsalPlan:
    """The exam session of a rehearsal; without `paper_id` the latest paper of a filed exam is taken."""

    candidates: int
    starts_at: datetime
    ends_at: datetime
    minutes: int
    clock_rule: ClockRule
    paper_id: UUID | None = None
    camera_rule: CameraRule = CameraRule.OPTIONAL
    grace_seconds: int = 15


@dataclass(frozen=True)
class Seat:
    """One synthetic candidate's place: all that somebody needs to sit down there."""

    person: Synthetic
    ticket: str
    sitting_id: UUID


@dataclass(frozen=True)
class Rehearsal:
    exam_session_id: UUID
    code: str
    seats: Sequence[Seat]


def seed(db: Session, plan: RehearsalPlan, *, by: Identity, now: datetime) -> Rehearsal:
    """Make a published rehearsal and return it with its seats; raises NoPaperToRehearse, NotFound, ValueError."""
    paper, filing = _paper(db, plan.paper_id)
    secret = secrets.token_hex(4).upper()
    exam_session = _exam_session(plan, secret, paper, filing, now)
    db.add(exam_session)
    db.flush()
    everybody = people(plan.candidates)
    candidate_ids = inscribing.candidates(db, everybody, by=by, now=now)
    seats = _enrol(db, exam_session, paper, list(zip(everybody, candidate_ids, strict=True)), secret, now)
    audit.append(db, exam_session.audit_stream, "rehearsal.seeded", by=by, now=now, candidates=len(seats))
    return Rehearsal(exam_session.id, exam_session.code, seats)


def _paper(db: Session, paper_id: UUID | None) -> tuple[Paper, Filing]:
    """Return a paper that is not one candidate's own, also of a bank that is not registered, and a filing for it."""
    query = (
        select(Paper, Filing)
        .join(Blueprint, Blueprint.id == Paper.blueprint_id)
        .join(ItemBank, ItemBank.id == Blueprint.bank_id)
        .join(Filing, Filing.specification_id == ItemBank.specification_id)
        .outerjoin(PaperDraw, PaperDraw.id == Paper.draw_id)
        .where(PaperDraw.kind.is_distinct_from(DrawKind.INDIVIDUAL))
    )
    if paper_id is not None:
        query = query.where(Paper.id == get(db, Paper, paper_id).id)
    found = db.execute(query.order_by(Paper.created_at.desc(), Paper.id.desc()).limit(1)).first()
    if found is None:
        raise NoPaperToRehearse
    return found[0], found[1]


def _exam_session(plan: RehearsalPlan, secret: str, paper: Paper, filing: Filing, now: datetime) -> ExamSession:
    return ExamSession(
        code=f"RH-{secret}",
        title=f"彩排 {plan.candidates} 人",
        place=PLACE,
        filing_id=filing.id,
        paper_id=paper.id,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        minutes=plan.minutes,
        clock_rule=plan.clock_rule,
        camera_rule=plan.camera_rule,
        late_entry_minutes=plan.minutes,
        earliest_hand_in_minutes=0,
        last_minutes_consent=0,  # there is no proctor who could consent
        grace_seconds=plan.grace_seconds,
        state=ExamSessionState.PUBLISHED,
        is_rehearsal=True,
        created_at=now,
    )


def _enrol(
    db: Session,
    exam_session: ExamSession,
    paper: Paper,
    everybody: Sequence[tuple[Synthetic, UUID]],
    secret: str,
    now: datetime,
) -> list[Seat]:
    enrolments = [_enrolment(exam_session, person, candidate_id, secret, now) for person, candidate_id in everybody]
    orders = _orders(db, exam_session, paper)
    sittings = [
        {"id": ids.new_id(), "enrolment_id": enrolment["id"], "paper_id": paper.id, **_ordered(next(orders))}
        for enrolment in enrolments
    ]
    results = [
        {"id": ids.new_id(), "enrolment_id": one["id"], "breakdown": [], "computed_at": now} for one in enrolments
    ]
    rows.insert(db, Enrolment, enrolments)
    rows.insert(db, Sitting, sittings)
    rows.insert(db, Result, [{**result, "state": ResultState.INCOMPLETE} for result in results])
    return [
        Seat(person, enrolment["ticket_number"], sitting["id"])
        for (person, _), enrolment, sitting in zip(everybody, enrolments, sittings, strict=True)
    ]


def _enrolment(
    exam_session: ExamSession, person: Synthetic, candidate_id: UUID, secret: str, now: datetime
) -> dict[str, Any]:
    return {
        "id": ids.new_id(),
        "exam_session_id": exam_session.id,
        "candidate_id": candidate_id,
        "ticket_number": person.ticket(secret),
        "seat_number": person.number,
        "created_at": now,
    }


def _ordered(arrangement: list[dict[str, Any]]) -> dict[str, Any]:
    return {"arrangement": arrangement, "arrangement_digest": arranging.digest(arrangement)}


def _orders(db: Session, exam_session: ExamSession, paper: Paper) -> Iterator[list[dict[str, Any]]]:
    form = list(paper_forms.form_of(db, paper.id).values())
    shuffling = dealing.shuffling_of(exam_session)
    while True:
        yield arranging.arranged(form, shuffling, paper_seed=str(paper.id), own_seed=secrets.token_hex(8))
