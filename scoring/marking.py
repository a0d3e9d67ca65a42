"""Marking: a sheet's append-only log, filled by its one examiner from one or more tablets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.core.identity import Identity
from examsvc.delivery.models import ExamSession
from examsvc.delivery.states import ExamSessionState
from scoring import sheets
from scoring.aggregate import Criterion
from scoring.errors import MarkConflict, MarkGap, MarkingNotOpen, SheetSigned, UnknownCriterion, ValueNotPermitted
from scoring.models import Mark, ScoreSheet
from scoring.sheets import SheetReading
from scoring.states import SheetState


@dataclass(frozen=True)
class MarkEvent:
    """What a tablet noted. `device_seq` counts from 1 without gaps, for each sheet and device."""

    event_id: UUID
    device_seq: int
    criterion: int
    value: int | None
    note: str
    client_at: datetime

    def is_stored_as(self, mark: Mark | None) -> bool:
        """Return whether this very event is the stored one."""
        fields = ("event_id", "device_seq", "criterion", "value", "note")
        return mark is not None and all(getattr(self, name) == getattr(mark, name) for name in fields)


@dataclass(frozen=True)
class MarkReceipt:
    """All events of the device up to `acknowledged_seq` are kept; `reading` is the sheet as it stands now."""

    acknowledged_seq: int
    reading: SheetReading


def save_marks(
    db: Session, sheet_id: UUID, device_id: str, events: Sequence[MarkEvent], *, by: Identity, now: datetime
) -> MarkReceipt:
    """Append what is new and return the receipt; a repeat changes nothing, also after signing.

    Raises NotFound, MarkGap, MarkConflict, SheetSigned, MarkingNotOpen, UnknownCriterion, ValueNotPermitted.
    """
    sheet = sheets.own_sheet(db, sheet_id, by=by, lock=True)
    stored = _stored(db, sheet.id, device_id)
    fresh = _fresh(events, stored)
    if fresh:
        _check_open(sheet, now)
        _check_permitted(sheet, fresh)
        _append(db, sheet, device_id, fresh, now)
    return MarkReceipt(len(stored) + len(fresh), sheets.read(db, sheet))


def is_open(exam_session: ExamSession, now: datetime) -> bool:
    """Return whether marks are taken: from the start of a published exam session on, without an end."""
    shown = exam_session.state in (ExamSessionState.PUBLISHED, ExamSessionState.CLOSED)
    return shown and exam_session.starts_at <= now


def acknowledged(db: Session, sheet_id: UUID) -> list[dict[str, Any]]:
    """Return for each device of the sheet the number up to which its events are kept."""
    query = select(Mark.device_id, func.max(Mark.device_seq)).where(Mark.sheet_id == sheet_id).group_by(Mark.device_id)
    return [{"device_id": device_id, "acknowledged_seq": seq} for device_id, seq in db.execute(query)]


def _stored(db: Session, sheet_id: UUID, device_id: str) -> Mapping[int, Mark]:
    query = select(Mark).filter_by(sheet_id=sheet_id, device_id=device_id)
    return {mark.device_seq: mark for mark in db.scalars(query)}


def _fresh(events: Sequence[MarkEvent], stored: Mapping[int, Mark]) -> list[MarkEvent]:
    """Return the events that are not kept yet, in order."""
    fresh: list[MarkEvent] = []
    for event in sorted(events, key=lambda event: event.device_seq):
        expected = len(stored) + len(fresh) + 1
        if event.device_seq > expected:
            raise MarkGap(expected=expected)
        if event.device_seq == expected:
            fresh.append(event)
        elif event not in fresh and not event.is_stored_as(stored.get(event.device_seq)):
            raise MarkConflict(device_seq=event.device_seq)
    return fresh


def _check_open(sheet: ScoreSheet, now: datetime) -> None:
    if sheet.state != SheetState.OPEN:
        raise SheetSigned
    if not is_open(sheet.enrolment.exam_session, now):
        raise MarkingNotOpen


def _check_permitted(sheet: ScoreSheet, events: Sequence[MarkEvent]) -> None:
    rules: dict[int, Criterion] = {rule.number: rule for rule in sheets.criteria(sheet.practical_task)}
    for event in events:
        if event.criterion not in rules:
            raise UnknownCriterion(criterion=event.criterion)
        if event.value is not None and event.value not in rules[event.criterion].permitted:
            raise ValueNotPermitted(criterion=event.criterion)


def _append(db: Session, sheet: ScoreSheet, device_id: str, events: Sequence[MarkEvent], now: datetime) -> None:
    _check_new_ids(db, events)
    start = (db.scalar(select(func.max(Mark.arrival_seq)).where(Mark.sheet_id == sheet.id)) or 0) + 1
    for arrival, event in enumerate(events, start=start):
        kept: dict[str, Any] = vars(event)
        db.add(Mark(sheet_id=sheet.id, device_id=device_id, arrival_seq=arrival, received_at=now, **kept))
    db.flush()


def _check_new_ids(db: Session, events: Sequence[MarkEvent]) -> None:
    ids = [event.event_id for event in events]
    taken = set(db.scalars(select(Mark.event_id).where(Mark.event_id.in_(ids))))
    for event in events:
        if event.event_id in taken or ids.count(event.event_id) > 1:
            raise MarkConflict(device_seq=event.device_seq)
