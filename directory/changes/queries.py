"""Reading changes and the entries they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from directory.changes.models import ChangeRow
from directory.changes.rules import ChangeUnknown
from directory.errors import DomainError
from directory.organisations import stored
from directory.organisations.details import OrganisationDetails
from directory.organisations.models import OrganisationRow, RevisionRow
from directory.organisations.queries import OrganisationNotFound, with_details
from directory.organisations.rows import details_of
from directory.organisations.rules import State


class RevisionUnknown(DomainError):
    """The entry has no revision of this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry as it is now, in any state, with all that is private."""

    id: UUID
    state: State
    revision: int
    details: OrganisationDetails


def load_entry(session: Session, organisation_id: UUID) -> Entry:
    """One entry as it is now, read anew. Raises OrganisationNotFound."""
    row = session.scalars(
        select(OrganisationRow)
        .where(OrganisationRow.id == organisation_id)
        .options(*with_details())
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise OrganisationNotFound(str(organisation_id))
    return Entry(id=row.id, state=row.state, revision=row.revision, details=details_of(row))


def revision_details(session: Session, organisation_id: UUID, number: int) -> OrganisationDetails:
    """An entry as one of its revisions has it. Raises RevisionUnknown."""
    row = session.get(RevisionRow, (organisation_id, number))
    if row is None:
        raise RevisionUnknown(f"{organisation_id} {number}")
    return stored.load(row.details)


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
