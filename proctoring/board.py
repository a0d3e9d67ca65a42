"""What is known live and is not worth a database row: who is connected, the latest frames, who looks at whom.

One process keeps it in memory; several share it through Redis (`redis_board`). It may be lost at any time:
everything in it comes back within seconds, or was recorded elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from proctoring.cadence import Attention
from proctoring.frames import Frame
from proctoring.imaging import Verdict

BEAT_EVERY = timedelta(seconds=5)
BEAT_LASTS = timedelta(seconds=15)
WATCH_LASTS = timedelta(seconds=30)
FRAME_LASTS = timedelta(seconds=60)
FACTS_LAST = timedelta(hours=12)


@dataclass(frozen=True)
class Facts:
    """What is known about one sitting. `since` is when it was connected, or lost; None when it never came.

    `lines` are its connections now; `machine` tells from others the log-in, address and browser of the last to come.
    """

    is_connected: bool = False
    since: datetime | None = None
    is_noted_away: bool = False
    frame_at: datetime | None = None
    verdict: Verdict = Verdict.GOOD
    attention: Attention = field(default_factory=Attention)
    lines: int = 0
    machine: str = ""


class Board(Protocol):
    """The operations; `key` names one connection, `now` is when it happens."""

    def connect(self, sitting_id: UUID, key: str, now: datetime, machine: str = "") -> None: ...
    def disconnect(self, sitting_id: UUID, key: str, now: datetime, since: datetime | None = None) -> None: ...
    def beat(self, connections: Iterable[tuple[UUID, str]], now: datetime) -> None: ...
    def note_away(self, sitting_id: UUID, *, is_away: bool) -> None: ...
    def show(self, frame: Frame) -> None: ...
    def newer(self, sitting_ids: Sequence[UUID], since: int) -> tuple[int, list[Frame]]: ...
    def look(self, sitting_ids: Sequence[UUID], opened: UUID | None, now: datetime) -> None: ...
    def mark_event(self, sitting_id: UUID, now: datetime) -> None: ...
    def facts(self, sitting_ids: Sequence[UUID], now: datetime) -> dict[UUID, Facts]: ...
    def watch(self, exam_session_ids: Iterable[UUID], now: datetime) -> None: ...
    def is_watched(self, exam_session_id: UUID, now: datetime) -> bool: ...
    def report(self, process: str, counts: dict[str, int], now: datetime) -> None: ...
    def reports(self, now: datetime) -> list[dict[str, int]]: ...
    def forget_old(self, now: datetime) -> None: ...


class MemoryBoard:
    """The board of a single process."""

    def __init__(self) -> None:
        self._facts: dict[UUID, Facts] = {}
        self._connections: dict[UUID, set[str]] = {}
        self._frames: dict[UUID, Frame] = {}
        self._cursor = 0
        self._watched: dict[UUID, datetime] = {}
        self._counts: dict[str, int] = {}

    def connect(self, sitting_id: UUID, key: str, now: datetime, machine: str = "") -> None:
        """Say that a page of the sitting is connected."""
        if not self._connections.get(sitting_id):
            self._change(sitting_id, is_connected=True, since=now)
        lines = self._connections.setdefault(sitting_id, set())
        lines.add(key)
        self._change(sitting_id, lines=len(lines), machine=machine)

    def disconnect(self, sitting_id: UUID, key: str, now: datetime, since: datetime | None = None) -> None:
        """Say that a page went, now or unnoticed before; the sitting is away since then when it was the last one."""
        connections = self._connections.get(sitting_id, set())
        connections.discard(key)
        self._change(sitting_id, lines=len(connections))
        if not connections:
            self._connections.pop(sitting_id, None)
            self._change(sitting_id, is_connected=False, since=since or now)

    def beat(self, connections: Iterable[tuple[UUID, str]], now: datetime) -> None:
        """Say that the connections still stand; one process knows that without being told."""

    def note_away(self, sitting_id: UUID, *, is_away: bool) -> None:
        """Say whether the last thing recorded about the connection is that it was lost."""
        self._change(sitting_id, is_noted_away=is_away)

    def show(self, frame: Frame) -> None:
        """Make the frame the sitting's latest, unless a newer one is shown: what is kept first comes later."""
        shown = self._frames.get(frame.sitting_id)
        if shown and shown.received_at > frame.received_at:
            return
        self._cursor += 1
        self._frames[frame.sitting_id] = frame.shown_as(self._cursor)
        self._change(frame.sitting_id, frame_at=frame.received_at, verdict=frame.verdict)

    def newer(self, sitting_ids: Sequence[UUID], since: int) -> tuple[int, list[Frame]]:
        """Return the cursor now, and those latest frames of the sittings that came after `since`."""
        latest = (self._frames.get(sitting_id) for sitting_id in sitting_ids)
        return self._cursor, [frame for frame in latest if frame and frame.cursor > since]

    def look(self, sitting_ids: Sequence[UUID], opened: UUID | None, now: datetime) -> None:
        """Say that a proctor has the sittings on the page, and one of them opened."""
        for sitting_id in sitting_ids:
            self._attend(sitting_id, visible_at=now)
        if opened:
            self._attend(opened, opened_at=now)

    def mark_event(self, sitting_id: UUID, now: datetime) -> None:
        """Say that something was noticed in the sitting."""
        self._attend(sitting_id, event_at=now)

    def facts(self, sitting_ids: Sequence[UUID], now: datetime) -> dict[UUID, Facts]:  # noqa: ARG002 (the board's form)
        """Return what is known about each of the sittings."""
        return {sitting_id: self._facts.get(sitting_id, Facts()) for sitting_id in sitting_ids}

    def watch(self, exam_session_ids: Iterable[UUID], now: datetime) -> None:
        """Say that somebody watches the exam sessions."""
        self._watched |= dict.fromkeys(exam_session_ids, now)

    def is_watched(self, exam_session_id: UUID, now: datetime) -> bool:
        """Return whether anybody watches the exam session."""
        at = self._watched.get(exam_session_id)
        return at is not None and now - at <= WATCH_LASTS

    def report(self, process: str, counts: dict[str, int], now: datetime) -> None:  # noqa: ARG002 (the board's form)
        """Say how a process does."""
        self._counts = counts

    def reports(self, now: datetime) -> list[dict[str, int]]:  # noqa: ARG002 (the board's form)
        """Return how every living process does."""
        return [self._counts] if self._counts else []

    def forget_old(self, now: datetime) -> None:
        """Drop frames that nobody would take for the present any more, and what is known of who went long ago."""
        self._frames = {key: frame for key, frame in self._frames.items() if now - frame.received_at <= FRAME_LASTS}
        self._facts = {key: facts for key, facts in self._facts.items() if facts.is_connected or _is_recent(facts, now)}
        self._watched = {key: at for key, at in self._watched.items() if now - at <= WATCH_LASTS}

    def _change(self, sitting_id: UUID, **changes: object) -> None:
        self._facts[sitting_id] = replace(self._facts.get(sitting_id, Facts()), **changes)  # type: ignore[arg-type]

    def _attend(self, sitting_id: UUID, **changes: datetime) -> None:
        attention = self._facts.get(sitting_id, Facts()).attention
        self._change(sitting_id, attention=replace(attention, **changes))


def _is_recent(facts: Facts, now: datetime) -> bool:
    attention = facts.attention
    signs = (facts.since, facts.frame_at, attention.visible_at, attention.opened_at, attention.event_at)
    return any(at is not None and now - at <= FACTS_LAST for at in signs)
