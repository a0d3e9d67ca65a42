"""Safe Exam Browser, commands for one room, and sections that nobody goes back to"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

GIVEN = "'MESSAGE', 'EXTEND', 'PAUSE', 'RESUME', 'TERMINATE', 'ALLOW_HAND_IN', 'MOVE_START', 'ACCOMMODATE', 'CREDIT'"
KINDS_BEFORE, KINDS = f"kind IN ({GIVEN})", f"kind IN ({GIVEN}, 'WAIVE_SAFE_BROWSER')"
RULES_BEFORE = "navigation IN ('FREE', 'SEQUENTIAL')"
RULES = "navigation IN ('FREE', 'SEQUENTIAL', 'BY_SECTION')"


def upgrade() -> None:
    with op.batch_alter_table("exam_sessions") as sessions:
        sessions.add_column(sa.Column("safe_browser_needed", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("exam_sessions") as sessions:
        sessions.alter_column("safe_browser_needed", server_default=None)
    with op.batch_alter_table("sittings") as sittings:
        sittings.add_column(sa.Column("safe_browser_login_id", sa.Uuid()))
        sittings.add_column(sa.Column("safe_browser_epoch", sa.Integer()))
        sittings.add_column(sa.Column("safe_browser_waived_at", sa.DateTime(timezone=True)))
        sittings.create_foreign_key(
            op.f("fk_sittings_safe_browser_login_id"), "logins", ["safe_browser_login_id"], ["id"]
        )
    with op.batch_alter_table("commands") as commands:
        commands.add_column(sa.Column("session_room_id", sa.Uuid()))
        commands.create_foreign_key(op.f("fk_commands_session_room_id"), "session_rooms", ["session_room_id"], ["id"])
        commands.create_check_constraint(
            op.f("ck_commands_one_or_room"), "sitting_id IS NULL OR session_room_id IS NULL"
        )
    _replace(KINDS, RULES)
    _make_tables()


def _replace(kinds: str, rules: str) -> None:
    with op.batch_alter_table("commands") as commands:
        commands.drop_constraint(op.f("ck_commands_kind"), type_="check")
        commands.create_check_constraint(op.f("ck_commands_kind"), kinds)
    with op.batch_alter_table("exam_sessions") as sessions:
        sessions.drop_constraint(op.f("ck_exam_sessions_navigation"), type_="check")
        sessions.create_check_constraint(op.f("ck_exam_sessions_navigation"), rules)


def _make_tables() -> None:
    op.create_table(
        "safe_browser_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_session_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('CONFIG_KEY', 'BROWSER_EXAM_KEY')", name=op.f("ck_safe_browser_keys_kind")),
        sa.ForeignKeyConstraint(
            ["exam_session_id"], ["exam_sessions.id"], name=op.f("fk_safe_browser_keys_exam_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safe_browser_keys")),
        sa.UniqueConstraint(
            "exam_session_id", "kind", "key", name=op.f("uq_safe_browser_keys_exam_session_id_kind_key")
        ),
    )
    op.create_table(
        "safe_browser_challenges",
        sa.Column("nonce", sa.String(length=40), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("login_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("made_at < expires_at", name=op.f("ck_safe_browser_challenges_lasts")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_safe_browser_challenges_sitting_id")),
        sa.ForeignKeyConstraint(["login_id"], ["logins.id"], name=op.f("fk_safe_browser_challenges_login_id")),
        sa.PrimaryKeyConstraint("nonce", name=op.f("pk_safe_browser_challenges")),
        sa.UniqueConstraint("login_id", name=op.f("uq_safe_browser_challenges_login_id")),
    )


def downgrade() -> None:
    op.drop_table("safe_browser_challenges")
    op.drop_table("safe_browser_keys")
    waived = "SELECT id FROM commands WHERE kind = 'WAIVE_SAFE_BROWSER'"
    op.execute(f"DELETE FROM command_receipts WHERE command_id IN ({waived})")  # noqa: S608 (a constant)
    op.execute("DELETE FROM commands WHERE kind = 'WAIVE_SAFE_BROWSER'")
    op.execute("UPDATE exam_sessions SET navigation = 'FREE' WHERE navigation = 'BY_SECTION'")
    _replace(KINDS_BEFORE, RULES_BEFORE)
    with op.batch_alter_table("commands") as commands:
        commands.drop_constraint(op.f("ck_commands_one_or_room"), type_="check")
        commands.drop_constraint(op.f("fk_commands_session_room_id"), type_="foreignkey")
        commands.drop_column("session_room_id")
    with op.batch_alter_table("sittings") as sittings:
        sittings.drop_constraint(op.f("fk_sittings_safe_browser_login_id"), type_="foreignkey")
        for name in ("safe_browser_waived_at", "safe_browser_epoch", "safe_browser_login_id"):
            sittings.drop_column(name)
    with op.batch_alter_table("exam_sessions") as sessions:
        sessions.drop_column("safe_browser_needed")
