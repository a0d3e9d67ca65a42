from typing import Any

import pytest
from callers import Caller
from flask import Flask
from world import World


@pytest.fixture
def office(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("office")


def rows(points: int = 10_00) -> list[dict[str, Any]]:
    kinds = ("SINGLE_CHOICE", "MULTIPLE_CHOICE", "TRUE_FALSE", "FILL_IN", "NUMERIC")
    return [{"work_task": task, "type": kind, "count": 1, "points": points} for task in (1, 2) for kind in kinds]


def test_the_office_adds_a_blueprint_and_draws_a_paper_from_it(office: Caller, world: World) -> None:
    blueprint = office.post(f"/api/banks/{world.bank.id}/blueprints", {"name": "新蓝图", "rows": rows()})
    assert blueprint.status_code == 201
    drawn = office.post(f"/api/blueprints/{blueprint.json['blueprint_id']}/papers", {})
    assert drawn.status_code == 201
    assert sum(question["points"] for question in drawn.json["items"]) == 100_00
    assert [task["practical_task"]["code"] for task in drawn.json["practical_tasks"]] == ["P1", "P2"]
    listed = office.get(f"/api/banks/{world.bank.id}/papers").json["items"]
    assert [line["blueprint"] for line in listed] == ["新蓝图", "蓝图"]
    assert office.get(f"/api/papers/{drawn.json['paper_id']}").json == drawn.json


def test_the_same_seed_draws_the_same_paper_and_no_seed_draws_a_fresh_one(office: Caller, world: World) -> None:
    path = f"/api/blueprints/{world.blueprint.id}/papers"
    one, same = (office.post(path, {"seed": "公开抽取 7"}).json for _ in range(2))
    assert [question["version_id"] for question in one["items"]] == [
        question["version_id"] for question in same["items"]
    ]
    fresh = [office.post(path, {}).json["seed"] for _ in range(2)]
    assert len(set(fresh)) == 2


def test_points_that_do_not_make_the_tasks_shares_are_refused(office: Caller, world: World) -> None:
    refused = office.post(f"/api/banks/{world.bank.id}/blueprints", {"name": "错", "rows": rows(9_00)})
    assert (refused.status_code, refused.json["code"]) == (422, "bad_blueprint")


def test_a_pool_that_is_too_small_is_told_with_both_numbers(office: Caller, world: World) -> None:
    wide = [{"work_task": task, "type": "TRUE_FALSE", "count": 5, "points": 10_00} for task in (1, 2)]
    blueprint = office.post(f"/api/banks/{world.bank.id}/blueprints", {"name": "大", "rows": wide}).json
    refused = office.post(f"/api/blueprints/{blueprint['blueprint_id']}/papers", {})
    assert refused.json["code"] == "pool_too_small"
    assert (refused.json["available"], refused.json["needed"]) == (1, 5)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("username", ["author", "reviewer", "examiner1", "proctor1", "decider"])
def test_papers_are_not_shown_to_people_who_do_not_plan_exams(app: Flask, world: World, username: str) -> None:
    other = Caller(app).log_in(username)
    assert other.get(f"/api/papers/{world.paper.id}").status_code == 403
    assert other.post(f"/api/blueprints/{world.blueprint.id}/papers", {}).status_code == 403
