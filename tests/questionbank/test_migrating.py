"""What upgrades do with the items of a bank that was filled before."""

import old_databases
import pytest
from alembic import command
from old_databases import Old
from sqlalchemy import text

from examsvc.cli.database import alembic_config

pytestmark = pytest.mark.slow


def test_what_a_paper_holds_is_released_by_its_reviewer_and_everything_is_found(old_url: str) -> None:
    database = old_databases.at(old_url, "0004")
    with database.transaction() as db:
        _fill(Old(db.connection()))
    command.upgrade(alembic_config(old_url), "head")
    with database.reading() as db:
        states = db.execute(text("SELECT code, state FROM item_versions ORDER BY code"))
        assert [tuple(row) for row in states] == [("DRAWN", "RELEASED"), ("LEFT", "APPROVED")]
        assert db.execute(text("SELECT count(*) FROM paper_items")).scalar() == 1
        assert db.execute(text("SELECT count(*) FROM item_grams WHERE gram = '用电'")).scalar() == 2
        counts = db.execute(text("SELECT drawn_count FROM item_versions ORDER BY drawn_count")).scalars()
        assert list(counts) == [0, 1]
    command.downgrade(alembic_config(old_url), "0004")
    with database.reading() as db:
        assert set(db.scalars(text("SELECT state FROM item_versions"))) == {"APPROVED"}
    database.close()


def _fill(old: Old) -> None:
    people = [old.add("accounts", username=name, state="ACTIVE", display_name=name) for name in ("author", "reviewer")]
    organisation = old.add("organisations", name="机构", kind="ENTERPRISE")
    specification = old.add("scheme_specifications", scheme_id=old.add("schemes", name="项目"))
    task = old.add("work_tasks", specification_id=specification, weight=100, theory_share=100, practical_share=0)
    point = old.add("knowledge_points", work_task_id=task)
    bank = old.add("item_banks", organisation_id=organisation, specification_id=specification)
    blueprint = old.add("blueprints", bank_id=bank)
    paper = old.add("papers", blueprint_id=blueprint)
    for code in ("DRAWN", "LEFT"):
        version = old.add(
            "item_versions",
            item_id=old.add("items", bank_id=bank, code=code),
            type="TRUE_FALSE",
            difficulty="EASY",
            state="APPROVED",
            knowledge_point_id=point,
            content={"stem": "安全用电"},
            explanation="",
            author_id=people[0],
            reviewer_id=people[1],
        )
        if code == "DRAWN":
            old.add("paper_items", paper_id=paper, ref="q1", item_version_id=version, points=100)
