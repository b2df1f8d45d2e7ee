from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from directory.audit import AuditEventRow
from directory.tasks.operations import finish_task, open_task
from directory.tasks.queries import open_task_of, open_tasks
from directory.tasks.rules import TaskDone, TaskKind, TaskUnknown

NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)


def ring(session, key="one", due_on=date(2026, 6, 8), **facts):
    return open_task(session, kind=TaskKind.RING, key=key, due_on=due_on, now=NOW, **facts)


def test_the_same_thing_is_a_task_once(session):
    first = ring(session, step="ring")
    again = ring(session, due_on=date(2026, 7, 1))
    assert (again.id, again.due_on, again.facts) == (first.id, date(2026, 6, 8), {"step": "ring"})


def test_when_it_was_done_the_same_thing_can_be_a_task_again(session):
    first = ring(session)
    finish_task(session, first.id, outcome="confirmed", by="officer:1", now=NOW)
    assert open_task_of(session, TaskKind.RING, "one") is None
    assert ring(session).id != first.id


def test_tasks_fall_on_working_days_and_stand_in_the_order_of_their_dates(session):
    saturday, friday = ring(session, "a", date(2026, 6, 6)), ring(session, "b", date(2026, 6, 5))
    assert saturday.due_on == date(2026, 6, 8)
    assert [task.id for task in open_tasks(session)] == [friday.id, saturday.id]


def test_of_two_who_finish_a_task_one_is_told(session):
    task = ring(session)
    finish_task(session, task.id, outcome="confirmed", by="officer:1", now=NOW)
    with pytest.raises(TaskDone):
        finish_task(session, task.id, outcome="no answer", by="officer:2", now=NOW)
    event = session.scalars(select(AuditEventRow)).one()
    assert (event.action, event.actor, event.facts) == (
        "task_done",
        "officer:1",
        {"kind": "ring", "outcome": "confirmed"},
    )


def test_an_unknown_task_is_named_as_such(session):
    with pytest.raises(TaskUnknown):
        finish_task(session, uuid4(), outcome="", by="officer:1", now=NOW)


@pytest.mark.parametrize("change", [update(AuditEventRow).values(actor="nobody"), delete(AuditEventRow)])
def test_the_audit_trail_refuses_to_be_changed(session, change):
    finish_task(session, ring(session).id, outcome="confirmed", by="officer:1", now=NOW)
    session.flush()
    with pytest.raises(DBAPIError, match="only added to"), session.begin_nested():
        session.execute(change)
    assert session.scalars(select(AuditEventRow.actor)).one() == "officer:1"
