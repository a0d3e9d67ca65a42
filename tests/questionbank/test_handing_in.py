"""Handing a bank in for the scheme review: it belongs to the case and covers the specification."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from callers import Caller
from casework import Casework
from flask import Flask
from sqlalchemy.orm import Session
from world import _criteria, _wordings

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.core.errors import NotFound
from examsvc.registry import service as registry
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.signals import case_advanced
from examsvc.registry.cases.states import CaseState
from examsvc.registry.developing import service as developing
from examsvc.registry.developing import specifying
from examsvc.registry.developing.errors import DevelopmentOverdue, SpecificationMissing
from examsvc.registry.developing.models import Development
from examsvc.registry.developing.specifying import Shares, SpecificationPlan
from examsvc.registry.models import WorkTask
from questionbank import authoring, handing_in, practicals, releasing, reviewing
from questionbank.authoring import Wording
from questionbank.errors import BankCoverageMissing, BankOfAnotherSpecification
from questionbank.kinds import Difficulty
from questionbank.models import ItemBank
from questionbank.registration import registering

PASSED = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
DUE = datetime(2026, 8, 12, 16, 0, tzinfo=UTC)
SHARES = [Shares(20, 20), Shares(20, 0), Shares(0, 40)]  # theory only in the second task, practice only in the third


class Bench:
    """A case under development with its specification handed in and an empty bank."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self.work = Casework(db, PASSED)
        self.case = self.work.case(CaseState.APPLIED)
        developing.begin(db, self.case, **self.work.act("centre1"))
        plan = SpecificationPlan("从业人员", 60, SHARES)
        act = self.work.act("applicant")
        self.tasks = specifying.hand_in(db, self.case.id, self.case.version, plan, **act).work_tasks
        self.bank = handing_in.open_bank(db, self.case.id, self.case.version, "题库", **act)

    def write(self, number: int, *, release: bool = True) -> None:
        """Write an item to the first knowledge point of a work task."""
        kind, content, key = next(iter(_wordings()))
        wording = Wording(kind, Difficulty.EASY, self.tasks[number - 1].knowledge_points[0].id, content, key, "因为")
        author, reviewer = self.work.by("expert1"), self.work.by("expert2")
        code = f"T{number}"
        version = authoring.write_item(self.db, self.bank.id, code, wording, by=author, now=PASSED)
        reviewing.submit(self.db, version.id, by=author, now=PASSED)
        reviewing.approve(self.db, version.id, by=reviewer, now=PASSED)
        if release:
            releasing.release(self.db, version.id, by=reviewer, now=PASSED)

    def add_practical(self, task: WorkTask) -> None:
        plan = practicals.TaskPlan(
            code=f"P{task.number}",
            work_task_id=task.id,
            title="试题",
            brief="完成任务。",
            minutes=30,
            criteria=list(_criteria()),
        )
        practicals.add_practical_task(self.db, self.bank.id, plan, by=self.work.by("expert1"), now=PASSED)

    def fill(self) -> None:
        for number in (1, 2):
            self.write(number)
        for task in (self.tasks[0], self.tasks[2]):
            self.add_practical(task)

    def hand_in(self, bank_id: UUID | None = None, now: datetime = PASSED) -> None:
        act = self.work.act("applicant", now)
        handing_in.hand_in(self.db, self.case.id, self.case.version, bank_id or self.bank.id, **act)


@pytest.fixture
def bench(db: Session) -> Bench:
    return Bench(db)


def test_g06_a_bank_that_covers_everything_stops_the_clock(bench: Bench) -> None:
    bench.fill()
    bench.hand_in(now=DUE - timedelta(seconds=1))
    kept = get(bench.db, Development, bench.case.id)
    assert bench.case.state == CaseState.HANDED_IN
    assert (kept.bank_id, kept.bank_name) == (bench.bank.id, "题库")
    assert [(row["items"], row["practical_tasks"]) for row in kept.coverage] == [(1, 1), (1, 0), (0, 1)]


def test_g06_what_is_handed_in_is_registered_and_gets_the_filing_when_the_case_is_filed(bench: Bench) -> None:
    bench.fill()
    bench.hand_in()
    registered = registering.newest(bench.db, bench.bank.id)
    assert registered
    assert (registered.number, registered.case_id, registered.filing_id) == (1, bench.case.id, None)
    filing = registry.file(
        bench.db,
        bench.bank.organisation_id,
        bench.bank.specification_id,
        number="备案-9",
        valid_from_on=date(2026, 6, 1),
        valid_to_on=date(2029, 5, 31),
        **bench.work.act("centre1"),
    )
    bench.case.filing_id, bench.case.state = filing.id, CaseState.FILED
    case_advanced.send(bench.case, db=bench.db, came_from=CaseState.HANDED_IN, **bench.work.act("centre1"))
    assert registered.filing_id == filing.id
    assert [entry.action for entry in audit.history(bench.db, registered.audit_stream)] == [
        "bank.registered",
        "bank.filed",
    ]


def test_g06_everything_that_is_missing_is_named_at_once(bench: Bench) -> None:
    bench.write(1, release=False)
    with pytest.raises(BankCoverageMissing) as refused:
        bench.hand_in()
    assert refused.value.extra["missing"] == [
        {"work_task": 1, "knowledge_point": 1, "kind": "ITEM"},
        {"work_task": 1, "knowledge_point": None, "kind": "PRACTICAL_TASK"},
        {"work_task": 2, "knowledge_point": 1, "kind": "ITEM"},
        {"work_task": 3, "knowledge_point": None, "kind": "PRACTICAL_TASK"},
    ]
    assert bench.case.state == CaseState.DEVELOPING


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1)])
def test_d09_a_bank_that_is_late_is_refused_before_the_worker_came_by(bench: Bench, late: timedelta) -> None:
    bench.fill()
    with pytest.raises(DevelopmentOverdue):
        bench.hand_in(now=DUE + late)


def test_g06_a_bank_of_somebody_else_or_of_another_specification_is_refused(bench: Bench) -> None:
    other = ItemBank(
        organisation_id=bench.work.other_organisation.id,
        specification_id=bench.bank.specification_id,
        name="别家题库",
        created_at=PASSED,
    )
    bench.db.add(other)
    bench.db.flush()
    with pytest.raises(NotFound):
        bench.hand_in(other.id)
    plan = SpecificationPlan("从业人员", 90, SHARES)
    specifying.hand_in(bench.db, bench.case.id, bench.case.version, plan, **bench.work.act("applicant"))
    with pytest.raises(BankOfAnotherSpecification):
        bench.hand_in()


def test_g06_a_bank_waits_for_its_specification(db: Session) -> None:
    work = Casework(db, PASSED)
    case = work.case(CaseState.APPLIED)
    developing.begin(db, case, **work.act("centre1"))
    assert handing_in.choices(db, case.id, by=work.by("applicant")) == []
    with pytest.raises(SpecificationMissing):
        handing_in.open_bank(db, case.id, case.version, "题库", **work.act("applicant"))


def test_g06_the_office_hands_both_in_over_the_edge(app: Flask, database: Database, moving_clock: MovableClock) -> None:
    moving_clock.at = PASSED
    with database.transaction() as db:
        work = Casework(db, PASSED)
        case_id = work.case(CaseState.APPLIED).id
        developing.begin(db, db.get_one(Case, case_id), **work.act("centre1"))
    applicant = Caller(app).log_in("applicant")
    view = applicant.get(f"/api/cases/{case_id}/development").json
    assert (view["last_on"], view["policy"], view["state"]) == ("2026-08-12", "ROLL_FORWARD", "DEVELOPING")
    assert [task["weight"] for task in view["planned"]["work_tasks"]] == [40, 20, 40]
    body = {
        "version": view["version"],
        "audience": "从业人员",
        "theory_minutes": 60,
        "shares": [{"theory": 40, "practical": 0}, {"theory": 20, "practical": 0}, {"theory": 40, "practical": 0}],
    }
    wrong = applicant.post(f"/api/cases/{case_id}/specification", {**body, "shares": body["shares"][:2]})
    assert (wrong.status_code, wrong.json["code"]) == (422, "shares_differ")
    view = applicant.post(f"/api/cases/{case_id}/specification", body).json
    assert view["specification"]["version"] == 1
    version = view["version"]
    opened = applicant.post(f"/api/cases/{case_id}/item-banks", {"version": version, "name": "题库一"})
    assert opened.status_code == 201
    bank = opened.json["items"][0]
    assert len(bank["missing"]) == 3
    stale = applicant.post(f"/api/cases/{case_id}/bank", {"version": version, "bank_id": bank["id"]})
    assert stale.json["code"] == "case_moved_on"
    version = applicant.get(f"/api/cases/{case_id}/development").json["version"]
    lacking = applicant.post(f"/api/cases/{case_id}/bank", {"version": version, "bank_id": bank["id"]})
    assert (lacking.status_code, lacking.json["code"]) == (409, "bank_coverage_missing")
    for stranger in ("applicant2", "recommender2"):
        assert Caller(app).log_in(stranger).get(f"/api/cases/{case_id}/development").status_code == 404
    assert Caller(app).log_in("centre1").post(f"/api/cases/{case_id}/bank", {}).status_code == 403
