"""What the upgrade to several forms does with the sittings that were there before."""

from pathlib import Path

import pytest
from alembic import command
from old_databases import AT, Old
from sqlalchemy import text

from examsvc.cli.database import alembic_config
from examsvc.core.db import Database
from examsvc.wiring import METADATA

pytestmark = pytest.mark.slow


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/migrated.sqlite"
    fresh: str = request.getfixturevalue("fresh_postgresql")
    return fresh.replace("postgresql://", "postgresql+psycopg://")


def test_a_sitting_has_the_paper_of_its_exam_session_after_the_upgrade(url: str) -> None:
    database = Database(url)
    METADATA.drop_all(database.engine)
    command.upgrade(alembic_config(url), "0009")
    with database.transaction() as db:
        _fill(Old(db.connection()))
    command.upgrade(alembic_config(url), "head")
    with database.reading() as db:
        same = "SELECT count(*) FROM sittings JOIN papers ON papers.id = sittings.paper_id WHERE seed = 'given'"
        assert db.scalar(text(same)) == 1
        assert db.scalar(text("SELECT count(*) FROM exam_sessions WHERE shuffle_questions AND shuffle_options")) == 1
    command.downgrade(alembic_config(url), "0009")
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
