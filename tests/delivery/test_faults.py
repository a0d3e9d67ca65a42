"""What stands against an exam session after it was published, and what is refused because it would."""

from collections.abc import Callable
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
from world import IDENTITY_NUMBERS, NAMES, World

from examsvc.core.db import Database, get
from examsvc.delivery import enrolling, importing, moving, planning
from examsvc.delivery.accommodations import deciding
from examsvc.delivery.accommodations.deciding import Basis, Scope
from examsvc.delivery.accommodations.resolving import Grant
from examsvc.delivery.enrolling import Person
from examsvc.delivery.errors import SeparateRoomMissing, StaffIsCandidate, StaffServesElsewhere
from examsvc.delivery.models import ExamSession, InnerSupervisorAssignment, SessionRoom
from examsvc.delivery.planning import SessionPlan
from examsvc.delivery.rooms import placing, using
from examsvc.delivery.rooms.using import RoomUse
from examsvc.delivery.staffing import declaring, supervising
from examsvc.delivery.staffing.declaring import Declaration
from examsvc.delivery.staffing.duties import Relationship
from examsvc.delivery.workbooks import EMPTY, Cell, Line
from examsvc.registry.applications.registers import RoomEntry
from examsvc.registry.centres import keeping
from proctoring import membership

WANG, ZHU, LI = (Person(name, number) for name, number in zip(NAMES, IDENTITY_NUMBERS, strict=True))
APART = Basis("残联证明", "档案 12")


@pytest.fixture
def act(world: World) -> dict[str, Any]:
    return {"by": world.by("office"), "now": world.now}


def drafted(
    db: Session, world: World, act: dict[str, Any], code: str = "T1", days: int = 1, person: Person = WANG
) -> SessionRoom:
    """Return the only room of a new draft with one candidate, watched by the world's proctors and its supervisor."""
    plan = vars(forms.plan(world, code, paper_id=world.paper.id))
    day = {name: plan[name] + timedelta(days=days) for name in ("starts_at", "ends_at")}
    created = planning.create_session(db, SessionPlan(**{**plan, **day}), **act)
    place = exam_rooms.add_room(db, world.organisation.id, f"{code}室", **act)
    use = using.use_room(db, created.id, RoomUse(place.id), **act)
    enrolling.enrol(db, created.id, person, **act)
    return use


def staffed(db: Session, use: SessionRoom, world: World, act: dict[str, Any], supervisor: str = "supervisor") -> None:
    ids = [world.staff[name].id for name in ("proctor1", "proctor2")]
    membership.assign(db, use.exam_session_id, ids, rooms=dict.fromkeys(ids, use.id), **act)
    supervising.name_supervisors(db, use.exam_session_id, [world.staff[supervisor].id], **act)


@pytest.fixture
def held(database: Database, world: World, act: dict[str, Any]) -> SessionRoom:
    """The room of an exam session of tomorrow that lacks nothing, published."""
    with database.transaction() as db:
        use = drafted(db, world, act)
        staffed(db, use, world, act)
        publishing.publish(db, use.exam_session_id, **act)
        return use


@pytest.fixture
def told(app: Flask, held: SessionRoom) -> Callable[[], list[tuple[str, list[str]]]]:
    """Who is told the codes of which faults: the office, the chief proctor, and the other one while they serve."""

    def ask() -> list[tuple[str, list[str]]]:
        found = []
        post = f"/api/wall/{held.exam_session_id}/post"
        for username, path, key in (
            ("office", f"/api/exam-sessions/{held.exam_session_id}/faults", "items"),
            ("proctor1", post, "faults"),
            ("proctor2", post, "faults"),
        ):
            answer = Caller(app).log_in(username).get(path).json
            found.append((username, [one["code"] for one in answer.get(key, [])]))
        return found

    return ask


Told = Callable[[], list[tuple[str, list[str]]]]


def seen(*codes: str, by_others: tuple[str, ...] = ()) -> list[tuple[str, list[str]]]:
    return [("office", list(codes)), ("proctor1", list(codes)), ("proctor2", list(by_others))]


def declare(db: Session, world: World, act: dict[str, Any], who: str, session_id: UUID, person: Person) -> None:
    enrolments = enrolling.enrolments_of(db, session_id)
    (enrolment,) = (one for one in enrolments if one.candidate.name == person.name)
    declaration = Declaration(world.staff[who].id, enrolment.id, Relationship.RELATIVE)
    declaring.declare(db, session_id, declaration, **act)


def test_f01_a_filing_that_is_withdrawn_before_the_day_is_said(app: Flask, world: World, told: Told) -> None:
    assert told() == seen()
    withdrawn = (
        Caller(app)
        .log_in("registrar")
        .post(f"/api/registry/filings/{world.filing.id}/withdrawal", {"reason": "机构注销"})
    )
    assert withdrawn.status_code == 200, withdrawn.json
    assert told() == seen("not_filed")


def test_c09_a_room_that_lost_its_video_equipment_or_was_closed_is_said(
    database: Database, held: SessionRoom, act: dict[str, Any], told: Told
) -> None:
    with database.transaction() as db:
        room = get(db, SessionRoom, held.id).room
        keeping.change_room(
            db, room.id, RoomEntry(room.name, room.kind, room.seats, has_video=False, equipment=""), **act
        )
    assert told() == seen("room_without_video")
    with database.transaction() as db:
        keeping.close_room(db, held.room_id, **act)
    assert told() == seen("room_closed", "room_without_video")


def test_a_relation_declared_after_publication_is_said_until_somebody_else_serves(
    database: Database, held: SessionRoom, world: World, act: dict[str, Any], told: Told
) -> None:
    with database.transaction() as db:
        declare(db, world, act, "proctor2", held.exam_session_id, WANG)
    assert told() == seen("staff_related")
    with database.transaction() as db:
        membership.assign(db, held.exam_session_id, [world.staff["proctor1"].id], **act)
        exam_rooms.give_staff(db, get(db, SessionRoom, held.id), proctors=1, now=world.now)
    assert told() == seen()


def test_what_may_not_be_already_stops_nobody_from_mending_something_else(
    database: Database, held: SessionRoom, world: World, act: dict[str, Any], told: Told
) -> None:
    with database.transaction() as db:
        declare(db, world, act, "proctor2", held.exam_session_id, WANG)
        declare(db, world, act, "supervisor", held.exam_session_id, WANG)
    assert told() == seen("staff_related", "staff_related")
    with database.transaction() as db:
        supervising.name_supervisors(db, held.exam_session_id, [], **act)
    assert told() == seen("staff_related", "no_inner_supervisor", by_others=("no_inner_supervisor",))


def test_a_latecomer_who_is_a_proctors_relative_is_refused_until_somebody_else_serves(
    app: Flask, database: Database, held: SessionRoom, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        declare(db, world, act, "proctor2", world.exam_session.id, LI)
    office, path = Caller(app).log_in("office"), f"/api/exam-sessions/{held.exam_session_id}/enrolments"
    body = {"name": LI.name, "identity_number": LI.identity_number}
    refused = office.post(path, body)
    assert (refused.status_code, refused.json["code"], refused.json["name"]) == (409, "staff_related", "proctor2先生")
    line = Line(2, Cell("text", LI.name), Cell("text", LI.identity_number), EMPTY)
    with database.transaction() as db:
        report = importing.import_lines(db, held.exam_session_id, [line], **act)
    assert [(one.code, one.outcome) for one in report.rows] == [("staff_related", "error")]
    with database.transaction() as db:
        membership.assign(db, held.exam_session_id, [world.staff["proctor1"].id], **act)
    assert office.post(path, body).status_code == 201


def test_who_serves_is_not_enrolled(database: Database, held: SessionRoom, world: World, act: dict[str, Any]) -> None:
    own = world.enrolments[1].candidate.account_id
    with database.transaction() as db, pytest.raises(StaffIsCandidate):
        db.add(InnerSupervisorAssignment(exam_session_id=held.exam_session_id, account_id=own))
        db.flush()
        enrolling.enrol(db, held.exam_session_id, ZHU, **act)


def test_nobody_supervises_two_sessions_at_once(
    database: Database, held: SessionRoom, world: World, act: dict[str, Any], told: Told
) -> None:
    with database.transaction() as db:
        other = drafted(db, world, act, "T2", person=LI)
        with pytest.raises(StaffServesElsewhere):
            supervising.name_supervisors(db, other.exam_session_id, [world.staff["supervisor"].id], **act)
        db.rollback()
    with database.transaction() as db:  # as it may stand in sessions that are older than the rule
        other = drafted(db, world, act, "T2", person=LI)
        exam_rooms.give_staff(db, other, now=world.now)
        publishing.publish(db, other.exam_session_id, **act)
        account_id = world.staff["supervisor"].id
        db.add(InnerSupervisorAssignment(exam_session_id=other.exam_session_id, account_id=account_id))
    assert told() == seen("staff_serves_elsewhere")


def test_a_start_is_not_moved_to_where_somebody_serves_elsewhere(
    database: Database, held: SessionRoom, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        other = drafted(db, world, act, "T2", days=2)
        staffed(db, other, world, act)
        there = publishing.publish(db, other.exam_session_id, **act).starts_at
    with database.transaction() as db, pytest.raises(StaffServesElsewhere) as refused:
        moving.move_start(db, held.exam_session_id, there, reason="停电", **act)
    assert refused.value.extra == {"name": "proctor1先生", "exam_session": "T2"}
    with database.transaction() as db:
        declare(db, world, act, "proctor1", held.exam_session_id, WANG)
        moved = moving.move_start(db, held.exam_session_id, there + timedelta(days=1), reason="停电", **act)
        assert moved.starts_at == there + timedelta(days=1)  # what stands against it already is shown, and stops nobody


@pytest.fixture
def apart(database: Database, world: World, act: dict[str, Any]) -> SessionRoom:
    """A separate room, besides the other one, of a staffed draft whose first candidate is granted one."""
    with database.transaction() as db:
        use = drafted(db, world, act, "T3")
        exam_rooms.give_staff(db, use, now=world.now)
        place = exam_rooms.add_room(db, world.organisation.id, "单独室", **act)
        own = using.use_room(db, use.exam_session_id, RoomUse(place.id, 1, is_separate=True), **act)
        exam_rooms.give_staff(db, own, now=world.now)
        grant(db, use.exam_session_id, act, enrolling.enrolments_of(db, use.exam_session_id)[0].id)
        return own


def grant(db: Session, session_id: UUID, act: dict[str, Any], enrolment_id: UUID | None) -> None:
    deciding.decide(db, session_id, Scope(enrolment_id=enrolment_id), Grant(separate_room=True), APART, **act)


def test_who_is_granted_a_separate_room_sits_in_one_before_the_session_is_published(
    database: Database, apart: SessionRoom, act: dict[str, Any]
) -> None:
    session_id = apart.exam_session_id
    with database.transaction() as db:
        with pytest.raises(SeparateRoomMissing) as refused:
            publishing.publish(db, session_id, **act)
        assert (refused.value.code, refused.value.extra) == ("separate_room_missing", {"names": "王小明"})
        (enrolment,) = enrolling.enrolments_of(db, session_id)
        placing.move(db, session_id, enrolment.id, apart.id, 1, reason="单独考场", **act)
        assert publishing.publish(db, session_id, **act).state == "PUBLISHED"


def test_a_separate_room_granted_after_publication_is_a_fault_until_the_seat_is_moved(
    app: Flask, database: Database, apart: SessionRoom, act: dict[str, Any]
) -> None:
    session_id, office = apart.exam_session_id, Caller(app).log_in("office")
    path = f"/api/exam-sessions/{session_id}"
    with database.transaction() as db:
        (first,) = enrolling.enrolments_of(db, session_id)
        placing.move(db, session_id, first.id, apart.id, 1, reason="单独考场", **act)
        publishing.publish(db, session_id, **act)
        second = enrolling.enrol(db, session_id, LI, **act)
        using.change_use(db, session_id, apart.id, capacity=2, is_separate=True, **act)
        grant(db, session_id, act, second.id)
        second_id = second.id
    assert [(one["code"], one["names"]) for one in office.get(f"{path}/faults").json["items"]] == [
        ("separate_room_missing", "李娜")
    ]
    seat = {"session_room_id": str(apart.id), "seat_number": 2, "reason": "单独考场"}
    assert office.put(f"{path}/enrolments/{second_id}/seat", seat).status_code == 200
    assert office.get(f"{path}/faults").json["items"] == []


def test_a_latecomer_who_is_granted_a_separate_room_gets_a_free_one(
    database: Database, apart: SessionRoom, act: dict[str, Any]
) -> None:
    session_id = apart.exam_session_id
    with database.transaction() as db:
        grant(db, session_id, act, None)
        (first,) = enrolling.enrolments_of(db, session_id)
        placing.move(db, session_id, first.id, apart.id, 1, reason="单独考场", **act)
        using.change_use(db, session_id, apart.id, capacity=2, is_separate=True, **act)
        publishing.publish(db, session_id, **act)
        assert enrolling.enrol(db, session_id, LI, **act).session_room_id == apart.id
        among_others = enrolling.enrol(db, session_id, ZHU, **act)  # no separate seat is left
        assert get(db, SessionRoom, among_others.session_room_id).is_separate is False


def test_drafts_and_rehearsals_have_no_faults(
    app: Flask, database: Database, held: SessionRoom, world: World, act: dict[str, Any], told: Told
) -> None:
    with database.transaction() as db:
        keeping.close_room(db, held.room_id, **act)
        get(db, ExamSession, held.exam_session_id).is_rehearsal = True
        draft = drafted(db, world, act, "T4", days=5).exam_session_id
    assert told() == seen()
    assert Caller(app).log_in("office").get(f"/api/exam-sessions/{draft}/faults").json["items"] == []
