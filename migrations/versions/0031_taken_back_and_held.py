"""Absences taken back, whom a pause keeps out, and what a command for many reached"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sittings") as sittings:
        sittings.add_column(sa.Column("expected_again_at", sa.DateTime(timezone=True)))
        sittings.add_column(sa.Column("held_at", sa.DateTime(timezone=True)))
        sittings.add_column(sa.Column("held_seconds", sa.Integer(), server_default="0", nullable=False))
        sittings.create_check_constraint(op.f("ck_sittings_held_is_expected"), "held_at IS NULL OR state = 'EXPECTED'")
    with op.batch_alter_table("sittings") as sittings:
        sittings.alter_column("held_seconds", server_default=None)
    with op.batch_alter_table("commands") as commands:
        commands.add_column(sa.Column("reopened", sa.Integer(), server_default="0", nullable=False))
        commands.add_column(sa.Column("left_out", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("commands") as commands:
        commands.alter_column("reopened", server_default=None)
        commands.alter_column("left_out", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("commands") as commands:
        commands.drop_column("left_out")
        commands.drop_column("reopened")
    with op.batch_alter_table("sittings") as sittings:
        sittings.drop_constraint(op.f("ck_sittings_held_is_expected"), type_="check")
        sittings.drop_column("held_seconds")
        sittings.drop_column("held_at")
        sittings.drop_column("expected_again_at")
