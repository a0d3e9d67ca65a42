"""Values that no form sends, in every field of what people write: each a refusal with a code, and nothing is stored."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from callers import Caller
from casework import MAIN_CONTENT, Casework
from flask import Flask
from recommendations import BATCH, ROW
from reviewing import Reviewing

from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.registry.cases.states import CaseState

pytestmark = pytest.mark.slow

HOSTILE = ("a\x00b", "\ud800", "长" * 100_000, -1, 2**63)
CONTENT = {**MAIN_CONTENT, "work_tasks": MAIN_CONTENT["work_tasks"][:1]}
BATCHES = "/api/recommendations"
OPINION = {"number": 0, "opinion": "PASS", "text": "材料属实"}
PLAN = {"kind": "PANEL", "starts_at": "2026-11-25T01:00:00Z", "place": "示例路 1 号", "agenda": "议程"}
Path = tuple[str | int, ...]


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from leaves(child, (*path, key))
    if not isinstance(value, dict | list):
        yield path


def spoiled(body: Any, path: Path, value: Any) -> bytes:
    """Return the body with the value at the path; in ASCII, for half a surrogate pair has no UTF-8."""
    whole = copy.deepcopy(body)
    inner = whole
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return json.dumps(whole).encode()


def attack(caller: Caller, method: str, path: str, body: dict[str, Any]) -> None:
    for leaf in leaves(body):
        for value in HOSTILE:
            data = spoiled(body, leaf, value)
            headers = {"X-CSRF-Token": caller.csrf_token}
            answer = caller.client.open(
                path, method=method, headers=headers, data=data, content_type="application/json"
            )
            assert answer.status_code in (409, 413, 422), (path, leaf, repr(value)[:20], answer.text[:200])
            assert answer.json["code"]


def test_what_a_department_writes_is_never_a_fault(app: Flask, database: Database, moving_clock: MovableClock) -> None:
    with database.transaction() as db:
        Casework(db, moving_clock())
    clerk = Caller(app).log_in("recommender")
    batch = f"{BATCHES}/{clerk.post(BATCHES, BATCH).json['id']}"
    row = f"{batch}/rows/{clerk.post(f'{batch}/rows', ROW).json['id']}"
    before = (clerk.get(batch).json, clerk.get(row).json)
    attack(clerk, "POST", BATCHES, BATCH)
    attack(clerk, "PATCH", batch, {"version": before[0]["version"], **BATCH})
    attack(clerk, "POST", f"{batch}/rows", ROW)
    attack(clerk, "PUT", row, {"version": 1, **ROW})
    attack(clerk, "PUT", f"{row}/proposal", {"version": 1, "proposal": {"background": "背景"}})
    attack(clerk, "PUT", f"{row}/main-content", {"version": 1, "main_content": CONTENT})
    assert (clerk.get(batch).json, clerk.get(row).json) == before


def test_what_the_centre_and_its_experts_write_is_never_a_fault(
    app: Flask, database: Database, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        reviewing = Reviewing.at(Casework(db, moving_clock()), CaseState.MATERIALS_CHECKED)
        review_id, version = reviewing.opened().id, reviewing.case.version
    attack(Caller(app).log_in("expert2"), "PUT", f"/api/expert/reviews/{review_id}/opinion", OPINION)
    attack(Caller(app).log_in("centre1"), "POST", f"/api/reviews/{review_id}/meetings", {**PLAN, "version": version})
