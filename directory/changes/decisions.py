"""Approving, declining and withdrawing a change, whole or unit by unit. Nothing here commits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from directory import audit
from directory.changes.models import ChangeRow, ChangeUnitRow
from directory.changes.outcome import Fit, fits, missing_places, outcome, without_record
from directory.changes.queries import Entry, load_change, load_entry, proposal_of
from directory.changes.rules import (
    NEW_ORGANISATION,
    ChangeDecided,
    ChangeState,
    CheckNeeded,
    EntryMovedOn,
    HowChecked,
    NothingChanged,
    ReasonNeeded,
    Risk,
    UnitsBelongTogether,
    UnitsCollide,
    UnitUnknown,
    risk_of,
)
from directory.changes.settling import refresh_told, settle
from directory.changes.slugs import free_slug
from directory.changes.telling import tell_others
from directory.directory_revision import lock_directory
from directory.organisations import stored
from directory.organisations.codes import in_todays_terms
from directory.organisations.compare import Difference, differences
from directory.organisations.details import OrganisationDetails
from directory.organisations.operations import add_organisation, publish, save_draft
from directory.organisations.rules import State, check_transition, is_publishable
from directory.organisations.units import Path
from directory.taxonomy.queries import successors


@dataclass(frozen=True, slots=True)
class Approval:
    """What an approval made: the entry's revision now (0 of a draft), and the units in which the entry changed."""

    organisation_id: UUID
    revision: int
    differences: tuple[Difference, ...]


def approve(
    session: Session,
    change_id: UUID,
    *,
    revision: int,
    by: str,
    now: datetime,
    how_checked: HowChecked | None = None,
    units: Collection[Path] | None = None,
    edited: OrganisationDetails | None = None,
    why: str = "",
) -> Approval:
    """Make units of a change (all that wait, if none are named) what the entry says, and nothing else.

    `revision` is the one that the officer saw; `edited` are whole details to be published instead of what these units
    propose. A unit that collides with the entry as it is now must be named. What is not named goes on waiting.
    The revision says why it was made; if nothing is said, it names the change.

    Raises ChangeUnknown, UnitUnknown, ChangeDecided, EntryMovedOn, UnitsCollide, UnitsBelongTogether, CheckNeeded,
    StateRefused (hidden entries), NothingChanged (edits that leave all as it is), and what publishing raises.
    """
    lock_directory(session)
    row = load_change(session, change_id)
    chosen, entry = _chosen(row, units), _entry_of(session, row)
    wanted = _wanted(session, row, entry, chosen)
    if entry.revision != revision:
        raise EntryMovedOn(entry.revision, differences(entry.details, wanted))
    if edited is None:
        _check_fit(session, row, entry, chosen, named=units is not None)
    elif edited == entry.details:
        raise NothingChanged
    changed = differences(entry.details, edited or wanted)
    is_contact = any(risk_of(difference) is Risk.CONTACT for difference in changed)
    if is_contact and how_checked is None:
        raise CheckNeeded
    number = _publish(session, row, entry, edited or wanted, why, by=by, now=now) if changed else entry.revision
    _approved(session, row, chosen, number, how_checked, is_edited=(edited or wanted) != wanted, by=by, now=now)
    if entry.state is State.PUBLIC and is_contact:
        tell_others(session, row, entry, number, changed, now)
    return Approval(entry.id, number, changed)


def add_proposed(
    session: Session,
    change_id: UUID,
    *,
    by: str,
    now: datetime,
    how_checked: HowChecked | None = None,
    edited: OrganisationDetails | None = None,
    as_draft: bool = False,
) -> Approval:
    """Add the organisation that a change proposes, public unless it is to stay a draft or cannot be reached yet.

    Raises ChangeUnknown, UnitUnknown (it is about an entry that there is), ChangeDecided, CheckNeeded, and what adding
    an entry raises.
    """
    lock_directory(session)
    row = load_change(session, change_id)
    chosen = _chosen(row, None)
    if chosen != [NEW_ORGANISATION]:
        raise UnitUnknown("this change is about an entry that there is")
    proposed = in_todays_terms(stored.load(row.proposed), successors(session))
    details = edited or proposed
    is_public = not as_draft and is_publishable(details)
    if is_public and how_checked is None:
        raise CheckNeeded
    organisation_id, number = uuid4(), 0
    slug = free_slug(session, details.name)
    add_organisation(session, organisation_id=organisation_id, slug=slug, details=details, by=by, now=now)
    if is_public:
        number = publish(session, organisation_id, details, by=by, why=f"change {row.id}", now=now)
    row.organisation_id = organisation_id
    _approved(session, row, chosen, number, how_checked, is_edited=details != proposed, by=by, now=now)
    return Approval(organisation_id, number, (Difference(NEW_ORGANISATION, None, details),))


def decline(
    session: Session,
    change_id: UUID,
    *,
    reason: str,
    by: str,
    now: datetime,
    units: Collection[Path] | None = None,
) -> None:
    """Leave the entry as it is in these units (all that wait, if none are named), and tell the sender why.

    Raises ChangeUnknown, UnitUnknown, ChangeDecided or ReasonNeeded.
    """
    if not reason.strip():
        raise ReasonNeeded
    lock_directory(session)
    row = load_change(session, change_id)
    chosen = _chosen(row, units)
    row.reason = reason.strip()
    _mark(session, row, chosen, {"state": ChangeState.DECLINED, "reason": reason.strip()}, by=by, now=now)
    _finish(session, row, by=by, now=now, action="change_declined", units=len(chosen))


def withdraw(session: Session, change_id: UUID, *, by: str, now: datetime) -> None:
    """Take back what still waits of a change. Raises ChangeUnknown or ChangeDecided."""
    lock_directory(session)
    row = load_change(session, change_id)
    chosen = _chosen(row, None)
    _mark(session, row, chosen, {"state": ChangeState.WITHDRAWN}, by=by, now=now)
    _finish(session, row, by=by, now=now, action="change_withdrawn", units=len(chosen))


def _chosen(row: ChangeRow, units: Collection[Path] | None) -> list[Path]:
    """The units to decide, in their order; all of them must wait."""
    held = {unit.key: unit for unit in row.units}
    if units is None:
        chosen = [path for path, unit in held.items() if unit.state is ChangeState.WAITING]
        if not chosen:
            raise ChangeDecided(row.state, row.decided_by)
        return chosen
    unknown = [path for path in units if path not in held]
    if unknown or not units:
        raise UnitUnknown("; ".join("/".join(path) for path in unknown))
    for path in units:
        if held[path].state is not ChangeState.WAITING:
            raise ChangeDecided(held[path].state, held[path].decided_by)
    return [path for path in held if path in units]


def _entry_of(session: Session, row: ChangeRow) -> Entry:
    """The entry that a change is about; a hidden one is not edited, since publishing it would bring it back."""
    if row.organisation_id is None:
        raise UnitUnknown("a new organisation is added whole")
    entry = load_entry(session, row.organisation_id)
    check_transition(entry.state, entry.state)
    return entry


def _wanted(session: Session, row: ChangeRow, entry: Entry, chosen: Collection[Path]) -> OrganisationDetails:
    approved = [unit.key for unit in row.units if unit.state is ChangeState.APPROVED]
    return outcome(proposal_of(session, row), entry.details, chosen, approved)


def _check_fit(session: Session, row: ChangeRow, entry: Entry, chosen: Collection[Path], *, named: bool) -> None:
    proposal = proposal_of(session, row)
    how = fits(proposal, entry.details)
    lost = set(without_record(entry.details, chosen))
    if not named:
        lost |= {path for path in chosen if how[path] is Fit.COLLIDES}
    if lost:
        raise UnitsCollide(tuple(path for path in chosen if path in lost))
    declined = {unit.key for unit in row.units if unit.state is not ChangeState.WAITING}
    waiting = tuple(path for path in missing_places(proposal, entry.details, chosen) if path not in declined)
    if waiting:
        raise UnitsBelongTogether(waiting)


def _publish(
    session: Session, row: ChangeRow, entry: Entry, details: OrganisationDetails, why: str, *, by: str, now: datetime
) -> int:
    """Make an entry say this; one that is a draft stays a draft."""
    if entry.state is State.DRAFT:
        save_draft(session, entry.id, details, by=by, now=now)
        return entry.revision
    return publish(session, entry.id, details, by=by, why=why or f"change {row.id}", now=now)


def _approved(
    session: Session,
    row: ChangeRow,
    chosen: Collection[Path],
    revision: int,
    how_checked: HowChecked | None,
    *,
    is_edited: bool,
    by: str,
    now: datetime,
) -> None:
    values = {"state": ChangeState.APPROVED, "how_checked": how_checked, "is_edited": is_edited, "revision": revision}
    _mark(session, row, chosen, values, by=by, now=now)
    _finish(session, row, by=by, now=now, action="change_approved", units=len(chosen), revision=revision)


def _mark(
    session: Session,
    row: ChangeRow,
    chosen: Collection[Path],
    values: Mapping[str, object],
    *,
    by: str,
    now: datetime,
) -> None:
    """Decide units that wait; if somebody was faster with one of them, ChangeDecided, and nothing is done."""
    decided = session.scalars(
        update(ChangeUnitRow)
        .where(
            ChangeUnitRow.change_id == row.id,
            ChangeUnitRow.path.in_(["/".join(path) for path in chosen]),
            ChangeUnitRow.state == ChangeState.WAITING,
        )
        .values(decided_at=now, decided_by=by, **values)
        .returning(ChangeUnitRow.path)
    ).all()
    if len(decided) != len(chosen):
        held = load_change(session, row.id)
        raise ChangeDecided(held.state, held.decided_by)


def _finish(session: Session, row: ChangeRow, *, by: str, now: datetime, action: str, **facts: int) -> None:
    session.refresh(row, ["units"])
    settle(session, row, by=by, now=now)
    if row.organisation_id:
        refresh_told(session, row.organisation_id)
    audit.record(
        session,
        actor=by,
        action=action,
        now=now,
        organisation_id=row.organisation_id,
        subject=str(row.id),
        state=row.state.value,
        **facts,
    )
