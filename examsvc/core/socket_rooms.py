"""Which rooms a page is in, known by page: Socket.IO's own managers look through all rooms when a page goes.

With ten thousand pages, a room of its own and one of its sitting each, that took five milliseconds for each who went:
when many lost their line in one moment, nobody came in again.
"""

from typing import Any

from socketio import Manager, RedisManager

Pending = dict[str, list[str]]


class RoomsByPage:
    """Stands before one of Socket.IO's managers."""

    callbacks: dict[str, Any]
    pending_connect: Pending
    pending_disconnect: Pending

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._entered: dict[tuple[str, str], list[str | None]] = {}

    def basic_enter_room(self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None) -> None:
        """Let the page into the room; raises ValueError as the library does."""
        super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)  # type: ignore[misc]
        entered = self._entered.setdefault((namespace, sid), [])
        if room not in entered:
            entered.append(room)

    def basic_leave_room(self, sid: str, namespace: str, room: str | None) -> None:
        """Let the page out of the room, if it is in it."""
        super().basic_leave_room(sid, namespace, room)  # type: ignore[misc]
        entered = self._entered.get((namespace, sid), [])
        if room in entered:
            entered.remove(room)

    def basic_disconnect(self, sid: str, namespace: str, **_: Any) -> None:
        """Forget the page and whatever was pending for it."""
        for room in self._entered.pop((namespace, sid), ()):
            super().basic_leave_room(sid, namespace, room)  # type: ignore[misc]
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            _forget(pending, namespace, sid)


class OneProcess(RoomsByPage, Manager):  # type: ignore[misc]
    """For a process that serves alone."""


class ManyProcesses(RoomsByPage, RedisManager):  # type: ignore[misc]
    """For processes that talk to one another through Redis."""


def _forget(pending: Pending, namespace: str, sid: str) -> None:
    waiting = pending.get(namespace, [])
    if sid in waiting:
        waiting.remove(sid)
        if not waiting:
            del pending[namespace]
