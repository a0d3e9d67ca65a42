"""What the upgrade to several forms does with the sittings that were there before."""

import old_databases
import pytest
from alembic import command
from old_databases import AT, Old
from sqlalchemy import text

from examsvc.cli.database import alembic_config

pytestmark = pytest.mark.slow


def test_a_sitting_has_the_paper_of_its_exam_session_after_the_upgrade(old_url: str) -> None:
    database = old_databases.at(old_url, "0009")
    with database.transaction() as db:
        _fill(Old(db.connection()))
    command.upgrade(alembic_config(old_url), "head")
    with database.reading() as db:
        same = "SELECT count(*) FROM sittings JOIN papers ON papers.id = sittings.paper_id WHERE seed = 'given'"
        assert db.scalar(text(same)) == 1
        assert db.scalar(text("SELECT count(*) FROM exam_sessions WHERE shuffle_questions AND shuffle_options")) == 1
    command.downgrade(alembic_config(old_url), "0009")
    with database.reading() as db:
        assert db.scalar(text("SELECT count(*) FROM sittings")) == 1
    database.close()


def _fill(old: Old) -> None:
    organisation = old.add("organisations", name="机构", kind="ENTERPRISE")
    specification = old.add("scheme_specifications", scheme_id=old.add("schemes", name="项目"))
    bank = old.add("item_banks", organisation_id=organisation, specification_id=specification)
    blueprint = old.add("blueprints", bank_id=bank)
    old.add("papers", blueprint_id=blueprint, seed="other")
    paper = old.add("papers", blueprint_id=blueprint, seed="given")
    filing = old.add("filings", organisation_id=organisation, specification_id=specification, state="IN_FORCE")
    rules = {"clock_rule": "COMMON", "camera_rule": "OFF", "state": "PUBLISHED"}
    window = {"starts_at": AT, "ends_at": AT.replace(hour=3)}
    exam_session = old.add("exam_sessions", filing_id=filing, paper_id=paper, **rules, **window)
    account = old.add("accounts", username="candidate", state="ACTIVE", display_name="考生")
    candidate = old.add("candidates", account_id=account)
    enrolment = old.add("enrolments", exam_session_id=exam_session, candidate_id=candidate)
    old.add("sittings", enrolment_id=enrolment, state="IN_PROGRESS", opened_at=AT)
