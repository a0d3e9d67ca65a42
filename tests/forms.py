"""Exam sessions that hand out several forms: items for them, draws of them, and the right answers to each."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import exam_rooms
import publishing
from sqlalchemy.orm import Session
from stdnum.iso7064 import mod_11_2
from world import NAMES, World, _wordings

from examsvc.core.db import get
from examsvc.delivery import enrolling, planning
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.planning import SessionPlan
from examsvc.delivery.states import ClockRule
from examsvc.registry.models import SchemeSpecification
from questionbank import drawing
from questionbank.composing import Order
from questionbank.kinds import DrawKind
from questionbank.models import PaperDraw, PaperItem
from questionbank.registration import registering

RIGHT = {
    "SINGLE_CHOICE": lambda key: {"choice": key["right"][0]},
    "MULTIPLE_CHOICE": lambda key: {"choices": key["right"]},
    "TRUE_FALSE": lambda key: {"value": key["value"]},
    "FILL_IN": lambda key: {"blanks": [key["blanks"][0][0]]},
    "NUMERIC": lambda key: {"text": key["value"]},
}


def fill(db: Session, world: World, times: int = 2) -> None:
    """Add to the world's bank the items for so many more forms that share nothing, and register it anew."""
    world.db = db
    for task in get(db, SchemeSpecification, world.specification.id).work_tasks:
        for more in range(times):
            for number, (kind, content, key) in enumerate(_wordings(), start=1):
                world._release(f"F{more}-{task.number}-{number}", kind, content, key, task.knowledge_points[0].id)
    act: dict[str, Any] = {"by": world.by("office"), "now": world.now}
    registering.register(db, world.bank.id, filing_id=world.filing.id, **act)


def draw(db: Session, world: World, kind: DrawKind, count: int) -> PaperDraw:
    """Draw so many forms by the world's blueprint."""
    act: dict[str, Any] = {"by": world.by("office"), "now": world.now}
    return drawing.draw_papers(db, world.blueprint.id, Order(kind, "forms", count), **act)


def plan(world: World, code: str = "F1", **columns: Any) -> SessionPlan:
    """A session of an hour like the world's, with a draw or a paper of its own."""
    return SessionPlan(
        code=code,
        title="多卷场次",
        place="一号机房",
        filing_id=world.filing.id,
        starts_at=world.now - timedelta(minutes=30),
        ends_at=world.now + timedelta(minutes=90),
        minutes=60,
        clock_rule=ClockRule.PERSONAL,
        earliest_hand_in_minutes=0,
        **columns,
    )


def hold(db: Session, world: World, code: str = "F1", **columns: Any) -> ExamSession:
    """Plan a session, enrol people of its own, named like the world's, and publish it."""
    act: dict[str, Any] = {"by": world.by("office"), "now": world.now}
    exam_session = planning.create_session(db, plan(world, code, **columns), **act)
    exam_rooms.give_room(db, exam_session, **act)
    for number, name in enumerate(NAMES):
        enrolling.enrol(db, exam_session.id, enrolling.Person(name, own_number(code, number)), **act)
    return publishing.publish(db, exam_session.id, **act)


def own_number(code: str, number: int) -> str:
    """Return a valid identity number that no other code has: nobody sits two exams at once."""
    body = f"31010119801231{sum(code.encode()) % 100:02}{number}"
    return body + str(mod_11_2.calc_check_digit(body))


def right_answers(items: Iterable[PaperItem]) -> dict[str, Any]:
    """Return the right answer to each question by ref."""
    return {item.ref: RIGHT[item.item_version.type](item.item_version.key) for item in items}


def sittings_of(db: Session, exam_session: ExamSession) -> list[Sitting]:
    """Return the session's sittings by seat."""
    return [enrolment.sitting for enrolment in enrolling.enrolments_of(db, exam_session.id)]
