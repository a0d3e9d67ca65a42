"""职业分类大典 2022: searched, completed by the centre, never completed by us."""

import time

import pytest
from callers import Caller
from casework import Casework
from flask import Flask
from moments import NINE_IN_SHANGHAI
from recommendations import fields, opened

from examsvc.core import audit
from examsvc.core.db import Database
from examsvc.registry.occupations import service
from examsvc.registry.occupations.dictionary import DETAIL, MINOR, level_of, of_2022
from examsvc.registry.occupations.errors import NotAMinorGroup, UnknownOccupation
from examsvc.registry.recommending import rows

UNNAMED = "1-01-00"
NEW = {"code": "4-04-05-90", "name": "智能体开发员", "source_notice": "人社厅发〔2026〕1号", "digital": True}


@pytest.fixture
def work(database: Database) -> Casework:
    with database.transaction() as db:
        return Casework(db, NINE_IN_SHANGHAI)


def test_b04_the_dictionary_holds_what_the_data_set_holds() -> None:
    lines = list(of_2022())
    named = [one for one in lines if one.name]
    assert [sum(one.level == level for one in named) for level in (1, 2, 3, 4)] == [8, 72, 336, 1632]
    assert sum(one.name is None for one in lines) == 100
    assert all(level_of(one.code) == one.level for one in lines)
    first = of_2022().get("2-02-02-01")
    assert first is not None
    assert (first.name, first.digital, first.green) == ("大地测量工程技术人员", True, True)


def test_h05_a_group_without_a_name_shows_its_code_and_the_occupations_under_it() -> None:
    group = of_2022().minor_group(UNNAMED)
    assert (group.name, group.level) == (None, MINOR)
    assert service.shown(of_2022(), group)["examples"] == ["中国共产党机关负责人", "中国共产党基层组织负责人"]
    only_itself = of_2022().minor_group("1-02-01")
    assert service.shown(of_2022(), only_itself)["examples"] == ["国家权力机关负责人"]


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("4", NotAMinorGroup),
        ("4-04", NotAMinorGroup),
        ("4-04-05-01", NotAMinorGroup),
        ("4-04-98", UnknownOccupation),
        ("9-04-05", UnknownOccupation),
        ("0-04-05", UnknownOccupation),
        ("４-０４-０５", UnknownOccupation),
        ("4-4-5", UnknownOccupation),
        ("4-04-05\n", UnknownOccupation),
        ("", UnknownOccupation),
    ],
)
def test_h05_only_a_minor_group_of_the_dictionary_is_taken(code: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        of_2022().minor_group(code)
    assert of_2022().minor_group("4-04-05").name == "软件和信息技术服务人员"


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        ("4-04-05", "4-04-05"),
        ("软件和信息", "4-04-05"),
        ("软件 服务", "4-04-05"),
        ("人工智能训练师", "4-04-05"),
        ("4-04", "4-04-01"),
        ("4-04 软件", "4-04-05"),
        ("", "1-01-00"),
    ],
)
def test_the_dictionary_is_searched_by_code_and_by_words(wanted: str, first: str) -> None:
    found = of_2022().search(wanted, level=MINOR, most=50)
    assert found[0].code == first
    assert len(found) <= 50
    assert {one.level for one in found} == {MINOR}


def test_what_is_not_there_is_not_found_and_a_search_is_quick() -> None:
    assert of_2022().search("没有这种职业", level=None, most=50) == []
    began = time.perf_counter()
    for _ in range(20):
        of_2022().search("员", level=DETAIL, most=50)
    assert (time.perf_counter() - began) / 20 < 0.05


def test_the_centre_names_a_group_and_the_draft_rows_have_the_name(
    app: Flask, database: Database, work: Casework
) -> None:
    with database.transaction() as db:
        batch = opened(db, **work.act("recommender"))
        case = rows.add_row(db, batch.id, fields(occupation_code=UNNAMED), **work.act("recommender"))
        assert case.occupation_name == ""
    department, centre = Caller(app).log_in("recommender"), Caller(app).log_in("centre1")
    body = {"name": "中国共产党机关和基层组织负责人"}
    assert department.put(f"/api/occupations/{UNNAMED}/name", body).json["code"] == "not_allowed"
    named = centre.put(f"/api/occupations/{UNNAMED}/name", body)
    assert (named.status_code, named.json["name"], named.json["examples"]) == (200, body["name"], [])
    assert "2022" in named.json["source_notice"]
    again = centre.put(f"/api/occupations/{UNNAMED}/name", {"name": "改正", "source_notice": "更正通知"})
    assert (again.json["name"], again.json["source_notice"]) == ("改正", "更正通知")
    row = department.get(f"/api/recommendations/{batch.id}").json["rows"][0]
    assert row["occupation_name"] == "改正"
    assert "occupation_unnamed" not in [problem["code"] for problem in row["problems"]]
    with database.reading() as db:
        assert [entry.action for entry in audit.history(db, f"occupation:{UNNAMED}")] == ["occupation.named"] * 2


@pytest.mark.parametrize(
    ("code", "refused"),
    [("4-04-05", "occupation_named"), ("4-04", "not_a_minor_group"), ("4-04-98", "unknown_occupation")],
)
def test_a_name_of_the_dictionary_is_never_changed(app: Flask, work: Casework, code: str, refused: str) -> None:
    centre = Caller(app).log_in("centre1")
    assert centre.put(f"/api/occupations/{code}/name", {"name": "别的名称"}).json["code"] == refused


def test_b04_an_occupation_published_later_is_appended_with_its_notice(app: Flask, work: Casework) -> None:
    centre, department = Caller(app).log_in("centre1"), Caller(app).log_in("recommender")
    assert department.post("/api/occupations", NEW).json["code"] == "not_allowed"
    added = centre.post("/api/occupations", NEW)
    assert (added.status_code, added.json["source_notice"], added.json["digital"]) == (201, NEW["source_notice"], True)
    (found,) = department.get("/api/occupations?q=智能体开发员&level=4").json["items"]
    assert found["code"] == NEW["code"]
    assert department.get("/api/occupations?q=智能体开发员").json["items"][0]["code"] == "4-04-05"
    assert centre.post("/api/occupations", NEW).json["code"] == "occupation_known"


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"code": "4-04"}, 422, "bad_occupation_code"),
        ({"code": "<b>"}, 422, "bad_occupation_code"),
        ({"code": "4-04-97-01"}, 422, "unknown_occupation"),
        ({"code": "4-04-05"}, 409, "occupation_known"),
        ({"source_notice": " "}, 422, "invalid"),
        ({"name": ""}, 422, "invalid"),
        ({"name": "<b>员</b>"}, 422, "html_in_text"),
    ],
)
def test_an_appended_occupation_needs_a_code_a_group_and_a_notice(
    app: Flask, work: Casework, changed: dict[str, str], status: int, code: str
) -> None:
    answer = Caller(app).log_in("centre1").post("/api/occupations", {**NEW, **changed})
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_a_new_group_may_be_appended_before_its_occupations(app: Flask, work: Casework) -> None:
    centre = Caller(app).log_in("centre1")
    assert centre.post("/api/occupations", {**NEW, "code": "4-04-90", "name": "智能服务人员"}).status_code == 201
    assert centre.post("/api/occupations", {**NEW, "code": "4-04-90-01"}).status_code == 201
    assert centre.get("/api/occupations?q=4-04-90").json["items"][0]["name"] == "智能服务人员"
    corrected = centre.put("/api/occupations/4-04-90/name", {"name": "智能技术服务人员"}).json
    assert (corrected["name"], corrected["source_notice"]) == ("智能技术服务人员", NEW["source_notice"])
