"""Who is connected: shown at once, recorded only when somebody stays away, so that a reload is not an offence."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from proctoring.board import BEAT_EVERY, Board
from proctoring.states import EventKind

AWAY_AFTER = timedelta(seconds=8)


@dataclass(frozen=True)
class Notice:
    """Something the server noticed at `at`, to be recorded with the next round."""

    sitting_id: UUID
    kind: EventKind
    at: datetime
    detail: dict[str, Any] = field(default_factory=dict)


class Presence:
    """The connections of this process's candidates, told to the board that all processes share."""

    def __init__(self, board: Board, note: Callable[[Notice], None]) -> None:
        self._board = board
        self._note = note
        self._connections: dict[str, tuple[UUID, datetime]] = {}
        self._others: dict[str, UUID] = {}
        self._leaving: dict[UUID, datetime] = {}
        self._beat_at: datetime | None = None

    def came(self, sitting_id: UUID, key: str, now: datetime, machine: str = "") -> None:
        """Say that a page of the sitting connected; `machine` tells its log-in, address and browser from others."""
        facts = self._board.facts([sitting_id], now)[sitting_id]
        self._connections[key] = (sitting_id, now)
        if facts.is_connected and facts.machine != machine:
            self._others[key] = sitting_id
        self._board.connect(sitting_id, key, now, machine)
        self._leaving.pop(sitting_id, None)
        if facts.since is None or facts.is_noted_away:
            away = {"away_seconds": round((now - facts.since).total_seconds())} if facts.since else {}
            self._board.note_away(sitting_id, is_away=False)
            self._note(Notice(sitting_id, EventKind.CONNECTED, now, away))

    def went(self, key: str, now: datetime, heard_at: datetime | None = None) -> None:
        """Say that a page's connection ended; `heard_at` is the last answer to a ping, where the end was found later.

        It is away since then, or since its last frame.
        """
        self._others.pop(key, None)
        sitting_id, came_at = self._connections.pop(key, (None, now))
        if sitting_id is None:
            return
        since = now if heard_at is None else self._last_sign(sitting_id, max(came_at, heard_at), now)
        self._board.disconnect(sitting_id, key, now, since)
        self._leaving[sitting_id] = max(since, self._leaving.get(sitting_id, since))

    def _last_sign(self, sitting_id: UUID, heard_at: datetime, now: datetime) -> datetime:
        frame_at = self._board.facts([sitting_id], now)[sitting_id].frame_at
        return max(heard_at, frame_at) if frame_at else heard_at

    def at_two_machines(self, now: datetime) -> set[UUID]:
        """Return the sittings with two lines, of which one came to this process while another machine's stood."""
        found = set(self._others.values())
        facts = self._board.facts(list(found), now) if found else {}
        return {sitting_id for sitting_id in found if facts[sitting_id].lines > 1}

    def settle(self, now: datetime) -> None:
        """Record those as disconnected who have stayed away, and say that all others still stand."""
        if self._beat_at is None or now - self._beat_at >= BEAT_EVERY:
            self._beat_at = now
            self._board.beat(((sitting_id, key) for key, (sitting_id, _) in self._connections.items()), now)
        for sitting_id, since in list(self._leaving.items()):
            if now - since >= AWAY_AFTER:
                del self._leaving[sitting_id]
                self._settle_away(sitting_id, since, now)

    def _settle_away(self, sitting_id: UUID, since: datetime, now: datetime) -> None:
        if not self._board.facts([sitting_id], now)[sitting_id].is_connected:
            self._board.note_away(sitting_id, is_away=True)
            self._note(Notice(sitting_id, EventKind.DISCONNECTED, since))
