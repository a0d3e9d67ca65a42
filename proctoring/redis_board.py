"""The board shared by several processes through Redis.

`examsvc:live:<sitting>` is a hash of the facts; `examsvc:frame:<sitting>` holds the latest frame for a minute.
When Redis does not answer, frames and presence stand still and exams go on: no answer ever passes through here.
"""

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, Final, TypeVar, cast
from uuid import UUID

import redis

from proctoring import frames
from proctoring.board import BEAT_LASTS, FACTS_LAST, FRAME_LASTS, WATCH_LASTS, Facts
from proctoring.frames import Frame, milliseconds
from proctoring.redis_fields import facts_of, frame_key, live_key, texts, watched_key

log = logging.getLogger(__name__)

FRAME_LASTS_SECONDS: Final = int(FRAME_LASTS.total_seconds())
FACTS_LAST_SECONDS: Final = int(FACTS_LAST.total_seconds())
ANSWER_SECONDS: Final = 2.0
CONNECTIONS: Final = 16
TURN_SECONDS: Final = 20.0
"""So long an operation waits for a connection: at time's end thousands of pages go within a second or two."""
CURSOR: Final = "examsvc:frame-cursor"
PROCESSES: Final = "examsvc:processes"
# The cursor is drawn and the frame put in one step, so that no reader passes a cursor whose frame is not there yet.
# A frame that was kept before it is shown may come after a newer one, and is left out then.
SHOW: Final = """
local shown = redis.call('HGET', KEYS[3], 'frame')
if shown and tonumber(shown) > tonumber(ARGV[3]) then return 0 end
local cursor = redis.call('INCR', KEYS[1])
redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[2])
redis.call('HSET', KEYS[3], 'cursor', cursor, 'frame', ARGV[3], 'verdict', ARGV[4])
redis.call('EXPIRE', KEYS[3], ARGV[5])
return cursor
"""


Operation = TypeVar("Operation", bound=Callable[..., Any])


def _or(fallback: Callable[..., Any]) -> Callable[[Operation], Operation]:
    """Make the operation return what `fallback` returns when Redis does not answer."""

    def wrap(operation: Operation) -> Operation:
        @wraps(operation)
        def calm(board: "RedisBoard", *args: Any, **kwargs: Any) -> Any:
            try:
                return operation(board, *args, **kwargs)
            except redis.RedisError as error:
                log.warning("the live board does not answer", extra={"fault": type(error).__name__})
                return fallback(*args, **kwargs)

        return cast("Operation", calm)

    return wrap


def _nothing(*_: object, **__: object) -> None:
    """Let it be."""


class RedisBoard:
    """See `board.Board` for what each operation says."""

    def __init__(self, url: str) -> None:
        limits = {"socket_timeout": ANSWER_SECONDS, "socket_connect_timeout": ANSWER_SECONDS}
        pool = redis.BlockingConnectionPool.from_url(url, max_connections=CONNECTIONS, timeout=TURN_SECONDS, **limits)
        self._redis: Any = redis.Redis(connection_pool=pool)
        self._show = self._redis.register_script(SHOW)

    @_or(_nothing)
    def connect(self, sitting_id: UUID, key: str, now: datetime, machine: str = "") -> None:
        """Say that a page of the sitting is connected."""
        facts = self.facts([sitting_id], now)[sitting_id]
        changes: dict[str, int | str] = {f"c:{key}": milliseconds(now), "machine": machine}
        if not facts.is_connected:
            changes["since"] = milliseconds(now)
        self._change(sitting_id, changes)

    @_or(_nothing)
    def disconnect(self, sitting_id: UUID, key: str, now: datetime, since: datetime | None = None) -> None:
        """Say that a page went, now or unnoticed before; the sitting is away since then when it was the last one."""
        self._redis.hdel(live_key(sitting_id), f"c:{key}")
        if not self.facts([sitting_id], now)[sitting_id].is_connected:
            self._change(sitting_id, {"since": milliseconds(since or now)})

    @_or(_nothing)
    def beat(self, connections: Iterable[tuple[UUID, str]], now: datetime) -> None:
        """Say that the connections still stand; a process that dies stops saying it."""
        with self._redis.pipeline(transaction=False) as pipe:
            for sitting_id, key in connections:
                pipe.hset(live_key(sitting_id), f"c:{key}", milliseconds(now))
            pipe.execute()

    @_or(_nothing)
    def note_away(self, sitting_id: UUID, *, is_away: bool) -> None:
        """Say whether the last thing recorded about the connection is that it was lost."""
        self._change(sitting_id, {"away": int(is_away)})

    @_or(_nothing)
    def show(self, frame: Frame) -> None:
        """Make the frame the sitting's latest."""
        keys = [CURSOR, frame_key(frame.sitting_id), live_key(frame.sitting_id)]
        received = milliseconds(frame.received_at)
        arguments: list[bytes | int | str] = [
            frames.encode(frame),
            FRAME_LASTS_SECONDS,
            received,
            str(frame.verdict),
            FACTS_LAST_SECONDS,
        ]
        self._show(keys=keys, args=arguments)

    @_or(lambda _, since: (since, []))
    def newer(self, sitting_ids: Sequence[UUID], since: int) -> tuple[int, list[Frame]]:
        """Return the cursor now, and those latest frames of the sittings that came after `since`."""
        with self._redis.pipeline(transaction=True) as pipe:
            pipe.get(CURSOR)
            for sitting_id in sitting_ids:
                pipe.hget(live_key(sitting_id), "cursor")
            now_at, *cursors = pipe.execute()
        newer = [(i, int(at)) for i, at in zip(sitting_ids, cursors, strict=True) if at and int(at) > since]
        stored = self._redis.mget([frame_key(sitting_id) for sitting_id, _ in newer]) if newer else []
        found = (
            next(frames.decode(record)).shown_as(at)
            for (_, at), record in zip(newer, stored, strict=True)
            if record is not None
        )
        return int(now_at or 0), list(found)

    @_or(_nothing)
    def look(self, sitting_ids: Sequence[UUID], opened: UUID | None, now: datetime) -> None:
        """Say that a proctor has the sittings on the page, and one of them opened."""
        with self._redis.pipeline(transaction=False) as pipe:
            for sitting_id in sitting_ids:
                pipe.hset(live_key(sitting_id), "visible", milliseconds(now))
            if opened:
                pipe.hset(live_key(opened), "opened", milliseconds(now))
            pipe.execute()

    @_or(_nothing)
    def mark_event(self, sitting_id: UUID, now: datetime) -> None:
        """Say that something was noticed in the sitting."""
        self._change(sitting_id, {"event": milliseconds(now)})

    @_or(lambda sitting_ids, _: dict.fromkeys(sitting_ids, Facts()))
    def facts(self, sitting_ids: Sequence[UUID], now: datetime) -> dict[UUID, Facts]:
        """Return what is known about each of the sittings."""
        with self._redis.pipeline(transaction=False) as pipe:
            for sitting_id in sitting_ids:
                pipe.hgetall(live_key(sitting_id))
            stored = pipe.execute()
        return {i: facts_of(texts(fields), now) for i, fields in zip(sitting_ids, stored, strict=True)}

    @_or(_nothing)
    def watch(self, exam_session_ids: Iterable[UUID], now: datetime) -> None:
        """Say that somebody watches the exam sessions."""
        with self._redis.pipeline(transaction=False) as pipe:
            for exam_session_id in exam_session_ids:
                pipe.set(watched_key(exam_session_id), milliseconds(now), ex=int(WATCH_LASTS.total_seconds()))
            pipe.execute()

    @_or(lambda *_: True)
    def is_watched(self, exam_session_id: UUID, now: datetime) -> bool:  # noqa: ARG002 (Redis counts the time)
        """Return whether anybody watches the exam session, in whatever process."""
        return bool(self._redis.exists(watched_key(exam_session_id)))

    @_or(_nothing)
    def report(self, process: str, counts: dict[str, int], now: datetime) -> None:
        """Say how a process does."""
        self._redis.hset(PROCESSES, process, json.dumps({**counts, "at": milliseconds(now)}))

    @_or(lambda _: [])
    def reports(self, now: datetime) -> list[dict[str, int]]:
        """Return how every living process does; those that are silent are forgotten."""
        stored = {name: json.loads(text) for name, text in self._redis.hgetall(PROCESSES).items()}
        oldest = milliseconds(now - BEAT_LASTS)
        silent = [name for name, counts in stored.items() if counts.pop("at") < oldest]
        if silent:
            self._redis.hdel(PROCESSES, *silent)
        return [counts for name, counts in stored.items() if name not in silent]

    def forget_old(self, now: datetime) -> None:
        """Leave it to Redis: what is old expires there."""

    def _change(self, sitting_id: UUID, fields: Mapping[str, int | str]) -> None:
        with self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(live_key(sitting_id), mapping=fields)
            pipe.expire(live_key(sitting_id), FACTS_LAST_SECONDS)
            pipe.execute()
