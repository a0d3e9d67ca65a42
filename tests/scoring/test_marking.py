from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from tablets import FULL, Tablet
from world import World

from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery import planning
from scoring.models import Mark

Own = tuple[Tablet, str]


def mark_count(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(Mark)) or 0


def test_an_examiner_marks_criterion_by_criterion_and_the_total_appears_with_the_last(first_sheet: Own) -> None:
    own, sheet_id = first_sheet
    assert own.mark(sheet_id, {1: 20_00, 2: 40_00}).json["total"] is None
    receipt = own.mark(sheet_id, {3: 5_00, 4: 0}).json
    assert (receipt["acknowledged_seq"], receipt["total"]) == (4, 55_00)
    view = own.sheet(sheet_id)
    assert [(mark["criterion"], mark["value"]) for mark in view["marks"]] == [(1, 20_00), (2, 40_00), (3, 5_00), (4, 0)]
    assert view["devices"] == [{"device_id": own.device_id, "acknowledged_seq": 4}]
    assert view["digest"] == receipt["digest"]


def test_a_veto_makes_the_sheet_worth_nothing(first_sheet: Own) -> None:
    own, sheet_id = first_sheet
    assert own.mark(sheet_id, {**FULL, 4: 1}).json["total"] == 0
    assert own.sheet(sheet_id)["vetoed"] is True


def test_the_last_mark_to_arrive_counts_and_none_takes_it_back(first_sheet: Own) -> None:
    own, sheet_id = first_sheet
    own.mark(sheet_id, FULL)
    assert own.mark(sheet_id, {1: 20_00}).json["total"] == 80_00
    receipt = own.mark(sheet_id, {1: None}).json
    assert receipt["total"] is receipt["digest"] is None
    assert own.sheet(sheet_id)["marked"] == 3


def test_the_same_batch_again_changes_nothing(first_sheet: Own, database: Database) -> None:
    own, sheet_id = first_sheet
    batch = [own.event(sheet_id, number, value) for number, value in FULL.items()]
    first, again = own.send(sheet_id, *batch).json, own.send(sheet_id, *batch).json
    assert first == again
    assert mark_count(database) == 4


def test_a_batch_may_overlap_with_what_is_kept(first_sheet: Own, database: Database) -> None:
    own, sheet_id = first_sheet
    batch = [own.event(sheet_id, number, value) for number, value in FULL.items()]
    own.send(sheet_id, *batch[:3])
    assert own.send(sheet_id, *reversed(batch)).json["acknowledged_seq"] == 4
    assert mark_count(database) == 4


def test_a_gap_is_refused_with_the_number_expected(first_sheet: Own, database: Database) -> None:
    own, sheet_id = first_sheet
    own.mark(sheet_id, {1: 0})
    lost, later = own.event(sheet_id, 2, 0), own.event(sheet_id, 3, 0)
    refused = own.send(sheet_id, later)
    assert (refused.status_code, refused.json["code"], refused.json["expected"]) == (409, "mark_gap", 2)
    assert own.send(sheet_id, lost, later).json["acknowledged_seq"] == 3
    assert mark_count(database) == 3


def test_another_event_under_a_used_number_is_refused(first_sheet: Own) -> None:
    own, sheet_id = first_sheet
    event = own.event(sheet_id, 1, 0)
    own.send(sheet_id, event)
    for change in ({"value": 20_00}, {"criterion": 2}, {"note": "other"}, {"event_id": str(uuid4())}):
        refused = own.send(sheet_id, {**event, **change})
        assert (refused.json["code"], refused.json["device_seq"]) == ("mark_conflict", 1)


def test_an_event_id_is_used_once_in_the_whole_service(tablet: Callable[..., Tablet], examined: World) -> None:
    own = tablet()
    one, other = (line["sheet_id"] for line in own.sheets(examined.exam_session.id)[:2])
    event = own.event(one, 1, 0)
    own.send(one, event)
    assert own.send(other, event).json["code"] == "mark_conflict"
    twice = own.event(other, 1, 0)
    again = own.event(other, 1, 0, event_id=twice["event_id"])
    assert own.send(other, twice, again).json["code"] == "mark_conflict"


def test_only_the_criterions_own_values_are_taken(first_sheet: Own, database: Database) -> None:
    own, sheet_id = first_sheet
    event = own.event(sheet_id, 1, 0)
    for criterion, value in ((1, 1), (1, 20_01), (2, 10_00), (3, 20_00), (4, 2), (4, 5_00)):
        refused = own.send(sheet_id, {**event, "criterion": criterion, "value": value})
        assert (refused.status_code, refused.json["code"]) == (422, "value_not_permitted")
        assert refused.json["criterion"] == criterion
    assert mark_count(database) == 0


def test_an_unknown_criterion_is_refused_and_the_whole_batch_with_it(first_sheet: Own, database: Database) -> None:
    own, sheet_id = first_sheet
    refused = own.send(sheet_id, own.event(sheet_id, 1, 0), own.event(sheet_id, 9, 0))
    assert refused.json["code"] == "unknown_criterion"
    assert mark_count(database) == 0


def test_marks_of_the_wrong_form_are_refused(first_sheet: Own) -> None:
    own, sheet_id = first_sheet
    event = own.event(sheet_id, 1, 0)
    changes: tuple[dict[str, Any], ...] = (
        {"value": 20.5}, {"value": True}, {"value": -1}, {"note": None}, {"device_seq": 0}, {"client_at": "now"}
    )  # fmt: skip
    for change in changes:
        assert own.send(sheet_id, {**event, **change}).status_code == 422


def test_two_tablets_of_one_examiner_count_on_their_own_and_the_later_arrival_wins(
    first_sheet: Own, moving_clock: MovableClock
) -> None:
    own, sheet_id = first_sheet
    second = Tablet(own.caller, moving_clock)
    own.mark(sheet_id, FULL)
    assert second.mark(sheet_id, {1: 20_00}).json["acknowledged_seq"] == 1
    view = own.sheet(sheet_id)
    assert view["total"] == 80_00
    assert {device["device_id"]: device["acknowledged_seq"] for device in view["devices"]} == {
        own.device_id: 4,
        second.device_id: 1,
    }


@pytest.mark.parametrize(("seconds", "status"), [(-1, 409), (0, 200), (1, 200)])
def test_marks_are_taken_from_the_start_of_the_exam_session_on(
    first_sheet: Own, examined: World, moving_clock: MovableClock, seconds: int, status: int
) -> None:
    own, sheet_id = first_sheet
    moving_clock.at = examined.exam_session.starts_at
    moving_clock.forward(seconds=seconds)
    answer = own.send(sheet_id, own.event(sheet_id, 1, 0))
    assert answer.status_code == status
    assert own.sheet(sheet_id)["exam_session"]["is_open"] is (status == 200)
    if status != 200:
        assert answer.json["code"] == "marking_not_open"


def test_a_cancelled_session_is_gone_for_its_examiners(
    app: Flask, first_sheet: Own, examined: World, database: Database
) -> None:
    own, sheet_id = first_sheet
    with database.transaction() as db:
        act: dict[str, Any] = {"by": examined.by("office"), "now": examined.now}
        planning.cancel_session(db, examined.exam_session.id, reason="停电", **act)
    assert own.send(sheet_id, own.event(sheet_id, 1, 0)).json["code"] == "marking_not_open"
    assert own.caller.get(f"/api/sheets/{sheet_id}").status_code == 404
    assert own.caller.get("/api/examiner/sessions").json["items"] == []
