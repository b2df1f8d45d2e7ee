"""Reading changes and the entries they are about: as rows, as an officer sees them, and as the organisation does."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from directory.changes.models import ChangeRow, ChangeUnitRow
from directory.changes.outcome import Fit, Proposal, fits, value_at
from directory.changes.rules import NEW_ORGANISATION, ChangeState, ChangeUnknown, Origin, severity, worst
from directory.changes.views import AnswerOutcome, Became, ChangeView, OwnChange, RevisionView, Sender, UnitView
from directory.checks.keeping import day_of
from directory.errors import DomainError
from directory.organisations import stored
from directory.organisations.codes import in_todays_terms
from directory.organisations.compare import Difference, differences
from directory.organisations.current import NEWEST_REVISION, details_now
from directory.organisations.details import OrganisationDetails
from directory.organisations.models import OrganisationRow, RevisionRow, SlugRow
from directory.organisations.queries import OrganisationNotFound
from directory.organisations.rules import State
from directory.people.models import PersonRow
from directory.tasks.working_days import working_days_between
from directory.taxonomy.queries import successors


class RevisionUnknown(DomainError):
    """The entry has no revision of this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry as it is now, in any state, with all that is private."""

    id: UUID
    state: State
    revision: int
    details: OrganisationDetails

    @property
    def version(self) -> str:
        """Another text whenever the entry says something else, drafts too: what somebody who edits it has seen."""
        if self.revision:
            return str(self.revision)
        return sha256(json.dumps(stored.dump(self.details), sort_keys=True).encode()).hexdigest()[:16]


def load_entry(session: Session, organisation_id: UUID) -> Entry:
    """One entry as it is now, read anew. Raises OrganisationNotFound."""
    found = load_entries(session, (organisation_id,))
    if not found:
        raise OrganisationNotFound(str(organisation_id))
    return found[organisation_id]


def load_entries(session: Session, organisation_ids: Collection[UUID]) -> dict[UUID, Entry]:
    """Entries as they are now, read anew, by their ids; those that there are."""
    found = session.execute(
        select(OrganisationRow.id, OrganisationRow.state, OrganisationRow.revision, RevisionRow.details)
        .outerjoin(RevisionRow, NEWEST_REVISION)
        .where(OrganisationRow.id.in_(organisation_ids))
        .order_by(OrganisationRow.id)
    ).all()
    details = details_now(session, ((row.id, row.details) for row in found))
    return {row.id: Entry(id=row.id, state=row.state, revision=row.revision, details=details[row.id]) for row in found}


def revision_details(session: Session, organisation_id: UUID, number: int) -> OrganisationDetails:
    """An entry as one of its revisions has it, in today's terms. Raises RevisionUnknown."""
    row = session.get(RevisionRow, (organisation_id, number))
    if row is None:
        raise RevisionUnknown(f"{organisation_id} {number}")
    return in_todays_terms(stored.load(row.details), successors(session))


def seen_details(session: Session, entry: Entry, revision: int) -> OrganisationDetails:
    """The details that whoever proposes saw: those of a revision, or of a draft, which has none, those of now."""
    return revision_details(session, entry.id, revision) if revision else entry.details


def load_change(session: Session, change_id: UUID) -> ChangeRow:
    """One change with its units, read anew. Raises ChangeUnknown."""
    row = session.scalars(
        select(ChangeRow)
        .where(ChangeRow.id == change_id)
        .options(selectinload(ChangeRow.units))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise ChangeUnknown(str(change_id))
    return row


def changes_of(session: Session, organisation_id: UUID) -> Sequence[ChangeRow]:
    """All changes of one organisation, the newest first."""
    query = select(ChangeRow).where(ChangeRow.organisation_id == organisation_id).options(selectinload(ChangeRow.units))
    return session.scalars(query.order_by(ChangeRow.submitted_at.desc(), ChangeRow.id)).all()


def proposal_of(session: Session, row: ChangeRow) -> Proposal:
    """What a change of an entry that there is wants, as values in today's terms."""
    proposal = Proposal(stored.load(row.base or {}), stored.load(row.proposed))
    return proposal.in_todays_terms(successors(session))


def waiting_changes(session: Session, *, today: date) -> tuple[ChangeView, ...]:
    """All changes that wait, the worst first, the oldest of equal risk first."""
    rows = session.scalars(
        select(ChangeRow)
        .where(ChangeRow.state == ChangeState.WAITING)
        .order_by(ChangeRow.submitted_at, ChangeRow.id)
        .options(selectinload(ChangeRow.units))
    ).all()
    views = [_view(session, row, today) for row in rows]
    return tuple(sorted(views, key=lambda view: severity(view.risk)))


def change_view(session: Session, change_id: UUID, *, today: date) -> ChangeView:
    """One change, in any state. Raises ChangeUnknown."""
    return _view(session, load_change(session, change_id), today)


def record_names(*states: OrganisationDetails) -> dict[str, str]:
    """The names of services and places by their ids, as the last state has them that has them at all."""
    names = {str(service.id): service.name for state in states for service in state.services}
    places = (place for state in states for place in state.locations)
    return names | {
        str(place.id): ", ".join(filter(None, (place.name, *place.address, place.postcode))) for place in places
    }


def answer_outcome(session: Session, answer_id: UUID) -> AnswerOutcome | None:
    """What became of what an answer changed; None if all of it was public at once, or it changed nothing."""
    row = session.scalars(
        select(ChangeRow).where(ChangeRow.answer_id == answer_id).options(selectinload(ChangeRow.units))
    ).one_or_none()
    if row is None:
        return None
    differing = proposal_of(session, row).units

    def those(state: ChangeState) -> tuple[Difference, ...]:
        return tuple(differing[unit.key] for unit in row.units if unit.state is state)

    return AnswerOutcome(
        change_id=row.id,
        became=_became(row),
        decided_at=row.decided_at,
        reasons=tuple(dict.fromkeys(unit.reason for unit in row.units if unit.reason)),
        approved=those(ChangeState.APPROVED),
        declined=those(ChangeState.DECLINED),
        waiting=those(ChangeState.WAITING),
    )


def own_changes(session: Session, organisation_id: UUID, *, answers_alone: bool = False) -> tuple[OwnChange, ...]:
    """What an organisation sent by its links and still waits, the newest first; with or without single notices."""
    return tuple(
        OwnChange(
            sent_at=row.submitted_at,
            base=proposal.base,
            waiting=tuple(proposal.units[unit.key] for unit in row.units if unit.state is ChangeState.WAITING),
        )
        for row in changes_of(session, organisation_id)
        if row.state is ChangeState.WAITING and row.origin is Origin.LINK and (row.answer_id or not answers_alone)
        for proposal in (proposal_of(session, row),)
    )


def history(session: Session, organisation_id: UUID) -> tuple[RevisionView, ...]:
    """Every revision of an entry, the newest first, each with its differences from the one before."""
    rows = session.scalars(
        select(RevisionRow).where(RevisionRow.organisation_id == organisation_id).order_by(RevisionRow.number)
    ).all()
    merged = successors(session)
    details = [in_todays_terms(stored.load(row.details), merged) for row in rows]
    views = [
        RevisionView(
            number=row.number,
            made_at=row.made_at,
            made_by=row.made_by,
            why=row.why,
            differences=differences(details[place - 1], details[place]) if place else (),
        )
        for place, row in enumerate(rows)
    ]
    return tuple(reversed(views))


def _became(row: ChangeRow) -> Became:
    states = {unit.state for unit in row.units}
    if row.state is not ChangeState.APPROVED:
        return Became(row.state.value)
    if states - {ChangeState.APPROVED}:
        return Became.IN_PART
    return Became.APPROVED_WITH_EDITS if any(unit.is_edited for unit in row.units) else Became.APPROVED


def _view(session: Session, row: ChangeRow, today: date) -> ChangeView:
    entry = load_entry(session, row.organisation_id) if row.organisation_id else None
    waiting = [unit.risk for unit in row.units if unit.state is ChangeState.WAITING]
    slug = session.scalar(
        select(SlugRow.slug).where(SlugRow.organisation_id == row.organisation_id, SlugRow.is_current)
    )
    return ChangeView(
        id=row.id,
        organisation_id=row.organisation_id,
        name=entry.details.name if entry else stored.load(row.proposed).name,
        slug=slug,
        origin=row.origin,
        state=row.state,
        risk=worst(waiting or [unit.risk for unit in row.units]),
        submitted_at=row.submitted_at,
        age=working_days_between(day_of(row.submitted_at), today),
        sender=_sender(session, row.submitted_by),
        through=row.submitted_through,
        base_revision=row.base_revision,
        revision=entry.revision if entry else 0,
        units=_units(session, row, entry),
        records=_records(row, entry),
        reason=row.reason,
    )


def _units(session: Session, row: ChangeRow, entry: Entry | None) -> tuple[UnitView, ...]:
    if row.base is None or entry is None:
        proposed = in_todays_terms(stored.load(row.proposed), successors(session))
        whole = Difference(NEW_ORGANISATION, None, proposed)
        return tuple(_unit(unit, whole, None, Fit.UNCHANGED) for unit in row.units)
    proposal = proposal_of(session, row)
    how = fits(proposal, entry.details)
    units = [
        _unit(unit, proposal.units[unit.key], value_at(entry.details, unit.key), how[unit.key]) for unit in row.units
    ]
    return tuple(sorted(units, key=lambda unit: severity(unit.risk)))


def _records(row: ChangeRow, entry: Entry | None) -> dict[str, str]:
    states = [stored.load(row.proposed)] + ([stored.load(row.base)] if row.base else [])
    return record_names(*states, *([entry.details] if entry else []))


def _unit(unit: ChangeUnitRow, difference: Difference, now: Any, fit: Fit) -> UnitView:
    return UnitView(
        number=unit.position + 1,
        difference=difference,
        now=now,
        fit=fit,
        risk=unit.risk,
        is_warning=unit.is_warning,
        state=unit.state,
        decided_at=unit.decided_at,
        decided_by=unit.decided_by,
        reason=unit.reason,
        how_checked=unit.how_checked,
        is_edited=unit.is_edited,
        revision=unit.revision,
    )


def _sender(session: Session, person_id: UUID | None) -> Sender | None:
    person = session.get(PersonRow, person_id) if person_id else None
    return None if person is None else Sender(name=person.name, role=person.role, has_email=bool(person.email))
