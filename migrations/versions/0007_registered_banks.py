"""Alike items and enemies; registered versions of banks; secret banks; usage"""

import sqlalchemy as sa
from alembic import op

from questionbank import fingerprints

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

A_BATCH = 500

LISTED = [
    *("bank_id", "code", "number", "state", "type", "difficulty"),
    *("importance", "bloom", "knowledge_point_id", "id"),
]
COUNT_DRAWS = """
UPDATE item_versions SET drawn_count = (SELECT count(*) FROM paper_items WHERE item_version_id = item_versions.id),
last_drawn_at = (
    SELECT max(papers.created_at) FROM paper_items JOIN papers ON papers.id = paper_id
    WHERE item_version_id = item_versions.id
)
"""


def upgrade() -> None:
    with op.batch_alter_table("items") as items:
        items.add_column(sa.Column("family", sa.String(40)))
    _list()
    _count_usage()
    op.create_table(
        "item_bands",
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["item_banks.id"], name=op.f("fk_item_bands_bank_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["item_versions.id"], name=op.f("fk_item_bands_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("bank_id", "band", "version_id", name=op.f("pk_item_bands")),
    )
    op.create_index(op.f("ix_item_bands_version_id"), "item_bands", ["version_id"])
    op.create_table(
        "item_enemies",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("item_id < other_id", name=op.f("ck_item_enemies_order")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_item_enemies_item_id")),
        sa.ForeignKeyConstraint(["other_id"], ["items.id"], name=op.f("fk_item_enemies_other_id")),
        sa.PrimaryKeyConstraint("item_id", "other_id", name=op.f("pk_item_enemies")),
    )
    op.create_index(op.f("ix_item_enemies_other_id"), "item_enemies", ["other_id"])
    _register()
    _keep_secret()
    _file()


def _keep_secret() -> None:
    with op.batch_alter_table("item_banks") as banks:
        banks.add_column(sa.Column("wrapped_key", sa.Text()))
    op.create_table(
        "bank_exports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by_id", sa.Uuid()),
        sa.Column("granted_at", sa.DateTime(timezone=True)),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "granted_by_id IS NULL OR granted_by_id <> asked_by_id", name=op.f("ck_bank_exports_two_people")
        ),
        sa.CheckConstraint(
            "used_at IS NULL OR granted_at IS NOT NULL", name=op.f("ck_bank_exports_granted_before_used")
        ),
        sa.ForeignKeyConstraint(["bank_id"], ["item_banks.id"], name=op.f("fk_bank_exports_bank_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["accounts.id"], name=op.f("fk_bank_exports_asked_by_id")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["accounts.id"], name=op.f("fk_bank_exports_granted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_exports")),
    )
    op.create_index(op.f("ix_bank_exports_bank_id"), "bank_exports", ["bank_id"])


def _list() -> None:
    with op.batch_alter_table("item_versions") as versions:
        versions.add_column(sa.Column("bank_id", sa.Uuid()))
        versions.add_column(sa.Column("code", sa.String(40)))
    op.execute(
        "UPDATE item_versions SET bank_id = (SELECT bank_id FROM items WHERE items.id = item_id), "
        "code = (SELECT code FROM items WHERE items.id = item_id)"
    )
    with op.batch_alter_table("item_versions") as versions:
        versions.alter_column("bank_id", nullable=False)
        versions.alter_column("code", nullable=False)
        versions.create_foreign_key(op.f("fk_item_versions_bank_id"), "item_banks", ["bank_id"], ["id"])
        versions.create_index("ix_item_versions_listed", LISTED)


def _count_usage() -> None:
    with op.batch_alter_table("item_versions") as versions:
        versions.add_column(sa.Column("drawn_count", sa.Integer(), nullable=False, server_default="0"))
        versions.add_column(sa.Column("last_drawn_at", sa.DateTime(timezone=True)))
    with op.batch_alter_table("item_versions") as versions:
        versions.alter_column("drawn_count", server_default=None)
    op.execute(COUNT_DRAWS)
    op.create_index(op.f("ix_paper_items_item_version_id"), "paper_items", ["item_version_id"])


def _register() -> None:
    op.create_table(
        "bank_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("case_id", sa.Uuid()),
        sa.Column("filing_id", sa.Uuid()),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["item_banks.id"], name=op.f("fk_bank_versions_bank_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_bank_versions_case_id")),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.id"], name=op.f("fk_bank_versions_filing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_versions")),
        sa.UniqueConstraint("bank_id", "number", name=op.f("uq_bank_versions_bank_id_number")),
    )
    op.create_index(op.f("ix_bank_versions_case_id"), "bank_versions", ["case_id"])
    op.create_index(op.f("ix_bank_versions_filing_id"), "bank_versions", ["filing_id"])
    op.create_table(
        "bank_version_items",
        sa.Column("bank_version_id", sa.Uuid(), nullable=False),
        sa.Column("item_version_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["bank_version_id"], ["bank_versions.id"], name=op.f("fk_bank_version_items_bank_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_version_id"], ["item_versions.id"], name=op.f("fk_bank_version_items_item_version_id")
        ),
        sa.PrimaryKeyConstraint("bank_version_id", "item_version_id", name=op.f("pk_bank_version_items")),
    )
    op.create_index(op.f("ix_bank_version_items_item_version_id"), "bank_version_items", ["item_version_id"])
    with op.batch_alter_table("papers") as papers:
        papers.add_column(sa.Column("bank_version_id", sa.Uuid()))
        papers.create_foreign_key(op.f("fk_papers_bank_version_id"), "bank_versions", ["bank_version_id"], ["id"])
        papers.create_index(op.f("ix_papers_bank_version_id"), ["bank_version_id"])


def _file() -> None:
    versions = sa.table("item_versions", sa.column("id", sa.Uuid), sa.column("item_id"), sa.column("content", sa.JSON))
    items = sa.table("items", sa.column("id"), sa.column("bank_id", sa.Uuid))
    bands = sa.table("item_bands", sa.column("bank_id", sa.Uuid), sa.column("band"), sa.column("version_id", sa.Uuid))
    query = sa.select(items.c.bank_id, versions.c.id, versions.c.content).join(items, items.c.id == versions.c.item_id)
    found = op.get_bind().execute(query).all()
    for start in range(0, len(found), A_BATCH):
        rows = [
            {"bank_id": bank_id, "band": band, "version_id": key}
            for bank_id, key, content in found[start : start + A_BATCH]
            for band in fingerprints.bands(content)
        ]
        op.bulk_insert(bands, rows)


def downgrade() -> None:
    _refuse_secret_banks()
    op.drop_table("bank_exports")
    with op.batch_alter_table("item_banks") as banks:
        banks.drop_column("wrapped_key")
    with op.batch_alter_table("papers") as papers:
        papers.drop_index(op.f("ix_papers_bank_version_id"))
        papers.drop_constraint(op.f("fk_papers_bank_version_id"), type_="foreignkey")
        papers.drop_column("bank_version_id")
    op.drop_table("bank_version_items")
    op.drop_table("bank_versions")
    op.drop_table("item_enemies")
    op.drop_table("item_bands")
    op.drop_index(op.f("ix_paper_items_item_version_id"), "paper_items")
    with op.batch_alter_table("item_versions") as versions:
        versions.drop_column("last_drawn_at")
        versions.drop_column("drawn_count")
        versions.drop_index("ix_item_versions_listed")
        versions.drop_constraint(op.f("fk_item_versions_bank_id"), type_="foreignkey")
        versions.drop_column("code")
        versions.drop_column("bank_id")
    with op.batch_alter_table("items") as items:
        items.drop_column("family")


def _refuse_secret_banks() -> None:
    """Before this revision nothing could read them."""
    if op.get_bind().execute(sa.text("SELECT 1 FROM item_banks WHERE wrapped_key IS NOT NULL")).first():
        raise RuntimeError("there are secret banks, which an earlier version cannot read")
