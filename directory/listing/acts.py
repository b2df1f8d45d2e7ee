"""Small acts of officers on an entry: a note, another address of its page. Nothing here commits."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from directory import audit
from directory.organisations.operations import add_note, rename_slug


def note_entry(session: Session, organisation_id: UUID, text: str, *, by: str, now: datetime) -> None:
    """Keep a private note about an entry. Raises OrganisationNotFound."""
    add_note(session, organisation_id, text, by=by, now=now)
    audit.record(session, actor=by, action="note_added", now=now, organisation_id=organisation_id)


def rename_entry(session: Session, organisation_id: UUID, slug: str, *, by: str, now: datetime) -> None:
    """Give the page of an entry another address; the old one leads to it. Raises OrganisationNotFound or SlugTaken."""
    rename_slug(session, organisation_id, slug, by=by, now=now)
    audit.record(session, actor=by, action="entry_renamed", now=now, organisation_id=organisation_id, slug=slug)
