from collections.abc import Callable
from datetime import timedelta

import pytest
from sitters import Sitter
from world import World

from examsvc import worker
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.identity import Identity
from examsvc.delivery import finishing, responding, signals
from examsvc.delivery.finishing import SWEEPS_FIRST
from examsvc.delivery.models import Sitting

Stored = Callable[[Sitter], Sitting]
MS = timedelta(milliseconds=1)


def test_the_paper_is_in_the_order_stored_and_stays_so_after_another_claim(sitter: Sitter, neighbour: Sitter) -> None:
    first = sitter.begin().paper()
    sitter.claim()
    assert sitter.paper() == first
    assert first["total_points"] == 100_00
    numbers = [question["number"] for section in first["sections"] for question in section["questions"]]
    assert numbers == list(range(1, 11))
    kinds = [section["type"] for section in first["sections"]]
    assert kinds == ["SINGLE_CHOICE", "MULTIPLE_CHOICE", "TRUE_FALSE", "FILL_IN", "NUMERIC"]
    assert neighbour.begin().paper() != first


def test_without_a_claim_there_is_no_paper(sitter: Sitter) -> None:
    assert sitter.enter().check_in().get(f"{sitter.path}/paper").json["code"] == "not_opened"


def test_a_candidate_hands_in_and_a_repeat_says_the_same(sitter: Sitter, moving_clock: MovableClock) -> None:
    sitter.begin().answer()
    moving_clock.forward(minutes=5)
    first = sitter.hand_in().json
    assert (first["state"], first["phase"], first["finish_reason"]) == ("HANDED_IN", "OVER", "BY_CANDIDATE")
    assert first["finished_at"] == "2026-11-23T01:05:00+00:00"
    moving_clock.forward(minutes=5)
    again = sitter.hand_in().json
    assert {**again, "server_now": first["server_now"]} == first


def test_after_the_hand_in_there_is_no_way_back(sitter: Sitter) -> None:
    sitter.begin().hand_in()
    assert sitter.get(f"{sitter.path}/paper").json["code"] == "sitting_over"
    assert sitter.ask_claim().json["code"] == "sitting_over"
    assert sitter.post(f"{sitter.path}/identity-confirmation", {}).json["code"] == "sitting_over"


def test_a_hand_in_that_knows_more_responses_than_are_stored_is_refused(sitter: Sitter) -> None:
    sitter.begin().answer()
    refused = sitter.hand_in(last_seq=3)
    assert refused.json["code"] == "responses_missing"
    assert refused.json["acknowledged_seq"] == 1
    assert sitter.view()["state"] == "IN_PROGRESS"


def test_a_hand_in_of_another_epoch_is_refused(sitter: Sitter) -> None:
    sitter.begin().claim()
    assert sitter.hand_in(epoch=1).json["code"] == "epoch_superseded"


def test_nobody_hands_in_what_was_not_opened(sitter: Sitter) -> None:
    assert sitter.enter().hand_in(epoch=1).json["code"] == "not_opened"


@pytest.mark.parametrize(("late", "code"), [(-1, "too_early"), (0, None), (1, None)])
def test_nobody_hands_in_before_the_earliest_hand_in(
    sitter: Sitter, common_clock: None, moving_clock: MovableClock, late: int, code: str | None
) -> None:
    sitter.begin()
    moving_clock.forward(minutes=30, seconds=late)
    answer = sitter.hand_in()
    assert answer.json.get("code") == code
    if code:
        assert answer.json["earliest_hand_in_at"] == "2026-11-23T01:30:00+00:00"


def test_a_hand_in_within_the_grace_is_the_candidate_s_and_stamped_with_the_end(
    sitter: Sitter, moving_clock: MovableClock
) -> None:
    sitter.begin()
    moving_clock.forward(minutes=60, seconds=10)
    view = sitter.hand_in().json
    assert view["finish_reason"] == "BY_CANDIDATE"
    assert view["finished_at"] == "2026-11-23T02:00:00+00:00"


@pytest.mark.parametrize(("after", "state"), [(-MS, "IN_PROGRESS"), (0 * MS, "IN_PROGRESS"), (MS, "HANDED_IN")])
def test_looking_at_a_sitting_that_no_sweep_has_ended_ends_it_as_of_the_instant_it_fell_due(
    sitter: Sitter, moving_clock: MovableClock, stored: Stored, after: timedelta, state: str
) -> None:
    closes_at = sitter.begin().clock.at + timedelta(minutes=60)
    moving_clock.at = closes_at + timedelta(seconds=15) + SWEEPS_FIRST + after
    assert sitter.view()["state"] == state
    own = stored(sitter)
    assert own.state == state
    assert own.finished_at == (closes_at if state == "HANDED_IN" else None)


def test_right_after_the_end_a_sitting_is_over_and_left_to_the_sweeps(
    sitter: Sitter, moving_clock: MovableClock, stored: Stored, database: Database
) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    moving_clock.forward(minutes=60, seconds=16)
    assert sitter.send(sitter.entry(ref, {"choice": "a"})).json["code"] == "sitting_closed"
    assert (sitter.view()["state"], sitter.view()["phase"]) == ("IN_PROGRESS", "OVER")
    assert worker.sweep_once(database, worker.CROWDS) == 1
    assert sitter.view()["state"] == "HANDED_IN"
    assert stored(sitter).finished_at == sitter.clock.at - timedelta(seconds=16)


def test_the_list_of_sittings_ends_them_too(sitter: Sitter, moving_clock: MovableClock, stored: Stored) -> None:
    sitter.begin()
    moving_clock.forward(hours=2)
    assert sitter.get("/api/candidate/sittings").json["items"][0]["state"] == "HANDED_IN"
    assert stored(sitter).finish_reason == "TIME_UP"


@pytest.mark.parametrize("way", ["claim", "hand-in", "identity-confirmation"])
def test_every_write_ends_an_overdue_sitting_first(
    sitter: Sitter, moving_clock: MovableClock, stored: Stored, way: str
) -> None:
    sitter.begin()
    moving_clock.forward(hours=1, minutes=10)
    bodies = {"claim": {"after_epoch": 1}, "hand-in": {"epoch": 1, "last_seq": 0}}
    answer = sitter.post(f"{sitter.path}/{way}", bodies.get(way, {}))
    assert answer.status_code == (200 if way == "hand-in" else 409)
    assert stored(sitter).finish_reason == "TIME_UP"


def test_the_end_is_audited_with_the_instant_it_fell_due_and_the_instant_it_was_written(
    sitter: Sitter, moving_clock: MovableClock, database: Database
) -> None:
    sitter.begin()
    moving_clock.forward(hours=2)
    sitter.view()
    with database.reading() as db:
        last = audit.history(db, sitter.enrolment.sitting.audit_stream)[-1]
        assert audit.verify(db, last.stream) is None
    assert last.action == "sitting.handed_in"
    assert last.actor == "system:clock"
    assert last.at == moving_clock.at
    assert last.detail["finished_at"] == "2026-11-23T02:00:00.000000Z"


def test_one_that_nobody_opened_is_absent_after_the_window(
    sitter: Sitter, moving_clock: MovableClock, stored: Stored, world: World
) -> None:
    sitter.enter()
    moving_clock.at = world.exam_session.ends_at
    assert sitter.view()["state"] == "EXPECTED"
    moving_clock.forward(seconds=1)
    assert sitter.enter().view()["phase"] == "OVER"
    own = stored(sitter)
    assert (own.state, own.finish_reason, own.finished_at) == ("ABSENT", "NEVER_CAME", world.exam_session.ends_at)


def test_a_response_that_arrived_in_time_but_was_served_late_is_taken_and_valued(
    sitter: Sitter, moving_clock: MovableClock, database: Database, stored: Stored, world: World
) -> None:
    """The sweep was faster than the queue: no slow server makes an answer late."""
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    arrived_at = moving_clock.at + timedelta(minutes=60, seconds=14)
    swept_at = arrived_at + timedelta(seconds=5)
    own_id, account_id = sitter.enrolment.sitting.id, sitter.enrolment.candidate.account_id
    with database.transaction() as db:
        finishing.settle(db, own_id, now=swept_at)
    told: list[object] = []

    def hear(sitting: Sitting, **_: object) -> None:
        told.append(sitting.id)

    with signals.sitting_finished.connected_to(hear), database.transaction() as db:
        responding.save_responses(
            db,
            own_id,
            epoch=1,
            entries=[responding.Entry(1, ref, {"choice": "b"}, False, arrived_at)],
            by=Identity(name="王小明", account_id=account_id),
            now=arrived_at,
        )
    assert told == [own_id]
    assert stored(sitter).answered_count == 1
    assert stored(sitter).finish_reason == "TIME_UP"


def test_when_a_hand_in_was_made_goes_on_record_and_moves_no_end(
    sitter: Sitter, moving_clock: MovableClock, database: Database
) -> None:
    sitter.begin().answer()
    made_at = moving_clock().isoformat()
    moving_clock.forward(minutes=5)
    assert sitter.hand_in(made_at=made_at).json["finished_at"] == "2026-11-23T01:05:00+00:00"
    with database.reading() as db:
        last = audit.history(db, f"sitting:{sitter.enrolment.sitting.id}")[-1]
    assert last.detail["made_at"] == "2026-11-23T01:00:00.000000Z"
