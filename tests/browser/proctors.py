"""What a proctor does, over the API."""

import uuid
from typing import Any
from uuid import UUID

from callers import PASSWORD
from exams import Ticket
from playwright.sync_api import BrowserContext

PATIENCE_SECONDS = 20


class Proctor:
    def __init__(self, context: BrowserContext, username: str = "proctor1") -> None:
        self.request = context.request
        me = self.request.post("/api/login", data={"username": username, "password": PASSWORD})
        assert me.ok, me.text()
        self.headers = {"X-CSRF-Token": me.json()["csrf_token"]}

    def order(self, ticket: Ticket, kind: str, *, text: str = "", seconds: int = 0) -> str:
        """Give one candidate a command; return its id."""
        command_id = str(uuid.uuid4())
        body = {
            "id": command_id,
            "kind": kind,
            "sitting_id": str(ticket.sitting_id),
            "text": text,
            "seconds": seconds,
        }
        answer = self.request.post(f"/api/wall/{ticket.exam_session_id}/commands", data=body, headers=self.headers)
        assert answer.ok, answer.text()
        return command_id

    def mark_absent(self, ticket: Ticket, room: UUID) -> None:
        """Confirm at the door of the room that the candidate did not come."""
        path = f"/api/door/{ticket.exam_session_id}/rooms/{room}/absences"
        answer = self.request.post(path, data={"sitting_ids": [str(ticket.sitting_id)]}, headers=self.headers)
        assert answer.ok, answer.text()

    def hand_over(self, ticket: Ticket, reason: str) -> dict[str, Any]:
        """Make a code for another machine; return it with its address."""
        path = f"/api/wall/{ticket.exam_session_id}/sittings/{ticket.sitting_id}/hand-over"
        answer = self.request.post(path, data={"reason": reason}, headers=self.headers)
        assert answer.ok, answer.text()
        made: dict[str, Any] = answer.json()
        return made

    def shown(self, ticket: Ticket, command_id: str) -> int:
        """On how many pages a command was shown."""
        answer = self.request.get(f"/api/wall/{ticket.exam_session_id}/commands/{command_id}")
        return int(answer.json()["shown"])

    def tile(self, ticket: Ticket) -> dict[str, Any]:
        tiles = self.request.get(f"/api/wall/{ticket.exam_session_id}").json()["tiles"]
        return next(tile for tile in tiles if tile["sitting_id"] == str(ticket.sitting_id))

    def noticed(self, ticket: Ticket) -> str:
        """The sitting's timeline as text."""
        return str(self.request.get(f"/api/sittings/{ticket.sitting_id}/timeline").text())
