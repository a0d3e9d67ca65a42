"""Tells the pages that wait for a common start that it has come, with the keys of their sealed papers.

Each process tells the pages that are connected to it, some at a time and those by seat; for a while also those that
connect a little late, and those that a failure kept from being told. A page that hears nothing asks by itself: nothing
depends on this.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from examsvc.core.db import Database
from examsvc.delivery.models import ExamSession
from examsvc.delivery.sealed import beginning, pacing, releasing
from examsvc.delivery.sealed.seals import Keys
from examsvc.delivery.states import ClockRule, ExamSessionState

AT_ONCE: Final = 400
LOOKS_AGAIN: Final = timedelta(seconds=3)
LATEST: Final = timedelta(seconds=30)
"""Of a start longer ago nobody is told: a process that has just begun tells nothing old."""


class Waiting(NamedTuple):
    """A page that may wait for a start."""

    exam_session_id: UUID
    sitting_id: UUID


@dataclass(frozen=True)
class Started:
    """What a page is told: its keys, and after and within how many milliseconds more it claims the sitting."""

    keys: Keys
    claim_after_ms: int
    claim_within_ms: int
    server_now: datetime


class Teller(Protocol):
    """Tells one connection of this process."""

    def start(self, connection: str, started: Started) -> None: ...


class Start(NamedTuple):
    """A common start that has come; once more when papers that were withheld are allowed after it."""

    exam_session_id: UUID
    starts_at: datetime
    allowed_at: datetime | None


class Starter:
    """`round` is called about once a second; the telling itself runs by `run`, beside the rounds.

    `told` hears of the sittings whose pages were told.
    """

    def __init__(
        self,
        database: Database,
        teller: Teller,
        told: Callable[[Iterable[UUID], datetime], None],
        run: Callable[[Callable[[], None]], object] = lambda work: work(),
    ) -> None:
        self._database = database
        self._teller = teller
        self._say_told = told
        self._run = run
        self._told: dict[Start, set[str]] = {}
        self._looks_at = datetime.min.replace(tzinfo=UTC)

    def round(self, sessions: set[UUID], waiting: Callable[[], Mapping[str, Waiting]], now: datetime) -> None:
        """Begin to tell the pages whose start has come and that were not told.

        `sessions` are the exam sessions of this process's pages; `waiting` gives the pages by connection, when it is
        time.
        """
        if not sessions:
            return
        with self._database.reading() as db:
            due = list(_due(db, sessions, now))
        is_new = any(start not in self._told for start in due)
        self._told = {start: self._told.get(start, set()) for start in due}
        if not due or (now < self._looks_at and not is_new):
            return
        self._looks_at = now + LOOKS_AGAIN
        pages = _by_session(waiting())
        for start in due:
            told = self._told[start]
            fresh = {key: own for key, own in pages.get(start.exam_session_id, {}).items() if key not in told}
            if fresh:
                told.update(fresh)
                self._run(partial(self._start, start, fresh, now))

    def _start(self, start: Start, sitting_ids: Mapping[str, UUID], now: datetime) -> None:
        """Tell the connections; those that a failure leaves are told by a later round."""
        left = set(sitting_ids)
        try:
            for told in self._tell(start, sitting_ids, now):
                left -= told
        finally:
            self._told.get(start, set()).difference_update(left)

    def _tell(self, start: Start, sitting_ids: Mapping[str, UUID], now: datetime) -> Iterator[set[str]]:
        """Tell the connections, some at a time, and yield those that are done with."""
        connections: dict[UUID, list[str]] = {}
        for connection, sitting_id in sitting_ids.items():
            connections.setdefault(sitting_id, []).append(connection)
        began = time.monotonic()
        candidates = self._beginning(start.starts_at)
        after_ms, within_ms = pacing.claim_after_ms(candidates), pacing.claim_within_ms(candidates)
        for some in _slices(list(connections)):
            with self._database.transaction() as db:
                released = releasing.release(db, start.exam_session_id, some, now=now)
            left_ms = max(0, after_ms - round(1_000 * (time.monotonic() - began)))
            for each in released:
                for connection in connections[each.sitting_id]:
                    self._teller.start(connection, Started(each.keys, left_ms, within_ms, now))
            self._say_told([each.sitting_id for each in released], now)
            yield {connection for sitting_id in some for connection in connections[sitting_id]}
            time.sleep(0)  # the other connections get their turn

    def _beginning(self, starts_at: datetime) -> int:
        with self._database.reading() as db:
            return beginning.together(db, starts_at)


def _due(db: Session, sessions: set[UUID], now: datetime) -> Iterator[Start]:
    columns = (ExamSession.id, ExamSession.starts_at, ExamSession.papers_allowed_at)
    query = select(*columns).where(
        ExamSession.id.in_(sessions),
        ExamSession.state == ExamSessionState.PUBLISHED,
        ExamSession.clock_rule == ClockRule.COMMON,
        ExamSession.starts_at <= now,
        or_(ExamSession.starts_at > now - LATEST, ExamSession.papers_allowed_at > now - LATEST),
    )
    return (Start(*row) for row in db.execute(query))


def _by_session(pages: Mapping[str, Waiting]) -> dict[UUID, dict[str, UUID]]:
    """Return the sittings by connection, for each exam session."""
    found: dict[UUID, dict[str, UUID]] = {}
    for connection, page in pages.items():
        found.setdefault(page.exam_session_id, {})[connection] = page.sitting_id
    return found


def _slices(ids: list[UUID]) -> Iterator[list[UUID]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
