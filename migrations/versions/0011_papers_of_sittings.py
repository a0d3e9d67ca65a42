"""A paper of its own for each sitting, and exam sessions that draw on a set of forms"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OWN_PAPER = """
    UPDATE sittings SET paper_id = (
        SELECT exam_sessions.paper_id FROM enrolments
        JOIN exam_sessions ON exam_sessions.id = enrolments.exam_session_id
        WHERE enrolments.id = sittings.enrolment_id
    )
"""


def upgrade() -> None:
    with op.batch_alter_table("paper_draws") as draws:
        draws.add_column(sa.Column("continues_id", sa.Uuid()))
        draws.add_column(sa.Column("first_form", sa.Integer(), nullable=False, server_default="1"))
        draws.create_foreign_key(op.f("fk_paper_draws_continues_id"), "paper_draws", ["continues_id"], ["id"])
        draws.create_index(op.f("ix_paper_draws_continues_id"), ["continues_id"])
    with op.batch_alter_table("paper_draws") as draws:
        draws.alter_column("first_form", server_default=None)
    with op.batch_alter_table("exam_sessions") as sessions:
        sessions.add_column(sa.Column("draw_id", sa.Uuid()))
        sessions.add_column(sa.Column("shuffle_questions", sa.Boolean(), nullable=False, server_default=sa.true()))
        sessions.add_column(sa.Column("shuffle_options", sa.Boolean(), nullable=False, server_default=sa.true()))
        sessions.create_foreign_key(op.f("fk_exam_sessions_draw_id"), "paper_draws", ["draw_id"], ["id"])
        sessions.drop_constraint(op.f("ck_exam_sessions_published_has_paper"), type_="check")
        sessions.create_check_constraint(
            op.f("ck_exam_sessions_published_has_papers"),
            "state <> 'PUBLISHED' OR paper_id IS NOT NULL OR draw_id IS NOT NULL",
        )
        sessions.create_check_constraint(
            op.f("ck_exam_sessions_one_plan_of_papers"), "paper_id IS NULL OR draw_id IS NULL"
        )
    with op.batch_alter_table("exam_sessions") as sessions:
        sessions.alter_column("shuffle_questions", server_default=None)
        sessions.alter_column("shuffle_options", server_default=None)
    with op.batch_alter_table("sittings") as sittings:
        sittings.add_column(sa.Column("paper_id", sa.Uuid()))
        sittings.add_column(sa.Column("has_own_form", sa.Boolean(), nullable=False, server_default=sa.false()))
        sittings.create_foreign_key(op.f("fk_sittings_paper_id"), "papers", ["paper_id"], ["id"])
    op.execute(OWN_PAPER)
    with op.batch_alter_table("sittings") as sittings:
        sittings.alter_column("has_own_form", server_default=None)
        sittings.create_check_constraint(
            op.f("ck_sittings_opened_has_paper"), "opened_at IS NULL OR paper_id IS NOT NULL"
        )
    op.create_index(op.f("ix_sittings_paper_id"), "sittings", ["paper_id"])
    own = sa.text("has_own_form")
    op.create_index(
        "uq_sittings_own_form", "sittings", ["paper_id"], unique=True, sqlite_where=own, postgresql_where=own
    )


def downgrade() -> None:
    op.drop_index("uq_sittings_own_form", table_name="sittings")
    op.drop_index(op.f("ix_sittings_paper_id"), table_name="sittings")
    with op.batch_alter_table("sittings") as sittings:
        sittings.drop_constraint(op.f("ck_sittings_opened_has_paper"), type_="check")
        sittings.drop_constraint(op.f("fk_sittings_paper_id"), type_="foreignkey")
        sittings.drop_column("has_own_form")
        sittings.drop_column("paper_id")
    with op.batch_alter_table("exam_sessions") as sessions:
        sessions.drop_constraint(op.f("ck_exam_sessions_one_plan_of_papers"), type_="check")
        sessions.drop_constraint(op.f("ck_exam_sessions_published_has_papers"), type_="check")
        sessions.create_check_constraint(
            op.f("ck_exam_sessions_published_has_paper"), "state <> 'PUBLISHED' OR paper_id IS NOT NULL"
        )
        sessions.drop_constraint(op.f("fk_exam_sessions_draw_id"), type_="foreignkey")
        sessions.drop_column("shuffle_options")
        sessions.drop_column("shuffle_questions")
        sessions.drop_column("draw_id")
    with op.batch_alter_table("paper_draws") as draws:
        draws.drop_index(op.f("ix_paper_draws_continues_id"))
        draws.drop_constraint(op.f("fk_paper_draws_continues_id"), type_="foreignkey")
        draws.drop_column("first_form")
        draws.drop_column("continues_id")
