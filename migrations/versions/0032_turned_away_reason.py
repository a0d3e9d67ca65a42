"""Who was turned away at the door is told apart from who never came"""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

BEFORE = "finish_reason IN ('BY_CANDIDATE', 'TIME_UP', 'BY_PROCTOR', 'NEVER_CAME')"
REASONS = "finish_reason IN ('BY_CANDIDATE', 'TIME_UP', 'BY_PROCTOR', 'NEVER_CAME', 'TURNED_AWAY')"


def upgrade() -> None:
    _replace(REASONS)


def _replace(reasons: str) -> None:
    with op.batch_alter_table("sittings") as sittings:
        sittings.drop_constraint(op.f("ck_sittings_finish_reason"), type_="check")
        sittings.create_check_constraint(op.f("ck_sittings_finish_reason"), reasons)


def downgrade() -> None:
    op.execute("UPDATE sittings SET finish_reason = 'NEVER_CAME' WHERE finish_reason = 'TURNED_AWAY'")
    _replace(BEFORE)
