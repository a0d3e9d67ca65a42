"""Evidence of an objection is kept with the objection: it is no kind of a document of a case"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KINDS = "'SEALED_SCAN', 'CREDIT_CODE_PROOF', 'EVIDENCE', 'MINUTES', 'NATIONAL_PACKAGE', 'NATIONAL_REPLY', 'BUREAU_CONSENT', 'APPLICATION_PACKAGE', 'APPLICATION_RECEIPT', 'DISTRICT_RECOMMENDATION'"


def upgrade() -> None:
    # Only by hand can there be one: it becomes the other kind that the parties of a case do not see.
    op.execute("UPDATE case_documents SET kind = 'MINUTES' WHERE kind = 'OBJECTION_EVIDENCE'")
    _allow(f"{KINDS}, 'OTHER'")


def downgrade() -> None:
    _allow(f"{KINDS}, 'OBJECTION_EVIDENCE', 'OTHER'")


def _allow(kinds: str) -> None:
    with op.batch_alter_table("case_documents") as documents:
        documents.drop_constraint(op.f("ck_case_documents_kind"), type_="check")
        documents.create_check_constraint(op.f("ck_case_documents_kind"), f"kind IN ({kinds})")
