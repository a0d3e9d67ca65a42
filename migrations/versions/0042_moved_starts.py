"""Why a credit is void whose start was moved, and who knew the paper of a start that was moved to another day"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("time_credits") as credits_:
        credits_.add_column(sa.Column("lapsed_because", sa.Text()))
    with op.batch_alter_table("sittings") as sittings:
        sittings.add_column(sa.Column("seen_before_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    with op.batch_alter_table("sittings") as sittings:
        sittings.drop_column("seen_before_at")
    with op.batch_alter_table("time_credits") as credits_:
        credits_.drop_column("lapsed_because")
