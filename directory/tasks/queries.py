"""Reading tasks."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.tasks.models import TaskRow
from directory.tasks.rules import TaskKind, TaskState


def open_tasks(session: Session, *, organisation_id: UUID | None = None) -> Sequence[TaskRow]:
    """Open tasks, of one organisation or all, the most overdue first."""
    query = select(TaskRow).where(TaskRow.state == TaskState.OPEN)
    if organisation_id is not None:
        query = query.where(TaskRow.organisation_id == organisation_id)
    return session.scalars(query.order_by(TaskRow.due_on, TaskRow.created_at, TaskRow.id)).all()


def open_task_of(session: Session, kind: TaskKind, key: str) -> TaskRow | None:
    """The open task of a kind about one thing, if there is one."""
    return session.scalars(
        select(TaskRow).where(TaskRow.state == TaskState.OPEN, TaskRow.kind == kind, TaskRow.key == key)
    ).one_or_none()


def keys_open(session: Session, kind: TaskKind) -> frozenset[str]:
    """What the open tasks of a kind are about."""
    return frozenset(session.scalars(select(TaskRow.key).where(TaskRow.state == TaskState.OPEN, TaskRow.kind == kind)))


def last_finished(session: Session, kind: TaskKind, key: str) -> TaskRow | None:
    """The task of a kind about one thing that was finished last, if one ever was."""
    return session.scalars(
        select(TaskRow)
        .where(TaskRow.state == TaskState.DONE, TaskRow.kind == kind, TaskRow.key == key)
        .order_by(TaskRow.done_at.desc(), TaskRow.id)
        .limit(1)
    ).one_or_none()


def keys_finished_as(session: Session, kind: TaskKind, outcome: str) -> frozenset[str]:
    """What tasks of a kind were about that were finished with this outcome."""
    return frozenset(
        session.scalars(
            select(TaskRow.key).where(TaskRow.state == TaskState.DONE, TaskRow.kind == kind, TaskRow.outcome == outcome)
        )
    )
