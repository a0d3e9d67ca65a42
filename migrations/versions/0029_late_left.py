"""When the office decided that a late answer does not count"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("late_responses") as late:
        late.add_column(sa.Column("left_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    with op.batch_alter_table("late_responses") as late:
        late.drop_column("left_at")
