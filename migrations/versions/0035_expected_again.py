"""A command that tells a candidate's page of an absence that was taken back"""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

GIVEN = (
    "'MESSAGE', 'EXTEND', 'PAUSE', 'RESUME', 'TERMINATE', 'ALLOW_HAND_IN', 'MOVE_START', 'ACCOMMODATE', 'CREDIT', "
    "'WAIVE_SAFE_BROWSER'"
)


def upgrade() -> None:
    _replace(f"kind IN ({GIVEN}, 'EXPECT_AGAIN')")


def _replace(kinds: str) -> None:
    with op.batch_alter_table("commands") as commands:
        commands.drop_constraint(op.f("ck_commands_kind"), type_="check")
        commands.create_check_constraint(op.f("ck_commands_kind"), kinds)


def downgrade() -> None:
    told = "SELECT id FROM commands WHERE kind = 'EXPECT_AGAIN'"
    op.execute(f"DELETE FROM command_receipts WHERE command_id IN ({told})")  # noqa: S608 (a constant)
    op.execute("DELETE FROM commands WHERE kind = 'EXPECT_AGAIN'")
    _replace(f"kind IN ({GIVEN})")
