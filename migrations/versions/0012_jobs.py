"""Jobs: work that a worker does for whoever asked for it"""

import sqlalchemy as sa
from alembic import op

from examsvc.core.db import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("state IN ('WAITING', 'RUNNING')")


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("cancel_asked_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("refusal", sa.JSON(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.CheckConstraint("(state = 'RUNNING') = (leased_until IS NOT NULL)", name=op.f("ck_jobs_lease")),
        sa.CheckConstraint("(state IN ('WAITING', 'RUNNING')) = (ended_at IS NULL)", name=op.f("ck_jobs_ended_at")),
        sa.CheckConstraint("(state = 'DONE') = (result IS NOT NULL)", name=op.f("ck_jobs_result")),
        sa.CheckConstraint("(state IN ('REFUSED', 'FAILED')) = (refusal IS NOT NULL)", name=op.f("ck_jobs_refusal")),
        sa.CheckConstraint(
            "state IN ('WAITING', 'RUNNING', 'DONE', 'REFUSED', 'FAILED', 'CANCELLED')", name=op.f("ck_jobs_state")
        ),
        sa.CheckConstraint("step IN ('PREPARING', 'WRITING')", name=op.f("ck_jobs_step")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_jobs_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    only_open = {"sqlite_where": IS_OPEN, "postgresql_where": IS_OPEN}
    op.create_index("uq_jobs_open", "jobs", ["account_id", "kind", "key"], unique=True, **only_open)
    op.create_index("ix_jobs_due", "jobs", ["asked_at"], **only_open)
    op.create_index("ix_jobs_own", "jobs", ["account_id", "asked_at"])


def downgrade() -> None:
    op.drop_table("jobs")
