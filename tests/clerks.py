"""Clerks of the office in front of sheets that somebody wrote by hand."""

from datetime import timedelta
from typing import Any

from callers import Caller
from flask import Flask
from moments import NINE_IN_SHANGHAI
from sitters import Sitter
from werkzeug.test import TestResponse
from world import World

REASON = "机房断电"


class Clerk(Caller):
    """Prints, types in, decides."""

    def __init__(self, app: Flask, world: World, username: str = "office") -> None:
        super().__init__(app)
        self.log_in(username)
        self.path = f"/api/exam-sessions/{world.exam_session.id}"

    def print(self, *sitters: Sitter, reason: str = REASON) -> TestResponse:
        ids = [str(one.enrolment.id) for one in sitters]
        return self.post(f"{self.path}/on-paper/print", {"enrolment_ids": ids, "reason": reason})

    def listed(self, sitter: Sitter) -> dict[str, Any]:
        items = self.get(f"{self.path}/on-paper").json["items"]
        return next(one for one in items if one["ticket_number"] == sitter.enrolment.ticket_number)

    def sheet(self, sitter: Sitter) -> dict[str, Any]:
        return self.get(self._of(sitter)).json

    def copy(self, sitter: Sitter, *, began: int = 5, handed_in: int = 20, **changed: Any) -> dict[str, Any]:
        """Return a copy of the sheet as it was printed, but for what `changed` says by type; times in minutes."""
        sheet = self.sheet(sitter)
        answers = {one["ref"]: sheet["printed"].get(one["ref"]) for one in sheet["questions"]}
        answers |= {ref_of(sheet, kind): answer for kind, answer in changed.items()}
        return {"answers": answers, "times": times(began=began, handed_in=handed_in)}

    def type_in(self, sitter: Sitter, copy: dict[str, Any] | None = None, **changed: Any) -> TestResponse:
        return self.post(f"{self._of(sitter)}/copies", copy or self.copy(sitter, **changed))

    def differences(self, sitter: Sitter) -> TestResponse:
        return self.get(f"{self._of(sitter)}/differences")

    def decide(self, sitter: Sitter, answers: dict[str, Any], **decided: Any) -> TestResponse:
        return self.post(f"{self._of(sitter)}/differences", {"answers": answers, **decided})

    def withdraw(self, sitter: Sitter) -> TestResponse:
        return self.post(f"{self._of(sitter)}/withdraw", {"reason": "网络恢复"})

    def _of(self, sitter: Sitter) -> str:
        return f"{self.path}/enrolments/{sitter.enrolment.id}/on-paper"


def ref_of(sheet: dict[str, Any], kind: str) -> str:
    """Return the first question of the type."""
    return str(next(one["ref"] for one in sheet["questions"] if one["type"] == kind))


def times(*, began: int, handed_in: int) -> dict[str, str]:
    """Return what a proctor wrote on the sheet, in minutes after nine."""
    at = {"began_at": began, "handed_in_at": handed_in}
    return {name: (NINE_IN_SHANGHAI + timedelta(minutes=minutes)).isoformat() for name, minutes in at.items()}
