"""When entries are checked for the second time; and no kind of task that nobody opens."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def kinds() -> list[str]:
    """The kinds of tasks that the database knows now, in its order."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("task")
    return next(re.findall(r"'(\w+)'", check["sqltext"]) for check in checks if check["name"] == "ck_task_kind")


def set_kinds(wanted: list[str]) -> None:
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_constraint(op.f("ck_task_kind"), type_="check")
        listed = ", ".join(f"'{kind}'" for kind in wanted)
        batch_op.create_check_constraint(op.f("ck_task_kind"), sa.text(f"kind IN ({listed})"))


def upgrade() -> None:
    """Make the change; entries that are kept already go on as they are."""
    op.add_column("keeping", sa.Column("first_period_days", sa.Integer(), nullable=True))
    set_kinds([kind for kind in kinds() if kind != "suggestion"])


def downgrade() -> None:
    """Take it back."""
    set_kinds([*kinds(), "suggestion"])
    with op.batch_alter_table("keeping") as batch_op:
        batch_op.drop_column("first_period_days")
