"""The live side of one process: its cameras, its connections, and what is told to the pages.

Nothing here is needed to sit an exam; killing the process loses at most a second of unrecorded notices.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from examsvc.core import ids
from examsvc.core.db import Database
from examsvc.delivery import finding
from proctoring import watching
from proctoring.announcing import Announcer, Speaker
from proctoring.board import Board
from proctoring.hub import FrameHub, Taken
from proctoring.keeper import Keeper
from proctoring.models import ProctorEvent
from proctoring.presence import Notice, Presence
from proctoring.restraint import Restraint
from proctoring.states import EventKind

log = logging.getLogger(__name__)

MOST_NOTICES = 5_000
NOTICES_A_ROUND = 200
EXTENSION = "examsvc.proctoring"
REPORT_EVERY = timedelta(seconds=5)


def floor() -> "Floor":
    """Return the running app's live side."""
    found: Floor = current_app.extensions[EXTENSION]
    return found


class Floor:
    """See `live.Listener` for what it is told. `round` does what is due; a server calls it once a second."""

    def __init__(
        self,
        database: Database,
        board: Board,
        speaker: Speaker,
        run_outside: Callable[[Callable[[], Any]], Any] = lambda call: call(),
    ) -> None:
        self.board = board
        self.keeper = Keeper(database, run_outside)
        self.hub = FrameHub(board, self.keeper, lambda: self.lag_seconds)
        self.presence = Presence(board, self.note)
        self.lag_seconds = 0.0
        self._database = database
        self._speaker = speaker
        self._announcer = Announcer(database, board, speaker, self.health)
        self._restraint, self._readers = Restraint(), Restraint()
        self._notices: deque[Notice] = deque(maxlen=MOST_NOTICES)
        self._process = str(ids.new_id())
        self._reported_at: datetime | None = None

    def take_frame(
        self, exam_session_id: UUID, sitting_id: UUID, jpeg: bytes, *, seq: int, taken_at: datetime, now: datetime
    ) -> Taken:
        """Take a camera frame and return when the next one is wanted; raises BadFrame."""
        taken = self.hub.take(sitting_id, jpeg, seq=seq, taken_at=taken_at, now=now)
        if taken.noticed:
            self.note(Notice(sitting_id, taken.noticed, now))
            self._announcer.mark(exam_session_id, sitting_id)
        return taken

    def note(self, notice: Notice) -> None:
        """Have something recorded with the next round."""
        self._notices.append(notice)

    def may_report(self, sitting_id: UUID, count: int, now: datetime) -> bool:
        """Return whether the sitting's page has not reported too much lately for so many events more."""
        return self._restraint.allows(sitting_id, count, now)

    def read_elsewhere(self, sitting_id: UUID, now: datetime, **detail: str) -> None:
        """Have it recorded that another log-in reads a sitting's paper, or asks for it; not without end."""
        if self._readers.allows(sitting_id, 1, now):
            self.note(Notice(sitting_id, EventKind.READ_ELSEWHERE, now, dict(detail)))

    def keys_told(self, sitting_ids: Iterable[UUID], now: datetime) -> None:
        """Have it recorded where pages at two machines were told the keys: only a claim tells whose paper it is."""
        for sitting_id in self.presence.at_two_machines(now).intersection(sitting_ids):
            self.read_elsewhere(sitting_id, now)

    def event_recorded(self, exam_session_id: UUID, event: ProctorEvent, *, is_alert: bool) -> None:
        """Ask for more frames around an alert, and tell the walls."""
        if is_alert:
            self.hub.event_happened(event.sitting_id, event.at)
            self._speaker.alert(exam_session_id, event)
        self._announcer.mark(exam_session_id, event.sitting_id)

    def command_given(self, exam_session_id: UUID, sitting_id: UUID, shown: dict[str, Any]) -> None:
        """Send the command to the candidate's page at once."""
        self._speaker.command(sitting_id, shown)
        self._announcer.mark(exam_session_id, sitting_id)

    def sitting_changed(self, exam_session_id: UUID, sitting_id: UUID) -> None:
        """Send the sitting's tile with the next round."""
        self._announcer.mark(exam_session_id, sitting_id)

    def round(self, watched_here: set[UUID], now: datetime) -> None:
        """Record notices, settle who is away, and send what changed. `watched_here` are watched in this process."""
        self.presence.settle(now)
        self._record_notices()
        if watched_here:
            self.board.watch(watched_here, now)
        self._announcer.flush(now)
        self._announcer.compare(watched_here, now)
        if self._reported_at is None or now - self._reported_at >= REPORT_EVERY:
            self._reported_at = now
            self.board.report(self._process, self._counts(), now)
            self.hub.forget_silent(now)
            self.board.forget_old(now)
            self._restraint.forget_full(now)
            self._readers.forget_full(now)

    def write(self) -> int:
        """Write the frames that wait to be kept and return how many."""
        written = 0
        while batch := self.keeper.write_batch():
            written += batch
        return written

    def health(self, now: datetime) -> dict[str, int]:
        """Return how the service does: the busiest process's health and lag, and the sums of the counts."""
        reports = self.board.reports(now) or [self._counts()]
        worst = {name: max(report[name] for report in reports) for name in ("health", "lag_ms")}
        return worst | {
            name: sum(report[name] for report in reports) for name in ("queued", "kept", "dropped", "refused")
        }

    def _counts(self) -> dict[str, int]:
        return {
            "health": self.hub.health(),
            "lag_ms": round(self.lag_seconds * 1000),
            "queued": self.keeper.queued,
            "kept": self.keeper.kept,
            "dropped": self.keeper.dropped,
            "refused": self.hub.refused,
        }

    def _record_notices(self) -> None:
        waiting = [self._notices.popleft() for _ in range(min(NOTICES_A_ROUND, len(self._notices)))]
        if not waiting:
            return
        try:
            with self._database.transaction() as db:
                # While they are held, each is found without asking: when time ends, ten thousand pages go.
                _held = finding.all_found(db, {each.sitting_id for each in waiting})
                for each in waiting:
                    watching.notice(db, each.sitting_id, each.kind, at=each.at, **each.detail)
        except SQLAlchemyError:
            log.exception("notices could not be recorded; they are tried again")
            self._notices.extendleft(reversed(waiting))
