"""A change that waits longer than five working days becomes a task."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.changes.late import is_in_time, late_before, open_late_tasks
from directory.changes.operations import decline
from directory.changes.rules import Origin
from directory.tasks.models import TaskRow
from directory.tasks.operations import finish_task
from directory.tasks.rules import TaskKind, TaskState
from tests.factories import NOW, published, put_taxonomy
from tests.unit.changes.test_decisions import BASE, proposed

MONDAY, NEXT_MONDAY, TUESDAY = (datetime(2026, 6, day, 10, tzinfo=UTC) for day in (8, 15, 16))


@pytest.mark.parametrize(
    ("sent", "decided", "in_time"),
    [
        (MONDAY, NEXT_MONDAY, True),  # the fifth working day after
        (MONDAY, TUESDAY, False),
        (datetime(2026, 6, 6, 10, tzinfo=UTC), datetime(2026, 6, 12, 22, tzinfo=UTC), True),  # sent on a Saturday
        (
            datetime(2026, 12, 23, 10, tzinfo=UTC),
            datetime(2027, 1, 4, 10, tzinfo=UTC),
            True,
        ),  # two days off, and New Year
        (datetime(2026, 6, 7, 23, 30, tzinfo=UTC), TUESDAY, False),  # Monday in London's summer
    ],
)
def test_five_working_days_are_in_time(sent: datetime, decided: datetime, *, in_time: bool) -> None:
    assert is_in_time(sent, decided) is in_time


@pytest.mark.parametrize("today", [date(2026, 6, 1) + timedelta(days=n) for n in range(35)])
def test_what_was_sent_before_the_moment_is_late_and_nothing_else(today: date) -> None:
    moment, hour, noon = (
        late_before(today),
        timedelta(hours=1),
        datetime(today.year, today.month, today.day, 12, tzinfo=UTC),
    )
    assert not is_in_time(moment - hour, noon)
    assert is_in_time(moment + hour, noon)


def late_tasks(session: Session) -> list[TaskRow]:
    return list(session.scalars(select(TaskRow).where(TaskRow.kind == TaskKind.CHANGE_LATE).order_by(TaskRow.id)))


@pytest.fixture
def change(session: Session) -> UUID:
    """A change that was sent on Wednesday, 3 June."""
    put_taxonomy(session)
    return proposed(session, published(session, BASE), origin=Origin.LINK).id


def test_a_change_that_waits_too_long_becomes_one_task(session: Session, change: UUID) -> None:
    assert open_late_tasks(session, NOW + timedelta(days=7)) == 0  # Wednesday a week later: the fifth working day
    assert open_late_tasks(session, NOW + timedelta(days=8)) == 1
    assert open_late_tasks(session, NOW + timedelta(days=9)) == 0
    (task,) = late_tasks(session)
    assert (task.key, task.due_on, task.facts) == (str(change), date(2026, 6, 11), {"change": str(change)})


def test_deciding_settles_it(session: Session, change: UUID) -> None:
    open_late_tasks(session, NOW + timedelta(days=8))
    decline(session, change, reason="No.", by="officer:1", now=NOW + timedelta(days=8))
    assert [task.state for task in late_tasks(session)] == [TaskState.DONE]
    assert open_late_tasks(session, NOW + timedelta(days=30)) == 0


def test_one_that_somebody_has_done_is_not_opened_again(session: Session, change: UUID) -> None:
    open_late_tasks(session, NOW + timedelta(days=8))
    (task,) = late_tasks(session)
    finish_task(session, task.id, outcome="waits for their board", by="officer:1", now=NOW + timedelta(days=8))
    assert open_late_tasks(session, NOW + timedelta(days=30)) == 0
