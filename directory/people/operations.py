"""Remembering and erasing people. Nothing here commits."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from directory import audit
from directory.errors import DomainError
from directory.people.addresses import normalise_email
from directory.people.models import PersonRow


class PersonUnknown(DomainError):
    """There is no such person."""


def remember_person(session: Session, *, now: datetime, name: str = "", role: str = "", email: str = "") -> UUID:
    """Add a person and return the id. A mailbox may be shared, so the same address may stand twice.

    Raises AddressInvalid.
    """
    person_id = uuid4()
    address = normalise_email(email) if email else ""
    session.add(PersonRow(id=person_id, name=name.strip(), role=role.strip(), email=address, since=now, erased_at=None))
    session.flush()  # others refer to the row by its id alone
    return person_id


def change_person(session: Session, person_id: UUID, *, name: str, role: str) -> None:
    """Replace what a person is called and does. Raises PersonUnknown."""
    row = person(session, person_id)
    row.name, row.role = name.strip(), role.strip()


def erase_person(session: Session, person_id: UUID, *, by: str, now: datetime) -> None:
    """Blank a person's name, role and address for ever; the id stays. Raises PersonUnknown."""
    row = person(session, person_id)
    row.name = row.role = row.email = ""
    row.erased_at = now
    audit.record(session, actor=by, action="person_erased", now=now, subject=str(person_id))


def person(session: Session, person_id: UUID) -> PersonRow:
    """One person, erased ones too. Raises PersonUnknown."""
    row = session.get(PersonRow, person_id)
    if row is None:
        raise PersonUnknown(str(person_id))
    return row
