"""Late answers, reports of journals, and whether what arrives late may count by the clock of its page"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("exam_sessions") as sessions:
        sessions.add_column(sa.Column("accept_offline", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("exam_sessions") as sessions:
        sessions.alter_column("accept_offline", server_default=None)
    op.create_table(
        "late_responses",
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("item_ref", sa.String(8), nullable=False),
        sa.Column("answer", sa.JSON()),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("client_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_epoch", sa.Integer()),
        sa.Column("taken_seq", sa.Integer()),
        sa.CheckConstraint("source IN ('SENT_LATE', 'RESCUE_FILE')", name=op.f("ck_late_responses_source")),
        sa.CheckConstraint(
            "(taken_epoch IS NULL) = (taken_seq IS NULL)", name=op.f("ck_late_responses_taken_is_named")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_late_responses_sitting_id")),
        sa.PrimaryKeyConstraint("sitting_id", "digest", name=op.f("pk_late_responses")),
    )
    op.create_table(
        "journal_reports",
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("written_seq", sa.Integer(), nullable=False),
        sa.Column("acknowledged_seq", sa.Integer(), nullable=False),
        sa.Column("receipt_seq", sa.Integer()),
        sa.Column("receipt_head", sa.String(64)),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(receipt_seq IS NULL) = (receipt_head IS NULL)", name=op.f("ck_journal_reports_receipt_is_whole")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_journal_reports_sitting_id")),
        sa.PrimaryKeyConstraint("sitting_id", "epoch", name=op.f("pk_journal_reports")),
    )


def downgrade() -> None:
    op.drop_table("journal_reports")
    op.drop_table("late_responses")
    with op.batch_alter_table("exam_sessions") as sessions:
        sessions.drop_column("accept_offline")
