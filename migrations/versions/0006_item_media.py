"""Item media: pictures, sounds and films of a bank"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_media",
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('PICTURE', 'AUDIO', 'VIDEO')", name=op.f("ck_item_media_kind")),
        sa.ForeignKeyConstraint(["bank_id"], ["item_banks.id"], name=op.f("fk_item_media_bank_id")),
        sa.PrimaryKeyConstraint("bank_id", "digest", name=op.f("pk_item_media")),
    )


def downgrade() -> None:
    op.drop_table("item_media")
