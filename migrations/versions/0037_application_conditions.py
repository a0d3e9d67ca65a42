"""Exam sessions have conditions of application, of which everybody enrolled states one"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "application_conditions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_application_conditions_number")),
        sa.ForeignKeyConstraint(
            ["exam_session_id"], ["exam_sessions.id"], name=op.f("fk_application_conditions_exam_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_conditions")),
        sa.UniqueConstraint("exam_session_id", "number", name=op.f("uq_application_conditions_exam_session_id_number")),
    )
    with op.batch_alter_table("enrolments") as enrolments:
        enrolments.add_column(sa.Column("condition_id", sa.Uuid()))
        enrolments.create_foreign_key(
            op.f("fk_enrolments_condition_id"), "application_conditions", ["condition_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("enrolments") as enrolments:
        enrolments.drop_constraint(op.f("fk_enrolments_condition_id"), type_="foreignkey")
        enrolments.drop_column("condition_id")
    op.drop_table("application_conditions")
