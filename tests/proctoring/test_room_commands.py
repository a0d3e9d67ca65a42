"""Commands for one room, and the waiver of Safe Exam Browser for one candidate."""

import uuid
from uuid import UUID

import exam_rooms
import pytest
from sitters import Sitter
from walls import Wall
from world import World

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery import enrolling
from examsvc.delivery.errors import RoomHasHistory
from examsvc.delivery.models import Enrolment, ExamSession
from examsvc.delivery.rooms import using


@pytest.fixture
def other_room(world: World, database: Database, sitters: list[Sitter], moving_clock: MovableClock) -> str:
    """A room with the second and the third of three candidates in it; its id."""
    with database.transaction() as db:
        room = exam_rooms.give_room(db, world.exam_session.id, by=world.by("office"), now=moving_clock())
        for sitter in sitters[1:]:
            get(db, Enrolment, sitter.enrolment.id).session_room_id = room.id
        return str(room.id)


def test_a_room_that_a_command_names_stays_listed(
    wall: Wall, other_room: str, world: World, database: Database, moving_clock: MovableClock
) -> None:
    wall.order("MESSAGE", None, text="请换到备用考场", session_room_id=other_room)
    act = {"by": world.by("office"), "now": moving_clock()}
    with database.transaction() as db:
        first = using.rooms_of(db, world.exam_session.id)[0]
        spare = exam_rooms.give_room(db, world.exam_session.id, **act)
        for one in enrolling.enrolments_of(db, world.exam_session.id):
            one.session_room_id = first.id
    with pytest.raises(RoomHasHistory), database.transaction() as db:
        using.drop_room(db, world.exam_session.id, UUID(other_room), **act)
    with database.transaction() as db:
        using.drop_room(db, world.exam_session.id, spare.id, **act)


def _actions(database: Database, stream: str) -> list[str]:
    with database.reading() as db:
        return [entry.action for entry in audit.history(db, stream)]


def _seconds(wall: Wall) -> list[int]:
    return sorted(tile["extra_seconds"] for tile in wall.state()["tiles"])


def test_an_extension_for_a_room_reaches_those_in_it_and_nobody_else(
    wall: Wall, sitters: list[Sitter], other_room: str, database: Database, world: World
) -> None:
    given = wall.order("EXTEND", None, text="空调漏水", seconds=300, session_room_id=other_room)
    assert (given.status_code, given.json["reached"], given.json["session_room_id"]) == (200, 2, other_room)
    assert _seconds(wall) == [0, 300, 300]
    assert {tile["room"]["id"] for tile in wall.state()["tiles"] if tile["extra_seconds"]} == {other_room}
    assert [each["text"] for each in sitters[1].enter().get(f"{sitters[1].path}/commands").json["items"]] == [
        "空调漏水"
    ]
    assert sitters[0].enter().get(f"{sitters[0].path}/commands").json["items"] == []
    with database.reading() as db:
        entry = list(audit.history(db, f"exam-session:{world.exam_session.id}"))[-1]
    assert (entry.action, entry.detail["room"], entry.detail["reached"]) == ("command.extend", other_room, 2)


def test_a_room_is_paused_and_resumed_while_the_others_go_on(
    wall: Wall, sitters: list[Sitter], other_room: str
) -> None:
    for sitter in sitters:
        sitter.begin()
    assert wall.order("PAUSE", None, text="演练", session_room_id=other_room).json["reached"] == 2
    assert [sitter.view()["phase"] for sitter in sitters] == ["OPEN", "PAUSED", "PAUSED"]
    assert wall.order("RESUME", None, text="", session_room_id=other_room).json["reached"] == 2
    shown = sitters[1].get(f"{sitters[1].path}/commands").json["items"][-1]
    assert sitters[1].post(f"{sitters[1].path}/commands/{shown['id']}/shown").status_code == 204
    assert wall.get(f"{wall.path}/commands/{shown['id']}").json["shown"] == 1


def test_what_is_for_one_sitting_is_not_for_a_room(wall: Wall, other_room: str) -> None:
    for kind in ("TERMINATE", "WAIVE_SAFE_BROWSER"):
        assert wall.order(kind, None, session_room_id=other_room).json["code"] == "one_sitting_only"


def test_a_room_of_another_session_and_a_room_with_a_sitting_are_refused(
    wall: Wall, sitters: list[Sitter], other_room: str, database: Database, world: World
) -> None:
    assert wall.order("MESSAGE", None, session_room_id=str(uuid.uuid4())).status_code == 404
    assert wall.order("MESSAGE", sitters[1], session_room_id=other_room).status_code == 404
    with database.transaction() as db:
        columns = {column.key: getattr(world.exam_session, column.key) for column in ExamSession.__table__.columns}
        foreign = ExamSession(**columns | {"id": uuid.uuid4(), "code": "别的场次"})
        db.add(foreign)
        db.flush()
        room = exam_rooms.give_room(db, foreign, by=world.by("office"), now=world.now)
    assert wall.order("MESSAGE", None, session_room_id=str(room.id)).status_code == 404


def test_the_same_id_for_another_room_is_another_command(wall: Wall, other_room: str) -> None:
    body = {"id": str(uuid.uuid4()), "kind": "MESSAGE", "session_room_id": other_room, "text": "安静"}
    first = wall.post(f"{wall.path}/commands", body)
    assert wall.post(f"{wall.path}/commands", body).json == first.json
    differs = wall.post(f"{wall.path}/commands", {**body, "session_room_id": None})
    assert differs.json["code"] == "command_differs"


def test_a_proctor_waives_safe_exam_browser_for_one_candidate_with_a_reason(
    wall: Wall, sitters: list[Sitter], database: Database, world: World
) -> None:
    assert wall.state()["quit_password"] is None
    with database.transaction() as db:
        get(db, ExamSession, world.exam_session.id).safe_browser_needed = True
    first, second = (sitter.enter().check_in() for sitter in sitters[:2])
    assert wall.tile(first)["safe_browser"] == "NEEDED"
    assert wall.order("WAIVE_SAFE_BROWSER", first, text="").json["code"] == "reason_missing"
    assert wall.order("WAIVE_SAFE_BROWSER", first, text="本机装不上").json["reached"] == 1
    assert [wall.tile(sitter)["safe_browser"] for sitter in (first, second)] == ["WAIVED", "NEEDED"]
    assert first.get(f"{first.path}/commands").json["items"][0]["kind"] == "WAIVE_SAFE_BROWSER"
    first.claim()
    assert second.ask_claim().json["code"] == "safe_browser_needed"
    assert "safe_browser.waived" in _actions(database, first.enrolment.sitting.audit_stream)
    assert len(wall.state()["quit_password"]) == len("abcd-efgh-jkmn")
