import json
from collections.abc import Callable
from typing import Any

from callers import Caller
from flask import Flask
from tablets import FULL, STROKES, Tablet
from world import NAMES, World

from examsvc.accounts.models import AccountRole
from examsvc.accounts.roles import Role
from examsvc.core.db import Database


def test_an_examiner_finds_only_their_own_sheets(tablet: Callable[..., Tablet], examined: World) -> None:
    one, other = tablet("examiner1"), tablet("examiner2")
    own = {line["sheet_id"] for line in one.sheets(examined.exam_session.id)}
    theirs = {line["sheet_id"] for line in other.sheets(examined.exam_session.id)}
    assert len(own) == len(theirs) == 6
    assert own.isdisjoint(theirs)


def test_anothers_sheet_is_not_there_to_read_mark_or_sign(tablet: Callable[..., Tablet], examined: World) -> None:
    one, other = tablet("examiner1"), tablet("examiner2")
    sheet_id = one.sheets(examined.exam_session.id)[0]["sheet_id"]
    one.finish(sheet_id)
    assert other.caller.get(f"/api/sheets/{sheet_id}").status_code == 404
    assert other.send(sheet_id, other.event(sheet_id, 1, 0)).status_code == 404
    signature = {"strokes": STROKES, "digest": "0" * 64}
    assert other.caller.post(f"/api/sheets/{sheet_id}/signature", signature).status_code == 404


def test_nothing_another_examiner_did_shows_in_what_an_examiner_reads(
    tablet: Callable[..., Tablet], examined: World
) -> None:
    one, other = tablet("examiner1"), tablet("examiner2")

    def everything() -> list[Any]:
        lines = other.sheets(examined.exam_session.id)
        return [
            other.caller.get("/api/examiner/sessions").json,
            lines,
            [other.sheet(line["sheet_id"]) for line in lines],
        ]

    before = everything()
    for line in one.sheets(examined.exam_session.id):
        one.finish(line["sheet_id"], {**FULL, 1: 20_00})
    assert everything() == before


def test_candidates_are_numbers_to_examiners(tablet: Callable[..., Tablet], examined: World) -> None:
    own = tablet()
    lines = own.sheets(examined.exam_session.id)
    told = json.dumps([lines, own.sheet(lines[0]["sheet_id"])], ensure_ascii=False)
    for enrolment, name in zip(examined.enrolments, NAMES, strict=True):
        assert name not in told
        assert enrolment.ticket_number not in told
        assert str(enrolment.id) not in told
        assert str(enrolment.candidate_id) not in told


def test_an_examiner_with_another_role_does_not_read_the_results_of_their_own_session(
    app: Flask, examined: World, database: Database
) -> None:
    with database.transaction() as db:
        db.add(AccountRole(account_id=examined.staff["examiner1"].id, role=Role.OFFICE))
        db.add(AccountRole(account_id=examined.staff["examiner3"].id, role=Role.OFFICE))
    path = f"/api/exam-sessions/{examined.exam_session.id}/results"
    assert Caller(app).log_in("examiner1").get(path).json["code"] == "not_allowed"
    assert Caller(app).log_in("examiner3").get(path).status_code == 200


def test_an_examiner_who_is_not_assigned_sees_no_session(app: Flask, examined: World) -> None:
    stranger = Caller(app).log_in("examiner3")
    assert stranger.get("/api/examiner/sessions").json["items"] == []
    assert stranger.get(f"/api/examiner/sessions/{examined.exam_session.id}/sheets").status_code == 404


def test_results_are_not_for_examiners_proctors_or_candidates(app: Flask, examined: World) -> None:
    path = f"/api/exam-sessions/{examined.exam_session.id}/results"
    for name in ("examiner1", "examiner3", "proctor1"):
        assert Caller(app).log_in(name).get(path).status_code == 403
    assert Caller(app).get(path).status_code == 401
