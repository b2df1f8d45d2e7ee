"""Changes that wait too long: who proposed one is owed an answer within five working days. Nothing here commits."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.changes.models import ChangeRow
from directory.changes.rules import ChangeState
from directory.checks.keeping import day_of
from directory.clock import LONDON
from directory.tasks.models import TaskRow
from directory.tasks.operations import open_task
from directory.tasks.rules import TaskKind
from directory.tasks.working_days import working_days_before, working_days_between

ANSWER_WITHIN = 5
"""Working days."""


def late_before(today: date) -> datetime:
    """What was sent before this moment, and still waits, has waited too long."""
    latest = working_days_before(today, ANSWER_WITHIN + 1)
    return datetime.combine(latest + timedelta(days=1), time(), LONDON)


def is_in_time(submitted_at: datetime, decided_at: datetime) -> bool:
    """Whether it was decided within the working days that are promised."""
    return working_days_between(day_of(submitted_at), day_of(decided_at)) <= ANSWER_WITHIN


def open_late_tasks(session: Session, now: datetime) -> int:
    """Open a task for each change that has waited too long, once for each; how many were opened.

    It stands beside the first task of the change, which may be with somebody who is away.
    """
    late = session.execute(
        select(ChangeRow.id, ChangeRow.organisation_id)
        .where(ChangeRow.state == ChangeState.WAITING, ChangeRow.submitted_at < late_before(day_of(now)))
        .order_by(ChangeRow.submitted_at, ChangeRow.id)
    ).all()
    keys = [str(change_id) for change_id, _ in late]
    known = set(session.scalars(select(TaskRow.key).where(TaskRow.kind == TaskKind.CHANGE_LATE, TaskRow.key.in_(keys))))
    new = [(change_id, organisation_id) for change_id, organisation_id in late if str(change_id) not in known]
    for change_id, organisation_id in new:
        open_task(
            session,
            kind=TaskKind.CHANGE_LATE,
            key=str(change_id),
            due_on=day_of(now),
            now=now,
            organisation_id=organisation_id,
            change=str(change_id),
        )
    return len(new)
