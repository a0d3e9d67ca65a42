"""What waits for whom, deadlines and feeds, letters, where people belong, the command line."""

from datetime import timedelta
from typing import Any

import pytest
from callers import Caller
from casework import CREDIT_CODE, DISTRICT, OTHER_CREDIT_CODE, OTHER_DISTRICT, Casework
from click.testing import CliRunner
from flask import Flask
from icalendar import Calendar
from moments import NINE_IN_SHANGHAI
from sqlalchemy import select

from examsvc.cli import cli
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.mail import posting
from examsvc.core.mail.models import OutgoingMail
from examsvc.registry.applications.models import Centre, CentreState
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.signals import deadline_near
from examsvc.registry.cases.states import CaseState
from examsvc.registry.reviews.kinds import ReviewKind
from examsvc.registry.reviews.models import Panellist, Review

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("who", "waiting"),
    [
        ("centre1", {"SUBMITTED": 2}),
        ("recommender", {"RETURNED": 1}),
        ("recommender2", {"DRAFT": 1}),
        ("applicant", {"DEVELOPING": 1}),
        ("applicant2", {}),
        ("bureau", {"SCHEME_ASSESSED": 1}),
        ("district", {}),
        ("expert1", {}),
        ("inner", {}),
    ],
)
def test_everybody_sees_what_waits_for_them_and_nothing_else(
    app: Flask, database: Database, who: str, waiting: dict[str, int]
) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        for state in (CaseState.SUBMITTED, CaseState.RETURNED, CaseState.DEVELOPING, CaseState.SCHEME_ASSESSED):
            work.case(state)
        work.case(CaseState.DRAFT, department_id=work.other_department.id)
        work.case(CaseState.SUBMITTED, credit_code=OTHER_CREDIT_CODE, district=OTHER_DISTRICT)
    desk = Caller(app).log_in(who).get("/api/desk").json
    assert {one["state"]: one["count"] for one in desk["waiting"]} == waiting
    assert len(desk["cases"]) == sum(waiting.values())


@pytest.mark.parametrize(
    ("seconds", "overdue", "soon"), [(-1, 1, 0), (0, 0, 1), (7 * 86400 - 1, 0, 1), (7 * 86400, 0, 0)]
)
def test_a_deadline_is_soon_for_seven_days_and_then_overdue(
    app: Flask, database: Database, seconds: int, overdue: int, soon: int
) -> None:
    with database.transaction() as db:
        due_at = NINE_IN_SHANGHAI + timedelta(seconds=seconds)
        Casework(db, NINE_IN_SHANGHAI - 3 * DAY).case(CaseState.SUBMITTED, due_at=due_at)
    centre = Caller(app).log_in("centre1")
    (waiting,) = centre.get("/api/desk").json["waiting"]
    assert (waiting["overdue"], waiting["due_soon"], waiting["role"]) == (overdue, soon, "REGISTRAR")
    counts = {one["state"]: one for one in centre.get("/api/board").json["items"]}
    assert counts["SUBMITTED"]["overdue"] == overdue
    assert counts["SUBMITTED"]["oldest_since_at"] == "2026-11-20T01:00:00+00:00"
    assert len(counts) == len(CaseState)
    assert counts["FILED"]["count"] == 0


def test_the_board_is_for_the_centre_and_the_bureau(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        Casework(db, NINE_IN_SHANGHAI)
    assert Caller(app).log_in("bureau").get("/api/board").status_code == 200
    assert Caller(app).log_in("applicant").get("/api/board").status_code == 403


def test_the_calendar_has_the_deadlines_one_may_read_and_the_windows(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        own = work.case(CaseState.DEVELOPING, due_at=NINE_IN_SHANGHAI + 30 * DAY)
        work.case(CaseState.DEVELOPING, credit_code=OTHER_CREDIT_CODE, due_at=NINE_IN_SHANGHAI + DAY)
        work.case(CaseState.ABANDONED, due_at=NINE_IN_SHANGHAI + DAY)
    applicant = Caller(app).log_in("applicant")
    found = applicant.get("/api/deadlines?from=2026-11-01&to=2026-12-31").json["items"]
    assert [(one["kind"], one["window"], one["at"][:10], one["case_id"]) for one in found] == [
        ("WINDOW_OPENS", "RECOMMENDATION", "2026-11-19", None),
        ("WINDOW_CLOSES", "RECOMMENDATION", "2026-11-30", None),
        ("WINDOW_OPENS", "ORGANISATION", "2026-12-19", None),
        ("DUE", None, "2026-12-23", str(own.id)),
        ("WINDOW_CLOSES", "ORGANISATION", "2026-12-30", None),
    ]
    assert applicant.get("/api/deadlines?from=2026-01-01&to=2028-01-01").json["code"] == "span_too_long"
    assert applicant.get("/api/deadlines?from=9999-01-01&to=9999-12-31").json["code"] == "invalid"


def test_a_feed_tells_deadlines_only_and_can_be_revoked(
    app: Flask, database: Database, nobody: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case = work.case(CaseState.DEVELOPING, due_at=NINE_IN_SHANGHAI + 30 * DAY)
        work.case(CaseState.DEVELOPING, credit_code=OTHER_CREDIT_CODE, due_at=NINE_IN_SHANGHAI + DAY)
    applicant = Caller(app).log_in("applicant")
    first = _path(applicant)
    path = _path(applicant)
    assert nobody.get(first).status_code == 404
    caplog.set_level("INFO")
    answer = nobody.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert path.rpartition("/")[2].removesuffix(".ics") not in caplog.text
    (due,) = [event for event in Calendar.from_ical(answer.data).walk("VEVENT") if str(case.id) in event["UID"]]
    assert due.decoded("DTSTART") == case.due_at
    assert due["SUMMARY"] == f"期限：{case.scheme_name}（{case.number}）"
    for secret in ("applicant", "先生", CREDIT_CODE, work.organisation.name):
        assert secret not in answer.text
    assert applicant.delete("/api/calendar/token").status_code == 204
    assert nobody.get(path).status_code == 404


def _path(caller: Caller) -> str:
    url: str = caller.post("/api/calendar/token").json["url"]  # type: ignore[index]
    return url.removeprefix("http://127.0.0.1:8000")


@pytest.fixture
def open_post() -> Any:
    posting.use_post("smtp://127.0.0.1:1", "office@example.org", "https://exams.example.org")
    yield
    posting.use_post(None, "", "")


def _letters(database: Database) -> list[OutgoingMail]:
    with database.reading() as db:
        return list(db.scalars(select(OutgoingMail).order_by(OutgoingMail.to_address)))


def _with_addresses(work: Casework) -> None:
    for name, account in work.accounts.items():
        account.email = f"{name}@example.org"


@pytest.mark.parametrize(
    ("state", "target", "told"),
    [
        (CaseState.SUBMITTED, CaseState.RETURNED, ["recommender"]),
        (CaseState.HANDED_IN, CaseState.SCHEME_ASSESSED, ["bureau"]),
        (CaseState.SCHEME_PUBLICITY, CaseState.SCHEME_PUBLICISED, ["applicant"]),
        (CaseState.SUBMITTED, CaseState.MATERIALS_CHECKED, ["centre2"]),
        (CaseState.BUREAU_AGREED, CaseState.PUBLICITY, []),
    ],
)
def test_those_whose_turn_it_is_get_a_letter_and_not_the_one_who_acted(
    app: Flask, database: Database, open_post: None, state: CaseState, target: CaseState, told: list[str]
) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        _with_addresses(work)
        case = work.case(state)
        cases.advance(db, case, target, **work.act("centre1"), due_at=NINE_IN_SHANGHAI + DAY)
    letters = _letters(database)
    assert [letter.to_address for letter in letters] == [f"{name}@example.org" for name in told]
    for letter in letters:
        assert letter.subject == f"等待您办理：{case.number} {case.scheme_name}"
        assert f"https://exams.example.org/office/cases/{case.id}" in letter.body
        assert "期限：2026-11-24 09:00（北京时间）" in letter.body


def test_people_without_an_address_and_services_without_a_server_get_no_letter(
    app: Flask, database: Database, open_post: None
) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        cases.advance(db, work.case(), CaseState.RETURNED, **work.act("centre1"))
    posting.use_post(None, "", "")
    with database.transaction() as db:
        work.accounts["recommender"].email = "a@example.org"
        db.add(work.accounts["recommender"])
        case = db.scalars(select(cases.Case)).one()
        cases.advance(db, case, CaseState.DRAFT, **work.act("centre1"))
    assert _letters(database) == []


def test_a_near_deadline_is_told_by_letter(app: Flask, database: Database, open_post: None) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        _with_addresses(work)
        case = work.case(CaseState.DEVELOPING, due_at=NINE_IN_SHANGHAI + 7 * DAY)
        deadline_near.send(case, db=db, due_at=case.due_at, days=7, now=NINE_IN_SHANGHAI)
    (letter,) = _letters(database)
    assert (letter.to_address, letter.subject[:8]) == ("applicant@example.org", "距期限 7 天：")


def test_one_enters_ones_own_address_and_only_a_plain_one(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        Casework(db, NINE_IN_SHANGHAI)
    own = Caller(app).log_in("centre1")
    assert own.get("/api/me/email").json == {"email": None}
    assert own.put("/api/me/email", {"email": "zhou@example.org"}).json == {"email": "zhou@example.org"}
    refused = own.put("/api/me/email", {"email": "a@example.org\nBcc: b@example.org"})
    assert (refused.status_code, refused.json["code"]) == (422, "bad_email")
    assert own.get("/api/me/email").json == {"email": "zhou@example.org"}
    assert own.put("/api/me/email", {"email": None}).json == {"email": None}


def test_the_centre_enters_where_people_belong_and_reading_follows_it(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case = work.case(CaseState.SUBMITTED)
        moved = work.accounts["recommender2"].id
    centre, recommender = Caller(app).log_in("centre1"), Caller(app).log_in("recommender2")
    names = [one["name"] for one in centre.get("/api/departments").json["items"]]
    assert work.department.name in names
    assert recommender.get(f"/api/cases/{case.id}").status_code == 404
    path = f"/api/staff/{moved}/affiliation"
    entered = centre.put(path, {"department": work.department.name}).json
    assert entered == {**centre.get(path).json, "department": work.department.name, "organisation": None}
    assert recommender.get(f"/api/cases/{case.id}").status_code == 200
    overview = centre.get("/api/affiliations").json
    person = next(one for one in overview["people"] if one["username"] == "recommender2")
    assert person == {**entered, "roles": ["RECOMMENDER"]}
    assert [one["credit_code"] for one in overview["organisations"]] == [OTHER_CREDIT_CODE, CREDIT_CODE]
    assert {one["name"] for one in overview["departments"]} == set(names)
    assert recommender.get("/api/affiliations").status_code == 403
    assert centre.put(path, {"department": "没有"}).json["code"] == "no_such_place"
    assert centre.put(path, {"credit_code": CREDIT_CODE, "district": DISTRICT}).json["credit_code"] == CREDIT_CODE
    assert centre.put(path, {}).json["district"] is None
    assert recommender.put(path, {}).status_code == 403
    assert centre.post("/api/departments", {"name": "上海市新部门"}).status_code == 200


def test_the_command_line_makes_people_of_a_department_and_prints_a_timeline(
    database: Database, app: Flask, monkeypatch: pytest.MonkeyPatch, moving_clock: MovableClock, tmp_path: Any
) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case = work.case()
        cases.advance(db, case, CaseState.RETURNED, **work.act("centre1"), reason="补充材料")
    monkeypatch.setenv("EXAMSVC_DATABASE_URL", database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("EXAMSVC_DATA_DIR", str(tmp_path / "data"))
    run = CliRunner().invoke
    person = ["user", "create", "wang", "--name", "王", "--role", "RECOMMENDER", "--password", "long enough"]
    made = run(cli, [*person, "--department", "上海市新部门", "--email", "wang@example.org"], catch_exceptions=False)
    assert made.exit_code == 0, made.output
    with database.reading() as db:
        account = db.scalars(select(cases.Affiliation).order_by(cases.Affiliation.account_id)).all()
        assert "上海市新部门" in [one.department.name for one in account if one.department]
    for name in (case.number, str(case.id)):
        told = run(cli, ["registry", "timeline", name], catch_exceptions=False).output
        assert told.splitlines()[1].startswith("2026-11-23 09:00:00  centre1先生  case.returned")
        assert "补充材料" in told
    assert run(cli, ["registry", "timeline", "没有"]).exit_code != 0


def test_experts_see_their_pending_opinions_and_districts_the_sites_that_wait(app: Flask, database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case = work.case(CaseState.MATERIALS_CHECKED)
        review = Review(case_id=case.id, kind=ReviewKind.INITIATION, round=1, opened_at=NINE_IN_SHANGHAI)
        db.add(review)
        db.flush()
        for name, extra in (("expert1", {}), ("expert2", {"stood_down_at": NINE_IN_SHANGHAI})):
            whose = {"review_id": review.id, "account_id": work.accounts[name].id, "is_chair": False}
            db.add(Panellist(**whose, appointed_at=NINE_IN_SHANGHAI, **extra))
        for state in (CentreState.PROPOSED, CentreState.RECOMMENDED):
            place = {"district": DISTRICT, "address": "示例路 1 号", "organisation_id": work.organisation.id}
            db.add(Centre(name=f"考核点{state}", state=state, **place))
    seen = {
        who: [(one["kind"], one["name"]) for one in Caller(app).log_in(who).get("/api/desk").json["tasks"]]
        for who in ("expert1", "expert2", "expert3", "district", "district2", "centre1")
    }
    assert seen.pop("expert1") == [("OPINION", "人工智能模型运用1")]
    assert seen.pop("district") == [("CENTRE", f"{work.organisation.name} · 考核点PROPOSED")]
    assert not any(seen.values())
