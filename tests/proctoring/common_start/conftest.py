"""Two candidates who wait for a common start, their pages, and the process's rounds."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask_socketio.test_client import SocketIOTestClient
from sitters import Sitter
from starts import Page, RoundAt, move_start
from waiters import Waiter
from world import World

from examsvc.app import socket_server
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from proctoring.sockets.running import RUNNING, Running


@pytest.fixture
def starts_at(database: Database, world: World) -> datetime:
    """Ten minutes from now, for all."""
    starts_at = world.now + timedelta(minutes=10)
    move_start(database, world, starts_at)
    return starts_at


@pytest.fixture
def waiters(starts_at: datetime, sitters: list[Sitter]) -> list[Waiter]:
    return [Waiter(sitter.enter().check_in()) for sitter in sitters[:2]]


@pytest.fixture
def page(app: Flask) -> Page:
    """Connect a candidate's page."""

    def connect(waiter: Waiter) -> SocketIOTestClient:
        server, client, auth = socket_server(app), waiter.sitter.client, waiter.sitter.line_auth()
        return SocketIOTestClient(app, server, namespace="/candidate", auth=auth, flask_test_client=client)

    return connect


@pytest.fixture
def round_at(app: Flask, moving_clock: MovableClock) -> RoundAt:
    running: Running = app.extensions[RUNNING]

    def go(at: datetime) -> None:
        moving_clock.at = at
        running.round(at)

    return go
