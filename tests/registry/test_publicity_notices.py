"""公示: posting, counting, ending and taking back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from callers import Caller
from casework import Casework
from flask import Flask
from moments import NINE_IN_SHANGHAI
from sqlalchemy.orm import Session

from examsvc.core import audit, sweeps
from examsvc.core.calendar.errors import HolidaysUnknown
from examsvc.core.clock import SHANGHAI, MovableClock
from examsvc.core.db import Database
from examsvc.core.errors import IllegalTransition, NotFound
from examsvc.registry.cases.errors import CaseMovedOn
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.states import CaseState
from examsvc.registry.publicity import ending, posting, spans
from examsvc.registry.publicity.errors import LengthFixed, LengthMissing, NotInOrder
from examsvc.registry.publicity.models import Notice
from examsvc.registry.publicity.posting import NoticePlan, Seen
from examsvc.registry.publicity.spans import Counting
from examsvc.registry.publicity.states import NoticeKind, NoticeState

pytestmark = pytest.mark.slow

SECOND = timedelta(seconds=1)
ORGANISATIONS = NoticePlan(NoticeKind.ORGANISATIONS, "考核机构公示", "")
VECTORS = [  # domain.md 1.5: posted, ends when the first day is not counted, ends when it is
    ("2025-09-26", "2025-10-10", "2025-10-09"),
    ("2026-02-11", "2026-02-25", "2026-02-24"),
    ("2026-06-17", "2026-06-25", "2026-06-24"),
    ("2026-09-24", "2026-10-09", "2026-10-08"),
    ("2026-09-30", "2026-10-13", "2026-10-12"),
    ("2026-04-29", "2026-05-09", "2026-05-08"),
]


def seen(*cases: Case) -> list[Seen]:
    return [Seen(case.id, case.version) for case in cases]


def at_ten(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=SHANGHAI)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("posted", "not_counted", "counted"), VECTORS)
def test_d11_e06_five_working_days_end_as_the_vectors_say(
    db: Session, posted: str, not_counted: str, counted: str
) -> None:
    work = Casework(db, at_ten(posted))
    for counting, expected in ((Counting.FIRST_DAY_NOT_COUNTED, not_counted), (Counting.FIRST_DAY_COUNTED, counted)):
        plan = NoticePlan(NoticeKind.ORGANISATIONS, "公示", "", counting=counting)
        case = work.case(CaseState.BUREAU_AGREED)
        notice = posting.post(db, plan, seen(case), **work.act("centre1"))
        assert (notice.opens_on, notice.ends_on) == (date.fromisoformat(posted), date.fromisoformat(expected))
        midnight = datetime.combine(notice.ends_on + timedelta(days=1), datetime.min.time(), SHANGHAI)
        assert notice.ends_at == midnight
        assert (notice.policy, notice.working_days) == (counting, 5)
        assert (case.state, case.due_at) == (CaseState.PUBLICITY, midnight - timedelta(microseconds=1))


def test_e06_a_year_without_holidays_refuses_and_names_the_year(db: Session) -> None:
    work = Casework(db, at_ten("2026-12-25"))
    case = work.case(CaseState.BUREAU_AGREED)
    with pytest.raises(HolidaysUnknown) as refused:
        posting.post(db, ORGANISATIONS, seen(case), **work.act("centre1"))
    assert refused.value.answer()["code"] == "holidays_unknown"
    assert refused.value.extra == {"year": 2027}


@pytest.mark.parametrize("asked", [1, 4, 6])
def test_d11_the_length_for_organisations_is_five_working_days_and_no_other(asked: int) -> None:
    assert spans.length(NoticeKind.ORGANISATIONS, None) == spans.length(NoticeKind.ORGANISATIONS, 5) == 5
    with pytest.raises(LengthFixed):
        spans.length(NoticeKind.ORGANISATIONS, asked)


def test_d04_a_notice_of_schemes_needs_an_explicit_length(db: Session) -> None:
    work = Casework(db, NINE_IN_SHANGHAI)
    case = work.case(CaseState.SELECTED)
    with pytest.raises(LengthMissing):
        posting.post(db, NoticePlan(NoticeKind.SCHEMES, "项目公示", ""), seen(case), **work.act("centre1"))
    plan = NoticePlan(NoticeKind.SCHEMES, "项目公示", "", working_days=3)
    notice = posting.post(db, plan, seen(case), **work.act("centre1"))
    assert notice.ends_on == date(2026, 11, 26)
    assert case.state == CaseState.SCHEME_PUBLICITY


@pytest.mark.parametrize("state", [CaseState.SCHEME_ASSESSED, CaseState.PUBLICITY, CaseState.SELECTED])
def test_d10_without_the_bureaus_consent_nothing_is_posted(db: Session, state: CaseState) -> None:
    work = Casework(db, NINE_IN_SHANGHAI)
    with pytest.raises(NotInOrder) as refused:
        posting.post(db, ORGANISATIONS, seen(work.case(state)), **work.act("centre1"))
    assert refused.value.extra["wanted"] == "BUREAU_AGREED"


def test_one_bad_case_posts_nothing_for_the_others(database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        good, moved = work.case(CaseState.BUREAU_AGREED), work.case(CaseState.BUREAU_AGREED)
    stale = [*seen(good), Seen(moved.id, moved.version - 1)]
    with pytest.raises(CaseMovedOn), database.transaction() as db:
        posting.post(db, ORGANISATIONS, stale, **work.act("centre1"))
    with database.reading() as db:
        assert db.get_one(Case, good.id).state == CaseState.BUREAU_AGREED
        assert db.query(Notice).count() == 0


Posted = Callable[[NoticeKind], tuple[Notice, Case, Case]]


@pytest.fixture
def posted(database: Database) -> Posted:
    """Post a notice of two cases of the kind at nine on 2026-11-23: it ends with 2026-11-30."""

    def make(kind: NoticeKind) -> tuple[Notice, Case, Case]:
        state = CaseState.SELECTED if kind == NoticeKind.SCHEMES else CaseState.BUREAU_AGREED
        with database.transaction() as db:
            work = Casework(db, NINE_IN_SHANGHAI)
            first, second = work.case(state), work.case(state)
            plan = NoticePlan(kind, "公示", "现予公示。", working_days=5)
            return posting.post(db, plan, seen(first, second), **work.act("centre1")), first, second

    return make


@pytest.mark.parametrize(
    ("kind", "during", "after"),
    [
        (NoticeKind.ORGANISATIONS, CaseState.PUBLICITY, CaseState.PUBLICISED),
        (NoticeKind.SCHEMES, CaseState.SCHEME_PUBLICITY, CaseState.SCHEME_PUBLICISED),
    ],
)
def test_d11_the_sweep_ends_a_notice_at_its_instant_even_if_it_slept(
    database: Database,
    posted: Posted,
    moving_clock: MovableClock,
    kind: NoticeKind,
    during: CaseState,
    after: CaseState,
) -> None:
    notice, *cases = posted(kind)
    ends_at = datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert notice.ends_at == ends_at
    for case in cases:
        assert case.state == during
    moving_clock.at = ends_at - SECOND
    assert sweeps.run(database, [ending.SWEEP]) == 0
    moving_clock.at = ends_at + timedelta(days=3)
    assert sweeps.run(database, [ending.SWEEP]) == 1
    assert sweeps.run(database, [ending.SWEEP]) == 0
    with database.reading() as db:
        assert db.get_one(Notice, notice.id).state == NoticeState.ENDED
        assert audit.history(db, notice.audit_stream)[-1].at == ends_at
        for case in cases:
            found = db.get_one(Case, case.id)
            assert (found.state, found.state_since_at, found.due_at) == (after, ends_at, None)


@pytest.mark.parametrize(("delta", "state"), [(-SECOND, "OPEN"), (0 * SECOND, "ENDED"), (SECOND, "ENDED")])
def test_d11_the_notice_is_over_at_24_of_its_last_day_whether_or_not_a_worker_came_by(
    posted: Posted, nobody: Caller, moving_clock: MovableClock, delta: timedelta, state: str
) -> None:
    notice, *_ = posted(NoticeKind.ORGANISATIONS)
    moving_clock.at = notice.ends_at + delta
    assert nobody.get(f"/api/notices/{notice.id}").json["state"] == state
    listed = nobody.get("/api/notices", query_string={"state": state}).json["items"]
    assert [one["id"] for one in listed] == [str(notice.id)]
    page = nobody.get(f"/notices/{notice.id}").text
    assert ("提交异议" in page) == (state == "OPEN")
    assert ("不再接收异议" in page) == (state == "ENDED")


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("day", "words"), [(23, "之后还有 5 个"), (27, "之后还有 1 个"), (30, "今天 24:00 截止")])
def test_d11_the_page_says_how_many_working_days_are_left(
    posted: Posted, nobody: Caller, moving_clock: MovableClock, day: int, words: str
) -> None:
    notice, *_ = posted(NoticeKind.ORGANISATIONS)
    moving_clock.at = NINE_IN_SHANGHAI.replace(day=day)
    assert words in nobody.get(f"/notices/{notice.id}").text


def test_a_notice_is_taken_back_with_a_reason_and_its_cases_wait_again(
    app: Flask, database: Database, posted: Posted, nobody: Caller
) -> None:
    notice, first, second = posted(NoticeKind.ORGANISATIONS)
    centre = nobody.log_in("centre1")
    answer = centre.post(f"/api/notices/{notice.id}/cancellation", {"reason": "名称有误"})
    assert (answer.status_code, answer.json["state"]) == (200, "CANCELLED")
    assert centre.post(f"/api/notices/{notice.id}/cancellation", {"reason": "再次"}).status_code == 409
    with database.reading() as db:
        for case in (first, second):
            assert db.get_one(Case, case.id).state == CaseState.BUREAU_AGREED
            assert audit.history(db, case.audit_stream)[-1].detail["reason"] == "名称有误"
    assert "名称有误" in nobody.get(f"/notices/{notice.id}").text


def test_a_notice_that_is_over_is_not_taken_back(database: Database, posted: Posted) -> None:
    notice, *_ = posted(NoticeKind.ORGANISATIONS)
    with pytest.raises(IllegalTransition), database.transaction() as db:
        posting.cancel(db, notice.id, "太晚", by=ending.WORKER, now=notice.ends_at)


def test_a_case_withdrawn_in_the_meantime_stays_withdrawn_when_its_notice_ends(
    database: Database, posted: Posted
) -> None:
    notice, first, second = posted(NoticeKind.ORGANISATIONS)
    with database.transaction() as db:
        db.get_one(Case, first.id).state = CaseState.WITHDRAWN
        ending.end_if_due(db, notice.id, notice.ends_at)
        assert db.get_one(Case, first.id).state == CaseState.WITHDRAWN
        assert db.get_one(Case, second.id).state == CaseState.PUBLICISED


def test_only_the_centre_posts_and_sees_what_waits(app: Flask, database: Database, nobody: Caller) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case = work.case(CaseState.BUREAU_AGREED)
    body = {"kind": "ORGANISATIONS", "title": "公示", "cases": [{"case_id": str(case.id), "version": 1}]}
    assert nobody.post("/api/notices", body).status_code == 401
    assert Caller(app).log_in("applicant").post("/api/notices", body).status_code == 403
    centre = Caller(app).log_in("centre1")
    waiting = centre.get("/api/notices/waiting-cases?kind=ORGANISATIONS").json
    assert [one["id"] for one in waiting["items"]] == [str(case.id)]
    span = centre.get("/api/notices/span?kind=ORGANISATIONS").json
    assert (span["opens_on"], span["ends_on"], span["counting"]) == (
        "2026-11-23",
        "2026-11-30",
        "FIRST_DAY_NOT_COUNTED",
    )
    assert centre.get("/api/notices/span?kind=SCHEMES").json["code"] == "notice_length_missing"
    answer = centre.post("/api/notices", body)
    assert (answer.status_code, answer.json["number"][:8]) == (201, "NP-2026-")
    assert centre.post("/api/notices", body).json["code"] == "case_moved_on"
    assert centre.get("/api/notices/waiting-cases?kind=ORGANISATIONS").json["items"] == []


def test_an_unknown_notice_is_not_found(db: Session) -> None:
    work = Casework(db, NINE_IN_SHANGHAI)
    with pytest.raises(NotFound):
        posting.cancel(db, work.organisation.id, "无", **work.act("centre1"))
