"""What was deleted when, a row a day for each rule of keeping."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "retention",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=True),
        sa.CheckConstraint("removed >= 0", name=op.f("ck_retention_removed")),
        sa.PrimaryKeyConstraint("rule", "day", name=op.f("pk_retention")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("retention")
