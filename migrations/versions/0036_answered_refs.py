"""A sitting says which of its questions are answered"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sittings", sa.Column("answered_refs", sa.Text()))


def downgrade() -> None:
    with op.batch_alter_table("sittings") as sittings:
        sittings.drop_column("answered_refs")
