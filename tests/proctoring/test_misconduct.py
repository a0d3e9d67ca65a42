"""A record of misconduct from the facts to the ruling, by the verbs."""

from datetime import datetime, timedelta
from typing import Any

import misconduct
import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from world import World

from examsvc.core import audit, blobs, ids
from examsvc.core.clock import MovableClock, shanghai_date
from examsvc.core.errors import NotAllowed, NotFound, Refusal
from examsvc.delivery.voiding import Subject
from proctoring import incidents, snapshots
from proctoring.cadence import KeepReason
from proctoring.misconduct import content, hearing, reading, recording, ruling
from proctoring.misconduct.classes import Consequence, MisconductClass
from proctoring.misconduct.evidence import EvidenceRef
from proctoring.misconduct.models import MisconductRecord
from proctoring.misconduct.states import EvidenceKind, MisconductState, Service
from proctoring.models import Incident, ProctorEvent, Snapshot
from proctoring.snapshots import Stored
from proctoring.states import EventKind


@pytest.fixture
def now(moving_clock: MovableClock) -> datetime:
    return moving_clock()


@pytest.fixture
def served(db: Session, world: World, now: datetime) -> World:
    """The world with proctor1 and proctor2 serving in its exam session."""
    misconduct.assign_proctors(db, world, now)
    return world


def refusal(action: Any, *given: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refused:
        action(*given, **named)
    return refused.value.code


def keep_frame(db: Session, world: World, now: datetime, number: int = 0) -> Snapshot:
    digest = blobs.put(b"\xff\xd8 a frame \xff\xd9")
    sitting_id = world.enrolments[number].sitting.id
    snapshots.keep(db, [Stored(sitting_id, now, now, digest, 11, KeepReason.ROUTINE)])
    return snapshots.history(db, sitting_id)[-1]


def note_event(db: Session, world: World, now: datetime, number: int = 0) -> ProctorEvent:
    sitting_id = world.enrolments[number].sitting.id
    event = ProctorEvent(
        sitting_id=sitting_id, kind=EventKind.TAB_HIDDEN, at=now, client_at=None, detail={"seconds": 9}
    )
    db.add(event)
    db.flush()
    return event


def note_incident(db: Session, world: World, now: datetime, number: int = 0) -> Incident:
    about = {"category": "BEHAVIOUR", "note": "查看手机"}
    return incidents.open_incident(db, world.enrolments[number].sitting.id, **about, by=world.by("proctor1"), now=now)


def all_evidence(db: Session, world: World, now: datetime) -> list[EvidenceRef]:
    return [
        EvidenceRef(EvidenceKind.SNAPSHOT, keep_frame(db, world, now).id),
        EvidenceRef(EvidenceKind.EVENT, note_event(db, world, now).id),
        EvidenceRef(EvidenceKind.INCIDENT, note_incident(db, world, now).id),
    ]


def test_a_record_opened_twice_is_one_and_audited_once(db: Session, served: World, now: datetime) -> None:
    sitting, by = served.enrolments[0].sitting, served.by("proctor1")
    record_id, told = ids.new_id(), misconduct.facts(now)
    refs = all_evidence(db, served, now)
    first, again = (recording.open_record(db, sitting.id, record_id, told, refs, by=by, now=now) for _ in range(2))
    assert first is again
    assert [entry.action for entry in audit.history(db, first.audit_stream)] == ["misconduct.opened"]


def test_g07_the_way_from_facts_to_a_ruling_is_on_the_audit_log(db: Session, served: World, now: datetime) -> None:
    record = misconduct.signed_case(db, served, now, refs=all_evidence(db, served, now))
    ruled = misconduct.rule(db, served, record, now)
    assert (record.state, ruled.number, ruled.consequence) == (MisconductState.RULED, "S1-WJ001", "SESSION_VOID")
    told = [entry.action for entry in audit.history(db, record.audit_stream)]
    assert told == [
        "misconduct.opened", "misconduct.told", "misconduct.stated", "misconduct.signed", "misconduct.ruled",
    ]  # fmt: skip
    assert audit.verify(db, record.audit_stream) is None
    actions = [entry.action for entry in audit.history(db, record.sitting.audit_stream)]
    assert "sitting.misconduct_recorded" in actions


def test_who_does_not_serve_there_can_put_nothing_on_record(db: Session, world: World, now: datetime) -> None:
    misconduct.assign_proctors(db, world, now, "proctor1")
    with pytest.raises(NotFound):
        misconduct.open_case(db, world, now, by="proctor2")
    record = misconduct.open_case(db, world, now)
    shown = content.digest(record)
    with pytest.raises(NotFound):
        hearing.tell(db, record.id, "", shown, by=world.by("proctor2"), now=now)
    with pytest.raises(NotAllowed):
        hearing.tell(db, record.id, "", shown, by=world.by("decider"), now=now)


def test_what_is_found_after_the_exam_is_recorded_by_the_office(db: Session, served: World, now: datetime) -> None:
    found = {"kind": MisconductClass.SIMILARITY}
    assert refusal(misconduct.open_case, db, served, now, **found) == "class_of_office"
    assert misconduct.open_case(db, served, now, by="office", **found).state == MisconductState.OPEN


def test_what_has_not_happened_is_not_recorded(db: Session, served: World, now: datetime) -> None:
    later = now + timedelta(seconds=1)
    assert refusal(misconduct.open_case, db, served, now, happened_at=later) == "facts_in_future"
    misconduct.open_case(db, served, now, happened_at=now)


def test_evidence_is_of_the_same_sitting(db: Session, served: World, now: datetime) -> None:
    of_another = [
        EvidenceRef(EvidenceKind.SNAPSHOT, keep_frame(db, served, now, 1).id),
        EvidenceRef(EvidenceKind.EVENT, note_event(db, served, now, 1).id),
        EvidenceRef(EvidenceKind.INCIDENT, note_incident(db, served, now, 1).id),
        EvidenceRef(EvidenceKind.COMMAND, served.exam_session.id),
    ]
    for ref in of_another:
        assert refusal(misconduct.open_case, db, served, now, refs=[ref]) == "evidence_of_another"


def test_facts_are_corrected_until_the_candidate_is_told_them(db: Session, served: World, now: datetime) -> None:
    refs = all_evidence(db, served, now)
    record = misconduct.open_case(db, served, now, refs=refs[:2])
    first = content.digest(record)
    by = served.by("proctor2")
    recording.correct(db, record.id, misconduct.facts(now, facts="查看纸条。"), refs[1:], by=by, now=now)
    assert (record.facts, {one.linked_id for one in record.evidence}) == ("查看纸条。", {ref.id for ref in refs[1:]})
    assert content.digest(record) != first
    assert refusal(hearing.tell, db, record.id, "", first, by=by, now=now) == "misconduct_changed"
    misconduct.tell(db, served, record, now)
    assert refusal(recording.correct, db, record.id, misconduct.facts(now), [], by=by, now=now) == "record_frozen"


def test_a_refusal_to_sign_takes_two_of_the_staff(db: Session, served: World, now: datetime) -> None:
    record = misconduct.open_case(db, served, now)
    misconduct.tell(db, served, record, now)
    misconduct.witness(db, served, record, now, "proctor1")
    assert record.state == MisconductState.REFUSED
    assert refusal(misconduct.witness, db, served, record, now, "proctor1") == "witness_twice"
    assert refusal(misconduct.rule, db, served, record, now) == "illegal_transition"
    misconduct.witness(db, served, record, now, "proctor2")
    assert record.state == MisconductState.SIGNED
    assert [one.account.display_name for one in record.signatures] == ["proctor1先生", "proctor2先生"]


def test_a_witness_serves_in_the_exam_session_and_signs_their_own_name(
    db: Session, served: World, now: datetime
) -> None:
    record = misconduct.open_case(db, served, now)
    misconduct.tell(db, served, record, now)
    with pytest.raises(NotAllowed):
        misconduct.witness(db, served, record, now, "office")
    wrong = {"typed_name": "proctor2先生"}
    shown, by = content.digest(record), served.by("proctor1")
    assert refusal(hearing.witness, db, record.id, wrong, shown, "", by=by, now=now) == "signature_name_differs"


def test_a_candidate_who_refused_may_still_sign(db: Session, served: World, now: datetime) -> None:
    record = misconduct.open_case(db, served, now)
    misconduct.tell(db, served, record, now)
    misconduct.witness(db, served, record, now, "proctor1")
    misconduct.sign(db, served, record, now)
    assert record.state == MisconductState.SIGNED


def test_nobody_types_a_candidates_signature(db: Session, served: World, now: datetime) -> None:
    record = misconduct.open_case(db, served, now)
    misconduct.tell(db, served, record, now)
    typed = {"typed_name": "王小明"}
    shown, by = content.digest(record), served.by("proctor1")
    assert refusal(hearing.sign, db, record.id, typed, shown, by=by, now=now) == "candidates_own_signature"


def test_what_the_candidate_raises_is_checked_before_anybody_rules(db: Session, served: World, now: datetime) -> None:
    record = misconduct.signed_case(db, served, now)
    misconduct.rule(db, served, misconduct.signed_case(db, served, now), now)  # said nothing: nothing to check
    hearing.add_statement(db, record.id, "手机是别人的。", by=served.by("proctor1"), now=now)
    assert refusal(misconduct.rule, db, served, record, now) == "hearing_missing"
    misconduct.rule(db, served, record, now, hearing="已核对手机号码，系本人所有。")
    by = served.by("proctor1")
    assert refusal(hearing.add_statement, db, record.id, "还有话说", by=by, now=now) == "illegal_transition"


def test_who_had_a_part_in_it_does_not_rule(db: Session, served: World, now: datetime) -> None:
    record = misconduct.signed_case(db, served, now, by="office")
    assert refusal(misconduct.rule, db, served, record, now) == "involved_cannot_rule"
    assert refusal(misconduct.rule, db, served, record, now, by="proctor1") == "involved_cannot_rule"
    watched = misconduct.signed_case(db, served, now)
    assert refusal(misconduct.rule, db, served, watched, now, by="proctor2") == "involved_cannot_rule"


def test_who_corrected_the_facts_or_wrote_down_the_hearing_does_not_rule(
    db: Session, served: World, now: datetime
) -> None:
    office = served.by("office")
    record = misconduct.open_case(db, served, now)
    recording.correct(db, record.id, misconduct.facts(now, facts="查看纸条。"), [], by=office, now=now)
    misconduct.tell(db, served, record, now)
    misconduct.sign(db, served, record, now)
    assert refusal(misconduct.rule, db, served, record, now) == "involved_cannot_rule"
    assert reading.whole(db, record, by=office)["may"]["rule"] is False
    heard = misconduct.open_case(db, served, now)
    hearing.tell(db, heard.id, "", content.digest(heard), by=office, now=now)
    misconduct.sign(db, served, heard, now)
    assert refusal(misconduct.rule, db, served, heard, now) == "involved_cannot_rule"


def test_a_ruling_is_made_on_what_was_shown_and_within_the_class(db: Session, served: World, now: datetime) -> None:
    record = misconduct.signed_case(db, served, now)
    stale = content.digest(record)
    hearing.add_statement(db, record.id, "补充说明。", by=served.by("proctor1"), now=now)
    verdict = ruling.Verdict(Consequence.SESSION_VOID, None, "理由", "已核查")
    assert refusal(ruling.rule, db, record.id, verdict, stale, by=served.by("office"), now=now) == "misconduct_changed"
    subject = (Consequence.SUBJECT_VOID, Subject.THEORY)
    told: dict[str, Any] = {"hearing": "已核查"}
    assert refusal(misconduct.rule, db, served, record, now, *subject, **told) == "consequence_not_permitted"


@pytest.mark.parametrize("piece", [0, 1, 2])
def test_nobody_rules_on_evidence_that_was_altered(db: Session, served: World, now: datetime, piece: int) -> None:
    refs = all_evidence(db, served, now)
    record = misconduct.signed_case(db, served, now, refs=refs)
    row = (db.get_one(Snapshot, refs[0].id), db.get_one(ProctorEvent, refs[1].id), db.get_one(Incident, refs[2].id))
    if piece == 0:
        row[0].frame_digest = "0" * 64
    elif piece == 1:
        row[1].detail = {"seconds": 1}
    else:
        row[2].note = "没有查看手机"
    db.flush()
    assert refusal(misconduct.rule, db, served, record, now) == "evidence_altered"


def test_nobody_rules_on_a_snapshot_whose_bytes_are_gone(
    db: Session, served: World, now: datetime, app_settings: Any
) -> None:
    frame = keep_frame(db, served, now)
    record = misconduct.signed_case(db, served, now, refs=[EvidenceRef(EvidenceKind.SNAPSHOT, frame.id)])
    for path in app_settings.data_dir.rglob(frame.frame_digest):
        path.unlink()
    assert refusal(misconduct.rule, db, served, record, now) == "evidence_altered"


@pytest.mark.parametrize("model", [Snapshot, ProctorEvent, Incident])
def test_what_is_evidence_cannot_be_deleted(db: Session, served: World, now: datetime, model: Any) -> None:
    refs = all_evidence(db, served, now)
    misconduct.open_case(db, served, now, refs=refs)
    held = {Snapshot: refs[0], ProctorEvent: refs[1], Incident: refs[2]}[model]
    with pytest.raises(IntegrityError), db.begin_nested():
        db.execute(delete(model).where(model.id == held.id))
    free = keep_frame(db, served, now) if model is Snapshot else None
    if free is not None:
        db.execute(delete(Snapshot).where(Snapshot.id == free.id))


def test_the_time_for_a_remedy_runs_from_the_day_of_service(
    db: Session, served: World, moving_clock: MovableClock
) -> None:
    now = moving_clock()
    ruled = misconduct.rule(db, served, misconduct.signed_case(db, served, now), now)
    assert "15个工作日" in ruled.remedy
    assert "上海测试有限公司" in ruled.remedy
    by = served.by("office")
    today = shanghai_date(now)
    for wrong in (today - timedelta(days=1), today + timedelta(days=1)):
        assert refusal(ruling.serve, db, ruled.id, Service.BY_POST, wrong, by=by, now=now) == "served_in_future"
    ruling.serve(db, ruled.id, Service.IN_PERSON, today, by=by, now=now)
    assert ruled.remedy_until_on is not None
    assert (ruled.remedy_until_on - today).days >= 21
    assert refusal(ruling.serve, db, ruled.id, Service.IN_PERSON, today, by=by, now=now) == "served_already"


def test_a_review_is_anothers_and_a_revoked_ruling_may_be_followed_by_a_new_one(
    db: Session, served: World, now: datetime
) -> None:
    record = misconduct.signed_case(db, served, now)
    first = misconduct.rule(db, served, record, now)
    assert refusal(misconduct.revoke, db, served, first, now, by="office") == "ruler_cannot_revoke"
    misconduct.revoke(db, served, first, now)
    assert refusal(misconduct.revoke, db, served, first, now) == "ruling_revoked"
    today, by = shanghai_date(now), served.by("office")
    assert refusal(ruling.serve, db, first.id, Service.IN_PERSON, today, by=by, now=now) == "ruling_revoked"
    second = misconduct.rule(db, served, record, now, Consequence.NONE)
    assert (second.number, record.state) == ("S1-WJ002", MisconductState.RULED)
    assert refusal(misconduct.revoke, db, served, first, now) == "ruling_revoked"
    assert [one.revoked_at is None for one in record.rulings] == [False, True]


def test_the_database_keeps_the_invariants_by_itself(db: Session, served: World, now: datetime) -> None:
    record = misconduct.open_case(db, served, now, refs=all_evidence(db, served, now))
    with pytest.raises(IntegrityError), db.begin_nested():
        record.evidence[0].event_id = record.evidence[1].event_id or record.evidence[2].event_id
        record.evidence[0].snapshot_id = None
        record.evidence[0].incident_id = None
        db.flush()
    db.expire_all()
    assert db.get_one(MisconductRecord, record.id).state == MisconductState.OPEN
