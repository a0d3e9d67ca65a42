"""A candidate on the way to a certificate, through the verbs of delivery and scoring."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from world import World, identity

from certificates import deciding, issuing
from certificates.models import Certificate, Decision
from certificates.states import DecisionOutcome
from examsvc.accounts.models import Account
from examsvc.core.db import only
from examsvc.core.identity import Identity
from examsvc.delivery import checking_in, handing_in, machines, responding
from examsvc.delivery.checking_in import Camera, SystemCheck
from examsvc.delivery.claiming import making
from examsvc.delivery.claiming.making import Asked
from examsvc.delivery.models import Enrolment, Sitting
from examsvc.delivery.responding import Entry
from scoring import assigning, marking, sheets, signing
from scoring.marking import MarkEvent
from scoring.models import Result, ScoreSheet

EXAMINERS = ("examiner1", "examiner2")
GOOD_MARKS = ((1, 40_00), (2, 60_00), (3, 0), (4, 0))
POOR_MARKS = ((1, 20_00), (2, 20_00), (3, 10_00), (4, 0))
FORMS = {
    "SINGLE_CHOICE": lambda key: {"choice": key["right"][0]},
    "MULTIPLE_CHOICE": lambda key: {"choices": key["right"]},
    "TRUE_FALSE": lambda key: {"value": key["value"]},
    "FILL_IN": lambda key: {"blanks": [accepted[0] for accepted in key["blanks"]]},
    "NUMERIC": lambda key: {"text": key["value"]},
}


def assign(db: Session, world: World, now: datetime) -> None:
    ids = [world.staff[name].id for name in EXAMINERS]
    assigning.assign_examiners(db, world.exam_session.id, ids, by=world.by("office"), now=now)


def sit_and_be_marked(db: Session, world: World, number: int, now: datetime, *, passes: bool = True) -> Result:
    """Let the world's candidate sit (all answers right) and be marked; return the result."""
    enrolment = db.get_one(Enrolment, world.enrolments[number].id)
    _sit(db, enrolment, now)
    for sheet in db.scalars(select(ScoreSheet).filter_by(enrolment_id=enrolment.id)).all():
        mark_sheet(db, sheet, GOOD_MARKS if passes else POOR_MARKS, now)
    result = only(db, Result, enrolment_id=enrolment.id)
    assert result is not None
    return result


def _sit(db: Session, enrolment: Enrolment, now: datetime) -> None:
    act: dict[str, Any] = {"by": identity(db.get_one(Account, enrolment.candidate.account_id)), "now": now}
    own = enrolment.sitting.id
    checking_in.confirm_identity(db, own, **act)
    checking_in.sign_undertaking(db, own, enrolment.candidate.name, **act)
    checking_in.record_system_check(db, own, SystemCheck(Camera.NONE, True, 0, 0, "1366x768"), **act)
    claim = making.claim(db, Asked(own, 0, machines.UNKNOWN, **act))
    entries = _right_entries(enrolment.sitting, now)
    responding.save_responses(db, own, epoch=claim.sitting.epoch, entries=entries, **act)
    handing_in.hand_in(db, own, epoch=claim.sitting.epoch, last_seq=len(entries), **act)


def _right_entries(sitting: Sitting, now: datetime) -> list[Entry]:
    assert sitting.paper
    items = [(item.ref, item.item_version) for item in sitting.paper.items]
    return [
        Entry(seq, ref, FORMS[version.type](version.key), False, now)
        for seq, (ref, version) in enumerate(items, start=1)
    ]


def mark_sheet(db: Session, sheet: ScoreSheet, marks: tuple[tuple[int, int], ...], now: datetime) -> None:
    by = identity(sheet.examiner)
    events = [MarkEvent(uuid.uuid4(), seq, number, value, "", now) for seq, (number, value) in enumerate(marks, 1)]
    marking.save_marks(db, sheet.id, "tablet", events, by=by, now=now)
    digest = sheets.read(db, sheet).digest
    assert digest
    signing.sign_sheet(db, sheet.id, {"typed_name": by.name}, digest, by=by, now=now)


def award(db: Session, result: Result, *, by: Identity, now: datetime) -> Decision:
    return deciding.decide(db, result.id, DecisionOutcome.AWARD, note="", digest=result.digest or "", by=by, now=now)


def issue(db: Session, decision: Decision, now: datetime) -> Certificate:
    issuing.settle(db, decision.id, now)
    certificate = only(db, Certificate, decision_id=decision.id)
    assert certificate is not None
    return certificate
