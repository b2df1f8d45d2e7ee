"""Listing: hiding with a reason, joined duplicates, the inclusion check, what is not listed again; closed by phone."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TASKS = (
    "find_keeper",
    "ring",
    "ring_again",
    "decide_entry",
    "check_source",
    "review_change",
    "told_of_change",
    "told_of_closing",
    "wrong_person",
    "contact_change",
    "bounced",
    "mail_refused",
    "website_failing",
    "number_invalid",
    "duplicate",
    "problem_report",
    "no_answer",
    "register_changed",
    "suggestion",
)
OUTCOMES = ("confirmed", "changed", "closed", "unanswered", "restarted")
LINK_BEFORE = "(link_id IS NULL) = (kind IN ('phone', 'source'))"
LINK = (
    "(link_id IS NOT NULL OR kind IN ('phone', 'source', 'closed'))"
    " AND (link_id IS NULL OR kind NOT IN ('phone', 'source'))"
)
STATES = ("waiting", "hidden", "refused", "ended")
OPEN = sa.text("state IN ('waiting', 'hidden')")


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def replace_check(table: str, name: str, condition: str) -> None:
    """Put another condition in the place of one."""
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)


def among(column: str, values: Sequence[str]) -> str:
    return f"{column} IN ({', '.join(map(repr, values))})"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("organisation") as batch_op:
        batch_op.add_column(sa.Column("joined_into", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_organisation_joined_into"), "organisation", ["joined_into"], ["id"]
        )
        batch_op.create_check_constraint(
            op.f("ck_organisation_joined_into"), "joined_into IS NULL OR (joined_into <> id AND state <> 'public')"
        )
        batch_op.create_index(op.f("ix_organisation_joined_into"), ["joined_into"])
    replace_check("task", "kind", among("kind", (*TASKS, "confirm_hiding")))
    replace_check("check", "outcome", among("outcome", (*OUTCOMES, "hidden")))
    replace_check("answer", "link", LINK)
    _make_hiding()
    _make_inclusion_check()
    _make_not_listed()


def downgrade() -> None:
    """Take the change back; what the older code cannot say is said otherwise, or goes."""
    for table in ("not_listed", "inclusion_check", "hiding"):
        op.drop_table(table)
    op.execute("DELETE FROM answer WHERE kind = 'closed' AND link_id IS NULL")
    replace_check("answer", "link", LINK_BEFORE)
    op.execute("UPDATE \"check\" SET outcome = 'restarted' WHERE outcome = 'hidden'")
    replace_check("check", "outcome", among("outcome", OUTCOMES))
    op.execute("DELETE FROM task WHERE kind = 'confirm_hiding'")
    replace_check("task", "kind", among("kind", TASKS))
    with op.batch_alter_table("organisation") as batch_op:
        batch_op.drop_index(op.f("ix_organisation_joined_into"))
        batch_op.drop_constraint(op.f("ck_organisation_joined_into"), type_="check")
        batch_op.drop_constraint(op.f("fk_organisation_joined_into"), type_="foreignkey")
        batch_op.drop_column("joined_into")


def _make_hiding() -> None:
    op.create_table(
        "hiding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("state", one_of("state", *STATES), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("only_match", sa.JSON(), nullable=False),
        sa.Column("joined_into", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_hiding_reason")),
        sa.CheckConstraint("asked_by <> ''", name=op.f("ck_hiding_asked_by")),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_hiding_decided")),
        sa.CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name=op.f("ck_hiding_ended")),
        sa.CheckConstraint("joined_into <> organisation_id", name=op.f("ck_hiding_joined_into")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_hiding_organisation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["joined_into"], ["organisation.id"], name=op.f("fk_hiding_joined_into")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hiding")),
    )
    op.create_index(op.f("ix_hiding_organisation_id"), "hiding", ["organisation_id"])
    op.create_index(op.f("ix_hiding_joined_into"), "hiding", ["joined_into"])
    op.create_index(
        "uq_hiding_open", "hiding", ["organisation_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )


def _make_inclusion_check() -> None:
    op.create_table(
        "inclusion_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("met", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("checked_by <> ''", name=op.f("ck_inclusion_check_checked_by")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_inclusion_check_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inclusion_check")),
    )
    op.create_index(op.f("ix_inclusion_check_organisation_id"), "inclusion_check", ["organisation_id"])


def _make_not_listed() -> None:
    op.create_table(
        "not_listed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_not_listed_name")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_not_listed_reason")),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by = '')", name=op.f("ck_not_listed_ended")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_not_listed_organisation_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_listed")),
    )
    op.create_index(op.f("ix_not_listed_organisation_id"), "not_listed", ["organisation_id"])
