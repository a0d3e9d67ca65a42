"""Lists, search, one case, its files and its history, through the real edge."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from callers import Caller
from casework import OTHER_CREDIT_CODE, OTHER_DISTRICT, Casework
from flask import Flask
from moments import NINE_IN_SHANGHAI
from sqlalchemy import event, insert, select
from uploads import upload

from examsvc.core import audit
from examsvc.core.db import Database
from examsvc.core.ids import new_id
from examsvc.registry.cases import documents, uploads
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case, DocumentKind
from examsvc.registry.cases.states import CaseState
from examsvc.registry.desks import searching

pytestmark = pytest.mark.slow

PDF = b"%PDF-1.7 a file"


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Collect the SQL that is sent while the block runs, but BEGIN and COMMIT."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def fill(database: Database, many: int, **fields: object) -> Casework:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        first = work.case(**fields)  # type: ignore[arg-type]
        own = {column.name: getattr(first, column.name) for column in Case.__table__.columns}
        rows = [
            {**own, "id": new_id(), "number": f"批-{i}", "state_since_at": NINE_IN_SHANGHAI - timedelta(minutes=i // 3)}
            for i in range(1, many)
        ]
        if rows:
            db.execute(insert(Case), rows)
    return work


@pytest.mark.parametrize("path", ["/api/cases", "/api/cases?q=模型&state=SUBMITTED", "/api/board", "/api/desk"])
def test_a_page_costs_as_many_queries_with_a_thousand_cases_as_with_fifty(
    app: Flask, database: Database, path: str
) -> None:
    work = fill(database, 50)
    centre = Caller(app).log_in("centre1")
    spent = []
    for _ in range(2):
        with statements(database) as seen:
            assert centre.get(path).status_code == 200
        spent.append(len(seen))
        with database.transaction() as db:
            batch = db.scalars(select(Case.recommendation_id)).first()
            like = {"recommendation_id": batch, "department_id": work.department.id, "position": 1}
            db.execute(insert(Case), [{**_row(len(spent), number), **like} for number in range(1000)])
    # Two look up the login; whoever reads then has one query, the desk with its two lists two.
    assert spent[0] == spent[1] <= (4 if path == "/api/desk" else 3)


def _row(round_number: int, number: int) -> dict[str, object]:
    text = {"scheme_name": "人工智能", "occupation_code": "4-04-05", "occupation_name": "软件", "reason": "规划"}
    who = {"organisation_name": "上海公司", "credit_code": OTHER_CREDIT_CODE, "industries": "人工智能"}
    at = {"state_since_at": NINE_IN_SHANGHAI, "created_at": NINE_IN_SHANGHAI, "state": CaseState.SUBMITTED}
    return {**text, **who, **at, "id": new_id(), "number": f"更多-{round_number}-{number}", "expected_candidates": 10}


def test_pages_follow_one_another_without_a_gap_or_a_repetition(app: Flask, database: Database) -> None:
    fill(database, 23)
    centre = Caller(app).log_in("centre1")
    seen: list[str] = []
    cursor = ""
    for expected in (10, 10, 3):
        page = centre.get(f"/api/cases?limit=10{cursor}").json
        assert page is not None
        assert len(page["items"]) == expected
        seen += [line["id"] for line in page["items"]]
        cursor = f"&after={page['next']}"
    assert page["next"] is None
    assert len(set(seen)) == 23
    assert seen == [line["id"] for line in centre.get("/api/cases?limit=100").json["items"]]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("cursor", ["nonsense", "", "MjAyNg", "é", "A" * 100])
def test_a_cursor_that_is_none_is_refused(app: Flask, database: Database, cursor: str) -> None:
    fill(database, 1)
    answer = Caller(app).log_in("centre1").get(f"/api/cases?after={cursor}")
    assert (answer.status_code, answer.json["code"]) == (422, "bad_cursor")


def test_a_line_says_what_the_contract_says_and_filters_narrow(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case = work.case(CaseState.DEVELOPING, due_at=NINE_IN_SHANGHAI + timedelta(days=90))
        work.case(CaseState.REJECTED)
        work.case(CaseState.DRAFT)
    centre = Caller(app).log_in("centre1")
    (line,) = centre.get("/api/cases?step=SCHEME_REVIEW").json["items"]
    assert line["id"] == str(case.id)
    assert (line["state"], line["step"], line["waits_for"]) == ("DEVELOPING", "SCHEME_REVIEW", "OFFICE")
    assert line["department"] == {"id": str(work.department.id), "name": work.department.name}
    assert line["due_at"] == "2027-02-21T01:00:00+00:00"
    (over,) = centre.get("/api/cases?state=REJECTED").json["items"]
    assert (over["step"], over["waits_for"]) == (None, None)
    assert centre.get("/api/cases?state=DRAFT").json["items"] == []
    assert centre.get("/api/cases?state=NONE").status_code == 422


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        *[("模型运用", True), ("上海案例", True), ("4-04", True), ("４－０４", True), ("91310000ma1", True)],
        *[("行业规划 人工智能", True), ("示例行业", True), ("案", True), ("深度学习", False), ("4-05", False)],
        *[("", True), ("%", True), ("人工 不在", False), ("MA1", False)],
    ],
)
def test_search_finds_cases_by_what_they_say(app: Flask, database: Database, typed: str, is_found: bool) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        searching.describe(db, work.case())
    found = Caller(app).log_in("centre1").get("/api/cases", query_string={"q": typed}).json["items"]
    assert bool(found) == is_found


def test_a_changed_case_is_found_by_its_new_words_only(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case = work.case()
        searching.describe(db, case)
        case.scheme_name = "智能网联汽车测试"
        searching.describe(db, case)
    centre = Caller(app).log_in("centre1")
    assert len(centre.get("/api/cases?q=网联汽车").json["items"]) == 1
    assert centre.get("/api/cases?q=模型").json["items"] == []


def test_a_submitted_case_is_indexed(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        cases.advance(db, work.case(CaseState.DRAFT), CaseState.SUBMITTED, **work.act("recommender"))
    assert len(Caller(app).log_in("centre1").get("/api/cases?q=案例技术").json["items"]) == 1


def test_a_case_shows_annexes_and_files_to_those_who_may_see_them(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case = work.case(CaseState.APPLYING)
        file = uploads.checked("证明.pdf", PDF)
        for owner, kind in (
            (case.recommendation, DocumentKind.SEALED_SCAN),
            (case, DocumentKind.MINUTES),
            (case, DocumentKind.EVIDENCE),
        ):
            documents.keep(db, owner, kind, file, **work.act("centre1"))
    own = Caller(app).log_in("applicant").get(f"/api/cases/{case.id}").json
    assert own["proposal"]["background"] == "background 说明"
    assert [task["weight"] for task in own["main_content"]["work_tasks"]] == [40, 20, 40]
    assert [document["kind"] for document in own["documents"]] == ["EVIDENCE"]
    assert set(own["upload_kinds"]) == {"EVIDENCE", "APPLICATION_PACKAGE", "APPLICATION_RECEIPT", "OTHER"}
    whole = Caller(app).log_in("centre1").get(f"/api/cases/{case.id}").json
    assert {document["kind"] for document in whole["documents"]} == {"SEALED_SCAN", "EVIDENCE", "MINUTES"}
    assert whole["upload_kinds"] == []
    (hidden,) = (document["id"] for document in whole["documents"] if document["kind"] == "MINUTES")
    applicant = Caller(app).log_in("applicant")
    assert applicant.get(f"/api/cases/{case.id}/documents/{hidden}").status_code == 404
    for stranger in ("applicant2", "recommender2", "district2", "expert1"):
        assert Caller(app).log_in(stranger).get(f"/api/cases/{case.id}").status_code == 404


def test_a_file_comes_back_byte_for_byte_under_its_name(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case, other = work.case(CaseState.APPLYING), work.case(credit_code=OTHER_CREDIT_CODE, district=OTHER_DISTRICT)
    applicant = Caller(app).log_in("applicant")
    path = f"/api/cases/{case.id}/documents"
    sent = applicant.post(f"{path}", **_form(PDF, "财务 𬎆.pdf", kind="EVIDENCE", topic="funding"))
    assert sent.status_code == 201, sent.json
    assert (sent.json["file_name"], sent.json["topic"]) == ("财务 𬎆.pdf", "funding")
    answer = applicant.get(f"{path}/{sent.json['id']}")
    assert answer.data == PDF
    assert hashlib.sha256(answer.data).hexdigest() == sent.json["digest"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "filename*=UTF-8''%E8%B4%A2%E5%8A%A1%20%F0%AC%8E%86.pdf" in answer.headers["Content-Disposition"]
    assert applicant.get(f"/api/cases/{other.id}/documents/{sent.json['id']}").status_code == 404
    centre = Caller(app).log_in("centre1")
    assert centre.get(f"/api/cases/{other.id}/documents/{sent.json['id']}").status_code == 404
    assert centre.get(f"{path}/{uuid4()}").status_code == 404


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("who", "name", "data", "kind", "code"),
    [
        ("applicant", "../../etc/passwd.pdf", PDF, "EVIDENCE", "bad_file_name"),
        ("applicant", "a.docx", PDF, "EVIDENCE", "file_type_differs"),
        ("applicant", "a.html", b"<script>", "EVIDENCE", "unsupported_file"),
        ("applicant", "a.pdf", PDF + bytes(21 * 1024 * 1024), "EVIDENCE", "too_large"),
        ("applicant", "a.pdf", PDF + bytes(20 * 1024 * 1024), "EVIDENCE", "too_large"),
        ("applicant", "a.pdf", PDF, "BUREAU_CONSENT", "not_allowed"),
        ("centre1", "a.pdf", PDF, "MINUTES", "not_allowed"),
        ("applicant2", "a.pdf", PDF, "EVIDENCE", "not_found"),
    ],
)
def test_bad_uploads_are_refused_and_nothing_is_kept(
    app: Flask, database: Database, who: str, name: str, data: bytes, kind: str, code: str
) -> None:
    with database.transaction() as db:
        case = Casework(db, NINE_IN_SHANGHAI).case(CaseState.APPLYING)
    answer = Caller(app).log_in(who).post(f"/api/cases/{case.id}/documents", **_form(data, name, kind=kind))
    assert answer.json["code"] == code
    with database.reading() as db:
        assert documents.of_case(db, case) == []


def _form(data: bytes, name: str, **fields: str) -> dict[str, object]:
    options = upload("file", data, name)
    boundary = options["content_type"].partition("boundary=")[2]
    parts = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    )
    return {**options, "data": parts.encode() + options["data"]}


def test_a_timeline_tells_who_did_what_when_with_its_batch_and_documents(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case = work.case()
        batch = case.recommendation
        audit.append(db, batch.audit_stream, "recommendation.opened", **work.act("recommender"))
        later = NINE_IN_SHANGHAI + timedelta(hours=1)
        kept = documents.keep(
            db, case, DocumentKind.MINUTES, uploads.checked("会议.pdf", PDF), **work.act("centre1", later)
        )
        advancing = work.act("centre2", later + timedelta(hours=1))
        cases.advance(db, case, CaseState.MATERIALS_CHECKED, **advancing)
    path = f"/api/cases/{case.id}/timeline"
    told = Caller(app).log_in("centre1").get(path).json["items"]
    assert [(line["actor_name"], line["action"]) for line in told] == [
        ("recommender先生", "recommendation.opened"),
        ("centre1先生", "document.kept"),
        ("centre2先生", "case.materials_checked"),
    ]
    assert [line["document_id"] for line in told] == [None, str(kept.id), None]
    assert told[2]["detail"] == {"came_from": "SUBMITTED"}
    seen_by_district = Caller(app).log_in("district").get(path).json["items"]
    assert [line["action"] for line in seen_by_district] == ["document.kept", "case.materials_checked"]
    assert Caller(app).log_in("recommender2").get(path).status_code == 404
