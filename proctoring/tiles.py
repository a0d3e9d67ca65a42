"""The wall's tiles: one for each sitting of an exam session, from the database and the live board."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session, contains_eager, defer

from examsvc.delivery import clocks
from examsvc.delivery.models import Candidate, Enrolment, SessionRoom, Sitting, by_seat
from examsvc.delivery.safe_browser import gate
from proctoring.board import Board, Facts
from proctoring.models import Command, CommandReceipt, Incident, ProctorEvent
from proctoring.states import ALERTS, IncidentState
from questionbank.models import PaperItem

Found = dict[UUID, Any]


def tiles(
    db: Session, board: Board, exam_session_id: UUID, *, now: datetime, only: Sequence[UUID] | None = None
) -> list[dict[str, Any]]:
    """Return the exam session's tiles by seat, or those of the sittings in `only`."""
    sittings = list(db.scalars(_sittings(exam_session_id, only)))
    meant = [sitting.id for sitting in sittings]
    facts = board.facts(meant, now)
    counts, alerts, events = _alert_counts(db, meant), _last(db, meant, alerts=True), _last(db, meant, alerts=False)
    incidents, commands = _open_incidents(db, meant), _last_commands(db, meant)
    questions = _question_counts(db, {sitting.paper_id for sitting in sittings})
    return [
        {
            **_of_sitting(sitting, now),
            **_of_facts(facts[sitting.id]),
            "question_count": questions.get(sitting.paper_id, 0),
            "alerts": counts.get(sitting.id, 0),
            "last_alert": alerts.get(sitting.id),
            "last_event": events.get(sitting.id),
            "open_incidents": incidents.get(sitting.id, 0),
            "command": commands.get(sitting.id),
        }
        for sitting in sittings
    ]


def _sittings(exam_session_id: UUID, only: Sequence[UUID] | None) -> Select[Sitting]:
    query = (
        select(Sitting)
        .join(Sitting.enrolment)
        .join(Enrolment.candidate)
        .join(Enrolment.exam_session)
        .where(Enrolment.exam_session_id == exam_session_id)
        .order_by(*by_seat())
        .options(
            defer(Sitting.arrangement),
            contains_eager(Sitting.enrolment).contains_eager(Enrolment.candidate),
            contains_eager(Sitting.enrolment).contains_eager(Enrolment.exam_session),
            contains_eager(Sitting.enrolment).joinedload(Enrolment.session_room).joinedload(SessionRoom.room),
        )
    )
    return query if only is None else query.where(Sitting.id.in_(only))


def _of_sitting(sitting: Sitting, now: datetime) -> dict[str, Any]:
    enrolment, timing = sitting.enrolment, clocks.timing_of(sitting, now)
    candidate: Candidate = enrolment.candidate
    return {
        "sitting_id": sitting.id,
        "seat_number": enrolment.seat_number,
        "seat_label": enrolment.seat_label,
        "room": enrolment.room,
        "ticket_number": enrolment.ticket_number,
        "name": candidate.name,
        "has_photo": candidate.photo_digest is not None,
        "state": sitting.state,
        "phase": timing.phase,
        "closes_at": timing.closes_at,
        "paused_at": sitting.paused_at or sitting.held_at,
        "on_paper_at": sitting.on_paper_at,
        "finished_at": sitting.finished_at,
        "finish_reason": sitting.finish_reason,
        "extra_seconds": sitting.more_seconds,
        "break_ends_at": timing.break_ends_at,
        "hand_in_allowed_at": sitting.hand_in_allowed_at,
        "separate_room": sitting.separate_room,
        "safe_browser": gate.last_known(sitting),
        "screen_reader": sitting.screen_reader,
        "answered_count": sitting.answered_count,
        "camera_check": (sitting.system_check or {}).get("camera"),
    }


def _of_facts(facts: Facts) -> dict[str, Any]:
    return {
        "is_connected": facts.is_connected,
        "connection_since": facts.since,
        "frame_at": facts.frame_at,
        "verdict": facts.verdict,
    }


def _alert_counts(db: Session, meant: list[UUID]) -> Found:
    """Count the alerts since the paper was opened: what happens before is nobody's offence."""
    query = (
        select(ProctorEvent.sitting_id, func.count())
        .join(Sitting, Sitting.id == ProctorEvent.sitting_id)
        .where(ProctorEvent.sitting_id.in_(meant), ProctorEvent.kind.in_(ALERTS), ProctorEvent.at >= Sitting.opened_at)
        .group_by(ProctorEvent.sitting_id)
    )
    return {row[0]: row[1] for row in db.execute(query)}


def _last(db: Session, meant: list[UUID], *, alerts: bool) -> Found:
    """Return each sitting's last event, or its last alert since the paper was opened."""
    place = func.row_number().over(
        partition_by=ProctorEvent.sitting_id, order_by=(ProctorEvent.at.desc(), ProctorEvent.id.desc())
    )
    query = select(ProctorEvent.id, place.label("place")).where(ProctorEvent.sitting_id.in_(meant))
    if alerts:
        query = query.join(Sitting, Sitting.id == ProctorEvent.sitting_id).where(
            ProctorEvent.kind.in_(ALERTS), ProctorEvent.at >= Sitting.opened_at
        )
    newest = query.subquery()
    found = db.scalars(select(ProctorEvent).join(newest, newest.c.id == ProctorEvent.id).where(newest.c.place == 1))
    return {event.sitting_id: event for event in found}


def _open_incidents(db: Session, meant: list[UUID]) -> Found:
    is_open = case((Incident.state == IncidentState.OPEN, 1))
    query = select(Incident.sitting_id, func.count(is_open)).where(Incident.sitting_id.in_(meant))
    return {row[0]: row[1] for row in db.execute(query.group_by(Incident.sitting_id))}


def _last_commands(db: Session, meant: list[UUID]) -> Found:
    """Return each sitting's last command with the word whether it was shown."""
    place = func.row_number().over(
        partition_by=CommandReceipt.sitting_id, order_by=(Command.at.desc(), Command.id.desc())
    )
    ranked = (
        select(
            CommandReceipt.sitting_id,
            Command.id,
            Command.kind,
            Command.at,
            CommandReceipt.shown_at,
            place.label("place"),
        )
        .join(Command, Command.id == CommandReceipt.command_id)
        .where(CommandReceipt.sitting_id.in_(meant))
        .subquery()
    )
    rows = db.execute(select(ranked).where(ranked.c.place == 1))
    return {row.sitting_id: {"id": row.id, "kind": row.kind, "at": row.at, "shown_at": row.shown_at} for row in rows}


def _question_counts(db: Session, paper_ids: set[UUID | None]) -> dict[UUID | None, int]:
    query = select(PaperItem.paper_id, func.count()).where(PaperItem.paper_id.in_(paper_ids))
    return {row[0]: row[1] for row in db.execute(query.group_by(PaperItem.paper_id))}
