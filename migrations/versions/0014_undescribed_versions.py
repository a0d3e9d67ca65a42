"""Versions of items that are still to be found by what they say"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "undescribed_versions",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["item_versions.id"],
            name=op.f("fk_undescribed_versions_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_undescribed_versions")),
    )
    _without_rowid(is_wanted=True)


def downgrade() -> None:
    _without_rowid(is_wanted=False)
    op.drop_table("undescribed_versions")


def _without_rowid(*, is_wanted: bool) -> None:
    """Keep or drop SQLite's second copy of tables that are all key: a third of their size and of what filling costs."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in ("item_grams", "item_bands"):
        with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_with_rowid": not is_wanted}):
            pass
