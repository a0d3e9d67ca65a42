"""Applications and sites through HTTP: who sees what, and what is not taken."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from applying import Applying, pdf
from callers import Caller
from casework import DISTRICT, OTHER_DISTRICT, Casework
from flask import Flask
from moments import NINE_IN_SHANGHAI
from sqlalchemy import event, select
from world import identity

from examsvc.accounts.models import Account
from examsvc.core import clock
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.registry.applications import exporting, filling, loading, signing
from examsvc.registry.applications.kinds import EvidenceTopic
from examsvc.registry.applications.materials import digest
from examsvc.registry.applications.models import Application
from examsvc.registry.cases.models import Case, CaseReader
from examsvc.registry.cases.states import CaseState

pytestmark = pytest.mark.slow

CLOSES_AT = datetime(2026, 12, 30, 15, 59, 59, tzinfo=UTC)  # the last second of the window, 23:59:59 in Shanghai
PDF = b"%PDF-1.7\nx"


@pytest.fixture
def begun(database: Database) -> UUID:
    """A complete application of the organisation, not yet signed."""
    with database.transaction() as db:
        applying = Applying(Casework(db, NINE_IN_SHANGHAI))
        applying.complete()
        return applying.case.id


class Passing:
    """A clock that goes on by a second whenever it is read."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        read, self.at = self.at, self.at + timedelta(seconds=1)
        return read


def as_(app: Flask, username: str) -> Caller:
    return Caller(app).log_in(username)


def view(caller: Caller, case_id: UUID) -> dict[str, Any]:
    answer = caller.get(f"/api/cases/{case_id}/application")
    assert answer.status_code == 200, answer.json
    return answer.json


def file(data: bytes = PDF, name: str = "证明.pdf") -> dict[str, Any]:
    return {"data": {"file": (BytesIO(data), name)}}


def upload(caller: Caller, case_id: UUID, data: bytes, name: str) -> tuple[int, str | None]:
    version = view(caller, case_id)["version"]
    query = {"version": version, "topic": "FUNDING"}
    path = f"/api/cases/{case_id}/application/evidence"
    answer = caller.post(path, query_string=query, **file(data, name))
    return answer.status_code, answer.json.get("code")


def test_d06_an_application_is_signed_submitted_and_exported_over_http(
    app: Flask, begun: UUID, moving_clock: MovableClock
) -> None:
    office = as_(app, "applicant")
    shown = view(office, begun)
    assert (shown["missing"], shown["application"]["signature"]) == ([], "NONE")
    body = {"version": shown["version"], "digest": shown["materials_digest"], "signer_name": "沈一鸣"}
    path = f"/api/cases/{begun}/application"
    assert office.put(f"{path}/signature", {**body, "digest": "0" * 64}).json["code"] == "materials_changed"
    signed = office.put(f"{path}/signature", body).json
    assert signed["application"]["signature"] == "VALID"
    version = {"version": signed["version"]}
    assert office.post(f"{path}/submission", version).json["code"] == "out_of_window"
    moving_clock.at = moving_clock.at.replace(month=12, day=22)
    office.log_in("applicant")
    packed = office.post(f"{path}/package", version).json
    query = {"version": packed["version"], "number": "SH-2026-1", "received_on": "2026-12-22"}
    receipt = office.post(f"{path}/receipt", query_string=query, **file(name="回执.pdf")).json
    assert receipt["application"]["receipt_number"] == "SH-2026-1"
    sent = office.post(f"{path}/submission", {"version": receipt["version"]}).json
    assert (sent["state"], sent["permissions"]["may_edit"]) == ("APPLIED", False)


def test_e03_an_application_that_arrived_in_time_is_not_late_for_how_long_it_takes(
    app: Flask, begun: UUID, database: Database
) -> None:
    with database.transaction() as db:
        case = db.get_one(Case, begun)
        office = identity(db.scalars(select(Account).filter_by(username="applicant")).one())
        shown = digest(loading.materials_of(db, db.get_one(Application, begun)).manifest())
        signing.sign(db, begun, case.version, shown, "沈一鸣", by=office, now=CLOSES_AT)
        version = case.version
    with clock.running(MovableClock(CLOSES_AT)):
        caller = as_(app, "applicant")
    with clock.running(Passing(CLOSES_AT)):
        answer = caller.post(f"/api/cases/{begun}/application/submission", {"version": version})
    assert (answer.status_code, answer.json["state"]) == (200, "APPLIED")


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("who", "sees_names"),
    [
        ("applicant", True),
        ("inner", True),
        ("centre1", True),
        ("district", True),
        ("expert1", True),
        ("bureau", False),
        ("recommender", False),
    ],
)
def test_a02_c07_names_on_rosters_are_for_those_who_work_with_them(
    app: Flask, database: Database, who: str, sees_names: bool
) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        applying = Applying(work)
        applying.complete()
        filling.attach(*applying.at, EvidenceTopic.STAFF, pdf("王小明证书.pdf", "王小明"), **work.act("applicant"))
        applying.sign()
        exporting.export(*applying.at, **work.act("applicant"))
        db.add(CaseReader(case_id=applying.case.id, account_id=work.accounts["expert1"].id))
        case_id, package_id = applying.case.id, applying.application.package_id
    shown = view(as_(app, who), case_id)["materials"]
    assert {person["name"] for person in shown["staff"]} == ({"王小明"} if sees_names else {None})
    assert shown["statements"]["department_head"] == ("沈一鸣" if sees_names else None)
    assert ("STAFF" in {proof["topic"] for proof in shown["evidence"]}) is sees_names
    kept = as_(app, who).get(f"/api/cases/{case_id}").json["documents"]
    named = {file["kind"] for file in kept if file["topic"] == "STAFF" or file["id"] == str(package_id)}
    assert named == ({"EVIDENCE", "APPLICATION_PACKAGE"} if sees_names else set())
    package = as_(app, who).get(f"/api/cases/{case_id}/documents/{package_id}")
    assert package.status_code == (200 if sees_names else 404)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("who", ["applicant2", "recommender2", "district2", "expert1"])
def test_a02_others_do_not_learn_that_there_is_an_application(app: Flask, begun: UUID, who: str) -> None:
    assert as_(app, who).get(f"/api/cases/{begun}/application").status_code == 404


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (PDF, "../../etc/passwd.pdf", "bad_file_name"),
        (PDF, "C:\\资料\\a.pdf", "bad_file_name"),
        (PDF, "<img src=x>.pdf", "bad_file_name"),
        (PDF, "资金证明.docx", "file_type_differs"),
        (b"<html><script>", "a.html", "unsupported_file"),
        (b"MZ\x90", "a.pdf", "unsupported_file"),
        (b"PK\x03\x04 broken", "a.docx", "unsafe_archive"),
    ],
)
def test_bad_files_are_refused_and_nothing_is_kept(app: Flask, begun: UUID, data: bytes, name: str, code: str) -> None:
    office = as_(app, "applicant")
    before = view(office, begun)
    assert upload(office, begun, data, name) == (422, code)
    assert view(office, begun) == before


@pytest.mark.sqlite_only
def test_an_upload_of_200_mb_is_refused_before_it_is_read(app: Flask, begun: UUID) -> None:
    office = as_(app, "applicant")
    query = {"version": view(office, begun)["version"], "topic": "FUNDING"}
    answer = office.post(
        f"/api/cases/{begun}/application/evidence",
        query_string=query,
        content_type="multipart/form-data; boundary=x",
        input_stream=BytesIO(b"--x\r\n"),
        environ_overrides={"CONTENT_LENGTH": str(200 * 1024 * 1024)},
    )
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")


def test_markup_and_rare_characters_in_names_come_back_as_they_were_typed(app: Flask, begun: UUID) -> None:
    office = as_(app, "applicant")
    body = {
        "version": view(office, begun)["version"],
        "kind": "EXPERT",
        "name": "<b>𬎆珺</b>",
        "qualification": "高级工程师",
        "certificate_number": "",
        "valid_from_on": "2020-01-01",
        "valid_to_on": None,
    }
    shown = office.post(f"/api/cases/{begun}/application/staff", body)
    assert shown.status_code == 201
    assert "<b>𬎆珺</b>" in {person["name"] for person in shown.json["materials"]["staff"]}
    wrong = {**body, "version": shown.json["version"], "valid_to_on": "2019-12-31"}
    assert office.post(f"/api/cases/{begun}/application/staff", wrong).json["errors"]["json.valid_to_on"]
    assert office.post(f"/api/cases/{begun}/application/staff", body).json["code"] == "case_moved_on"


def test_a07_c10_a_district_sees_and_recommends_the_sites_of_its_own_district_only(
    app: Flask, database: Database
) -> None:
    with database.transaction() as db:
        applying = Applying(Casework(db, NINE_IN_SHANGHAI))
        here, there = applying.build(DISTRICT).id, applying.build(OTHER_DISTRICT).id
        case_id = applying.case.id
    district, other = as_(app, "district"), as_(app, "district2")
    (line,) = district.get("/api/district/centres").json["items"]
    assert (line["id"], line["state"], line["video_room_count"], line["seat_count"]) == (str(here), "PROPOSED", 1, 30)
    assert [one["id"] for one in other.get("/api/district/centres").json["items"]] == [str(there)]
    query = {"version": line["version"], "decided_on": "2026-11-20"}
    path = f"/api/district/centres/{here}"
    assert other.get(path).status_code == 404
    assert other.post(f"{path}/recommendation", query_string=query, **file()).status_code == 404
    late = {**query, "decided_on": "2026-11-24"}
    assert district.post(f"{path}/recommendation", query_string=late, **file()).json["code"] == "date_in_future"
    said = district.post(f"{path}/recommendation", query_string=query, **file(name="推荐函.pdf"))
    assert (said.status_code, said.json["state"]) == (201, "RECOMMENDED")
    assert district.post(f"{path}/recommendation", query_string=query, **file()).json["code"] == "centre_changed"
    paper = f"/api/centres/{here}/recommendations/{said.json['recommendations'][0]['id']}/document"
    for who, status in (("applicant", 200), ("centre1", 200), ("district2", 404), ("expert1", 404)):
        answer = as_(app, who).get(paper)
        assert answer.status_code == status
        assert status == 404 or answer.data == PDF
    body = {"version": said.json["version"], "reason": "消防验收未通过"}
    refused = district.post(f"{path}/refusal", body).json
    assert [word["outcome"] for word in refused["recommendations"]] == ["REFUSED", "RECOMMENDED"]
    (site, _) = view(as_(app, "applicant"), case_id)["materials"]["centres"]
    assert site["recommendation"]["reason"] == "消防验收未通过"


def test_c09_c10_a_site_that_moves_is_before_its_district_again(app: Flask, begun: UUID) -> None:
    office = as_(app, "applicant")
    shown = view(office, begun)
    (centre,) = shown["materials"]["centres"]
    path = f"/api/cases/{begun}/application/centres/{centre['id']}"
    body = {"version": shown["version"], "name": "改名考核点", "district": DISTRICT, "address": centre["address"]}
    shown = office.put(path, body).json
    assert shown["materials"]["centres"][0]["state"] == "RECOMMENDED"
    shown = office.put(path, {**body, "version": shown["version"], "address": "示例路 2 号"}).json
    assert shown["materials"]["centres"][0]["state"] == "PROPOSED"
    assert shown["materials"]["centres"][0]["recommendation"] is None
    assert "centre_not_recommended" in {one["code"] for one in shown["missing"]}


def test_the_districts_list_costs_one_query_a_page_and_pages_by_key(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        applying = Applying(Casework(db, NINE_IN_SHANGHAI))
        made = [str(applying.build().id) for _ in range(5)]
    district, seen, after, counts = as_(app, "district"), [], None, []

    def count(_connection: object, _cursor: object, statement: str, *_: Any) -> None:
        counts.append(statement.startswith("SELECT"))

    event.listen(database.engine, "before_cursor_execute", count)
    while True:
        counts.clear()
        query = {"limit": 2, **({"after": after} if after else {})}
        page = district.get("/api/district/centres", query_string=query).json
        assert sum(counts) == 2  # one of them finds out who asks
        seen += [line["id"] for line in page["items"]]
        after = page["next"]
        if after is None:
            break
    event.remove(database.engine, "before_cursor_execute", count)
    assert seen == made


def test_d05_the_centre_opens_an_account_that_can_log_in_and_begin(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case = work.case(CaseState.SCHEME_PUBLICISED)
        case_id, version = case.id, case.version
    centre = as_(app, "centre1")
    body = {
        "version": version,
        "kind": "ENTERPRISE",
        "district": DISTRICT,
        "address": "示例路 1 号",
        "username": "newoffice",
        "display_name": "经办人",
    }
    path = f"/api/cases/{case_id}/organisation-account"
    assert as_(app, "applicant").post(path, body).status_code == 403
    opened = centre.post(path, body).json
    office = Caller(app).log_in("newoffice", opened["initial_password"])
    begun = office.post(f"/api/cases/{case_id}/application", {"version": opened["version"]})
    assert (begun.status_code, begun.json["state"]) == (201, "APPLYING")
    assert begun.json["permissions"]["may_edit"]
    gone = office.post(
        f"/api/cases/{case_id}/application/withdrawal", {"version": begun.json["version"], "reason": "停办"}
    )
    assert gone.json["state"] == "WITHDRAWN"
