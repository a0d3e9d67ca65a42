"""Item types: ordering, matching, inline choice, hotspot, extended answer, composite"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE = "'SINGLE_CHOICE', 'MULTIPLE_CHOICE', 'TRUE_FALSE', 'FILL_IN', 'NUMERIC', 'SHORT_ANSWER'"
AFTER = "'SINGLE_CHOICE', 'MULTIPLE_CHOICE', 'TRUE_FALSE', 'FILL_IN', 'NUMERIC', 'INLINE_CHOICE', 'ORDERING', 'MATCHING', 'HOTSPOT', 'SHORT_ANSWER', 'EXTENDED_ANSWER', 'COMPOSITE'"


def upgrade() -> None:
    _allow(AFTER)


def downgrade() -> None:
    _allow(BEFORE)


def _allow(types: str) -> None:
    with op.batch_alter_table("item_versions") as versions:
        versions.drop_constraint(op.f("ck_item_versions_type"), type_="check")
        versions.create_check_constraint(op.f("ck_item_versions_type"), f"type IN ({types})")
