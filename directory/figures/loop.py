"""How the loop that keeps the directory current goes: what was answered, what waits, what is broken."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
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
    checked_by_source: int
    """Entries that an officer compared with a named page in the same time."""
    waiting_changes: int
    """Changes that wait for an officer."""
    oldest_days: int | None
    """Whole days that the oldest of them has waited; None where none waits."""
    bouncing: int
    """Update contacts whose mail comes back."""
    broken_links: int
    """Websites that have failed on three days."""


def loop_figures(session: Session, now: datetime) -> Loop:
    """The figures as they are now, by one question."""
    answers = select(func.count()).select_from(AnswerRow).where(AnswerRow.at > now - A_YEAR)
    changes = select(ChangeRow.id).where(ChangeRow.state == ChangeState.WAITING)
    by_email, by_phone, by_source, waiting, oldest, bouncing, broken = session.execute(
        select(
            answers.where(AnswerRow.link_id.is_not(None)).scalar_subquery(),
            answers.where(AnswerRow.link_id.is_(None), AnswerRow.kind != AnswerKind.SOURCE).scalar_subquery(),
            answers.where(AnswerRow.kind == AnswerKind.SOURCE).scalar_subquery(),
            changes.with_only_columns(func.count()).scalar_subquery(),
            changes.with_only_columns(func.min(ChangeRow.submitted_at)).scalar_subquery(),
            _bouncing().scalar_subquery(),
            _broken().scalar_subquery(),
        )
    ).one()
    return Loop(
        answered_by_email=by_email,
        answered_by_phone=by_phone,
        checked_by_source=by_source,
        waiting_changes=waiting,
        oldest_days=max(0, (now - oldest).days) if oldest else None,
        bouncing=bouncing,
        broken_links=broken,
    )


def _bouncing() -> Select[int]:
    """Only contacts in use: one that was replaced no longer matters."""
    return (
        select(func.count())
        .select_from(ContactRow)
        .where(ContactRow.state == ContactState.BOUNCING, ContactRow.ended_at.is_(None))
    )


def _broken() -> Select[int]:
    return (
        select(func.count())
        .select_from(TaskRow)
        .where(TaskRow.kind == TaskKind.WEBSITE_FAILING, TaskRow.state == TaskState.OPEN)
    )
