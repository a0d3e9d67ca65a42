"""Item metadata, what items are found by, and the life cycle up to release"""

import sqlalchemy as sa
from alembic import op

from questionbank import searching

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATES_BEFORE = "'DRAFT', 'IN_REVIEW', 'APPROVED', 'RETIRED'"
STATES_AFTER = "'DRAFT', 'IN_REVIEW', 'APPROVED', 'RELEASED', 'RETIRED', 'COMPROMISED'"
BLOOM = "'REMEMBER', 'UNDERSTAND', 'APPLY', 'ANALYSE', 'EVALUATE', 'CREATE'"
A_BATCH = 500

# What papers hold, and what a bank that was handed in holds, has been in use: whoever approved it let it out.
IN_USE = """
UPDATE item_versions SET state = 'RELEASED', releaser_id = reviewer_id
WHERE state = 'APPROVED' AND (
    id IN (SELECT item_version_id FROM paper_items)
    OR item_id IN (SELECT items.id FROM items JOIN developments ON developments.bank_id = items.bank_id)
)
"""


def upgrade() -> None:
    with op.batch_alter_table("items") as items:
        items.add_column(sa.Column("external_id", sa.String(120)))
        items.add_column(sa.Column("source_extras", sa.JSON()))
        items.create_unique_constraint(op.f("uq_items_bank_id_external_id"), ["bank_id", "external_id"])
    with op.batch_alter_table("item_versions") as versions:
        versions.add_column(sa.Column("importance", sa.String(1)))
        versions.add_column(sa.Column("bloom", sa.String(12)))
        versions.add_column(sa.Column("tags", sa.JSON(), nullable=False, server_default="[]"))
        versions.add_column(sa.Column("source", sa.Text(), nullable=False, server_default=""))
        versions.add_column(sa.Column("rights", sa.Text(), nullable=False, server_default=""))
        versions.add_column(sa.Column("releaser_id", sa.Uuid()))
        versions.create_foreign_key(op.f("fk_item_versions_releaser_id"), "accounts", ["releaser_id"], ["id"])
        versions.create_check_constraint(op.f("ck_item_versions_importance"), "importance IN ('X', 'Y', 'Z')")
        versions.create_check_constraint(op.f("ck_item_versions_bloom"), f"bloom IN ({BLOOM})")
        versions.drop_constraint(op.f("ck_item_versions_state"), type_="check")
        versions.create_check_constraint(op.f("ck_item_versions_state"), f"state IN ({STATES_AFTER})")
    with op.batch_alter_table("item_versions") as versions:
        for name in ("tags", "source", "rights"):
            versions.alter_column(name, server_default=None)
    op.execute(IN_USE)
    with op.batch_alter_table("item_versions") as versions:
        versions.create_check_constraint(
            op.f("ck_item_versions_released_has_releaser"), "state <> 'RELEASED' OR releaser_id IS NOT NULL"
        )
        versions.create_check_constraint(
            op.f("ck_item_versions_releaser_is_not_author"), "releaser_id IS NULL OR releaser_id <> author_id"
        )
    op.create_table(
        "item_grams",
        sa.Column("gram", sa.String(48), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["item_versions.id"], name=op.f("fk_item_grams_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("gram", "version_id", name=op.f("pk_item_grams")),
    )
    op.create_index(op.f("ix_item_grams_version_id"), "item_grams", ["version_id"])
    _index()


def _index() -> None:
    versions = sa.table("item_versions", sa.column("id", sa.Uuid), sa.column("item_id"), sa.column("content", sa.JSON))
    items = sa.table("items", sa.column("id"), sa.column("code"))
    grams = sa.table("item_grams", sa.column("gram"), sa.column("version_id", sa.Uuid))
    query = sa.select(versions.c.id, items.c.code, versions.c.content).join(items, items.c.id == versions.c.item_id)
    found = op.get_bind().execute(query).all()
    for start in range(0, len(found), A_BATCH):
        rows = [
            {"gram": gram, "version_id": key}
            for key, code, content in found[start : start + A_BATCH]
            for gram in sorted(searching.grams_of(code, content, []))
        ]
        op.bulk_insert(grams, rows)


def downgrade() -> None:
    op.drop_table("item_grams")
    with op.batch_alter_table("item_versions") as versions:
        for name in ("releaser_is_not_author", "released_has_releaser", "state", "bloom", "importance"):
            versions.drop_constraint(op.f(f"ck_item_versions_{name}"), type_="check")
    op.execute("UPDATE item_versions SET state = 'APPROVED' WHERE state = 'RELEASED'")
    op.execute("UPDATE item_versions SET state = 'RETIRED' WHERE state = 'COMPROMISED'")
    with op.batch_alter_table("item_versions") as versions:
        versions.create_check_constraint(op.f("ck_item_versions_state"), f"state IN ({STATES_BEFORE})")
        versions.drop_constraint(op.f("fk_item_versions_releaser_id"), type_="foreignkey")
        for name in ("releaser_id", "rights", "source", "tags", "bloom", "importance"):
            versions.drop_column(name)
    with op.batch_alter_table("items") as items:
        items.drop_constraint(op.f("uq_items_bank_id_external_id"), type_="unique")
        items.drop_column("source_extras")
        items.drop_column("external_id")
