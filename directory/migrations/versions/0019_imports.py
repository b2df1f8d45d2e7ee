"""Imports: a file on its way in, each organisation in it, and when another directory checked what a change brings."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

STATES = ("columns", "checking", "checked", "sending", "undoing", "done", "cancelled", "failed")
ENTRY_STATES = (
    "waiting",
    "same",
    "changed",
    "new",
    "broken",
    "left_out",
    "sent",
    "published",
    "unchanged",
    "taken_back",
    "decided",
)
MODES = ("adds", "whole")


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("change") as batch_op:
        batch_op.add_column(sa.Column("checked_on", sa.Date(), nullable=True))
    op.create_table(
        "import_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", one_of("state", *STATES), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("delimiter", sa.Text(), nullable=False),
        sa.Column("encoding_is_guessed", sa.Boolean(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("matching", sa.JSON(), nullable=False),
        sa.Column("day_first", sa.Boolean(), nullable=False),
        sa.Column("day_first_is_guessed", sa.Boolean(), nullable=False),
        sa.Column("mode", one_of("mode", *MODES), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("is_split", sa.Boolean(), nullable=False),
        sa.Column("publishes", sa.Boolean(), nullable=False),
        sa.Column("how_checked", one_of("how_checked", "rang_old_number", "website", "known_person"), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_by", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.CheckConstraint("started_by <> ''", name=op.f("ck_import_run_started_by")),
        sa.CheckConstraint(
            "(state IN ('done', 'cancelled', 'failed')) = (ended_at IS NOT NULL)", name=op.f("ck_import_run_ended")
        ),
        sa.CheckConstraint("ended_at IS NULL OR content IS NULL", name=op.f("ck_import_run_content")),
        sa.CheckConstraint("(lease_until IS NULL) = (lease_by = '')", name=op.f("ck_import_run_lease")),
        sa.CheckConstraint("done >= 0 AND total >= 0", name=op.f("ck_import_run_progress")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index(op.f("ix_import_run_state"), "import_run", ["state"])
    op.create_index(op.f("ix_import_run_started_at"), "import_run", ["started_at"])
    op.create_table(
        "import_entry",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", one_of("state", *ENTRY_STATES), nullable=False),
        sa.Column("treatment", one_of("treatment", "undecided", "new", "ours", "leave_out"), nullable=False),
        sa.Column("first_row", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("proposed", sa.JSON(), nullable=True),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("alike", sa.JSON(), nullable=False),
        sa.Column("has_alike", sa.Boolean(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("base_revision", sa.Integer(), nullable=False),
        sa.Column("differences", sa.Integer(), nullable=False),
        sa.Column("last_checked", sa.Date(), nullable=True),
        sa.Column("change_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name=op.f("fk_import_entry_run_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_import_entry_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_import_entry_change_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("run_id", "position", name=op.f("pk_import_entry")),
    )
    for column in ("state", "organisation_id", "change_id"):
        op.create_index(op.f(f"ix_import_entry_{column}"), "import_entry", [column])
    op.create_table(
        "import_memory",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("matching", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("mode", one_of("mode", *MODES), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_import_memory")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("import_memory")
    op.drop_table("import_entry")
    op.drop_table("import_run")
    with op.batch_alter_table("change") as batch_op:
        batch_op.drop_column("checked_on")
