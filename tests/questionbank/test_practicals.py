from typing import Any

import pytest
from callers import Caller
from flask import Flask
from world import World

from examsvc.core.db import Database
from questionbank import drawing

STEPS = [{"value": value, "text": ""} for value in (0, 40_00, 100_00)]
CRITERION = {"kind": "MEASUREMENT", "text": "完成", "guidance": "看结果", "values": STEPS}


@pytest.fixture
def author(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("author")


def a_task(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "code": "P-9",
        "work_task_id": str(world.bank.specification.work_tasks[0].id),
        "title": "撰写提示词",
        "brief": "按通知单完成。",
        "minutes": 40,
        "criteria": [CRITERION, {"kind": "VETO", "text": "泄露信息", "values": [{"value": 0}]}],
        **changes,
    }


def path(world: World) -> str:
    return f"/api/banks/{world.bank.id}/practical-tasks"


def write(author: Caller, world: World, **changes: Any) -> Any:
    return author.post(path(world), a_task(world, **changes))


def test_a_practical_task_is_written_with_its_criteria_in_order(author: Caller, world: World) -> None:
    task_id = write(author, world).json["practical_task_id"]
    task = author.get(f"/api/practical-tasks/{task_id}").json
    assert [(one["number"], one["kind"], one["most"]) for one in task["criteria"]] == [
        (1, "MEASUREMENT", 100_00),
        (2, "VETO", 0),
    ]
    assert task["work_task"]["number"] == 1


def with_values(kind: str, *values: int) -> dict[str, Any]:
    return {**CRITERION, "kind": kind, "values": [{"value": value} for value in values]}


@pytest.mark.parametrize(
    ("criteria", "field", "fault"),
    [
        ([with_values("MEASUREMENT", 0, 99_99)], "criteria", "not_hundred"),
        ([with_values("MEASUREMENT", 0, 50_00), with_values("DEDUCTION", 0, 50_00)], "criteria", "not_hundred"),
        ([with_values("JUDGEMENT", 100_00)], "criteria.0.values", "values_unfit"),
        ([with_values("JUDGEMENT", 10_00, 100_00)], "criteria.0.values", "values_unfit"),
        ([CRITERION, with_values("DEDUCTION", 0, 5_00, 5_00)], "criteria.1.values", "values_unfit"),
        ([CRITERION, with_values("VETO", 0, 1_00)], "criteria.1.values", "values_unfit"),
    ],
)
def test_criteria_without_their_marks_or_without_100_points_are_refused(
    author: Caller, world: World, criteria: list[Any], field: str, fault: str
) -> None:
    answer = write(author, world, criteria=criteria)
    assert (answer.status_code, answer.json["code"]) == (422, "bad_practical_task")
    assert (answer.json["field"], answer.json["fault"]) == (field, fault)


def test_a_code_is_given_once(author: Caller, world: World) -> None:
    assert write(author, world, code="P1").json["code"] == "code_taken"


def test_a_work_task_of_another_specification_is_refused(author: Caller, world: World) -> None:
    assert write(author, world, work_task_id=str(world.bank.id)).status_code == 404


def test_a_task_is_changed_until_a_paper_has_it(author: Caller, database: Database, world: World) -> None:
    task_id = write(author, world).json["practical_task_id"]
    changed = author.put(f"/api/practical-tasks/{task_id}", a_task(world, title="改题", criteria=[CRITERION]))
    assert (changed.json["title"], len(changed.json["criteria"])) == ("改题", 1)
    with database.transaction() as db:
        drawing.draw_paper(db, world.blueprint.id, seed="another", by=world.by("office"), now=world.now)
    refused = author.put(f"/api/practical-tasks/{task_id}", a_task(world))
    assert (refused.status_code, refused.json["code"]) == (409, "practical_task_in_use")


def test_only_authors_write_practical_tasks(app: Flask, world: World) -> None:
    assert write(Caller(app).log_in("office"), world).status_code == 403
