"""A job is done once, for whoever asked and by their rights, or leaves nothing behind."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from jobwork import AskingOffice
from sqlalchemy import func, select
from world import World

from examsvc.accounts import service as accounts
from examsvc.accounts.models import AccountRole
from examsvc.core import audit, clock
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.errors import NotAllowed, NotFound
from examsvc.core.identity import system
from examsvc.core.jobs import asking, leasing
from examsvc.core.jobs.errors import Cancelled, JobOver, JobOvertaken, LeaseLost
from examsvc.core.jobs.leasing import LEASE_LASTS, Lease
from examsvc.core.jobs.models import Job
from examsvc.core.jobs.progress import Progress
from examsvc.core.jobs.states import JobState, JobStep
from questionbank.errors import PoolTooSmall


@pytest.fixture
def office(database: Database, world: World) -> AskingOffice:
    return AskingOffice(database, world)


def outcome(job: Job) -> tuple[JobState, Any]:
    return job.state, job.refusal and job.refusal["code"]


def test_a_job_is_done_for_whoever_asked_and_its_result_is_kept(
    office: AskingOffice, moving_clock: MovableClock
) -> None:
    job = office.ask()
    assert (job.state, job.kind, job.label) == (JobState.WAITING, "RENAME", "新名")
    moving_clock.forward(seconds=30)
    assert office.worker().run_next()
    assert office.name() == "新名"
    done = office.seen(job)
    assert (done.state, done.step, done.ended_at) == (JobState.DONE, JobStep.WRITING, clock.now())
    assert done.result is not None
    assert done.result["renamed_at"].startswith("2026-11-23T01:00:30")
    assert not office.worker().run_next()


def test_the_record_of_a_job_tells_who_asked_and_is_whole(office: AskingOffice, database: Database) -> None:
    job = office.ask()
    office.worker().run_next()
    with database.reading() as db:
        entries = audit.history(db, job.audit_stream)
        assert [(entry.action, entry.actor) for entry in entries] == [
            ("job.asked", str(office.world.staff["office"].id)),
            ("job.running", "system:worker"),
            ("job.done", "system:worker"),
        ]
        assert audit.verify(db, job.audit_stream) is None


def test_a_second_click_is_the_same_job_until_it_has_ended(office: AskingOffice, database: Database) -> None:
    first = office.ask()
    assert office.ask().id == first.id
    assert office.ask("另一个").id != first.id
    office.worker().run_next()
    assert office.ask().id != first.id


def test_two_clicks_at_the_same_moment_make_one_job(office: AskingOffice, database: Database) -> None:
    both = threading.Barrier(2)
    found: list[Job] = []

    def click() -> None:
        both.wait()
        found.append(office.ask())

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert found[0].id == found[1].id
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Job)) == 1


def test_of_two_workers_one_takes_a_job(office: AskingOffice, database: Database) -> None:
    jobs = {office.ask(name).id for name in "甲乙"}
    taken: list[Any] = []
    both = threading.Barrier(2)

    def take() -> None:
        both.wait()
        for _ in range(2):
            with database.transaction() as db:
                job = leasing.take(db, clock.now())
                taken.append(job and job.id)

    workers = [threading.Thread(target=take) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sorted(map(str, taken)) == sorted(["None", "None", *map(str, jobs)])


@pytest.mark.postgresql_only
def test_a_job_that_another_worker_is_taking_is_passed_over(office: AskingOffice, database: Database) -> None:
    first, second = office.ask("甲"), office.ask("乙")
    with database.transaction() as one, database.transaction() as other:
        taken = leasing.take(one, clock.now()), leasing.take(other, clock.now())
        assert [job and job.id for job in taken] == [first.id, second.id]


def test_what_a_killed_worker_left_is_taken_again_when_its_lease_is_over(
    office: AskingOffice, database: Database, moving_clock: MovableClock
) -> None:
    job = office.ask()
    with database.transaction() as db:
        leasing.take(db, clock.now())
    moving_clock.forward(seconds=LEASE_LASTS.total_seconds() - 1)
    assert not office.worker().run_next()
    moving_clock.forward(seconds=1)
    assert office.worker().run_next()
    assert (office.seen(job).state, office.name()) == (JobState.DONE, "新名")


def test_a_job_whose_worker_died_twice_has_failed_and_may_be_asked_for_again(
    office: AskingOffice, database: Database, moving_clock: MovableClock
) -> None:
    job = office.ask()
    for _ in range(2):
        with database.transaction() as db:
            assert leasing.take(db, clock.now())
        moving_clock.forward(seconds=LEASE_LASTS.total_seconds())
    office.worker().run_next()
    assert outcome(office.seen(job)) == (JobState.FAILED, "job_broken")
    assert (office.work.prepared, office.ask().id != job.id) == (0, True)


def test_a_worker_that_comes_late_writes_nothing(
    office: AskingOffice, database: Database, moving_clock: MovableClock
) -> None:
    job = office.ask()

    def another_worker() -> None:
        moving_clock.forward(seconds=LEASE_LASTS.total_seconds())
        with database.transaction() as db:
            leasing.take(db, clock.now())

    office.work.total, office.work.meanwhile = 1, another_worker
    office.worker().run_next()
    assert (office.seen(job).state, office.seen(job).attempt) == (JobState.RUNNING, 2)
    assert office.name() == "office先生"
    with pytest.raises(LeaseLost), database.transaction() as db:
        leasing.finish(db, Lease(job.id, 1), {}, clock.now())


def test_a_worker_shows_life_as_long_as_it_works(
    office: AskingOffice, database: Database, moving_clock: MovableClock
) -> None:
    job = office.ask()
    progress = Progress(threading.Event())
    with database.transaction() as db:
        taken = leasing.take(db, clock.now())
    assert taken is not None
    progress.begin(10)
    progress.advance(4)
    moving_clock.forward(seconds=50)
    with database.transaction() as db:
        leasing.show_life(db, Lease(job.id, taken.attempt), progress, clock.now())
    moving_clock.forward(seconds=50)
    assert not office.worker().run_next()
    seen = office.seen(job)
    assert (seen.done, seen.total, seen.step) == (4, 10, JobStep.PREPARING)


def test_how_far_a_job_is_can_be_seen_while_it_prepares_and_while_it_writes(
    office: AskingOffice, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("examsvc.core.jobs.running.SHOWN_EVERY_SECONDS", 0.01)
    job, shown = office.ask(), []

    def until(reached: Callable[[Job], bool]) -> None:
        while not reached(seen := office.seen(job)):
            threading.Event().wait(0.005)
        shown.append((seen.state, seen.step, seen.done, seen.total))

    def count_is_seen() -> None:
        until(lambda seen: (seen.done, seen.total) == (len(shown), 3))

    office.work.meanwhile = count_is_seen
    office.work.while_writing = lambda: until(lambda seen: seen.step == JobStep.WRITING)
    office.worker().run_next()
    running = JobState.RUNNING
    assert shown == [*((running, JobStep.PREPARING, count, 3) for count in range(3)), (running, JobStep.WRITING, 0, 3)]


def test_a_job_that_waits_is_called_off_at_once(office: AskingOffice) -> None:
    job = office.cancel(office.ask())
    assert job.state == JobState.CANCELLED
    assert not office.worker().run_next()
    with pytest.raises(JobOver):
        office.cancel(job)


def test_a_job_that_runs_is_called_off_and_writes_nothing(
    office: AskingOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("examsvc.core.jobs.running.SHOWN_EVERY_SECONDS", 0.01)
    job = office.ask()
    office.work.total = 100_000
    office.work.meanwhile = lambda: office.seen(job).cancel_asked_at or office.cancel(job)
    office.worker().run_next()
    assert (office.seen(job).state, office.name()) == (JobState.CANCELLED, "office先生")
    assert office.work.prepared == 1


def test_a_job_called_off_before_its_end_is_undone(office: AskingOffice, database: Database) -> None:
    job = office.ask()
    with database.transaction() as db:
        taken = leasing.take(db, clock.now())
    assert taken is not None
    office.cancel(job)
    with pytest.raises(Cancelled), database.transaction() as db:
        leasing.finish(db, Lease(job.id, taken.attempt), {}, clock.now())


def test_a_job_called_off_whose_worker_died_ends_without_being_done(
    office: AskingOffice, database: Database, moving_clock: MovableClock
) -> None:
    job = office.ask()
    with database.transaction() as db:
        leasing.take(db, clock.now())
    office.cancel(job)
    moving_clock.forward(seconds=LEASE_LASTS.total_seconds())
    office.worker().run_next()
    assert (office.seen(job).state, office.work.prepared) == (JobState.CANCELLED, 0)


def test_a_refusal_arrives_with_its_code_and_its_fields(office: AskingOffice) -> None:
    job = office.ask()
    office.work.faults = [PoolTooSmall(available=2, needed=5, type="NUMERIC", work_task=1)]
    office.worker().run_next()
    refused = office.seen(job)
    assert outcome(refused) == (JobState.REFUSED, "pool_too_small")
    assert refused.refusal is not None
    assert {name: refused.refusal[name] for name in ("available", "needed", "type", "work_task")} == {
        "available": 2,
        "needed": 5,
        "type": "NUMERIC",
        "work_task": 1,
    }


def test_work_that_breaks_down_is_tried_once_more(office: AskingOffice, caplog: pytest.LogCaptureFixture) -> None:
    job = office.ask()
    office.work.faults = [RuntimeError("first")]
    office.worker().run_next()
    assert office.seen(job).state == JobState.WAITING
    office.worker().run_next()
    assert office.seen(job).state == JobState.DONE
    assert "a job broke down" in caplog.text


def test_work_that_breaks_down_twice_has_failed(office: AskingOffice) -> None:
    job = office.ask()
    office.work.faults = [RuntimeError("first"), RuntimeError("second")]
    for _ in range(2):
        office.worker().run_next()
    assert (outcome(office.seen(job)), office.name()) == ((JobState.FAILED, "job_broken"), "office先生")


def test_work_that_was_overtaken_is_prepared_again_and_given_up_in_the_end(office: AskingOffice) -> None:
    job = office.ask()
    office.work.faults = [JobOvertaken()]
    office.worker().run_next()
    assert (office.seen(job).state, office.work.prepared) == (JobState.DONE, 2)
    job = office.ask("又一个")
    office.work.faults = [JobOvertaken() for _ in range(3)]
    office.worker().run_next()
    assert outcome(office.seen(job)) == (JobState.REFUSED, "job_overtaken")


def test_a_worker_that_is_stopped_gives_its_job_back(office: AskingOffice) -> None:
    job = office.ask()
    office.work.meanwhile = office.stop.set
    office.worker().run_next()
    assert (office.seen(job).state, office.seen(job).attempt) == (JobState.WAITING, 0)
    office.stop.clear()
    office.work.meanwhile = None
    office.worker().run_next()
    assert office.seen(job).state == JobState.DONE


def test_only_who_may_do_the_work_asks_for_it(office: AskingOffice) -> None:
    with pytest.raises(NotAllowed):
        office.ask(by="author")


def test_rights_that_are_lost_before_the_work_begins_refuse_it(office: AskingOffice, database: Database) -> None:
    job = office.ask()
    with database.transaction() as db:
        accounts.disable(db, "office", by=system("tests"), now=clock.now())
    office.worker().run_next()
    assert outcome(office.seen(job)) == (JobState.REFUSED, "not_allowed")
    assert office.work.prepared == 0


def test_rights_that_are_lost_while_it_is_prepared_refuse_it(office: AskingOffice, database: Database) -> None:
    job = office.ask()

    def dismiss() -> None:
        with database.transaction() as db:
            db.delete(db.get_one(AccountRole, (office.world.staff["office"].id, "OFFICE")))

    office.work.total, office.work.meanwhile = 1, dismiss
    office.worker().run_next()
    assert (outcome(office.seen(job)), office.name()) == ((JobState.REFUSED, "not_allowed"), "office先生")


def test_a_job_is_seen_and_called_off_by_its_asker_alone(office: AskingOffice, database: Database) -> None:
    job, stranger = office.ask(), office.world.by("author")
    with pytest.raises(NotFound), database.transaction() as db:
        asking.cancel(db, job.id, by=stranger, now=clock.now())
    with database.reading() as db:
        assert asking.listed(db, by=stranger) == []
        with pytest.raises(NotFound):
            asking.own(db, job.id, by=stranger)


def test_ones_jobs_are_listed_newest_first_and_by_what_they_are_about(
    office: AskingOffice, database: Database, moving_clock: MovableClock
) -> None:
    about, by = office.world.bank.id, office.world.by("office")
    older = office.ask("甲")
    moving_clock.forward(seconds=1)
    with database.transaction() as db:
        newer = asking.ask(db, office.work.kind, {"name": "乙"}, label="乙", about=about, by=by, now=clock.now())
    with database.reading() as db:
        assert [job.id for job in asking.listed(db, by=by)] == [newer.id, older.id]
        assert [job.id for job in asking.listed(db, about=about, by=by)] == [newer.id]
        assert asking.listed(db, kind="OTHER", by=by) == []
