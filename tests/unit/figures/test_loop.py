"""The figures of the loop that keeps the directory current."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from directory.figures.loop import Loop, loop_figures
from directory.tasks.operations import finish_task, open_task
from directory.tasks.rules import TaskKind

NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)


def test_before_anything_happened_every_figure_is_nothing(session: Session) -> None:
    assert loop_figures(session, NOW) == Loop(
        answered_by_email=0,
        answered_by_phone=0,
        checked_by_source=0,
        waiting_changes=0,
        oldest_days=None,
        bouncing=0,
        broken_links=0,
    )


def test_a_failing_website_counts_until_somebody_has_seen_to_it(session: Session) -> None:
    task = open_task(session, kind=TaskKind.WEBSITE_FAILING, key="a", due_on=NOW.date(), now=NOW)
    assert loop_figures(session, NOW).broken_links == 1
    finish_task(session, task.id, outcome="mended", by="officer:1", now=NOW)
    assert loop_figures(session, NOW).broken_links == 0
