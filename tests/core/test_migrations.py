from pathlib import Path
from uuid import uuid4

import old_databases
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from examsvc.cli.database import alembic_config, refuse_stale_schema
from examsvc.core import settings
from examsvc.core.db import Database
from examsvc.wiring import METADATA

pytestmark = pytest.mark.slow

AT = "2026-11-23 01:00:00"


def test_the_migrations_make_just_the_tables_that_the_code_knows(old_url: str, tmp_path: Path) -> None:
    database = old_databases.at(old_url, "head")
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, METADATA) == []
    refuse_stale_schema(settings.load({"EXAMSVC_DATA_DIR": str(tmp_path), "EXAMSVC_DATABASE_URL": old_url}))
    migrated = _checks(database.engine)
    command.downgrade(alembic_config(old_url), "base")
    METADATA.create_all(database.engine)
    assert migrated == _checks(database.engine)
    database.close()


def test_evidence_of_an_objection_that_stood_with_a_case_stays_unseen_by_its_parties(old_url: str) -> None:
    database = old_databases.at(old_url, "0002")
    _insert(database, "OBJECTION_EVIDENCE", "EVIDENCE")
    command.upgrade(alembic_config(old_url), "head")
    with database.reading() as db:
        kinds = db.connection().exec_driver_sql("SELECT kind FROM case_documents ORDER BY file_name").scalars()
        assert list(kinds) == ["MINUTES", "EVIDENCE"]
    with pytest.raises(IntegrityError, match="ck_case_documents_kind"), database.transaction() as db:
        db.connection().exec_driver_sql("UPDATE case_documents SET kind = 'OBJECTION_EVIDENCE'")
    database.close()


def _insert(database: Database, *kinds: str) -> None:
    """Give a recommendation documents of these kinds, in names that keep their order."""
    batch = {"id": uuid4().hex, "department": uuid4().hex, "at": AT}
    with database.transaction() as db:
        db.execute(text("INSERT INTO departments VALUES (:department, '示例部门', :at)"), batch)
        columns = "id, department_id, title, contact_name, contact_phone, state, version, created_at"
        values = ":id, :department, '', '', '', 'DRAFT', 1, :at"
        db.execute(text(f"INSERT INTO recommendations ({columns}) VALUES ({values})"), batch)  # noqa: S608 (our own words)
        statement = "INSERT INTO case_documents VALUES (:key, NULL, :id, :kind, '', :name, '', 0, '', NULL, '', :at)"
        for number, kind in enumerate(kinds):
            db.execute(text(statement), {**batch, "key": uuid4().hex, "kind": kind, "name": f"{number}.pdf"})


def _checks(engine: Engine) -> dict[str, dict[str, str]]:
    """Return every CHECK by table and name; Alembic's comparison does not look at them."""
    inspector = inspect(engine)
    names = (name for name in inspector.get_table_names() if name != "alembic_version")
    return {name: {str(c["name"]): c["sqltext"] for c in inspector.get_check_constraints(name)} for name in names}
