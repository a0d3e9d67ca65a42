"""What calibrations told about item versions"""

import sqlalchemy as sa
from alembic import op

from examsvc.core.db import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_calibrations",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("model", sa.String(length=10), nullable=False),
        sa.Column("slope", sa.Float(), nullable=False),
        sa.Column("difficulty", sa.Float(), nullable=False),
        sa.Column("expected", sa.Float(), nullable=False),
        sa.Column("information", sa.Float(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("calibrated_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("expected > 0 AND expected < 1", name=op.f("ck_item_calibrations_expected")),
        sa.CheckConstraint("information > 0", name=op.f("ck_item_calibrations_information")),
        sa.CheckConstraint("people > 0", name=op.f("ck_item_calibrations_people")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["item_versions.id"],
            name=op.f("fk_item_calibrations_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_item_calibrations")),
    )


def downgrade() -> None:
    op.drop_table("item_calibrations")
