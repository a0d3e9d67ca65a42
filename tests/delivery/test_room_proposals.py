"""Rooms and seats that the service plans by itself: proposed to the office, and taken over in one step."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import exam_rooms
import forms
import pytest
from callers import Caller
from flask import Flask
from sqlalchemy.orm import Session
from world import NAMES, World

from examsvc.core.db import Database
from examsvc.delivery import enrolling, planning
from examsvc.delivery.accommodations import deciding
from examsvc.delivery.accommodations.deciding import Basis, Scope
from examsvc.delivery.accommodations.resolving import Grant
from examsvc.delivery.enrolling import Person
from examsvc.delivery.rooms import using
from examsvc.delivery.rooms.using import RoomUse
from examsvc.registry.applications.kinds import RoomKind
from examsvc.registry.applications.registers import CentreEntry, RoomEntry
from examsvc.registry.centres import keeping

BASE = "/api/exam-sessions"
ELSEWHERE = CentreEntry("徐汇考核点", "徐汇区", "上海市徐汇区漕溪北路 8 号")


@pytest.fixture
def act(world: World) -> dict[str, Any]:
    return {"by": world.by("office"), "now": world.now}


@pytest.fixture
def plan(database: Database, world: World, act: dict[str, Any]) -> Callable[[str], UUID]:
    """Create a draft with three people on the day after the world's session."""

    def create(code: str) -> UUID:
        whole = vars(forms.plan(world, code, paper_id=world.paper.id))
        window = {name: whole[name] + timedelta(days=1) for name in ("starts_at", "ends_at")}
        with database.transaction() as db:
            draft = planning.create_session(db, planning.SessionPlan(**{**whole, **window}), **act).id
            for number, name in enumerate(NAMES):
                enrolling.enrol(db, draft, Person(name, forms.own_number(code, number)), **act)
        return draft

    return create


@pytest.fixture
def draft(database: Database, world: World, plan: Callable[[str], UUID], act: dict[str, Any]) -> UUID:
    """A draft beside rooms of one, two and ninety seats, and rooms that an automatic plan leaves alone."""
    draft, other = plan("P1"), plan("P0")
    with database.transaction() as db:
        whole = {"organisation_id": world.organisation.id, **act}
        exam_rooms.add_room(db, name="甲", seats=2, **whole)
        exam_rooms.add_room(db, name="乙", seats=1, **whole)
        exam_rooms.add_room(db, name="无监控", has_video=False, **whole)
        exam_rooms.add_room(db, name="实操", kind=RoomKind.PRACTICAL, **whole)
        keeping.close_room(db, exam_rooms.add_room(db, name="停用", **whole).id, **act)
        taken = exam_rooms.add_room(db, name="丙", seats=3, **whole)
        using.use_room(db, other, RoomUse(taken.id), **act)
    return draft


@pytest.fixture
def office(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("office")


def ask(office: Caller, draft: UUID, **wish: Any) -> dict[str, Any]:
    query = "&".join(f"{name}={value}" for name, value in wish.items())
    answer: dict[str, Any] = office.get(f"{BASE}/{draft}/room-proposal?{query}").json
    return answer


def take(office: Caller, draft: UUID, proposal: dict[str, Any], order: str = "RANDOM", **wish: Any) -> dict[str, Any]:
    body = {"wish": wish, "rooms": [room["room_id"] for room in proposal["rooms"]], "order": order}
    answer: dict[str, Any] = office.post(f"{BASE}/{draft}/room-proposal", body).json
    return answer


def grant_apart(db: Session, draft: UUID, act: dict[str, Any]) -> UUID:
    one = enrolling.enrolments_of(db, draft)[1].id
    scope, basis = Scope(enrolment_id=one), Basis("医院证明", "2026-17")
    deciding.decide(db, draft, scope, Grant(separate_room=True), basis, **act)
    return one


def test_a_plan_of_rooms_and_seats_is_proposed_and_taken_over(office: Caller, draft: UUID) -> None:
    wish = {"seats_a_room": 2}
    proposal = ask(office, draft, **wish)
    assert (proposal["enrolled"], proposal["apart"], proposal["kept"]) == (3, 0, 0)
    rooms = [(room["name"], room["capacity"], room["is_separate"]) for room in proposal["rooms"]]
    assert rooms == [("乙", 1, False), ("甲", 2, False)]
    planned = take(office, draft, proposal, **wish)
    assert (planned["unplaced"], bool(planned["seed"])) == ([], True)
    assert [(room["name"], len(room["placed"])) for room in planned["rooms"]] == [("乙", 1), ("甲", 2)]


def test_what_is_taken_over_twice_is_neither_added_nor_drawn_again(office: Caller, draft: UUID) -> None:
    proposal = ask(office, draft)
    for order in ("RANDOM", "BY_TICKET"):
        planned = take(office, draft, proposal, order)
        assert take(office, draft, proposal, order) == planned
    assert (planned["seed"], len(planned["rooms"])) == (None, 1)
    tickets = [one["ticket_number"] for one in planned["rooms"][0]["placed"]]
    assert tickets == sorted(tickets)
    assert ask(office, draft)["rooms"] == []


def test_one_room_each_is_kept_for_who_is_granted_a_separate_one(
    database: Database, office: Caller, draft: UUID, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        apart = grant_apart(db, draft, act)
    proposal = ask(office, draft)
    rooms = [(room["name"], room["capacity"], room["is_separate"]) for room in proposal["rooms"]]
    assert rooms == [("甲", 2, False), ("乙", 1, True)]
    planned = take(office, draft, proposal)
    assert [one["enrolment_id"] for one in planned["rooms"][1]["placed"]] == [str(apart)]


def test_rooms_chosen_by_hand_stay_and_only_what_lacks_is_added(
    database: Database, office: Caller, draft: UUID, act: dict[str, Any]
) -> None:
    (by_hand,) = [room for room in office.get(f"{BASE}/{draft}/rooms").json["choices"] if room["name"] == "甲"]
    office.post(f"{BASE}/{draft}/rooms", {"room_id": by_hand["room_id"]})
    proposal = ask(office, draft)
    assert (proposal["kept"], proposal["seats"], [room["name"] for room in proposal["rooms"]]) == (1, 3, ["乙"])
    with database.transaction() as db:
        keeping.close_room(db, UUID(by_hand["room_id"]), **act)
    assert ask(office, draft)["code"] == "room_closed"


def test_rooms_that_do_not_suffice_are_refused_with_what_is_missing(
    database: Database, office: Caller, draft: UUID, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        site = keeping.add_centre(db, world.organisation.id, ELSEWHERE, **act).id
        room = RoomEntry("一室", RoomKind.COMPUTER, seats=1, has_video=True, equipment="")
        keeping.add_room(db, site, room, **act)
    refused = ask(office, draft, centre_id=site)
    assert {name: refused[name] for name in ("code", "needed", "missing", "separate")} == {
        "code": "rooms_do_not_suffice",
        "needed": 3,
        "missing": 2,
        "separate": 0,
    }
    assert ask(office, draft, kind="WRITTEN")["missing"] == 3
    assert office.get(f"{BASE}/{draft}/rooms").json["rooms"] == []
    assert ask(office, draft, centre_id=draft)["code"] == "not_found"


def test_what_is_taken_over_is_what_was_shown(office: Caller, draft: UUID) -> None:
    proposal = ask(office, draft)
    refused = take(office, draft, proposal, seats_a_room=2)
    assert refused["code"] == "room_proposal_moved_on"
    assert office.get(f"{BASE}/{draft}/rooms").json["rooms"] == []


@pytest.mark.sqlite_only
def test_a_published_session_keeps_its_seats(office: Caller, world: World) -> None:
    refused = ask(office, world.exam_session.id)
    assert refused["code"] == "seats_locked"
    assert take(office, world.exam_session.id, {"rooms": []})["code"] == "seats_locked"


@pytest.mark.sqlite_only
@pytest.mark.parametrize("username", ["proctor1", "author", "decider", "supervisor"])
def test_nobody_but_the_office_has_rooms_proposed(app: Flask, world: World, username: str) -> None:
    caller = Caller(app).log_in(username)
    address = f"{BASE}/{world.exam_session.id}/room-proposal"
    assert caller.get(address).status_code == 403
    assert caller.post(address, {"wish": {}, "rooms": [], "order": "RANDOM"}).status_code == 403


@pytest.mark.sqlite_only
def test_a_wish_of_the_wrong_form_is_refused(office: Caller, world: World) -> None:
    for wish in ({"seats_a_room": 0}, {"seats_a_room": 10_001}, {"kind": "CELLAR"}, {"centre_id": "1"}):
        assert ask(office, world.exam_session.id, **wish)["code"] == "invalid"
        assert take(office, world.exam_session.id, {"rooms": []}, **wish)["code"] == "invalid"
