"""Whom a command for many is for, while it is being applied"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "command_targets",
        sa.Column("command_id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(20)),
        sa.CheckConstraint("outcome IN ('APPLIED', 'REOPENED', 'LEFT_OUT')", name=op.f("ck_command_targets_outcome")),
        sa.ForeignKeyConstraint(["command_id"], ["commands.id"], name=op.f("fk_command_targets_command_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_command_targets_sitting_id")),
        sa.PrimaryKeyConstraint("command_id", "sitting_id", name=op.f("pk_command_targets")),
    )
    op.create_index(op.f("ix_command_targets_sitting_id"), "command_targets", ["sitting_id"])


def downgrade() -> None:
    op.drop_table("command_targets")
