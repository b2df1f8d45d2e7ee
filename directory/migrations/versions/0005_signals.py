"""Signs of entries that may be wrong: websites looked at, reports, suggestions, the register of charities."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATUSES = (
    "fine",
    "restricted",
    "not_found",
    "server_error",
    "refused",
    "no_answer",
    "no_name",
    "bad_certificate",
    "too_slow",
    "too_many_redirects",
)
PROBLEMS = ("number_dead", "wrong_number", "moved", "closed", "no_answer", "other")


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "website_check",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(*STATUSES, name="status", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("failed_on", sa.JSON(), nullable=False),
        sa.Column("moved_to", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_website_check_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "url", name=op.f("pk_website_check")),
    )
    op.create_table(
        "problem_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*PROBLEMS, name="kind", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(text) <= 1000", name=op.f("ck_problem_report_text")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_problem_report_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_problem_report_person_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_problem_report_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_report")),
    )
    op.create_index(op.f("ix_problem_report_at"), "problem_report", ["at"])
    op.create_index(op.f("ix_problem_report_organisation_id"), "problem_report", ["organisation_id"])
    op.create_index(op.f("ix_problem_report_person_id"), "problem_report", ["person_id"])
    op.create_index(op.f("ix_problem_report_task_id"), "problem_report", ["task_id"])
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("how_known", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_suggestion_name")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_suggestion_person_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_suggestion_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
    op.create_index(op.f("ix_suggestion_at"), "suggestion", ["at"])
    op.create_index(op.f("ix_suggestion_person_id"), "suggestion", ["person_id"])
    op.create_index(op.f("ix_suggestion_task_id"), "suggestion", ["task_id"])
    op.create_table(
        "charity",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_charity")),
    )
    op.create_table(
        "signal_round",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_signal_round")),
    )


def downgrade() -> None:
    """Take the change back."""
    for table in ("signal_round", "charity", "suggestion", "problem_report", "website_check"):
        op.drop_table(table)
