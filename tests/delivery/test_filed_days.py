"""The days on which papers may begin, on each of which the filing has to be in force (F01)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import exam_rooms
import publishing
import pytest
from callers import Caller
from world import World

from examsvc.core.clock import SHANGHAI, shanghai_date
from examsvc.core.db import Database, get
from examsvc.delivery import enrolling, faults, filed_days, planning
from examsvc.delivery.instants import Window
from examsvc.delivery.models import ExamSession
from examsvc.delivery.planning import SessionPlan
from examsvc.delivery.states import ClockRule
from examsvc.registry.errors import NotFiled
from examsvc.registry.models import Filing

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NIGHT = datetime(2026, 11, 23, 23, 0, tzinfo=SHANGHAI)
COMMON = Window(NIGHT, NIGHT + 120 * MINUTE, 120, ClockRule.COMMON, 60, 30, 15, 30, 10)
PERSONAL = replace(COMMON, clock_rule=ClockRule.PERSONAL)


@pytest.mark.parametrize(
    ("window", "day"),
    [
        pytest.param(COMMON, 23, id="common: entry closes at midnight"),
        pytest.param(replace(COMMON, late_entry_minutes=61), 24, id="common: entry closes after it"),
        pytest.param(replace(COMMON, late_entry_minutes=0), 23, id="common: nobody enters late"),
        pytest.param(PERSONAL, 24, id="personal: the window is over after midnight"),
        pytest.param(replace(PERSONAL, ends_at=NIGHT + 60 * MINUTE), 23, id="personal: at midnight"),
        pytest.param(replace(PERSONAL, ends_at=NIGHT + 2 * DAY), 25, id="personal: two days"),
    ],
)
def test_the_last_day_is_that_on_which_entry_closes(window: Window, day: int) -> None:
    assert filed_days.last_day(window) == date(2026, 11, day)


def _plan(world: World, **changes: Any) -> SessionPlan:
    starts_at = datetime(2028, 12, 31, 9, 0, tzinfo=SHANGHAI)  # the filing's last day
    plan = SessionPlan(
        code="F-1",
        title="两天的场次",
        place="一号机房",
        filing_id=world.filing.id,
        paper_id=world.paper.id,
        starts_at=starts_at,
        ends_at=starts_at + DAY,
        minutes=60,
        clock_rule=ClockRule.PERSONAL,
        earliest_hand_in_minutes=0,
    )
    return replace(plan, **changes)


def test_f01_a_window_is_planned_only_up_to_the_end_of_the_filings_last_day(database: Database, world: World) -> None:
    act: dict[str, Any] = {"by": world.by("office"), "now": world.now}
    with pytest.raises(NotFiled) as refused, database.transaction() as db:
        planning.create_session(db, _plan(world), **act)
    assert refused.value.answer()["day"] == "2029-01-01"
    midnight = datetime(2029, 1, 1, tzinfo=SHANGHAI)
    with database.transaction() as db:
        draft = planning.create_session(db, _plan(world, ends_at=midnight), **act)
    with pytest.raises(NotFiled), database.transaction() as db:
        planning.change_session(db, draft.id, {"ends_at": midnight + MINUTE}, **act)


def test_f01_a_filing_that_ends_within_the_window_is_published_no_more_and_said_of_what_is(
    database: Database, world: World
) -> None:
    act: dict[str, Any] = {"by": world.by("office"), "now": world.now}
    starts_at = datetime(2026, 12, 1, 9, 0, tzinfo=SHANGHAI)
    with database.transaction() as db:
        planned = planning.create_session(db, _plan(world, starts_at=starts_at, ends_at=starts_at + DAY), **act)
        exam_rooms.give_room(db, planned, **act)
        enrolling.enrol(db, planned.id, enrolling.Person("王小明", "11010519491231002X"), **act)
        get(db, ExamSession, world.exam_session.id).ends_at = world.now + DAY
    with database.transaction() as db:
        get(db, Filing, world.filing.id).valid_to_on = shanghai_date(starts_at)
    with pytest.raises(NotFiled), database.transaction() as db:
        publishing.publish(db, planned.id, **act)
    with database.transaction() as db:
        get(db, Filing, world.filing.id).valid_to_on = shanghai_date(world.now)
    with database.reading() as db:
        said = faults.of(db, get(db, ExamSession, world.exam_session.id))
    assert [(one["code"], one["day"]) for one in said if one["code"] == "not_filed"] == [("not_filed", "2026-11-24")]


@pytest.mark.parametrize(("hour", "answer"), [(22, "PUBLISHED"), (23, "2029-01-01")])
def test_f01_a_start_is_moved_only_where_the_whole_window_is_filed(
    nobody: Caller, world: World, hour: int, answer: str
) -> None:
    starts_at = datetime(2028, 12, 31, hour, 0, tzinfo=SHANGHAI)  # for two hours
    body = {"starts_at": starts_at.isoformat(), "reason": "停电"}
    moved = nobody.log_in("office").post(f"/api/exam-sessions/{world.exam_session.id}/move-start", body).json
    assert moved.get("state", moved.get("day")) == answer
