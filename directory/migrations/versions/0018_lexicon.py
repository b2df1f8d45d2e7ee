"""The lexicon: the words that people use, their meanings, and the directory's revision at which one changed last."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "word_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("means", sa.JSON(), nullable=False),
        sa.Column("english", sa.Text(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edited_by", sa.Text(), nullable=False),
        sa.CheckConstraint("language <> ''", name=op.f("ck_word_group_language")),
        sa.CheckConstraint("version > 0", name=op.f("ck_word_group_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_group")),
    )
    op.create_index(op.f("ix_word_group_language_position"), "word_group", ["language", "position"])
    op.create_table(
        "lexicon_language",
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("edited_by", sa.Text(), nullable=False),
        sa.CheckConstraint("language <> ''", name=op.f("ck_lexicon_language_language")),
        sa.PrimaryKeyConstraint("language", name=op.f("pk_lexicon_language")),
    )
    with op.batch_alter_table("directory_revision") as batch_op:
        batch_op.drop_column("taxonomy")


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("directory_revision") as batch_op:
        batch_op.add_column(sa.Column("taxonomy", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("directory_revision") as batch_op:
        batch_op.alter_column("taxonomy", server_default=None)
    op.drop_table("lexicon_language")
    op.drop_table("word_group")
