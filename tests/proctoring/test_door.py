"""The door of a room: checking in, turning away, undoing, absences, and the draw of a station."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import exam_rooms
import pictures
import pytest
import zxingcpp
from callers import Caller
from flask import Flask
from PIL import Image
from sitters import Sitter
from world import World

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery import sweeping, withdrawing
from examsvc.delivery.attendance import rolls, stations
from examsvc.delivery.handouts import ticket_codes
from examsvc.delivery.models import DoorRecord, ExamSession, SessionRoom, Sitting, StationDraw
from examsvc.delivery.rooms import placing, using
from examsvc.delivery.sealed import releasing
from examsvc.delivery.states import ClockRule
from examsvc.registry.applications.kinds import RoomKind
from proctoring import membership

ID_CARD = {"document_type": "ID_CARD"}
NOT_HIM = {"grounds": "NOT_THE_PERSON", "note": "照片不符", "document_type": "ID_CARD"}
MINUTE = timedelta(minutes=1)


class Door(Caller):
    """A proctor's tablet at the door of the world's only room."""

    def __init__(self, app: Flask, world: World, room: SessionRoom) -> None:
        super().__init__(app)
        self.world, self.base = world, f"/api/door/{world.exam_session.id}"
        self.room_path = f"{self.base}/rooms/{room.id}"

    def act(self, place: int, step: str, body: Any) -> Any:
        return self.post(f"{self.base}/sittings/{self.world.enrolments[place].sitting.id}/{step}", body)

    def seats(self) -> list[dict[str, Any]]:
        return list(self.get(self.room_path).json["seats"])

    def presences(self) -> list[str]:
        """Return how the room's seats look; all doors together count the same."""
        found = [seat["presence"] for seat in self.seats()]
        counts = self.get(self.base).json["rooms"][0]["counts"]
        assert {one: count for one, count in counts.items() if count} == Counter(found)
        return found

    def mark_absent(self, *places: int) -> Any:
        ids = [str(self.world.enrolments[place].sitting.id) for place in places]
        return self.post(f"{self.room_path}/absences", {"sitting_ids": ids})


@pytest.fixture
def room(database: Database, world: World) -> SessionRoom:
    with database.reading() as db:
        return using.rooms_of(db, world.exam_session.id)[0]


@pytest.fixture
def door(app: Flask, world: World, room: SessionRoom, assigned: None) -> Door:
    tablet = Door(app, world, room)
    tablet.log_in("proctor1")
    return tablet


@pytest.fixture
def common_clock(database: Database, world: World) -> None:
    """The session began now: 60 minutes for all, entry for 15, absent after 30."""
    with database.transaction() as db:
        session = get(db, ExamSession, world.exam_session.id)
        session.starts_at, session.ends_at = world.now, world.now + 60 * MINUTE
        session.clock_rule, session.late_entry_minutes, session.login_absent_minutes = ClockRule.COMMON, 15, 30


@pytest.fixture
def practical(database: Database, room: SessionRoom) -> None:
    """The room is for practical tasks and has three stations."""
    with database.transaction() as db:
        used = get(db, SessionRoom, room.id)
        used.room.kind, used.capacity = RoomKind.PRACTICAL, 3


@pytest.fixture
def actions(database: Database, world: World) -> Callable[[int], list[str]]:
    """What is in the audit of a candidate's sitting."""

    def read(place: int) -> list[str]:
        with database.reading() as db:
            return [one.action for one in audit.history(db, f"sitting:{world.enrolments[place].sitting.id}")]

    return read


def test_a_room_s_roll_shows_who_belongs_where_with_a_masked_number(door: Door, room: SessionRoom) -> None:
    rooms = door.get(door.base).json
    assert [(one["name"], one["counts"]["MISSING"]) for one in rooms["rooms"]] == [(room.name, 3)]
    assert rooms["own_room_id"] is None
    first = door.seats()[0]
    assert (first["name"], first["seat_label"], first["document_type"]) == ("王小明", "01-01", "ID_CARD")
    assert "*" in first["identity_masked"]
    assert (first["presence"], first["last"]) == ("MISSING", None)


def test_how_a_seat_looks_is_counted_for_all_doors_without_reading_anybody(
    door: Door, world: World, database: Database, moving_clock: MovableClock, sitters: list[Sitter]
) -> None:
    sitters[0].enter()
    assert door.presences() == ["MISSING"] * 3
    sitters[0].post(f"{sitters[0].path}/identity-confirmation", {})
    door.act(1, "check-in", ID_CARD)
    door.act(1, "turning-away", NOT_HIM)
    door.act(2, "turning-away", NOT_HIM)
    moving_clock.forward(seconds=1)
    door.act(2, "check-in", ID_CARD)
    assert door.presences() == ["ENTERED", "TURNED_AWAY", "CHECKED_IN"]
    door.act(2, "undoing", {"reason": "点错"})
    sitters[0].check_in().claim()
    assert door.presences() == ["ENTERED", "TURNED_AWAY", "MISSING"]
    with database.reading() as db:
        rolls.rooms(db, world.exam_session.id)
        assert not any(isinstance(one, Sitting) for one in db.identity_map.values())


def test_only_who_watches_the_session_stands_at_its_doors(app: Flask, world: World, door: Door) -> None:
    stranger = Caller(app).log_in("proctor2")
    sitting = world.enrolments[0].sitting.id
    assert stranger.get(door.base).status_code == 404
    assert stranger.get(door.room_path).status_code == 404
    assert stranger.post(f"{door.base}/sittings/{sitting}/check-in", ID_CARD).status_code == 404
    assert stranger.post(f"{door.room_path}/absences", {"sitting_ids": []}).status_code == 404
    assert Caller(app).log_in("office").get(door.base).status_code == 403


def test_a_ticket_is_scanned_or_typed_and_a_made_up_code_is_refused(door: Door, world: World) -> None:
    number = world.enrolments[1].ticket_number
    for text in (ticket_codes.code(number), number, f" {number} "):
        found = door.post(f"{door.room_path}/ticket", {"text": text})
        assert found.json == {"sitting_id": str(world.enrolments[1].sitting.id)}
    forged = door.post(f"{door.room_path}/ticket", {"text": f"T1.{number}.0123456789abcdef"})
    assert forged.json["code"] == "bad_ticket_code"
    unknown = door.post(f"{door.room_path}/ticket", {"text": "26112300000000"})
    assert (unknown.status_code, unknown.json["code"]) == (404, "ticket_unknown")


def test_a_ticket_whose_enrolment_was_withdrawn_says_so(
    door: Door, world: World, database: Database, moving_clock: MovableClock
) -> None:
    gone = world.enrolments[1]
    with database.transaction() as db:
        act = {"by": world.by("office"), "now": moving_clock()}
        withdrawing.withdraw(db, world.exam_session.id, gone.id, reason="重复导入", **act)
    refused = door.post(f"{door.room_path}/ticket", {"text": ticket_codes.code(gone.ticket_number)})
    assert (refused.status_code, refused.json["code"]) == (409, "ticket_withdrawn")
    assert [seat["seat_number"] for seat in door.seats()] == [1, 3]


def test_who_stands_at_the_wrong_door_is_told_where_to_go(
    door: Door, world: World, database: Database, room: SessionRoom
) -> None:
    with database.transaction() as db:
        place = get(db, SessionRoom, room.id).room
        act: dict[str, Any] = {"by": world.by("office"), "now": world.now}
        other = using.use_room(
            db,
            world.exam_session.id,
            using.RoomUse(exam_rooms.add_room(db, place.centre.organisation_id, "另一室", **act).id),
            **act,
        )
    path = f"{door.base}/rooms/{other.id}/ticket"
    refused = door.post(path, {"text": world.enrolments[0].ticket_number})
    assert refused.json["code"] == "wrong_room"
    assert (refused.json["room"], refused.json["seat"]) == (room.name, "01-01")


def test_a_picture_of_a_ticket_is_read_for_a_browser_that_cannot(door: Door) -> None:
    symbol = zxingcpp.write_barcode_to_image(zxingcpp.create_barcode("T1.1.abc", zxingcpp.BarcodeFormat.QRCode))
    picture = Image.fromarray(symbol).resize((300, 300), Image.Resampling.NEAREST)
    assert _scanned(door, pictures.jpeg(picture)) == "T1.1.abc"
    assert _scanned(door, pictures.scene(1)) is None
    assert _scanned(door, b"no picture") is None


def _scanned(door: Door, picture: bytes) -> Any:
    headers = {"X-CSRF-Token": door.csrf_token}
    path = f"{door.base}/scanned-picture"
    return door.client.post(path, data=picture, headers=headers, content_type="image/jpeg").json["text"]


def test_a_check_in_says_who_when_and_by_which_document_and_a_repeat_changes_nothing(
    door: Door, moving_clock: MovableClock, actions: Callable[[int], list[str]]
) -> None:
    seat = door.act(0, "check-in", ID_CARD).json["seats"][0]
    at = moving_clock().isoformat().replace("+00:00", "Z")
    assert (seat["presence"], seat["last"]["by"], seat["last"]["document_type"]) == (
        "CHECKED_IN",
        "proctor1先生",
        "ID_CARD",
    )
    moving_clock.forward(minutes=5)
    again = door.act(0, "check-in", {"document_type": "PASSPORT"}).json["seats"][0]
    assert again["last"] == seat["last"]
    assert seat["last"]["at"][:19] == at[:19]
    assert actions(0).count("sitting.checked_in") == 1


def test_two_tablets_check_one_person_in_once(
    app: Flask, world: World, room: SessionRoom, door: Door, database: Database
) -> None:
    other = Door(app, world, room)
    other.log_in("proctor1")
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda tablet: tablet.act(0, "check-in", ID_CARD), (door, other)))
    assert [answer.status_code for answer in answers] == [200, 200]
    with database.reading() as db:
        assert db.query(DoorRecord).count() == 1


def test_somebody_else_than_the_photo_shows_is_turned_away_and_let_in_with_the_right_document(
    door: Door, actions: Callable[[int], list[str]]
) -> None:
    seat = door.act(0, "turning-away", NOT_HIM).json["seats"][0]
    assert (seat["presence"], seat["last"]["grounds"]) == ("TURNED_AWAY", "NOT_THE_PERSON")
    door.act(0, "turning-away", NOT_HIM)
    assert actions(0).count("sitting.turned_away") == 1
    assert door.act(0, "check-in", ID_CARD).json["seats"][0]["presence"] == "CHECKED_IN"


def test_f08_who_was_turned_away_does_nothing_at_a_machine_until_it_is_undone(
    door: Door, sitters: list[Sitter], actions: Callable[[int], list[str]]
) -> None:
    out = sitters[0].enter()
    door.act(0, "turning-away", NOT_HIM)
    assert out.view()["turned_away_at"] is not None
    answers = [
        out.post(f"{out.path}/identity-confirmation", {}),
        out.get(f"{out.path}/preload"),
        out.ask_claim(),
        out.get(f"{out.path}/paper-key"),
    ]
    assert [(one.status_code, one.json["code"]) for one in answers] == [(403, "turned_away")] * 4
    assert door.act(0, "undoing", {"reason": "看错照片"}).json["seats"][0]["presence"] == "MISSING"
    assert actions(0)[-2:] == ["sitting.turned_away", "sitting.turning_away_undone"]
    assert out.view()["turned_away_at"] is None
    out.begin()
    assert out.view()["state"] == "IN_PROGRESS"


def test_who_was_turned_away_does_not_log_in_and_is_told_only_with_the_right_digits(
    door: Door, sitters: list[Sitter], nobody: Caller
) -> None:
    door.act(0, "turning-away", NOT_HIM)
    ticket = {"ticket_number": sitters[0].enrolment.ticket_number}
    told = [nobody.post("/api/candidate/login", {**ticket, "proof": proof}) for proof in (sitters[0].digits, "000000")]
    assert [(one.status_code, one.json["code"]) for one in told] == [(403, "turned_away"), (401, "wrong_credentials")]
    door.act(0, "check-in", ID_CARD)
    sitters[0].begin()
    sitters[1].begin()  # who never came to a door is not asked


def test_no_key_is_released_at_the_start_to_who_was_turned_away(
    door: Door, common_clock: None, database: Database, sitters: list[Sitter], world: World, moving_clock: MovableClock
) -> None:
    ids = [one.enter().check_in().enrolment.sitting.id for one in sitters[:2]]
    door.act(0, "turning-away", NOT_HIM)
    moving_clock.forward(seconds=1)
    with database.transaction() as db:
        released = releasing.release(db, world.exam_session.id, ids, now=moving_clock())
    assert [one.sitting_id for one in released] == [ids[1]]


def test_a_check_in_is_undone_with_a_reason_until_the_paper_is_opened(
    door: Door, sitters: list[Sitter], actions: Callable[[int], list[str]]
) -> None:
    assert door.act(0, "undoing", {"reason": "点错"}).json["code"] == "not_checked_in"
    door.act(0, "check-in", ID_CARD)
    assert door.act(0, "undoing", {}).status_code == 422
    assert door.act(0, "undoing", {"reason": "点错"}).json["seats"][0]["presence"] == "MISSING"
    assert actions(0)[-2:] == ["sitting.checked_in", "sitting.check_in_undone"]
    door.act(0, "check-in", ID_CARD)
    sitters[0].begin()
    assert door.act(0, "undoing", {"reason": "点错"}).json["code"] == "entered_already"
    assert door.act(0, "turning-away", NOT_HIM).json["code"] == "entered_already"


@pytest.mark.parametrize(("seconds", "is_open"), [(-1, True), (0, True), (1, False)])
def test_nobody_is_checked_in_after_the_late_entry_limit(
    door: Door, common_clock: None, moving_clock: MovableClock, seconds: int, is_open: bool
) -> None:
    moving_clock.forward(minutes=15, seconds=seconds)
    answer = door.act(0, "check-in", ID_CARD)
    assert (answer.status_code == 200) == is_open
    assert is_open or answer.json["code"] == "entry_closed"


def test_who_was_checked_in_in_time_begins_later_and_is_never_absent(
    door: Door, common_clock: None, moving_clock: MovableClock, database: Database, sitters: list[Sitter]
) -> None:
    for place in (0, 1):
        door.act(place, "check-in", ID_CARD)
    moving_clock.forward(minutes=31)
    sweep(database, moving_clock)
    assert door.presences() == ["CHECKED_IN", "CHECKED_IN", "ABSENT"]
    sitters[0].begin()
    moving_clock.forward(minutes=30)
    sweep(database, moving_clock)
    with database.reading() as db:
        second = get(db, Sitting, door.world.enrolments[1].sitting.id)
        assert (second.state, second.finish_reason) == ("HANDED_IN", "TIME_UP")  # came, and answered nothing


def sweep(database: Database, moving_clock: MovableClock) -> None:
    absent = next(one for one in sweeping.SWEEPS if one.name == "mark the absent")
    with database.transaction() as db:
        for sitting_id in absent.due(db, moving_clock()):
            absent.settle(db, sitting_id, moving_clock())


@pytest.mark.parametrize(("seconds", "is_closed"), [(-1, False), (0, False), (1, True)])
def test_absences_are_confirmed_once_entry_is_closed(
    door: Door, common_clock: None, moving_clock: MovableClock, seconds: int, is_closed: bool
) -> None:
    door.act(0, "check-in", ID_CARD)
    moving_clock.forward(minutes=15, seconds=seconds)
    assert [seat["may_be_absent"] for seat in door.seats()] == [False, is_closed, is_closed]
    answer = door.mark_absent(1, 2)
    if not is_closed:
        assert answer.json["code"] == "absence_too_early"
        assert door.presences() == ["CHECKED_IN", "MISSING", "MISSING"]
        return
    assert [seat["presence"] for seat in answer.json["seats"]] == ["CHECKED_IN", "ABSENT", "ABSENT"]
    assert answer.json["absence_confirmed_by"] == "proctor1先生"
    assert door.mark_absent(1, 2).status_code == 200


def test_who_came_is_not_marked_absent_and_then_nobody_is(
    door: Door, common_clock: None, moving_clock: MovableClock, sitters: list[Sitter]
) -> None:
    sitters[0].begin()
    door.act(1, "check-in", ID_CARD)
    moving_clock.forward(minutes=20)
    refused = door.mark_absent(0, 1, 2)
    assert (refused.json["code"], refused.json["names"]) == ("not_absent", "王小明、𬎆珺")
    assert door.presences() == ["ENTERED", "CHECKED_IN", "MISSING"]
    assert [seat["may_be_absent"] for seat in door.seats()] == [False, False, True]


def test_the_clock_and_the_proctor_mark_the_same_people_absent(
    door: Door, common_clock: None, moving_clock: MovableClock, database: Database
) -> None:
    door.act(0, "check-in", ID_CARD)
    moving_clock.forward(minutes=16)
    door.mark_absent(1)
    moving_clock.forward(minutes=15)
    sweep(database, moving_clock)
    assert door.presences() == ["CHECKED_IN", "ABSENT", "ABSENT"]
    assert door.mark_absent(1, 2).status_code == 200


def test_who_was_granted_more_time_is_not_marked_absent_before_it_is_over(
    door: Door, common_clock: None, moving_clock: MovableClock, database: Database
) -> None:
    with database.transaction() as db:
        get(db, Sitting, door.world.enrolments[2].sitting.id).extra_seconds = 600
    moving_clock.forward(minutes=20)
    assert door.mark_absent(1, 2).json["code"] == "not_absent"
    assert door.mark_absent(1).status_code == 200
    moving_clock.forward(minutes=6)
    assert door.mark_absent(2).status_code == 200


def test_a_station_is_drawn_once_at_the_door_of_a_practical_room_and_can_be_proven(
    door: Door, practical: None, database: Database, actions: Callable[[int], list[str]]
) -> None:
    drawn = [door.act(place, "check-in", ID_CARD).json["seats"][place]["station"] for place in range(3)]
    assert sorted(drawn) == [1, 2, 3]
    assert door.act(0, "undoing", {"reason": "点错"}).json["seats"][0]["station"] == drawn[0]
    assert door.act(0, "check-in", ID_CARD).json["seats"][0]["station"] == drawn[0]
    assert actions(0).count("sitting.station_drawn") == 1
    with database.reading() as db:
        for row in db.query(StationDraw):
            assert stations.drawn(row.seed, row.free) == row.station


def test_nobody_is_checked_in_where_no_station_is_left(
    door: Door, practical: None, database: Database, room: SessionRoom
) -> None:
    with database.transaction() as db:
        get(db, SessionRoom, room.id).capacity = 2
    door.act(0, "check-in", ID_CARD)
    door.act(1, "check-in", ID_CARD)
    assert door.act(2, "check-in", ID_CARD).json["code"] == "no_station_free"
    assert door.presences() == ["CHECKED_IN", "CHECKED_IN", "MISSING"]


def test_who_was_moved_out_of_the_room_keeps_no_station_from_those_who_sit_there(
    door: Door, practical: None, database: Database, world: World, room: SessionRoom, elsewhere: SessionRoom
) -> None:
    with database.transaction() as db:
        get(db, SessionRoom, room.id).capacity = 2
    given_up = door.act(0, "check-in", ID_CARD).json["seats"][0]["station"]
    move(database, world, 0, elsewhere)
    drawn = [door.act(place, "check-in", ID_CARD).json["seats"][place - 1]["station"] for place in (1, 2)]
    assert sorted(drawn) == [1, 2]
    with database.reading() as db:
        freed = [
            one for one in audit.history(db, world.exam_session.audit_stream) if one.action == "room.station_freed"
        ]
    assert [one.detail["station"] for one in freed] == [given_up]


def test_who_was_moved_out_and_back_keeps_the_station_that_nobody_drew_meanwhile(
    door: Door, practical: None, database: Database, world: World, room: SessionRoom, elsewhere: SessionRoom
) -> None:
    drawn = door.act(0, "check-in", ID_CARD).json["seats"][0]["station"]
    for use in (elsewhere, room):
        move(database, world, 0, use)
    assert door.seats()[0]["station"] == drawn
    others = [door.act(place, "check-in", ID_CARD).json["seats"][place]["station"] for place in (1, 2)]
    assert sorted([drawn, *others]) == [1, 2, 3]


@pytest.fixture
def elsewhere(database: Database, world: World, room: SessionRoom) -> SessionRoom:
    """Another room of the session, in which nobody sits."""
    with database.transaction() as db:
        act: dict[str, Any] = {"by": world.by("office"), "now": world.now}
        organisation_id = get(db, SessionRoom, room.id).room.centre.organisation_id
        other = exam_rooms.add_room(db, organisation_id, "另一室", **act)
        return using.use_room(db, world.exam_session.id, using.RoomUse(other.id), **act)


def move(database: Database, world: World, place: int, use: SessionRoom) -> None:
    """Give a candidate the first seat of the room."""
    with database.transaction() as db:
        act: dict[str, Any] = {"reason": "座位损坏", "by": world.by("office"), "now": world.now}
        placing.move(db, world.exam_session.id, world.enrolments[place].id, use.id, 1, **act)


def test_no_station_is_drawn_in_a_computer_room(door: Door) -> None:
    assert door.act(0, "check-in", ID_CARD).json["seats"][0]["station"] is None


def test_the_tablet_knows_the_room_its_proctor_serves_in(
    door: Door, database: Database, world: World, room: SessionRoom
) -> None:
    with database.transaction() as db:
        own = world.staff["proctor1"].id
        act: dict[str, Any] = {"by": world.by("office"), "now": world.now}
        membership.assign(db, world.exam_session.id, [own], rooms={own: room.id}, **act)
    assert door.get(door.base).json["own_room_id"] == str(room.id)


def test_a_chief_takes_an_absence_back_with_a_reason_and_the_candidate_is_let_in(
    door: Door,
    common_clock: None,
    moving_clock: MovableClock,
    database: Database,
    actions: Callable[[int], list[str]],
) -> None:
    moving_clock.forward(minutes=31)
    sweep(database, moving_clock)
    assert door.presences() == ["ABSENT"] * 3
    assert door.act(0, "absence-undoing", {}).status_code == 422
    answer = door.act(0, "absence-undoing", {"reason": "服务器中断"})
    assert [seat["presence"] for seat in answer.json["seats"]] == ["MISSING", "ABSENT", "ABSENT"]
    assert actions(0)[-1] == "sitting.expected"
    assert door.act(0, "check-in", ID_CARD).json["seats"][0]["presence"] == "CHECKED_IN"
    sweep(database, moving_clock)
    assert door.presences() == ["CHECKED_IN", "ABSENT", "ABSENT"]


def test_who_is_no_chief_takes_no_absence_back(
    app: Flask, door: Door, room: SessionRoom, common_clock: None, moving_clock: MovableClock, database: Database
) -> None:
    with database.transaction() as db:
        ids = [door.world.staff[name].id for name in ("proctor1", "proctor2")]
        act = {"by": door.world.by("office"), "now": moving_clock()}
        membership.assign(db, door.world.exam_session.id, ids, chief_ids=[ids[1]], **act)
    moving_clock.forward(minutes=31)
    sweep(database, moving_clock)
    assert door.get(door.room_path).json["may_take_back"] is False
    assert door.act(0, "absence-undoing", {"reason": "误记"}).json["code"] == "not_a_chief"
    assert door.presences() == ["ABSENT"] * 3
    chief = Door(app, door.world, room)
    chief.log_in("proctor2")
    assert chief.get(chief.room_path).json["may_take_back"] is True
    assert chief.act(0, "absence-undoing", {"reason": "误记"}).status_code == 200


def test_a_start_on_another_day_makes_the_first_days_door_void_and_everybody_is_seen_to_again(
    app: Flask,
    door: Door,
    common_clock: None,
    moving_clock: MovableClock,
    database: Database,
    world: World,
    sitters: list[Sitter],
    actions: Callable[[int], list[str]],
) -> None:
    door.act(0, "check-in", ID_CARD)
    door.act(1, "turning-away", NOT_HIM)
    sitters[2].begin()
    assert door.presences() == ["CHECKED_IN", "TURNED_AWAY", "ENTERED"]
    moving_clock.forward(minutes=20)
    later = world.now + timedelta(days=7)
    body = {"starts_at": later.isoformat(), "reason": "停电"}
    path = f"/api/exam-sessions/{world.exam_session.id}/move-start"
    assert Caller(app).log_in("office").post(path, body).status_code == 200
    assert door.presences() == ["MISSING"] * 3
    assert [seat["last"] and seat["last"]["note"] for seat in door.seats()] == ["停电", "停电", None]
    assert [actions(place)[-1] for place in (0, 1)] == ["sitting.arrival_voided"] * 2
    moving_clock.at = later
    door.log_in("proctor1")
    assert (
        door.act(0, "check-in", {"document_type": "PASSPORT"}).json["seats"][0]["last"]["document_type"] == "PASSPORT"
    )
    for place in (1, 2):
        assert door.act(place, "turning-away", NOT_HIM).json["seats"][place]["presence"] == "TURNED_AWAY"
    moving_clock.forward(minutes=16)
    assert [seat["presence"] for seat in door.mark_absent(1, 2).json["seats"]] == ["CHECKED_IN", "ABSENT", "ABSENT"]
    with database.reading() as db:
        assert db.query(DoorRecord).count() == 7


@pytest.mark.parametrize("is_by_clock", [True, False])
def test_f08_who_was_turned_away_is_absent_for_that_reason_and_not_for_never_coming(
    app: Flask,
    door: Door,
    common_clock: None,
    moving_clock: MovableClock,
    database: Database,
    world: World,
    is_by_clock: bool,
) -> None:
    door.act(0, "check-in", ID_CARD)
    door.act(1, "turning-away", NOT_HIM)
    moving_clock.forward(minutes=31)
    if is_by_clock:
        sweep(database, moving_clock)
    else:
        assert door.mark_absent(1, 2).status_code == 200
    assert [seat["last"] and seat["last"]["grounds"] for seat in door.seats()] == [None, NOT_HIM["grounds"], None]
    with database.reading() as db:
        absent = [get(db, Sitting, world.enrolments[place].sitting.id) for place in (1, 2)]
        assert [(one.state, one.finish_reason) for one in absent] == [
            ("ABSENT", "TURNED_AWAY"),
            ("ABSENT", "NEVER_CAME"),
        ]
        told = [audit.history(db, one.audit_stream)[-1].detail for one in absent]
        confirmed = audit.history(db, world.exam_session.audit_stream)[-1]
    assert (told[0]["finish_reason"], told[0]["grounds"]) == ("TURNED_AWAY", NOT_HIM["grounds"])
    assert "grounds" not in told[1]
    if not is_by_clock:
        assert confirmed.detail["turned_away"] == [str(world.enrolments[1].id)]
    listed = Caller(app).log_in("office").get(f"/api/exam-sessions/{world.exam_session.id}/enrolments").json["items"]
    assert [one["finish_reason"] for one in listed] == [None, "TURNED_AWAY", "NEVER_CAME"]
