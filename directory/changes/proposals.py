"""Proposing a change. Nothing here commits."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from directory import audit
from directory.changes.models import ChangeRow, ChangeUnitRow
from directory.changes.outcome import Proposal
from directory.changes.queries import load_entry, seen_details
from directory.changes.rules import (
    NEW_ORGANISATION,
    ChangeState,
    NothingChanged,
    Origin,
    Risk,
    is_warning,
    overlap,
    risk_of,
    worst,
)
from directory.changes.settling import refresh_told, settle
from directory.checks.keeping import day_of
from directory.directory_revision import lock_directory
from directory.organisations import stored
from directory.organisations.details import OrganisationDetails
from directory.organisations.operations import check_entry
from directory.organisations.units import Path
from directory.tasks.operations import open_task
from directory.tasks.rules import TaskKind


def propose(
    session: Session,
    organisation_id: UUID | None,
    *,
    base_revision: int,
    proposed: OrganisationDetails,
    origin: Origin,
    by: str,
    now: datetime,
    person_id: UUID | None = None,
    link_id: str | None = None,
    answer_id: UUID | None = None,
    checked_on: date | None = None,
) -> ChangeRow:
    """Keep what somebody wants an entry to say, for an officer to decide; without an organisation, a new one.

    What came through the organisation's own link takes the place of what it said before about the same units, and
    the public is told if a number, an address or an email is wrong. What comes from another directory, which checked it
    on a day, confirms the entry as of that day once it is approved whole. Raises NothingChanged, DetailsInvalid with
    the fields, UnknownCodes, OrganisationNotFound or RevisionUnknown.
    """
    lock_directory(session)
    check_entry(session, proposed)
    entry = load_entry(session, organisation_id) if organisation_id else None
    base = seen_details(session, entry, base_revision) if entry else None
    row = new_change(base_revision, base, proposed, origin, by, now)
    row.organisation_id, row.submitted_by, row.link_id, row.answer_id = organisation_id, person_id, link_id, answer_id
    row.checked_on = checked_on
    if origin is Origin.LINK and organisation_id:
        _replace_older(session, organisation_id, [unit.key for unit in row.units], by=by, now=now)
    session.add(row)
    session.flush()  # what follows reads it back
    _ask_for_decision(session, row, now)
    if organisation_id:
        refresh_told(session, organisation_id)
    audit_proposal(session, row)
    return row


def new_change(
    base_revision: int,
    base: OrganisationDetails | None,
    proposed: OrganisationDetails,
    origin: Origin,
    by: str,
    now: datetime,
) -> ChangeRow:
    """The row of a change that waits, with its units. Raises NothingChanged."""
    units = _units(base, proposed)
    return ChangeRow(
        id=uuid4(),
        base_revision=base_revision,
        base=stored.dump(base) if base else None,
        proposed=stored.dump(proposed),
        origin=origin,
        state=ChangeState.WAITING,
        risk=worst(unit.risk for unit in units),
        submitted_at=now,
        submitted_through=by,
        decided_at=None,
        decided_by="",
        reason="",
        units=units,
    )


def audit_proposal(session: Session, row: ChangeRow) -> None:
    """Note in the audit trail that a change was proposed."""
    audit.record(
        session,
        actor=row.submitted_through,
        action="change_proposed",
        now=row.submitted_at,
        organisation_id=row.organisation_id,
        subject=str(row.id),
        origin=row.origin.value,
        risk=row.risk.value,
        base_revision=row.base_revision,
    )


def _units(base: OrganisationDetails | None, proposed: OrganisationDetails) -> list[ChangeUnitRow]:
    if base is None:
        return [_unit(0, NEW_ORGANISATION, Risk.CONTACT, warns=False)]
    differences = Proposal(base, proposed).units
    if not differences:
        raise NothingChanged
    return [
        _unit(position, path, risk_of(difference), warns=is_warning(difference))
        for position, (path, difference) in enumerate(differences.items())
    ]


def _unit(position: int, path: Path, risk: Risk, *, warns: bool) -> ChangeUnitRow:
    return ChangeUnitRow(
        position=position,
        path="/".join(path),
        risk=risk,
        is_warning=warns,
        state=ChangeState.WAITING,
        decided_at=None,
        decided_by="",
        reason="",
        how_checked=None,
        is_edited=False,
        revision=None,
    )


def _replace_older(session: Session, organisation_id: UUID, paths: list[Path], *, by: str, now: datetime) -> None:
    older = session.scalars(
        select(ChangeRow)
        .where(
            ChangeRow.organisation_id == organisation_id,
            ChangeRow.origin == Origin.LINK,
            ChangeRow.state == ChangeState.WAITING,
        )
        .order_by(ChangeRow.submitted_at, ChangeRow.id)
        .options(selectinload(ChangeRow.units))
    ).all()
    for change in older:
        for unit in change.units:
            if unit.state is ChangeState.WAITING and any(overlap(unit.key, path) for path in paths):
                unit.state, unit.decided_at, unit.decided_by = ChangeState.REPLACED, now, by
        settle(session, change, by=by, now=now)


def _ask_for_decision(session: Session, row: ChangeRow, now: datetime) -> None:
    """Open the task: for the same working day if the public may be sent to a wrong place meanwhile, else the next."""
    today = day_of(now)
    is_urgent = row.origin is Origin.LINK and any(unit.is_warning for unit in row.units)
    open_task(
        session,
        kind=TaskKind.TOLD_OF_CHANGE if is_urgent else TaskKind.REVIEW_CHANGE,
        key=str(row.id),
        due_on=today if is_urgent else today + timedelta(days=1),
        now=now,
        organisation_id=row.organisation_id,
        change=str(row.id),
        risk=row.risk.value,
    )
