"""Fixtures of proctoring: assigned proctors, candidates at machines, the process's live side."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pictures
import pytest
from flask import Flask
from sitters import Sitter
from walls import Wall
from werkzeug.test import TestResponse
from world import World

from examsvc import wiring
from examsvc.core import sockets
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.settings import Settings
from proctoring import membership
from proctoring.floor import EXTENSION, Floor


@pytest.fixture
def app(app: Flask, app_settings: Settings) -> Iterator[Flask]:
    """The application with sockets and a live side of the test's own."""
    as_built = app.wsgi_app
    wiring.add_namespaces(sockets.create(app, app_settings, async_mode="threading"), app)
    yield app
    app.wsgi_app = as_built  # type: ignore[method-assign]


@pytest.fixture
def floor(app: Flask) -> Floor:
    found: Floor = app.extensions[EXTENSION]
    return found


@pytest.fixture
def assigned(database: Database, world: World, moving_clock: MovableClock) -> None:
    """proctor1 watches the exam session; proctor2 does not."""
    with database.transaction() as db:
        proctors = [world.staff["proctor1"].id]
        membership.assign(db, world.exam_session.id, proctors, by=world.by("office"), now=moving_clock())


@pytest.fixture
def wall(app: Flask, world: World, assigned: None) -> Wall:
    watching = Wall(app, world.exam_session.id)
    watching.log_in("proctor1")
    return watching


@pytest.fixture
def stranger(app: Flask, world: World, assigned: None) -> Wall:
    """A proctor of other exam sessions."""
    watching = Wall(app, world.exam_session.id)
    watching.log_in("proctor2")
    return watching


@pytest.fixture
def sitters(app: Flask, world: World, moving_clock: MovableClock) -> list[Sitter]:
    return [Sitter(app, enrolment, moving_clock) for enrolment in world.enrolments]


@pytest.fixture
def sitter(sitters: list[Sitter]) -> Sitter:
    return sitters[0].begin()


@pytest.fixture
def send_frame(moving_clock: MovableClock) -> Callable[..., TestResponse]:
    """Send a frame over HTTP; without one a fresh picture of a person."""
    count = iter(range(1, 10_000))

    def send(sitter: Sitter, jpeg: bytes | None = None, taken_at: datetime | None = None) -> TestResponse:
        seq = next(count)
        at = (taken_at or moving_clock()).isoformat()
        headers = {"X-Frame-Seq": str(seq), "X-Frame-Taken-At": at, "X-CSRF-Token": sitter.csrf_token}
        data = pictures.scene(seq) if jpeg is None else jpeg
        path = f"{sitter.path}/frames"
        return sitter.client.post(path, data=data, headers=headers, content_type="image/jpeg")

    return send
