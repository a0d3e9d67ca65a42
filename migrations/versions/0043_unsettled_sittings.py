"""Which sittings do not follow yet from what was decided for many"""

import sqlalchemy as sa
from alembic import op

from examsvc.core.db import UtcDateTime

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unsettled_sittings",
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("by_account_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_unsettled_sittings_sitting_id")),
        sa.ForeignKeyConstraint(["by_account_id"], ["accounts.id"], name=op.f("fk_unsettled_sittings_by_account_id")),
        sa.PrimaryKeyConstraint("change_id", "sitting_id", name=op.f("pk_unsettled_sittings")),
    )
    op.create_index(op.f("ix_unsettled_sittings_sitting_id"), "unsettled_sittings", ["sitting_id"])


def downgrade() -> None:
    op.drop_table("unsettled_sittings")
