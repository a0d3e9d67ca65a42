"""Enrolments that were withdrawn, with the ticket number and the form that nobody else is given"""

import sqlalchemy as sa
from alembic import op

from examsvc.core.db import UtcDateTime

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "withdrawn_enrolments",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("exam_session_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_number", sa.String(24), nullable=False),
        sa.Column("seat_label", sa.String(20), nullable=False),
        sa.Column("paper_id", sa.Uuid()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_by_id", sa.Uuid()),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exam_session_id"], ["exam_sessions.id"], name=op.f("fk_withdrawn_enrolments_exam_session_id")
        ),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidates.id"], name=op.f("fk_withdrawn_enrolments_candidate_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_withdrawn_enrolments_paper_id")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["accounts.id"], name=op.f("fk_withdrawn_enrolments_withdrawn_by_id")
        ),
        sa.PrimaryKeyConstraint("enrolment_id", name=op.f("pk_withdrawn_enrolments")),
        sa.UniqueConstraint("ticket_number", name=op.f("uq_withdrawn_enrolments_ticket_number")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_withdrawn_enrolments_paper_id")),
    )
    for column in ("exam_session_id", "candidate_id"):
        op.create_index(op.f(f"ix_withdrawn_enrolments_{column}"), "withdrawn_enrolments", [column])


def downgrade() -> None:
    op.drop_table("withdrawn_enrolments")
