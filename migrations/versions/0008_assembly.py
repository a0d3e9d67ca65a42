"""Rules of blueprints, and draws with all that it takes to repeat them"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_draws",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("blueprint_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("overlap", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("pool", sa.LargeBinary(), nullable=False),
        sa.Column("pool_digest", sa.String(64), nullable=False),
        sa.Column("rules_digest", sa.String(64), nullable=False),
        sa.Column("engine", sa.String(80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('SINGLE', 'PARALLEL', 'INDIVIDUAL')", name=op.f("ck_paper_draws_kind")),
        sa.CheckConstraint("count > 0", name=op.f("ck_paper_draws_count")),
        sa.ForeignKeyConstraint(["blueprint_id"], ["blueprints.id"], name=op.f("fk_paper_draws_blueprint_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_draws")),
    )
    op.create_index(op.f("ix_paper_draws_blueprint_id"), "paper_draws", ["blueprint_id"])
    with op.batch_alter_table("blueprints") as blueprints:
        blueprints.add_column(sa.Column("rules", sa.JSON()))
    with op.batch_alter_table("papers") as papers:
        papers.add_column(sa.Column("draw_id", sa.Uuid()))
        papers.add_column(sa.Column("form_number", sa.Integer(), nullable=False, server_default="1"))
        papers.create_foreign_key(op.f("fk_papers_draw_id"), "paper_draws", ["draw_id"], ["id"])
        papers.create_index(op.f("ix_papers_draw_id"), ["draw_id"])
    with op.batch_alter_table("papers") as papers:
        papers.alter_column("form_number", server_default=None)
    with op.batch_alter_table("paper_items") as items:
        items.add_column(sa.Column("option_order", sa.JSON()))


def downgrade() -> None:
    with op.batch_alter_table("paper_items") as items:
        items.drop_column("option_order")
    with op.batch_alter_table("papers") as papers:
        papers.drop_index(op.f("ix_papers_draw_id"))
        papers.drop_constraint(op.f("fk_papers_draw_id"), type_="foreignkey")
        papers.drop_column("form_number")
        papers.drop_column("draw_id")
    with op.batch_alter_table("blueprints") as blueprints:
        blueprints.drop_column("rules")
    op.drop_table("paper_draws")
