"""The three months of 140号 三(一)4, to the second, and what is handed in within them."""

import json
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from casework import MAIN_CONTENT, Casework
from moments import NINE_IN_SHANGHAI
from sqlalchemy.orm import Session

from examsvc.core import audit, clock, sweeps
from examsvc.core.calendar import deadlines
from examsvc.core.calendar.deadlines import DeadlinePolicy
from examsvc.core.calendar.errors import HolidaysUnknown
from examsvc.core.clock import SHANGHAI, MovableClock
from examsvc.core.db import Database
from examsvc.core.errors import NotFound
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.errors import CaseMovedOn
from examsvc.registry.cases.models import Case, CaseProposal
from examsvc.registry.cases.signals import deadline_near
from examsvc.registry.cases.states import CaseState
from examsvc.registry.developing import service as developing
from examsvc.registry.developing import specifying, sweeping
from examsvc.registry.developing.errors import ContentMissing, DevelopmentOverdue, NotDeveloping, SharesDiffer
from examsvc.registry.developing.models import Development
from examsvc.registry.developing.specifying import Shares, SpecificationPlan
from examsvc.registry.errors import AlreadyRegistered
from examsvc.registry.models import SchemeSpecification

pytestmark = pytest.mark.slow

PASSED = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)  # 10:00 on a Tuesday in Shanghai
DUE = datetime(2026, 8, 12, 16, 0, tzinfo=UTC)  # 24:00 on 12 August: the first instant that is too late
INSTANT = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)
PLAN = SpecificationPlan("从业人员", 60, [Shares(20, 20), Shares(10, 10), Shares(10, 30)])


def begun(db: Session, passed_at: datetime = PASSED) -> tuple[Casework, Case, Development]:
    work = Casework(db, passed_at)
    case = work.case(CaseState.APPLIED)
    return work, case, developing.begin(db, case, **work.act("centre1"))


def hand_in(db: Session, work: Casework, case: Case, now: datetime, plan: SpecificationPlan = PLAN) -> Any:
    return specifying.hand_in(db, case.id, case.version, plan, **work.act("applicant", now))


def record_bank(db: Session, work: Casework, case: Case, now: datetime) -> None:
    row = {"number": 1, "name": "提示词撰写", "items": 3}
    developing.record_bank(db, case, UUID(int=7), "题库", [row], **work.act("applicant", now))


def test_d08_the_clock_starts_when_the_organisation_passes(db: Session) -> None:
    _, case, development = begun(db)
    assert (case.state, case.due_at) == (CaseState.DEVELOPING, DUE - INSTANT)
    assert (development.started_at, development.last_on, development.due_at) == (
        PASSED,
        date(2026, 8, 12),
        DUE - INSTANT,
    )
    assert development.policy == DeadlinePolicy.ROLL_FORWARD


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("passed", "last_on"),
    [
        ((2025, 11, 30, 9), (2026, 2, 28)),  # clamped; a Saturday that is made up
        ((2026, 7, 1, 9), (2026, 10, 8)),  # the National Day rolls
        ((2026, 5, 30, 23, 59, 59), (2026, 8, 31)),  # a Sunday rolls
        ((2026, 5, 31, 0, 0, 0), (2026, 8, 31)),
        ((2026, 6, 1, 0, 0, 0), (2026, 9, 1)),
    ],
)
def test_e05_the_last_day_follows_the_shanghai_date_of_the_pass(
    db: Session, passed: tuple[int, ...], last_on: tuple[int, int, int]
) -> None:
    _, case, development = begun(db, datetime(*passed, tzinfo=SHANGHAI))  # type: ignore[arg-type,misc]
    assert development.last_on == date(*last_on)
    assert case.due_at == deadlines.end_of(date(*last_on)) - INSTANT


def test_e05_a_running_deadline_keeps_the_policy_it_began_with(db: Session) -> None:
    deadlines.use_policy(DeadlinePolicy.FIXED_DATE)
    _, case, development = begun(db, datetime(2026, 7, 1, 2, tzinfo=UTC))
    deadlines.use_policy(DeadlinePolicy.ROLL_FORWARD)
    assert development.policy == DeadlinePolicy.FIXED_DATE
    assert case.due_at == datetime(2026, 10, 1, 16, tzinfo=UTC) - INSTANT


def test_e06_a_pass_whose_deadline_needs_an_unknown_year_is_refused_and_nothing_moves(database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case_id = work.case(CaseState.APPLIED).id
    with pytest.raises(HolidaysUnknown) as refused, database.transaction() as db:
        developing.begin(db, db.get_one(Case, case_id), **work.act("centre1"))
    assert refused.value.extra == {"year": 2027}
    with database.reading() as db:
        assert db.get_one(Case, case_id).state == CaseState.APPLIED


@pytest.mark.parametrize(
    ("late", "in_time"), [(-SECOND, True), (-INSTANT, True), (timedelta(0), False), (SECOND, False)]
)
def test_d09_handing_in_at_the_deadline_to_the_second(db: Session, late: timedelta, in_time: bool) -> None:
    work, case, _ = begun(db)
    if in_time:
        assert hand_in(db, work, case, DUE + late).version == 1
    else:
        with pytest.raises(DevelopmentOverdue) as refused:
            hand_in(db, work, case, DUE + late)
        assert refused.value.extra == {"due_at": (DUE - INSTANT).isoformat()}


@pytest.mark.parametrize(
    ("late", "state"),
    [(-SECOND, "DEVELOPING"), (-INSTANT, "DEVELOPING"), (timedelta(0), "ABANDONED"), (SECOND, "ABANDONED")],
)
def test_d09_the_sweep_abandons_at_the_deadline_to_the_second(database: Database, late: timedelta, state: str) -> None:
    with database.transaction() as db:
        case_id = begun(db)[1].id
    with clock.running(MovableClock(DUE + late)):
        sweeps.run(database, sweeping.SWEEPS[:1])
    with database.reading() as db:
        assert db.get_one(Case, case_id).state == state


def test_d09_a_worker_that_slept_stamps_the_moment_it_fell_due(database: Database) -> None:
    with database.transaction() as db:
        work, case, _ = begun(db)
    with clock.running(MovableClock(DUE + timedelta(days=40))):
        assert sweeps.run(database, sweeping.SWEEPS) == 1
        assert sweeps.run(database, sweeping.SWEEPS) == 0
    with database.transaction() as db:
        kept = db.get_one(Case, case.id)
        assert (kept.state, kept.state_since_at, kept.due_at) == (CaseState.ABANDONED, DUE, None)
        last = audit.history(db, kept.audit_stream)[-1]
        assert (last.action, last.at, last.actor) == ("case.abandoned", DUE, "system:worker")
        with pytest.raises(DevelopmentOverdue):
            hand_in(db, work, kept, DUE + timedelta(days=41))


def test_b01_the_specification_is_annex_3_with_the_shares(db: Session) -> None:
    work, case, development = begun(db)
    specification = hand_in(db, work, case, PASSED)
    assert case.specification_id == specification.id
    assert case.organisation_id == work.organisation.id
    assert specification.definition == MAIN_CONTENT["definition"]
    rows = [(task.name, task.weight, task.theory_share, task.practical_share) for task in specification.work_tasks]
    assert rows == [("提示词撰写", 40, 20, 20), ("大模型工具使用", 20, 10, 10), ("智能体生成", 40, 10, 30)]
    assert [point.text for point in specification.work_tasks[0].knowledge_points] == ["提示词设计的方法"]
    assert development.specification_handed_in_at == PASSED
    assert case.state == CaseState.DEVELOPING


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "shares",
    [
        [Shares(20, 21), Shares(10, 10), Shares(10, 30)],
        [Shares(20, 19), Shares(10, 10), Shares(10, 30)],
        [Shares(41, -1), Shares(10, 10), Shares(10, 30)],
        [Shares(20, 20), Shares(10, 10)],
        [Shares(20, 20), Shares(10, 10), Shares(10, 30), Shares(0, 0)],
    ],
)
def test_b01_shares_that_do_not_make_the_weights_of_annex_3_are_refused(db: Session, shares: list[Shares]) -> None:
    work, case, _ = begun(db)
    with pytest.raises(SharesDiffer):
        hand_in(db, work, case, PASSED, SpecificationPlan("从业人员", 60, shares))


def test_b01_a_case_without_annex_3_cannot_be_specified(db: Session) -> None:
    work, case, _ = begun(db)
    db.get_one(CaseProposal, case.id).main_content = {}
    with pytest.raises(ContentMissing):
        hand_in(db, work, case, PASSED)


def test_b01_two_organisations_share_a_scheme_and_another_occupation_does_not(db: Session) -> None:
    work, case, _ = begun(db)
    first = hand_in(db, work, case, PASSED)
    again = work.case(CaseState.APPLIED, scheme_name=case.scheme_name)
    odd = work.case(CaseState.APPLIED, scheme_name=case.scheme_name, occupation_code="4-04-04")
    for other in (again, odd):
        developing.begin(db, other, **work.act("centre1"))
    assert hand_in(db, work, again, PASSED).scheme_id == first.scheme_id
    with pytest.raises(AlreadyRegistered):
        hand_in(db, work, odd, PASSED)


@pytest.mark.postgresql_only
def test_two_who_specify_one_scheme_at_once_get_two_versions(database: Database) -> None:
    with database.transaction() as db:
        work, first, _ = begun(db)
        second = work.case(CaseState.APPLIED, scheme_name=first.scheme_name)
        developing.begin(db, second, **work.act("centre1", PASSED))
        third = work.case(CaseState.APPLIED, scheme_name=first.scheme_name)
        developing.begin(db, third, **work.act("centre1", PASSED))
        assert hand_in(db, work, first, PASSED).version == 1

    def specify() -> int:
        with database.transaction() as db:
            version: int = hand_in(db, work, third, PASSED).version
            return version

    with ThreadPoolExecutor() as pool, database.transaction() as db:
        assert hand_in(db, work, second, PASSED).version == 2
        other = pool.submit(specify)
        wait([other], timeout=0.5)  # it comes as far as it can before the first is committed
        db.commit()
        assert other.result(30) == 3


def test_d08_both_parts_stop_the_clock_in_either_order(db: Session) -> None:
    work, case, _ = begun(db)
    hand_in(db, work, case, PASSED)
    record_bank(db, work, case, DUE - SECOND)
    assert (case.state, case.due_at) == (CaseState.HANDED_IN, None)
    sweeping.abandon_if_due(db, case.id, DUE + timedelta(days=1))
    assert case.state == CaseState.HANDED_IN


def test_d08_a_new_specification_asks_for_the_bank_again(db: Session) -> None:
    work, case, development = begun(db)
    hand_in(db, work, case, PASSED)
    record_bank(db, work, case, PASSED)
    cases.advance(db, case, CaseState.DEVELOPING, **work.act("centre1"))
    assert hand_in(db, work, case, PASSED + timedelta(days=1)).version == 2
    assert (development.bank_id, case.state) == (None, CaseState.DEVELOPING)
    record_bank(db, work, case, PASSED + timedelta(days=2))
    assert case.state == CaseState.HANDED_IN


def test_d08_a_case_sent_back_keeps_the_old_deadline_and_after_it_cannot_be_sent_back(db: Session) -> None:
    work, case, _ = begun(db)
    hand_in(db, work, case, PASSED)
    record_bank(db, work, case, PASSED)
    cases.advance(db, case, CaseState.DEVELOPING, **work.act("centre1", DUE - SECOND))
    assert case.due_at == DUE - INSTANT
    record_bank(db, work, case, DUE - SECOND)
    with pytest.raises(DevelopmentOverdue):
        cases.advance(db, case, CaseState.DEVELOPING, **work.act("centre1", DUE))


def test_only_the_cases_own_office_hands_in_and_only_what_it_saw(db: Session) -> None:
    work, case, _ = begun(db)
    for stranger in ("applicant2", "expert1"):
        with pytest.raises(NotFound):
            specifying.hand_in(db, case.id, case.version, PLAN, **work.act(stranger))
    with pytest.raises(CaseMovedOn):
        specifying.hand_in(db, case.id, case.version - 1, PLAN, **work.act("applicant"))
    early = work.case(CaseState.APPLIED)
    with pytest.raises(NotDeveloping):
        hand_in(db, work, early, PASSED)


def test_d09_reminders_come_30_7_and_1_days_before_each_once(database: Database) -> None:
    heard: list[tuple[int, datetime]] = []

    def listen(case: Case, *, days: int, now: datetime, **_: Any) -> None:
        heard.append((days, now))

    deadline_near.connect(listen)
    with database.transaction() as db:
        case_id = begun(db)[1].id
    for days in (30, 7, 1):
        for late in (-SECOND, timedelta(0), SECOND):
            with clock.running(MovableClock(DUE - timedelta(days=days) + late)):
                sweeps.run(database, sweeping.SWEEPS)
    assert heard == [(days, DUE - timedelta(days=days)) for days in (30, 7, 1)]
    with database.reading() as db:
        actions = [entry.detail for entry in audit.history(db, f"case:{case_id}") if "reminded" in entry.action]
        assert [detail["days"] for detail in actions] == [30, 7, 1]
        reminders = db.get_one(Development, case_id).reminders
        assert [one["days"] for one in json.loads(json.dumps(reminders))] == [30, 7, 1]


def test_d09_a_worker_that_slept_past_two_reminders_gives_the_latest(database: Database) -> None:
    with database.transaction() as db:
        case_id = begun(db)[1].id
    with clock.running(MovableClock(DUE - timedelta(days=3))):
        assert sweeps.run(database, sweeping.SWEEPS) == 1
        assert sweeps.run(database, sweeping.SWEEPS) == 0
    with database.reading() as db:
        assert [one["days"] for one in db.get_one(Development, case_id).reminders] == [7]


def test_two_versions_of_a_specification_both_stay(db: Session) -> None:
    work, case, _ = begun(db)
    first = hand_in(db, work, case, PASSED)
    second = hand_in(db, work, case, PASSED)
    assert [first.version, second.version] == [1, 2]
    assert db.get(SchemeSpecification, first.id) is not None
