"""What the upgrade to approved paper plans, and to reasons of absence, does with what was there before."""

from typing import Any
from uuid import UUID

import old_databases
from alembic import command
from old_databases import AT, Old
from sqlalchemy import text

from examsvc.cli.database import alembic_config


def test_drafts_know_who_wrote_them_and_published_sessions_stay_as_they_are(old_url: str) -> None:
    database = old_databases.at(old_url, "0028")
    with database.transaction() as db:
        old = Old(db.connection())
        first, second = (old.add("accounts", username=name, state="ACTIVE", display_name=name) for name in "ab")
        draft, published, made = (_session(old, code, state) for code, state in _SESSIONS)
        _write(old, draft, first, second)
        _write(old, published, first)
        old.add("audit_entries", **_entry(made, 1, "system:tests"))
    command.upgrade(alembic_config(old_url), "head")
    with database.reading() as db:
        wrote = dict(db.execute(text("SELECT code, plan_changed_by_id FROM exam_sessions")).all())
        digests = set(db.scalars(text("SELECT plan_digest FROM exam_sessions")))
    assert {code: _hex(who) for code, who in wrote.items()} == {"D": second.hex, "P": None, "S": None}
    assert digests == {None}
    command.downgrade(alembic_config(old_url), "0028")
    with database.reading() as db:
        assert db.scalar(text("SELECT count(*) FROM exam_sessions")) == 3
    database.close()


_SESSIONS = (("D", "DRAFT"), ("P", "PUBLISHED"), ("S", "DRAFT"))


def _session(old: Old, code: str, state: str) -> UUID:
    organisation = old.add("organisations", name=code, kind="ENTERPRISE", credit_code=code)
    specification = old.add("scheme_specifications", scheme_id=old.add("schemes", name=code))
    filing = old.add(
        "filings", organisation_id=organisation, specification_id=specification, number=code, state="IN_FORCE"
    )
    bank = old.add("item_banks", organisation_id=organisation, specification_id=specification)
    paper = old.add("papers", blueprint_id=old.add("blueprints", bank_id=bank))
    rules = {"clock_rule": "COMMON", "camera_rule": "OFF", "navigation": "FREE", "state": state}
    window = {"starts_at": AT, "ends_at": AT.replace(hour=3)}
    return old.add("exam_sessions", code=code, filing_id=filing, paper_id=paper, **rules, **window)


def _write(old: Old, session: UUID, *accounts: UUID) -> None:
    for seq, account in enumerate(accounts, start=1):
        old.add("audit_entries", **_entry(session, seq, str(account)))


def _entry(session: UUID, seq: int, actor: str) -> dict[str, Any]:
    action = "exam_session.created" if seq == 1 else "exam_session.changed"
    return {"stream": f"exam-session:{session}", "seq": seq, "actor": actor, "action": action}


def _hex(stored: Any) -> str | None:
    return None if stored is None else str(stored).replace("-", "")
