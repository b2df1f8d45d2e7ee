"""The table of tasks."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from directory.database import Base, enumeration
from directory.tasks.rules import TaskKind, TaskState


class TaskRow(Base):
    """Something to do. Of one kind about one thing (`key`) there is at most one that is open."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done"),
        CheckConstraint("(snoozed_until IS NULL) = (snooze_reason = '')", name="snooze"),
        Index(
            "uq_task_open",
            "kind",
            "key",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[TaskKind] = mapped_column(enumeration(TaskKind, "kind"))
    key: Mapped[str] = mapped_column(Text)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    due_on: Mapped[date] = mapped_column(index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Ids and codes that the task is about; never a person's name or address."""
    created_at: Mapped[datetime]
    state: Mapped[TaskState] = mapped_column(enumeration(TaskState, "state"))
    done_at: Mapped[datetime | None]
    done_by: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    assigned_to: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"), index=True)
    """The officer who has taken it on."""
    snoozed_until: Mapped[date | None]
    """Nobody is to be bothered with it before this day."""
    snooze_reason: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    """What came of it, in the words of whoever did it."""
