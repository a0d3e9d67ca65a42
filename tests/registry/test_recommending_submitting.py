"""Handing in inside the window, whole or not at all; taking back what was returned; withdrawing."""

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from callers import Caller
from casework import OTHER_CREDIT_CODE, Casework
from flask import Flask
from recommendations import PDF, ROW, added, complete, fields, opened

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.errors import Refusal
from examsvc.registry.cases import service as cases
from examsvc.registry.cases import uploads
from examsvc.registry.cases.models import BatchState, Case, Recommendation
from examsvc.registry.cases.states import CaseState
from examsvc.registry.recommending import rows, scans, submitting

pytestmark = pytest.mark.slow

BATCHES = "/api/recommendations"
# The first and the last second of windows, and the seconds beside them, in UTC: midnight in Shanghai is 16:00 UTC.
EDGES = [
    ("2026-11-19T15:59:59", False),
    ("2026-11-19T16:00:00", True),
    ("2026-11-19T16:00:01", True),
    ("2026-11-30T15:59:58", True),
    ("2026-11-30T15:59:59", True),
    ("2026-11-30T16:00:00", False),
    ("2026-11-30T16:00:01", False),
    ("2026-02-28T15:59:59", True),
    ("2026-02-28T16:00:00", False),
    ("2028-02-29T15:59:59", True),
    ("2028-02-29T16:00:00", False),
    ("2026-08-30T15:59:59", True),
    ("2026-08-30T16:00:00", False),
    ("2026-05-31T04:00:00", False),
    ("2026-10-25T04:00:00", False),
]


@pytest.fixture
def work(database: Database, moving_clock: MovableClock) -> Casework:
    with database.transaction() as db:
        return Casework(db, moving_clock())


@pytest.fixture
def batch(database: Database, work: Casework) -> Recommendation:
    with database.transaction() as db:
        return complete(db, work.by("recommender"), work.now)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("instant", "is_open"), EDGES)
def test_e01_e02_a_batch_is_received_in_its_window_to_the_second(
    app: Flask, database: Database, work: Casework, moving_clock: MovableClock, instant: str, is_open: bool
) -> None:
    moving_clock.at = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    with database.transaction() as db:
        batch = complete(db, work.by("recommender"), moving_clock())
    department = Caller(app).log_in("recommender")
    answer = department.post(f"{BATCHES}/{batch.id}/submission", {"version": batch.version})
    whole = department.get(f"{BATCHES}/{batch.id}").json
    assert (answer.status_code, whole["window"]["is_open"]) == (200 if is_open else 409, is_open)
    assert whole["state"] == ("SUBMITTED" if is_open else "DRAFT")
    if not is_open:
        assert answer.json["code"] == "out_of_window"
        assert datetime.fromisoformat(answer.json["opens_at"]) > moving_clock()


def test_d01_d02_a_complete_batch_goes_in_whole_in_the_order_of_priority(
    app: Flask, database: Database, batch: Recommendation, work: Casework
) -> None:
    department, centre = Caller(app).log_in("recommender"), Caller(app).log_in("centre1")
    path = f"{BATCHES}/{batch.id}"
    before = department.get(path).json
    assert (before["missing"], before["window"]["is_open"]) == ([], True)
    assert centre.get(path).status_code == 404
    answer = department.post(f"{path}/submission", {"version": before["version"]}).json
    assert (answer["state"], answer["submitted_at"], answer["version"]) == (
        "SUBMITTED",
        "2026-11-23T01:00:00+00:00",
        before["version"] + 1,
    )
    seen = centre.get(path).json
    told = [(row["position"], row["scheme_name"], row["state"], row["waits_for"]) for row in seen["rows"]]
    assert told == [
        (1, "人工智能模型运用", "SUBMITTED", "REGISTRAR"),
        (2, "智能体应用", "SUBMITTED", "REGISTRAR"),
    ]
    assert centre.get(BATCHES).json["items"][0]["row_count"] == 2
    with database.reading() as db:
        for row in seen["rows"]:
            assert [entry.action for entry in audit.history(db, f"case:{row['id']}")][-1] == "case.submitted"
            assert audit.verify(db, f"case:{row['id']}") is None


def test_d02_nothing_goes_in_while_anything_is_missing(app: Flask, database: Database, work: Casework) -> None:
    department = Caller(app).log_in("recommender")
    with database.transaction() as db:
        batch = opened(db, **work.act("recommender"))
    path = f"{BATCHES}/{batch.id}"

    def refused() -> dict[str, Any]:
        answer = department.post(f"{path}/submission", {"version": department.get(path).json["version"]})
        assert (answer.status_code, answer.json["code"]) == (422, "recommendation_incomplete")
        found: dict[str, Any] = answer.json
        return found

    assert refused()["missing"] == ["rows_missing", "sealed_scan_missing"]
    with database.transaction() as db:
        added(db, batch.id, "完整的项目", **work.act("recommender"))
        bare = rows.add_row(db, batch.id, fields(scheme_name="没有附件的项目"), **work.act("recommender"))
        scans.keep_scan(db, batch.id, uploads.checked("附件1.pdf", PDF), **work.act("recommender"))
    told = refused()
    assert told["missing"] == ["rows_have_errors"]
    (row,) = told["rows"]
    assert (row["case_id"], row["position"]) == (str(bare.id), 2)
    assert {problem["code"] for problem in row["problems"]} == {
        "proposal_section_missing",
        "definition_missing",
        "work_tasks_missing",
    }
    with database.reading() as db:
        assert {case.state for case in db.get_one(Recommendation, batch.id).cases} == {CaseState.DRAFT}


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"credit_code": "111111111111111111"}, "credit_code_sample"),
        ({"credit_code": "111111111111111115"}, "credit_code_authority"),
        ({"credit_code": "91310000MA1FL0AB1Y"}, "bad_credit_code"),
        ({"scheme_name": "智能体应用"}, "scheme_name_repeated"),
        ({"occupation_code": "1-01-00"}, "occupation_unnamed"),
    ],
)
def test_h11_c05_h07_h05_a_row_with_an_error_keeps_the_whole_batch_back(
    database: Database, batch: Recommendation, work: Casework, changed: dict[str, Any], code: str
) -> None:
    with database.transaction() as db:
        case = db.get_one(Recommendation, batch.id).cases[0]
        rows.change_row(db, case.id, case.version, fields(**changed), **work.act("recommender"))
        scans.keep_scan(db, batch.id, uploads.checked("附件1.pdf", PDF + b"2"), **work.act("recommender"))
    with pytest.raises(Refusal) as refused, database.transaction() as db:
        version = db.get_one(Recommendation, batch.id).version
        submitting.submit(db, batch.id, version, **work.act("recommender"))
    assert refused.value.extra["missing"] == ["rows_have_errors"]
    assert code in str(refused.value.extra["rows"])


def test_a_warning_keeps_nothing_back(database: Database, batch: Recommendation, work: Casework) -> None:
    with database.transaction() as db:
        case = db.get_one(Recommendation, batch.id).cases[0]
        named = fields(scheme_name="人工智能训练师", credit_code=OTHER_CREDIT_CODE)
        rows.change_row(db, case.id, case.version, named, **work.act("recommender"))
        scans.keep_scan(db, batch.id, uploads.checked("附件1.pdf", PDF + b"2"), **work.act("recommender"))
        version = db.get_one(Recommendation, batch.id).version
        assert submitting.submit(db, batch.id, version, **work.act("recommender")).state == BatchState.SUBMITTED


def test_a_batch_that_somebody_changed_meanwhile_is_not_submitted(
    app: Flask, batch: Recommendation, work: Casework
) -> None:
    department = Caller(app).log_in("recommender")
    path = f"{BATCHES}/{batch.id}"
    version = department.get(path).json["version"]
    department.post(f"{path}/rows", {**ROW, "scheme_name": "刚加的"})
    answer = department.post(f"{path}/submission", {"version": version})
    assert (answer.status_code, answer.json["code"]) == (409, "recommendation_moved_on")


def test_of_two_who_submit_at_once_one_does(
    app: Flask, database: Database, batch: Recommendation, work: Casework
) -> None:
    callers = [Caller(app).log_in("recommender") for _ in range(2)]
    together, answers = threading.Barrier(2), []

    def submit(caller: Caller) -> None:
        together.wait(10)
        answers.append(caller.post(f"{BATCHES}/{batch.id}/submission", {"version": batch.version}).json)

    threads = [threading.Thread(target=submit, args=(caller,)) for caller in callers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answer.get("code", "") for answer in answers) == ["", "recommendation_submitted"]
    with database.reading() as db:
        for case in db.get_one(Recommendation, batch.id).cases:
            actions = [entry.action for entry in audit.history(db, case.audit_stream)]
            assert actions.count("case.submitted") == 1


def test_two_who_add_rows_at_once_get_two_numbers_and_two_places(
    app: Flask, database: Database, work: Casework
) -> None:
    with database.transaction() as db:
        batch = opened(db, **work.act("recommender"))
    callers = [Caller(app).log_in("recommender") for _ in range(2)]

    def add(caller: Caller, name: str) -> None:
        for number in range(3):
            caller.post(f"{BATCHES}/{batch.id}/rows", {**ROW, "scheme_name": f"{name}{number}"})

    threads = [threading.Thread(target=add, args=pair) for pair in zip(callers, "甲乙", strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    whole = callers[0].get(f"{BATCHES}/{batch.id}").json
    assert [row["position"] for row in whole["rows"]] == [1, 2, 3, 4, 5, 6]
    assert sorted(row["number"] for row in whole["rows"]) == [f"2026-Q4-{n:04d}" for n in range(1, 7)]


def test_what_was_returned_is_mended_in_a_draft_batch_and_submitted_again(
    app: Flask, database: Database, batch: Recommendation, work: Casework
) -> None:
    by = work.by("recommender")
    with database.transaction() as db:
        submitting.submit(db, batch.id, batch.version, by=by, now=work.now)
        case = db.get_one(Recommendation, batch.id).cases[0]
        cases.advance(db, case, CaseState.RETURNED, reason="请补充", **work.act("centre1"))
        draft = complete(db, by, work.now, "新的项目")
    department = Caller(app).log_in("recommender")
    body = {"version": case.version, "recommendation_id": str(draft.id)}
    assert department.post(f"/api/cases/{case.id}/take-back", {**body, "version": 1}).json["code"] == "case_moved_on"
    taken = department.post(f"/api/cases/{case.id}/take-back", body).json
    assert (taken["state"], taken["position"], taken["number"]) == ("DRAFT", 2, case.number)
    path = f"{BATCHES}/{draft.id}"
    assert department.get(path).json["missing"] == ["sealed_scan_outdated"]
    row = f"{path}/rows/{case.id}"
    assert department.delete(f"{row}?version={taken['version']}").json["code"] == "submitted_before"
    mended = department.put(row, {**ROW, "version": taken["version"], "reason": "已补充：行业规划"}).json
    assert [problem["code"] for problem in mended["problems"]] == []
    with database.transaction() as db:
        scans.keep_scan(db, draft.id, uploads.checked("附件1.pdf", PDF + b"2"), by=by, now=work.now)
        version = db.get_one(Recommendation, draft.id).version
        submitting.submit(db, draft.id, version, by=by, now=work.now)
        assert db.get_one(Case, case.id).state == CaseState.SUBMITTED
        assert len(db.get_one(Recommendation, batch.id).cases) == 1
        assert audit.verify(db, f"case:{case.id}") is None


def test_only_what_was_returned_is_taken_back_and_only_into_a_draft_of_ones_own(
    app: Flask, database: Database, batch: Recommendation, work: Casework
) -> None:
    with database.transaction() as work.db:
        submitted, returned = work.case(), work.case(CaseState.RETURNED)
        foreign = opened(work.db, **work.act("recommender2"))
    department, other = Caller(app).log_in("recommender"), Caller(app).log_in("recommender2")

    def refused(caller: Caller, case: Case, batch_id: Any) -> str:
        body = {"version": 1, "recommendation_id": str(batch_id)}
        code: str = caller.post(f"/api/cases/{case.id}/take-back", body).json["code"]
        return code

    assert refused(department, submitted, batch.id) == "not_returned"
    assert refused(department, returned, submitted.recommendation_id) == "recommendation_submitted"
    assert refused(department, returned, foreign.id) == "not_found"
    assert refused(other, returned, foreign.id) == "not_found"


@pytest.mark.parametrize(
    ("state", "is_possible"),
    [
        (CaseState.SUBMITTED, True),
        (CaseState.RETURNED, True),
        (CaseState.SENT_TO_NATIONAL, True),
        (CaseState.SCHEME_PUBLICITY, True),
        (CaseState.SCHEME_PUBLICISED, False),
        (CaseState.DEVELOPING, False),
        (CaseState.FILED, False),
        (CaseState.WITHDRAWN, False),
        (CaseState.DRAFT, False),
    ],
)
def test_a_department_withdraws_until_the_organisation_takes_part(
    app: Flask, database: Database, work: Casework, state: CaseState, is_possible: bool
) -> None:
    with database.transaction() as work.db:
        case = work.case(state)
    path, body = f"/api/cases/{case.id}/withdrawal", {"version": 1, "reason": "机构不再承担"}
    department = Caller(app).log_in("recommender")
    assert department.get(f"/api/cases/{case.id}").json["may_withdraw"] is is_possible
    assert Caller(app).log_in("recommender2").post(path, body).json["code"] == "not_found"
    assert Caller(app).log_in("centre1").post(path, body).json["code"] == "not_allowed"
    assert department.post(path, {**body, "reason": " "}).json["code"] == "invalid"
    answer = department.post(path, body).json
    if not is_possible:
        assert (answer["code"], answer["state"]) == ("not_withdrawable", state)
        return
    assert (answer["state"], answer["waits_for"]) == ("WITHDRAWN", None)
    assert department.post(path, body).json["code"] == "case_moved_on"
    with database.reading() as db:
        assert audit.history(db, case.audit_stream)[-1].detail["reason"] == body["reason"]


def test_a_taken_back_row_that_is_withdrawn_leaves_no_gap(
    database: Database, batch: Recommendation, work: Casework
) -> None:
    by = work.by("recommender")
    with database.transaction() as db:
        submitting.submit(db, batch.id, batch.version, by=by, now=work.now)
        case = db.get_one(Recommendation, batch.id).cases[0]
        cases.advance(db, case, CaseState.RETURNED, **work.act("centre1"))
        draft = opened(db, by, work.now)
        submitting.take_back(db, case.id, case.version, draft.id, by=by, now=work.now)
        later = added(db, draft.id, "后面的项目", by, work.now)
        submitting.withdraw(db, case.id, case.version, "不再推荐", by=by, now=work.now)
        assert later.position == 1
