"""Mails to officers: an invitation, and a new start."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BEFORE = (
    "please_check", "reminder", "last_email", "your_link", "answer_received", "approved", "declined",
    "contact_changed", "contact_change_asked", "could_not_reach",
)
NEW = ("officer_invited", "officer_reset")


def allow(*kinds: str) -> None:
    named = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_constraint(op.f("ck_outbox_kind"), type_="check")
        outbox.create_check_constraint(op.f("ck_outbox_kind"), f"kind IN ({named})")


def upgrade() -> None:
    """Make the change."""
    allow(*BEFORE, *NEW)


def downgrade() -> None:
    """Take the change back; mails of the new kinds go."""
    op.execute("DELETE FROM outbox WHERE kind IN ('officer_invited', 'officer_reset')")
    allow(*BEFORE)
