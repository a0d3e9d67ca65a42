"""Imports of items, what they could not model, and saved column mappings"""

import sqlalchemy as sa
from alembic import op

from examsvc.core.db import UtcDateTime

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=True),
        sa.Column("knowledge_point_id", sa.Uuid(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("(state = 'TAKEN') = (taken_at IS NOT NULL)", name=op.f("ck_item_imports_taken_at")),
        sa.CheckConstraint("state IN ('LOOKED_AT', 'TAKEN')", name=op.f("ck_item_imports_state")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_item_imports_account_id")),
        sa.ForeignKeyConstraint(["bank_id"], ["item_banks.id"], name=op.f("fk_item_imports_bank_id")),
        sa.ForeignKeyConstraint(
            ["knowledge_point_id"], ["knowledge_points.id"], name=op.f("fk_item_imports_knowledge_point_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_imports")),
    )
    op.create_index(op.f("ix_item_imports_bank_id"), "item_imports", ["bank_id"])
    op.create_table(
        "import_leftovers",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("where", sa.String(length=400), nullable=False),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["item_imports.id"], name=op.f("fk_import_leftovers_import_id")),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_import_leftovers")),
    )
    op.create_table(
        "column_mappings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_column_mappings_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_mappings")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_column_mappings_account_id_name")),
    )


def downgrade() -> None:
    op.drop_table("column_mappings")
    op.drop_table("import_leftovers")
    op.drop_index(op.f("ix_item_imports_bank_id"), table_name="item_imports")
    op.drop_table("item_imports")
