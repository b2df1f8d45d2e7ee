"""Tasks that an officer takes on, puts off, and ends with some words."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("task") as table:
        table.add_column(sa.Column("assigned_to", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("snoozed_until", sa.Date(), nullable=True))
        table.add_column(sa.Column("snooze_reason", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
        table.create_foreign_key(op.f("fk_task_assigned_to"), "officer", ["assigned_to"], ["id"])
        table.create_check_constraint(op.f("ck_task_snooze"), "(snoozed_until IS NULL) = (snooze_reason = '')")
        table.create_index(op.f("ix_task_assigned_to"), ["assigned_to"])
    with op.batch_alter_table("task") as table:
        table.alter_column("snooze_reason", server_default=None)
        table.alter_column("note", server_default=None)


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("task") as table:
        table.drop_index(op.f("ix_task_assigned_to"))
        table.drop_constraint(op.f("ck_task_snooze"), type_="check")
        table.drop_constraint(op.f("fk_task_assigned_to"), type_="foreignkey")
        for column in ("note", "snooze_reason", "snoozed_until", "assigned_to"):
            table.drop_column(column)
