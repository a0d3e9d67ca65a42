"""The demo stands at whatever moment it is placed: a case in every stage, work for every role."""

from collections import Counter
from datetime import datetime

import pytest
from alembic.command import stamp
from callers import Caller
from commands import run
from flask import Flask
from servers import MASTER_KEY
from sqlalchemy import select

from examsvc.cli.database import alembic_config
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.identity import system
from examsvc.core.settings import Settings
from examsvc.demo import seeding
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.states import CaseState

pytestmark = pytest.mark.slow
S = CaseState
DECEMBER = "2026-12-01T09:00+08:00"
EARLY = {S.DRAFT: 3, S.SUBMITTED: 1, S.MATERIALS_CHECKED: 1, S.SENT_TO_NATIONAL: 1, S.SCHEME_PUBLICITY: 1}
LATE = {
    S.SCHEME_PUBLICISED: 1,
    S.APPLYING: 1,
    S.APPLIED: 1,
    S.DEVELOPING: 1,
    S.HANDED_IN: 1,
    S.SCHEME_ASSESSED: 1,
    S.PUBLICITY: 1,
}
STAGES = {**EARLY, **LATE, S.FILED: 1, S.ABANDONED: 1}
WORKERS = ("registrar", "bureau", "office", "office2", "office3")  # office4's cases are all with the centre
WORKERS += tuple(f"{role}{number}" for role in ("recommender", "expert", "district") for number in (1, 2, 3))


def _placed(database: Database, clock: MovableClock, at: str) -> dict[str, int]:
    """Place the demo and return how many cases stand in each state."""
    clock.at = datetime.fromisoformat(at)
    with database.transaction() as db:
        seeding.place(db, by=system("tests"), at=clock.at)
    return _stages(database)


def _stages(database: Database) -> dict[str, int]:
    with database.reading() as db:
        return dict(Counter(db.scalars(select(Case.state))))


def _work(app: Flask, username: str) -> int:
    desk = Caller(app).log_in(username, seeding.PASSWORD).get("/api/desk").json
    return len(desk["cases"]) + len(desk["tasks"])


def _assert_everybody_has_work(app: Flask) -> None:
    assert [name for name in WORKERS if _work(app, name) == 0] == []
    supervisor = Caller(app).log_in("supervisor", seeding.PASSWORD)
    assert {one["state"] for one in supervisor.get("/api/cases").json["items"]} == {"FILED", "SCHEME_PUBLICISED"}


@pytest.mark.sqlite_only
def test_the_command_places_it_once_at_the_moment_asked_for(
    app: Flask, app_settings: Settings, database: Database, moving_clock: MovableClock
) -> None:
    stamp(alembic_config(app_settings.database_url), "head")
    environ = {"EXAMSVC_DATABASE_URL": app_settings.database_url, "EXAMSVC_MASTER_KEY": MASTER_KEY}
    first = run(app_settings.data_dir, "demo", "--at", DECEMBER, **environ)
    again = run(app_settings.data_dir, "demo", **environ)
    assert first.returncode == 0, first.stderr
    assert first.stdout == again.stdout
    assert "CANDIDATE" in first.stdout
    assert "261201" in first.stdout  # the ticket says the date
    assert run(app_settings.data_dir, "demo", "--at", "2026-12-02T09:00+08:00", **environ).returncode == 1
    moving_clock.at = datetime.fromisoformat(DECEMBER)
    assert _stages(database) == STAGES
    _assert_everybody_has_work(app)


@pytest.mark.sqlite_only
def test_every_stage_has_a_case_and_every_role_has_work_in_a_window_too(
    app: Flask, database: Database, moving_clock: MovableClock
) -> None:
    assert _placed(database, moving_clock, "2026-02-25T09:00+08:00") == STAGES
    _assert_everybody_has_work(app)


@pytest.mark.sqlite_only
def test_cases_wait_where_a_deadline_would_need_a_holiday_table_that_is_not_out(
    app: Flask, database: Database, moving_clock: MovableClock
) -> None:
    found = _placed(database, moving_clock, "2027-01-10T09:00+08:00")
    assert found.get(S.DEVELOPING) is None
    assert found[S.SELECTED] == 1
    assert found[S.FILED] == 1
    centre = Caller(app).log_in("registrar", seeding.PASSWORD)
    assert centre.get("/api/board").status_code == 200
