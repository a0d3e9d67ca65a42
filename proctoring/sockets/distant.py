"""What a process that serves no page tells the pages of those that do, by way of Redis: credits that a sweep gives."""

from datetime import datetime
from typing import Any
from uuid import UUID

from examsvc.core import sockets
from proctoring.models import ProctorEvent
from proctoring.sockets.speaking import SocketSpeaker


class Distant:
    """The live side of a worker (`live.Listener`); walls find by themselves, within seconds, which tiles differ."""

    def __init__(self, redis_url: str) -> None:
        self._speaker = SocketSpeaker(sockets.from_afar(redis_url))

    def may_report(self, sitting_id: UUID, count: int, now: datetime) -> bool:  # noqa: ARG002 (the listener's form)
        """No page reports to a worker."""
        return True

    def event_recorded(self, exam_session_id: UUID, event: ProctorEvent, *, is_alert: bool) -> None:
        """Tell the walls of an alert."""
        if is_alert:
            self._speaker.alert(exam_session_id, event)

    def command_given(self, exam_session_id: UUID, sitting_id: UUID, shown: dict[str, Any]) -> None:  # noqa: ARG002
        """Send the command to the candidate's page at once."""
        self._speaker.command(sitting_id, shown)

    def read_elsewhere(self, sitting_id: UUID, now: datetime, **detail: str) -> None:
        """No paper is read from a worker."""

    def sitting_changed(self, exam_session_id: UUID, sitting_id: UUID) -> None:
        """Nothing is sent: every wall compares its tiles with the database."""
