"""备案: filed only without an open objection, valid three years, kept, announced to end, reported."""

import json
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import exam_rooms
import publishing
import pytest
from callers import Caller
from casework import CREDIT_CODE, Casework
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from moments import NINE_IN_SHANGHAI
from openpyxl import load_workbook
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from world import World

from examsvc.core import audit, sweeps
from examsvc.core.clock import SHANGHAI, MovableClock
from examsvc.core.db import Database
from examsvc.core.errors import IllegalTransition
from examsvc.delivery import enrolling, planning
from examsvc.registry import listing
from examsvc.registry import service as registry
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.states import CaseState
from examsvc.registry.errors import NotFiled
from examsvc.registry.models import Filing, SchemeSpecification
from examsvc.registry.publicity import filing, keeping, numbering, objecting, posting, resolving, validity
from examsvc.registry.publicity.errors import CaseIncomplete, ObjectionOpen
from examsvc.registry.publicity.models import Objection
from examsvc.registry.publicity.posting import NoticePlan, Seen
from examsvc.registry.publicity.signals import filing_near_expiry
from examsvc.registry.publicity.states import Against, NoticeKind

pytestmark = pytest.mark.slow

ENDS_AT = datetime(2026, 11, 30, 16, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def specification(db: Session, work: Casework, name: str = "人工智能模型运用") -> SchemeSpecification:
    scheme = registry.define_scheme(
        db, name, occupation=("4-04-05", "软件和信息技术服务人员"), industries=["人工智能"], **work.act("centre1")
    )
    plan = registry.WorkTaskPlan("提示词撰写", 40, 60, ["能撰写"], ["原理"])
    return registry.adopt_specification(
        db,
        scheme.id,
        definition="能力。",
        audience="劳动者",
        theory_minutes=60,
        work_tasks=[plan],
        **work.act("centre1"),
    )


class Ready:
    """A case in PUBLICITY whose notice ends with 2026-11-30."""

    def __init__(self, database: Database, **fields: Any) -> None:
        self.database = database
        with database.transaction() as db:
            self.work = Casework(db, NINE_IN_SHANGHAI)
            fixed = {"specification_id": specification(db, self.work).id, **fields}
            case = self.work.case(CaseState.BUREAU_AGREED, **fixed)
            plan = NoticePlan(NoticeKind.ORGANISATIONS, "公示", "")
            self.notice = posting.post(db, plan, [Seen(case.id, case.version)], **self.work.act("centre1"))
            self.case_id, self.version = case.id, case.version

    def file(self, now: datetime) -> Filing:
        with self.database.transaction() as db:
            return filing.file_case(db, self.case_id, self.version, **self.work.act("centre1", now))


@pytest.mark.parametrize(("delta", "is_filed"), [(-SECOND, False), (0 * SECOND, True), (SECOND, True)])
def test_d12_a_case_is_filed_from_the_instant_its_notice_ended_on(
    database: Database, delta: timedelta, is_filed: bool
) -> None:
    ready = Ready(database)
    if not is_filed:
        with pytest.raises(IllegalTransition):
            ready.file(ENDS_AT + delta)
        return
    filed = ready.file(ENDS_AT + delta)
    assert (filed.valid_from_on, filed.valid_to_on) == (date(2026, 12, 1), date(2029, 11, 30))
    assert numbering.FILING.recognise(filed.number) == filed.number
    with database.reading() as db:
        case = db.get_one(Case, ready.case_id)
        assert (case.state, case.filing_id) == (CaseState.FILED, filed.id)
        stamps = {entry.action: entry.at for entry in audit.history(db, case.audit_stream)}
        assert stamps["case.publicised"] == ENDS_AT


def test_d12_an_open_objection_blocks_the_filing_until_it_is_answered(app: Flask, database: Database) -> None:
    ready = Ready(database)
    with database.transaction() as db:
        complaint = objecting.Complaint(ready.case_id, "赵某", "021-1", Against.OTHER, "不实")
        objecting.object_to(db, ready.notice.id, complaint, None, form_key="k", now=ENDS_AT - SECOND)
    with pytest.raises(ObjectionOpen):
        ready.file(ENDS_AT)
    with database.reading() as db:
        objection_id = db.scalars(select(Objection.id)).one()
    with database.transaction() as db:
        resolving.dismiss(db, objection_id, ready.version, "查无此事", **ready.work.act("centre2", ENDS_AT + SECOND))
        ready.version = db.get_one(Case, ready.case_id).version
    assert ready.file(ENDS_AT + 2 * SECOND).organisation_id == ready.work.organisation.id


def test_a_case_without_a_specification_is_not_filed(database: Database) -> None:
    ready = Ready(database, specification_id=None)
    with pytest.raises(CaseIncomplete):
        ready.file(ENDS_AT)


def test_filing_through_the_door_answers_with_the_number(
    app: Flask, database: Database, moving_clock: MovableClock
) -> None:
    ready = Ready(database)
    moving_clock.at = ENDS_AT
    path, body = f"/api/cases/{ready.case_id}/filing", {"version": ready.version}
    assert Caller(app).log_in("bureau").post(path, body).status_code == 403
    centre = Caller(app).log_in("centre1")
    answer = centre.post(path, body)
    assert (answer.status_code, answer.json["filing"]["valid_to_on"]) == (201, "2029-11-30")
    assert centre.post(path, body).json["code"] == "case_moved_on"
    listed = centre.get("/api/registry/filings").json["items"]
    assert [(one["credit_code"], one["standing"]) for one in listed] == [(CREDIT_CODE, "IN_FORCE")]


@pytest.mark.parametrize(
    ("valid_from", "valid_to"),
    [
        ("2026-11-23", "2029-11-22"),
        ("2026-01-01", "2028-12-31"),
        ("2025-03-01", "2028-02-29"),
        ("2028-02-29", "2031-02-28"),
        ("2028-03-01", "2031-02-28"),
    ],
)
def test_d13_e07_a_filing_is_valid_for_three_years(valid_from: str, valid_to: str) -> None:
    assert validity.last_day(date.fromisoformat(valid_from)) == date.fromisoformat(valid_to)


@given(st.dates(date(2025, 1, 1), date(2090, 1, 1)))
@settings(deadline=None, max_examples=100)
def test_d13_three_years_are_never_shorter_than_three_years(valid_from: date) -> None:
    assert (validity.last_day(valid_from) - valid_from).days + 1 in (1095, 1096)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (181, None),
        (180, 180),
        (179, 180),
        (91, 180),
        (90, 90),
        (89, 90),
        (31, 90),
        (30, 30),
        (29, 30),
        (0, 30),
        (-1, None),
    ],
)
def test_d13_the_end_is_announced_at_180_90_and_30_days(left: int, expected: int | None) -> None:
    end = date(2029, 11, 30)
    assert validity.warning_due(end, day=end - left * DAY) == expected


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), SHANGHAI)


def test_d13_every_announcement_is_made_once_and_those_that_were_slept_through_as_one(
    database: Database, world: World, moving_clock: MovableClock
) -> None:
    told: list[int] = []

    def hear(_: Filing, *, days_before: int, **__: Any) -> None:
        told.append(days_before)

    end = world.filing.valid_to_on
    with filing_near_expiry.connected_to(hear):
        for left in (181, 180, 180, 100, 60, 20, 0, -1):
            moving_clock.at = noon(end - left * DAY)
            sweeps.run(database, [keeping.SWEEP])
    assert told == [180, 90, 30]
    with database.reading() as db:
        entries = audit.history(db, f"filing:{world.filing.id}")
    assert [entry.detail["days_before"] for entry in entries if entry.action == "filing.near_expiry"] == [180, 90, 30]


def plan(world: World, day: date) -> planning.SessionPlan:
    return planning.SessionPlan(
        code=f"F-{day}",
        title="场次",
        place="一号机房",
        filing_id=world.filing.id,
        paper_id=world.paper.id,
        starts_at=noon(day),
        ends_at=noon(day) + timedelta(hours=2),
        minutes=60,
        clock_rule=world.exam_session.clock_rule,
        camera_rule=world.exam_session.camera_rule,
        earliest_hand_in_minutes=0,
    )


@pytest.mark.parametrize(("beyond", "is_allowed"), [(-1, True), (0, True), (1, False)])
def test_f01_d13_an_exam_session_is_planned_and_published_only_on_a_day_within_the_validity(
    database: Database, world: World, beyond: int, is_allowed: bool
) -> None:
    day = world.filing.valid_to_on + beyond * DAY
    act: dict[str, Any] = {"by": world.by("office"), "now": NINE_IN_SHANGHAI}
    if not is_allowed:
        with pytest.raises(NotFiled), database.transaction() as db:
            planning.create_session(db, plan(world, day), **act)
        return
    with database.transaction() as db:
        session = planning.create_session(db, plan(world, day), **act)
        exam_rooms.give_room(db, session, **act)
        enrolling.enrol(db, session.id, enrolling.Person("王小明", "11010519491231002X"), **act)
        assert publishing.publish(db, session.id, **act).state == "PUBLISHED"


def test_f01_d13_a_session_planned_in_time_is_not_published_once_the_filing_is_withdrawn(
    app: Flask, database: Database, world: World
) -> None:
    act: dict[str, Any] = {"by": world.by("office"), "now": NINE_IN_SHANGHAI}
    with database.transaction() as db:
        session = planning.create_session(db, plan(world, world.filing.valid_to_on), **act)
        enrolling.enrol(db, session.id, enrolling.Person("王小明", "11010519491231002X"), **act)
    centre = Caller(app).log_in("registrar")
    base = f"/api/registry/filings/{world.filing.id}"
    assert centre.post(f"{base}/suspension", {"reason": "核查"}).json["standing"] == "SUSPENDED"
    with pytest.raises(NotFiled), database.transaction() as db:
        publishing.publish(db, session.id, **act)
    assert centre.post(f"{base}/reinstatement", {"reason": "核查结束"}).json["standing"] == "IN_FORCE"
    assert centre.post(f"{base}/withdrawal", {"reason": "机构注销"}).json["standing"] == "WITHDRAWN"
    assert centre.post(f"{base}/reinstatement", {"reason": "再议"}).status_code == 409
    history = centre.get(base).json["history"]
    assert [(one["state"], one["on"], one["reason"]) for one in history] == [
        ("SUSPENDED", "2026-11-23", "核查"),
        ("IN_FORCE", "2026-11-23", "核查结束"),
        ("WITHDRAWN", "2026-11-23", "机构注销"),
    ]
    page = centre.get(f"/registry/{world.filing.id}").text
    assert "机构注销" in page
    assert "自 2026-11-23" in centre.get("/registry").text


def test_only_the_centre_changes_filings(app: Flask, world: World) -> None:
    path = f"/api/registry/filings/{world.filing.id}/suspension"
    assert Caller(app).log_in("office").post(path, {"reason": "x"}).status_code == 403
    assert Caller(app).log_in("registrar").post(path, {"reason": " "}).status_code == 422


def test_d15_a_report_packs_the_filings_of_a_period_and_records_that_it_was_sent(
    app: Flask, database: Database
) -> None:
    ready = Ready(database)
    filed = ready.file(ENDS_AT)
    centre = Caller(app).log_in("centre1")
    empty = centre.post("/api/filing-reports", {"from_on": "2026-01-01", "to_on": "2026-11-30"})
    assert empty.json["code"] == "nothing_to_report"
    report = centre.post("/api/filing-reports", {"from_on": "2026-12-01", "to_on": "2026-12-01"}).json
    assert report["filing_ids"] == [str(filed.id)]
    assert report["reported_at"] is None
    package = centre.get(f"/api/filing-reports/{report['id']}/package")
    with zipfile.ZipFile(BytesIO(package.data)) as archive:
        about = json.loads(archive.read("manifest.json"))["about"]
        sheet = load_workbook(BytesIO(archive.read("备案清单.xlsx"))).active
    assert about["addressee"] == "中国就业培训技术指导中心"
    assert [one["number"] for one in about["filings"]] == [filed.number]
    assert sheet.cell(4, 1).value == filed.number
    path = f"/api/filing-reports/{report['id']}/sending"
    assert centre.post(path, {"note": "邮件发送"}).json["note"] == "邮件发送"
    assert centre.post(path, {"note": "再次"}).status_code == 409
    assert [one["id"] for one in centre.get("/api/filing-reports").json["items"]] == [report["id"]]


def test_d14_the_workbook_holds_the_list_and_no_formula(nobody: Caller, world: World, database: Database) -> None:
    with database.transaction() as db:
        db.get_one(type(world.organisation), world.organisation.id).name = '=HYPERLINK("https://x","点")'
    answer = nobody.get("/registry.xlsx")
    sheet = load_workbook(BytesIO(answer.data)).active
    assert (sheet["A1"].value, sheet["A2"].value) == ("备案的考核机构及项目清单", "截至 2026-11-23")
    assert (sheet["B4"].value, sheet["B4"].data_type) == ('=HYPERLINK("https://x","点")', "s")
    assert (sheet["I4"].value.date(), sheet["K4"].value) == (date(2026, 1, 1), "有效")
    assert "Filed organisations" in load_workbook(BytesIO(nobody.get("/registry.xlsx?lang=en").data)).active["A1"].value


@pytest.fixture
def sixty(database: Database, world: World) -> None:
    """Sixty filings beside the world's own, 甲-001 to 甲-060."""
    with database.transaction() as db:
        for number in range(1, 61):
            registry.file(
                db,
                world.organisation.id,
                world.specification.id,
                number=f"甲-{number:03d}",
                valid_from_on=date(2026, 1, 1),
                valid_to_on=date(2026, 11, 22) if number <= 5 else date(2028, 12, 31),
                by=world.by("registrar"),
                now=NINE_IN_SHANGHAI,
            )


def test_d14_the_list_is_paged_by_number_and_every_filing_is_on_one_page(nobody: Caller, sixty: None) -> None:
    found, after = [], None
    while True:
        page = nobody.get(
            "/api/registry/filings", query_string={"limit": 25, **({"after": after} if after else {})}
        ).json
        found += [one["number"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(found) == len(set(found)) == 61
    first = nobody.get("/registry").text
    assert "下一页" in first
    assert "61 条" in first


@pytest.mark.parametrize(("standing", "count"), [("EXPIRED", 5), ("IN_FORCE", 56), ("SUSPENDED", 0), ("NOT_YET", 0)])
def test_d14_the_list_is_filtered_by_standing(nobody: Caller, sixty: None, standing: str, count: int) -> None:
    page = nobody.get("/api/registry/filings", query_string={"standing": standing, "limit": 100}).json
    assert len(page["items"]) == count
    assert {one["standing"] for one in page["items"]} <= {standing}
    assert f"{count} 条" in nobody.get("/registry", query_string={"standing": standing}).text


@pytest.mark.parametrize(
    "path", ["/registry", "/registry?q=测试&standing=IN_FORCE", "/api/registry/filings", "/notices"]
)
def test_d14_a_page_of_the_list_is_three_queries_whatever_its_size(
    nobody: Caller, sixty: None, database: Database, path: str
) -> None:
    queries: list[str] = []

    def note(*args: Any) -> None:
        queries.append(args[2])

    event.listen(database.engine, "before_cursor_execute", note)
    assert nobody.get(path).status_code == 200
    assert 1 <= len([query for query in queries if query.lstrip().startswith("SELECT")]) <= 3


def test_percent_and_underscore_in_a_search_are_characters(database: Database, world: World) -> None:
    today = NINE_IN_SHANGHAI.date()
    with database.reading() as db:
        for wanted, count in (("%", 0), ("_", 0), ("备案_1", 0), ("备案-1", 1)):
            assert listing.count(db, listing.Wanted(today, wanted)) == count


@pytest.mark.parametrize("pattern", [numbering.NOTICE, numbering.OBJECTION, numbering.FILING])
def test_a_provisional_number_says_so_and_knows_its_typing_errors(pattern: numbering.Pattern) -> None:
    number = pattern.allot(2026)
    assert number.startswith(f"{pattern.prefix}-2026-")
    assert not pattern.is_official
    assert pattern.recognise(number.lower().replace("-", " ")) == number
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    assert pattern.recognise(wrong) is None
    assert pattern.recognise("2026") is None
