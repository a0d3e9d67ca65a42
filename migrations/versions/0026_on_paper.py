"""Sittings that go on by hand, and the copies of their sheets"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sittings") as sittings:
        sittings.add_column(sa.Column("on_paper_at", sa.DateTime(timezone=True)))
    op.create_table(
        "on_paper",
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_seconds", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("put_by_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid()),
        sa.Column("stored_at", sa.DateTime(timezone=True)),
        sa.Column("stored_epoch", sa.Integer()),
        sa.Column("stored_count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('WRITING', 'TYPED_ONCE', 'DIFFERING', 'STORED', 'WITHDRAWN')", name=op.f("ck_on_paper_state")
        ),
        sa.CheckConstraint("(stored_at IS NOT NULL) = (state = 'STORED')", name=op.f("ck_on_paper_stored_has_instant")),
        sa.CheckConstraint("stored_epoch IS NULL OR stored_at IS NOT NULL", name=op.f("ck_on_paper_epoch_is_stored")),
        sa.CheckConstraint("left_seconds >= 0", name=op.f("ck_on_paper_left_seconds")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_on_paper_sitting_id")),
        sa.ForeignKeyConstraint(["put_by_id"], ["accounts.id"], name=op.f("fk_on_paper_put_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["accounts.id"], name=op.f("fk_on_paper_decided_by_id")),
        sa.PrimaryKeyConstraint("sitting_id", name=op.f("pk_on_paper")),
    )
    op.create_table(
        "transcripts",
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number IN (1, 2)", name=op.f("ck_transcripts_number")),
        sa.CheckConstraint("began_at <= handed_in_at", name=op.f("ck_transcripts_times")),
        sa.ForeignKeyConstraint(["sitting_id"], ["on_paper.sitting_id"], name=op.f("fk_transcripts_sitting_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_transcripts_account_id")),
        sa.PrimaryKeyConstraint("sitting_id", "number", name=op.f("pk_transcripts")),
        sa.UniqueConstraint("sitting_id", "account_id", name=op.f("uq_transcripts_sitting_id_account_id")),
    )


def downgrade() -> None:
    op.drop_table("transcripts")
    op.drop_table("on_paper")
    with op.batch_alter_table("sittings") as sittings:
        sittings.drop_column("on_paper_at")
