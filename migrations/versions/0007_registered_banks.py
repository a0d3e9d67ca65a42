"""Alike items and enemies"""

import sqlalchemy as sa
from alembic import op

from questionbank import fingerprints

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

A_BATCH = 500


def upgrade() -> None:
    with op.batch_alter_table("items") as items:
        items.add_column(sa.Column("family", sa.String(40)))
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
    _file()


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
    op.drop_table("item_enemies")
    op.drop_table("item_bands")
    with op.batch_alter_table("items") as items:
        items.drop_column("family")
