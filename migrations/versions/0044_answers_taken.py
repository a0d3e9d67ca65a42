"""A page is told when the office takes late answers over while its sitting goes on"""

from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

KINDS = (
    "'MESSAGE', 'EXTEND', 'PAUSE', 'RESUME', 'TERMINATE', 'ALLOW_HAND_IN', 'MOVE_START', 'ACCOMMODATE', 'CREDIT', "
    "'WAIVE_SAFE_BROWSER', 'EXPECT_AGAIN', 'LET_BEGIN'"
)


def upgrade() -> None:
    _replace(f"{KINDS}, 'TAKE_ANSWERS'")


def _replace(values: str) -> None:
    check = op.f("ck_commands_kind")
    with op.batch_alter_table("commands") as commands:
        commands.drop_constraint(check, type_="check")
        commands.create_check_constraint(check, f"kind IN ({values})")


def downgrade() -> None:
    told = "SELECT id FROM commands WHERE kind = 'TAKE_ANSWERS'"
    op.execute(f"DELETE FROM command_receipts WHERE command_id IN ({told})")  # noqa: S608 (a constant)
    op.execute("DELETE FROM commands WHERE kind = 'TAKE_ANSWERS'")
    _replace(KINDS)
