"""The reconciliation after a hand-over: the old machine cannot report any more, which is said and is no alarm."""

import io
from typing import Any

import pypdf
import pytest
from callers import Caller
from flask import Flask
from sitters import Sitter
from walls import Wall
from werkzeug.test import TestResponse

from examsvc.core.clock import MovableClock


@pytest.fixture
def office(nobody: Caller) -> Caller:
    return nobody.log_in("office")


def _tell(sitter: Sitter, epoch: int, written: int) -> TestResponse:
    told = {"epoch": epoch, "written_seq": written, "acknowledged_seq": written}
    return sitter.put(f"{sitter.path}/journal-report", {"epochs": [told], "receipt": None})


def _moved(wall: Wall, sitter: Sitter, app: Flask, clock: MovableClock) -> Sitter:
    """Return the machine that the candidate was moved to, a minute later, with an answer that it gave."""
    clock.forward(minutes=1)
    made = wall.post(f"{wall.path}/sittings/{sitter.enrolment.sitting.id}/hand-over", {"reason": "电脑死机"})
    spare = Sitter(app, sitter.enrolment, clock)
    spare.csrf_token = spare.post("/api/candidate/hand-over", {"code": made.json["code"]}).json["csrf_token"]
    clock.forward(seconds=5)
    spare.claim()
    spare.answer("NUMERIC")
    return spare


def _of(sitter: Sitter) -> str:
    return f"/api/exam-sessions/{sitter.enrolment.exam_session_id}/reconciliation"


def _report(office: Caller, sitter: Sitter) -> dict[str, Any]:
    report: dict[str, Any] = office.get(_of(sitter)).json
    return report


def _printed(office: Caller, sitter: Sitter) -> str:
    pages = pypdf.PdfReader(io.BytesIO(office.get(f"{_of(sitter)}.pdf").data)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def _numbers(report: dict[str, Any]) -> list[tuple[Any, ...]]:
    names = ("kind", "epoch", "acknowledged", "stored", "written")
    return [tuple(one[name] for name in names) for one in report["differences"]]


@pytest.mark.parametrize("told", [0, 1])
def test_what_the_old_machine_could_not_tell_is_named_and_explains_the_sums(
    wall: Wall, sitter: Sitter, app: Flask, moving_clock: MovableClock, office: Caller, told: int
) -> None:
    sitter.answer()
    if told:
        assert _tell(sitter, 1, told).status_code == 200
    sitter.answer("TRUE_FALSE")
    spare = _moved(wall, sitter, app, moving_clock)
    assert _tell(sitter, 1, 2).json["code"] == "login_moved"
    assert _tell(spare, spare.epoch, 1).status_code == 200
    report = _report(office, sitter)
    assert _numbers(report) == [("HANDED_OVER", 1, told, 2, told)]
    assert "已换机，原机无法报告" in _printed(office, sitter)
    (room,) = report["rooms"]
    assert (room["acknowledged"], room["stored"], room["written"], room["lost"]) == (told + 1, 3, told + 1, 0)


def test_the_new_machine_is_asked_for_its_report_all_the_same(
    wall: Wall, sitter: Sitter, app: Flask, moving_clock: MovableClock, office: Caller
) -> None:
    sitter.answer()
    spare = _moved(wall, sitter, app, moving_clock)
    assert _numbers(_report(office, sitter)) == [("HANDED_OVER", 1, 0, 1, 0), ("UNREPORTED", spare.epoch, 0, 1, 0)]
