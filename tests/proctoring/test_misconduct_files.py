"""Files as evidence of misconduct: what is kept, until when, and who sees it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import evidence_files
import misconduct
import old_databases
import pytest
from alembic import command
from callers import Caller
from flask import Flask
from old_databases import AT, Old
from sqlalchemy import text
from sqlalchemy.orm import Session
from uploads import upload
from walls import Wall
from world import World

from examsvc.cli.database import alembic_config
from examsvc.core import audit, blobs, ids
from examsvc.core.clock import MovableClock
from examsvc.core.errors import Refusal
from proctoring.misconduct import attaching, content, files, recording
from proctoring.misconduct.evidence import EvidenceRef
from proctoring.misconduct.models import MisconductRecord
from proctoring.misconduct.states import EvidenceKind, FileKind

PHOTO, FILM = evidence_files.photo(), evidence_files.film()


@pytest.fixture
def now(moving_clock: MovableClock) -> datetime:
    return moving_clock()


@pytest.fixture
def served(db: Session, world: World, now: datetime) -> World:
    misconduct.assign_proctors(db, world, now)
    return world


def code_of(action: Callable[..., Any], *given: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refused:
        action(*given, **named)
    return refused.value.code


def attach(
    db: Session, world: World, record: MisconductRecord, now: datetime, data: bytes = PHOTO, by: str = "proctor1"
) -> MisconductRecord:
    file = files.prepared("手机.jpg", data)
    return attaching.add(db, record.id, file, blobs.put(data), by=world.by(by), now=now)


@pytest.mark.parametrize(
    ("data", "kind", "media_type", "name"),
    [
        (PHOTO, FileKind.PHOTO, "image/jpeg", "纸条.jpg"),
        (evidence_files.photo("PNG"), FileKind.PHOTO, "image/png", "纸条.png"),
        (evidence_files.PDF, FileKind.DOCUMENT, "application/pdf", "纸条.pdf"),
        (FILM, FileKind.FILM, "video/mp4", "纸条.mp4"),
        (evidence_files.film(b"qt  "), FileKind.FILM, "video/quicktime", "纸条.mov"),
        (evidence_files.WEBM, FileKind.FILM, "video/webm", "纸条.webm"),
    ],
)
def test_a_file_is_known_by_its_content_and_kept_byte_for_byte(
    data: bytes, kind: FileKind, media_type: str, name: str
) -> None:
    file = files.prepared("纸条.exe", data)
    assert (file.kind, file.media_type, file.name, file.data) == (kind, media_type, name, data)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "unknown"),
        (b"<html>", "unknown"),
        (b"MZ" + b"\0" * 60, "unknown"),
        (evidence_files.film(b"M4A "), "unknown"),
        (PHOTO[:-200], "broken"),
        (evidence_files.photo("PNG")[:-20], "broken"),
        (evidence_files.PDF[:-8], "broken"),
        (FILM[:-1], "broken"),
        (FILM + b"\0\0\0\x04tail", "broken"),
        (evidence_files.box(b"ftyp", b"mp42\0\0\0\0") + evidence_files.box(b"mdat", b"\0" * 90), "broken"),
        (evidence_files.blank((files.MOST_PIXELS // 1000 + 1, 1000)), "too_wide"),
    ],
)
def test_what_is_no_whole_file_of_a_known_kind_is_refused(data: bytes, fault: str) -> None:
    with pytest.raises(Refusal) as refused:
        files.prepared("照片.jpg", data)
    assert (refused.value.code, refused.value.extra["fault"]) == ("bad_evidence_file", fault)


def test_each_kind_has_its_size_to_the_byte() -> None:
    room = files.MOST_BYTES[FileKind.FILM] - len(evidence_files.film(played=b""))
    assert files.prepared("", evidence_files.film(played=b"\0" * room)).kind == FileKind.FILM
    assert code_of(files.prepared, "", evidence_files.film(played=b"\0" * (room + 1))) == "too_large"
    most = files.MOST_BYTES[FileKind.DOCUMENT]
    assert code_of(files.prepared, "", evidence_files.PDF + b"\0" * most) == "too_large"


@pytest.mark.parametrize(
    ("sent", "kept"), [("../../e tc\x00.png", "e tc.jpg"), ("", "evidence.jpg"), ("a" * 300, "a" * 100 + ".jpg")]
)
def test_a_name_is_only_shown_and_harmless(sent: str, kept: str) -> None:
    assert files.prepared(sent, PHOTO).name == kept


def test_a_file_belongs_to_what_is_signed_and_the_same_again_changes_nothing(
    db: Session, served: World, now: datetime
) -> None:
    record = misconduct.open_case(db, served, now)
    before = content.digest(record)
    attach(db, served, record, now)
    after = content.digest(record)
    assert before != after
    attach(db, served, record, now)
    assert (content.digest(record), len(record.evidence)) == (after, 1)
    told = [entry.action for entry in audit.history(db, record.audit_stream)]
    assert told == ["misconduct.opened", "misconduct.file_added"]


def test_a_record_that_is_sent_again_after_a_file_was_added_is_the_same(
    db: Session, served: World, now: datetime
) -> None:
    sitting_id, by = served.enrolments[0].sitting.id, served.by("proctor1")
    key, told = ids.new_id(), misconduct.facts(now)
    record = recording.open_record(db, sitting_id, key, told, [], by=by, now=now)
    attach(db, served, record, now)
    assert recording.open_record(db, sitting_id, key, told, [], by=by, now=now) is record


def test_once_the_candidate_was_told_no_file_is_added_or_taken_out(db: Session, served: World, now: datetime) -> None:
    record = misconduct.open_case(db, served, now)
    attach(db, served, record, now)
    misconduct.tell(db, served, record, now)
    assert code_of(attach, db, served, record, now, FILM) == "record_frozen"
    by = served.by("proctor1")
    assert code_of(attaching.check_may_add, db, record.id, by=by) == "record_frozen"
    assert code_of(recording.correct, db, record.id, misconduct.facts(now), [], by=by, now=now) == "record_frozen"


def test_a_file_that_was_taken_out_is_seen_no_more_and_may_be_added_again(
    db: Session, served: World, now: datetime
) -> None:
    record = misconduct.open_case(db, served, now)
    attach(db, served, record, now)
    [link], by = record.evidence, served.by("proctor1")
    file_id = link.linked_id
    recording.correct(db, record.id, misconduct.facts(now), [], by=by, now=now)
    assert code_of(attaching.linked_file, db, record.id, file_id, by=by) == "not_found"
    attach(db, served, record, now)
    assert [one.linked_id for one in record.evidence] == [file_id]


def test_a_file_of_another_candidates_record_is_no_evidence(db: Session, served: World, now: datetime) -> None:
    other = misconduct.open_case(db, served, now, enrolment=served.enrolments[1])
    attach(db, served, other, now)
    ref = EvidenceRef(EvidenceKind.FILE, other.evidence[0].linked_id)
    assert code_of(misconduct.open_case, db, served, now, refs=[ref]) == "evidence_of_another"


def test_a_record_holds_so_many_files_and_no_more(
    db: Session, served: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "MOST_FILES", 2)
    record = misconduct.open_case(db, served, now)
    for data in (PHOTO, FILM):
        attach(db, served, record, now, data)
    assert code_of(attach, db, served, record, now, evidence_files.PDF) == "too_many_evidence_files"


def test_nobody_rules_on_a_file_whose_bytes_are_gone(
    db: Session, served: World, now: datetime, app_settings: Any
) -> None:
    record = misconduct.open_case(db, served, now)
    attach(db, served, record, now)
    misconduct.tell(db, served, record, now)
    misconduct.sign(db, served, record, now)
    for path in app_settings.data_dir.rglob(record.evidence[0].digest):
        path.unlink()
    assert code_of(misconduct.rule, db, served, record, now) == "evidence_altered"


def test_who_added_a_file_does_not_rule(db: Session, served: World, now: datetime) -> None:
    record = misconduct.open_case(db, served, now)
    attach(db, served, record, now, by="office")
    misconduct.tell(db, served, record, now)
    misconduct.sign(db, served, record, now)
    assert code_of(misconduct.rule, db, served, record, now) == "involved_cannot_rule"


@pytest.mark.slow
def test_whoever_reads_the_record_sees_and_keeps_its_files(
    wall: Wall, stranger: Wall, app: Flask, world: World, moving_clock: MovableClock
) -> None:
    told = {"id": str(ids.new_id()), "kind": "SERIOUS", "facts": "查看手机。", "place": "一号机房"}
    body = {**told, "happened_at": moving_clock().isoformat()}
    sitting = f"/api/sittings/{world.enrolments[0].sitting.id}/misconduct-records"
    path = f"/api/misconduct-records/{wall.post(sitting, body).json['id']}"
    added = wall.post(f"{path}/files", **upload("file", PHOTO, "手机.png"))
    assert added.status_code == 201, added.json
    [piece] = added.json["evidence"]
    assert (piece["kind"], piece["what"], piece["text"]) == ("FILE", "PHOTO", "手机.jpg")
    shown = f"{path}/files/{piece['id']}"
    examiner = Caller(app).log_in("examiner1")
    for who in (wall, Caller(app).log_in("decider")):
        seen, kept = who.get(shown), who.get(f"{shown}/download")
        assert (seen.data, seen.content_type, kept.data) == (PHOTO, "image/jpeg", PHOTO)
        assert "sandbox" in seen.headers["Content-Security-Policy"]
        assert kept.headers["Content-Disposition"].startswith("attachment")
    assert [stranger.get(one).status_code for one in (shown, f"{shown}/download")] == [404, 404]
    assert examiner.get(shown).status_code == 403
    refused = stranger.post(f"{path}/files", **upload("file", FILM, "a.mp4"))
    assert (refused.status_code, refused.json["code"]) == (404, "not_found")
    bad = wall.post(f"{path}/files", **upload("file", b"<svg/>", "手机.jpg"))
    assert (bad.status_code, bad.json["code"]) == (422, "bad_evidence_file")
    large = wall.post(f"{path}/files", **upload("file", b"\0" * (files.MOST_OF_ANY + 100_000), "a.mp4"))
    assert (large.status_code, large.json["code"]) == (413, "too_large")


def test_records_of_earlier_revisions_keep_their_evidence(old_url: str) -> None:
    database = old_databases.at(old_url, "0032")
    with database.transaction() as db:
        _write(Old(db.connection()))
    command.upgrade(alembic_config(old_url), "head")
    command.downgrade(alembic_config(old_url), "0032")
    with database.reading() as db:
        assert db.scalar(text("SELECT count(*) FROM misconduct_evidence WHERE kind = 'EVENT'")) == 1
    database.close()


def _write(old: Old) -> None:
    organisation = old.add("organisations", name="机构", kind="ENTERPRISE")
    specification = old.add("scheme_specifications", scheme_id=old.add("schemes", name="项目"))
    filing = old.add("filings", organisation_id=organisation, specification_id=specification, state="IN_FORCE")
    rules = {"clock_rule": "COMMON", "camera_rule": "OFF", "navigation": "FREE", "state": "DRAFT"}
    window = {"starts_at": AT, "ends_at": AT.replace(hour=3)}
    session = old.add("exam_sessions", filing_id=filing, **rules, **window)
    account = old.add("accounts", username="a", state="ACTIVE", display_name="考生")
    candidate = old.add("candidates", account_id=account, document_type="ID_CARD")
    enrolment = old.add("enrolments", exam_session_id=session, candidate_id=candidate)
    sitting = old.add("sittings", enrolment_id=enrolment, state="EXPECTED")
    event = old.add("proctor_events", sitting_id=sitting, kind="TAB_HIDDEN")
    record = old.add("misconduct_records", sitting_id=sitting, state="OPEN", kind="SERIOUS", opened_by_id=account)
    links = {"record_id": record, "kind": "EVENT", "event_id": event, "linked_by_id": account}
    old.add("misconduct_evidence", **links)
