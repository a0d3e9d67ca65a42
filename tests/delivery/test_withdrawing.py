"""Enrolments that the office withdraws: out of a draft, and of a published session while nothing has happened."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import exam_rooms
import forms
import pytest
from callers import Caller
from flask import Flask
from sitters import Sitter
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse
from world import IDENTITY_NUMBERS, NAMES, World, identity

from examsvc import worker
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get, only
from examsvc.delivery import enrolling, planning
from examsvc.delivery.attendance import admitting
from examsvc.delivery.enrolling import Person
from examsvc.delivery.errors import TooFewForms
from examsvc.delivery.identity_documents import DocumentType
from examsvc.delivery.models import Accommodation, Enrolment, ExamSession, Sitting, WithdrawnEnrolment
from examsvc.delivery.states import ExamSessionState
from proctoring.models import ProctorEvent
from proctoring.states import EventKind
from questionbank.kinds import DrawKind
from scoring import assigning, marking
from scoring.marking import MarkEvent
from scoring.models import Result, ScoreSheet

BASE = "/api/exam-sessions"
WANG = Person(NAMES[0], IDENTITY_NUMBERS[0])
LATE = Person("赵六", "440524188001010014")
LATER = Person("新人", "110101190001010102")
WHY = {"reason": "重复导入"}
Withdraw = Callable[..., TestResponse]


@pytest.fixture
def act(world: World) -> dict[str, Any]:
    return {"by": world.by("office"), "now": world.now}


@pytest.fixture
def office(nobody: Caller) -> Caller:
    return nobody.log_in("office")


@pytest.fixture
def withdraw(office: Caller) -> Withdraw:
    """Withdraw an enrolment and return the answer."""

    def post(enrolment: Enrolment, body: dict[str, str] | None = None) -> TestResponse:
        path = f"{BASE}/{enrolment.exam_session_id}/enrolments/{enrolment.id}/withdrawal"
        return office.post(path, WHY if body is None else body)

    return post


def draft(db: Session, world: World, act: dict[str, Any]) -> ExamSession:
    """A draft at the time of the world's exam session, with a room."""
    created = planning.create_session(db, forms.plan(world, "D1", paper_id=world.paper.id), **act)
    exam_rooms.give_room(db, created, **act)
    return created


def count(db: Session, model: Any, **where: Any) -> int:
    return db.scalar(select(func.count()).select_from(model).filter_by(**where)) or 0


def test_out_of_a_draft_anybody_is_taken_without_a_reason_with_what_was_decided_for_them(
    database: Database, world: World, act: dict[str, Any], office: Caller, withdraw: Withdraw
) -> None:
    with database.transaction() as db:
        created = draft(db, world, act)
        first, second = (enrolling.enrol(db, created.id, one, extra_minutes=5, **act) for one in (LATE, LATER))
    path = f"{BASE}/{created.id}"
    group = office.post(f"{path}/accommodation-groups", {"name": "加时组"}).json["groups"][0]["id"]
    office.put(f"{path}/accommodation-groups/{group}", {"members": [str(first.id), str(second.id)]})
    assert withdraw(first, {}).status_code == 204
    assert [one["name"] for one in office.get(f"{path}/enrolments").json["items"]] == [LATER.name]
    assert office.get(f"{path}/accommodations").json["groups"][0]["members"] == [str(second.id)]
    with database.reading() as db:
        assert (count(db, Accommodation, enrolment_id=first.id), count(db, Sitting, enrolment_id=first.id)) == (0, 0)
    again = withdraw(first, {})
    assert (again.status_code, again.json["code"]) == (404, "not_found")


def test_who_sits_elsewhere_by_mistake_may_then_be_enrolled_where_they_belong(
    database: Database, world: World, act: dict[str, Any], office: Caller, withdraw: Withdraw
) -> None:
    with database.transaction() as db:
        path = f"{BASE}/{draft(db, world, act).id}/enrolments"
    person = {"name": WANG.name, "identity_number": WANG.identity_number}
    assert office.post(path, person).json["code"] == "candidate_sits_elsewhere"
    assert withdraw(world.enrolments[0]).status_code == 204
    assert office.post(path, person).status_code == 201


def test_after_publication_a_reason_is_asked_for_and_goes_on_record(
    database: Database, world: World, office: Caller, withdraw: Withdraw
) -> None:
    gone = world.enrolments[0]
    for body in ({}, {"reason": "  "}):
        refused = withdraw(gone, body)
        assert (refused.status_code, refused.json["code"]) == (422, "reason_missing")
    assert withdraw(gone).status_code == 204
    with database.reading() as db:
        entry = audit.history(db, world.exam_session.audit_stream)[-1]
        assert audit.verify(db, world.exam_session.audit_stream) is None
        kept = get(db, WithdrawnEnrolment, gone.id)
    told = {"enrolment": str(gone.id), "ticket": gone.ticket_number, "seat": "01-01", **WHY}
    assert (entry.action, entry.detail | told) == ("candidate.withdrawn", entry.detail)
    assert (kept.candidate_id, kept.reason, kept.paper_id) == (gone.candidate_id, WHY["reason"], None)
    assert office.get(f"{BASE}/{world.exam_session.id}").json["enrolled"] == 2


def test_the_seat_is_free_and_the_ticket_number_is_given_to_nobody(
    app: Flask,
    database: Database,
    world: World,
    act: dict[str, Any],
    withdraw: Withdraw,
    sitter: Sitter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone = world.enrolments[0].ticket_number
    withdraw(world.enrolments[0])
    refused = sitter.post("/api/candidate/login", {"ticket_number": gone, "proof": sitter.digits})
    assert refused.json["code"] == "wrong_credentials"
    drawn = iter((int(gone[6:]), 5))
    monkeypatch.setattr("examsvc.delivery.enrolling.secrets.randbelow", lambda _most: next(drawn))
    with database.transaction() as db:
        back = enrolling.enrol(db, world.exam_session.id, WANG, **act)
    assert (back.seat_label, back.ticket_number) == ("01-01", f"{gone[:6]}00000005")


def test_a_form_of_ones_own_is_given_to_nobody_else(
    database: Database, world: World, act: dict[str, Any], withdraw: Withdraw
) -> None:
    with database.transaction() as db:
        forms.fill(db, world)
        drawn = forms.draw(db, world, DrawKind.INDIVIDUAL, 4)
        held = forms.hold(db, world, draw_id=drawn.id)
        first = enrolling.enrolments_of(db, held.id)[0]
        paper_id = first.sitting.paper_id
    assert withdraw(first).status_code == 204
    with database.transaction() as db:
        assert get(db, WithdrawnEnrolment, first.id).paper_id == paper_id
        late = enrolling.enrol(db, held.id, LATE, **act)
        assert (late.seat_number, late.sitting.form_number) == (1, 4)
        with pytest.raises(TooFewForms):
            enrolling.enrol(db, held.id, LATER, **act)


def test_empty_sheets_and_the_result_that_was_begun_go_with_it(
    database: Database, world: World, act: dict[str, Any], withdraw: Withdraw
) -> None:
    gone, stays = world.enrolments[:2]
    with database.transaction() as db:
        assigning.assign_examiners(db, world.exam_session.id, [world.staff["examiner1"].id], **act)
    assert withdraw(gone).status_code == 204
    with database.reading() as db:
        assert [count(db, ScoreSheet, enrolment_id=one.id) for one in (gone, stays)] == [0, 2]
        assert [count(db, Result, enrolment_id=one.id) for one in (gone, stays)] == [0, 1]


def test_what_no_page_has_shown_holds_nobody(
    world: World, office: Caller, withdraw: Withdraw, sitter: Sitter, neighbour: Sitter
) -> None:
    later = (world.now + timedelta(minutes=40)).isoformat()
    office.post(f"{BASE}/{world.exam_session.id}/move-start", {"starts_at": later, "reason": "停电"})
    neighbour.enter()
    (told,) = neighbour.get(f"{neighbour.path}/commands").json["items"]
    neighbour.post(f"{neighbour.path}/commands/{told['id']}/shown", {})
    assert withdraw(sitter.enrolment).status_code == 204
    assert withdraw(neighbour.enrolment).json["code"] == "enrolment_stands"


def confirmed(sitter: Sitter, _database: Database, _world: World) -> None:
    sitter.enter().post(f"{sitter.path}/identity-confirmation", {})


def begun(sitter: Sitter, _database: Database, _world: World) -> None:
    sitter.begin()


def handed_in(sitter: Sitter, _database: Database, _world: World) -> None:
    sitter.begin().hand_in()


def at_the_door(sitter: Sitter, database: Database, world: World) -> None:
    """The candidate was checked in, and by mistake: what happened at the door stays on its log."""
    act: dict[str, Any] = {"by": world.by("proctor1"), "now": world.now}
    with database.transaction() as db:
        admitting.check_in(db, sitter.enrolment.sitting.id, DocumentType.ID_CARD, **act)
        admitting.undo(db, sitter.enrolment.sitting.id, reason="点错", **act)


def watched(sitter: Sitter, database: Database, world: World) -> None:
    with database.transaction() as db:
        seen = {"kind": EventKind.CONNECTED, "at": world.now, "detail": {}}
        db.add(ProctorEvent(sitting_id=sitter.enrolment.sitting.id, **seen))


def marked(sitter: Sitter, database: Database, world: World) -> None:
    with database.transaction() as db:
        act: dict[str, Any] = {"by": world.by("office"), "now": world.now}
        assigning.assign_examiners(db, world.exam_session.id, [world.staff["examiner1"].id], **act)
        sheet = db.scalars(select(ScoreSheet).filter_by(enrolment_id=sitter.enrolment.id)).first()
        assert sheet
        mark = MarkEvent(uuid.uuid4(), 1, 1, 40_00, "", world.now)
        marking.save_marks(db, sheet.id, "tablet", [mark], by=identity(sheet.examiner), now=world.now)


@pytest.mark.parametrize("happened", [confirmed, begun, handed_in, at_the_door, watched, marked])
def test_once_anything_has_happened_the_enrolment_stands(
    sitter: Sitter, database: Database, world: World, withdraw: Withdraw, happened: Callable[..., None]
) -> None:
    happened(sitter, database, world)
    refused = withdraw(sitter.enrolment)
    assert (refused.status_code, refused.json["code"]) == (409, "enrolment_stands")
    with database.reading() as db:
        assert get(db, Enrolment, sitter.enrolment.id).sitting
        assert only(db, Result, enrolment_id=sitter.enrolment.id)
        assert count(db, WithdrawnEnrolment) == 0


@pytest.mark.usefixtures("common_clock")
def test_who_did_not_come_in_time_is_absent_and_not_withdrawn_whether_or_not_it_is_marked_yet(
    database: Database, withdraw: Withdraw, sitter: Sitter, neighbour: Sitter, moving_clock: MovableClock
) -> None:
    moving_clock.forward(minutes=30)
    assert withdraw(neighbour.enrolment).status_code == 204
    moving_clock.forward(seconds=1)
    assert withdraw(sitter.enrolment).json["code"] == "enrolment_stands"
    worker.sweep_once(database)
    assert withdraw(sitter.enrolment).json["code"] == "enrolment_stands"


@pytest.mark.parametrize(
    "columns",
    [{"state": ExamSessionState.CLOSED}, {"state": ExamSessionState.CANCELLED}, {"is_rehearsal": True}],
)
def test_where_nobody_is_enrolled_any_more_nobody_is_withdrawn(
    reset: Callable[..., None], world: World, withdraw: Withdraw, columns: dict[str, Any]
) -> None:
    reset(**columns)
    assert withdraw(world.enrolments[0]).json["code"] == "enrolment_closed"


def test_an_enrolment_is_withdrawn_in_its_own_session_by_the_office_alone(
    app: Flask, database: Database, world: World, act: dict[str, Any], office: Caller
) -> None:
    with database.transaction() as db:
        other = draft(db, world, act).id
    gone = f"enrolments/{world.enrolments[0].id}/withdrawal"
    for session in (other, UUID(int=1)):
        assert office.post(f"{BASE}/{session}/{gone}", WHY).json["code"] == "not_found"
    own = f"{BASE}/{world.exam_session.id}"
    assert office.post(f"{own}/enrolments/{UUID(int=1)}/withdrawal", WHY).json["code"] == "not_found"
    assert office.post(f"{own}/{gone}", {"reason": "长" * 401}).json["code"] == "invalid"
    for username in ("proctor1", "decider", "supervisor", "examiner1"):
        assert Caller(app).log_in(username).post(f"{own}/{gone}", WHY).status_code == 403


def test_of_two_who_withdraw_at_once_one_finds_nothing(app: Flask, world: World) -> None:
    path = f"{BASE}/{world.exam_session.id}/enrolments/{world.enrolments[0].id}/withdrawal"
    callers, start = [Caller(app).log_in("office") for _ in range(2)], Barrier(2)

    def withdraw(caller: Caller) -> int:
        start.wait()
        return caller.post(path, WHY).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(withdraw, callers)) == [204, 404]
