"""Counts of what the search was asked for, day by day."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "search_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "asked_by",
            sa.Enum("all", "chosen", "understood", name="asked_by", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("facet", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("searches", sa.Integer(), nullable=False),
        sa.Column("in_vain", sa.Integer(), nullable=False),
        sa.CheckConstraint("(asked_by = 'all') = (facet = '')", name=op.f("ck_search_count_facet")),
        sa.CheckConstraint("(facet = '') = (code = '')", name=op.f("ck_search_count_code")),
        sa.CheckConstraint("in_vain BETWEEN 0 AND searches", name=op.f("ck_search_count_in_vain")),
        sa.PrimaryKeyConstraint("day", "asked_by", "facet", "code", name=op.f("pk_search_count")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("search_count")
