"""Who may read which case, and what happens when two act on one."""

from datetime import timedelta

import pytest
from casework import CREDIT_CODE, DISTRICT, OTHER_CREDIT_CODE, OTHER_DISTRICT, Casework
from moments import NINE_IN_SHANGHAI
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import Database
from examsvc.core.errors import IllegalTransition, NotFound
from examsvc.core.identity import Identity
from examsvc.registry.applications.models import Application
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.errors import CaseMovedOn
from examsvc.registry.cases.models import Case, CaseReader
from examsvc.registry.cases.states import CASE_LIFECYCLE, OVER, STEP_OF, CaseState
from examsvc.registry.publicity import posting
from examsvc.registry.publicity.posting import NoticePlan, Seen
from examsvc.registry.publicity.states import NoticeKind

SEEN_WHEN_SUBMITTED = {"recommender", "centre1", "bureau", "district"}
SEEN_WHEN_DEVELOPING = {*SEEN_WHEN_SUBMITTED, "applicant", "inner"}
EVERYBODY = {*SEEN_WHEN_DEVELOPING, "recommender2", "expert1", "district2", "applicant2"}


@pytest.mark.parametrize(
    ("state", "seen_by"),
    [
        (CaseState.DRAFT, {"recommender"}),
        (CaseState.SUBMITTED, SEEN_WHEN_SUBMITTED),
        (CaseState.DEVELOPING, SEEN_WHEN_DEVELOPING),
    ],
)
def test_a07_c12_everybody_reads_their_own_cases_and_nobody_elses(
    database: Database, state: CaseState, seen_by: set[str]
) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case = work.case(state, district=None if state == CaseState.DRAFT else DISTRICT)
        seen = {who for who in EVERYBODY if db.scalar(select(Case.id).where(cases.readable(work.by(who))))}
        assert seen == seen_by
        with pytest.raises(NotFound):
            cases.find(db, case.id, by=work.by("recommender2"))
        assert not db.scalars(select(Case.id).where(cases.readable(Identity("nobody")))).all()


def test_an_organisation_reads_why_it_was_rejected_and_nothing_of_a_case_rejected_before_it_took_part(
    db: Session,
) -> None:
    work = Casework(db, NINE_IN_SHANGHAI)
    work.case(CaseState.REJECTED)
    own = work.case(CaseState.REJECTED, organisation_id=work.organisation.id)
    assert db.scalars(select(Case.id).where(cases.readable(work.by("applicant")))).all() == [own.id]
    assert not db.scalars(select(Case.id).where(cases.readable(work.by("applicant2")))).all()


def test_a_task_in_a_case_opens_this_case_only(database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case, other = work.case(), work.case(credit_code=OTHER_CREDIT_CODE, district=OTHER_DISTRICT)
        db.add(CaseReader(case_id=case.id, account_id=work.accounts["expert1"].id))
        db.flush()
        assert cases.find(db, case.id, by=work.by("expert1")).credit_code == CREDIT_CODE
        with pytest.raises(NotFound):
            cases.find(db, other.id, by=work.by("expert1"))


def test_the_second_of_two_who_act_on_one_case_is_refused_and_nothing_is_overwritten(database: Database) -> None:
    with database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        case_id = work.case().id
        first, second = work.by("centre1"), work.by("centre2")
    later = NINE_IN_SHANGHAI + timedelta(hours=1)
    with database.transaction() as db:
        case = cases.take(db, case_id, 1, by=first)
        cases.advance(db, case, CaseState.MATERIALS_CHECKED, by=first, now=later)
    with pytest.raises(CaseMovedOn) as refused, database.transaction() as db:
        cases.take(db, case_id, 1, by=second)
    assert refused.value.extra == {"version": 2, "state": "MATERIALS_CHECKED"}
    with database.reading() as db:
        entries = audit.history(db, f"case:{case_id}")
        assert [(entry.action, entry.actor_name) for entry in entries] == [("case.materials_checked", first.name)]
        assert db.get_one(Case, case_id).state_since_at == later


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE recommendations SET state = 'SUBMITTED', submitted_at = NULL",
        "UPDATE notices SET state = 'CANCELLED'",
        "UPDATE applications SET eligibility = 'ACCEPTED'",
        "UPDATE applications SET exported_at = submitted_at",
    ],
)
def test_the_database_keeps_no_state_without_what_belongs_to_it(db: Session, wrong: str) -> None:
    work = Casework(db, NINE_IN_SHANGHAI)
    case = work.case(CaseState.BUREAU_AGREED)
    posting.post(db, NoticePlan(NoticeKind.ORGANISATIONS, "公示", ""), [Seen(case.id, 1)], **work.act("centre1"))
    about = {"organisation": work.organisation, "district": DISTRICT, "answers": {}}
    db.add(Application(case_id=case.id, submitted_at=NINE_IN_SHANGHAI, **about))
    db.flush()
    with pytest.raises(IntegrityError), db.begin_nested():
        db.execute(text(wrong))


def test_a_case_cannot_skip_a_step_of_the_notice(database: Database) -> None:
    with pytest.raises(IllegalTransition), database.transaction() as db:
        work = Casework(db, NINE_IN_SHANGHAI)
        cases.advance(db, work.case(), CaseState.FILED, **work.act("centre1"))


def test_every_state_has_moves_and_every_living_state_a_step() -> None:
    assert set(CASE_LIFECYCLE.moves) == set(CaseState)
    assert set(STEP_OF) == set(CaseState) - (OVER - {CaseState.FILED})
    assert all(CASE_LIFECYCLE.allows(state, CaseState.WITHDRAWN) for state in CaseState if state not in OVER)
