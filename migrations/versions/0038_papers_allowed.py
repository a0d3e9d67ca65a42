"""When papers that were withheld were allowed: pages are told to begin, and the time is given back"""

import sqlalchemy as sa
from alembic import op

from examsvc.core.db import UtcDateTime

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

CAUSES = "'SERVICE', 'DATABASE', 'ROOM_NETWORK', 'HANDOVER'"
KINDS = (
    "'MESSAGE', 'EXTEND', 'PAUSE', 'RESUME', 'TERMINATE', 'ALLOW_HAND_IN', 'MOVE_START', 'ACCOMMODATE', 'CREDIT', "
    "'WAIVE_SAFE_BROWSER', 'EXPECT_AGAIN'"
)


def upgrade() -> None:
    op.add_column("exam_sessions", sa.Column("papers_allowed_at", UtcDateTime()))
    _replace("outages", "cause", f"{CAUSES}, 'PAPERS_WITHHELD'")
    _replace("commands", "kind", f"{KINDS}, 'LET_BEGIN'")


def _replace(name: str, column: str, values: str) -> None:
    check = op.f(f"ck_{name}_{column}")
    with op.batch_alter_table(name) as table:
        table.drop_constraint(check, type_="check")
        table.create_check_constraint(check, f"{column} IN ({values})")


def downgrade() -> None:
    told = "SELECT id FROM commands WHERE kind = 'LET_BEGIN'"
    op.execute(f"DELETE FROM command_receipts WHERE command_id IN ({told})")  # noqa: S608 (a constant)
    op.execute("DELETE FROM commands WHERE kind = 'LET_BEGIN'")
    _replace("commands", "kind", KINDS)
    op.execute("UPDATE outages SET cause = 'ROOM_NETWORK' WHERE cause = 'PAPERS_WITHHELD'")
    _replace("outages", "cause", CAUSES)
    with op.batch_alter_table("exam_sessions") as exam_sessions:
        exam_sessions.drop_column("papers_allowed_at")
