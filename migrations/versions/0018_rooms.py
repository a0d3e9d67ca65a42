"""Batches of exam sessions, the rooms that a session uses, and seats within a room"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WITHOUT_ROOM = sa.text("session_room_id IS NULL")
NUMBERED_THROUGH = """
    UPDATE enrolments SET seat_number = rows.number FROM (
        SELECT enrolments.id AS id, row_number() OVER (
            PARTITION BY enrolments.exam_session_id
            ORDER BY coalesce(session_rooms.number, 0), enrolments.seat_number
        ) AS number
        FROM enrolments LEFT JOIN session_rooms ON session_rooms.id = enrolments.session_room_id
        WHERE enrolments.exam_session_id IN (SELECT exam_session_id FROM session_rooms)
    ) AS rows WHERE rows.id = enrolments.id
"""
"""The seats of a session numbered through, room after room, as they were before there were rooms."""


def upgrade() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_batches_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
        sa.UniqueConstraint("code", name=op.f("uq_batches_code")),
    )
    op.create_index(op.f("ix_batches_organisation_id"), "batches", ["organisation_id"])
    op.create_table(
        "session_rooms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_session_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("is_separate", sa.Boolean(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_session_rooms_number")),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_session_rooms_capacity")),
        sa.ForeignKeyConstraint(
            ["exam_session_id"], ["exam_sessions.id"], name=op.f("fk_session_rooms_exam_session_id")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_session_rooms_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_rooms")),
        sa.UniqueConstraint("exam_session_id", "number", name=op.f("uq_session_rooms_exam_session_id_number")),
        sa.UniqueConstraint("exam_session_id", "room_id", name=op.f("uq_session_rooms_exam_session_id_room_id")),
    )
    op.create_index(op.f("ix_session_rooms_room_id"), "session_rooms", ["room_id"])
    with op.batch_alter_table("exam_sessions") as sessions:
        sessions.add_column(sa.Column("batch_id", sa.Uuid()))
        sessions.add_column(sa.Column("seating_seed", sa.String(length=32)))
        sessions.create_foreign_key(op.f("fk_exam_sessions_batch_id"), "batches", ["batch_id"], ["id"])
        sessions.create_index(op.f("ix_exam_sessions_batch_id"), ["batch_id"])
    with op.batch_alter_table("enrolments") as enrolments:
        enrolments.add_column(sa.Column("session_room_id", sa.Uuid()))
        enrolments.create_foreign_key(
            op.f("fk_enrolments_session_room_id"), "session_rooms", ["session_room_id"], ["id"]
        )
        enrolments.drop_constraint(op.f("uq_enrolments_exam_session_id_seat_number"), type_="unique")
        enrolments.create_unique_constraint(
            op.f("uq_enrolments_session_room_id_seat_number"), ["session_room_id", "seat_number"]
        )
    op.create_index(
        "uq_enrolments_seat_without_room",
        "enrolments",
        ["exam_session_id", "seat_number"],
        unique=True,
        sqlite_where=WITHOUT_ROOM,
        postgresql_where=WITHOUT_ROOM,
    )


def downgrade() -> None:
    op.drop_index("uq_enrolments_seat_without_room", table_name="enrolments")
    with op.batch_alter_table("enrolments") as enrolments:
        enrolments.drop_constraint(op.f("uq_enrolments_session_room_id_seat_number"), type_="unique")
    op.execute(NUMBERED_THROUGH)
    with op.batch_alter_table("enrolments") as enrolments:
        enrolments.drop_constraint(op.f("fk_enrolments_session_room_id"), type_="foreignkey")
        enrolments.drop_column("session_room_id")
        enrolments.create_unique_constraint(
            op.f("uq_enrolments_exam_session_id_seat_number"), ["exam_session_id", "seat_number"]
        )
    with op.batch_alter_table("exam_sessions") as sessions:
        sessions.drop_index(op.f("ix_exam_sessions_batch_id"))
        sessions.drop_constraint(op.f("fk_exam_sessions_batch_id"), type_="foreignkey")
        sessions.drop_column("seating_seed")
        sessions.drop_column("batch_id")
    op.drop_table("session_rooms")
    op.drop_table("batches")
