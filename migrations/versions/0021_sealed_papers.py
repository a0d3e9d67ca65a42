"""When a sealed paper's key was released, and the digest of each candidate's order"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sittings") as sittings:
        sittings.add_column(sa.Column("arrangement_digest", sa.String(64)))
        sittings.add_column(sa.Column("key_released_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    with op.batch_alter_table("sittings") as sittings:
        sittings.drop_column("key_released_at")
        sittings.drop_column("arrangement_digest")
