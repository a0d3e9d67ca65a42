"""How often versions were drawn, in the index of lists"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INDEX = "ix_item_versions_listed"
BEFORE = ["bank_id", "code", "number", "state", "type", "difficulty", "importance", "bloom", "knowledge_point_id", "id"]
WITH_USAGE = [*BEFORE[:-1], "drawn_count", "id"]


def upgrade() -> None:
    _index(WITH_USAGE)


def downgrade() -> None:
    _index(BEFORE)


def _index(columns: list[str]) -> None:
    op.drop_index(INDEX, "item_versions")
    op.create_index(INDEX, "item_versions", columns)
