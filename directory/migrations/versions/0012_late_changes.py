"""A task for a change that waits too long."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def kinds() -> list[str]:
    """The kinds that the database knows now, in its order."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("task")
    return next(re.findall(r"'(\w+)'", check["sqltext"]) for check in checks if check["name"] == "ck_task_kind")


def set_kinds(wanted: list[str]) -> None:
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_constraint(op.f("ck_task_kind"), type_="check")
        listed = ", ".join(f"'{kind}'" for kind in wanted)
        batch_op.create_check_constraint(op.f("ck_task_kind"), sa.text(f"kind IN ({listed})"))


def upgrade() -> None:
    """Make the change."""
    set_kinds([*kinds(), "change_late"])


def downgrade() -> None:
    """Take it back."""
    op.execute("DELETE FROM task WHERE kind = 'change_late'")
    set_kinds([kind for kind in kinds() if kind != "change_late"])
