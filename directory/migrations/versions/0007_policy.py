"""The policy that managers set, with all that it was before."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "policy",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_policy_number")),
        sa.CheckConstraint("made_by <> ''", name=op.f("ck_policy_made_by")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_policy")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("policy")
