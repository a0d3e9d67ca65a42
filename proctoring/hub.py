"""The frame hub: checks a frame, decides whether it is kept, shows it, and says when the next one is wanted."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from proctoring import cadence, imaging
from proctoring.board import Board
from proctoring.cadence import KeepReason
from proctoring.errors import BadFrame
from proctoring.frames import Frame
from proctoring.imaging import Look, Verdict
from proctoring.keeper import QUEUE_LIMIT, Job, Keeper
from proctoring.states import EventKind

RING = 6
TOO_OFTEN = timedelta(seconds=0.5)
FORGET_AFTER = timedelta(minutes=10)
VERDICT_EVENTS = {
    Verdict.BLACK: EventKind.CAMERA_BLACK,
    Verdict.FROZEN: EventKind.CAMERA_FROZEN,
    Verdict.GOOD: EventKind.CAMERA_BACK,
}


@dataclass
class _Held:
    """A frame in the ring, and whether it was given to the keeper."""

    frame: Frame
    look: Look
    is_kept: bool = False


@dataclass
class _Feed:
    """What the process remembers of one camera: the last frames, newest at the end."""

    ring: deque[_Held] = field(default_factory=lambda: deque(maxlen=RING))
    verdict: Verdict = Verdict.GOOD
    kept_at: datetime | None = None
    received_at: datetime | None = None


@dataclass(frozen=True)
class Taken:
    """The answer to a frame. `noticed` is what changed with it, to be recorded as an event."""

    next_ms: int
    health: int
    noticed: EventKind | None = None


class FrameHub:
    """One process's cameras. `lag` tells by how many seconds the process is late."""

    def __init__(self, board: Board, keeper: Keeper, lag: Callable[[], float]) -> None:
        self._board = board
        self._keeper = keeper
        self._lag = lag
        self._feeds: dict[UUID, _Feed] = {}
        self.refused = 0

    def health(self) -> int:
        """Return how busy this process is, 0 idle to 10 overloaded."""
        return cadence.health(queued=self._keeper.queued, queue_limit=QUEUE_LIMIT, lag_seconds=self._lag())

    def take(self, sitting_id: UUID, jpeg: bytes, *, seq: int, taken_at: datetime, now: datetime) -> Taken:
        """Take a frame that arrived at `now`; one that comes too soon is only counted. Raises BadFrame."""
        feed = self._feeds.setdefault(sitting_id, _Feed())
        attention = self._board.facts([sitting_id], now)[sitting_id].attention
        noticed = None
        if feed.received_at is None or now - feed.received_at >= TOO_OFTEN:
            # A clock that runs ahead must not make every later frame look late.
            frame = Frame(sitting_id, seq, min(taken_at, now), now, jpeg)
            noticed = self._look_at(feed, frame, attention.event_at)
        else:
            self.refused += 1
        health = self.health()
        return Taken(cadence.next_ms(attention, health=health, now=now), health, noticed)

    def _look_at(self, feed: _Feed, frame: Frame, event_at: datetime | None) -> EventKind | None:
        look = self._checked(frame.jpeg)
        before, feed.verdict = feed.verdict, imaging.judge([*(held.look for held in feed.ring), look])
        feed.received_at = frame.received_at
        held = _Held(replace(frame, verdict=feed.verdict), look)
        is_late = bool(feed.ring) and frame.taken_at < feed.ring[-1].frame.taken_at
        if not is_late:
            feed.ring.append(held)
        newly_flagged = before == Verdict.GOOD != feed.verdict
        reason = cadence.keep_reason(
            newly_flagged=newly_flagged, event_at=event_at, kept_at=feed.kept_at, now=frame.received_at
        )
        self._keep_then_show(feed, held, reason, _ignore if is_late else self._board.show)
        return VERDICT_EVENTS[feed.verdict] if feed.verdict != before else None

    def _checked(self, jpeg: bytes) -> Look:
        try:
            imaging.check_header(jpeg)
            return imaging.look(jpeg)
        except imaging.BadFrame as bad:
            self.refused += 1
            raise BadFrame(reason=bad.reason) from bad

    def _keep_then_show(
        self, feed: _Feed, held: _Held, reason: KeepReason | None, show: Callable[[Frame], None]
    ) -> None:
        """A frame that is kept is shown once it is kept; what comes late is kept but never shown as the latest."""
        if reason is None:
            show(held.frame)
            return
        feed.kept_at, held.is_kept = held.frame.received_at, True
        self._keeper.offer(Job(held.frame, reason, show))

    def event_happened(self, sitting_id: UUID, now: datetime) -> None:
        """Ask for more frames of the sitting, and keep those of the last minute that are still in the ring."""
        self._board.mark_event(sitting_id, now)
        feed = self._feeds.get(sitting_id)
        for held in feed.ring if feed else ():
            if not held.is_kept and now - held.frame.received_at <= cadence.AROUND_EVENT:
                held.is_kept = True
                self._keeper.offer(Job(held.frame, KeepReason.EVENT, _ignore))

    def forget_silent(self, now: datetime) -> None:
        """Drop what is remembered of cameras that have sent nothing for long."""
        silent = [
            sitting_id
            for sitting_id, feed in self._feeds.items()
            if feed.received_at is None or now - feed.received_at > FORGET_AFTER
        ]
        for sitting_id in silent:
            del self._feeds[sitting_id]


def _ignore(_frame: Frame) -> None:
    """It is shown already, or too late to be shown."""
