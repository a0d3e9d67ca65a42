"""Sets of papers and large files are drawn and taken over by the worker, for whoever asked."""

import io
import threading
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from sqlalchemy import func, select
from world import World

from examsvc import worker
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.jobs.errors import JobOvertaken
from examsvc.core.jobs.kinds import Asked
from examsvc.core.jobs.progress import Progress
from questionbank import draw_jobs, drawing, redrawing
from questionbank.importing.jobs import MOST_AT_ONCE
from questionbank.lifecycle import ItemState
from questionbank.models import ItemVersion, Paper, PaperDraw

GIFT = "::G{number}::{number} 是整数。{{TRUE}}\n\n"


@pytest.fixture
def office(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("office")


@pytest.fixture
def author(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("author")


def draw(office: Caller, world: World, **order: Any) -> Any:
    body = {"kind": "INDIVIDUAL", "count": 4, "seed": "公开", **order}
    asked = office.post(f"/api/blueprints/{world.blueprint.id}/paper-sets", body)
    assert asked.status_code == 202, asked.json
    return asked.json


def look(author: Caller, world: World, count: int) -> Any:
    task = author.get(f"/api/banks/{world.bank.id}").json["work_tasks"][0]
    text = "".join(GIFT.format(number=number) for number in range(count))
    data = {
        "file": (io.BytesIO(text.encode()), "题.txt"),
        "knowledge_point_id": task["knowledge_points"][0]["knowledge_point_id"],
    }
    return author.post(f"/api/banks/{world.bank.id}/imports", data=data).json


def take(author: Caller, found: Any) -> Any:
    return author.post(f"/api/imports/{found['import_id']}/taking", {"leave_errors": False})


def test_a_form_for_each_candidate_is_drawn_by_the_worker_and_can_be_proved(
    office: Caller, world: World, database: Database
) -> None:
    asked = draw(office, world)
    assert (asked["kind"], asked["state"], asked["label"], asked["about"]) == (
        "DRAW",
        "WAITING",
        "蓝图",
        str(world.bank.id),
    )
    assert worker.run_jobs_once(database) == 1
    done = office.get(f"/api/jobs/{asked['job_id']}").json
    assert (done["state"], done["refusal"], done["result"]["count"]) == ("DONE", None, 4)
    papers = office.get(f"/api/paper-sets/{done['result']['draw_id']}").json["papers"]
    assert [paper["form_number"] for paper in papers] == [1, 2, 3, 4]
    with database.reading() as db:
        for paper in db.scalars(select(Paper).filter_by(seed="公开")):
            assert all(step.holds for step in redrawing.steps(db, paper.id))
            assert [entry.actor for entry in audit.history(db, paper.audit_stream)] == [str(world.staff["office"].id)]


def test_a_second_click_draws_no_second_set(office: Caller, world: World, database: Database) -> None:
    first = draw(office, world, seed=None)
    assert draw(office, world, seed=None)["job_id"] == first["job_id"]
    worker.run_jobs_once(database)
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(PaperDraw).where(PaperDraw.count == 4)) == 1


def test_a_bank_that_lost_its_items_refuses_with_what_is_missing(
    office: Caller, world: World, database: Database
) -> None:
    asked = draw(office, world)
    with database.transaction() as db:
        for version in db.scalars(select(ItemVersion).filter_by(type="NUMERIC")):
            version.state = ItemState.RETIRED
    worker.run_jobs_once(database)
    refused = office.get(f"/api/jobs/{asked['job_id']}").json
    assert (refused["state"], refused["refusal"]["code"]) == ("REFUSED", "no_form")
    assert refused["refusal"]["conflict"]


def test_what_was_drawn_from_a_bank_that_changed_meanwhile_is_not_stored(
    world: World, database: Database, moving_clock: MovableClock
) -> None:
    by = world.by("office")
    order = {"kind": "INDIVIDUAL", "count": 2, "overlap": 0, "seed": "公开", "seen_paper_ids": []}
    asked = Asked({"blueprint_id": str(world.blueprint.id), **order}, by, moving_clock())
    write = draw_jobs.KIND.prepare(database, asked, Progress(threading.Event()))
    with database.transaction() as db:
        drawing.draw_paper(db, world.blueprint.id, seed="between", by=by, now=moving_clock())
    with pytest.raises(JobOvertaken), database.transaction() as db:
        write(db, moving_clock())
    again = draw_jobs.KIND.prepare(database, asked, Progress(threading.Event()))
    with database.transaction() as db:
        assert again(db, moving_clock())["count"] == 2


def test_a_job_is_called_off_by_whoever_asked(office: Caller, author: Caller, world: World, database: Database) -> None:
    path = f"/api/jobs/{draw(office, world)['job_id']}"
    assert author.post(f"{path}/cancel").status_code == 404
    assert office.post(f"{path}/cancel").json["state"] == "CANCELLED"
    assert office.post(f"{path}/cancel").json["code"] == "job_over"
    assert worker.run_jobs_once(database) == 0


def test_ones_jobs_are_found_again_by_what_they_are_about(
    office: Caller, author: Caller, world: World, moving_clock: MovableClock
) -> None:
    job = draw(office, world)
    path = f"/api/jobs?kind=DRAW&about={world.bank.id}"
    assert [one["job_id"] for one in office.get(path).json["items"]] == [job["job_id"]]
    assert author.get("/api/jobs").json["items"] == []
    assert author.get(f"/api/jobs/{job['job_id']}").status_code == 404


def test_a_large_file_is_taken_over_by_the_worker(author: Caller, world: World, database: Database) -> None:
    found = look(author, world, MOST_AT_ONCE + 1)
    asked = take(author, found)
    assert (asked.status_code, asked.json["kind"], asked.json["label"]) == (202, "IMPORT", "题.txt")
    assert take(author, found).json["job_id"] == asked.json["job_id"]
    assert worker.run_jobs_once(database) == 1
    done = author.get(f"/api/jobs/{asked.json['job_id']}").json
    assert (done["state"], done["done"], done["total"]) == ("DONE", done["total"], MOST_AT_ONCE + 1)
    assert done["result"]["outcomes"]["NEW"] == MOST_AT_ONCE + 1
    assert author.get(f"/api/imports/{found['import_id']}").json["state"] == "TAKEN"
    page = author.get(f"/api/banks/{world.bank.id}/items?state=DRAFT").json
    assert (page["total"], page["items"][0]["author"]) == (MOST_AT_ONCE + 1, world.by("author").name)
    assert take(author, found).json["code"] == "import_taken"


def test_a_small_file_is_taken_over_at_once(author: Caller, world: World) -> None:
    taken = take(author, look(author, world, 2))
    assert (taken.status_code, taken.json["state"]) == (200, "TAKEN")


def test_a_file_taken_over_by_a_job_that_was_called_off_leaves_nothing(
    author: Caller, world: World, database: Database
) -> None:
    found = look(author, world, MOST_AT_ONCE + 1)
    job = take(author, found).json
    author.post(f"/api/jobs/{job['job_id']}/cancel")
    worker.run_jobs_once(database)
    assert author.get(f"/api/imports/{found['import_id']}").json["state"] == "LOOKED_AT"
    assert take(author, found).json["job_id"] != job["job_id"]


def test_as_many_forms_as_a_great_examination_needs_may_be_asked_for(office: Caller, world: World) -> None:
    assert draw(office, world, count=5_000)["state"] == "WAITING"
    path = f"/api/blueprints/{world.blueprint.id}/paper-sets"
    assert office.post(path, {"kind": "INDIVIDUAL", "count": 5_001}).status_code == 422


@pytest.mark.sqlite_only
def test_of_many_forms_the_list_of_papers_holds_the_first(office: Caller, world: World, database: Database) -> None:
    draw(office, world, count=30)
    worker.run_jobs_once(database)
    listed = office.get(f"/api/banks/{world.bank.id}/papers").json["items"]
    forms = [paper["form_number"] for paper in listed if paper["form_count"] == 30]
    assert forms == list(range(1, 27))
    assert {(paper["question_count"], paper["practical_count"]) for paper in listed} == {(10, 2)}
