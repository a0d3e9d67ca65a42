"""What the upgrade to conditions of application does with enrolments that were there before."""

from uuid import UUID

import old_databases
from alembic import command
from old_databases import AT, Old
from sqlalchemy import text

from examsvc.cli.database import alembic_config

BEFORE, AFTER = "0036", "0037"


def test_who_was_enrolled_before_states_none_and_enrolments_outlive_the_way_back(old_url: str) -> None:
    database = old_databases.at(old_url, BEFORE)
    with database.transaction() as db:
        session = _enrolled(Old(db.connection()))
    command.upgrade(alembic_config(old_url), AFTER)
    with database.transaction() as db:
        assert db.scalars(text("SELECT condition_id FROM enrolments")).all() == [None]
        old = Old(db.connection())
        old.add("application_conditions", exam_session_id=session, number=1, text="在校学生")
        db.execute(text("UPDATE enrolments SET condition_id = (SELECT id FROM application_conditions)"))
    command.downgrade(alembic_config(old_url), BEFORE)
    with database.reading() as db:
        assert db.scalars(text("SELECT ticket_number FROM enrolments")).all() == ["T1"]
    database.close()


def _enrolled(old: Old) -> UUID:
    organisation = old.add("organisations", name="机构", kind="ENTERPRISE")
    specification = old.add("scheme_specifications", scheme_id=old.add("schemes", name="项目"))
    filing = old.add("filings", organisation_id=organisation, specification_id=specification, state="IN_FORCE")
    rules = {"clock_rule": "COMMON", "camera_rule": "OFF", "navigation": "FREE", "state": "DRAFT"}
    session = old.add("exam_sessions", filing_id=filing, starts_at=AT, ends_at=AT.replace(hour=3), **rules)
    account = old.add("accounts", username="T1", state="ACTIVE", display_name="考生")
    candidate = old.add("candidates", account_id=account, identity_index="T1")
    old.add("enrolments", exam_session_id=session, candidate_id=candidate, ticket_number="T1", seat_number=1)
    return session
