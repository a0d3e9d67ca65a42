"""Rehearsals: exam sessions of which nothing counts"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("exam_sessions", sa.Column("is_rehearsal", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("exam_sessions") as table:
        table.alter_column("is_rehearsal", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("exam_sessions") as table:
        table.drop_column("is_rehearsal")
