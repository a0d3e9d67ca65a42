"""Exam sessions in which nobody begins, for a question became known outside"""

import sqlalchemy as sa
from alembic import op

from examsvc.core.db import UtcDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("exam_sessions", sa.Column("papers_withheld_at", UtcDateTime()))


def downgrade() -> None:
    with op.batch_alter_table("exam_sessions") as exam_sessions:
        exam_sessions.drop_column("papers_withheld_at")
