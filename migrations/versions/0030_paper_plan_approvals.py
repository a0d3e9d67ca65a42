"""Paper plans of exam sessions are approved by a second person"""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

FOUR_EYES = "plan_approved_by_id IS NULL OR plan_changed_by_id IS NULL OR plan_approved_by_id <> plan_changed_by_id"
WHOLE = (
    "(plan_approved_at IS NULL) = (plan_approved_by_id IS NULL) AND (plan_approved_at IS NULL) = (plan_digest IS NULL)"
)


def upgrade() -> None:
    with op.batch_alter_table("exam_sessions") as sessions:
        sessions.add_column(sa.Column("plan_changed_by_id", sa.Uuid()))
        sessions.add_column(sa.Column("plan_approved_by_id", sa.Uuid()))
        sessions.add_column(sa.Column("plan_approved_at", sa.DateTime(timezone=True)))
        sessions.add_column(sa.Column("plan_digest", sa.String(64)))
        for column in ("plan_changed_by_id", "plan_approved_by_id"):
            sessions.create_foreign_key(op.f(f"fk_exam_sessions_{column}"), "accounts", [column], ["id"])
        sessions.create_check_constraint(op.f("ck_exam_sessions_plan_four_eyes"), FOUR_EYES)
        sessions.create_check_constraint(op.f("ck_exam_sessions_plan_approval_whole"), WHOLE)
    _say_who_changed_drafts()


_SESSIONS = sa.table(
    "exam_sessions",
    sa.column("id", sa.Uuid()),
    sa.column("state", sa.String()),
    sa.column("plan_changed_by_id", sa.Uuid()),
)
_ENTRIES = sa.table(
    "audit_entries",
    sa.column("stream", sa.String()),
    sa.column("seq", sa.Integer()),
    sa.column("actor", sa.String()),
    sa.column("action", sa.String()),
)


def _say_who_changed_drafts() -> None:
    """A draft is approved by somebody else than the last who wrote it; the audit log knows who that was."""
    connection = op.get_bind()
    for draft in connection.scalars(sa.select(_SESSIONS.c.id).where(_SESSIONS.c.state == "DRAFT")).all():
        wrote = _ENTRIES.c.action.in_(("exam_session.created", "exam_session.changed"))
        query = sa.select(_ENTRIES.c.actor).where(_ENTRIES.c.stream == f"exam-session:{draft}", wrote)
        actor = connection.scalar(query.order_by(_ENTRIES.c.seq.desc()).limit(1))
        if actor is not None and not actor.startswith("system:"):
            changed = sa.update(_SESSIONS).where(_SESSIONS.c.id == draft)
            connection.execute(changed.values(plan_changed_by_id=uuid.UUID(actor)))


def downgrade() -> None:
    with op.batch_alter_table("exam_sessions") as sessions:
        for name in ("plan_four_eyes", "plan_approval_whole"):
            sessions.drop_constraint(op.f(f"ck_exam_sessions_{name}"), type_="check")
        for column in ("plan_changed_by_id", "plan_approved_by_id"):
            sessions.drop_constraint(op.f(f"fk_exam_sessions_{column}"), type_="foreignkey")
        for column in ("plan_digest", "plan_approved_at", "plan_approved_by_id", "plan_changed_by_id"):
            sessions.drop_column(column)
