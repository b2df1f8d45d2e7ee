"""How the loop that keeps the directory current goes: what was answered, what waits, what is broken."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.changes.models import ChangeRow
from directory.changes.rules import ChangeState
from directory.checks.models import AnswerRow, ContactRow
from directory.checks.rules import AnswerKind, ContactState
from directory.tasks.models import TaskRow
from directory.tasks.rules import TaskKind, TaskState

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """The figures that the public sees beside those of freshness."""

    answered_by_email: int
    """Answers by the organisations' own links in the last 365 days."""
    answered_by_phone: int
    """Answers taken by an officer on the phone in the same time."""
    waiting_changes: int
    """Changes that wait for an officer."""
    oldest_days: int | None
    """Whole days that the oldest of them has waited; None where none waits."""
    bouncing: int
    """Update contacts whose mail comes back."""
    broken_links: int
    """Websites that have failed on three days."""


def loop_figures(session: Session, now: datetime) -> Loop:
    """The figures as they are now."""
    answers = select(func.count()).select_from(AnswerRow).where(AnswerRow.at > now - A_YEAR)
    waiting, oldest = session.execute(
        select(func.count(), func.min(ChangeRow.submitted_at)).where(ChangeRow.state == ChangeState.WAITING)
    ).one()
    bouncing = select(func.count()).select_from(ContactRow).where(ContactRow.state == ContactState.BOUNCING)
    broken = select(func.count()).select_from(TaskRow)
    broken = broken.where(TaskRow.kind == TaskKind.WEBSITE_FAILING, TaskRow.state == TaskState.OPEN)
    return Loop(
        answered_by_email=session.scalars(answers.where(AnswerRow.link_id.is_not(None))).one(),
        answered_by_phone=session.scalars(answers.where(AnswerRow.kind == AnswerKind.PHONE)).one(),
        waiting_changes=waiting,
        oldest_days=max(0, (now - oldest).days) if oldest else None,
        bouncing=session.scalars(bouncing).one(),
        broken_links=session.scalars(broken).one(),
    )
