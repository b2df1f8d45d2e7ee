"""Opening and finishing tasks. Nothing here commits."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from directory import audit
from directory.clock import LONDON
from directory.tasks.models import TaskRow
from directory.tasks.queries import open_task_of
from directory.tasks.rules import (
    LONGEST_NOTE,
    LONGEST_SNOOZE,
    Outcome,
    OutcomeRefused,
    SnoozeRefused,
    TaskDone,
    TaskKind,
    TaskState,
    TaskUnknown,
    outcomes_of,
)
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
        assigned_to=None,
        snoozed_until=None,
        snooze_reason="",
        note="",
        done_at=None,
        done_by="",
        outcome="",
    )
    session.add(row)
    session.flush()  # the database refuses a second open one here, where the caller can still tell
    return row


def finish_task(session: Session, task_id: UUID, *, outcome: str, by: str, now: datetime, note: str = "") -> None:
    """Mark a task as done. Raises TaskUnknown, or TaskDone if somebody was faster."""
    row = _task(session, task_id)
    finished = session.execute(
        update(TaskRow)
        .where(TaskRow.id == task_id, TaskRow.state == TaskState.OPEN)
        .values(state=TaskState.DONE, done_at=now, done_by=by, outcome=outcome, note=note)
        .returning(TaskRow.id)
    )
    if finished.one_or_none() is None:
        raise TaskDone(str(task_id))
    _audit(session, row, "task_done", by, now, kind=row.kind.value, outcome=outcome)


def end_by_hand(session: Session, task_id: UUID, *, outcome: Outcome, note: str, by: str, now: datetime) -> None:
    """An officer says what came of a task. Raises OutcomeRefused, and what `finish_task` raises."""
    row = _task(session, task_id)
    said = note.strip()[:LONGEST_NOTE]
    if outcome not in outcomes_of(row.kind) or (outcome is Outcome.OTHER and not said):
        raise OutcomeRefused(f"{row.kind} {outcome}")
    finish_task(session, task_id, outcome=outcome.value, by=by, now=now, note=said)


def assign_task(session: Session, task_id: UUID, *, officer_id: UUID | None, by: str, now: datetime) -> None:
    """Give an open task to an officer, or back to all. Raises TaskUnknown or TaskDone."""
    row = _open(session, task_id)
    row.assigned_to = officer_id
    _audit(session, row, "task_assigned", by, now, officer=str(officer_id) if officer_id else None)


def snooze_task(session: Session, task_id: UUID, *, until: date, reason: str, by: str, now: datetime) -> None:
    """Put an open task off to a later working day. Raises TaskUnknown, TaskDone or SnoozeRefused."""
    row = _open(session, task_id)
    days = (until - now.astimezone(LONDON).date()).days
    if not reason.strip() or not 0 < days <= LONGEST_SNOOZE:
        raise SnoozeRefused(f"{until}")
    row.snoozed_until, row.snooze_reason = same_or_next_working_day(until), reason.strip()[:LONGEST_NOTE]
    _audit(session, row, "task_snoozed", by, now, until=row.snoozed_until.isoformat())


def wake_task(session: Session, task_id: UUID, *, by: str, now: datetime) -> None:
    """Take up a task again that was put off. Raises TaskUnknown or TaskDone."""
    row = _open(session, task_id)
    row.snoozed_until, row.snooze_reason = None, ""
    _audit(session, row, "task_woken", by, now)


def count_one_more(session: Session, task_id: UUID, fact: str) -> int:
    """Raise a number among a task's facts by one and return it; of several who do so at once each gets its own.

    Raises TaskUnknown.
    """
    row = _task(session, task_id, locked=True)
    number = int(row.facts.get(fact, 0)) + 1
    row.facts = {**row.facts, fact: number}
    return number


def _task(session: Session, task_id: UUID, *, locked: bool = False) -> TaskRow:
    row = session.get(TaskRow, task_id, with_for_update=locked, populate_existing=locked)
    if row is None:
        raise TaskUnknown(str(task_id))
    return row


def _open(session: Session, task_id: UUID) -> TaskRow:
    row = _task(session, task_id, locked=True)
    if row.state is not TaskState.OPEN:
        raise TaskDone(str(task_id))
    return row


def _audit(session: Session, row: TaskRow, action: str, by: str, now: datetime, **facts: str | None) -> None:
    audit.record(
        session,
        actor=by,
        action=action,
        now=now,
        organisation_id=row.organisation_id,
        subject=str(row.id),
        **facts,
    )
