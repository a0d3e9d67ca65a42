"""Spare machines that wait with a code on their screen"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spare_machines",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code_mac", sa.String(64), nullable=False),
        sa.Column("secret_digest", sa.String(64), nullable=False),
        sa.Column("address", sa.String(45), nullable=False),
        sa.Column("browser", sa.String(200), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hand_over_id", sa.Uuid()),
        sa.ForeignKeyConstraint(["hand_over_id"], ["hand_overs.id"], name=op.f("fk_spare_machines_hand_over_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spare_machines")),
        sa.UniqueConstraint("code_mac", name=op.f("uq_spare_machines_code_mac")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_spare_machines_secret_digest")),
        sa.UniqueConstraint("hand_over_id", name=op.f("uq_spare_machines_hand_over_id")),
    )
    op.create_index("ix_spare_machines_expires_at", "spare_machines", ["expires_at"])


def downgrade() -> None:
    op.drop_table("spare_machines")
