"""Checking an organisation against the policy, and remembering what is not to be listed again. Nothing here commits."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from directory import audit
from directory.changes.queries import load_entry
from directory.checks.rules import ReasonMissing
from directory.listing.models import InclusionCheckRow, NotListedRow
from directory.listing.queries import memory
from directory.listing.rules import Criterion
from directory.organisations.details import OrganisationDetails


def log_inclusion_check(
    session: Session, organisation_id: UUID, *, met: Collection[Criterion], note: str, by: str, now: datetime
) -> InclusionCheckRow:
    """Keep who compared an organisation with the policy, and what of it it meets.

    Raises OrganisationNotFound, or ReasonMissing where it does not meet all and the note does not say why.
    """
    load_entry(session, organisation_id)
    row = InclusionCheckRow(
        id=uuid4(),
        organisation_id=organisation_id,
        checked_at=now,
        checked_by=by,
        met=[criterion.value for criterion in Criterion if criterion in met],
        note=note.strip(),
    )
    if not row.is_met and not row.note:
        raise ReasonMissing
    session.add(row)
    audit.record(
        session,
        actor=by,
        action="inclusion_checked",
        now=now,
        organisation_id=organisation_id,
        subject=str(row.id),
        is_met=row.is_met,
    )
    return row


def remember_not_listed(
    session: Session,
    *,
    name: str,
    reason: str,
    by: str,
    now: datetime,
    phone: str = "",
    website: str = "",
    organisation_id: UUID | None = None,
) -> NotListedRow:
    """Remember that an organisation is not to be listed again, and why. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    row = NotListedRow(
        id=uuid4(),
        name=name.strip(),
        phone=phone,
        website=website,
        reason=reason.strip(),
        organisation_id=organisation_id,
        added_at=now,
        added_by=by,
        ended_at=None,
        ended_by="",
    )
    session.add(row)
    _audit(session, row, "not_listed_remembered", by, now)
    return row


def remember_entry(session: Session, organisation_id: UUID, *, reason: str, by: str, now: datetime) -> NotListedRow:
    """Remember an entry as one that is not to be listed again. Raises OrganisationNotFound or ReasonMissing."""
    details = load_entry(session, organisation_id).details
    return remember_not_listed(
        session,
        name=details.name,
        phone=_first_phone(details),
        website=details.website,
        reason=reason,
        organisation_id=organisation_id,
        by=by,
        now=now,
    )


def forget_not_listed(session: Session, memory_id: UUID, *, by: str, now: datetime) -> None:
    """Say that it may be listed after all. Raises MemoryUnknown."""
    row = memory(session, memory_id)
    row.ended_at, row.ended_by = now, by
    _audit(session, row, "not_listed_forgotten", by, now)


def _first_phone(details: OrganisationDetails) -> str:
    return next((phone.number for service in details.services for phone in service.phones), "")


def _audit(session: Session, row: NotListedRow, action: str, by: str, now: datetime) -> None:
    audit.record(session, actor=by, action=action, now=now, organisation_id=row.organisation_id, subject=str(row.id))
