"""Who issues, who holds and who finds a certificate: 140号 四, 五(二), 五(三) (A08, A09, F06, F07, G07, G10)."""

import passing
import pytest
from callers import Caller
from flask import Flask
from world import IDENTITY_NUMBERS, World

from certificates.errors import ExaminerCannotDecide
from certificates.models import Certificate
from examsvc.accounts.models import AccountRole
from examsvc.accounts.roles import Role
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.identity import Identity
from scoring.models import Result

pytestmark = pytest.mark.slow


def test_f06_the_organisation_issues_on_paper_and_electronically(app: Flask, world: World, issued: Certificate) -> None:
    assert issued.record["organisation"]["name"] == world.organisation.name
    office = Caller(app).log_in("office")
    kinds = [office.get(f"/api/certificates/{issued.id}/{ending}").mimetype for ending in ("pdf", "png")]
    assert kinds == ["application/pdf", "image/png"]


def test_g07_who_assessed_issues_and_every_step_is_on_record(
    database: Database, world: World, ready: Result, issued: Certificate
) -> None:
    assert issued.record["organisation"]["credit_code"] == world.filing.organisation.credit_code
    assert issued.record["result_digest"] == ready.digest
    with database.reading() as db:
        decision = db.get_one(Certificate, issued.id).decision
        streams = {one.audit_stream for one in (issued, decision, decision.result)}
        told = {entry.action for stream in streams for entry in audit.history(db, stream)}
        assert {"result.ready", "decision.made", "result.published", "certificate.issued"} <= told
        assert {audit.verify(db, stream) for stream in streams} == {None}


def test_a08_who_examined_does_not_decide_whatever_roles_they_hold(
    database: Database, world: World, ready: Result, moving_clock: MovableClock
) -> None:
    examiner = world.staff["examiner1"]
    both = Identity(examiner.display_name, examiner.id, frozenset({Role.EXAMINER, Role.DECISION_MAKER}))
    with pytest.raises(ExaminerCannotDecide), database.transaction() as db:
        db.add(AccountRole(account_id=examiner.id, role=Role.DECISION_MAKER))
        passing.award(db, db.get_one(Result, ready.id), by=both, now=moving_clock())


def test_a09_a_candidate_logs_in_and_holds_the_certificate(app: Flask, world: World, issued: Certificate) -> None:
    holder = Caller(app)
    proof = {"ticket_number": world.enrolments[0].ticket_number, "proof": IDENTITY_NUMBERS[0][-6:]}
    holder.csrf_token = holder.post("/api/candidate/login", proof).json["csrf_token"]
    assert [one["number"] for one in holder.get("/api/candidate/certificates").json["items"]] == [issued.number]


def test_f07_g10_what_a_subsidy_office_must_know_is_found_on_the_public_page(
    nobody: Caller, world: World, issued: Certificate
) -> None:
    typed = {"number": issued.number, "name": "王小明", "identity_number": IDENTITY_NUMBERS[0]}
    page = nobody.client.post("/certificates", data=typed, headers={"Sec-Fetch-Site": "same-origin"}).text
    told = ("该证书真实有效", world.scheme.name, world.organisation.name, world.filing.number, issued.issued_on)
    assert all(str(one) in page for one in told)
