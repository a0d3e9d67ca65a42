"""Jobs run in a process of their own, which may be killed at any moment and hold nobody up."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from alembic import command
from patience import PATIENCE_SECONDS, wait_until
from servers import MASTER_KEY
from sqlalchemy import func, select
from world import World

from examsvc.cli.database import alembic_config
from examsvc.core import clock
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.jobs import asking, leasing
from examsvc.core.jobs.leasing import LEASE_LASTS
from examsvc.core.jobs.models import Job
from examsvc.core.jobs.states import JobState
from examsvc.core.settings import Settings
from examsvc.delivery.models import Sitting
from questionbank import draw_jobs
from questionbank.models import PaperDraw


def asked(database: Database, world: World, count: int) -> UUID:
    order = {"kind": "INDIVIDUAL", "count": count, "overlap": 0, "seed": "公开", "seen_paper_ids": []}
    with database.transaction() as db:
        return draw_jobs.ask(db, world.blueprint.id, order, by=world.by("office"), now=clock.now()).id


def seen(database: Database, world: World, job_id: UUID) -> Job:
    with database.reading() as db:
        return asking.own(db, job_id, by=world.by("office"))


@contextmanager
def working(found: Settings, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process, killed at the end of the block."""
    environ = {
        "EXAMSVC_DATA_DIR": str(found.data_dir),
        "EXAMSVC_DATABASE_URL": found.database_url,
        "EXAMSVC_MASTER_KEY": MASTER_KEY,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "examsvc.cli", "worker", *arguments],
        stdin=subprocess.PIPE,
        env={**os.environ, **environ},
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def beside(found: Settings, *work: str) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """A process as a server or worker keeps it beside itself."""
    return working(found, "--beside", *work)


def kept_by(process: subprocess.Popen[bytes]) -> list[int]:
    threads = Path(f"/proc/{process.pid}/task").iterdir()
    return [int(pid) for thread in threads for pid in (thread / "children").read_text().split()]


def runs(pid: int) -> bool:
    """Return whether the process is there, and not only waits for somebody to take note of its end."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    except FileNotFoundError:
        return False


def assert_gone(pids: list[int]) -> None:
    """Give the processes a while to end, and say that they have."""
    wait_until(lambda: not any(map(runs, pids)))


@pytest.fixture
def stamped(app_settings: Settings) -> Settings:
    command.stamp(alembic_config(app_settings.database_url), "head")
    return app_settings


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_the_process_beside_the_server_does_the_job_and_goes_with_the_server(
    stamped: Settings, database: Database, world: World
) -> None:
    job_id = asked(database, world, 3)
    with beside(stamped, "jobs") as process:
        wait_until(lambda: seen(database, world, job_id).state == JobState.DONE, process=process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(PATIENCE_SECONDS) == 0


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_a_worker_keeps_a_process_for_the_jobs_that_goes_with_it_also_when_it_is_killed(
    stamped: Settings, database: Database, world: World
) -> None:
    job_id = asked(database, world, 3)
    with working(stamped) as worker:
        wait_until(lambda: seen(database, world, job_id).state == JobState.DONE, process=worker)
        kept = kept_by(worker)
        assert len(kept) == 1
        worker.kill()
        worker.wait()
        assert_gone(kept)


@pytest.mark.slow
def test_over_postgresql_a_worker_keeps_two_more_for_the_crowds_and_all_go_when_it_is_killed(
    app_settings: Settings, fresh_postgresql: str
) -> None:
    command.stamp(alembic_config(fresh_postgresql), "head")
    with working(replace(app_settings, database_url=fresh_postgresql)) as worker:
        wait_until(lambda: len(kept_by(worker)) == 3, process=worker)
        kept = kept_by(worker)
        worker.kill()
        worker.wait()
        assert_gone(kept)


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_two_processes_that_share_the_crowds_end_all_that_is_overdue_and_go_with_the_server(
    stamped: Settings, database: Database, world: World
) -> None:
    def unfinished() -> int:
        with database.reading() as db:
            return db.scalar(select(func.count()).select_from(Sitting).where(Sitting.finished_at.is_(None))) or 0

    assert unfinished() > 1  # of an exam day that is over by the clock of those processes
    shares = [("crowds", "--share", str(number), "2") for number in range(2)]
    with beside(stamped, *shares[0]) as first, beside(stamped, *shares[1]) as second:
        wait_until(lambda: unfinished() == 0, process=first)
        for process in (first, second):
            assert process.stdin is not None
            process.stdin.close()
            assert process.wait(PATIENCE_SECONDS) == 0


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_a_killed_process_leaves_nothing_half_written_and_its_job_to_the_next(
    stamped: Settings, database: Database, world: World, moving_clock: MovableClock
) -> None:
    job_id = asked(database, world, 5_000)
    with beside(stamped, "jobs") as process:
        wait_until(lambda: seen(database, world, job_id).state == JobState.RUNNING, process=process)
        process.kill()
        process.wait()
    left = seen(database, world, job_id)
    assert (left.state, left.attempt) == (JobState.RUNNING, 1)
    assert left.leased_until is not None
    moving_clock.at = left.leased_until + LEASE_LASTS
    with database.transaction() as db:
        assert db.scalar(select(func.count()).select_from(PaperDraw).where(PaperDraw.count == 5_000)) == 0
        again = leasing.take(db, clock.now())
        assert again is not None
        assert (again.id, again.attempt) == (job_id, 2)


@pytest.mark.slow
def test_under_gevent_waiting_for_another_process_to_write_holds_nobody_up(tmp_path: Path) -> None:
    program = f"""
from gevent import monkey; monkey.patch_all()
import sqlite3, threading, time
from examsvc.core.db import Database
database, order = Database("sqlite:///{tmp_path}/x.sqlite"), []
with database.transaction():
    pass
other = sqlite3.connect("{tmp_path}/x.sqlite", isolation_level=None)
other.execute("BEGIN IMMEDIATE")
def answer():
    with database.transaction():
        order.append("answer")
waiting = threading.Thread(target=answer)
waiting.start()
for _ in range(3):
    time.sleep(0.02)
    order.append("others")
other.execute("COMMIT")
waiting.join()
print(*order)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["others", "others", "others", "answer"]
