"""Reading tasks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from directory.tasks.models import TaskRow
from directory.tasks.rules import URGENCY, TaskKind, TaskState, TaskUnknown


def open_tasks(session: Session, *, organisation_id: UUID | None = None) -> Sequence[TaskRow]:
    """Open tasks, of one organisation or all, the most overdue first."""
    query = select(TaskRow).where(TaskRow.state == TaskState.OPEN)
    if organisation_id is not None:
        query = query.where(TaskRow.organisation_id == organisation_id)
    return session.scalars(query.order_by(TaskRow.due_on, TaskRow.created_at, TaskRow.id)).all()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilter:
    """Which open tasks are wanted; with nothing said, all that are due."""

    kinds: Collection[TaskKind] = ()
    assigned_to: UUID | None = None
    organisation_id: UUID | None = None
    later_too: bool = False
    """Those that are not due yet, or were put off, too."""


def task_page(
    session: Session, wanted: TaskFilter, *, today: date, limit: int, offset: int = 0
) -> tuple[Sequence[TaskRow], int]:
    """Some of the open tasks that are wanted, the most urgent first, and how many there are."""
    held = _wanted(wanted, today)
    rank = case({kind: place for place, kind in enumerate(URGENCY)}, value=TaskRow.kind, else_=len(URGENCY))
    day = func.coalesce(TaskRow.snoozed_until, TaskRow.due_on)
    rows = session.scalars(
        held.order_by(day > today, rank, day, TaskRow.created_at, TaskRow.id).limit(limit).offset(offset)
    ).all()
    return rows, session.scalars(select(func.count()).select_from(held.subquery())).one()


def task_of(session: Session, task_id: UUID) -> TaskRow:
    """One task, open or done. Raises TaskUnknown."""
    row = session.get(TaskRow, task_id)
    if row is None:
        raise TaskUnknown(str(task_id))
    return row


def next_task(session: Session, wanted: TaskFilter, *, today: date) -> UUID | None:
    """The task to do next, of those wanted."""
    rows, _ = task_page(session, wanted, today=today, limit=1)
    return rows[0].id if rows else None


def count_due(session: Session, *, today: date) -> Mapping[TaskKind, int]:
    """How many open tasks are due, by kind."""
    query = (
        _wanted(TaskFilter(), today)
        .with_only_columns(TaskRow.kind, func.count().label("number"))
        .group_by(TaskRow.kind)
    )
    return {row.kind: row.number for row in session.execute(query.order_by(TaskRow.kind))}


def _wanted(wanted: TaskFilter, today: date) -> Select[TaskRow]:
    query = select(TaskRow).where(TaskRow.state == TaskState.OPEN)
    if wanted.kinds:
        query = query.where(TaskRow.kind.in_(wanted.kinds))
    if wanted.assigned_to:
        query = query.where(TaskRow.assigned_to == wanted.assigned_to)
    if wanted.organisation_id:
        query = query.where(TaskRow.organisation_id == wanted.organisation_id)
    if not wanted.later_too:
        query = query.where(func.coalesce(TaskRow.snoozed_until, TaskRow.due_on) <= today)
    return query


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
