"""The revisions of an entry: going back to one of them. Nothing here commits."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from directory import audit
from directory.changes.editing import edit
from directory.changes.queries import load_entry, revision_details
from directory.changes.rules import EntryMovedOn, HowChecked
from directory.checks.keeping import unconfirm
from directory.directory_revision import lock_directory
from directory.organisations.compare import differences
from directory.organisations.rules import check_transition


def restore(
    session: Session,
    organisation_id: UUID,
    number: int,
    *,
    revision: int,
    by: str,
    now: datetime,
    how_checked: HowChecked | None = None,
) -> int:
    """Make an entry say again what it said in an earlier revision, as a new one; returns its number.

    It is an officer's edit, with all that follows from one. What was confirmed since may be gone with it, so that it
    counts as confirmed by nobody, and is checked soon.
    `revision` is the one that whoever restores saw. Raises OrganisationNotFound, RevisionUnknown, StateRefused (an
    entry that is not public), EntryMovedOn, NothingChanged, CheckNeeded where people would reach it otherwise, and
    UnknownCodes that names the terms which are gone.
    """
    lock_directory(session)
    entry = load_entry(session, organisation_id)
    details = revision_details(session, organisation_id, number)
    check_transition(entry.state, entry.state)
    if entry.revision != revision:
        raise EntryMovedOn(entry.revision, differences(entry.details, details))
    seen, why = entry.version, f"restored {number}"
    made = edit(
        session, organisation_id, version=seen, details=details, by=by, now=now, how_checked=how_checked, why=why
    ).revision
    unconfirm(session, organisation_id, now=now)
    audit.record(
        session,
        actor=by,
        action="revision_restored",
        now=now,
        organisation_id=organisation_id,
        restored=number,
        revision=made,
    )
    return made
