"""Opening and finishing tasks. Nothing here commits."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from directory import audit
from directory.tasks.models import TaskRow
from directory.tasks.queries import open_task_of
from directory.tasks.rules import TaskDone, TaskKind, TaskState, TaskUnknown
from directory.tasks.working_days import same_or_next_working_day


def open_task(
    session: Session,
    *,
    kind: TaskKind,
    key: str,
    due_on: date,
    now: datetime,
    organisation_id: UUID | None = None,
    **facts: str | int | bool | None,
) -> TaskRow:
    """Open a task, due on a working day; where one of this kind and key is open, that one is given back unchanged."""
    held = open_task_of(session, kind, key)
    if held is not None:
        return held
    row = TaskRow(
        id=uuid4(),
        kind=kind,
        key=key,
        organisation_id=organisation_id,
        due_on=same_or_next_working_day(due_on),
        facts=facts,
        created_at=now,
        state=TaskState.OPEN,
        done_at=None,
        done_by="",
        outcome="",
    )
    session.add(row)
    session.flush()  # the database refuses a second open one here, where the caller can still tell
    return row


def finish_task(session: Session, task_id: UUID, *, outcome: str, by: str, now: datetime) -> None:
    """Mark a task as done. Raises TaskUnknown, or TaskDone if somebody was faster."""
    row = session.get(TaskRow, task_id)
    if row is None:
        raise TaskUnknown(str(task_id))
    finished = session.execute(
        update(TaskRow)
        .where(TaskRow.id == task_id, TaskRow.state == TaskState.OPEN)
        .values(state=TaskState.DONE, done_at=now, done_by=by, outcome=outcome)
        .returning(TaskRow.id)
    )
    if finished.one_or_none() is None:
        raise TaskDone(str(task_id))
    audit.record(
        session,
        actor=by,
        action="task_done",
        now=now,
        organisation_id=row.organisation_id,
        subject=str(task_id),
        kind=row.kind.value,
        outcome=outcome,
    )


def count_one_more(session: Session, task_id: UUID, fact: str) -> int:
    """Raise a number among a task's facts by one and return it; of several who do so at once each gets its own.

    Raises TaskUnknown.
    """
    row = session.get(TaskRow, task_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise TaskUnknown(str(task_id))
    number = int(row.facts.get(fact, 0)) + 1
    row.facts = {**row.facts, fact: number}
    return number
