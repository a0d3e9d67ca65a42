"""Misconduct on the record, rulings on it, and results that are void by them"""

import sqlalchemy as sa
from alembic import op

from examsvc.core.db import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

STATES = "'OPEN', 'TOLD', 'REFUSED', 'SIGNED', 'RULED', 'REVOKED'"
CLASSES = "'GENERAL', 'SERIOUS', 'ESPECIALLY_SERIOUS', 'DISORDER', 'FALSE_PROOF', 'SIMILARITY'"
SUBJECT = "subject IN ('THEORY', 'PRACTICAL')"


def upgrade() -> None:
    with op.batch_alter_table("results") as results:
        results.drop_constraint(op.f("ck_results_state"), type_="check")
        results.drop_constraint(op.f("ck_results_complete_has_total"), type_="check")
        results.create_check_constraint(
            op.f("ck_results_state"), "state IN ('INCOMPLETE', 'READY', 'PUBLISHED', 'VOID')"
        )
        results.create_check_constraint(
            op.f("ck_results_complete_has_total"), "(state IN ('INCOMPLETE', 'VOID')) = (total IS NULL)"
        )
    op.create_table(
        "result_voids",
        sa.Column("ruling_id", sa.Uuid(), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("ruling_number", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(20)),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("voided_at", UtcDateTime(), nullable=False),
        sa.Column("restored_at", UtcDateTime()),
        sa.CheckConstraint(SUBJECT, name=op.f("ck_result_voids_subject")),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_result_voids_result_id")),
        sa.PrimaryKeyConstraint("ruling_id", name=op.f("pk_result_voids")),
    )
    op.create_index(op.f("ix_result_voids_result_id"), "result_voids", ["result_id"])
    op.create_table(
        "misconduct_records",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(20)),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("happened_at", UtcDateTime(), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_misconduct_records_state")),
        sa.CheckConstraint(f"kind IN ({CLASSES})", name=op.f("ck_misconduct_records_kind")),
        sa.CheckConstraint(SUBJECT, name=op.f("ck_misconduct_records_subject")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sittings.id"], name=op.f("fk_misconduct_records_sitting_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["accounts.id"], name=op.f("fk_misconduct_records_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_misconduct_records")),
    )
    op.create_index(op.f("ix_misconduct_records_sitting_id"), "misconduct_records", ["sitting_id"])
    _evidence()
    _statements_and_signatures()
    _rulings()


def _evidence() -> None:
    linked = {"snapshot": "snapshots", "event": "proctor_events", "incident": "incidents", "command": "commands"}
    op.create_table(
        "misconduct_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        *(sa.Column(f"{name}_id", sa.Uuid()) for name in linked),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("linked_by_id", sa.Uuid(), nullable=False),
        sa.Column("linked_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('SNAPSHOT', 'EVENT', 'INCIDENT', 'COMMAND')", name=op.f("ck_misconduct_evidence_kind")
        ),
        *(
            sa.CheckConstraint(
                f"(kind = '{name.upper()}') = ({name}_id IS NOT NULL)", name=op.f(f"ck_misconduct_evidence_{name}")
            )
            for name in linked
        ),
        *(
            sa.UniqueConstraint("record_id", f"{name}_id", name=op.f(f"uq_misconduct_evidence_record_id_{name}_id"))
            for name in linked
        ),
        *(
            sa.ForeignKeyConstraint([f"{name}_id"], [f"{table}.id"], name=op.f(f"fk_misconduct_evidence_{name}_id"))
            for name, table in linked.items()
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["misconduct_records.id"], name=op.f("fk_misconduct_evidence_record_id")
        ),
        sa.ForeignKeyConstraint(["linked_by_id"], ["accounts.id"], name=op.f("fk_misconduct_evidence_linked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_misconduct_evidence")),
    )
    for name in linked:
        op.create_index(op.f(f"ix_misconduct_evidence_{name}_id"), "misconduct_evidence", [f"{name}_id"])


def _statements_and_signatures() -> None:
    op.create_table(
        "misconduct_statements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("declined = (text = '')", name=op.f("ck_misconduct_statements_declined_says_nothing")),
        sa.ForeignKeyConstraint(
            ["record_id"], ["misconduct_records.id"], name=op.f("fk_misconduct_statements_record_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["accounts.id"], name=op.f("fk_misconduct_statements_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_misconduct_statements")),
    )
    op.create_index(op.f("ix_misconduct_statements_record_id"), "misconduct_statements", ["record_id"])
    op.create_table(
        "misconduct_signatures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("signer", sa.String(20), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("signature", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("signed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("signer IN ('CANDIDATE', 'WITNESS')", name=op.f("ck_misconduct_signatures_signer")),
        sa.ForeignKeyConstraint(
            ["record_id"], ["misconduct_records.id"], name=op.f("fk_misconduct_signatures_record_id")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_misconduct_signatures_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_misconduct_signatures")),
        sa.UniqueConstraint(
            "record_id", "account_id", "signer", name=op.f("uq_misconduct_signatures_record_id_account_id_signer")
        ),
    )


def _rulings() -> None:
    op.create_table(
        "misconduct_rulings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("consequence", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(20)),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("hearing", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("record_digest", sa.String(64), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("served_on", sa.Date()),
        sa.Column("service", sa.String(20)),
        sa.Column("remedy_until_on", sa.Date()),
        sa.Column("revoked_at", UtcDateTime()),
        sa.Column("revoked_by_id", sa.Uuid()),
        sa.Column("revocation", sa.Text()),
        sa.CheckConstraint(
            "consequence IN ('NONE', 'WARNING', 'SUBJECT_VOID', 'SESSION_VOID')",
            name=op.f("ck_misconduct_rulings_consequence"),
        ),
        sa.CheckConstraint(SUBJECT, name=op.f("ck_misconduct_rulings_subject")),
        sa.CheckConstraint(
            "service IN ('IN_PERSON', 'BY_POST', 'BY_MESSAGE')", name=op.f("ck_misconduct_rulings_service")
        ),
        sa.CheckConstraint(
            "(consequence = 'SUBJECT_VOID') = (subject IS NOT NULL)",
            name=op.f("ck_misconduct_rulings_subject_is_named"),
        ),
        sa.CheckConstraint(
            "(served_on IS NULL) = (remedy_until_on IS NULL)", name=op.f("ck_misconduct_rulings_served_has_remedy")
        ),
        sa.CheckConstraint(
            "(served_on IS NULL) = (service IS NULL)", name=op.f("ck_misconduct_rulings_served_has_way")
        ),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoked_by_id IS NULL)", name=op.f("ck_misconduct_rulings_revoked_by_somebody")
        ),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revocation IS NULL)", name=op.f("ck_misconduct_rulings_revoked_has_reason")
        ),
        sa.ForeignKeyConstraint(["record_id"], ["misconduct_records.id"], name=op.f("fk_misconduct_rulings_record_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["accounts.id"], name=op.f("fk_misconduct_rulings_decided_by_id")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["accounts.id"], name=op.f("fk_misconduct_rulings_revoked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_misconduct_rulings")),
        sa.UniqueConstraint("number", name=op.f("uq_misconduct_rulings_number")),
    )
    op.create_index(op.f("ix_misconduct_rulings_record_id"), "misconduct_rulings", ["record_id"])


def downgrade() -> None:
    for table in ("rulings", "signatures", "statements", "evidence", "records"):
        op.drop_table(f"misconduct_{table}")
    op.drop_table("result_voids")
    with op.batch_alter_table("results") as results:
        results.drop_constraint(op.f("ck_results_state"), type_="check")
        results.drop_constraint(op.f("ck_results_complete_has_total"), type_="check")
        results.create_check_constraint(op.f("ck_results_state"), "state IN ('INCOMPLETE', 'READY', 'PUBLISHED')")
        results.create_check_constraint(
            op.f("ck_results_complete_has_total"), "(state = 'INCOMPLETE') = (total IS NULL)"
        )
