"""A weekly mail to officers who want it."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def kinds() -> list[str]:
    """The kinds of mail that the database knows now, in its order."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("outbox")
    return next(re.findall(r"'(\w+)'", check["sqltext"]) for check in checks if check["name"] == "ck_outbox_kind")


def set_kinds(wanted: list[str]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in wanted)
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.drop_constraint(op.f("ck_outbox_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_outbox_kind"), sa.text(f"kind IN ({listed})"))


def upgrade() -> None:
    """Make the change."""
    set_kinds([*kinds(), "weekly_digest"])


def downgrade() -> None:
    """Take it back; such mails go."""
    op.execute("DELETE FROM outbox WHERE kind = 'weekly_digest'")
    set_kinds([kind for kind in kinds() if kind != "weekly_digest"])
