"""Changes: what is proposed of an entry, and what was decided about each unit of it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STATES = ("waiting", "approved", "declined", "replaced", "withdrawn")
RISKS = ("contact", "content", "routine")


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("base_revision", sa.Integer(), nullable=False),
        sa.Column("base", sa.JSON(), nullable=True),
        sa.Column("proposed", sa.JSON(), nullable=False),
        sa.Column("origin", one_of("origin", "link", "officer", "suggestion", "import"), nullable=False),
        sa.Column("state", one_of("state", *STATES), nullable=False),
        sa.Column("risk", one_of("risk", *RISKS), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("submitted_through", sa.Text(), nullable=False),
        sa.Column("link_id", sa.Text(), nullable=True),
        sa.Column("answer_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_change_decided")),
        sa.CheckConstraint("(state = 'waiting') = (decided_by = '')", name=op.f("ck_change_decided_by")),
        sa.CheckConstraint("organisation_id IS NOT NULL OR base IS NULL", name=op.f("ck_change_base")),
        sa.CheckConstraint("base_revision >= 0", name=op.f("ck_change_base_revision")),
        sa.CheckConstraint("submitted_through <> ''", name=op.f("ck_change_submitted_through")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_change_organisation_id")),
        sa.ForeignKeyConstraint(["submitted_by"], ["person.id"], name=op.f("fk_change_submitted_by")),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_change_link_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_change_answer_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    for column in ("organisation_id", "state", "submitted_by", "link_id", "answer_id"):
        op.create_index(op.f(f"ix_change_{column}"), "change", [column])
    op.create_table(
        "change_unit",
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("risk", one_of("risk", *RISKS), nullable=False),
        sa.Column("is_warning", sa.Boolean(), nullable=False),
        sa.Column("state", one_of("state", *STATES), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "how_checked", one_of("how_checked", "rang_old_number", "website", "known_person"), nullable=True
        ),
        sa.Column("is_edited", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.CheckConstraint("path <> ''", name=op.f("ck_change_unit_path")),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_change_unit_decided")),
        sa.CheckConstraint("state <> 'declined' OR reason <> ''", name=op.f("ck_change_unit_reason")),
        sa.CheckConstraint("(state = 'approved') = (revision IS NOT NULL)", name=op.f("ck_change_unit_revision")),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_change_unit_change_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("change_id", "position", name=op.f("pk_change_unit")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("change_unit")
    op.drop_table("change")
