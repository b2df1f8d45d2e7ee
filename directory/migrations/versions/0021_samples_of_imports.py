"""Samples of the columns of a file that is brought in."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("import_run") as batch_op:
        batch_op.add_column(sa.Column("samples", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("import_run") as batch_op:
        batch_op.alter_column("samples", server_default=None)


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("import_run") as batch_op:
        batch_op.drop_column("samples")
