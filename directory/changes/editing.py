"""Officers' own edits: each is kept as a change like any other, and approved at once. Nothing here commits."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from directory import audit
from directory.changes.decisions import Approval, approve
from directory.changes.proposals import audit_proposal, new_change
from directory.changes.queries import Entry, load_entry
from directory.changes.rules import CheckNeeded, EntryMovedOn, HowChecked, Origin
from directory.directory_revision import lock_directory
from directory.organisations.compare import differences
from directory.organisations.details import OrganisationDetails
from directory.organisations.operations import check_entry, publish
from directory.organisations.rules import State, StateRefused

PUBLISHED = "published"
"""Why a draft has its first revision."""


def edit(
    session: Session,
    organisation_id: UUID,
    *,
    version: str,
    details: OrganisationDetails,
    by: str,
    now: datetime,
    how_checked: HowChecked | None = None,
    why: str = "",
) -> Approval:
    """Make an entry say this, with all that follows from an approved change; a draft stays a draft.

    `version` is that of the entry which the officer saw. Raises OrganisationNotFound, EntryMovedOn, NothingChanged,
    CheckNeeded where people would reach it otherwise, StateRefused (hidden entries), and what publishing raises.
    """
    lock_directory(session)
    check_entry(session, details)
    entry = _as_seen(session, organisation_id, version, details)
    row = new_change(entry.revision, entry.details, details, Origin.OFFICER, by, now)
    row.organisation_id = organisation_id
    session.add(row)
    session.flush()  # deciding it reads it back
    audit_proposal(session, row)
    return approve(session, row.id, revision=entry.revision, by=by, now=now, how_checked=how_checked, why=why)


def publish_draft(
    session: Session, organisation_id: UUID, *, version: str, how_checked: HowChecked | None, by: str, now: datetime
) -> int:
    """Make a draft public as the officer saw it; the number of its first revision.

    Raises OrganisationNotFound, StateRefused (it is no draft), EntryMovedOn, CheckNeeded, and what publishing raises.
    """
    lock_directory(session)
    entry = load_entry(session, organisation_id)
    if entry.state is not State.DRAFT:
        raise StateRefused(f"{entry.state} published")
    if entry.version != version:
        raise EntryMovedOn(entry.revision, ())
    if how_checked is None:
        raise CheckNeeded
    made = publish(session, organisation_id, entry.details, by=by, why=PUBLISHED, now=now)
    audit.record(
        session,
        actor=by,
        action="draft_published",
        now=now,
        organisation_id=organisation_id,
        how_checked=how_checked.value,
        revision=made,
    )
    return made


def _as_seen(session: Session, organisation_id: UUID, version: str, details: OrganisationDetails) -> Entry:
    entry = load_entry(session, organisation_id)
    if entry.version != version:
        raise EntryMovedOn(entry.revision, differences(entry.details, details))
    return entry
