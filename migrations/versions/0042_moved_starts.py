"""Why a credit is void whose start was moved"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("time_credits") as credits_:
        credits_.add_column(sa.Column("lapsed_because", sa.Text()))


def downgrade() -> None:
    with op.batch_alter_table("time_credits") as credits_:
        credits_.drop_column("lapsed_because")
