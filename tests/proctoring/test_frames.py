from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pictures
import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from obstore.exceptions import GenericError
from sitters import Sitter
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from walls import Wall
from werkzeug.test import TestResponse
from world import World

from examsvc.core import ids
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery.models import ExamSession
from examsvc.delivery.states import CameraRule
from proctoring import frames, snapshots
from proctoring.cadence import KeepReason
from proctoring.floor import Floor
from proctoring.frames import Frame
from proctoring.imaging import MOST_BYTES
from proctoring.keeper import QUEUE_LIMIT, Job, Keeper
from proctoring.models import ProctorEvent, Snapshot

pytestmark = pytest.mark.slow

NOON = datetime.fromisoformat("2026-11-23T04:00:00+00:00")
Send = Callable[..., TestResponse]


def pack(wall: Wall, *sitters: Sitter, since: int = 0, opened: Sitter | None = None) -> tuple[int, list[Frame]]:
    query = {"since": since, "sittings": ",".join(str(each.enrolment.sitting.id) for each in sitters)}
    if opened:
        query["opened"] = str(opened.enrolment.sitting.id)
    answer = wall.get(f"{wall.path}/pack", query_string=query)
    assert answer.status_code == 200, answer.json
    assert answer.mimetype == "application/octet-stream"
    return frames.unpack(answer.data)


def kept(database: Database, sitter: Sitter) -> list[Snapshot]:
    with database.reading() as db:
        return snapshots.history(db, sitter.enrolment.sitting.id)


def kinds(database: Database) -> list[str]:
    with database.reading() as db:
        return [str(event.kind) for event in db.scalars(select(ProctorEvent).order_by(ProctorEvent.at))]


def test_a_frame_is_kept_and_then_shown_byte_for_byte(
    wall: Wall, sitter: Sitter, send_frame: Send, floor: Floor
) -> None:
    jpeg = pictures.scene(5)
    assert send_frame(sitter, jpeg).json == {"next_ms": 10_000, "health": 0}
    assert pack(wall, sitter) == (0, [])
    assert floor.write() == 1
    cursor, (shown,) = pack(wall, sitter)
    assert (shown.jpeg, shown.cursor) == (jpeg, cursor)
    assert pack(wall, sitter, since=cursor) == (cursor, [])


def test_a_frame_that_need_not_be_kept_is_shown_at_once(
    wall: Wall, sitter: Sitter, send_frame: Send, floor: Floor, database: Database, moving_clock: MovableClock
) -> None:
    send_frame(sitter)
    floor.write()
    moving_clock.forward(seconds=10)
    send_frame(sitter)
    assert pack(wall, sitter)[1][0].received_at == moving_clock()
    assert floor.write() == 0
    assert [each.reason for each in kept(database, sitter)] == ["ROUTINE"]


def test_one_frame_a_minute_is_kept_and_its_chain_holds(
    wall: Wall, sitter: Sitter, send_frame: Send, floor: Floor, database: Database, moving_clock: MovableClock
) -> None:
    for _ in range(19):
        send_frame(sitter)
        floor.write()
        moving_clock.forward(seconds=10)
    assert [each.seq for each in kept(database, sitter)] == [1, 2, 3, 4]
    with database.transaction() as db:
        assert snapshots.verify(db, sitter.enrolment.sitting.id, read_bytes=True) is None
        second = kept(database, sitter)[1]
        get(db, Snapshot, second.id).frame_digest = "0" * 64
    with database.reading() as db:
        assert snapshots.verify(db, sitter.enrolment.sitting.id) == 2
    assert wall.get(f"{sitter.path}/timeline").json["first_broken_snapshot"] == 2


def test_an_event_keeps_the_frames_before_it_and_after_it(
    wall: Wall, sitter: Sitter, send_frame: Send, floor: Floor, database: Database, moving_clock: MovableClock
) -> None:
    for _ in range(4):
        send_frame(sitter)
        moving_clock.forward(seconds=10)
    sitter.post(f"{sitter.path}/events", {"events": [{"kind": "TAB_HIDDEN"}]})
    assert send_frame(sitter).json["next_ms"] == 3_000
    floor.write()
    assert sorted(each.reason for each in kept(database, sitter)) == ["EVENT"] * 4 + ["ROUTINE"]
    with database.reading() as db:
        assert snapshots.verify(db, sitter.enrolment.sitting.id, read_bytes=True) is None
    moving_clock.forward(seconds=61)
    assert send_frame(sitter).json["next_ms"] == 10_000


def test_a_proctor_who_looks_gets_more_frames(
    wall: Wall, sitter: Sitter, send_frame: Send, moving_clock: MovableClock
) -> None:
    pack(wall, sitter)
    assert send_frame(sitter).json["next_ms"] == 5_000
    moving_clock.forward(seconds=5)
    pack(wall, sitter, opened=sitter)
    assert send_frame(sitter).json["next_ms"] == 2_000
    moving_clock.forward(seconds=11)
    assert send_frame(sitter).json["next_ms"] == 10_000


def test_a_covered_camera_is_noticed_kept_once_and_told_when_it_is_over(
    wall: Wall, sitter: Sitter, send_frame: Send, floor: Floor, database: Database, moving_clock: MovableClock
) -> None:
    for seed in range(5):
        send_frame(sitter, pictures.flat(3, seed))
        moving_clock.forward(seconds=5)
    floor.round(set(), moving_clock())
    floor.write()
    assert kinds(database).count("CAMERA_BLACK") == 1
    assert [each.reason for each in kept(database, sitter)].count("FLAGGED") == 1
    assert wall.tile(sitter)["verdict"] == "BLACK"
    assert wall.tile(sitter)["last_alert"]["kind"] == "CAMERA_BLACK"
    send_frame(sitter)
    floor.round(set(), moving_clock())
    floor.write()
    assert kinds(database)[-1] == "CAMERA_BACK"
    assert wall.tile(sitter)["verdict"] == "GOOD"


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("jpeg", "reason"),
    [
        (pictures.png(), "not_jpeg"),
        (pictures.large(MOST_BYTES + 1), "too_large"),
        (pictures.scene()[:-100], "truncated"),
        (pictures.claiming(4000, 3000), "too_many_pixels"),
        (b"", "not_jpeg"),
    ],
)
def test_what_is_not_a_frame_is_refused_and_counted(
    wall: Wall, sitter: Sitter, send_frame: Send, floor: Floor, jpeg: bytes, reason: str
) -> None:
    answer = send_frame(sitter, jpeg)
    assert (answer.status_code, answer.json["code"], answer.json["reason"]) == (422, "bad_frame", reason)
    assert wall.state()["health"]["refused"] == 1


@pytest.mark.sqlite_only
def test_a_body_far_larger_than_a_frame_is_not_read(sitter: Sitter, send_frame: Send) -> None:
    assert send_frame(sitter, b"\xff\xd8\xff" + b"x" * 200_000).status_code == 413


@pytest.mark.sqlite_only
def test_a_frame_may_come_as_a_form(sitter: Sitter, wall: Wall, floor: Floor, moving_clock: MovableClock) -> None:
    headers = {
        "X-Frame-Seq": "1", "X-Frame-Taken-At": moving_clock().isoformat(), "X-CSRF-Token": sitter.csrf_token,
    }  # fmt: skip
    data: dict[str, Any] = {"frame": (__import__("io").BytesIO(pictures.scene(1)), "frame.jpg")}
    assert sitter.client.post(f"{sitter.path}/frames", data=data, headers=headers).status_code == 200
    floor.write()
    assert len(pack(wall, sitter)[1]) == 1


def test_frames_are_for_ones_own_running_sitting_with_a_camera(
    app: Flask, sitters: list[Sitter], send_frame: Send, world: World, database: Database
) -> None:
    mine, other = sitters[0].begin(), sitters[1].begin()
    own_path, mine.path = mine.path, other.path
    assert send_frame(mine).status_code == 404
    mine.path = own_path
    with database.transaction() as db:
        get(db, ExamSession, world.exam_session.id).camera_rule = CameraRule.OFF
    assert send_frame(mine).json["code"] == "camera_off"
    assert mine.hand_in().status_code == 200
    assert send_frame(mine).json["code"] == "sitting_ended"


def test_a_late_frame_is_kept_but_never_shown_as_the_latest(
    wall: Wall, sitter: Sitter, send_frame: Send, floor: Floor, database: Database, moving_clock: MovableClock
) -> None:
    late = moving_clock()
    moving_clock.forward(seconds=60)
    newest = pictures.scene(77)
    send_frame(sitter, newest)
    floor.write()
    moving_clock.forward(seconds=61)
    send_frame(sitter, taken_at=late)
    floor.write()
    assert pack(wall, sitter)[1][0].jpeg == newest
    assert len(kept(database, sitter)) == 2


def test_a_clock_that_runs_ahead_hides_nothing(
    wall: Wall, sitter: Sitter, send_frame: Send, floor: Floor, moving_clock: MovableClock
) -> None:
    send_frame(sitter, taken_at=moving_clock() + timedelta(days=300))
    moving_clock.forward(seconds=10)
    newest = pictures.scene(78)
    send_frame(sitter, newest)
    floor.write()
    assert pack(wall, sitter)[1][0].jpeg == newest


def test_frames_that_come_too_fast_are_only_counted(wall: Wall, sitter: Sitter, send_frame: Send, floor: Floor) -> None:
    for _ in range(3):
        assert send_frame(sitter).status_code == 200
    assert floor.write() == 1
    assert wall.state()["health"]["refused"] == 2


def frame(number: int) -> Frame:
    return Frame(ids.new_id(), number, NOON, NOON, pictures.scene(1))


def test_a_full_queue_drops_the_newest_routine_frame_and_spares_the_flagged(database: Database) -> None:
    keeper = Keeper(database, lambda call: call())
    shown: list[int] = []

    def offer(number: int, reason: KeepReason) -> None:
        keeper.offer(Job(frame(number), reason, lambda each: shown.append(each.seq)))

    for number in range(QUEUE_LIMIT):
        offer(number, KeepReason.ROUTINE if number % 2 else KeepReason.EVENT)
    offer(1000, KeepReason.FLAGGED)
    assert shown == [QUEUE_LIMIT - 1]
    offer(1001, KeepReason.ROUTINE)
    assert shown[-1] == 1001
    for number in range(QUEUE_LIMIT):
        offer(2000 + number, KeepReason.FLAGGED)
    assert keeper.queued == QUEUE_LIMIT
    assert 1000 not in shown
    assert keeper.dropped == len(shown)


def test_a_batch_that_cannot_be_written_is_not_lost(
    wall: Wall, sitter: Sitter, send_frame: Send, floor: Floor, database: Database
) -> None:
    send_frame(sitter)
    floor.keeper.offer(Job(frame(1), KeepReason.FLAGGED, lambda _: None))  # of a sitting that does not exist
    with pytest.raises(SQLAlchemyError):
        floor.write()
    assert floor.keeper.queued == 2
    assert kept(database, sitter) == []


def test_a_batch_stays_queued_while_the_blob_store_fails(database: Database) -> None:
    def fail(_: object) -> None:
        raise GenericError("the store does not answer")

    keeper = Keeper(database, fail)
    keeper.offer(Job(frame(1), KeepReason.FLAGGED, lambda _: None))
    keeper.wait()
    with pytest.raises(GenericError):
        keeper.write_batch()
    assert keeper.queued == 1
    keeper.wait()  # returns at once: what is put back is to be written like what is new


def test_a_kept_frame_is_served_to_its_proctors_alone(
    wall: Wall, stranger: Wall, sitter: Sitter, send_frame: Send, floor: Floor, database: Database
) -> None:
    jpeg = pictures.scene(3)
    send_frame(sitter, jpeg)
    floor.write()
    path = f"/api/snapshots/{kept(database, sitter)[0].id}/image"
    assert wall.get(path).data == jpeg
    assert stranger.get(path).status_code == 404
    assert sitter.get(path).status_code == 403


@given(st.lists(st.tuples(st.integers(0, 2**31), st.binary(max_size=300)), max_size=8), st.integers(0, 2**40))
@settings(max_examples=40, deadline=None)
def test_a_pack_says_what_was_put_into_it(content: list[tuple[int, bytes]], cursor: int) -> None:
    sent = [
        Frame(ids.new_id(), seq, NOON, NOON + timedelta(milliseconds=seq), jpeg, cursor=at)
        for at, (seq, jpeg) in enumerate(content, start=1)
    ]
    assert frames.unpack(frames.pack(sent, cursor)) == (cursor, sent)


def test_a_pack_is_bounded_and_asks_again_for_the_rest() -> None:
    sent = [Frame(ids.new_id(), at, NOON, NOON, b"x" * MOST_BYTES, cursor=at) for at in range(1, 41)]
    data = frames.pack(list(reversed(sent)), 40)
    cursor, found = frames.unpack(data)
    assert len(data) <= frames.MOST_PACK_BYTES + 20
    assert [each.cursor for each in found] == list(range(1, cursor + 1))
    assert cursor < 40
