"""Who does what by the notice: 140号 heading and parts one, three and five (A, B02, E10, G)."""

import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from applying import IN_WINDOW, Applying, member
from callers import Caller
from casework import Casework
from flask import Flask
from moments import NINE_IN_SHANGHAI
from recommendations import opened
from sqlalchemy import select
from uploads import upload
from world import World

from examsvc.core import blobs
from examsvc.core.db import Database
from examsvc.delivery import enrolling, planning
from examsvc.delivery.enrolling import Person
from examsvc.registry import policy
from examsvc.registry.annexes import packages
from examsvc.registry.applications import exporting, registers
from examsvc.registry.applications.kinds import StaffKind
from examsvc.registry.applications.models import StaffMember
from examsvc.registry.cases.states import CaseState
from examsvc.registry.errors import NotFiled
from examsvc.registry.models import Filing, FilingState

pytestmark = pytest.mark.slow

FRONTEND = Path(__file__).parents[2] / "examsvc" / "frontend" / "src"
CENTRES_STEPS = (
    *("material-check", "initiation-conclusion", "national-reply", "selection", "reviews", "filing"),
    "organisation-account",
)


@pytest.fixture
def work(database: Database) -> Casework:
    with database.transaction() as db:
        return Casework(db, NINE_IN_SHANGHAI)


@pytest.mark.parametrize("state", [FilingState.SUSPENDED, FilingState.WITHDRAWN])
def test_a01_an_organisation_whose_filing_is_not_in_force_holds_no_exam(
    database: Database, world: World, state: FilingState
) -> None:
    wanted = {name: getattr(world.exam_session, name) for name in planning.SessionPlan.__dataclass_fields__}
    act: dict[str, Any] = {"by": world.by("office"), "now": NINE_IN_SHANGHAI}
    with pytest.raises(NotFiled), database.transaction() as db:
        db.get_one(Filing, world.filing.id).state = state
        planning.create_session(db, planning.SessionPlan(**{**wanted, "code": "S2"}), **act)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("who", ["recommender", "applicant", "district", "expert1", "inner", "bureau"])
def test_a04_the_steps_of_the_centre_are_closed_to_everybody_else(app: Flask, work: Casework, who: str) -> None:
    caller, case = Caller(app).log_in(who), uuid4()
    steps = [f"/api/cases/{case}/{step}" for step in CENTRES_STEPS]
    paths = [*steps, "/api/notices", "/api/dispatches", "/api/filing-reports"]
    assert {path: caller.post(path, {}).status_code for path in paths} == dict.fromkeys(paths, 403)
    centre = Caller(app).log_in("centre1")
    assert {centre.post(path, {}).json["code"] for path in paths} == {"invalid"}  # let in, and nothing was said


def test_a08_one_person_stands_on_several_rosters(database: Database) -> None:
    with database.transaction() as db:
        applying = Applying(Casework(db, NINE_IN_SHANGHAI))
        for kind in (StaffKind.EXPERT, StaffKind.EXAMINER):
            registers.put_staff(*applying.at, member(kind, "王小明"), **applying.work.act("applicant"))
        found = db.scalars(select(StaffMember.kind).filter_by(name="王小明")).all()
    assert set(found) == {StaffKind.EXPERT, StaffKind.EXAMINER}
    assert len(StaffKind) == 4


@pytest.mark.sqlite_only
@pytest.mark.parametrize("path", ["/", "/notices", "/objections", "/registry", "/certificates"])
def test_a10_g09_anybody_looks_on_and_objects_without_logging_in(nobody: Caller, path: str) -> None:
    page = nobody.get(path)
    assert page.status_code == 200
    assert "<script" not in page.text


def test_a11_a_batch_names_the_department_its_contact_and_needs_the_seal(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        batch = opened(db, **work.act("recommender"))
    shown = Caller(app).log_in("recommender").get(f"/api/recommendations/{batch.id}").json
    assert (shown["contact_name"], shown["contact_phone"]) == ("周敏", "021-55550000")
    assert shown["department"]["name"] == "上海市示例行业主管部门"
    assert "sealed_scan_missing" in shown["missing"]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("path", ["/", "/notices", "/registry", "/certificates"])
def test_a13_e10_every_public_page_names_the_notice_and_the_mailbox(nobody: Caller, path: str) -> None:
    for lang in ("zh", "en"):
        page = nobody.get(f"{path}?lang={lang}").text
        assert policy.INTAKE_MAILBOX in page
        assert re.search(rf"{policy.NOTICE.number}.{{0,4}}（?{policy.NOTICE.issued_on}", page)


def test_a13_the_office_shows_the_same_mailbox_where_departments_and_organisations_hand_in() -> None:
    said = (FRONTEND / "office" / "intake.ts").read_text(encoding="utf-8")
    assert re.findall(r'INTAKE_MAILBOX = "(.+)"', said) == [policy.INTAKE_MAILBOX]
    for area in ("recommending", "applications"):
        assert "INTAKE_MAILBOX" in (FRONTEND / "office" / area / "WindowNote.vue").read_text(encoding="utf-8")


def test_a13_the_application_package_names_the_mailbox(database: Database) -> None:
    with database.transaction() as db:
        applying = Applying(Casework(db, NINE_IN_SHANGHAI))
        applying.complete()
        applying.sign(IN_WINDOW)
        exporting.export(*applying.at, **applying.work.act("applicant", IN_WINDOW))
        digest = applying.application.package_digest or ""
    assert _manifest(blobs.get(digest))["about"]["mailbox"] == "yanfa312@126.com"


def test_e10_the_notice_is_recorded_with_what_is_packed() -> None:
    assert (policy.NOTICE.number, policy.NOTICE.basis) == ("沪人社职〔2025〕140号", "沪人社职〔2025〕100号")
    assert policy.NOTICE.issued_on == date(2025, 5, 12)
    assert _manifest(packages.pack([]))["notice"] == policy.NOTICE.number


def test_b02_anybody_in_the_city_may_be_enrolled_whoever_employs_them(database: Database, world: World) -> None:
    assert set(Person.__dataclass_fields__) == {"name", "identity_number", "photo", "document_type"}
    act: dict[str, Any] = {"by": world.by("office"), "now": NINE_IN_SHANGHAI}
    with database.transaction() as db:
        stranger = Person("陈一", "440304190001010010")  # a number from another province
        found = enrolling.enrol(db, world.exam_session.id, stranger, **act)
        assert found.candidate.name == "陈一"


def test_g01_a03_the_bureau_sees_the_whole_city(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        work.case(CaseState.SUBMITTED)
        work.case(CaseState.FILED, department_id=work.other_department.id, credit_code="91310115MA1K30CD22")
    bureau = Caller(app).log_in("bureau")
    counts = {one["state"]: one["count"] for one in bureau.get("/api/board").json["items"]}
    assert (counts["SUBMITTED"], counts["FILED"], len(counts)) == (1, 1, len(CaseState))
    assert len(bureau.get("/api/cases").json["items"]) == 2
    assert bureau.get("/api/supervision/sessions").status_code == 200


def test_g03_a_district_bureau_sees_the_cases_of_its_district_only(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        own, _ = work.case(), work.case(district="静安区")
    shown = Caller(app).log_in("district").get("/api/cases").json["items"]
    assert [one["id"] for one in shown] == [str(own.id)]


def test_g04_a_department_follows_its_own_field_to_the_end_and_no_other(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        cases = [work.case(state) for state in (CaseState.DEVELOPING, CaseState.FILED)]
    own, other = Caller(app).log_in("recommender"), Caller(app).log_in("recommender2")
    for case in cases:
        assert own.get(f"/api/cases/{case.id}/timeline").status_code == 200
        assert other.get(f"/api/cases/{case.id}/timeline").status_code == 404


def test_g05_research_material_is_kept_with_the_case(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case = work.case(CaseState.DEVELOPING)
    applicant = Caller(app).log_in("applicant")
    sent = upload("file", b"%PDF-1.7 report", "report.pdf")
    path = f"/api/cases/{case.id}/documents"
    sent["data"] = _with_fields(sent["data"], kind="OTHER", topic="调研论证")
    kept = applicant.post(path, **sent)
    assert kept.status_code == 201, kept.json
    (shown,) = applicant.get(f"/api/cases/{case.id}").json["documents"]
    assert (shown["kind"], shown["topic"]) == ("OTHER", "调研论证")


def _with_fields(body: bytes, **fields: str) -> bytes:
    head = b"--" + b"----examsvc" + b"\r\n"
    parts = (f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    return b"".join(head + part.encode() for part in parts) + body


def _manifest(data: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        found: dict[str, Any] = json.loads(package.read("manifest.json"))
        return found
