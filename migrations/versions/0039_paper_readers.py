"""Which log-in reads a sitting's paper, and an alert when another one does"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

EVENTS = (
    "'TAB_HIDDEN', 'TAB_SHOWN', 'WINDOW_BLURRED', 'WINDOW_FOCUSED', 'FULLSCREEN_LEFT', 'FULLSCREEN_ENTERED', "
    "'CAMERA_LOST', 'CAMERA_BACK', 'CAMERA_BLACK', 'CAMERA_FROZEN', 'CONNECTED', 'DISCONNECTED', 'CLAIMED_ELSEWHERE'"
)


def upgrade() -> None:
    with op.batch_alter_table("sittings") as sittings:
        sittings.add_column(sa.Column("reader_login_id", sa.Uuid()))
        sittings.create_foreign_key(op.f("fk_sittings_reader_login_id"), "logins", ["reader_login_id"], ["id"])
    _allow(f"{EVENTS}, 'READ_ELSEWHERE'")


def _allow(kinds: str) -> None:
    with op.batch_alter_table("proctor_events") as events:
        events.drop_constraint(op.f("ck_proctor_events_kind"), type_="check")
        events.create_check_constraint(op.f("ck_proctor_events_kind"), f"kind IN ({kinds})")


def downgrade() -> None:
    op.execute("DELETE FROM proctor_events WHERE kind = 'READ_ELSEWHERE'")
    _allow(EVENTS)
    with op.batch_alter_table("sittings") as sittings:
        sittings.drop_constraint(op.f("fk_sittings_reader_login_id"), type_="foreignkey")
        sittings.drop_column("reader_login_id")
