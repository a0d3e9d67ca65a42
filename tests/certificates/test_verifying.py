from collections.abc import Callable

import pytest
from click.testing import CliRunner
from sqlalchemy import update
from sqlalchemy.orm import Session
from world import World

from certificates import service, verifying
from certificates.models import Certificate, Decision
from certificates.states import CertificateState
from examsvc.cli.verifying import verify
from examsvc.core.audit import AuditEntry
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.settings import Settings
from examsvc.delivery.models import Response
from scoring.models import Mark, Result, ScoreSheet

pytestmark = pytest.mark.slow


def faults(database: Database, certificate: Certificate) -> set[str]:
    with database.reading() as db:
        return _faults(db, certificate)


def _faults(db: Session, certificate: Certificate) -> set[str]:
    found = verifying.find(db, certificate.number)
    return {step.name for step in verifying.steps(db, found) if not step.holds}


def test_an_honest_certificate_holds_from_answers_to_bytes(database: Database, issued: Certificate) -> None:
    assert faults(database, issued) == set()


def test_it_holds_after_a_suspension_too(
    database: Database, world: World, issued: Certificate, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        service.suspend(db, issued.id, reason="复核", by=world.by("office"), now=moving_clock())
    assert faults(database, issued) == set()


def _answer(db: Session) -> None:
    db.execute(update(Response).where(Response.seq == 1).values(answer={"choice": "a"}))


def _mark(db: Session) -> None:
    db.execute(update(Mark).where(Mark.criterion == 1).values(value=20_00))


def _mark_and_sheet(db: Session) -> None:
    _mark(db)
    db.execute(update(ScoreSheet).where(ScoreSheet.digest.is_not(None)).values(digest="0" * 64))


def _total(db: Session) -> None:
    db.execute(update(Result).where(Result.total.is_not(None)).values(total=61_00))


def _decider(db: Session) -> None:
    examiner = db.query(ScoreSheet.examiner_id).first()
    assert examiner
    db.execute(update(Decision).values(decided_by_id=examiner[0]))


def _record(db: Session) -> None:
    certificate = db.query(Certificate).one()
    certificate.record = {**certificate.record, "total": 99_00}


def _name(db: Session) -> None:
    db.execute(update(Certificate).values(holder_name="王大明"))


def _state(db: Session) -> None:
    db.execute(update(Certificate).values(state=CertificateState.SUSPENDED))


def _pdf(db: Session) -> None:
    db.execute(update(Certificate).values(pdf_digest=db.query(Certificate).one().png_digest))


def _audit(db: Session) -> None:
    db.execute(update(AuditEntry).where(AuditEntry.action == "decision.made").values(actor_name="别人"))


TAMPERING: list[tuple[Callable[[Session], None], set[str]]] = [
    (_answer, {"chain of responses", "result recomputed from answers and marks"}),
    (_mark, {"signed score sheets", "result recomputed from answers and marks"}),
    (_mark_and_sheet, {"signed score sheets", "result recomputed from answers and marks"}),
    (_total, {"result recomputed from answers and marks", "canonical record"}),
    (_decider, {"decision"}),
    (_record, {"canonical record"}),
    (_name, {"canonical record"}),
    (_state, {"state as recorded"}),
    (_pdf, {"issue as recorded"}),
]


def test_tampering_is_found_where_it_was_done(database: Database, issued: Certificate) -> None:
    for tamper, found in TAMPERING:
        with pytest.raises(_Undone), database.transaction() as db:
            tamper(db)
            db.flush()
            db.expire_all()
            assert _faults(db, issued) == found, tamper
            raise _Undone
    assert faults(database, issued) == set()


class _Undone(Exception):
    """Takes the tampering back."""


def test_an_altered_audit_stream_is_found(database: Database, issued: Certificate) -> None:
    with database.transaction() as db:
        _audit(db)
    assert any(name.startswith("audit result:") for name in faults(database, issued))


def test_altered_and_missing_bytes_are_found(database: Database, app_settings: Settings, issued: Certificate) -> None:
    pdf, png = (
        app_settings.data_dir / "blobs" / digest[:2] / digest[2:4] / digest
        for digest in (issued.pdf_digest, issued.png_digest)
    )
    pdf.write_bytes(b"%PDF-forged")
    assert faults(database, issued) == {"PDF bytes"}
    png.unlink()
    assert faults(database, issued) == {"PDF bytes", "PNG bytes"}


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, app_settings: Settings) -> CliRunner:
    for name, value in (
        ("DATA_DIR", app_settings.data_dir),
        ("DATABASE_URL", app_settings.database_url),
        ("MASTER_KEY", "dGVzdHMgb25seTogMzIgYnl0ZXMgb2Yga2V5ISEhISE="),
    ):
        monkeypatch.setenv(f"EXAMSVC_{name}", str(value))
    return CliRunner()


def test_the_command_prints_a_line_a_step_and_leaves_with_0(command: CliRunner, issued: Certificate) -> None:
    told = command.invoke(verify, [issued.number.lower()])
    assert told.exit_code == 0, told.output
    assert told.output.count("✓") >= 15
    assert "✗" not in told.output


def test_the_command_leaves_with_1_when_a_step_does_not_hold(
    command: CliRunner, database: Database, issued: Certificate
) -> None:
    with database.transaction() as db:
        _mark(db)
    told = command.invoke(verify, [issued.number])
    assert told.exit_code == 1
    assert "✗ signed score sheets" in told.output
    assert "steps do not hold" in told.output
