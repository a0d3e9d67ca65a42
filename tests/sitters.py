"""A candidate in front of the application: logs in by ticket, checks in, claims, numbers responses, hands in."""

from typing import Any

from callers import Caller
from flask import Flask
from werkzeug.test import TestResponse

from examsvc.accounts.access import COOKIE
from examsvc.core.clock import MovableClock
from examsvc.delivery import identity_numbers
from examsvc.delivery.models import Enrolment

CHECK = {"camera": "OK", "storage": True, "clock_offset_ms": 12, "round_trip_ms": 30, "screen": "1366x768"}
ANSWERS: dict[str, dict[str, Any]] = {
    "SINGLE_CHOICE": {"choice": "b"},
    "MULTIPLE_CHOICE": {"choices": ["a", "c"]},
    "TRUE_FALSE": {"value": True},
    "FILL_IN": {"blanks": ["提示词"]},
    "NUMERIC": {"text": "1.5"},
}


class Sitter(Caller):
    def __init__(self, app: Flask, enrolment: Enrolment, clock: MovableClock) -> None:
        super().__init__(app)
        self.enrolment, self.clock = enrolment, clock
        self.path = f"/api/sittings/{enrolment.sitting.id}"
        self.epoch, self.seq = 0, 0

    @property
    def digits(self) -> str:
        return identity_numbers.unseal(self.enrolment.candidate.identity_sealed)[-6:]

    def enter(self) -> "Sitter":
        """Log in by ticket."""
        body = {"ticket_number": self.enrolment.ticket_number, "proof": self.digits}
        self.csrf_token = _well(self.post("/api/candidate/login", body))["csrf_token"]
        return self

    def cookie_thief(self) -> "Sitter":
        """Return another machine with the cookie of this one's login, and with nothing else of it."""
        thief = Sitter(self.client.application, self.enrolment, self.clock)
        cookie = self.client.get_cookie(COOKIE)
        assert cookie
        thief.client.set_cookie(COOKIE, cookie.value)
        return thief

    def line_auth(self) -> dict[str, str]:
        """Return what the page connects its line to the proctors with."""
        return {"sitting_id": str(self.enrolment.sitting.id), "csrf_token": self.csrf_token}

    def check_in(self) -> "Sitter":
        """Take every step before the paper."""
        _well(self.post(f"{self.path}/identity-confirmation", {}))
        _well(self.post(f"{self.path}/undertaking", {"name": self.enrolment.candidate.name}))
        _well(self.put(f"{self.path}/system-check", CHECK))
        return self

    def ask_claim(self, **how: Any) -> TestResponse:
        """Claim after the epoch that this page knows of."""
        return self.post(f"{self.path}/claim", {"after_epoch": self.epoch}, **how)

    def go_on(self) -> TestResponse:
        """Claim as a page does by itself, when something has fenced it."""
        return self.post(f"{self.path}/claim", {"after_epoch": self.epoch, "unattended": True})

    def claim(self) -> dict[str, Any]:
        """Claim as a page does: after what was claimed meanwhile, too."""
        answer = self.ask_claim()
        if answer.json.get("code") == "claim_outdated":
            self.epoch = answer.json["epoch"]
            answer = self.ask_claim()
        claimed = _well(answer)
        self.epoch, self.seq = claimed["epoch"], 0
        return claimed

    def begin(self) -> "Sitter":
        """Everything up to the open paper."""
        self.enter().check_in().claim()
        return self

    def view(self) -> dict[str, Any]:
        return _well(self.get(self.path))

    def paper(self) -> dict[str, Any]:
        return _well(self.get(f"{self.path}/paper"))

    def refs(self) -> dict[str, str]:
        """Return a question of each type: {type: ref}."""
        return {section["type"]: section["questions"][0]["ref"] for section in self.paper()["sections"]}

    def entry(self, item_ref: str, answer: Any, **changes: Any) -> dict[str, Any]:
        self.seq += 1
        at = self.clock().isoformat()
        return {"seq": self.seq, "item_ref": item_ref, "answer": answer, "flagged": False, "client_at": at, **changes}

    def send(self, *entries: dict[str, Any], epoch: int | None = None) -> TestResponse:
        body = {"epoch": self.epoch if epoch is None else epoch, "entries": list(entries)}
        return self.put(f"{self.path}/responses", body)

    def answer(self, kind: str = "SINGLE_CHOICE", value: Any = None) -> dict[str, Any]:
        """Answer a question of the kind and return the receipt."""
        return _well(self.send(self.entry(self.refs()[kind], value or ANSWERS[kind])))

    def hand_in(self, **changes: Any) -> TestResponse:
        return self.post(f"{self.path}/hand-in", {"epoch": self.epoch, "last_seq": self.seq, **changes})


def _well(answer: TestResponse) -> dict[str, Any]:
    assert answer.status_code == 200, answer.json
    body: dict[str, Any] = answer.json
    return body
