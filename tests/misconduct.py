"""Cases of misconduct, made through the verbs."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session
from world import World

from examsvc.core import ids
from examsvc.delivery.models import Enrolment
from examsvc.delivery.voiding import Subject
from proctoring import membership
from proctoring.misconduct import content, hearing, recording, ruling
from proctoring.misconduct.classes import Consequence, MisconductClass
from proctoring.misconduct.evidence import EvidenceRef
from proctoring.misconduct.models import MisconductRecord, MisconductRuling
from proctoring.misconduct.recording import Facts
from proctoring.misconduct.ruling import Verdict

STROKES: dict[str, Any] = {"strokes": [[[10, 10, 0], [20, 30, 16], [40, 60, 32]]]}


def assign_proctors(db: Session, world: World, now: datetime, *names: str) -> None:
    ids = [world.staff[name].id for name in names or ("proctor1", "proctor2")]
    membership.assign(db, world.exam_session.id, ids, by=world.by("office"), now=now)


def facts(now: datetime, kind: MisconductClass = MisconductClass.SERIOUS, **changes: Any) -> Facts:
    told = {"facts": "查看手机中的资料。", "place": "一号机房", "happened_at": now - timedelta(minutes=1)}
    return Facts(kind=kind, **{**told, **changes})


def open_case(
    db: Session,
    world: World,
    now: datetime,
    *,
    enrolment: Enrolment | None = None,
    by: str = "proctor1",
    kind: MisconductClass = MisconductClass.SERIOUS,
    refs: Iterable[EvidenceRef] = (),
    **changes: Any,
) -> MisconductRecord:
    sitting_id = (enrolment or world.enrolments[0]).sitting.id
    told = facts(now, kind, **changes)
    return recording.open_record(db, sitting_id, ids.new_id(), told, refs, by=world.by(by), now=now)


def tell(db: Session, world: World, record: MisconductRecord, now: datetime, statement: str = "") -> None:
    hearing.tell(db, record.id, statement, content.digest(record), by=world.by("proctor1"), now=now)


def sign(db: Session, world: World, record: MisconductRecord, now: datetime) -> None:
    hearing.sign(db, record.id, STROKES, content.digest(record), by=world.by("proctor1"), now=now)


def witness(db: Session, world: World, record: MisconductRecord, now: datetime, name: str) -> None:
    by = world.by(name)
    hearing.witness(db, record.id, {"typed_name": by.name}, content.digest(record), "拒绝签名", by=by, now=now)


def signed_case(db: Session, world: World, now: datetime, statement: str = "", **case: Any) -> MisconductRecord:
    """Return a record that the candidate was told and has signed."""
    record = open_case(db, world, now, **case)
    tell(db, world, record, now, statement)
    sign(db, world, record, now)
    return record


def rule(
    db: Session,
    world: World,
    record: MisconductRecord,
    now: datetime,
    consequence: Consequence = Consequence.SESSION_VOID,
    subject: Subject | None = None,
    *,
    by: str = "office",
    hearing: str = "",
) -> MisconductRuling:
    verdict = Verdict(consequence, subject, "有监考记录和抓拍为证。", hearing)
    return ruling.rule(db, record.id, verdict, content.digest(record), by=world.by(by), now=now)


def revoke(db: Session, world: World, ruled: MisconductRuling, now: datetime, by: str = "decider") -> None:
    ruling.revoke(db, ruled.id, "复核认为证据不足。", by=world.by(by), now=now)
