"""Reading what was asked of an update contact: to be replaced by another mailbox. Nothing here writes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.checks.links import SKEW
from directory.checks.models import ContactChangeRow
from directory.checks.queries import contact
from directory.checks.rules import LinkUnknown
from directory.people.models import PersonRow

MOST_A_DAY = 3
"""How often on one day a contact may be asked by links to be replaced."""


class AskedState(StrEnum):
    """What a change of an update contact is good for."""

    WAITING = "waiting"
    AGREED = "agreed"
    REFUSED = "refused"
    EXPIRED = "expired"
    ENDED = "ended"
    """The old address is not asked any more, for another reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedChange:
    """Which mailbox is to be asked instead of which contact."""

    id: str
    organisation_id: UUID
    contact_id: UUID
    state: AskedState
    language: str
    """That of the old contact, who reads this."""
    name: str
    role: str
    email: str
    is_by_link: bool
    """Whether it came by an update link, and not from an officer."""
    asked_at: datetime
    decided_at: datetime | None


def asked_change(session: Session, change_id: str, now: datetime) -> AskedChange:
    """A change of an update contact in any state, read anew. Raises LinkUnknown."""
    row = session.get(ContactChangeRow, change_id, populate_existing=True)
    if row is None:
        raise LinkUnknown(change_id)
    old, person = contact(session, row.contact_id), session.get_one(PersonRow, row.person_id)
    return AskedChange(
        id=row.id,
        organisation_id=old.organisation_id,
        contact_id=old.id,
        state=_state(row, now, has_ended=old.ended_at is not None),
        language=old.language,
        name=person.name,
        role=person.role,
        email=person.email,
        is_by_link=row.asked_by.startswith("link:"),
        asked_at=row.asked_at,
        decided_at=row.decided_at,
    )


def waiting_changes(session: Session, contact_id: UUID, now: datetime) -> tuple[AskedChange, ...]:
    """What waits for a yes about one contact, the oldest first."""
    ids = session.scalars(
        select(ContactChangeRow.id)
        .where(ContactChangeRow.contact_id == contact_id, ContactChangeRow.decided_at.is_(None))
        .order_by(ContactChangeRow.asked_at, ContactChangeRow.id)
    ).all()
    held = (asked_change(session, change_id, now) for change_id in ids)
    return tuple(change for change in held if change.state is AskedState.WAITING)


def may_be_asked(session: Session, contact_id: UUID, now: datetime) -> bool:
    """Whether this contact may be asked today once more, by a link, to be replaced."""
    asked = session.scalar(
        select(func.count())
        .select_from(ContactChangeRow)
        .where(
            ContactChangeRow.contact_id == contact_id,
            ContactChangeRow.asked_by.startswith("link:"),
            ContactChangeRow.asked_at > now - timedelta(days=1),
        )
    )
    return (asked or 0) < MOST_A_DAY


def _state(row: ContactChangeRow, now: datetime, *, has_ended: bool) -> AskedState:
    if row.decided_at is not None:
        return AskedState.AGREED if row.is_agreed else AskedState.REFUSED
    if has_ended:
        return AskedState.ENDED
    return AskedState.EXPIRED if now > row.expires_at + SKEW else AskedState.WAITING
