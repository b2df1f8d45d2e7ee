"""What officers do with tasks: take one on, put it off, say what came of it; and what they are shown first."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.audit import AuditEventRow
from directory.signals import rules as signals
from directory.tasks.models import TaskRow
from directory.tasks.operations import assign_task, end_by_hand, finish_task, open_task, snooze_task, wake_task
from directory.tasks.queries import TaskFilter, count_due, keys_finished_as, next_task, task_page
from directory.tasks.rules import (
    BY_HAND,
    URGENCY,
    Outcome,
    OutcomeRefused,
    SnoozeRefused,
    TaskDone,
    TaskKind,
    TaskState,
    outcomes_of,
)

NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
TODAY = date(2026, 6, 3)
BY = "officer:1"


def task(session: Session, kind: TaskKind = TaskKind.RING, *, due_on: date = TODAY, key: str = "") -> TaskRow:
    return open_task(session, kind=kind, key=key or str(uuid4()), due_on=due_on, now=NOW)


def page(session: Session, **wanted: object) -> list[UUID]:
    rows, number = task_page(session, TaskFilter(**wanted), today=TODAY, limit=50)  # type: ignore[arg-type]
    assert number == len(rows)
    return [row.id for row in rows]


def test_every_kind_has_its_urgency_and_no_kind_two() -> None:
    assert sorted(URGENCY) == sorted(TaskKind)


def test_what_misleads_the_public_comes_first_and_then_the_oldest(session: Session) -> None:
    ring_old = task(session, due_on=date(2026, 5, 1))
    ring = task(session)
    later = task(session, TaskKind.TOLD_OF_CLOSING, due_on=TODAY + timedelta(days=5))
    dead = task(session, TaskKind.NUMBER_INVALID)
    assert page(session) == [dead.id, ring_old.id, ring.id]
    assert page(session, later_too=True) == [dead.id, ring_old.id, ring.id, later.id]
    assert next_task(session, TaskFilter(kinds={TaskKind.RING}), today=TODAY) == ring_old.id
    assert next_task(session, TaskFilter(kinds={TaskKind.BOUNCED}), today=TODAY) is None
    assert count_due(session, today=TODAY) == {TaskKind.RING: 2, TaskKind.NUMBER_INVALID: 1}


def test_a_task_that_is_put_off_comes_back_on_its_day(session: Session) -> None:
    ring = task(session)
    snooze_task(session, ring.id, until=date(2026, 6, 13), reason=" On leave ", by=BY, now=NOW)
    assert page(session) == []
    rows, _ = task_page(session, TaskFilter(), today=date(2026, 6, 15), limit=1)
    assert [(row.snoozed_until, row.snooze_reason) for row in rows] == [(date(2026, 6, 15), "On leave")]
    wake_task(session, ring.id, by=BY, now=NOW)
    assert page(session) == [ring.id]


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        (TODAY, "later"),
        (TODAY - timedelta(days=1), "later"),
        (TODAY + timedelta(days=91), "later"),
        (date(2026, 6, 9), " "),
    ],
)
def test_nothing_is_put_off_without_a_reason_or_for_too_long(session: Session, until: date, reason: str) -> None:
    ring = task(session)
    with pytest.raises(SnoozeRefused):
        snooze_task(session, ring.id, until=until, reason=reason, by=BY, now=NOW)
    assert page(session) == [ring.id]


def test_how_a_task_ends_is_kept_with_the_words_and_in_the_trail(session: Session) -> None:
    dead = task(session, TaskKind.NUMBER_INVALID, key="one")
    end_by_hand(session, dead.id, outcome=Outcome.NUMBER_WORKS, note=" Rang it ", by=BY, now=NOW)
    session.refresh(dead)
    assert (dead.state, dead.outcome, dead.note, dead.done_by) == (TaskState.DONE, "number_works", "Rang it", BY)
    event = session.scalars(select(AuditEventRow)).one()
    assert (event.action, event.facts) == ("task_done", {"kind": "number_invalid", "outcome": "number_works"})


def test_a_task_ends_only_as_its_kind_may(session: Session) -> None:
    review, ring = task(session, TaskKind.REVIEW_CHANGE), task(session)
    refused = [(review, Outcome.OTHER, "x"), (ring, Outcome.WEBSITE_WORKS, ""), (ring, Outcome.OTHER, " ")]
    for row, outcome, note in refused:
        with pytest.raises(OutcomeRefused):
            end_by_hand(session, row.id, outcome=outcome, note=note, by=BY, now=NOW)
    assert outcomes_of(TaskKind.REVIEW_CHANGE) == ()
    assert all(Outcome.OTHER in outcomes_of(kind) for kind in BY_HAND)


def test_nothing_happens_to_a_task_that_is_done(session: Session) -> None:
    ring = task(session)
    finish_task(session, ring.id, outcome="confirmed", by=BY, now=NOW)
    for act in (
        lambda: assign_task(session, ring.id, officer_id=None, by=BY, now=NOW),
        lambda: wake_task(session, ring.id, by=BY, now=NOW),
        lambda: snooze_task(session, ring.id, until=date(2026, 6, 9), reason="x", by=BY, now=NOW),
        lambda: end_by_hand(session, ring.id, outcome=Outcome.NO_ANSWER, note="", by=BY, now=NOW),
    ):
        with pytest.raises(TaskDone):
            act()


def test_what_is_remembered_of_tasks_is_what_the_signs_look_for(session: Session) -> None:
    assert (signals.NOT_A_DUPLICATE, signals.NUMBER_WORKS) == (Outcome.NOT_A_DUPLICATE, Outcome.NUMBER_WORKS)
    pair = task(session, TaskKind.DUPLICATE, key="a b")
    end_by_hand(session, pair.id, outcome=Outcome.NOT_A_DUPLICATE, note="", by=BY, now=NOW)
    assert keys_finished_as(session, TaskKind.DUPLICATE, signals.NOT_A_DUPLICATE) == {"a b"}
