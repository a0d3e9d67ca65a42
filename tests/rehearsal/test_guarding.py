"""Whose service may be rehearsed on, and when real candidates keep a rehearsal from being held."""

from datetime import timedelta

import pytest
from flask import Flask
from sitters import Sitter
from sqlalchemy.orm import Session
from world import World

from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery.models import ExamSession
from examsvc.delivery.states import ExamSessionState
from examsvc.rehearsal import guarding
from examsvc.rehearsal.errors import ForeignAddress, RealCandidatesSit
from examsvc.rehearsal.plans import Plan, Profile

FOUR_MINUTES = Plan(profile=Profile.STEADY, candidates=1, minutes=0.0, ramp=0.0)
"""With its hard limit alone."""


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"])
def test_this_machine_may_be_rehearsed_on(url: str) -> None:
    guarding.check_address(url, [])


@pytest.mark.parametrize("told", [[], ["http://192.0.2.1:80"], ["http://192.0.2.1:80", "http://192.0.2.2:80"]])
def test_another_machine_must_be_named_twice(told: list[str]) -> None:
    with pytest.raises(ForeignAddress):
        guarding.check_address("http://192.0.2.1:80", told)
    guarding.check_address("http://192.0.2.1:80", ["http://192.0.2.1:80"] * 2)


def refused(db: Session, world: World, *told: str, at: timedelta) -> str:
    """The codes for which a rehearsal is refused that begins so long after the real one's start."""
    try:
        guarding.check_nobody_sits(db, FOUR_MINUTES, told, now=world.exam_session.starts_at + at)
    except RealCandidatesSit as refusal:
        return str(refusal.extra["codes"])
    return ""


@pytest.mark.parametrize(
    ("minutes", "codes"), [(-5, ""), (-3, "S1"), (0, "S1"), (119, "S1"), (120, "")], ids=lambda value: f"{value}"
)
def test_nobody_rehearses_while_a_real_exam_session_is_on_or_begins_meanwhile(
    database: Database, world: World, minutes: int, codes: str
) -> None:
    with database.reading() as db:
        assert refused(db, world, at=timedelta(minutes=minutes)) == codes


@pytest.mark.parametrize(
    ("told", "codes"), [(["S1"], "S1"), (["S1", "S2"], "S1"), (["S2", "S2"], "S1"), (["S1", "S1"], "")], ids=str
)
def test_beside_a_real_exam_session_it_must_be_named_twice(
    database: Database, world: World, told: list[str], codes: str
) -> None:
    with database.reading() as db:
        assert refused(db, world, *told, at=timedelta()) == codes


@pytest.mark.parametrize("change", [{"state": ExamSessionState.CLOSED}, {"is_rehearsal": True}], ids=str)
def test_what_is_over_and_another_rehearsal_keep_nobody_from_rehearsing(
    database: Database, world: World, change: dict[str, object]
) -> None:
    with database.transaction() as db:
        exam_session = db.get_one(ExamSession, world.exam_session.id)
        for name, value in change.items():
            setattr(exam_session, name, value)
        db.flush()
        assert refused(db, world, at=timedelta()) == ""


def test_nobody_rehearses_while_somebody_still_sits_whose_end_was_moved(
    app: Flask, database: Database, world: World, moving_clock: MovableClock
) -> None:
    Sitter(app, world.enrolments[0], moving_clock).begin()
    with database.reading() as db:
        assert refused(db, world, at=timedelta(hours=3)) == "S1"
