"""What is said to pages, in whatever process they are connected."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_socketio import SocketIO

from proctoring.announcing import Tile
from proctoring.models import ProctorEvent
from proctoring.schemas.candidate import ShownCommand, Start
from proctoring.schemas.wall import Event, Tiles
from proctoring.sockets.places import CANDIDATE, PROCTOR, candidate_room, dumped, wall_room
from proctoring.starting import Started


class SocketSpeaker:
    """Speaks to pages in every process, through the Socket.IO server's manager."""

    def __init__(self, server: SocketIO) -> None:
        self._server = server

    def tiles(self, exam_session_id: UUID, changed: Sequence[Tile], health: dict[str, int], now: datetime) -> None:
        """Send tiles to the walls of the exam session."""
        message = dumped(Tiles, {"tiles": changed, "health": health, "server_now": now})
        self._server.emit("tiles", message, namespace=PROCTOR, to=wall_room(exam_session_id))

    def alert(self, exam_session_id: UUID, event: ProctorEvent) -> None:
        """Send an alert to the walls at once."""
        self._server.emit("alert", dumped(Event, event), namespace=PROCTOR, to=wall_room(exam_session_id))

    def start(self, connection: str, started: Started) -> None:
        """Tell a page of this process that the exam has begun; its keys go through nothing else."""
        self._server.emit("start", dumped(Start, started), namespace=CANDIDATE, to=connection, ignore_queue=True)

    def command(self, sitting_id: UUID, shown: dict[str, Any]) -> None:
        """Send a command to the candidate's page."""
        self._server.emit("command", dumped(ShownCommand, shown), namespace=CANDIDATE, to=candidate_room(sitting_id))
