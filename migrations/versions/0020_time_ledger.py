"""The time ledger: heartbeats, outages, credits; chief proctors; hand-overs of seats"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None

COMMANDS = "'MESSAGE', 'EXTEND', 'PAUSE', 'RESUME', 'TERMINATE'"
EVENTS = (
    "'TAB_HIDDEN', 'TAB_SHOWN', 'WINDOW_BLURRED', 'WINDOW_FOCUSED', 'FULLSCREEN_LEFT', 'FULLSCREEN_ENTERED', "
    "'CAMERA_LOST', 'CAMERA_BACK', 'CAMERA_BLACK', 'CAMERA_FROZEN', 'CONNECTED', 'DISCONNECTED'"
)


def upgrade() -> None:
    op.create_table(
        "heartbeats",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("process", sa.String(40), nullable=False),
        sa.Column("process_began_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_heartbeats_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "outages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.String(20), nullable=False),
        sa.Column("exam_session_id", sa.Uuid()),
        sa.Column("session_room_id", sa.Uuid()),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_account_id", sa.Uuid()),
        sa.Column("proposed_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "cause IN ('SERVICE', 'DATABASE', 'ROOM_NETWORK', 'HANDOVER')", name=op.f("ck_outages_cause")
        ),
        sa.CheckConstraint("from_at < to_at", name=op.f("ck_outages_lasts")),
        sa.CheckConstraint(
            "(exam_session_id IS NULL) = (cause IN ('SERVICE', 'DATABASE'))", name=op.f("ck_outages_everybodys")
        ),
        sa.ForeignKeyConstraint(["exam_session_id"], ["exam_sessions.id"], name=op.f("fk_outages_exam_session_id")),
        sa.ForeignKeyConstraint(["session_room_id"], ["session_rooms.id"], name=op.f("fk_outages_session_room_id")),
        sa.ForeignKeyConstraint(["by_account_id"], ["accounts.id"], name=op.f("fk_outages_by_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outages")),
    )
    op.create_index(op.f("ix_outages_exam_session_id"), "outages", ["exam_session_id"])
    op.create_index(op.f("ix_outages_to_at"), "outages", ["to_at"])
    op.create_table(
        "time_credits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("outage_id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("decided_by_id", sa.Uuid()),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('PROPOSED', 'APPROVED', 'REJECTED', 'GIVEN', 'LAPSED')", name=op.f("ck_time_credits_state")
        ),
        sa.CheckConstraint("seconds > 0", name=op.f("ck_time_credits_seconds")),
        sa.CheckConstraint("(decided_at IS NULL) = (state = 'PROPOSED')", name=op.f("ck_time_credits_decided")),
        sa.ForeignKeyConstraint(["outage_id"], ["outages.id"], name=op.f("fk_time_credits_outage_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_time_credits_sitting_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["accounts.id"], name=op.f("fk_time_credits_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_credits")),
        sa.UniqueConstraint("outage_id", "sitting_id", name=op.f("uq_time_credits_outage_id_sitting_id")),
    )
    op.create_index(op.f("ix_time_credits_sitting_id"), "time_credits", ["sitting_id"])
    op.create_index(op.f("ix_time_credits_state"), "time_credits", ["state"])
    op.create_table(
        "hand_overs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("code_mac", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
        sa.Column("most_seconds", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("login_id", sa.Uuid()),
        sa.Column("taken_over_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("(used_at IS NULL) = (login_id IS NULL)", name=op.f("ck_hand_overs_used_by_login")),
        sa.CheckConstraint(
            "taken_over_at IS NULL OR used_at IS NOT NULL", name=op.f("ck_hand_overs_taken_over_after_use")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_hand_overs_sitting_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["accounts.id"], name=op.f("fk_hand_overs_made_by_id")),
        sa.ForeignKeyConstraint(["login_id"], ["logins.id"], name=op.f("fk_hand_overs_login_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
        sa.UniqueConstraint("code_mac", name=op.f("uq_hand_overs_code_mac")),
        sa.UniqueConstraint("login_id", name=op.f("uq_hand_overs_login_id")),
    )
    op.create_index(op.f("ix_hand_overs_sitting_id"), "hand_overs", ["sitting_id"])
    _add_column("logins", sa.Column("is_moved", sa.Boolean(), nullable=False, server_default=sa.false()))
    _add_column("sittings", sa.Column("credited_seconds", sa.Integer(), nullable=False, server_default="0"))
    _add_column("proctor_assignments", sa.Column("is_chief", sa.Boolean(), nullable=False, server_default=sa.false()))
    _allow_kinds("commands", f"{COMMANDS}, 'CREDIT'")
    _allow_kinds("proctor_events", f"{EVENTS}, 'CLAIMED_ELSEWHERE'")
    op.create_index(op.f("ix_proctor_events_at"), "proctor_events", ["at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_proctor_events_at"), "proctor_events")
    op.execute("DELETE FROM proctor_events WHERE kind = 'CLAIMED_ELSEWHERE'")
    _allow_kinds("proctor_events", EVENTS)
    op.execute("DELETE FROM command_receipts WHERE command_id IN (SELECT id FROM commands WHERE kind = 'CREDIT')")
    op.execute("DELETE FROM commands WHERE kind = 'CREDIT'")
    _allow_kinds("commands", COMMANDS)
    with op.batch_alter_table("proctor_assignments") as assignments:
        assignments.drop_column("is_chief")
    with op.batch_alter_table("sittings") as sittings:
        sittings.drop_column("credited_seconds")
    with op.batch_alter_table("logins") as logins:
        logins.drop_column("is_moved")
    for table in ("hand_overs", "time_credits", "outages", "heartbeats"):
        op.drop_table(table)


def _add_column(table: str, column: sa.Column[object]) -> None:
    """Add a column that old rows fill by the default, which new rows do not need."""
    with op.batch_alter_table(table) as changed:
        changed.add_column(column)
    with op.batch_alter_table(table) as changed:
        changed.alter_column(column.name, server_default=None)


def _allow_kinds(table: str, kinds: str) -> None:
    with op.batch_alter_table(table) as changed:
        changed.drop_constraint(op.f(f"ck_{table}_kind"), type_="check")
        changed.create_check_constraint(op.f(f"ck_{table}_kind"), f"kind IN ({kinds})")
