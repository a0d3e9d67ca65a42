"""Rooms of an exam session, and the seats in them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import exam_rooms
import forms
import publishing
import pytest
from callers import Caller
from flask import Flask
from sitters import Sitter
from sqlalchemy.orm import Session
from world import IDENTITY_NUMBERS, NAMES, World

from examsvc.core import audit
from examsvc.core.db import Database, get
from examsvc.core.errors import NotFound
from examsvc.delivery import dealing, enrolling, moving, planning
from examsvc.delivery.accommodations import deciding
from examsvc.delivery.accommodations.deciding import Basis, Scope
from examsvc.delivery.accommodations.resolving import Grant
from examsvc.delivery.enrolling import Person
from examsvc.delivery.errors import (
    CandidatesNotPlaced,
    CapacityTooLarge,
    NoSuchSeat,
    PaperOpened,
    RoomClosed,
    RoomInUse,
    RoomListedTwice,
    RoomNotEmpty,
    RoomOfAnother,
    RoomsFull,
    RoomWithoutVideo,
    SeatsLocked,
    SeatTaken,
    SessionWithoutRooms,
    SittingOver,
    TooFewSeparateSeats,
)
from examsvc.delivery.models import Enrolment, ExamSession, SessionRoom
from examsvc.delivery.rooms import placing, using
from examsvc.delivery.rooms.seating import Order, Spread
from examsvc.delivery.rooms.using import RoomUse
from examsvc.registry import service as registry
from examsvc.registry.applications.registers import RoomEntry
from examsvc.registry.centres import keeping
from examsvc.registry.models import OrganisationKind
from questionbank.kinds import DrawKind

BASE = "/api/exam-sessions"
SOMEBODY_ELSE = Person("周舟", "310101199001010012")
PEOPLE = [Person(name, number) for name, number in zip(NAMES, IDENTITY_NUMBERS, strict=True)]


@pytest.fixture
def act(world: World) -> dict[str, Any]:
    return {"by": world.by("office"), "now": world.now}


@pytest.fixture
def plan(world: World) -> Callable[..., planning.SessionPlan]:
    """A draft on another day than the world's session."""

    def make(code: str = "R1", days: int = 1, **columns: Any) -> planning.SessionPlan:
        shift = timedelta(days=days)
        whole = forms.plan(world, code, paper_id=world.paper.id)
        columns = {"starts_at": whole.starts_at + shift, "ends_at": whole.ends_at + shift, **columns}
        return planning.SessionPlan(**{**vars(whole), **columns})

    return make


@pytest.fixture
def draft(database: Database, plan: Callable[..., planning.SessionPlan], act: dict[str, Any]) -> UUID:
    """A draft with three people and no room."""
    with database.transaction() as db:
        created = planning.create_session(db, plan(), **act)
        for person in PEOPLE:
            enrolling.enrol(db, created.id, person, **act)
        return created.id


def use(db: Session, draft: UUID, act: dict[str, Any], capacity: int = 2, **use: Any) -> SessionRoom:
    """Give the draft a new, staffed room of ninety seats, of which so many are used."""
    exam_session = get(db, ExamSession, draft)
    name = f"{exam_session.code}-{len(using.rooms_of(db, draft)) + 1}"
    room = exam_rooms.add_room(db, exam_session.filing.organisation_id, name, seats=90, **act)
    used = using.use_room(db, draft, RoomUse(room.id, capacity, **use), **act)
    exam_rooms.give_staff(db, used, now=act["now"])
    return used


def seats(db: Session, exam_session_id: UUID) -> list[str]:
    return [enrolment.seat_label for enrolment in enrolling.enrolments_of(db, exam_session_id)]


def test_a_room_takes_thirty_people_unless_it_has_fewer_seats_or_the_office_says_otherwise(
    database: Database, draft: UUID, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        wanted = [(90, None), (20, None), (90, 45)]
        rooms = [exam_rooms.add_room(db, world.organisation.id, f"室{one}", seats=one[0], **act) for one in wanted]
        used = [
            using.use_room(db, draft, RoomUse(room.id, most), **act)
            for room, (_, most) in zip(rooms, wanted, strict=True)
        ]
        assert [(one.number, one.capacity) for one in used] == [(1, 30), (2, 20), (3, 45)]
        with pytest.raises(CapacityTooLarge):
            using.change_use(db, draft, used[0].id, capacity=91, is_separate=False, **act)
        with pytest.raises(RoomListedTwice):
            using.use_room(db, draft, RoomUse(rooms[0].id), **act)


def test_a_session_is_published_only_with_rooms_and_everybody_in_them(
    database: Database, draft: UUID, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        with pytest.raises(SessionWithoutRooms):
            publishing.publish(db, draft, **act)
        use(db, draft, act, capacity=3)
        with pytest.raises(CandidatesNotPlaced) as refused:
            publishing.publish(db, draft, **act)
        assert refused.value.extra == {"count": 3}
        placing.plan_seats(db, draft, Order.BY_TICKET, Spread.FILL, **act)
        assert publishing.publish(db, draft, **act).state == "PUBLISHED"
        assert seats(db, draft) == ["01-01", "01-02", "01-03"]


def test_c09_no_session_is_published_in_a_room_without_video(
    database: Database, draft: UUID, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        room = use(db, draft, act, capacity=3).room
        facts = RoomEntry(room.name, room.kind, room.seats, has_video=False, equipment="")
        keeping.change_room(db, room.id, facts, **act)
        placing.plan_seats(db, draft, Order.RANDOM, Spread.FILL, **act)
        with pytest.raises(RoomWithoutVideo) as refused:
            publishing.publish(db, draft, **act)
        assert refused.value.code == "room_without_video"


def test_no_session_is_published_in_a_closed_room_until_it_is_opened_again(
    database: Database, draft: UUID, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        room = use(db, draft, act, capacity=3).room
        placing.plan_seats(db, draft, Order.RANDOM, Spread.FILL, **act)
        keeping.close_room(db, room.id, **act)
        with pytest.raises(RoomClosed):
            publishing.publish(db, draft, **act)
        keeping.open_room(db, room.id, **act)
        assert publishing.publish(db, draft, **act).state == "PUBLISHED"


@pytest.mark.parametrize(("minutes", "is_free"), [(-120, True), (-119, False), (0, False), (119, False), (120, True)])
@pytest.mark.sqlite_only
def test_c09_one_room_is_not_used_by_two_sessions_at_once(
    database: Database,
    draft: UUID,
    plan: Callable[..., planning.SessionPlan],
    act: dict[str, Any],
    minutes: int,
    is_free: bool,
) -> None:
    with database.transaction() as db:
        room = use(db, draft, act, capacity=3).room
        placing.plan_seats(db, draft, Order.RANDOM, Spread.FILL, **act)
        first, shift = publishing.publish(db, draft, **act), timedelta(minutes=minutes)
        columns = {"starts_at": first.starts_at + shift, "ends_at": first.ends_at + shift}
        other = planning.create_session(db, plan("R2", **columns), **act)
        exam_rooms.give_staff(db, using.use_room(db, other.id, RoomUse(room.id), **act), now=act["now"])
        enrolling.enrol(db, other.id, SOMEBODY_ELSE, **act)
        if is_free:
            assert publishing.publish(db, other.id, **act).state == "PUBLISHED"
        else:
            with pytest.raises(RoomInUse) as refused:
                publishing.publish(db, other.id, **act)
            assert refused.value.extra == {"room": room.name, "exam_session": "R1"}


@pytest.mark.parametrize(("minutes", "is_free"), [(-120, True), (-119, False), (119, False), (120, True)])
@pytest.mark.sqlite_only
def test_a_session_is_not_moved_to_a_time_at_which_another_has_its_room(
    database: Database,
    draft: UUID,
    plan: Callable[..., planning.SessionPlan],
    act: dict[str, Any],
    minutes: int,
    is_free: bool,
) -> None:
    with database.transaction() as db:
        room = use(db, draft, act, capacity=3).room
        placing.plan_seats(db, draft, Order.RANDOM, Spread.FILL, **act)
        publishing.publish(db, draft, **act)
        other = planning.create_session(db, plan("R2", days=3), **act)
        exam_rooms.give_staff(db, using.use_room(db, other.id, RoomUse(room.id), **act), now=act["now"])
        enrolling.enrol(db, other.id, SOMEBODY_ELSE, **act)
        publishing.publish(db, other.id, **act)
        there = other.starts_at + timedelta(minutes=minutes)
        if is_free:
            assert moving.move_start(db, draft, there, reason="停电", **act).starts_at == there
        else:
            with pytest.raises(RoomInUse) as refused:
                moving.move_start(db, draft, there, reason="停电", **act)
            assert refused.value.extra == {"room": room.name, "exam_session": "R2"}


@pytest.mark.sqlite_only
def test_a_refused_move_of_the_start_changes_nothing(
    app: Flask, database: Database, draft: UUID, plan: Callable[..., planning.SessionPlan], act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        room = use(db, draft, act, capacity=3).room
        placing.plan_seats(db, draft, Order.RANDOM, Spread.FILL, **act)
        before = publishing.publish(db, draft, **act).starts_at
        other = planning.create_session(db, plan("R2", days=3), **act)
        exam_rooms.give_staff(db, using.use_room(db, other.id, RoomUse(room.id), **act), now=act["now"])
        enrolling.enrol(db, other.id, SOMEBODY_ELSE, **act)
        there = publishing.publish(db, other.id, **act).starts_at
    office = Caller(app).log_in("office")
    body = {"starts_at": there.isoformat(), "reason": "停电"}
    answer = office.post(f"{BASE}/{draft}/move-start", body)
    assert (answer.status_code, answer.json["code"]) == (409, "room_in_use")
    assert (answer.json["room"], answer.json["exam_session"]) == (room.name, "R2")
    assert office.get(f"{BASE}/{draft}").json["starts_at"] == before.isoformat()


def test_a_room_of_another_organisation_is_refused(database: Database, draft: UUID, act: dict[str, Any]) -> None:
    with database.transaction() as db:
        kind, where = OrganisationKind.ENTERPRISE, {"district": "静安区", "address": "南京西路 1 号"}
        stranger = registry.register_proven(db, "别的机构", "91310000MA1FL0BW3K", kind, **where, **act)
        room = exam_rooms.add_room(db, stranger.id, "机考一室", **act)
        with pytest.raises(RoomOfAnother):
            using.use_room(db, draft, RoomUse(room.id), **act)
        with pytest.raises(NotFound):
            using.use_room(db, draft, RoomUse(uuid4()), **act)


def test_who_is_enrolled_gets_the_lowest_free_seat_and_published_rooms_can_be_full(
    database: Database, plan: Callable[..., planning.SessionPlan], act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        created = planning.create_session(db, plan(), **act)
        first, second = use(db, created.id, act, capacity=1), use(db, created.id, act, capacity=1)
        enrolled = [enrolling.enrol(db, created.id, person, **act) for person in PEOPLE[:2]]
        assert [one.session_room_id for one in enrolled] == [first.id, second.id]
        publishing.publish(db, created.id, **act)
        with pytest.raises(RoomsFull):
            enrolling.enrol(db, created.id, PEOPLE[2], **act)
        use(db, created.id, act, capacity=1)
        assert enrolling.enrol(db, created.id, PEOPLE[2], **act).seat_label == "03-01"


def test_in_a_draft_whose_rooms_are_full_people_wait_for_their_seats(
    database: Database, plan: Callable[..., planning.SessionPlan], act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        created = planning.create_session(db, plan(), **act)
        use(db, created.id, act, capacity=1)
        for person in PEOPLE:
            enrolling.enrol(db, created.id, person, **act)
        assert sorted(seats(db, created.id)) == ["01-01", "1", "2"]


def test_a_plan_by_chance_is_repeated_by_its_seed_and_put_on_record(
    database: Database, draft: UUID, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        use(db, draft, act, capacity=2)
        use(db, draft, act, capacity=2)
        first = placing.plan_seats(db, draft, Order.RANDOM, Spread.EVEN, **act)
        seed = get(db, ExamSession, draft).seating_seed
        placing.plan_seats(db, draft, Order.BY_TICKET, Spread.FILL, **act)
        assert get(db, ExamSession, draft).seating_seed is None
        assert placing.plan_seats(db, draft, Order.RANDOM, Spread.EVEN, seed=seed, **act) == first
        last = audit.history(db, get(db, ExamSession, draft).audit_stream)[-1]
    assert (last.action, last.detail["seed"], last.detail["count"]) == ("exam_session.seats_planned", seed, 3)


def test_seats_are_locked_once_published_but_one_person_can_be_moved_with_a_reason(
    database: Database, world: World, act: dict[str, Any]
) -> None:
    session_id = world.exam_session.id
    with database.transaction() as db:
        with pytest.raises(SeatsLocked):
            placing.plan_seats(db, session_id, Order.RANDOM, Spread.FILL, **act)
        (room,) = using.rooms_of(db, session_id)
        first, second, _ = enrolling.enrolments_of(db, session_id)
        for refusal, seat in ((SeatTaken, second.seat_number), (NoSuchSeat, 0), (NoSuchSeat, 91)):
            with pytest.raises(refusal):
                placing.move(db, session_id, first.id, room.id, seat, reason="投影反光", **act)
        moved = placing.move(db, session_id, first.id, room.id, 90, reason="投影反光", **act)
        assert moved.seat_label == "01-90"
        last = audit.history(db, world.exam_session.audit_stream)[-1]
    detail = {name: last.detail[name] for name in ("before", "after", "reason")}
    assert (last.action, detail) == ("candidate.moved", {"before": "01-01", "after": "01-90", "reason": "投影反光"})


def test_nobody_is_moved_whose_sitting_is_over(
    database: Database, sitter: Sitter, world: World, act: dict[str, Any]
) -> None:
    sitter.begin()
    sitter.hand_in()
    with database.transaction() as db:
        (room,) = using.rooms_of(db, world.exam_session.id)
        with pytest.raises(SittingOver):
            placing.move(db, world.exam_session.id, sitter.enrolment.id, room.id, 9, reason="晚了", **act)


def test_who_moves_before_the_start_gets_the_parallel_form_of_the_new_seat(
    database: Database, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        forms.fill(db, world)
        drawn = forms.draw(db, world, DrawKind.PARALLEL, 2)
        held = forms.hold(db, world, draw_id=drawn.id)
        (room,) = using.rooms_of(db, held.id)
        first, *_ = enrolling.enrolments_of(db, held.id)
        assert (first.seat_number, first.sitting.form_number) == (1, 1)
        placing.move(db, held.id, first.id, room.id, 4, reason="换机", **act)
        assert first.sitting.form_number == 2
        placing.move(db, held.id, first.id, room.id, 7, reason="换机", **act)
        assert first.sitting.form_number == 1


def test_who_reads_the_paper_by_the_key_of_the_start_keeps_it_at_another_seat(
    database: Database, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        forms.fill(db, world)
        held = forms.hold(db, world, draw_id=forms.draw(db, world, DrawKind.PARALLEL, 2).id)
        (room,) = using.rooms_of(db, held.id)
        first, *_ = enrolling.enrolments_of(db, held.id)
        first.sitting.key_released_at = held.starts_at
        db.flush()
        paper_id, arrangement = first.sitting.paper_id, first.sitting.arrangement
        placing.move(db, held.id, first.id, room.id, 4, reason="换机", **act)
        assert (first.seat_number, first.sitting.paper_id, first.sitting.arrangement) == (4, paper_id, arrangement)
        with pytest.raises(PaperOpened):
            dealing.give_papers(db, held, [first.sitting])
            db.flush()


def test_a_room_that_somebody_sits_in_is_neither_dropped_nor_made_too_small(
    database: Database, draft: UUID, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        room = use(db, draft, act, capacity=3)
        empty = use(db, draft, act, capacity=3)
        placing.plan_seats(db, draft, Order.RANDOM, Spread.FILL, **act)
        with pytest.raises(RoomNotEmpty):
            using.drop_room(db, draft, room.id, **act)
        with pytest.raises(RoomNotEmpty) as refused:
            using.change_use(db, draft, room.id, capacity=2, is_separate=False, **act)
        assert refused.value.extra["count"] == 1
        using.drop_room(db, draft, empty.id, **act)
        assert [one.number for one in using.rooms_of(db, draft)] == [1]


def test_the_office_plans_seats_and_sees_who_sits_where(
    app: Flask, database: Database, draft: UUID, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        use(db, draft, act, capacity=2)
        alone = use(db, draft, act, capacity=1, is_separate=True).id
    office = Caller(app).log_in("office")
    before = office.get(f"{BASE}/{draft}/rooms").json
    assert (before["enrolled"], before["seats"], len(before["unplaced"])) == (3, 3, 3)
    apart = before["unplaced"][1]["enrolment_id"]
    planned = office.post(f"{BASE}/{draft}/seat-plan", {"order": "RANDOM", "separate": [apart]}).json
    assert (planned["unplaced"], bool(planned["seed"])) == ([], True)
    (own,) = [room for room in planned["rooms"] if room["id"] == str(alone)]
    assert [one["enrolment_id"] for one in own["placed"]] == [apart]
    listed = office.get(f"{BASE}/{draft}/enrolments").json["items"]
    assert [one["seat_label"] for one in listed] == ["01-01", "01-02", "02-01"]
    assert listed[2]["room"] == {"number": 2, "name": "R1-2"}


def test_who_is_granted_a_separate_room_is_seated_in_one_without_being_named(
    app: Flask, database: Database, draft: UUID, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        use(db, draft, act, capacity=3)
        apart = enrolling.enrolments_of(db, draft)[1].id
        scope, basis = Scope(enrolment_id=apart), Basis("医院证明", "2026-17")
        deciding.decide(db, draft, scope, Grant(separate_room=True), basis, **act)
        with pytest.raises(TooFewSeparateSeats):
            placing.plan_seats(db, draft, Order.BY_TICKET, Spread.FILL, **act)
        use(db, draft, act, capacity=1, is_separate=True)
        placing.plan_seats(db, draft, Order.BY_TICKET, Spread.FILL, **act)
    plan = Caller(app).log_in("office").get(f"{BASE}/{draft}/rooms").json
    own = plan["rooms"][1]["placed"]
    assert [(one["enrolment_id"], one["separate_room"]) for one in own] == [(str(apart), True)]
    assert [one["separate_room"] for one in plan["rooms"][0]["placed"]] == [False, False]


def test_the_office_uses_fewer_seats_than_a_room_has_and_no_more(
    app: Flask, database: Database, draft: UUID, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        room = use(db, draft, act, capacity=3).id
        placing.plan_seats(db, draft, Order.RANDOM, Spread.FILL, **act)
    office = Caller(app).log_in("office")

    def change(capacity: int) -> Any:
        body = {"capacity": capacity, "is_separate": False}
        return office.patch(f"{BASE}/{draft}/rooms/{room}", body).json

    assert change(12)["rooms"][0]["capacity"] == 12
    assert change(91)["code"] == "capacity_too_large"
    assert change(2)["code"] == "room_not_empty"


def test_rooms_that_another_session_has_at_the_time_are_told_with_its_code(
    app: Flask, database: Database, world: World, plan: Callable[..., planning.SessionPlan], act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        at_once = planning.create_session(db, plan("R9", days=0), **act).id
        later = planning.create_session(db, plan("R8"), **act).id
    office = Caller(app).log_in("office")
    (busy,) = office.get(f"{BASE}/{at_once}/rooms").json["choices"]
    (free,) = office.get(f"{BASE}/{later}/rooms").json["choices"]
    assert (busy["name"], busy["used_by"], free["used_by"]) == ("S1 第1考场", "S1", None)


def test_a_candidate_sees_room_and_seat(sitter: Sitter) -> None:
    (own,) = sitter.enter().get("/api/candidate/sittings").json["items"]
    assert (own["seat_label"], own["room"]) == ("01-01", {"number": 1, "name": "S1 第1考场"})
    view = sitter.view()
    assert (view["seat_label"], view["room"]["name"]) == ("01-01", "S1 第1考场")


@pytest.mark.sqlite_only
@pytest.mark.parametrize("username", ["proctor1", "examiner1", "author", "decider"])
def test_nobody_but_the_office_plans_seats(app: Flask, world: World, username: str) -> None:
    answer = Caller(app).log_in(username).post(f"{BASE}/{world.exam_session.id}/seat-plan", {"order": "RANDOM"})
    assert answer.status_code == 403


def test_a_session_from_before_there_were_rooms_is_sat_as_ever(
    database: Database, sitter: Sitter, world: World
) -> None:
    with database.transaction() as db:
        for enrolment in enrolling.enrolments_of(db, world.exam_session.id):
            get(db, Enrolment, enrolment.id).session_room = None
    sitter.begin()
    assert (sitter.view()["seat_label"], sitter.view()["room"]) == ("1", None)
