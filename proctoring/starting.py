"""Tells the pages that wait for a common start that it has come, with the keys of their sealed papers.

Each process tells the pages that are connected to it, some at a time and those by seat. A page that hears nothing asks
by itself: nothing depends on this.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.db import Database
from examsvc.delivery.models import ExamSession
from examsvc.delivery.sealed import beginning, pacing, releasing
from examsvc.delivery.sealed.seals import Keys
from examsvc.delivery.states import ClockRule, ExamSessionState

AT_ONCE: Final = 400
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


class Starter:
    """`round` is called about once a second; the telling itself runs by `run`, beside the rounds."""

    def __init__(
        self, database: Database, teller: Teller, run: Callable[[Callable[[], None]], object] = lambda work: work()
    ) -> None:
        self._database = database
        self._teller = teller
        self._run = run
        self._told: set[tuple[UUID, datetime]] = set()

    def round(self, sessions: set[UUID], waiting: Callable[[], Mapping[str, Waiting]], now: datetime) -> None:
        """Begin to tell the pages whose start has come and of whom nobody was told.

        `sessions` are the exam sessions of this process's pages; `waiting` gives the pages by connection, when it is
        time.
        """
        if not sessions:
            return
        with self._database.reading() as db:
            due = set(_due(db, sessions, now))
        fresh, self._told = due - self._told, due
        pages = waiting() if fresh else {}
        for each in fresh:
            self._run(partial(self._start, *each, pages, now))

    def _start(self, exam_session_id: UUID, starts_at: datetime, pages: Mapping[str, Waiting], now: datetime) -> None:
        connections: dict[UUID, list[str]] = {}
        for connection, page in pages.items():
            if page.exam_session_id == exam_session_id:
                connections.setdefault(page.sitting_id, []).append(connection)
        began = time.monotonic()
        candidates = self._beginning(starts_at)
        after_ms, within_ms = pacing.claim_after_ms(candidates), pacing.claim_within_ms(candidates)
        for some in _slices(list(connections)):
            with self._database.transaction() as db:
                released = releasing.release(db, exam_session_id, some, now=now)
            left_ms = max(0, after_ms - round(1_000 * (time.monotonic() - began)))
            for each in released:
                for connection in connections[each.sitting_id]:
                    self._teller.start(connection, Started(each.keys, left_ms, within_ms, now))
            time.sleep(0)  # the other connections get their turn

    def _beginning(self, starts_at: datetime) -> int:
        with self._database.reading() as db:
            return beginning.together(db, starts_at)


def _due(db: Session, sessions: set[UUID], now: datetime) -> Iterator[tuple[UUID, datetime]]:
    query = select(ExamSession.id, ExamSession.starts_at).where(
        ExamSession.id.in_(sessions),
        ExamSession.state == ExamSessionState.PUBLISHED,
        ExamSession.clock_rule == ClockRule.COMMON,
        ExamSession.starts_at <= now,
        ExamSession.starts_at > now - LATEST,
    )
    return ((row.id, row.starts_at) for row in db.execute(query))


def _slices(ids: list[UUID]) -> Iterator[list[UUID]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
