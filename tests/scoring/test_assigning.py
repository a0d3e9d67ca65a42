from collections.abc import Callable
from dataclasses import fields
from typing import Any

from callers import Caller
from flask import Flask
from sqlalchemy import func, select
from tablets import Tablet
from world import World

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery import enrolling, planning
from examsvc.delivery.planning import SessionPlan
from questionbank import drawing
from scoring import assigning
from scoring.models import Result, ScoreSheet


def put(office: Caller, world: World, *names: str) -> Any:
    ids = [str(world.staff[name].id) for name in names]
    return office.put(f"/api/exam-sessions/{world.exam_session.id}/examiners", {"account_ids": ids})


def sheet_count(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(ScoreSheet)) or 0


def test_every_examiner_gets_a_sheet_for_each_candidate_and_practical_task(
    app: Flask, world: World, database: Database
) -> None:
    office = Caller(app).log_in("office")
    answer = put(office, world, "examiner2", "examiner1", "examiner1")
    assert [item["name"] for item in answer.json["items"]] == ["examiner1先生", "examiner2先生"]
    assert sheet_count(database) == 3 * 2 * 2
    assert office.get(f"/api/exam-sessions/{world.exam_session.id}/examiners").json == answer.json


def test_assigning_the_same_people_again_changes_and_records_nothing(
    app: Flask, world: World, database: Database
) -> None:
    office = Caller(app).log_in("office")
    put(office, world, "examiner1")
    with database.reading() as db:
        before = len(audit.history(db, world.exam_session.audit_stream))
    put(office, world, "examiner1")
    with database.reading() as db:
        assert len(audit.history(db, world.exam_session.audit_stream)) == before
    assert sheet_count(database) == 3 * 2


def test_whoever_is_enrolled_later_gets_sheets_from_the_examiners_already_there(
    examined: World, database: Database, moving_clock: MovableClock
) -> None:
    person = enrolling.Person("赵六", "440524188001010014")
    with database.transaction() as db:
        act: dict[str, Any] = {"by": examined.by("office"), "now": moving_clock()}
        enrolment = enrolling.enrol(db, examined.exam_session.id, person, **act)
        query = select(func.count()).select_from(ScoreSheet).filter_by(enrolment_id=enrolment.id)
        assert db.scalar(query) == 2 * 2
        assert db.scalars(select(Result).filter_by(enrolment_id=enrolment.id)).one().state == "INCOMPLETE"


def test_a_draft_with_another_paper_has_sheets_of_that_papers_practical_tasks(
    world: World, database: Database, moving_clock: MovableClock
) -> None:
    act: dict[str, Any] = {"by": world.by("office"), "now": moving_clock()}
    columns = {field.name: getattr(world.exam_session, field.name) for field in fields(SessionPlan)}
    with database.transaction() as db:
        draft = planning.create_session(db, SessionPlan(**{**columns, "code": "S2"}), **act)
        enrolment = enrolling.enrol(db, draft.id, enrolling.Person("赵六", "440524188001010014"), **act)
        assigning.assign_examiners(db, draft.id, [world.staff["examiner1"].id], **act)
        world.db = db
        world._add_practical(3, world.specification.work_tasks[1].id)
        other = drawing.draw_paper(db, world.blueprint.id, seed="other", **act)
        planning.change_session(db, draft.id, {"paper_id": other.id}, **act)
    with database.reading() as db:
        sheets = db.scalars(select(ScoreSheet).filter_by(enrolment_id=enrolment.id))
        assert sorted(sheet.practical_task.code for sheet in sheets) == ["P1", "P2", "P3"]


def test_only_active_examiners_are_assigned(app: Flask, world: World) -> None:
    office = Caller(app).log_in("office")
    assert put(office, world, "examiner1", "proctor1").json["code"] == "not_an_examiner"


def test_only_the_office_assigns(app: Flask, world: World) -> None:
    for name in ("examiner1", "proctor1", "decider", "supervisor"):
        assert put(Caller(app).log_in(name), world, "examiner1").status_code == 403


def test_an_examiner_without_marks_can_be_taken_off(app: Flask, examined: World, database: Database) -> None:
    put(Caller(app).log_in("office"), examined, "examiner2")
    assert sheet_count(database) == 3 * 2
    examiner = Caller(app).log_in("examiner1")
    assert examiner.get(f"/api/examiner/sessions/{examined.exam_session.id}/sheets").status_code == 404


def test_an_examiner_who_has_marked_stays(
    app: Flask, examined: World, first_sheet: tuple[Tablet, str], database: Database
) -> None:
    own, sheet_id = first_sheet
    own.mark(sheet_id, {1: 0})
    assert put(Caller(app).log_in("office"), examined, "examiner2").json["code"] == "examiner_has_marked"
    assert sheet_count(database) == 3 * 2 * 2


def test_taking_off_the_last_one_waited_for_completes_the_result(
    app: Flask, examined: World, tablet: Callable[..., Tablet], sit: Callable[..., None], key: dict[str, Any]
) -> None:
    own = tablet()
    for line in own.sheets(examined.exam_session.id)[:2]:
        own.finish(line["sheet_id"])
    sit(examined.enrolments[0], key)
    office = Caller(app).log_in("office")
    results = f"/api/exam-sessions/{examined.exam_session.id}/results"
    assert [line["state"] for line in office.get(results).json["items"]] == ["INCOMPLETE"] * 3
    put(office, examined, "examiner1")
    assert [line["state"] for line in office.get(results).json["items"]] == ["READY", "INCOMPLETE", "INCOMPLETE"]
    assert put(office, examined, "examiner1", "examiner3").json["code"] == "assignment_closed"


def test_nobody_is_assigned_to_a_cancelled_session(app: Flask, world: World, database: Database) -> None:
    with database.transaction() as db:
        act: dict[str, Any] = {"by": world.by("office"), "now": world.now}
        planning.cancel_session(db, world.exam_session.id, reason="停电", **act)
    assert put(Caller(app).log_in("office"), world, "examiner1").json["code"] == "assignment_closed"


def test_an_unknown_session_is_not_found(app: Flask, world: World) -> None:
    missing = world.staff["office"].id
    answer = Caller(app).log_in("office").get(f"/api/exam-sessions/{missing}/examiners")
    assert answer.status_code == 404
