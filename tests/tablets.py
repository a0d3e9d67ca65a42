"""An examiner in front of the application: a tablet that numbers its events, sends them, signs."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from callers import Caller
from werkzeug.test import TestResponse

from examsvc.core.clock import MovableClock

FULL = {1: 40_00, 2: 60_00, 3: 0, 4: 0}
STROKES = [[[10, 10, 0], [20, 30, 16], [40, 20, 32]]]


class Tablet:
    def __init__(self, caller: Caller, clock: MovableClock) -> None:
        self.caller, self.clock = caller, clock
        self.device_id = f"tablet-{uuid4().hex[:8]}"
        self.seqs: dict[str, int] = {}

    def sheets(self, exam_session_id: UUID) -> list[dict[str, Any]]:
        answer = self.caller.get(f"/api/examiner/sessions/{exam_session_id}/sheets")
        assert answer.status_code == 200, answer.json
        items: list[dict[str, Any]] = answer.json["items"]
        return items

    def sheet(self, sheet_id: str) -> dict[str, Any]:
        answer = self.caller.get(f"/api/sheets/{sheet_id}")
        assert answer.status_code == 200, answer.json
        view: dict[str, Any] = answer.json
        return view

    def event(self, sheet_id: str, criterion: int, value: int | None, **changes: Any) -> dict[str, Any]:
        self.seqs[sheet_id] = self.seqs.get(sheet_id, 0) + 1
        made = {"event_id": str(uuid4()), "device_seq": self.seqs[sheet_id], "criterion": criterion, "value": value}
        return {**made, "note": "", "client_at": self.clock().isoformat(), **changes}

    def send(self, sheet_id: str, *events: dict[str, Any]) -> TestResponse:
        return self.caller.put(f"/api/sheets/{sheet_id}/marks", {"device_id": self.device_id, "events": list(events)})

    def mark(self, sheet_id: str, marks: Mapping[int, int | None]) -> TestResponse:
        answer = self.send(sheet_id, *(self.event(sheet_id, number, value) for number, value in marks.items()))
        assert answer.status_code == 200, answer.json
        return answer

    def sign(self, sheet_id: str, **signature: Any) -> TestResponse:
        signed = {"digest": self.sheet(sheet_id)["digest"], **(signature or {"strokes": STROKES})}
        return self.caller.post(f"/api/sheets/{sheet_id}/signature", signed)

    def finish(self, sheet_id: str, marks: Mapping[int, int | None] = FULL) -> None:
        self.mark(sheet_id, marks)
        answer = self.sign(sheet_id)
        assert answer.status_code == 200, answer.json
