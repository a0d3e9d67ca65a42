"""Places the demo: people, cases on their way to filing, and two exam sessions of the filed one around a moment."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.clock import SHANGHAI, shanghai_date
from examsvc.core.db import get, only
from examsvc.core.identity import Identity
from examsvc.delivery import approving, enrolling, planning
from examsvc.delivery.batches import keeping as batches
from examsvc.delivery.models import Enrolment, ExamSession, SessionRoom
from examsvc.delivery.rooms import using
from examsvc.delivery.rooms.using import RoomUse
from examsvc.delivery.staffing import supervising
from examsvc.delivery.states import CameraRule, ClockRule
from examsvc.demo import content_files, crew, portraits
from examsvc.demo.crew import PASSWORD, Act, Crew
from examsvc.demo.procedure import telling
from examsvc.registry.applications.kinds import RoomKind
from examsvc.registry.applications.models import Centre, Room
from examsvc.registry.applications.registers import RoomEntry
from examsvc.registry.centres import keeping as centres
from examsvc.registry.models import Filing, Organisation
from proctoring import membership
from questionbank import drawing
from questionbank.models import Blueprint
from scoring import assigning

__all__ = ["PASSWORD", "Demo", "is_placed", "place"]

SINCE = timedelta(days=500)
"""How long before the demo's moment its people, departments and organisations were entered."""


@dataclass
class Demo:
    """The demo as it was placed: its people, and the open session's enrolments."""

    at: datetime
    crew: Crew
    enrolments: list[Enrolment] = field(default_factory=list)

    def act(self, username: str) -> Act:
        """Return the acting person and the demo's moment, as verbs take them."""
        return self.crew.act(username, self.at)


def is_placed(db: Session) -> bool:
    """Return whether the demo is in this database already."""
    people = content_files.load("people.toml")
    return only(db, Organisation, credit_code=people["organisation"]["credit_code"]) is not None


def place(db: Session, *, by: Identity, at: datetime) -> Demo:
    """Place the whole demo around the moment `at`."""
    demo = Demo(at, crew.hire(db, by=by, now=at - SINCE))
    filed = telling.tell(db, demo.crew, at)[0]
    if filed.blueprint is None or filed.case.filing_id is None:
        raise LookupError("the demo's exam has no filing")
    filing = get(db, Filing, filed.case.filing_id)
    _hold_sessions(db, demo, filing, filed.blueprint, content_files.load("people.toml")["candidates"])
    return demo


def _hold_sessions(
    db: Session, demo: Demo, filing: Filing, blueprint: Blueprint, candidates: list[dict[str, Any]]
) -> None:
    minutes = filing.specification.theory_minutes
    next_day = _next_day(demo.at, minutes)
    plans = _open_now(demo.at, next_day["starts_at"]), next_day
    batch = batches.create(db, "DEMO-B1", "演示批次", filing.organisation_id, **demo.act("office"))
    serving = (("proctor1", "proctor2", "supervisor"), ("proctor3", "proctor4", "supervisor2"))
    for plan, room, (*proctors, supervisor) in zip(plans, _rooms(db, demo, filing), serving, strict=True):
        exam_session = _plan(db, demo, filing, blueprint, minutes, plan)
        batches.put_session(db, exam_session.id, batch.id, **demo.act("office"))
        use = using.use_room(db, exam_session.id, RoomUse(room.id), **demo.act("office"))
        enrolments = [_enrol(db, demo, exam_session, person) for person in candidates]
        demo.enrolments = demo.enrolments or enrolments
        _staff(db, demo, use, proctors, supervisor)
        digest = approving.digest_of(exam_session)
        approving.approve(db, exam_session.id, digest, **demo.act("decider"))
        planning.publish_session(db, exam_session.id, **demo.act("office"))


def _open_now(at: datetime, until: datetime) -> dict[str, Any]:
    """An open window of twelve hours, over before the next session, which the same people sit."""
    return {
        "code": "DEMO-1",
        "title": "人工智能模型运用 第一场（开放中）",
        "starts_at": at - timedelta(minutes=10),
        "ends_at": min(at + timedelta(hours=12), until),
        "clock_rule": ClockRule.PERSONAL,
        "earliest_hand_in_minutes": 0,
    }


def _next_day(at: datetime, minutes: int) -> dict[str, Any]:
    starts_at = datetime.combine(shanghai_date(at) + timedelta(days=1), time(9), SHANGHAI)
    return {
        "code": "DEMO-2",
        "title": "人工智能模型运用 第二场（明日 9:00）",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=minutes),
        "clock_rule": ClockRule.COMMON,
        "earliest_hand_in_minutes": 30,
    }


def _rooms(db: Session, demo: Demo, filing: Filing) -> tuple[Room, Room]:
    """Return a computer room for each session: they may be on at the same time, depending on the demo's moment."""
    query = select(Room).join(Room.centre).where(Centre.organisation_id == filing.organisation_id)
    first = db.scalars(query.where(Room.kind == RoomKind.COMPUTER).order_by(Room.id).limit(1)).one()
    entry = RoomEntry("机考二室", RoomKind.COMPUTER, 30, has_video=True, equipment=first.equipment)
    return first, centres.add_room(db, first.centre_id, entry, **demo.act("office"))


def _plan(
    db: Session, demo: Demo, filing: Filing, blueprint: Blueprint, minutes: int, plan: dict[str, Any]
) -> ExamSession:
    act = demo.act("office")
    paper = drawing.draw_paper(db, blueprint.id, seed=plan["code"], **act)
    whole = planning.SessionPlan(
        place="上海示例考核点 第一机房",
        filing_id=filing.id,
        paper_id=paper.id,
        minutes=minutes,
        camera_rule=CameraRule.OPTIONAL,
        **plan,
    )
    return planning.create_session(db, whole, **act)


def _enrol(db: Session, demo: Demo, exam_session: ExamSession, person: dict[str, str]) -> Enrolment:
    number = person["identity_number"]
    entrant = enrolling.Person(person["name"], number, portraits.draw(number))
    return enrolling.enrol(db, exam_session.id, entrant, **demo.act("office"))


def _staff(db: Session, demo: Demo, use: SessionRoom, doors: Sequence[str], supervisor: str) -> None:
    """Let two proctor in the room, the first two watch every session, three examine, and one supervise this one."""
    act, ids = demo.act("office"), {name: account.id for name, account in demo.crew.accounts.items()}
    watching = [ids[name] for name in dict.fromkeys((*doors, "proctor1", "proctor2"))]
    examiners = [ids[name] for name in ("examiner1", "examiner2", "examiner3")]
    membership.assign(db, use.exam_session_id, watching, rooms={ids[name]: use.id for name in doors}, **act)
    supervising.name_supervisors(db, use.exam_session_id, [ids[supervisor]], **act)
    assigning.assign_examiners(db, use.exam_session_id, examiners, **act)
