"""Who served at an exam session neither rules on misconduct there nor reviews that, whoever is on its lists by then."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import misconduct
import pytest
from sqlalchemy.orm import Session
from world import World

from examsvc.accounts import service as accounts
from examsvc.accounts.roles import Role
from examsvc.core.clock import MovableClock
from examsvc.core.identity import system
from examsvc.delivery.staffing import supervising
from proctoring import membership
from proctoring.misconduct import reading
from proctoring.misconduct.errors import InvolvedCannotRevoke, InvolvedCannotRule
from scoring import assigning

LISTS = (
    (Role.PROCTOR, membership.assign),
    (Role.QUALITY_SUPERVISOR, supervising.name_supervisors),
    (Role.EXAMINER, assigning.assign_examiners),
)
Assign = Callable[..., Any]


@pytest.fixture
def now(moving_clock: MovableClock) -> datetime:
    return moving_clock()


def hire(db: Session, world: World, role: Role, now: datetime) -> UUID:
    """Return somebody of the office who has another role too."""
    roles = [Role.OFFICE, role]
    account = accounts.create_account(db, "both", "双职先生", roles, password=None, by=system("tests"), now=now)
    world.staff["both"] = account
    return account.id


def come_and_go(
    db: Session, world: World, assign: Assign, others: Collection[UUID], who: UUID, *, at: datetime
) -> None:
    """Put somebody on a list of staff beside others, and take them off a minute later."""
    act = {"by": world.by("office")}
    assign(db, world.exam_session.id, [*others, who], **act, now=at)
    assign(db, world.exam_session.id, [*others], **act, now=at + timedelta(minutes=1))


@pytest.mark.parametrize(("role", "assign"), LISTS, ids=[role for role, _ in LISTS])
def test_who_was_taken_off_a_list_after_the_start_neither_rules_nor_revokes(
    db: Session, world: World, now: datetime, role: Role, assign: Assign
) -> None:
    who = hire(db, world, role, now)
    others = [world.staff["proctor1"].id] if role == Role.PROCTOR else []
    come_and_go(db, world, assign, others, who, at=world.exam_session.starts_at)
    misconduct.assign_proctors(db, world, now)
    record = misconduct.signed_case(db, world, now)
    assert reading.whole(db, record, by=world.by("both"))["may"]["rule"] is False
    with pytest.raises(InvolvedCannotRule):
        misconduct.rule(db, world, record, now, by="both")
    ruled = misconduct.rule(db, world, record, now)
    assert ruled.decided_by_id == world.staff["office"].id
    assert reading.whole(db, record, by=world.by("both"))["may"]["revoke"] is False
    with pytest.raises(InvolvedCannotRevoke):
        misconduct.revoke(db, world, ruled, now, by="both")
    misconduct.revoke(db, world, ruled, now)


@pytest.mark.parametrize(("role", "assign"), LISTS, ids=[role for role, _ in LISTS])
def test_who_was_taken_off_a_list_before_the_start_rules(
    db: Session, world: World, now: datetime, role: Role, assign: Assign
) -> None:
    who = hire(db, world, role, now)
    others = [world.staff["proctor1"].id] if role == Role.PROCTOR else []
    come_and_go(db, world, assign, others, who, at=world.exam_session.starts_at - timedelta(minutes=2))
    misconduct.assign_proctors(db, world, now)
    record = misconduct.signed_case(db, world, now)
    assert reading.whole(db, record, by=world.by("both"))["may"]["rule"] is True
    ruled = misconduct.rule(db, world, record, now, by="both")
    assert ruled.decided_by_id == who
    misconduct.revoke(db, world, ruled, now, by="office")


def test_who_recorded_the_facts_does_not_revoke_what_somebody_else_ruled(
    db: Session, world: World, now: datetime
) -> None:
    hire(db, world, Role.DECISION_MAKER, now)
    misconduct.assign_proctors(db, world, now)
    record = misconduct.signed_case(db, world, now, by="both")
    ruled = misconduct.rule(db, world, record, now)
    assert reading.whole(db, record, by=world.by("both"))["may"]["revoke"] is False
    with pytest.raises(InvolvedCannotRevoke):
        misconduct.revoke(db, world, ruled, now, by="both")
    assert reading.whole(db, record, by=world.by("decider"))["may"]["revoke"] is True
    misconduct.revoke(db, world, ruled, now)
    assert ruled.revoked_by_id == world.staff["decider"].id
