"""Both boards behave alike: the one of a single process, and the one that processes share through Redis."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import redis

from examsvc.core import ids
from proctoring.board import BEAT_LASTS, FACTS_LAST, FRAME_LASTS, Board, Facts, MemoryBoard
from proctoring.cadence import Attention
from proctoring.frames import Frame
from proctoring.imaging import Verdict
from proctoring.redis_board import RedisBoard

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=5)


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
def board(request: pytest.FixtureRequest) -> Board:
    if request.param == "memory":
        return MemoryBoard()
    url: str = request.getfixturevalue("redis_url")
    with redis.Redis.from_url(url) as connection:
        connection.flushdb()
    return RedisBoard(url)


@pytest.fixture
def sitting_id() -> UUID:
    return ids.new_id()


def frame(sitting_id: UUID, seq: int, at: datetime = NOW, verdict: Verdict = Verdict.GOOD) -> Frame:
    return Frame(sitting_id, seq, at, at, b"jpeg%d" % seq, verdict)


def facts(board: Board, sitting_id: UUID, now: datetime = NOW) -> Facts:
    return board.facts([sitting_id], now)[sitting_id]


def test_nothing_is_known_of_who_never_came(board: Board, sitting_id: UUID) -> None:
    assert facts(board, sitting_id) == Facts()


def test_a_sitting_is_connected_as_long_as_one_page_is(board: Board, sitting_id: UUID) -> None:
    board.connect(sitting_id, "one", NOW)
    board.connect(sitting_id, "two", LATER)
    assert (facts(board, sitting_id, LATER).is_connected, facts(board, sitting_id, LATER).since) == (True, NOW)
    board.disconnect(sitting_id, "one", LATER)
    assert facts(board, sitting_id, LATER).is_connected
    gone = LATER + timedelta(seconds=1)
    board.disconnect(sitting_id, "two", gone)
    assert (facts(board, sitting_id, gone).is_connected, facts(board, sitting_id, gone).since) == (False, gone)


def test_latest_frames_are_found_by_cursor(board: Board, sitting_id: UUID) -> None:
    other = ids.new_id()
    assert board.newer([sitting_id, other], 0) == (0, [])
    board.show(frame(sitting_id, 1))
    board.show(frame(other, 1))
    cursor, both = board.newer([sitting_id, other], 0)
    assert {each.sitting_id for each in both} == {sitting_id, other}
    board.show(frame(sitting_id, 2, LATER, Verdict.BLACK))
    after, (newest,) = board.newer([sitting_id, other], cursor)
    assert (newest.seq, newest.jpeg, newest.verdict, newest.cursor) == (2, b"jpeg2", Verdict.BLACK, after)
    assert (facts(board, sitting_id).frame_at, facts(board, sitting_id).verdict) == (LATER, Verdict.BLACK)


def test_an_older_frame_never_replaces_a_newer_one(board: Board, sitting_id: UUID) -> None:
    board.show(frame(sitting_id, 2, LATER))
    board.show(frame(sitting_id, 1, NOW))
    assert [each.seq for each in board.newer([sitting_id], 0)[1]] == [2]


def test_attention_is_remembered(board: Board, sitting_id: UUID) -> None:
    board.look([sitting_id], None, NOW)
    board.mark_event(sitting_id, NOW)
    board.look([sitting_id], sitting_id, LATER)
    assert facts(board, sitting_id).attention == Attention(visible_at=LATER, opened_at=LATER, event_at=NOW)


def test_a_noted_absence_is_remembered(board: Board, sitting_id: UUID) -> None:
    board.note_away(sitting_id, is_away=True)
    assert facts(board, sitting_id).is_noted_away
    board.note_away(sitting_id, is_away=False)
    assert not facts(board, sitting_id).is_noted_away


def test_a_session_is_watched_for_a_while(board: Board) -> None:
    exam_session_id = ids.new_id()
    assert not board.is_watched(exam_session_id, NOW)
    board.watch([exam_session_id], NOW)
    assert board.is_watched(exam_session_id, NOW)


def test_what_is_old_is_forgotten_and_who_is_connected_is_not() -> None:
    board, here, gone = MemoryBoard(), ids.new_id(), ids.new_id()
    for sitting_id in (here, gone):
        board.connect(sitting_id, str(sitting_id), NOW)
        board.show(frame(sitting_id, 1))
    board.disconnect(gone, str(gone), NOW)
    board.forget_old(NOW + FRAME_LASTS)
    assert len(board.newer([here, gone], 0)[1]) == 2
    board.forget_old(NOW + FRAME_LASTS + timedelta(seconds=1))
    assert board.newer([here, gone], 0)[1] == []
    assert facts(board, gone).frame_at == NOW
    board.forget_old(NOW + FACTS_LAST + timedelta(seconds=1))
    assert facts(board, here).is_connected
    assert facts(board, gone) == Facts()


@pytest.mark.redis
def test_who_was_connected_to_a_process_that_died_is_away(redis_url: str, sitting_id: UUID) -> None:
    board = RedisBoard(redis_url)
    board.connect(sitting_id, "dead", NOW)
    board.beat([(sitting_id, "dead")], LATER)
    still = LATER + BEAT_LASTS
    assert facts(board, sitting_id, still).is_connected
    silent = facts(board, sitting_id, still + timedelta(seconds=1))
    assert (silent.is_connected, silent.since) == (False, LATER)


@pytest.mark.redis
def test_every_living_process_is_counted(redis_url: str) -> None:
    board = RedisBoard(redis_url)
    with redis.Redis.from_url(redis_url) as connection:
        connection.flushdb()
    board.report("a", {"kept": 1}, NOW)
    board.report("b", {"kept": 2}, LATER)
    assert sorted(each["kept"] for each in board.reports(LATER)) == [1, 2]
    assert board.reports(NOW + BEAT_LASTS + timedelta(seconds=1)) == [{"kept": 2}]


def test_a_dead_redis_stops_no_frame_and_no_page(sitting_id: UUID) -> None:
    board = RedisBoard("redis://127.0.0.1:1/0")
    board.connect(sitting_id, "one", NOW)
    board.show(frame(sitting_id, 1))
    assert board.newer([sitting_id], 7) == (7, [])
    assert facts(board, sitting_id) == Facts()
    assert board.is_watched(sitting_id, NOW)
    assert board.reports(NOW) == []


def test_how_many_lines_there_are_and_whose_came_last_is_known(board: Board, sitting_id: UUID) -> None:
    board.connect(sitting_id, "one", NOW, "first")
    assert (facts(board, sitting_id).lines, facts(board, sitting_id).machine) == (1, "first")
    board.connect(sitting_id, "two", NOW, "second")
    assert (facts(board, sitting_id).lines, facts(board, sitting_id).machine) == (2, "second")
    board.disconnect(sitting_id, "one", NOW)
    assert facts(board, sitting_id).lines == 1


def test_a_line_that_was_found_lost_later_is_away_since_it_was_heard_last(board: Board, sitting_id: UUID) -> None:
    board.connect(sitting_id, "one", NOW)
    found_at = LATER + timedelta(seconds=35)
    board.disconnect(sitting_id, "one", found_at, LATER)
    assert (facts(board, sitting_id, found_at).is_connected, facts(board, sitting_id, found_at).since) == (False, LATER)
