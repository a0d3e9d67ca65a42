"""Staffing an exam session: what keeps it from being published, and what is refused at any time."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from typing import Any
from uuid import UUID

import exam_rooms
import forms
import publishing
import pytest
from callers import Caller
from flask import Flask
from sqlalchemy.orm import Session
from world import World

from examsvc.core import audit
from examsvc.core.db import Database, get
from examsvc.core.errors import NotFound, Refusal
from examsvc.delivery import enrolling, planning
from examsvc.delivery.enrolling import Person
from examsvc.delivery.errors import NotAnInnerSupervisor, RelationAlreadyDeclared, StaffServesElsewhere
from examsvc.delivery.models import DeclaredRelation, Enrolment, ExamSession, SessionRoom
from examsvc.delivery.rooms import using
from examsvc.delivery.rooms.using import RoomUse
from examsvc.delivery.staffing import declaring, supervising
from examsvc.delivery.staffing.declaring import Declaration
from examsvc.delivery.staffing.duties import Relationship
from examsvc.delivery.states import ExamSessionState
from proctoring import membership
from scoring import assigning

PERSON = Person("王小明", "11010519491231002X")


@pytest.fixture
def act(world: World) -> dict[str, Any]:
    return {"by": world.by("office"), "now": world.now}


@pytest.fixture
def room(database: Database, world: World, act: dict[str, Any]) -> SessionRoom:
    """The room of a draft with one candidate and nobody to serve, tomorrow at the same time as the world's."""
    with database.transaction() as db:
        return draft(db, world, act, "D1")


def draft(db: Session, world: World, act: dict[str, Any], code: str) -> SessionRoom:
    """Return the only room of a draft with one candidate of its own: nobody sits two exams at once."""
    plan = vars(forms.plan(world, code, paper_id=world.paper.id))
    day = {name: plan[name] + timedelta(days=1) for name in ("starts_at", "ends_at")}
    created = planning.create_session(db, planning.SessionPlan(**{**plan, **day}), **act)
    place = exam_rooms.add_room(db, world.organisation.id, f"{code}室", **act)
    used = using.use_room(db, created.id, RoomUse(place.id), **act)
    person = PERSON if code == "D1" else Person(PERSON.name, forms.own_number(code, 0))
    enrolling.enrol(db, created.id, person, **act)
    return used


def staff(db: Session, room: SessionRoom, world: World, act: dict[str, Any], *proctors: str) -> None:
    ids = [world.staff[name].id for name in proctors]
    membership.assign(db, room.exam_session_id, ids, rooms=dict.fromkeys(ids, room.id), **act)


def enrolment_of(db: Session, room: SessionRoom) -> Enrolment:
    return enrolling.enrolments_of(db, room.exam_session_id)[0]


def declared(
    db: Session, room: SessionRoom, world: World, act: dict[str, Any], who: str, kind: Relationship
) -> DeclaredRelation:
    declaration = Declaration(world.staff[who].id, enrolment_of(db, room).id, kind, "表兄")
    return declaring.declare(db, room.exam_session_id, declaration, **act)


def refused(db: Session, room: SessionRoom, act: dict[str, Any]) -> str:
    with pytest.raises(Refusal) as refusal:
        publishing.publish(db, room.exam_session_id, **act)
    return refusal.value.code


def test_c11_a_session_is_published_only_when_its_rooms_and_its_supervision_are_staffed(
    database: Database, room: SessionRoom, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        assert refused(db, room, act) == "too_few_proctors"
        staff(db, room, world, act, "proctor1", "proctor2")
        assert refused(db, room, act) == "no_inner_supervisor"
        supervising.name_supervisors(db, room.exam_session_id, [world.staff["supervisor"].id], **act)
        assert publishing.publish(db, room.exam_session_id, **act).state == "PUBLISHED"


def test_a_rehearsal_needs_nobody(database: Database, room: SessionRoom, act: dict[str, Any]) -> None:
    with database.transaction() as db:
        get(db, ExamSession, room.exam_session_id).is_rehearsal = True
        assert publishing.publish(db, room.exam_session_id, **act).state == "PUBLISHED"


def test_who_is_assigned_without_a_room_watches_and_counts_for_none(
    database: Database, room: SessionRoom, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        ids = [world.staff[name].id for name in ("proctor1", "proctor2")]
        membership.assign(db, room.exam_session_id, ids, **act)
        assert refused(db, room, act) == "too_few_proctors"
        assert membership.watches(db, room.exam_session_id, by=world.by("proctor1"))
        with pytest.raises(NotFound):
            membership.assign(db, room.exam_session_id, ids, rooms={ids[0]: UUID(int=1)}, **act)


def test_a_proctor_keeps_the_room_until_told_otherwise_or_the_room_is_dropped(
    database: Database, room: SessionRoom, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        spare = exam_rooms.add_room(db, world.organisation.id, "备用室", **act)
        room = using.use_room(db, room.exam_session_id, RoomUse(spare.id), **act)
        staff(db, room, world, act, "proctor1")
        both = [world.staff[name].id for name in ("proctor1", "proctor2")]
        rows = membership.assign(db, room.exam_session_id, both, **act)
        assert {row.account_id: row.session_room_id for row in rows} == {both[0]: room.id, both[1]: None}
        told = audit.history(db, get(db, ExamSession, room.exam_session_id).audit_stream)
        assert [one.detail["rooms"] for one in told if one.action == "proctors.assigned"] == [
            {str(both[0]): str(room.id)}
        ] * 2
        using.drop_room(db, room.exam_session_id, room.id, **act)
        db.expire_all()
        assert [row.session_room_id for row in membership.proctors(db, room.exam_session_id)] == [None, None]


@pytest.mark.parametrize("kind", [Relationship.SELF, Relationship.RELATIVE, Relationship.TRAINER])
def test_who_declared_a_relation_is_assigned_to_nothing_in_the_candidates_sessions(
    database: Database, room: SessionRoom, world: World, act: dict[str, Any], kind: Relationship
) -> None:
    code = "staff_is_candidate" if kind == Relationship.SELF else "staff_related"
    with database.transaction() as db:
        for who in ("proctor1", "examiner1", "supervisor"):
            declared(db, room, world, act, who, kind)
    with database.transaction() as db, pytest.raises(Refusal) as proctoring:
        staff(db, room, world, act, "proctor1")
    with database.transaction() as db, pytest.raises(Refusal) as examining:
        assigning.assign_examiners(db, room.exam_session_id, [world.staff["examiner1"].id], **act)
    with database.transaction() as db, pytest.raises(Refusal) as supervision:
        supervising.name_supervisors(db, room.exam_session_id, [world.staff["supervisor"].id], **act)
    assert {one.value.code for one in (proctoring, examining, supervision)} == {code}


def test_a_relation_declared_later_stops_publication_until_somebody_else_serves(
    database: Database, room: SessionRoom, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        staff(db, room, world, act, "proctor1", "proctor2")
        supervising.name_supervisors(db, room.exam_session_id, [world.staff["supervisor"].id], **act)
        relation = declared(db, room, world, act, "proctor1", Relationship.RELATIVE)
        assert refused(db, room, act) == "staff_related"
        with pytest.raises(NotFound):
            declaring.take_back(db, world.exam_session.id, UUID(int=1), reason="填错", **act)
        declaring.take_back(db, room.exam_session_id, relation.id, reason="填错", **act)
        assert publishing.publish(db, room.exam_session_id, **act).state == "PUBLISHED"
        told = [one.action for one in audit.history(db, f"account:{world.staff['proctor1'].id}")]
        assert told[-2:] == ["relation.declared", "relation.taken_back"]


def test_a_relation_is_declared_once(database: Database, room: SessionRoom, world: World, act: dict[str, Any]) -> None:
    with database.transaction() as db:
        declared(db, room, world, act, "proctor1", Relationship.RELATIVE)
    with database.transaction() as db, pytest.raises(RelationAlreadyDeclared):
        declared(db, room, world, act, "proctor1", Relationship.TRAINER)


def test_a_supervisor_has_the_role_and_no_other_duty_there(
    database: Database, room: SessionRoom, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db, pytest.raises(NotAnInnerSupervisor):
        supervising.name_supervisors(db, room.exam_session_id, [world.staff["proctor1"].id], **act)


def test_nobody_stands_in_two_rooms_at_the_same_time(
    database: Database, room: SessionRoom, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        other = draft(db, world, act, "D2")
        for one in (room, other):
            staff(db, one, world, act, "proctor1", "proctor2")
        supervising.name_supervisors(db, room.exam_session_id, [world.staff["supervisor"].id], **act)
        publishing.publish(db, room.exam_session_id, **act)
        assert refused(db, other, act) == "staff_serves_elsewhere"
        ids = [world.staff[name].id for name in ("proctor1", "proctor2")]
        membership.assign(db, other.exam_session_id, ids, rooms=dict.fromkeys(ids), **act)
        exam_rooms.give_staff(db, other, now=world.now)
        assert publishing.publish(db, other.exam_session_id, **act).state == "PUBLISHED"


@pytest.mark.postgresql_only
def test_nobody_is_put_into_two_rooms_in_the_same_moment(
    database: Database, room: SessionRoom, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        other = draft(db, world, act, "D2")
        for one in (room, other):
            get(db, ExamSession, one.exam_session_id).state = ExamSessionState.PUBLISHED

    def staff_the_other() -> None:
        with database.transaction() as db:
            staff(db, other, world, act, "proctor1")

    with ThreadPoolExecutor() as pool, database.transaction() as db:
        staff(db, room, world, act, "proctor1")
        second = pool.submit(staff_the_other)
        wait([second], timeout=0.5)  # it comes as far as it can before the first is committed
        db.commit()
        with pytest.raises(StaffServesElsewhere):
            second.result(30)


def test_the_office_reads_what_is_needed_and_what_is_missing(app: Flask, world: World, room: SessionRoom) -> None:
    office = Caller(app).log_in("office")
    path = f"/api/exam-sessions/{room.exam_session_id}"
    read = office.get(f"{path}/staffing").json
    assert [(one["needed"], one["present"]) for one in read["rooms"]] == [(2, 0)]
    assert [fault["code"] for fault in read["faults"]] == ["too_few_proctors", "no_inner_supervisor"]
    named = office.put(f"{path}/inner-supervisors", {"account_ids": [str(world.staff["supervisor"].id)]}).json
    assert [one["name"] for one in named["supervisors"]] == ["supervisor先生"]
    enrolled = office.get(f"{path}/enrolments").json["items"][0]["enrolment_id"]
    relation = {"account_id": str(world.staff["proctor1"].id), "enrolment_id": enrolled, "kind": "RELATIVE"}
    entered = office.post(f"{path}/declared-relations", relation).json["relations"]
    assert [(one["staff"], one["candidate"], one["kind"]) for one in entered] == [
        ("proctor1先生", "王小明", "RELATIVE")
    ]
    ids = [str(world.staff[name].id) for name in ("proctor1", "proctor2")]
    rooms = dict.fromkeys(ids, str(room.id))
    refusal = office.put(f"{path}/proctors", {"account_ids": ids, "rooms": rooms})
    assert (refusal.status_code, refusal.json["code"]) == (409, "staff_related")
    back = office.post(f"{path}/declared-relations/{entered[0]['id']}/taking-back", {"reason": "填错"}).json
    assert back["relations"] == []
    assert office.put(f"{path}/proctors", {"account_ids": ids, "rooms": rooms}).status_code == 200
    assert office.get(f"{path}/staffing").json["faults"] == []


@pytest.fixture
def published(database: Database, room: SessionRoom, world: World, act: dict[str, Any]) -> SessionRoom:
    """The draft's room, staffed, and the draft published."""
    with database.transaction() as db:
        staff(db, room, world, act, "proctor1", "proctor2")
        supervising.name_supervisors(db, room.exam_session_id, [world.staff["supervisor"].id], **act)
        publishing.publish(db, room.exam_session_id, **act)
    return room


def test_c11_what_a_published_session_lost_is_said_to_the_office_and_on_the_wall(
    app: Flask, world: World, published: SessionRoom
) -> None:
    office, proctor = (Caller(app).log_in(name) for name in ("office", "proctor1"))
    path, wall = f"/api/exam-sessions/{published.exam_session_id}", f"/api/wall/{published.exam_session_id}/post"
    assert proctor.get(wall).json["faults"] == office.get(f"{path}/staffing").json["faults"] == []
    left = office.put(f"{path}/proctors", {"account_ids": [str(world.staff["proctor1"].id)]})
    assert left.status_code == 200, left.json
    assert office.put(f"{path}/inner-supervisors", {"account_ids": []}).status_code == 200
    lost = office.get(f"{path}/staffing").json["faults"]
    assert [(one["code"], one.get("needed"), one.get("present")) for one in lost] == [
        ("too_few_proctors", 2, 1),
        ("no_inner_supervisor", None, None),
    ]
    assert proctor.get(wall).json["faults"] == lost
    both = {"account_ids": [str(world.staff[name].id) for name in ("proctor1", "proctor2")]}
    rooms = {"rooms": dict.fromkeys(both["account_ids"], str(published.id))}
    assert office.put(f"{path}/proctors", both | rooms).status_code == 200
    assert [one["code"] for one in proctor.get(wall).json["faults"]] == ["no_inner_supervisor"]


def test_what_a_published_session_lost_stands_on_the_audit_log(
    database: Database, world: World, published: SessionRoom, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        staff(db, published, world, act, "proctor1")
        told = audit.history(db, get(db, ExamSession, published.exam_session_id).audit_stream)
    assigned = [one.detail["missing"] for one in told if one.action == "proctors.assigned"]
    assert [[lack["code"] for lack in one] for one in assigned] == [[], ["too_few_proctors"]]


def test_a_rehearsal_lacks_nobody(app: Flask, database: Database, world: World, published: SessionRoom) -> None:
    with database.transaction() as db:
        get(db, ExamSession, published.exam_session_id).is_rehearsal = True
    assert Caller(app).log_in("proctor1").get(f"/api/wall/{published.exam_session_id}/post").json["faults"] == []


def test_only_the_office_staffs_a_session(app: Flask, world: World, room: SessionRoom) -> None:
    proctor = Caller(app).log_in("proctor1")
    assert proctor.get(f"/api/exam-sessions/{room.exam_session_id}/staffing").status_code == 403
