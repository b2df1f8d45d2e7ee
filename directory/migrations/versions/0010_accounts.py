"""Officers: what they may do and sign in with, their sessions, recovery codes, invitations and counted tries."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "officer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", one_of("role", "viewer", "officer", "manager"), nullable=False),
        sa.Column("state", one_of("state", "invited", "active", "disabled"), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("last_code_step", sa.Integer(), nullable=False),
        sa.Column("weekly_digest", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'active' OR (password_hash <> '' AND sealed_secret <> '')", name=op.f("ck_officer_active")
        ),
        sa.CheckConstraint("last_code_step >= 0", name=op.f("ck_officer_last_code_step")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_officer_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
        sa.UniqueConstraint("person_id", name=op.f("uq_officer_person_id")),
    )
    op.create_table(
        "officer_session",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_officer_session_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_session")),
    )
    op.create_index(op.f("ix_officer_session_officer_id"), "officer_session", ["officer_id"])
    op.create_table(
        "recovery_code",
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_recovery_code_officer_id")),
        sa.PrimaryKeyConstraint("officer_id", "digest", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", one_of("purpose", "invite", "reset", "demo"), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > issued_at", name=op.f("ck_invitation_expires")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_invitation_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    op.create_index(op.f("ix_invitation_officer_id"), "invitation", ["officer_id"])
    op.create_table(
        "sign_in_tries",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("tries > 0", name=op.f("ck_sign_in_tries_tries")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sign_in_tries")),
    )
    op.create_index(op.f("ix_sign_in_tries_last_at"), "sign_in_tries", ["last_at"])


def downgrade() -> None:
    """Take the change back."""
    for table in ("sign_in_tries", "invitation", "recovery_code", "officer_session", "officer"):
        op.drop_table(table)
