"""Tells the walls what changed: at most once a second for an exam session, only the tiles that differ."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from examsvc.core.db import Database
from proctoring.board import Board
from proctoring.models import ProctorEvent
from proctoring.tiles import tiles

COMPARE_EVERY = timedelta(seconds=10)
TILES_A_MESSAGE = 25
Tile = dict[str, Any]


class Speaker(Protocol):
    """Speaks to the connected pages, in whatever process they are connected."""

    def tiles(self, exam_session_id: UUID, changed: Sequence[Tile], health: dict[str, int], now: datetime) -> None: ...
    def alert(self, exam_session_id: UUID, event: ProctorEvent) -> None: ...
    def command(self, sitting_id: UUID, shown: dict[str, Any]) -> None: ...


class Announcer:
    """Collects which sittings changed and sends their tiles together."""

    def __init__(
        self, database: Database, board: Board, speaker: Speaker, health: Callable[[datetime], dict[str, int]]
    ) -> None:
        self._database = database
        self._board = board
        self._speaker = speaker
        self._health = health
        self._dirty: dict[UUID, set[UUID]] = {}
        self._sent: dict[UUID, dict[UUID, Tile]] = {}
        self._compared_at: dict[UUID, datetime] = {}

    def mark(self, exam_session_id: UUID, sitting_id: UUID) -> None:
        """Say that the sitting's tile may look different."""
        self._dirty.setdefault(exam_session_id, set()).add(sitting_id)

    def flush(self, now: datetime) -> None:
        """Send what was marked, to the exam sessions that somebody watches."""
        dirty, self._dirty = self._dirty, {}
        for exam_session_id, sitting_ids in dirty.items():
            if self._board.is_watched(exam_session_id, now):
                self._send(exam_session_id, self._read(exam_session_id, now, sorted(sitting_ids)), now)

    def compare(self, exam_session_ids: set[UUID], now: datetime) -> None:
        """Look at every tile of the watched exam sessions from time to time: what another process changed shows too.

        A message goes out even when nothing changed, so that a wall can tell silence from a broken line.
        """
        for exam_session_id in exam_session_ids:
            last = self._compared_at.get(exam_session_id)
            if last is None or now - last >= COMPARE_EVERY:
                self._compared_at[exam_session_id] = now
                self._send_differing(exam_session_id, now)
        for unwatched in self._sent.keys() - exam_session_ids:
            del self._sent[unwatched]
            self._compared_at.pop(unwatched, None)

    def _send_differing(self, exam_session_id: UUID, now: datetime) -> None:
        sent = self._sent.setdefault(exam_session_id, {})
        found = self._read(exam_session_id, now, None)
        differing = [tile for tile in found if _shown(tile) != sent.get(tile["sitting_id"])]
        self._send(exam_session_id, differing, now)

    def _read(self, exam_session_id: UUID, now: datetime, only: Sequence[UUID] | None) -> list[Tile]:
        with self._database.reading() as db:
            return tiles(db, self._board, exam_session_id, now=now, only=only)

    def _send(self, exam_session_id: UUID, changed: Sequence[Tile], now: datetime) -> None:
        health = self._health(now)
        for start in range(0, max(1, len(changed)), TILES_A_MESSAGE):
            self._speaker.tiles(exam_session_id, changed[start : start + TILES_A_MESSAGE], health, now)
        if exam_session_id in self._sent:
            self._sent[exam_session_id] |= {tile["sitting_id"]: _shown(tile) for tile in changed}


def _shown(tile: Tile) -> Tile:
    """Return what of the tile can differ in a way worth a message: the age of a frame travels with the frame."""
    ids = {name: value.id if isinstance(value, ProctorEvent) else value for name, value in tile.items()}
    return {**ids, "frame_at": tile["frame_at"] is not None}
