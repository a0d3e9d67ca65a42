"""Common starts: to move one, and what a page hears of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask_socketio.test_client import SocketIOTestClient
from waiters import Waiter
from world import World

from examsvc.core.db import Database, get
from examsvc.delivery.models import ExamSession
from examsvc.delivery.states import ClockRule

Page = Callable[[Waiter], SocketIOTestClient]
RoundAt = Callable[[datetime], None]


def move_start(database: Database, world: World, starts_at: datetime, **columns: Any) -> None:
    """Have the world's exam session begin then for all, by a common clock unless something else is said."""
    window = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1), "clock_rule": ClockRule.COMMON}
    with database.transaction() as db:
        for name, value in {**window, **columns}.items():
            setattr(get(db, ExamSession, world.exam_session.id), name, value)


def heard(page: SocketIOTestClient) -> list[Any]:
    """Return what the page was told of starts since it was last asked."""
    return [each["args"][0] for each in page.get_received("/candidate") if each["name"] == "start"]
