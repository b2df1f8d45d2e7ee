"""The queue of what waits for a decision: a page of it, how long it is, and what comes next, in few questions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Integer, String, Subquery, case, cast, func, select
from sqlalchemy.orm import Session

from directory.changes.models import ChangeRow, ChangeUnitRow
from directory.changes.rules import ChangeState, Origin, Risk, severity
from directory.checks.keeping import day_of
from directory.organisations import stored
from directory.organisations.models import OrganisationRow
from directory.organisations.units import Path
from directory.tasks.working_days import working_days_between


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A change in the queue. `paths` are the units that wait, the riskiest first."""

    id: UUID
    organisation_id: UUID | None
    name: str
    origin: Origin
    risk: Risk
    is_warning: bool
    submitted_at: datetime
    age: int
    """Working days since."""
    paths: tuple[Path, ...]


def count_waiting(session: Session) -> int:
    """How many changes wait."""
    query = select(func.count()).select_from(ChangeRow).where(ChangeRow.state == ChangeState.WAITING)
    return session.scalars(query).one()


def waiting_page(session: Session, *, today: date, limit: int, offset: int = 0) -> tuple[Waiting, ...]:
    """Some of the queue, the worst first; all changes of one organisation stand together, where its worst one is."""
    held = _waiting()
    key = func.coalesce(cast(ChangeRow.organisation_id, String), cast(ChangeRow.id, String))
    rows = session.execute(
        select(ChangeRow.id, ChangeRow.organisation_id, ChangeRow.origin, ChangeRow.submitted_at, held)
        .add_columns(OrganisationRow.name)
        .join(held, held.c.change_id == ChangeRow.id)
        .outerjoin(OrganisationRow, OrganisationRow.id == ChangeRow.organisation_id)
        .order_by(
            func.min(held.c.rank).over(partition_by=key),
            func.min(ChangeRow.submitted_at).over(partition_by=key),
            key,
            held.c.rank,
            ChangeRow.submitted_at,
            ChangeRow.id,
        )
        .limit(limit)
        .offset(offset)
    ).all()
    paths = _paths(session, (row.id for row in rows))
    new = _new_names(session, (row.id for row in rows if row.organisation_id is None))
    return tuple(
        Waiting(
            id=row.id,
            organisation_id=row.organisation_id,
            name=row.name or new[row.id],
            origin=row.origin,
            risk=tuple(Risk)[row.rank // 2],
            is_warning=not row.rank % 2,
            submitted_at=row.submitted_at,
            age=working_days_between(day_of(row.submitted_at), today),
            paths=paths[row.id],
        )
        for row in rows
    )


def next_waiting(session: Session) -> UUID | None:
    """The change to decide next: the worst, of equally bad ones the oldest."""
    held = _waiting()
    return session.scalars(
        select(ChangeRow.id)
        .join(held, held.c.change_id == ChangeRow.id)
        .order_by(held.c.rank, ChangeRow.submitted_at, ChangeRow.id)
        .limit(1)
    ).one_or_none()


def oldest_waiting(session: Session) -> datetime | None:
    """When the change was sent that has waited longest."""
    return session.scalars(select(func.min(ChangeRow.submitted_at)).where(ChangeRow.state == ChangeState.WAITING)).one()


def _waiting() -> Subquery:
    """Each change that waits with its rank: twice the severity of its worst unit, one less where the public is told."""
    worst = case({risk: severity(risk) for risk in Risk}, value=ChangeUnitRow.risk)
    rank = func.min(worst) * 2 + 1 - func.max(cast(ChangeUnitRow.is_warning, Integer))
    return (
        select(ChangeUnitRow.change_id, rank.label("rank"))
        .where(ChangeUnitRow.state == ChangeState.WAITING)
        .group_by(ChangeUnitRow.change_id)
        .subquery()
    )


def _paths(session: Session, ids: Iterable[UUID]) -> Mapping[UUID, tuple[Path, ...]]:
    rows = session.scalars(
        select(ChangeUnitRow)
        .where(ChangeUnitRow.change_id.in_(list(ids)), ChangeUnitRow.state == ChangeState.WAITING)
        .order_by(ChangeUnitRow.change_id, ChangeUnitRow.position)
    ).all()
    found: dict[UUID, tuple[Path, ...]] = defaultdict(tuple)
    for row in sorted(rows, key=lambda unit: severity(unit.risk)):
        found[row.change_id] += (row.key,)
    return found


def _new_names(session: Session, ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """The names of proposed organisations by their changes."""
    wanted = list(ids)
    if not wanted:
        return {}
    query = select(ChangeRow.id, ChangeRow.proposed).where(ChangeRow.id.in_(wanted)).order_by(ChangeRow.id)
    return {row.id: stored.load(row.proposed).name for row in session.execute(query)}
