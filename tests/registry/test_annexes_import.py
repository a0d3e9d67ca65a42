"""Annex 1 out and in over HTTP: who may, what comes back, and every row or none."""

import base64
import io
from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

import docx
import openpyxl
import pytest
from annexes import ANNEX_1, FIRST, SECOND, rewritten
from callers import Caller
from casework import Casework
from flask import Flask
from moments import NINE_IN_SHANGHAI
from sqlalchemy import select
from uploads import upload

from examsvc.core import audit
from examsvc.core.db import Database
from examsvc.registry.annexes import annex1_reading, annex1_xlsx, annex2_reading, annex3_reading, wording
from examsvc.registry.annexes.forms import Annex1, Annex1Row
from examsvc.registry.cases.models import BatchState, Case, Recommendation
from examsvc.registry.cases.states import CaseState

pytestmark = pytest.mark.slow


@pytest.fixture
def batch_id(database: Database) -> UUID:
    with database.transaction() as db:
        return Casework(db, NINE_IN_SHANGHAI).batch().id


@pytest.fixture
def recommender(app: Flask, batch_id: UUID) -> Caller:
    return Caller(app).log_in("recommender")


def changed(row: Annex1Row, **fields: Any) -> Annex1Row:
    return Annex1Row(**{**row.__dict__, **fields})


def filled(*rows: Annex1Row) -> bytes:
    return annex1_xlsx.write(Annex1("某局", "周敏", "021-55550000", None, rows))


def send(who: Caller, batch_id: UUID, data: bytes, *, dry_run: bool, name: str = "附件1.xlsx") -> Any:
    path = f"/api/recommendations/{batch_id}/import?dry_run={str(dry_run).lower()}"
    return who.post(path, **upload("file", data, name))


def cases_in(database: Database, batch_id: UUID) -> list[Case]:
    with database.reading() as db:
        return list(db.scalars(select(Case).filter_by(recommendation_id=batch_id).order_by(Case.position)))


def test_h04_the_rows_of_a_filled_annex_1_come_into_the_batch_in_their_order(
    database: Database, recommender: Caller, batch_id: UUID
) -> None:
    answer = send(recommender, batch_id, annex1_xlsx.write(ANNEX_1), dry_run=False)
    assert answer.status_code == 200, answer.json
    report = answer.json
    assert (report["imported"], report["error_workbook"], report["version"]) == (2, None, 3)
    assert [(row["row"], row["state"]) for row in report["rows"]] == [(5, "ok"), (6, "ok")]
    found = [
        (case.position, case.scheme_name, case.industries, case.credit_code) for case in cases_in(database, batch_id)
    ]
    assert found == [
        (1, FIRST.scheme_name, "人工智能、电子信息", FIRST.credit_code),
        (2, SECOND.scheme_name, "养老护理", SECOND.credit_code),
    ]
    assert {case.state for case in cases_in(database, batch_id)} == {CaseState.DRAFT}


@pytest.mark.sqlite_only
def test_what_was_imported_is_exported_the_same(recommender: Caller, batch_id: UUID) -> None:
    send(recommender, batch_id, annex1_xlsx.write(ANNEX_1), dry_run=False)
    answer = recommender.get(f"/api/recommendations/{batch_id}/annex1.xlsx")
    assert answer.status_code == 200
    assert annex1_reading.read(answer.data).annex().rows == ANNEX_1.rows


def test_a_dry_run_tells_the_same_and_leaves_nothing(database: Database, recommender: Caller, batch_id: UUID) -> None:
    with database.reading() as db:
        before = len(audit.history(db, f"recommendation:{batch_id}"))
    data = filled(FIRST, changed(SECOND, scheme_name=FIRST.scheme_name))
    dry = send(recommender, batch_id, data, dry_run=True).json
    assert [row["state"] for row in dry["rows"]] == ["error", "error"]
    assert dry["version"] == 1
    fine = send(recommender, batch_id, filled(FIRST), dry_run=True).json
    assert (fine["imported"], fine["version"], fine["rows"][0]["state"]) == (0, 1, "ok")
    assert cases_in(database, batch_id) == []
    with database.reading() as db:
        assert len(audit.history(db, f"recommendation:{batch_id}")) == before


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"credit_code": "111111111111111112"}, "credit_code_authority"),  # C01
        ({"scheme_name": "<b>智能体</b>"}, "html_in_text"),
        ({"occupation_code": "8-99-99"}, "unknown_occupation"),
        ({"scheme_name": FIRST.scheme_name}, "scheme_name_repeated"),  # H07
    ],
)
def test_with_one_wrong_row_none_is_added_and_the_rows_come_back_with_their_reasons(
    database: Database, recommender: Caller, batch_id: UUID, fields: dict[str, Any], code: str
) -> None:
    report = send(recommender, batch_id, filled(FIRST, changed(SECOND, **fields)), dry_run=False).json
    assert report["imported"] == 0
    assert code in {problem["code"] for problem in report["rows"][1]["problems"]}
    assert cases_in(database, batch_id) == []
    returned = base64.b64decode(report["error_workbook"])
    sheet = openpyxl.load_workbook(io.BytesIO(returned)).worksheets[0]
    assert sheet["H4"].value == wording.REASONS == "错误原因"
    assert sheet["H6"].value
    assert sheet["C6"].value == changed(SECOND, **fields).scheme_name
    assert len(annex1_reading.read(returned).rows) == 2  # it can be mended and sent again


def test_h10_a_wrong_check_character_only_warns_as_a_proof_may_follow(recommender: Caller, batch_id: UUID) -> None:
    row = changed(FIRST, credit_code="91310000MA1FL0AB1Y")
    report = send(recommender, batch_id, filled(row), dry_run=False).json
    told = {problem["code"]: problem["severity"] for problem in report["rows"][0]["problems"]}
    assert told["bad_credit_code"] == "warning"
    assert report["imported"] == 1


def test_h05_another_name_than_the_dictionary_s_is_warned_of(recommender: Caller, batch_id: UUID) -> None:
    report = send(recommender, batch_id, filled(changed(FIRST, occupation_name="软件人员")), dry_run=True).json
    told = {problem["code"]: problem["detail"] for problem in report["rows"][0]["problems"]}
    assert told["occupation_name_differs"] == "所属领域：大典中 4-04-05 的名称是“软件和信息技术服务人员”"


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("make", "name", "status", "code"),
    [
        (lambda: b"x" * (4 * 1024 * 1024 + 1), "附件1.xlsx", 413, "too_large"),
        (annex1_xlsx.template, "附件1.docx", 422, "unsupported_file"),
        (annex1_xlsx.template, "../附件1.xlsx", 422, "bad_file_name"),
        (annex1_xlsx.template, "附件1.xlsx", 422, "no_rows"),
        (
            lambda: rewritten(annex1_xlsx.template(), {"xl/vbaProject.bin": b"x"}),
            "附件1.xlsx",
            422,
            "document_has_macros",
        ),
        (lambda: b"%PDF-1.7", "附件1.xlsx", 422, "file_type_differs"),
    ],
)
def test_a_file_that_is_no_annex_1_is_refused(
    recommender: Caller, batch_id: UUID, make: Callable[[], bytes], name: str, status: int, code: str
) -> None:
    answer = send(recommender, batch_id, make(), dry_run=False, name=name)
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_only_the_department_imports_and_only_into_a_draft(app: Flask, database: Database, batch_id: UUID) -> None:
    data = filled(FIRST)
    assert send(Caller(app).log_in("recommender2"), batch_id, data, dry_run=False).status_code == 404
    assert send(Caller(app).log_in("centre1"), batch_id, data, dry_run=False).status_code == 403
    assert send(Caller(app).log_in("applicant"), batch_id, data, dry_run=False).status_code == 403
    with database.transaction() as db:
        batch = db.get_one(Recommendation, batch_id)
        batch.state, batch.submitted_at = BatchState.SUBMITTED, NINE_IN_SHANGHAI
    answer = send(Caller(app).log_in("recommender"), batch_id, data, dry_run=False)
    assert (answer.status_code, answer.json["code"]) == (409, "recommendation_submitted")


def test_who_reads_a_batch_downloads_its_annex_1_and_nobody_else(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        submitted, draft = work.batch(BatchState.SUBMITTED).id, work.batch().id
        work.case(CaseState.SUBMITTED, recommendation_id=submitted)
    for who, batch, status in (
        ("recommender", draft, 200),
        ("recommender", submitted, 200),
        ("recommender2", submitted, 404),
        ("centre1", submitted, 200),
        ("centre1", draft, 404),
        ("applicant", submitted, 403),
        ("expert1", submitted, 403),
    ):
        answer = Caller(app).log_in(who).get(f"/api/recommendations/{batch}/annex1.docx")
        assert answer.status_code == status, who
    sealed = docx.Document(
        io.BytesIO(Caller(app).log_in("centre1").get(f"/api/recommendations/{submitted}/annex1.docx").data)
    )
    assert "2026 年 11 月 23 日" in sealed.tables[0].rows[-1].cells[1].text  # H15: in Shanghai


@pytest.mark.sqlite_only
def test_who_reads_a_case_downloads_its_annexes_2_and_3_and_nobody_else(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        case_id = Casework(db, NINE_IN_SHANGHAI).case(CaseState.SUBMITTED, scheme_name="智能体/搭建").id
    for who, status in (
        ("recommender", 200),
        ("centre1", 200),
        ("district", 200),
        ("recommender2", 404),
        ("expert1", 404),
    ):
        reader = Caller(app).log_in(who)
        for name in ("annex2.docx", "annex2.pdf", "annex3.docx", "annex3.pdf"):
            assert reader.get(f"/api/cases/{case_id}/{name}").status_code == status, (who, name)
    reader = Caller(app).log_in("centre1")
    assert annex3_reading.read(reader.get(f"/api/cases/{case_id}/annex3.docx").data).scheme_name == "智能体/搭建"
    assert (
        annex2_reading.read(reader.get(f"/api/cases/{case_id}/annex2.docx").data).proposal.background
        == "background 说明"
    )
    answer = reader.get(f"/api/cases/{case_id}/annex3.pdf")
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    named = quote("附件3-智能体_搭建.pdf")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=\"file.pdf\"; filename*=UTF-8''{named}"


@pytest.mark.sqlite_only
def test_h16_the_template_is_for_departments(app: Flask, recommender: Caller, nobody: Caller) -> None:
    answer = recommender.get("/api/recommendations/annex1-template.xlsx")
    assert answer.data == annex1_xlsx.template()
    assert quote("专项职业能力考核项目及考核机构推荐汇总表.xlsx") in answer.headers["Content-Disposition"]
    assert nobody.get("/api/recommendations/annex1-template.xlsx").status_code == 401
