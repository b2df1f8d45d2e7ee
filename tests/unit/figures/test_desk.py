"""The figures that the desk always shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from sqlalchemy import event
from sqlalchemy.orm import Session

from directory.changes.rules import Origin
from directory.figures.desk import TaskFigures, desk_figures
from directory.organisations.rules import State
from directory.tasks.operations import finish_task, open_task
from directory.tasks.rules import TaskKind
from tests.factories import NOW, details, published, put_taxonomy, saved
from tests.unit.changes.test_decisions import BASE, proposed


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The questions that are put to the database meanwhile."""
    asked: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", see)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", see)


def test_an_empty_directory_has_nothing_to_show(session: Session) -> None:
    figures = desk_figures(session, NOW)
    assert figures.entries == dict.fromkeys(State, 0)
    assert figures.all_tasks == TaskFigures(0, 0, None)
    assert (figures.late_changes, figures.loop.waiting_changes, figures.freshness.entries) == (0, 0, 0)


def test_what_waits_is_counted_by_kind_and_by_what_is_due(session: Session) -> None:
    today = NOW.date()
    for key, days in (("a", 0), ("b", 1), ("c", -5)):
        open_task(session, kind=TaskKind.RING, key=key, due_on=today + timedelta(days=days), now=NOW)
    done = open_task(session, kind=TaskKind.RING, key="d", due_on=today - timedelta(days=9), now=NOW)
    finish_task(session, done.id, outcome="rung", by="officer:1", now=NOW)
    open_task(session, kind=TaskKind.DUPLICATE, key="a", due_on=today - timedelta(days=9), now=NOW)
    figures = desk_figures(session, NOW)
    assert figures.tasks[TaskKind.RING] == TaskFigures(open=3, due=2, oldest_due=date(2026, 5, 29))
    assert figures.tasks[TaskKind.BOUNCED] == TaskFigures()
    assert figures.all_tasks == TaskFigures(open=4, due=3, oldest_due=date(2026, 5, 26))


def test_entries_are_counted_by_state_and_changes_by_how_long_they_wait(session: Session) -> None:
    put_taxonomy(session)
    saved(session, details(name="A draft"), slug="a-draft")
    proposed(session, published(session, BASE), origin=Origin.LINK)
    assert desk_figures(session, NOW).entries == {State.DRAFT: 1, State.PUBLIC: 1, State.HIDDEN: 0}
    assert desk_figures(session, NOW + timedelta(days=7)).late_changes == 0
    assert desk_figures(session, NOW + timedelta(days=8)).late_changes == 1


def test_it_asks_few_questions(session: Session) -> None:
    with counted(session) as asked:
        desk_figures(session, NOW)
    assert len(asked) <= 6
