"""Checks: how entries are kept, who is asked, the links, the answers; and how an entry stands."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STEPS = (
    "find_keeper",
    "ask",
    "remind",
    "last",
    "ring",
    "ring_again",
    "check_source",
    "check_source_again",
    "mark",
    "decide",
)


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mailing_ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "confirmed",
                "changed",
                "closed",
                "unanswered",
                "restarted",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name=op.f("ck_check_ended")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_check_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check")),
    )
    op.create_index(op.f("ix_check_organisation_id"), "check", ["organisation_id"])
    op.create_index(
        "uq_check_open",
        "check",
        ["organisation_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "active",
                "bouncing",
                "do_not_email",
                "wrong_person",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("position IN (1, 2)", name=op.f("ck_contact_position")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_contact_organisation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contact_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_person_id"), "contact", ["person_id"])
    op.create_index(
        "uq_contact_position",
        "contact",
        ["organisation_id", "position"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "keeping",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "own_link", "phone", "officer_check", name="way", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("source_to_check", sa.Text(), nullable=False),
        sa.Column("period_days", sa.Integer(), nullable=False),
        sa.Column("period_is_set", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("pause_reason", sa.Text(), nullable=False),
        sa.Column("do_not_email", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(paused_until IS NULL) = (pause_reason = '')", name=op.f("ck_keeping_pause")),
        sa.CheckConstraint("period_days BETWEEN 1 AND 365", name=op.f("ck_keeping_period_days")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_keeping_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_keeping")),
    )
    op.create_index("ix_keeping_due", "keeping", ["due_on", "looked_on"])
    op.create_table(
        "check_mail",
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column(
            "step", sa.Enum(*STEPS, name="step", native_enum=False, create_constraint=True, length=30), nullable=False
        ),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("mailed_on", sa.Date(), nullable=True),
        sa.Column("outbox_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["check_id"], ["check.id"], name=op.f("fk_check_mail_check_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_check_mail_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("check_id", "step", "contact_id", name=op.f("pk_check_mail")),
    )
    op.create_index(op.f("ix_check_mail_contact_id"), "check_mail", ["contact_id"])
    op.create_index(
        "ix_check_mail_waiting",
        "check_mail",
        ["contact_id"],
        sqlite_where=sa.text("mailed_on IS NULL"),
        postgresql_where=sa.text("mailed_on IS NULL"),
    )
    op.create_table(
        "check_step",
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column(
            "step", sa.Enum(*STEPS, name="step", native_enum=False, create_constraint=True, length=30), nullable=False
        ),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["check.id"], name=op.f("fk_check_step_check_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("check_id", "step", name=op.f("pk_check_step")),
    )
    op.create_table(
        "contact_change",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("is_agreed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_change_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contact_change_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_change")),
    )
    op.create_index(op.f("ix_contact_change_contact_id"), "contact_change", ["contact_id"])
    op.create_index(op.f("ix_contact_change_person_id"), "contact_change", ["person_id"])
    op.create_table(
        "link",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("check_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was_asked_for", sa.Boolean(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_by", sa.Text(), nullable=True),
        sa.CheckConstraint("expires_at > issued_at", name=op.f("ck_link_expires")),
        sa.ForeignKeyConstraint(["check_id"], ["check.id"], name=op.f("fk_link_check_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_link_contact_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_link_organisation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["replaced_by"], ["link.id"], name=op.f("fk_link_replaced_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
    )
    op.create_index(op.f("ix_link_check_id"), "link", ["check_id"])
    op.create_index(op.f("ix_link_contact_id"), "link", ["contact_id"])
    op.create_index(op.f("ix_link_organisation_id"), "link", ["organisation_id"])
    op.create_table(
        "answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Text(), nullable=True),
        sa.Column("check_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "all_correct",
                "changed",
                "part",
                "closed",
                "wrong_person",
                "phone",
                "source",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("right_person_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(link_id IS NULL) = (kind IN ('phone', 'source'))", name=op.f("ck_answer_link")),
        sa.ForeignKeyConstraint(["check_id"], ["check.id"], name=op.f("fk_answer_check_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_answer_link_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_answer_organisation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_answer_person_id")),
        sa.ForeignKeyConstraint(["right_person_id"], ["person.id"], name=op.f("fk_answer_right_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("link_id", name=op.f("uq_answer_link_id")),
    )
    op.create_index(op.f("ix_answer_check_id"), "answer", ["check_id"])
    op.create_index(op.f("ix_answer_organisation_id"), "answer", ["organisation_id"])
    op.create_index(op.f("ix_answer_person_id"), "answer", ["person_id"])
    op.create_index(op.f("ix_answer_right_person_id"), "answer", ["right_person_id"])
    op.create_table(
        "draft",
        sa.Column("link_id", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_draft_link_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_draft")),
    )
    with op.batch_alter_table("organisation") as batch_op:
        batch_op.add_column(sa.Column("overdue_since", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("told_changed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("told_closed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("organisation") as batch_op:
        batch_op.drop_column("told_closed_on")
        batch_op.drop_column("told_changed_on")
        batch_op.drop_column("overdue_since")
    for table in (
        "draft",
        "answer",
        "link",
        "contact_change",
        "check_step",
        "check_mail",
        "keeping",
        "contact",
        "check",
    ):
        op.drop_table(table)
