"""Further rules of exam sessions, breaks, consent, accommodations in tables of their own"""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KINDS_BEFORE = "kind IN ('MESSAGE', 'EXTEND', 'PAUSE', 'RESUME', 'TERMINATE', 'CREDIT')"
KINDS = KINDS_BEFORE.replace(")", ", 'ALLOW_HAND_IN', 'MOVE_START', 'ACCOMMODATE')")
SIZES = "text_size IN ('NORMAL', 'LARGE', 'LARGER', 'LARGEST')"


def upgrade() -> None:
    _add_session_rules()
    _add_to_sittings()
    _make_tables()
    _move_extra_minutes()
    _replace_kinds(KINDS)


def _add_session_rules() -> None:
    with op.batch_alter_table("exam_sessions") as sessions:
        sessions.add_column(sa.Column("late_extends_time", sa.Boolean(), nullable=False, server_default=sa.false()))
        sessions.add_column(sa.Column("login_absent_minutes", sa.Integer(), nullable=False, server_default="30"))
        # What was planned before goes on as it was planned: consent is a rule that nobody was told of.
        sessions.add_column(sa.Column("last_minutes_consent", sa.Integer(), nullable=False, server_default="0"))
        sessions.add_column(sa.Column("navigation", sa.String(length=20), nullable=False, server_default="FREE"))
        sessions.add_column(sa.Column("calculator_allowed", sa.Boolean(), nullable=False, server_default=sa.false()))
        sessions.alter_column("earliest_hand_in_minutes", existing_type=sa.Integer(), nullable=True)
        sessions.create_check_constraint(op.f("ck_exam_sessions_navigation"), "navigation IN ('FREE', 'SEQUENTIAL')")
    new = ("late_extends_time", "login_absent_minutes", "last_minutes_consent", "navigation", "calculator_allowed")
    with op.batch_alter_table("exam_sessions") as sessions:
        for name in new:
            sessions.alter_column(name, server_default=None)


def _add_to_sittings() -> None:
    numbers = ("reached", "accommodation_seconds", "break_allowance_seconds", "break_used_seconds")
    flags = ("high_contrast", "separate_room", "screen_reader")
    with op.batch_alter_table("sittings") as sittings:
        for name in numbers:
            sittings.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        for name in flags:
            sittings.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        sittings.add_column(sa.Column("text_size", sa.String(length=20)))
        sittings.add_column(sa.Column("break_started_at", sa.DateTime(timezone=True)))
        sittings.add_column(sa.Column("hand_in_allowed_at", sa.DateTime(timezone=True)))
        sittings.create_check_constraint(op.f("ck_sittings_text_size"), SIZES)
        sittings.create_check_constraint(
            op.f("ck_sittings_break_in_progress"), "break_started_at IS NULL OR state = 'IN_PROGRESS'"
        )
    with op.batch_alter_table("sittings") as sittings:
        for name in (*numbers, *flags):
            sittings.alter_column(name, server_default=None)


def _make_tables() -> None:
    op.create_table(
        "accommodation_groups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_session_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["exam_session_id"], ["exam_sessions.id"], name=op.f("fk_accommodation_groups_exam_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accommodation_groups")),
        sa.UniqueConstraint("exam_session_id", "name", name=op.f("uq_accommodation_groups_exam_session_id_name")),
    )
    op.create_table(
        "accommodation_group_members",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["accommodation_groups.id"], name=op.f("fk_accommodation_group_members_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolments.id"], name=op.f("fk_accommodation_group_members_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "enrolment_id", name=op.f("pk_accommodation_group_members")),
    )
    op.create_index(
        op.f("ix_accommodation_group_members_enrolment_id"), "accommodation_group_members", ["enrolment_id"]
    )
    _make_accommodations()


def _make_accommodations() -> None:
    op.create_table(
        "accommodations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_session_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid()),
        sa.Column("enrolment_id", sa.Uuid()),
        sa.Column("extra_minutes", sa.Integer()),
        sa.Column("time_percent", sa.Integer()),
        sa.Column("break_minutes", sa.Integer()),
        sa.Column("text_size", sa.String(length=20)),
        sa.Column("high_contrast", sa.Boolean()),
        sa.Column("separate_room", sa.Boolean()),
        sa.Column("screen_reader", sa.Boolean()),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("decided_by_id", sa.Uuid()),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(SIZES, name=op.f("ck_accommodations_text_size")),
        sa.CheckConstraint("group_id IS NULL OR enrolment_id IS NULL", name=op.f("ck_accommodations_one_scope")),
        sa.CheckConstraint(
            "extra_minutes IS NULL OR time_percent IS NULL", name=op.f("ck_accommodations_minutes_or_percent")
        ),
        sa.CheckConstraint("extra_minutes BETWEEN 0 AND 240", name=op.f("ck_accommodations_extra_minutes")),
        sa.CheckConstraint("time_percent BETWEEN 100 AND 300", name=op.f("ck_accommodations_time_percent")),
        sa.CheckConstraint("break_minutes BETWEEN 0 AND 240", name=op.f("ck_accommodations_break_minutes")),
        sa.ForeignKeyConstraint(
            ["exam_session_id"], ["exam_sessions.id"], name=op.f("fk_accommodations_exam_session_id")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["accommodation_groups.id"], name=op.f("fk_accommodations_group_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolments.id"], name=op.f("fk_accommodations_enrolment_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["accounts.id"], name=op.f("fk_accommodations_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accommodations")),
        sa.UniqueConstraint("group_id", name=op.f("uq_accommodations_group_id")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_accommodations_enrolment_id")),
    )
    whole = sa.text("group_id IS NULL AND enrolment_id IS NULL")
    op.create_index(op.f("ix_accommodations_exam_session_id"), "accommodations", ["exam_session_id"])
    op.create_index(
        "uq_accommodations_whole_session",
        "accommodations",
        ["exam_session_id"],
        unique=True,
        sqlite_where=whole,
        postgresql_where=whole,
    )


def _move_extra_minutes() -> None:
    op.execute(
        """
        UPDATE sittings SET accommodation_seconds = 60 * (
            SELECT enrolments.extra_minutes FROM enrolments WHERE enrolments.id = sittings.enrolment_id
        )
        """
    )
    enrolments = sa.table(
        "enrolments",
        sa.column("id", sa.Uuid()),
        sa.column("exam_session_id", sa.Uuid()),
        sa.column("extra_minutes", sa.Integer()),
        sa.column("created_at", sa.DateTime(timezone=True)),
    )
    columns = (enrolments.c.id, enrolments.c.exam_session_id, enrolments.c.extra_minutes, enrolments.c.created_at)
    given = op.get_bind().execute(sa.select(*columns).where(enrolments.c.extra_minutes > 0)).all()
    if given:
        op.bulk_insert(_ACCOMMODATIONS, [_as_accommodation(*row) for row in given])
    with op.batch_alter_table("enrolments") as table:
        table.drop_constraint(op.f("ck_enrolments_extra_minutes"), type_="check")
        table.drop_column("extra_minutes")


_ACCOMMODATIONS = sa.table(
    "accommodations",
    sa.column("id", sa.Uuid()),
    sa.column("exam_session_id", sa.Uuid()),
    sa.column("enrolment_id", sa.Uuid()),
    sa.column("extra_minutes", sa.Integer()),
    sa.column("basis", sa.Text()),
    sa.column("document", sa.String()),
    sa.column("decided_at", sa.DateTime(timezone=True)),
)


def _as_accommodation(
    enrolment_id: uuid.UUID, exam_session_id: uuid.UUID, minutes: int, at: object
) -> dict[str, object]:
    return {
        "id": uuid.uuid4(),
        "exam_session_id": exam_session_id,
        "enrolment_id": enrolment_id,
        "extra_minutes": minutes,
        "basis": "报名名单",
        "document": "",
        "decided_at": at,
    }


def _replace_kinds(kinds: str) -> None:
    with op.batch_alter_table("commands") as commands:
        commands.drop_constraint(op.f("ck_commands_kind"), type_="check")
        commands.create_check_constraint(op.f("ck_commands_kind"), kinds)


def downgrade() -> None:
    unknown = "SELECT id FROM commands WHERE kind IN ('ALLOW_HAND_IN', 'MOVE_START', 'ACCOMMODATE')"
    op.execute(f"DELETE FROM command_receipts WHERE command_id IN ({unknown})")  # noqa: S608 (both are constants)
    op.execute("DELETE FROM commands WHERE kind IN ('ALLOW_HAND_IN', 'MOVE_START', 'ACCOMMODATE')")
    _replace_kinds(KINDS_BEFORE)
    with op.batch_alter_table("enrolments") as enrolments:
        enrolments.add_column(sa.Column("extra_minutes", sa.Integer(), nullable=False, server_default="0"))
        enrolments.create_check_constraint(op.f("ck_enrolments_extra_minutes"), "extra_minutes >= 0")
    with op.batch_alter_table("enrolments") as enrolments:
        enrolments.alter_column("extra_minutes", server_default=None)
    op.execute(
        """
        UPDATE enrolments SET extra_minutes = (
            SELECT (sittings.accommodation_seconds + 59) / 60 FROM sittings WHERE sittings.enrolment_id = enrolments.id
        )
        """
    )
    op.drop_table("accommodations")
    op.drop_table("accommodation_group_members")
    op.drop_table("accommodation_groups")
    with op.batch_alter_table("sittings") as sittings:
        sittings.drop_constraint(op.f("ck_sittings_break_in_progress"), type_="check")
        sittings.drop_constraint(op.f("ck_sittings_text_size"), type_="check")
        for name in _OF_SITTINGS:
            sittings.drop_column(name)
    op.execute("UPDATE exam_sessions SET earliest_hand_in_minutes = minutes WHERE earliest_hand_in_minutes IS NULL")
    with op.batch_alter_table("exam_sessions") as sessions:
        sessions.drop_constraint(op.f("ck_exam_sessions_navigation"), type_="check")
        sessions.alter_column("earliest_hand_in_minutes", existing_type=sa.Integer(), nullable=False)
        for name in _OF_SESSIONS:
            sessions.drop_column(name)


_OF_SITTINGS = (
    "hand_in_allowed_at",
    "break_started_at",
    "break_used_seconds",
    "screen_reader",
    "separate_room",
    "high_contrast",
    "text_size",
    "break_allowance_seconds",
    "accommodation_seconds",
    "reached",
)
_OF_SESSIONS = (
    "calculator_allowed",
    "navigation",
    "last_minutes_consent",
    "login_absent_minutes",
    "late_extends_time",
)
