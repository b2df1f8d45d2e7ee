"""The six-monthly report to the partnership board: what was so at the end of a half year, and what happened in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from directory.audit import AuditEventRow
from directory.changes.late import is_in_time
from directory.changes.models import ChangeRow
from directory.changes.rules import ChangeState
from directory.checks.keeping import day_of
from directory.checks.models import AnswerRow, CheckMailRow
from directory.checks.rules import AnswerKind, Step
from directory.figures.freshness import Freshness, measure
from directory.figures.past import past
from directory.figures.periods import HalfYear
from directory.tasks.models import TaskRow
from directory.tasks.rules import TaskKind

AGES = (0, 90, 180, 365)
"""Days at which the groups of ages begin; the last has no end."""
MAIL_STEPS = (Step.ASK, Step.REMIND, Step.LAST)
A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How current the directory was at a moment."""

    freshness: Freshness
    ages: Sequence[int]
    """Entries by how long ago they were confirmed, in the groups of AGES."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFigures:
    """Answers by the way in which they came."""

    by_link: Mapping[AnswerKind, int]
    """By what was said."""
    by_phone: int
    by_source: int
    """An officer compared the entry with a named page."""

    @property
    def all_by_link(self) -> int:
        """All answers by link."""
        return sum(self.by_link.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFigures:
    """Mails that asked organisations to check their entries."""

    sent: int
    asked: Mapping[Step, int]
    """Entries that were asked about, by the step of asking."""
    bounces: int
    """Update contacts whose mail began to come back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFigures:
    """What became of proposed changes."""

    received: int = 0
    approved: int = 0
    """With at least one unit of it."""
    declined: int = 0
    in_time: int = 0
    """Of those approved or declined, decided within five working days."""
    waiting: int = 0
    """At the end."""

    @property
    def decided(self) -> int:
        """How many somebody decided about."""
        return self.approved + self.declined


@dataclass(frozen=True, slots=True)
class TaskFlow:
    """Tasks of one kind, or of all."""

    opened: int = 0
    done: int = 0
    open: int = 0
    """At the end."""

    def __add__(self, other: "TaskFlow") -> "TaskFlow":
        return TaskFlow(self.opened + other.opened, self.done + other.done, self.open + other.open)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardReport:
    """All figures of one half year; of one that is not over, up to now."""

    period: HalfYear
    until: datetime
    """When it ends, or the moment of the report if that is earlier."""
    is_over: bool
    before: Standing
    """At its beginning."""
    after: Standing
    """At its end."""
    added: int
    """Entries that became public for the first time."""
    hidden: int
    """Times that an entry was hidden."""
    answers: AnswerFigures
    mails: MailFigures
    changes: ChangeFigures
    tasks: Mapping[TaskKind, TaskFlow]

    @property
    def all_tasks(self) -> TaskFlow:
        """All tasks together."""
        return sum(self.tasks.values(), TaskFlow())


def board_report(session: Session, period: HalfYear, now: datetime) -> BoardReport:
    """The figures of a half year, from what is stored."""
    start, end = period.start, min(period.end, now)
    held = past(session, (start, end))
    return BoardReport(
        period=period,
        until=end,
        is_over=period.end <= now,
        before=_standing(held.ages[0]),
        after=_standing(held.ages[1]),
        added=held.added,
        hidden=held.hidden,
        answers=_answers(session, start, end),
        mails=_mails(session, start, end),
        changes=_changes(session, start, end),
        tasks=_tasks(session, start, end),
    )


def _standing(ages: Sequence[tuple[float | None, int]]) -> Standing:
    days = [days for days, _ in ages if days is not None]
    groups = [sum(low < age <= high for age in days) for low, high in pairwise(AGES)]
    groups[0] += sum(age <= 0 for age in days)
    return Standing(freshness=measure(ages), ages=(*groups, sum(age > AGES[-1] for age in days)))


def _answers(session: Session, start: datetime, end: datetime) -> AnswerFigures:
    found = session.execute(
        select(AnswerRow.kind, func.count(AnswerRow.link_id), func.count())
        .where(AnswerRow.at >= start, AnswerRow.at < end)
        .group_by(AnswerRow.kind)
    ).all()
    return AnswerFigures(
        by_link={kind: by_link for kind, by_link, _ in found if by_link},
        by_phone=sum(both - by_link for kind, by_link, both in found if kind is not AnswerKind.SOURCE),
        by_source=sum(both for kind, _, both in found if kind is AnswerKind.SOURCE),
    )


def _mails(session: Session, start: datetime, end: datetime) -> MailFigures:
    """The mails, and the entries they asked about: those to one address on one day go out as one."""
    asked = (func.count(case((CheckMailRow.step == step, CheckMailRow.check_id)).distinct()) for step in MAIL_STEPS)
    bounces = (
        select(func.count())
        .select_from(AuditEventRow)
        .where(AuditEventRow.action == "contact_bouncing", AuditEventRow.at >= start, AuditEventRow.at < end)
    )
    sent, bounced, *by_step = session.execute(
        select(func.count(CheckMailRow.outbox_id.distinct()), bounces.scalar_subquery(), *asked).where(
            CheckMailRow.mailed_on.between(day_of(start), day_of(end - A_MOMENT))
        )
    ).one()
    return MailFigures(sent=sent, bounces=bounced, asked=dict(zip(MAIL_STEPS, by_step, strict=True)))


def _changes(session: Session, start: datetime, end: datetime) -> ChangeFigures:
    found = session.execute(
        select(ChangeRow.state, ChangeRow.submitted_at, ChangeRow.decided_at)
        .where(ChangeRow.submitted_at < end, or_(ChangeRow.decided_at.is_(None), ChangeRow.decided_at >= start))
        .order_by(ChangeRow.id)
    ).all()
    decided = [(state, sent, at) for state, sent, at in found if at is not None and at < end]
    states = Counter(state for state, *_ in decided)
    return ChangeFigures(
        received=sum(sent >= start for _, sent, _ in found),
        approved=states[ChangeState.APPROVED],
        declined=states[ChangeState.DECLINED],
        in_time=sum(
            is_in_time(sent, at) for state, sent, at in decided if state in {ChangeState.APPROVED, ChangeState.DECLINED}
        ),
        waiting=len(found) - len(decided),
    )


def _tasks(session: Session, start: datetime, end: datetime) -> Mapping[TaskKind, TaskFlow]:
    def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((condition, 1), else_=0))

    found = session.execute(
        select(
            TaskRow.kind,
            number(TaskRow.created_at >= start),
            number(and_(TaskRow.done_at >= start, TaskRow.done_at < end)),
            number(or_(TaskRow.done_at.is_(None), TaskRow.done_at >= end)),
        )
        .where(TaskRow.created_at < end, or_(TaskRow.done_at.is_(None), TaskRow.done_at >= start))
        .group_by(TaskRow.kind)
    )
    return dict.fromkeys(TaskKind, TaskFlow()) | {kind: TaskFlow(*flow) for kind, *flow in found}
