"""Written answers, who marks them, and their marks"""

import sqlalchemy as sa
from alembic import op

from examsvc.core.db import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "written_markings",
        sa.Column("exam_session_id", sa.Uuid(), nullable=False),
        sa.Column("tolerance", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(state = 'CLOSED') = (closed_at IS NOT NULL)", name=op.f("ck_written_markings_closed_has_instant")
        ),
        sa.CheckConstraint(
            "(state = 'CLOSED') = (digest IS NOT NULL)", name=op.f("ck_written_markings_closed_has_digest")
        ),
        sa.CheckConstraint("state IN ('OPEN', 'CLOSED')", name=op.f("ck_written_markings_state")),
        sa.CheckConstraint("step > 0", name=op.f("ck_written_markings_step")),
        sa.CheckConstraint("tolerance BETWEEN 0 AND 100", name=op.f("ck_written_markings_tolerance")),
        sa.ForeignKeyConstraint(
            ["exam_session_id"], ["exam_sessions.id"], name=op.f("fk_written_markings_exam_session_id")
        ),
        sa.PrimaryKeyConstraint("exam_session_id", name=op.f("pk_written_markings")),
    )
    op.create_table(
        "written_duties",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_session_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("duty", sa.String(length=20), nullable=False),
        sa.Column("item_version_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("duty IN ('MARKER', 'ARBITER')", name=op.f("ck_written_duties_duty")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_written_duties_account_id")),
        sa.ForeignKeyConstraint(
            ["exam_session_id"], ["exam_sessions.id"], name=op.f("fk_written_duties_exam_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_version_id"], ["item_versions.id"], name=op.f("fk_written_duties_item_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written_duties")),
        sa.UniqueConstraint(
            "exam_session_id",
            "account_id",
            "duty",
            "item_version_id",
            name=op.f("uq_written_duties_exam_session_id_account_id_duty_item_version_id"),
        ),
    )
    op.create_index(op.f("ix_written_duties_account_id"), "written_duties", ["account_id"])
    op.create_table(
        "written_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_session_id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("item_version_id", sa.Uuid(), nullable=False),
        sa.Column("item_ref", sa.String(length=8), nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("most", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["exam_session_id"], ["exam_sessions.id"], name=op.f("fk_written_answers_exam_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_version_id"], ["item_versions.id"], name=op.f("fk_written_answers_item_version_id")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_written_answers_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written_answers")),
        sa.UniqueConstraint("sitting_id", "item_ref", "part", name=op.f("uq_written_answers_sitting_id_item_ref_part")),
    )
    op.create_index(op.f("ix_written_answers_exam_session_id"), "written_answers", ["exam_session_id"])
    op.create_index(op.f("ix_written_answers_item_version_id"), "written_answers", ["item_version_id"])
    op.create_table(
        "written_marks",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("arrival_seq", sa.Integer(), nullable=False),
        sa.Column("marker_id", sa.Uuid(), nullable=False),
        sa.Column("duty", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answer_digest", sa.String(length=64), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("duty IN ('MARKER', 'ARBITER')", name=op.f("ck_written_marks_duty")),
        sa.ForeignKeyConstraint(["answer_id"], ["written_answers.id"], name=op.f("fk_written_marks_answer_id")),
        sa.ForeignKeyConstraint(["marker_id"], ["accounts.id"], name=op.f("fk_written_marks_marker_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_written_marks")),
        sa.UniqueConstraint("answer_id", "arrival_seq", name=op.f("uq_written_marks_answer_id_arrival_seq")),
    )


def downgrade() -> None:
    op.drop_table("written_marks")
    op.drop_index(op.f("ix_written_answers_item_version_id"), table_name="written_answers")
    op.drop_index(op.f("ix_written_answers_exam_session_id"), table_name="written_answers")
    op.drop_table("written_answers")
    op.drop_index(op.f("ix_written_duties_account_id"), table_name="written_duties")
    op.drop_table("written_duties")
    op.drop_table("written_markings")
