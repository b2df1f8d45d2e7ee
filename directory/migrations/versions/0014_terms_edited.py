"""Terms that people edit: who changed one, whether it is still offered, and what was merged into another."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KINDS = ("ground", "kind", "language", "area", "access")


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("term") as batch_op:
        batch_op.add_column(sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("edited_by", sa.Text(), nullable=False, server_default="seed"))
    with op.batch_alter_table("term") as batch_op:
        batch_op.alter_column("retired", server_default=None)
        batch_op.alter_column("edited_by", server_default=None)
    op.create_table(
        "merged_term",
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("successor", sa.Text(), nullable=False),
        sa.CheckConstraint("code <> successor", name=op.f("ck_merged_term_successor")),
        sa.ForeignKeyConstraint(
            ["kind", "successor"],
            ["term.kind", "term.code"],
            name=op.f("fk_merged_term_kind_successor"),
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("kind", "code", name=op.f("pk_merged_term")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("merged_term")
    with op.batch_alter_table("term") as batch_op:
        batch_op.drop_column("edited_by")
        batch_op.drop_column("retired")
