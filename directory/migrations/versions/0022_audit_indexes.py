"""The audit trail is read by who, what and which entry; nor can an event be put in the place of another."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.drop_index(op.f("ix_audit_event_organisation_id"), "audit_event")
    op.create_index("ix_audit_event_organisation_id", "audit_event", ["organisation_id", "id"])
    op.create_index("ix_audit_event_actor", "audit_event", ["actor", "id"])
    op.create_index("ix_audit_event_action", "audit_event", ["action", "id"])
    if op.get_bind().dialect.name == "sqlite":  # INSERT OR REPLACE deletes without asking the trigger of DELETE
        op.execute(
            "CREATE TRIGGER audit_event_refuse_replace BEFORE INSERT ON audit_event "
            "WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id) "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END"
        )


def downgrade() -> None:
    """Take the change back."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_event_refuse_replace")
    op.drop_index("ix_audit_event_action", "audit_event")
    op.drop_index("ix_audit_event_actor", "audit_event")
    op.drop_index("ix_audit_event_organisation_id", "audit_event")
    op.create_index(op.f("ix_audit_event_organisation_id"), "audit_event", ["organisation_id"])
