"""Rooms of proctors, inner supervisors, declared relations; what happens at a room's door"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

DOCUMENTS = "document_type IN ('ID_CARD', 'MILITARY', 'HONG_KONG_MACAO', 'TAIWAN', 'PASSPORT')"
GROUNDS = "grounds IN ('NOT_THE_PERSON', 'NO_DOCUMENT', 'DOCUMENT_INVALID', 'NO_TICKET', 'OTHER')"


def upgrade() -> None:
    with op.batch_alter_table("proctor_assignments") as proctors:
        proctors.add_column(sa.Column("session_room_id", sa.Uuid()))
        proctors.create_foreign_key(
            op.f("fk_proctor_assignments_session_room_id"),
            "session_rooms",
            ["session_room_id"],
            ["id"],
            ondelete="SET NULL",
        )
    with op.batch_alter_table("session_rooms") as rooms:
        rooms.add_column(sa.Column("absence_confirmed_at", sa.DateTime(timezone=True)))
        rooms.add_column(sa.Column("absence_confirmed_by_id", sa.Uuid()))
        rooms.create_foreign_key(
            op.f("fk_session_rooms_absence_confirmed_by_id"), "accounts", ["absence_confirmed_by_id"], ["id"]
        )
    with op.batch_alter_table("sittings") as sittings:
        sittings.add_column(sa.Column("checked_in_at", sa.DateTime(timezone=True)))
    _create_staff()
    _create_door()


def _create_staff() -> None:
    op.create_table(
        "inner_supervisor_assignments",
        sa.Column("exam_session_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exam_session_id"], ["exam_sessions.id"], name=op.f("fk_inner_supervisor_assignments_exam_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_inner_supervisor_assignments_account_id")
        ),
        sa.PrimaryKeyConstraint("exam_session_id", "account_id", name=op.f("pk_inner_supervisor_assignments")),
    )
    op.create_table(
        "declared_relations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Uuid()),
        sa.CheckConstraint(
            "kind IN ('SELF', 'RELATIVE', 'TRAINER', 'COLLEAGUE')", name=op.f("ck_declared_relations_kind")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_declared_relations_account_id")),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidates.id"], name=op.f("fk_declared_relations_candidate_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["accounts.id"], name=op.f("fk_declared_relations_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declared_relations")),
        sa.UniqueConstraint("account_id", "candidate_id", name=op.f("uq_declared_relations_account_id_candidate_id")),
    )
    op.create_index(op.f("ix_declared_relations_candidate_id"), "declared_relations", ["candidate_id"])


def _create_door() -> None:
    op.create_table(
        "door_records",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.String(20), nullable=False),
        sa.Column("document_type", sa.String(20)),
        sa.Column("grounds", sa.String(20)),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_account_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("event IN ('CHECKED_IN', 'TURNED_AWAY', 'UNDONE')", name=op.f("ck_door_records_event")),
        sa.CheckConstraint(DOCUMENTS, name=op.f("ck_door_records_document_type")),
        sa.CheckConstraint(GROUNDS, name=op.f("ck_door_records_grounds")),
        sa.CheckConstraint(
            "(event = 'TURNED_AWAY') = (grounds IS NOT NULL)", name=op.f("ck_door_records_turned_away_on_grounds")
        ),
        sa.CheckConstraint(
            "event <> 'CHECKED_IN' OR document_type IS NOT NULL", name=op.f("ck_door_records_checked_in_by_document")
        ),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_door_records_sitting_id")),
        sa.ForeignKeyConstraint(["by_account_id"], ["accounts.id"], name=op.f("fk_door_records_by_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_records")),
    )
    op.create_index("ix_door_records_sitting_id_at", "door_records", ["sitting_id", "at"])
    op.create_table(
        "station_draws",
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("session_room_id", sa.Uuid(), nullable=False),
        sa.Column("station", sa.Integer(), nullable=False),
        sa.Column("free", sa.JSON(), nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("by_account_id", sa.Uuid(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("station > 0", name=op.f("ck_station_draws_station")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_station_draws_sitting_id")),
        sa.ForeignKeyConstraint(
            ["session_room_id"], ["session_rooms.id"], name=op.f("fk_station_draws_session_room_id")
        ),
        sa.ForeignKeyConstraint(["by_account_id"], ["accounts.id"], name=op.f("fk_station_draws_by_account_id")),
        sa.PrimaryKeyConstraint("sitting_id", "session_room_id", name=op.f("pk_station_draws")),
        sa.UniqueConstraint("session_room_id", "station", name=op.f("uq_station_draws_session_room_id_station")),
    )


def downgrade() -> None:
    op.drop_table("station_draws")
    op.drop_table("door_records")
    op.drop_table("declared_relations")
    op.drop_table("inner_supervisor_assignments")
    with op.batch_alter_table("sittings") as sittings:
        sittings.drop_column("checked_in_at")
    with op.batch_alter_table("session_rooms") as rooms:
        rooms.drop_constraint(op.f("fk_session_rooms_absence_confirmed_by_id"), type_="foreignkey")
        rooms.drop_column("absence_confirmed_by_id")
        rooms.drop_column("absence_confirmed_at")
    with op.batch_alter_table("proctor_assignments") as proctors:
        proctors.drop_constraint(op.f("fk_proctor_assignments_session_room_id"), type_="foreignkey")
        proctors.drop_column("session_room_id")
