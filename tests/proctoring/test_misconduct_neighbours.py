"""Witnesses from next door: proctors of another exam session at the same site on the same day."""

from datetime import datetime, timedelta
from typing import Any

import exam_rooms
import forms
import misconduct
import publishing
import pytest
from sqlalchemy.orm import Session
from world import World

from examsvc.core.clock import MovableClock
from examsvc.core.errors import NotAllowed, NotFound, Refusal
from examsvc.delivery import enrolling, planning
from examsvc.delivery.enrolling import Person
from examsvc.delivery.models import ExamSession
from examsvc.delivery.planning import SessionPlan
from examsvc.registry.applications.registers import CentreEntry
from proctoring import membership
from proctoring.misconduct import attaching, content, hearing, reading
from proctoring.misconduct.models import MisconductRecord
from proctoring.misconduct.states import MisconductState


@pytest.fixture
def now(moving_clock: MovableClock) -> datetime:
    return moving_clock()


def next_door(db: Session, world: World, now: datetime, *, days: int = 0, proctor: str = "proctor2") -> ExamSession:
    """Return another published exam session at the site, which the proctor watches."""
    act: dict[str, Any] = {"by": world.by("office"), "now": now}
    plan = vars(forms.plan(world, "N1", paper_id=world.paper.id))
    window = {name: plan[name] + timedelta(days=days) for name in ("starts_at", "ends_at")}
    held = planning.create_session(db, SessionPlan(**{**plan, **window}), **act)
    exam_rooms.give_room(db, held, **act)
    enrolling.enrol(db, held.id, Person("周舟", "310101199001010012"), **act)
    publishing.publish(db, held.id, **act)
    others = [one.account_id for one in membership.proctors(db, held.id)]
    membership.assign(db, held.id, [*others, world.staff[proctor].id], **act)
    return held


@pytest.fixture
def told(db: Session, world: World, now: datetime) -> MisconductRecord:
    """A record that proctor1, who serves there, has told the candidate; proctor2 does not serve there."""
    misconduct.assign_proctors(db, world, now, "proctor1")
    record = misconduct.open_case(db, world, now)
    misconduct.tell(db, world, record, now)
    return record


def test_somebody_from_next_door_is_the_second_witness_and_goes_on_reading(
    db: Session, world: World, told: MisconductRecord, now: datetime
) -> None:
    next_door(db, world, now)
    by = world.by("proctor2")
    [line] = reading.records(db, to_witness=True, by=by)
    assert line["id"] == told.id
    assert reading.record(db, told.id, by=by)["may"] == {
        "keep": False, "witness": True, "rule": False, "revoke": False,
    }  # fmt: skip
    misconduct.witness(db, world, told, now, "proctor1")
    misconduct.witness(db, world, told, now, "proctor2")
    assert told.state == MisconductState.SIGNED
    assert reading.records(db, to_witness=True, by=by) == []
    assert reading.record(db, told.id, by=by)["state"] == MisconductState.SIGNED


def test_who_recorded_it_is_one_of_the_two_and_never_both(
    db: Session, world: World, told: MisconductRecord, now: datetime
) -> None:
    next_door(db, world, now, proctor="proctor1")
    misconduct.witness(db, world, told, now, "proctor1")
    with pytest.raises(Refusal) as refused:
        misconduct.witness(db, world, told, now, "proctor1")
    assert refused.value.code == "witness_twice"


def test_next_door_witnesses_and_does_nothing_else(
    db: Session, world: World, told: MisconductRecord, now: datetime
) -> None:
    next_door(db, world, now)
    by, shown = world.by("proctor2"), content.digest(told)
    with pytest.raises(NotAllowed):
        hearing.sign(db, told.id, misconduct.STROKES, shown, by=by, now=now)
    with pytest.raises(NotAllowed):
        hearing.add_statement(db, told.id, "补充", by=by, now=now)
    fresh = misconduct.open_case(db, world, now)
    with pytest.raises(NotFound):
        attaching.check_may_add(db, fresh.id, by=by)


def test_what_waits_for_no_witness_is_nobodys_next_door(db: Session, world: World, now: datetime) -> None:
    misconduct.assign_proctors(db, world, now, "proctor1")
    next_door(db, world, now)
    by = world.by("proctor2")
    for record in (misconduct.open_case(db, world, now), misconduct.signed_case(db, world, now)):
        with pytest.raises(NotFound):
            reading.record(db, record.id, by=by)
    assert reading.records(db, to_witness=True, by=by) == []


@pytest.mark.parametrize("apart", ["day", "site", "cancelled"])
def test_another_day_another_site_or_one_that_is_cancelled_is_not_next_door(
    db: Session, world: World, told: MisconductRecord, now: datetime, apart: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if apart == "site":
        monkeypatch.setattr(exam_rooms, "SITE", CentreEntry("浦东考核点", "浦东新区", "上海市浦东新区世纪大道 1 号"))
    held = next_door(db, world, now, days=int(apart == "day"))
    if apart == "cancelled":
        planning.cancel_session(db, held.id, reason="停电", by=world.by("office"), now=now)
    assert reading.records(db, to_witness=True, by=world.by("proctor2")) == []
    with pytest.raises(NotFound):
        misconduct.witness(db, world, told, now, "proctor2")
