"""A question that becomes known outside after publication: who begins, who goes on, who reads it, who decides."""

from datetime import datetime, timedelta
from typing import Any

import forms
import pytest
from callers import Caller
from flask import Flask
from sitters import Sitter
from sqlalchemy import select
from world import World

from examsvc import worker
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.sealed import releasing as sealed
from proctoring import membership
from questionbank import releasing
from questionbank.models import Item, PaperItem


@pytest.fixture
def chief(app: Flask, database: Database, world: World) -> Caller:
    """proctor1 is chief proctor, proctor2 serves too."""
    with database.transaction() as db:
        people = [world.staff[name].id for name in ("proctor1", "proctor2")]
        membership.assign(db, world.exam_session.id, people, by=world.by("office"), now=world.now)
    return Caller(app).log_in("proctor1")


@pytest.fixture
def third(app: Flask, world: World, moving_clock: MovableClock) -> Sitter:
    return Sitter(app, world.enrolments[2], moving_clock)


def compromise(database: Database, world: World, position: int = 0) -> str:
    """Put on record that a question of the exam session's paper is known outside, and return its item's code."""
    with database.transaction() as db:
        query = select(PaperItem).where(PaperItem.paper_id == world.paper.id).order_by(PaperItem.position)
        version = db.scalars(query).all()[position].item_version
        releasing.compromise(db, version.id, reason="网上流传", by=world.by("office"), now=world.now)
        return version.item.code


def told(caller: Caller, path: str, key: str) -> list[str]:
    return [one["code"] for one in caller.get(path).json[key]]


def allowing(world: World) -> str:
    return f"/api/wall/{world.exam_session.id}/papers-allowing"


def test_nobody_begins_until_a_chief_proctor_lets_them_with_a_reason(
    app: Flask, database: Database, world: World, chief: Caller, sitter: Sitter
) -> None:
    sitter.enter().check_in()
    code = compromise(database, world)
    refused = sitter.ask_claim()
    assert (refused.status_code, refused.json["code"]) == (409, "papers_withheld")
    other = Caller(app).log_in("proctor2")
    assert other.post(allowing(world), {"reason": "继续"}).json["code"] == "not_a_chief"
    assert chief.post(allowing(world), {"reason": " "}).status_code == 422
    decided = chief.post(allowing(world), {"reason": "市职鉴中心同意继续使用"})
    assert [one["code"] for one in decided.json["faults"]].count("papers_withheld") == 0
    sitter.claim()
    assert chief.post(allowing(world), {"reason": "再次"}).json["code"] == "nothing_withheld"
    with database.reading() as db:
        entries = audit.history(db, world.exam_session.audit_stream)
    found: dict[str, Any] = {entry.action: entry.detail for entry in entries}
    assert found["exam_session.papers_withheld"]["item"] == code
    assert found["exam_session.papers_allowed"] == {"reason": "市职鉴中心同意继续使用", "items": [code]}


def test_it_is_a_fault_for_the_office_and_the_wall_and_the_question_stays_one(
    app: Flask, database: Database, world: World, chief: Caller
) -> None:
    office, other = Caller(app).log_in("office"), Caller(app).log_in("proctor2")
    session, post = f"/api/exam-sessions/{world.exam_session.id}/faults", f"/api/wall/{world.exam_session.id}/post"
    assert "papers_withheld" not in told(office, session, "items")
    compromise(database, world)
    for found in (told(office, session, "items"), told(chief, post, "faults")):
        assert found[:2] == ["papers_withheld", "paper_compromised"]
    assert told(other, post, "faults")[0] == "papers_withheld"
    chief.post(allowing(world), {"reason": "继续"})
    assert told(office, session, "items")[0] == "paper_compromised"
    assert "papers_withheld" not in told(other, post, "faults")


def test_who_has_begun_goes_on_and_claims_again(
    database: Database, world: World, sitter: Sitter, neighbour: Sitter
) -> None:
    sitter.begin()
    neighbour.enter().check_in()
    compromise(database, world)
    sitter.claim()
    assert neighbour.ask_claim().json["code"] == "papers_withheld"


def test_another_question_is_withheld_again_after_the_decision(
    database: Database, world: World, chief: Caller, sitter: Sitter
) -> None:
    sitter.enter().check_in()
    for position in (0, 1):
        compromise(database, world, position)
        assert sitter.ask_claim().json["code"] == "papers_withheld"
        assert chief.post(allowing(world), {"reason": "继续"}).status_code == 200
    sitter.claim()


def test_by_a_common_start_no_key_goes_out(
    database: Database, world: World, common_clock: None, sitter: Sitter, moving_clock: MovableClock
) -> None:
    sitter.enter().check_in()
    compromise(database, world)
    ids = [sitter.enrolment.sitting.id]
    with database.transaction() as db:
        assert sealed.release(db, world.exam_session.id, ids, now=moving_clock()) == []
        get(db, ExamSession, world.exam_session.id).papers_withheld_at = None
        db.flush()
        assert len(sealed.release(db, world.exam_session.id, ids, now=moving_clock())) == 1


def test_a_question_of_no_paper_of_the_session_withholds_nothing(
    database: Database, world: World, sitter: Sitter
) -> None:
    sitter.enter().check_in()
    with database.transaction() as db:
        forms.fill(db, world, 1)
        version = db.scalars(select(Item).filter_by(code="F0-1-1")).one().versions[0]
        releasing.compromise(db, version.id, reason="网上流传", by=world.by("office"), now=world.now)
    sitter.claim()


def given(database: Database, *sitters: Sitter) -> list[int]:
    """Return the seconds that were given back to each, once the sweeps have come by."""
    worker.sweep_once(database)
    with database.reading() as db:
        return [get(db, Sitting, sitter.enrolment.sitting.id).credited_seconds for sitter in sitters]


def test_by_a_common_clock_who_was_ready_is_given_back_what_waiting_has_cost(
    database: Database, world: World, common_clock: None, chief: Caller, sitter: Sitter, neighbour: Sitter,
    third: Sitter, moving_clock: MovableClock,
) -> None:  # fmt: skip
    sitter.enter().check_in()
    third.enter()
    compromise(database, world)
    moving_clock.forward(seconds=100)
    neighbour.enter().check_in()
    compromise(database, world, 1)
    moving_clock.forward(seconds=200)
    ends_at = datetime.fromisoformat(sitter.view()["closes_at"])
    reason = "市职鉴中心同意继续使用"
    chief.post(allowing(world), {"reason": reason})
    assert given(database, sitter, neighbour, third) == [300, 200, 0]
    told = {one["kind"]: one for one in sitter.get(f"{sitter.path}/commands").json["items"]}
    assert {kind: one["text"] for kind, one in told.items()} == dict.fromkeys(("LET_BEGIN", "CREDIT"), reason)
    assert told["CREDIT"]["outage"]["cause"] == "PAPERS_WITHHELD"
    assert datetime.fromisoformat(sitter.view()["closes_at"]) == ends_at + timedelta(seconds=300)
    assert [one["kind"] for one in third.get(f"{third.path}/commands").json["items"]] == ["LET_BEGIN"]
    sitter.claim()


def test_who_has_begun_has_lost_nothing_and_is_told_nothing(
    database: Database, world: World, common_clock: None, chief: Caller, sitter: Sitter, moving_clock: MovableClock
) -> None:
    sitter.begin()
    compromise(database, world)
    moving_clock.forward(seconds=300)
    chief.post(allowing(world), {"reason": "继续"})
    assert given(database, sitter) == [0]
    assert sitter.get(f"{sitter.path}/commands").json["items"] == []


@pytest.mark.parametrize(("waited_minutes", "given_minutes"), [(25, 0), (40, 10)])
def test_by_a_clock_of_ones_own_only_the_end_of_the_window_takes_time(
    database: Database, world: World, chief: Caller, sitter: Sitter, moving_clock: MovableClock,
    waited_minutes: int, given_minutes: int,
) -> None:  # fmt: skip
    sitter.enter().check_in()
    compromise(database, world)
    moving_clock.forward(minutes=waited_minutes)
    chief.post(allowing(world), {"reason": "继续"})
    assert given(database, sitter) == [given_minutes * 60]
    sitter.claim()
    assert datetime.fromisoformat(sitter.view()["closes_at"]) == moving_clock() + timedelta(minutes=60)


def test_who_makes_up_for_coming_late_loses_only_what_is_not_made_up_for(
    database: Database, world: World, common_clock: None, chief: Caller, sitter: Sitter, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        exam_session = get(db, ExamSession, world.exam_session.id)
        exam_session.late_extends_time, exam_session.late_entry_minutes = True, 5
        entry_closes_at = exam_session.starts_at + timedelta(minutes=5)
    sitter.enter().check_in()
    compromise(database, world)
    moving_clock.at = entry_closes_at + timedelta(seconds=70)
    chief.post(allowing(world), {"reason": "继续"})
    assert given(database, sitter) == [70]
