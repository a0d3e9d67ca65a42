"""What the verbs tell the live side once their work is committed. In a process without a live side nobody listens.

A wall that cannot be told never undoes or fails what was committed.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.db import after_commit
from examsvc.delivery import signals
from examsvc.delivery.machines import Machine
from examsvc.delivery.models import Sitting
from proctoring.models import ProctorEvent

log = logging.getLogger(__name__)


class Listener(Protocol):
    """The live side of a process (`floor.Floor`)."""

    def may_report(self, sitting_id: UUID, count: int, now: datetime) -> bool: ...
    def event_recorded(self, exam_session_id: UUID, event: ProctorEvent, *, is_alert: bool) -> None: ...
    def command_given(self, exam_session_id: UUID, sitting_id: UUID, shown: dict[str, Any]) -> None: ...
    def sitting_changed(self, exam_session_id: UUID, sitting_id: UUID) -> None: ...
    def read_elsewhere(self, sitting_id: UUID, now: datetime, **detail: str) -> None: ...


_listener: Listener | None = None


def use(listener: Listener | None) -> None:
    """Set the process's live side; called once by the composition root."""
    global _listener  # noqa: PLW0603 (a process has one live side)
    _listener = listener


def may_report(sitting_id: UUID, count: int, now: datetime) -> bool:
    """Return whether the sitting's page has not reported too much lately for so many events more."""
    return _listener is None or _listener.may_report(sitting_id, count, now)


def event_recorded(exam_session_id: UUID, event: ProctorEvent, *, is_alert: bool) -> None:
    """An event was recorded."""
    _tell(lambda listener: listener.event_recorded(exam_session_id, event, is_alert=is_alert))


def command_given(exam_session_id: UUID, sitting_id: UUID, shown: dict[str, Any]) -> None:
    """A command reached a sitting; `shown` is what the candidate's page receives."""
    _tell(lambda listener: listener.command_given(exam_session_id, sitting_id, shown))


def sitting_changed(exam_session_id: UUID, sitting_id: UUID) -> None:
    """Something that a tile shows changed."""
    _tell(lambda listener: listener.sitting_changed(exam_session_id, sitting_id))


def subscribe() -> None:
    """Hear what delivery announces; saying it twice connects once."""
    for signal in (
        signals.sitting_opened,
        signals.sitting_clock_changed,
        signals.safe_browser_settled,
        signals.sitting_finished,
        signals.sitting_reopened,
    ):
        signal.connect(_on_sitting, weak=False)
    signals.sitting_progressed.connect(_on_progress, weak=False)
    signals.sittings_finished.connect(_on_sittings, weak=False)
    signals.paper_read_elsewhere.connect(_on_read_elsewhere, weak=False)


def _on_sittings(sittings: Iterable[Sitting], *, db: Session, now: datetime) -> None:
    for sitting in sittings:
        _on_sitting(sitting, db=db, now=now)


def _on_sitting(sitting: Sitting, *, db: Session, now: datetime) -> None:  # noqa: ARG001 (a signal's form)
    exam_session_id, sitting_id = sitting.enrolment.exam_session_id, sitting.id
    after_commit(db, lambda: sitting_changed(exam_session_id, sitting_id))


def _on_progress(sitting: Sitting, *, now: datetime) -> None:  # noqa: ARG001 (a signal's form)
    sitting_changed(sitting.enrolment.exam_session_id, sitting.id)


def _on_read_elsewhere(sitting: Sitting, *, now: datetime, machine: Machine) -> None:
    detail = {"address": machine.address, "browser": machine.browser}
    _tell(lambda listener: listener.read_elsewhere(sitting.id, now, **detail))


def _tell(say: Callable[[Listener], None]) -> None:
    if _listener is None:
        return
    try:
        say(_listener)
    except Exception:
        log.exception("the live side could not be told")
