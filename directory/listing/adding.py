"""Adding an entry by hand: a draft with as much as is known, to be filled in. Nothing here commits."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from directory import audit
from directory.changes.slugs import free_slug
from directory.directory_revision import lock_directory
from directory.organisations.details import OrganisationDetails
from directory.organisations.operations import add_organisation


def add_draft(session: Session, details: OrganisationDetails, *, by: str, now: datetime) -> UUID:
    """Add an entry as a draft under a slug made of its name; its id. Raises DetailsInvalid or UnknownCodes."""
    lock_directory(session)
    organisation_id = uuid4()
    slug = free_slug(session, details.name)
    add_organisation(session, organisation_id=organisation_id, slug=slug, details=details, by=by, now=now)
    audit.record(session, actor=by, action="entry_added", now=now, organisation_id=organisation_id)
    return organisation_id
