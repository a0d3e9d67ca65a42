"""Draft batches and their rows: kept, changed, ordered by priority, never overwritten, never somebody else's."""

from typing import Any
from uuid import UUID

import pytest
from callers import Caller
from casework import CREDIT_CODE, MAIN_CONTENT, PROPOSAL, Casework
from flask import Flask
from recommendations import BATCH, PDF, ROW, added, code_of, fields, opened
from sqlalchemy import event, select
from uploads import upload

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.registry.cases.models import BatchState, Case, CaseDocument, CaseProposal, DocumentKind
from examsvc.registry.recommending import numbering, rows
from examsvc.registry.recommending.errors import BatchFull

pytestmark = pytest.mark.slow

BATCHES = "/api/recommendations"


@pytest.fixture
def work(database: Database, moving_clock: MovableClock) -> Casework:
    with database.transaction() as db:
        return Casework(db, moving_clock())


@pytest.fixture
def department(app: Flask, work: Casework) -> Caller:
    return Caller(app).log_in("recommender")


@pytest.fixture
def batch(department: Caller) -> str:
    answer = department.post(BATCHES, BATCH)
    assert answer.status_code == 201, answer.json
    return f"{BATCHES}/{answer.json['id']}"


def add(department: Caller, batch: str, **changed: Any) -> dict[str, Any]:
    answer = department.post(f"{batch}/rows", {**ROW, **changed})
    assert answer.status_code == 201, answer.json
    row: dict[str, Any] = answer.json
    return row


def names(whole: Any) -> list[tuple[int, str]]:
    return [(row["position"], row["scheme_name"]) for row in whole["rows"]]


def test_d01_a_department_keeps_drafts_at_any_time_of_the_year(
    app: Flask, work: Casework, moving_clock: MovableClock
) -> None:
    moving_clock.at = moving_clock.at.replace(month=12, day=5)
    department = Caller(app).log_in("recommender")
    batch = f"{BATCHES}/{department.post(BATCHES, BATCH).json['id']}"
    row = add(department, batch)
    assert (row["number"], row["position"], row["version"]) == ("2026-Q4-0001", 1, 1)
    assert (row["state"], row["waits_for"], row["occupation_name"]) == (
        "DRAFT",
        "RECOMMENDER",
        "软件和信息技术服务人员",
    )
    assert row["industries"] == "人工智能、电子信息"
    whole = department.get(batch).json
    assert (whole["state"], whole["version"], whole["window"]["is_open"]) == ("DRAFT", 2, False)
    assert whole["window"]["next_opens_at"] == "2027-02-19T16:00:00+00:00"
    assert whole["missing"] == ["rows_have_errors", "sealed_scan_missing"]


def test_h01_h02_h03_a_batch_has_a_contact(department: Caller, batch: str) -> None:
    for changed in ({"contact_name": ""}, {"contact_phone": "没有"}, {"title": " "}):
        assert department.post(BATCHES, {**BATCH, **changed}).json["code"] == "invalid"
    assert department.post(BATCHES, {**BATCH, "title": "<b>"}).json["code"] == "html_in_text"
    changed = department.patch(batch, {"version": 1, "contact_name": "𬎆㛃", "contact_phone": "13800000000"})
    assert (changed.json["contact_name"], changed.json["version"]) == ("𬎆㛃", 2)
    assert department.patch(batch, {"version": 1, "title": "旧"}).json["code"] == "recommendation_moved_on"


def test_h04_the_order_of_the_rows_is_their_priority(department: Caller, batch: str) -> None:
    ids = [add(department, batch, scheme_name=name)["id"] for name in ("甲", "乙", "丙")]
    version = department.get(batch).json["version"]
    wanted = {"version": version, "case_ids": [ids[2], ids[0], ids[1]]}
    moved = department.put(f"{batch}/order", wanted)
    assert names(moved.json) == [(1, "丙"), (2, "甲"), (3, "乙")]
    assert department.put(f"{batch}/order", wanted).json["code"] == "recommendation_moved_on"
    version = moved.json["version"]
    for case_ids in (ids[:2], [*ids, ids[0]], [ids[0], ids[0], ids[1]], []):
        refused = department.put(f"{batch}/order", {"version": version, "case_ids": case_ids})
        assert refused.json["code"] == "order_incomplete"
    assert names(department.get(batch).json) == [(1, "丙"), (2, "甲"), (3, "乙")]


def test_h04_a_removed_row_leaves_no_gap_and_nothing_behind(department: Caller, batch: str, database: Database) -> None:
    kept = [add(department, batch, scheme_name=name) for name in ("甲", "乙", "丙")]
    path = f"{batch}/rows/{kept[1]['id']}"
    assert department.post(f"{path}/credit-code-proof", **upload("file", PDF, "证明.pdf")).status_code == 200
    assert department.delete(f"{path}?version=1").json["code"] == "case_moved_on"
    assert names(department.delete(f"{path}?version=2").json) == [(1, "甲"), (2, "丙")]
    assert department.delete(f"{path}?version=2").status_code == 404
    with database.reading() as db:
        gone = UUID(kept[1]["id"])
        assert db.get(Case, gone) is None
        assert db.get(CaseProposal, gone) is None
        assert db.scalar(select(CaseDocument).filter_by(case_id=gone)) is None
        actions = [entry.action for entry in audit.history(db, f"recommendation:{batch.rsplit('/', 1)[1]}")]
    assert actions == ["recommendation.opened", "recommendation.row_removed"]
    assert add(department, batch, scheme_name="丁")["number"] == "2026-Q4-0004"


def test_a_row_is_changed_by_who_saw_it_last(department: Caller, batch: str) -> None:
    row = add(department, batch)
    path = f"{batch}/rows/{row['id']}"
    first = department.put(path, {**ROW, "version": 1, "scheme_name": "第一人写的"})
    assert (first.status_code, first.json["version"], first.json["scheme_name"]) == (200, 2, "第一人写的")
    second = department.put(path, {**ROW, "version": 1, "scheme_name": "第二人写的"})
    assert (second.status_code, second.json["code"], second.json["version"]) == (409, "case_moved_on", 2)
    assert department.get(path).json["scheme_name"] == "第一人写的"


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"occupation_code": "4-04-05-01"}, 422, "not_a_minor_group"),
        ({"occupation_code": "4-04-98"}, 422, "unknown_occupation"),
        ({"scheme_name": "<img src=x>"}, 422, "html_in_text"),
        ({"organisation_name": "上海<公司"}, 422, "html_in_text"),
        ({"industries": ["a>b"]}, 422, "html_in_text"),
        ({"scheme_name": "坏\x07字"}, 422, "unprintable_text"),
        ({"scheme_name": "长" * 81}, 422, "invalid"),
        ({"industries": ["标" * 60] * 4 + ["签" * 60]}, 201, None),
        ({"industries": [f"{n}{'标' * 50}" for n in range(5)]}, 422, "invalid"),
        ({"credit_code": "9" * 19}, 422, "invalid"),
        ({"expected_candidates": 0}, 422, "invalid"),
        ({"expected_candidates": -1}, 422, "invalid"),
        ({"expected_candidates": 1.5}, 422, "invalid"),
        ({"expected_candidates": True}, 422, "invalid"),
        ({"expected_candidates": 10_000_000}, 422, "invalid"),
        ({"unknown": 1}, 422, "invalid"),
        ({"scheme_name": "𬎆㛃制作", "organisation_name": "上海㛃𠮷有限公司"}, 201, None),
        ({"occupation_code": "", "scheme_name": "", "credit_code": "", "reason": ""}, 201, None),
    ],
)
def test_h05_h07_h12_bad_input_is_refused_and_an_unfinished_row_is_kept(
    department: Caller, batch: str, changed: dict[str, Any], status: int, code: str | None
) -> None:
    answer = department.post(f"{batch}/rows", {**ROW, **changed})
    assert (answer.status_code, answer.json.get("code")) == (status, code), answer.json
    assert len(department.get(batch).json["rows"]) == (status == 201)


def test_h07_the_same_name_twice_is_an_error_in_both_rows(department: Caller, batch: str) -> None:
    for name in ("图像生成", "图像生成", "别的"):
        add(department, batch, scheme_name=name)
    codes = [{problem["code"] for problem in row["problems"]} for row in department.get(batch).json["rows"]]
    assert ["scheme_name_repeated" in found for found in codes] == [True, True, False]


def test_h10_a_wrong_check_character_needs_a_proof_and_a_new_code_a_new_one(department: Caller, batch: str) -> None:
    wrong, other = "91310000MA1FL0AB1Y", "91310000MA1FL0AB1W"
    row = add(department, batch, credit_code=wrong)
    assert ("bad_credit_code", "error") in _problems(row)
    path = f"{batch}/rows/{row['id']}"
    proven = department.post(f"{path}/credit-code-proof", **upload("file", PDF, "登记证明.pdf")).json
    assert proven["credit_code_proven"]
    assert ("credit_code_proven", "warning") in _problems(proven)
    assert ("bad_credit_code", "error") not in _problems(proven)
    changed = department.put(path, {**ROW, "version": proven["version"], "credit_code": other}).json
    assert not changed["credit_code_proven"]
    assert ("bad_credit_code", "error") in _problems(changed)


def _problems(row: Any) -> set[tuple[str, str]]:
    return {(problem["code"], problem["severity"]) for problem in row["problems"]}


def test_c05_authorities_block_and_public_institutions_warn(department: Caller, batch: str) -> None:
    authority = add(department, batch, credit_code=code_of("11310000002420000"))
    institution = add(department, batch, credit_code=code_of("12310000425006000"))
    assert ("credit_code_authority", "error") in _problems(authority)
    assert ("credit_code_institution", "warning") in _problems(institution)


def test_i01_to_i11_and_j01_to_j14_the_annexes_are_kept_as_far_as_they_are_written(
    department: Caller, batch: str
) -> None:
    row = add(department, batch)
    path = f"{batch}/rows/{row['id']}"
    one = department.put(f"{path}/proposal", {"version": 1, "proposal": {"background": " 背景\r\n第二行 "}}).json
    assert one["version"] == 2
    missing = [problem["field"] for problem in one["problems"] if problem["code"] == "proposal_section_missing"]
    assert "proposal.background" not in missing
    assert len(missing) == 10
    whole = department.put(f"{path}/proposal", {"version": 2, "proposal": PROPOSAL}).json
    content = {**MAIN_CONTENT, "extra_sections": [{"title": "三、其他", "text": "说明"}]}
    two = department.put(f"{path}/main-content", {"version": whole["version"], "main_content": content}).json
    assert two["problems"] == []
    read = department.get(path).json
    assert (read["proposal"], read["main_content"]) == (PROPOSAL, content)
    assert read["recommendation_version"] == two["recommendation_version"] == department.get(batch).json["version"]
    stale = department.put(f"{path}/main-content", {"version": 1, "main_content": MAIN_CONTENT})
    assert stale.json["code"] == "case_moved_on"


def test_j10_weights_of_99_and_101_are_kept_and_are_errors(department: Caller, batch: str) -> None:
    row = add(department, batch)
    for version, weight in enumerate((39, 40, 41), start=1):
        tasks = [*MAIN_CONTENT["work_tasks"][:2], {**MAIN_CONTENT["work_tasks"][2], "weight": weight}]
        body = {"version": version, "main_content": {**MAIN_CONTENT, "work_tasks": tasks}}
        answer = department.put(f"{batch}/rows/{row['id']}/main-content", body).json
        assert ("weights_not_whole" in str(answer["problems"])) == (weight != 40)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "changed",
    [
        {"definition": "长" * 1001},
        {"work_tasks": [{"name": "任务", "operations": [], "knowledge": [], "weight": 101}]},
        {"work_tasks": [{"name": "任务", "operations": [], "knowledge": [], "weight": "40"}]},
        {"work_tasks": [{"name": "任务", "operations": [1], "knowledge": [], "weight": 40}]},
        {"extra_sections": [{"title": "", "text": ""}]},
        {"work_tasks": None},
    ],
)
def test_a_main_content_of_another_shape_is_refused(department: Caller, batch: str, changed: dict[str, Any]) -> None:
    row = add(department, batch)
    body = {"version": 1, "main_content": {**MAIN_CONTENT, **changed}}
    assert department.put(f"{batch}/rows/{row['id']}/main-content", body).json["code"] == "invalid"


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("附件1.pdf", PDF, 200, None),
        ("附件1.jpg", b"\xff\xd8\xff\xe0", 200, None),
        ("附件1.docx", PDF, 422, "unsupported_file"),
        ("附件1.jpg", PDF, 422, "file_type_differs"),
        ("附件1.pdf", b"<html>", 422, "unsupported_file"),
        ("../附件1.pdf", PDF, 422, "bad_file_name"),
        ("附件1.pdf", b"", 422, "unsupported_file"),
    ],
)
def test_h01_the_sealed_scan_is_a_pdf_or_a_picture(
    department: Caller, batch: str, name: str, data: bytes, status: int, code: str | None
) -> None:
    answer = department.post(f"{batch}/scan", **upload("file", data, name))
    assert (answer.status_code, answer.json.get("code")) == (status, code)
    kept = department.get(batch).json["documents"]
    assert [document["kind"] for document in kept] == ["SEALED_SCAN"] * (status == 200)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("size", "status"), [(20 * 1024 * 1024, 200), (20 * 1024 * 1024 + 1, 413)])
def test_an_upload_has_a_largest_size(department: Caller, batch: str, size: int, status: int) -> None:
    answer = department.post(f"{batch}/scan", **upload("file", PDF.ljust(size, b" "), "附件1.pdf"))
    assert answer.status_code == status
    assert len(department.get(batch).json["documents"]) == (status == 200)


def test_h01_a_scan_covers_what_was_sealed_and_no_later_change_of_it(department: Caller, batch: str) -> None:
    row = add(department, batch)
    path, version = f"{batch}/rows/{row['id']}", 1
    scanned = department.post(f"{batch}/scan", **upload("file", PDF, "附件1.pdf")).json
    assert "sealed_scan_outdated" not in scanned["missing"]
    for name, is_outdated in (("别的名称", True), (ROW["scheme_name"], False)):
        version = department.put(path, {**ROW, "version": version, "scheme_name": name}).json["version"]
        assert ("sealed_scan_outdated" in department.get(batch).json["missing"]) == is_outdated
    department.put(f"{path}/proposal", {"version": version, "proposal": PROPOSAL})
    assert "sealed_scan_outdated" not in department.get(batch).json["missing"]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("who", ["recommender2", "centre1", "bureau", "applicant", "district", "expert1"])
def test_a05_nobody_else_reads_or_writes_a_draft(app: Flask, department: Caller, batch: str, who: str) -> None:
    row = add(department, batch)
    other = Caller(app).log_in(who)
    path = f"{batch}/rows/{row['id']}"
    answers = [
        other.get(batch),
        other.get(path),
        other.patch(batch, {"version": 2, "title": "改"}),
        other.post(f"{batch}/rows", ROW),
        other.put(path, {**ROW, "version": 1}),
        other.delete(f"{path}?version=1"),
        other.put(f"{batch}/order", {"version": 2, "case_ids": [row["id"]]}),
        other.put(f"{path}/proposal", {"version": 1, "proposal": PROPOSAL}),
        other.put(f"{path}/main-content", {"version": 1, "main_content": MAIN_CONTENT}),
        other.post(f"{batch}/scan", **upload("file", PDF, "附件1.pdf")),
        other.post(f"{path}/credit-code-proof", **upload("file", PDF, "证明.pdf")),
        other.post(f"{batch}/submission", {"version": 2}),
    ]
    assert {answer.json["code"] for answer in answers} <= {"not_found", "not_allowed"}
    listed = other.get(BATCHES)
    assert listed.status_code == 403 or listed.json["items"] == []
    assert department.get(batch).json["version"] == 2


def test_a_row_is_reached_through_its_own_batch_only(department: Caller, batch: str) -> None:
    row = add(department, batch)
    elsewhere = f"{BATCHES}/{department.post(BATCHES, BATCH).json['id']}/rows/{row['id']}"
    assert department.get(elsewhere).status_code == 404
    assert department.put(elsewhere, {**ROW, "version": 1}).status_code == 404
    assert department.delete(f"{elsewhere}?version=1").status_code == 404


def test_the_list_shows_the_latest_batch_first_a_page_at_a_time_in_few_queries(
    database: Database, department: Caller, work: Casework, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        for number in range(5):
            batch = opened(db, work.by("recommender"), moving_clock.forward(minutes=1))
            for place in range(number):
                added(db, batch.id, f"项目{place}", work.by("recommender"), moving_clock())
    seen: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda _c, _k, statement, *_: seen.append(statement))
    first = department.get(f"{BATCHES}?limit=3").json
    assert sum("SELECT" in statement for statement in seen) <= 3, seen
    second = department.get(f"{BATCHES}?limit=3&after={first['next']}").json
    assert [line["row_count"] for line in first["items"] + second["items"]] == [4, 3, 2, 1, 0]
    assert second["next"] is None
    assert department.get(f"{BATCHES}?after=nonsense").json["code"] == "bad_cursor"


def test_numbers_go_on_within_a_quarter_in_shanghai_and_begin_anew_with_the_next(
    database: Database, moving_clock: MovableClock
) -> None:
    new_year = moving_clock.at.replace(year=2026, month=12, day=31, hour=16, minute=0)
    with database.transaction() as db:
        allotted = [numbering.allot(db, now=moment) for moment in (moving_clock(), moving_clock(), new_year)]
    assert allotted == ["2026-Q4-0001", "2026-Q4-0002", "2027-Q1-0001"]


def test_a_batch_holds_a_bounded_number_of_rows(
    database: Database, work: Casework, monkeypatch: pytest.MonkeyPatch, moving_clock: MovableClock
) -> None:
    monkeypatch.setattr(rows, "MOST_ROWS", 2)
    with pytest.raises(BatchFull), database.transaction() as db:
        batch = opened(db, **work.act("recommender"))
        for name in ("甲", "乙", "丙"):
            rows.add_row(db, batch.id, fields(scheme_name=name), **work.act("recommender"))


def test_a_batch_that_was_submitted_stays_as_it_is(database: Database, department: Caller, work: Casework) -> None:
    with database.transaction() as work.db:
        case = work.case(recommendation_id=work.batch(BatchState.SUBMITTED).id)
    path = f"{BATCHES}/{case.recommendation_id}"
    answers = [
        department.patch(path, {"version": 1, "title": "改"}),
        department.post(f"{path}/rows", ROW),
        department.put(f"{path}/rows/{case.id}", {**ROW, "version": 1}),
        department.delete(f"{path}/rows/{case.id}?version=1"),
        department.post(f"{path}/scan", **upload("file", PDF, "附件1.pdf")),
        department.post(f"{path}/submission", {"version": 1}),
    ]
    assert {answer.json["code"] for answer in answers} == {"recommendation_submitted"}
    assert department.get(path).json["rows"][0]["credit_code"] == CREDIT_CODE
    assert DocumentKind.SEALED_SCAN not in [each["kind"] for each in department.get(path).json["documents"]]
