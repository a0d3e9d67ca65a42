"""The office divides the marking: two people and an arbiter for each question, or for all of them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from callers import Caller
from flask import Flask
from papers_in_writing import Desk, answers_to
from world import World

from examsvc.core import audit
from examsvc.core.db import Database
from questionbank.models import Paper

Open = Callable[[str], Desk]
Sit = Callable[..., None]


def lines(world: World, *names: str, version: UUID | str | None = None) -> list[dict[str, Any]]:
    """Return duties: the last of the names arbitrates."""
    duties = ["MARKER"] * (len(names) - 1) + ["ARBITER"]
    return [
        {"account_id": str(world.staff[name].id), "duty": duty, "item_version_id": str(version) if version else None}
        for name, duty in zip(names, duties, strict=True)
    ]


def put(app: Flask, world: World, duties: list[dict[str, Any]], **rule: int) -> Any:
    path = f"/api/exam-sessions/{world.exam_session.id}/written-marking"
    return Caller(app).log_in("office").put(path, {"tolerance": 10, "step": 50, **rule, "duties": duties})


ALL = ("examiner1", "examiner2", "examiner3")


def test_one_person_marks_one_question_across_all_candidates(
    written: Paper, world: World, app: Flask, sit: Sit, desk: Open
) -> None:
    path = f"/api/exam-sessions/{world.exam_session.id}/written-marking"
    asked = Caller(app).log_in("office").get(path).json["questions"]
    others = lines(world, "examiner2", "examiner3", "examiner1", version=asked[0]["version_id"])
    answer = put(app, world, lines(world, *ALL) + others)
    assert answer.status_code == 200, answer.json
    for enrolment in world.enrolments[:2]:
        sit(enrolment, answers_to(written))
    own = desk("examiner1").session()["questions"]
    assert [(line["duty"], line["answers"]) for line in own] == [
        ("ARBITER", 0), ("MARKER", 2), ("MARKER", 4), ("MARKER", 4),
    ]  # fmt: skip
    third = desk("examiner3").session()["questions"]
    assert [line["duty"] for line in third] == ["MARKER", "ARBITER", "ARBITER", "ARBITER"]


@pytest.mark.parametrize(
    "names",
    [("examiner1", "examiner3"), ("examiner1", "examiner2", "examiner1"), ("examiner1", "examiner1", "examiner3")],
)
def test_every_question_needs_two_and_a_third(written: Paper, world: World, app: Flask, names: tuple[str, ...]) -> None:
    assert put(app, world, lines(world, *names)).json["code"] == "written_duties_incomplete"


def test_only_active_examiners_mark(written: Paper, world: World, app: Flask) -> None:
    assert put(app, world, lines(world, "examiner1", "proctor1", "examiner3")).json["code"] == "not_an_examiner"


def test_only_the_office_divides(written: Paper, world: World, app: Flask) -> None:
    path = f"/api/exam-sessions/{world.exam_session.id}/written-marking"
    for name in ("examiner1", "decider", "supervisor"):
        answer = Caller(app).log_in(name).put(path, {"tolerance": 10, "step": 50, "duties": lines(world, *ALL)})
        assert answer.status_code == 403


def test_a_question_of_another_paper_is_not_found(written: Paper, world: World, app: Flask) -> None:
    foreign = world.paper.items[0].item_version_id
    answer = put(app, world, lines(world, *ALL) + lines(world, *ALL, version=foreign))
    assert answer.status_code == 404


def test_the_same_division_again_records_nothing(written: Paper, world: World, app: Flask, database: Database) -> None:
    first, again = (put(app, world, lines(world, *ALL)).json for _ in range(2))
    assert first == again
    with database.reading() as db:
        told = [entry.action for entry in audit.history(db, world.exam_session.audit_stream)]
    assert told.count("written_marking.divided") == 1


def test_who_has_marked_stays_and_the_rule_with_them(
    divided: Paper, world: World, app: Flask, sit: Sit, desk: Open
) -> None:
    sit(world.enrolments[0], answers_to(divided))
    desk("examiner1").mark_all(50)
    assert put(app, world, lines(world, "examiner3", "examiner2", "examiner1")).json["code"] == "examiner_has_marked"
    assert put(app, world, lines(world, *ALL), tolerance=20).json["code"] == "written_marking_begun"
    assert put(app, world, lines(world, "examiner1", "examiner3", "examiner2")).status_code == 200


def test_the_division_names_the_tolerance_and_the_step(written: Paper, world: World, app: Flask) -> None:
    view = put(app, world, lines(world, *ALL), tolerance=25, step=100).json
    assert (view["tolerance"], view["step"], view["state"], view["has_marks"]) == (25, 100, "OPEN", False)
    assert view["missing"] == {"unmarked": 0, "disputed": 0, "sittings": 3}
    assert [question["number"] for question in view["questions"]] == [3, 4, 5, 6]
