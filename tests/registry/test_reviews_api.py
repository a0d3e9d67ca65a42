"""The reviews through the service: a whole initiation, who may do what, queries a page costs."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from callers import Caller
from casework import Casework
from flask import Flask
from moments import NINE_IN_SHANGHAI
from reviewing import ALL_TICKED, PANEL, PDF, Reviewing
from sqlalchemy import event

from examsvc.core.db import Database
from examsvc.registry.cases.states import CaseState

pytestmark = pytest.mark.slow

LogIn = Callable[[str], Caller]
CENTRE_ONLY = (
    *("material-check", "reviews", "initiation-conclusion", "selection", "national-reply"),
    *("bureau-consent", "bureau-refusal"),
)


@pytest.fixture
def work(database: Database, moving_clock: object) -> Casework:
    with database.transaction() as db:
        return Casework(db, NINE_IN_SHANGHAI)


@pytest.fixture
def as_(app: Flask) -> LogIn:
    """Who is logged in by their user name, each with a browser of their own."""
    return cache(lambda who: Caller(app).log_in(who))


def _placed(database: Database, work: Casework, state: CaseState) -> str:
    with database.transaction() as db:
        work.db = db
        return str(work.case(state).id)


def _form(data: bytes = PDF, name: str = "文件.pdf", **fields: object) -> dict[str, Any]:
    return {"data": {**{key: str(value) for key, value in fields.items()}, "file": (io.BytesIO(data), name)}}


def _done(answer: Any, status: int = 201) -> Any:
    assert answer.status_code == status, answer.json
    return answer.json


def test_d03_d04_an_initiation_goes_through_from_check_to_selection(
    database: Database, work: Casework, as_: LogIn
) -> None:
    path = f"/api/cases/{_placed(database, work, CaseState.SUBMITTED)}"
    centre = as_("centre1")
    items = [{"item": str(point.item), "ticked": True} for point in ALL_TICKED]
    seen = _done(centre.post(f"{path}/material-check", {"version": 1, "items": items, "conclusion": "PASS"}))
    assert (seen["state"], seen["review_due"]) == ("MATERIALS_CHECKED", "INITIATION")
    found = _done(centre.get(f"{path}/experts", query_string={"q": "expert"}), 200)["items"]
    assert {one["username"] for one in found} == {*PANEL}
    panel = [{"account_id": one["account_id"], "is_chair": not number} for number, one in enumerate(found)]
    review = _done(centre.post(f"{path}/reviews", {"version": seen["version"], "panel": panel}))["reviews"][0]
    for who in PANEL:
        line = _done(as_(who).get("/api/expert/reviews"), 200)["items"][0]
        assert (line["review_id"], line["opinions_given"]) == (review["id"], 0)
        body = {"number": 0, "opinion": "PASS", "text": "同意"}
        _done(as_(who).put(f"/api/expert/reviews/{review['id']}/opinion", body), 200)
    seen = _done(centre.get(f"{path}/reviews"), 200)
    assert seen["reviews"][0]["outstanding"] == []
    body = {"version": seen["version"], "conclusion": "PASS"}
    seen = _done(centre.post(f"/api/reviews/{review['id']}/conclusion", body))
    body = {"version": seen["version"], "conclusion": "PASS", "note": "评估通过"}
    version = _done(centre.post(f"{path}/initiation-conclusion", body))["version"]
    body = {"cases": [{"case_id": path.rpartition("/")[2], "version": version}]}
    sent = _done(centre.post("/api/dispatches", body))
    package = centre.get(f"/api/dispatches/{sent['id']}/package")
    assert zipfile.ZipFile(io.BytesIO(package.data)).testzip() is None
    assert as_("recommender").get(f"/api/dispatches/{sent['id']}/package").status_code == 403
    form = _form(version=version + 1, reply="AGREED", replied_at="2026-11-23T08:59:00+08:00")
    version = _done(centre.post(f"{path}/national-reply", **form))["version"]
    assert _done(centre.post(f"{path}/selection", {"version": version, "is_selected": True}))["state"] == "SELECTED"
    assert _done(as_("expert1").get("/api/expert/reviews"), 200)["items"] == []
    over = _done(as_("expert1").get("/api/expert/reviews?is_open=false"), 200)["items"]
    assert [(line["conclusion"], line["opinion"]) for line in over] == [("PASS", "PASS")]


def test_d07_a_hearing_is_planned_moved_and_recorded(database: Database, work: Casework, as_: LogIn) -> None:
    with database.transaction() as db:
        work.db = db
        review = Reviewing.at(work, CaseState.APPLIED).opened()
        path, version = f"/api/reviews/{review.id}/meetings", review.case.version
    centre = as_("centre1")
    plan = {"starts_at": "2026-11-24T09:00:00+08:00", "place": "示例路 1 号"}
    seen = _done(centre.post(path, {**plan, "version": version, "kind": "HEARING"}))
    one = f"{path}/{seen['reviews'][0]['meetings'][0]['id']}"
    moved = {**plan, "place": "示例路 2 号", "starts_at": "2026-11-23T08:00:00+08:00", "agenda": "答辩"}
    version = _done(centre.put(one, {**moved, "version": seen["version"]}), 200)["version"]
    fields = {"version": version, "minutes": "记录", "result": "PASS"}
    early = centre.post(f"{one}/minutes", **_form(held_at="2026-11-23T09:00:01+08:00", **fields))
    assert (early.status_code, early.json["code"]) == (422, "not_yet_held")
    seen = _done(centre.post(f"{one}/minutes", **_form(held_at="2026-11-23T09:00:00+08:00", **fields)))
    held = seen["reviews"][0]["meetings"][0]
    assert (held["place"], held["result"], held["minutes"]) == ("示例路 2 号", "PASS", "记录")
    assert seen["reviews"][0]["outstanding"] == ["OPINIONS", "PANEL", "SITE_VISIT"]
    hidden = _done(as_("applicant").get(f"/api/cases/{review.case_id}/reviews"), 200)["reviews"][0]
    assert (hidden["panellists"], hidden["history"]) == ([], [])
    shown = [(meeting["place"], meeting["minutes"], meeting["result"]) for meeting in hidden["meetings"]]
    assert shown == [("示例路 2 号", "", None)]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("data", "name", "status", "code"),
    [
        (PDF, "同意.docx", 422, "file_type_differs"),
        (PDF, "../同意.pdf", 422, "bad_file_name"),
        (b"<html>", "同意.pdf", 422, "unsupported_file"),
    ],
)
def test_d10_the_bureaus_document_is_a_real_file(
    database: Database, work: Casework, as_: LogIn, data: bytes, name: str, status: int, code: str
) -> None:
    path = f"/api/cases/{_placed(database, work, CaseState.SCHEME_ASSESSED)}"
    refused = as_("bureau").post(f"{path}/bureau-consent", **_form(data, name, version=1))
    assert (refused.status_code, refused.json["code"]) == (status, code)
    missing = as_("bureau").post(f"{path}/bureau-consent", data={"version": "1"})
    assert missing.status_code == 422
    assert _done(as_("bureau").post(f"{path}/bureau-consent", **_form(version=1)))["state"] == "BUREAU_AGREED"


@pytest.mark.sqlite_only
@pytest.mark.parametrize("who", ["recommender", "expert1", "applicant", "district", "inner", "bureau"])
def test_nobody_but_the_centre_checks_appoints_concludes_and_selects(
    database: Database, work: Casework, as_: LogIn, who: str
) -> None:
    path = f"/api/cases/{_placed(database, work, CaseState.SUBMITTED)}"
    paths = [f"{path}/{verb}" for verb in CENTRE_ONLY if who != "bureau" or not verb.startswith("bureau")]
    paths += ["/api/dispatches", f"/api/reviews/{path[-36:]}/conclusion", f"/api/reviews/{path[-36:]}/meetings"]
    assert {as_(who).post(one, {}).status_code for one in paths} == {403}
    assert as_(who).get(f"{path}/experts").status_code == 403


def test_a12_an_expert_probes_in_vain_for_reviews_that_are_not_his(
    database: Database, work: Casework, as_: LogIn
) -> None:
    with database.transaction() as db:
        work.db = db
        review_id = Reviewing.at(work, CaseState.MATERIALS_CHECKED).opened().id
    foreign, unknown = as_("insider"), work.accounts["insider"].id
    body = {"number": 0, "opinion": "PASS", "text": "同意"}
    for path in (f"/api/expert/reviews/{review_id}", f"/api/expert/reviews/{unknown}"):
        standing_down = foreign.post(f"{path}/interest", {"what": "无"})
        answers = [foreign.get(path), foreign.put(f"{path}/opinion", body), standing_down]
        assert {(answer.status_code, answer.json["code"]) for answer in answers} == {(404, "not_found")}


def test_a12_an_expert_declares_an_interest_and_loses_the_case(database: Database, work: Casework, as_: LogIn) -> None:
    with database.transaction() as db:
        work.db = db
        review = Reviewing.at(work, CaseState.MATERIALS_CHECKED).opened()
    expert, path = as_("expert2"), f"/api/expert/reviews/{review.id}"
    assert expert.get(f"/api/cases/{review.case_id}/reviews").status_code == 200
    assert expert.post(f"{path}/interest", {"what": "近亲属在该机构任职"}).status_code == 204
    assert expert.get(f"/api/cases/{review.case_id}/reviews").status_code == 404
    assert [one["what"] for one in expert.get("/api/expert/interests").json["items"]] == ["近亲属在该机构任职"]
    longer = "\ufb03" + "0" * 17  # 18 characters, but 20 once ﬃ is written plainly
    assert (
        expert.post("/api/expert/interests", {"what": "错误代码", "credit_code": longer}).json["code"]
        == "bad_credit_code"
    )
    refused = expert.post("/api/expert/interests", {"what": "未写明对象"})
    assert (refused.status_code, refused.json["code"]) == (422, "interest_without_object")


def test_an_experts_list_costs_one_query_a_page_whatever_its_size(
    database: Database, work: Casework, as_: LogIn
) -> None:
    with database.transaction() as db:
        work.db = db
        for number in range(7):
            one = Reviewing.at(work, CaseState.MATERIALS_CHECKED)
            work.now = NINE_IN_SHANGHAI - timedelta(minutes=number)
            one.opened()
    expert, names, after = as_("expert1"), [], None
    with _counted(database) as statements:
        while True:
            query = {"limit": 3, "after": after} if after else {"limit": 3}
            page = _done(expert.get("/api/expert/reviews", query_string=query), 200)
            names += [line["case"]["number"] for line in page["items"]]
            after = page["next"]
            if after is None:
                break
    assert len(names) == len(set(names)) == 7
    lists = [text for text in statements if "panellists" in text]
    assert len(lists) == 3
    assert len(statements) <= 3 * 3


class _counted:  # noqa: N801 (reads as a verb)
    """The SELECT statements that ran inside."""

    def __init__(self, database: Database) -> None:
        self.engine, self.statements = database.engine, list[str]()

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            self.statements.append(statement)

    def __enter__(self) -> list[str]:
        event.listen(self.engine, "before_cursor_execute", self._note)
        return self.statements

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)
