"""What waits for the officers, and how the directory stands: the figures that the desk always shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from directory.changes.late import late_before
from directory.changes.models import ChangeRow
from directory.changes.rules import ChangeState
from directory.checks.keeping import day_of
from directory.figures.freshness import Freshness, freshness
from directory.figures.loop import Loop, loop_figures
from directory.organisations.models import OrganisationRow
from directory.organisations.rules import State
from directory.tasks.models import TaskRow
from directory.tasks.rules import TaskKind, TaskState


@dataclass(frozen=True, slots=True)
class TaskFigures:
    """The open tasks of one kind, or of several together."""

    open: int = 0
    due: int = 0
    """Of those, due today or earlier."""
    oldest_due: date | None = None
    """When the one that waits longest was or will be due; None where there is none."""

    def __add__(self, other: "TaskFigures") -> "TaskFigures":
        oldest = min((day for day in (self.oldest_due, other.oldest_due) if day is not None), default=None)
        return TaskFigures(self.open + other.open, self.due + other.due, oldest)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFigures:
    """How the directory stands, and what waits for a person."""

    freshness: Freshness
    loop: Loop
    entries: Mapping[State, int]
    """How many entries are in each state."""
    tasks: Mapping[TaskKind, TaskFigures]
    """Open tasks by kind; a kind with none is there too."""
    late_changes: int
    """Changes that have waited longer than five working days."""

    @property
    def all_tasks(self) -> TaskFigures:
        """All open tasks together."""
        return sum(self.tasks.values(), TaskFigures())


def desk_figures(session: Session, now: datetime) -> DeskFigures:
    """The figures as they are now, by five questions."""
    late = select(func.count()).where(
        ChangeRow.state == ChangeState.WAITING, ChangeRow.submitted_at < late_before(day_of(now))
    )
    return DeskFigures(
        freshness=freshness(session, now),
        loop=loop_figures(session, now),
        entries=_entries(session),
        tasks=_tasks(session, day_of(now)),
        late_changes=session.scalars(late).one(),
    )


def _entries(session: Session) -> Mapping[State, int]:
    found = session.execute(select(OrganisationRow.state, func.count()).group_by(OrganisationRow.state))
    return dict.fromkeys(State, 0) | dict(found.all())


def _tasks(session: Session, today: date) -> Mapping[TaskKind, TaskFigures]:
    found = session.execute(
        select(
            TaskRow.kind, func.count(), func.sum(case((TaskRow.due_on <= today, 1), else_=0)), func.min(TaskRow.due_on)
        )
        .where(TaskRow.state == TaskState.OPEN)
        .group_by(TaskRow.kind)
    )
    return {kind: TaskFigures() for kind in TaskKind} | {kind: TaskFigures(*rest) for kind, *rest in found}
