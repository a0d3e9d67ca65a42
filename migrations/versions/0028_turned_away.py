"""Who was turned away at the door stays out until it is undone"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

# Whoever's last line at the door says so is turned away as the column is added.
TURNED_AWAY = """
UPDATE sittings SET turned_away_at = (
    SELECT door_records.at FROM door_records
    WHERE door_records.sitting_id = sittings.id
      AND door_records.event = 'TURNED_AWAY'
      AND NOT EXISTS (
        SELECT 1 FROM door_records AS later
        WHERE later.sitting_id = door_records.sitting_id
          AND (later.at > door_records.at OR (later.at = door_records.at AND later.id > door_records.id))
      )
)
WHERE opened_at IS NULL
"""


def upgrade() -> None:
    with op.batch_alter_table("sittings") as sittings:
        sittings.add_column(sa.Column("turned_away_at", sa.DateTime(timezone=True)))
    op.execute(TURNED_AWAY)


def downgrade() -> None:
    with op.batch_alter_table("sittings") as sittings:
        sittings.drop_column("turned_away_at")
