"""What entries say now.

An entry that was ever public says what its newest revision holds: one value, read at once. A draft has no revision and
is read from its tables. Both are always the same, since only the operations of this feature write an entry, and every
one that changes what it says makes a revision of it.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.sql.base import ExecutableOption

from directory.organisations import stored
from directory.organisations.details import OrganisationDetails
from directory.organisations.models import OrganisationRow, RevisionRow
from directory.organisations.rows import details_of
from directory.organisations.service_models import LocationRow, PhoneRow, ServiceRow

NEWEST_REVISION = and_(
    RevisionRow.organisation_id == OrganisationRow.id, RevisionRow.number == OrganisationRow.revision
)
"""Joins an entry to its newest revision; a draft has none."""


def with_details() -> tuple[ExecutableOption, ...]:
    """Loader options for an organisation with all that its details need, in hardly a query per table."""
    services = selectinload(OrganisationRow.services)
    return (
        selectinload(OrganisationRow.other_names),
        selectinload(OrganisationRow.translations),
        selectinload(OrganisationRow.locations).joinedload(LocationRow.access),
        services.selectinload(ServiceRow.terms),
        services.joinedload(ServiceRow.interpreting),
        services.selectinload(ServiceRow.translations),
        services.selectinload(ServiceRow.locations),
        services.selectinload(ServiceRow.phones).joinedload(PhoneRow.languages),
    )


def details_now(
    session: Session, newest: Iterable[tuple[UUID, dict[str, Any] | None]]
) -> dict[UUID, OrganisationDetails]:
    """What entries say, by their ids: of each, what its newest revision stores is given, and None of drafts.

    All drafts together are read in one query per table.
    """
    held = dict(newest)
    said = {identity: stored.load(details) for identity, details in held.items() if details is not None}
    drafts = held.keys() - said.keys()
    if drafts:
        rows = session.scalars(
            select(OrganisationRow)
            .where(OrganisationRow.id.in_(drafts))
            .order_by(OrganisationRow.id)
            .options(*with_details())
            .execution_options(populate_existing=True)
        )
        said |= {row.id: details_of(row) for row in rows}
    return said
