"""Puts one process's live side together and keeps it going: a round a second, and a writer of kept frames."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask_socketio import Namespace, SocketIO

from examsvc.core import clock, pressure, sockets, ticks
from examsvc.core.db import Database
from examsvc.core.settings import Settings
from proctoring import live, revoking
from proctoring.board import Board, MemoryBoard
from proctoring.floor import EXTENSION, Floor
from proctoring.redis_board import RedisBoard
from proctoring.sockets.candidate import CandidateNamespace
from proctoring.sockets.places import CANDIDATE, PROCTOR, Place, Places
from proctoring.sockets.proctor import ProctorNamespace
from proctoring.sockets.speaking import SocketSpeaker
from proctoring.starting import Starter

log = logging.getLogger(__name__)

ROUND_SECONDS = 1.0
WRITE_SECONDS = 0.25
RECHECK_EVERY = timedelta(seconds=5)
CLOCKS_DIFFER = timedelta(minutes=1)
"""A login that another process revoked a while ago by its clock is still found."""
RUNNING = "examsvc.proctoring.running"


class Running:
    """The process's live side with its two namespaces."""

    def __init__(self, app: Flask, server: SocketIO) -> None:
        self.database: Database = app.extensions["examsvc.database"]
        settings: Settings = app.extensions["examsvc.settings"]
        board: Board = RedisBoard(settings.redis_url) if settings.redis_url else MemoryBoard()
        speaker = SocketSpeaker(server)
        self.floor = Floor(self.database, board, speaker, sockets.outside_the_loop(server))
        self.starter = Starter(self.database, speaker, self.floor.keys_told, _beside(server))
        self.candidates = CandidateNamespace(CANDIDATE, self.floor)
        self.proctors = ProctorNamespace(PROCTOR, self.floor)
        self._rechecked_at: datetime | None = None
        self._known_at: datetime | None = None

    def round(self, now: datetime) -> None:
        """Do everything that is due, starts first."""
        self.starter.round(self.candidates.sessions(), self.candidates.waiting, now)
        if self._rechecked_at is None or now - self._rechecked_at >= RECHECK_EVERY:
            self._rechecked_at = now
            self._recheck(now)
        self.floor.round(self.proctors.watched_here(), now)

    def _recheck(self, now: datetime) -> None:
        """End the connections of revoked logins and of proctors no longer assigned; note which sittings are over."""
        candidates, proctors = dict(self.candidates.places), dict(self.proctors.places)
        if not candidates and not proctors:
            return
        with self.database.reading() as db:
            lost = revoking.lost_logins(db, since=(self._known_at or now) - CLOCKS_DIFFER, now=now)
            assigned = revoking.standing_assignments(db, {_pair(place) for place in proctors.values()})
            over = revoking.finished_sittings(db, self.candidates.sessions())
        self._known_at = now
        for place in candidates.values():
            place.is_over = place.sitting_id in over
        _turn_out(self.candidates, candidates, lambda place: _login(place) not in lost)
        _turn_out(self.proctors, proctors, lambda place: _login(place) not in lost and _pair(place) in assigned)


def namespaces(app: Flask) -> tuple[Namespace, ...]:
    """Return the process's namespaces; under the real server its live side starts to run."""
    server: SocketIO = app.extensions["socketio"]
    running = Running(app, server)
    app.extensions[RUNNING] = running
    app.extensions[EXTENSION] = running.floor
    live.use(running.floor)
    if server.async_mode == "gevent":
        server.start_background_task(_keep_rounds, running)
        server.start_background_task(_keep_writing, running.floor)
    return running.candidates, running.proctors


def _beside(server: SocketIO) -> Callable[[Callable[[], None]], object]:
    """Return what runs work beside the rounds, and in tests, where no loop runs, at once."""
    if server.async_mode == "gevent":
        return lambda work: server.start_background_task(_safely, work)
    return lambda work: work()


def _keep_rounds(running: Running) -> None:
    """A round a second; how late it comes is how busy the process is."""
    due = time.monotonic() + ticks.until_next(ROUND_SECONDS) - ROUND_SECONDS
    while True:
        due += ROUND_SECONDS
        time.sleep(max(0.0, due - time.monotonic()))
        running.floor.lag_seconds = max(0.0, time.monotonic() - due)
        pressure.note(running.floor.lag_seconds)
        _safely(lambda: running.round(clock.now()))
        due = max(due, time.monotonic() - ROUND_SECONDS)


def _keep_writing(floor: Floor) -> None:
    """Write what is offered, with what comes shortly after it; a batch that failed is offered again."""
    while True:
        floor.keeper.wait()
        time.sleep(WRITE_SECONDS)
        _safely(floor.write)


def _safely(work: Callable[[], Any]) -> None:
    try:
        work()
    except Exception:
        log.exception("a round of the live side failed")


def _turn_out(namespace: Places, places: dict[str, Place], may_stay: Callable[[Place], bool]) -> None:
    for sid, place in places.items():
        if not may_stay(place):
            namespace.turn_out(sid)


def _login(place: Place) -> Any:
    return place.identity.login_id


def _pair(place: Place) -> tuple[Any, Any]:
    return place.exam_session_id, place.identity.account_id
