"""The directory's revision: at which number the terms and the words of the lexicon changed last."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    for part in ("taxonomy", "lexicon"):
        with op.batch_alter_table("directory_revision") as batch_op:
            batch_op.add_column(sa.Column(part, sa.Integer(), nullable=False, server_default="0"))
        with op.batch_alter_table("directory_revision") as batch_op:
            batch_op.alter_column(part, server_default=None)


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("directory_revision") as batch_op:
        batch_op.drop_column("lexicon")
        batch_op.drop_column("taxonomy")
