"""Files as evidence of misconduct"""

import sqlalchemy as sa
from alembic import op

from examsvc.core.db import UtcDateTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

BEFORE = "kind IN ('SNAPSHOT', 'EVENT', 'INCIDENT', 'COMMAND')"
KINDS = "kind IN ('SNAPSHOT', 'EVENT', 'INCIDENT', 'COMMAND', 'FILE')"


def upgrade() -> None:
    op.create_table(
        "misconduct_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('PHOTO', 'DOCUMENT', 'FILM')", name=op.f("ck_misconduct_files_kind")),
        sa.CheckConstraint("bytes > 0", name=op.f("ck_misconduct_files_bytes")),
        sa.ForeignKeyConstraint(["record_id"], ["misconduct_records.id"], name=op.f("fk_misconduct_files_record_id")),
        sa.ForeignKeyConstraint(["added_by_id"], ["accounts.id"], name=op.f("fk_misconduct_files_added_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_misconduct_files")),
        sa.UniqueConstraint("record_id", "digest", name=op.f("uq_misconduct_files_record_id_digest")),
    )
    with op.batch_alter_table("misconduct_evidence") as evidence:
        evidence.add_column(sa.Column("file_id", sa.Uuid()))
        evidence.drop_constraint(op.f("ck_misconduct_evidence_kind"), type_="check")
        evidence.create_check_constraint(op.f("ck_misconduct_evidence_kind"), KINDS)
        evidence.create_check_constraint(op.f("ck_misconduct_evidence_file"), "(kind = 'FILE') = (file_id IS NOT NULL)")
        evidence.create_foreign_key(op.f("fk_misconduct_evidence_file_id"), "misconduct_files", ["file_id"], ["id"])
        evidence.create_unique_constraint(op.f("uq_misconduct_evidence_record_id_file_id"), ["record_id", "file_id"])
        evidence.create_index(op.f("ix_misconduct_evidence_file_id"), ["file_id"])


def downgrade() -> None:
    op.execute("DELETE FROM misconduct_evidence WHERE kind = 'FILE'")
    with op.batch_alter_table("misconduct_evidence") as evidence:
        evidence.drop_index(op.f("ix_misconduct_evidence_file_id"))
        evidence.drop_constraint(op.f("uq_misconduct_evidence_record_id_file_id"), type_="unique")
        evidence.drop_constraint(op.f("fk_misconduct_evidence_file_id"), type_="foreignkey")
        evidence.drop_constraint(op.f("ck_misconduct_evidence_file"), type_="check")
        evidence.drop_constraint(op.f("ck_misconduct_evidence_kind"), type_="check")
        evidence.create_check_constraint(op.f("ck_misconduct_evidence_kind"), BEFORE)
        evidence.drop_column("file_id")
    op.drop_table("misconduct_files")
