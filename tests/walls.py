"""A proctor in front of the application."""

import uuid
from typing import Any
from uuid import UUID

from callers import Caller
from flask import Flask
from sitters import Sitter
from werkzeug.test import TestResponse


class Wall(Caller):
    def __init__(self, app: Flask, exam_session_id: UUID) -> None:
        super().__init__(app)
        self.path = f"/api/wall/{exam_session_id}"

    def state(self) -> dict[str, Any]:
        answer = self.get(self.path)
        assert answer.status_code == 200, answer.json
        body: dict[str, Any] = answer.json
        return body

    def tile(self, sitter: Sitter) -> dict[str, Any]:
        wanted = str(sitter.enrolment.sitting.id)
        return next(tile for tile in self.state()["tiles"] if tile["sitting_id"] == wanted)

    def order(self, kind: str, sitter: Sitter | None = None, text: str = "设备故障", **more: Any) -> TestResponse:
        sitting_id = str(sitter.enrolment.sitting.id) if sitter else None
        body = {"id": str(uuid.uuid4()), "kind": kind, "sitting_id": sitting_id, "text": text, **more}
        return self.post(f"{self.path}/commands", body)
