"""Who is told by mail of what was decided: the sender, and if people reach the organisation otherwise now, others."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.changes import emails
from directory.changes.models import ChangeRow
from directory.changes.queries import Entry
from directory.changes.rules import ChangeState
from directory.checks.models import ContactRow, LinkRow
from directory.checks.rules import ContactState
from directory.organisations.compare import Difference
from directory.outbox.operations import enqueue
from directory.people.models import PersonRow
from directory.people.operations import remember_person

DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who can be mailed."""

    person_id: UUID
    email: str
    language: str


def tell_sender(session: Session, row: ChangeRow, now: datetime) -> None:
    """Tell whoever sent a change what became of it, once all of it is decided; nobody, if nobody decided it."""
    reader = _sender(session, row)
    if reader is not None and row.state in {ChangeState.APPROVED, ChangeState.DECLINED}:
        message = emails.decided(row, person_id=reader.person_id, language=reader.language)
        enqueue(session, message, now=now, key=f"decided:{row.id}")


def tell_others(
    session: Session, row: ChangeRow, before: Entry, revision: int, changed: Collection[Difference], now: datetime
) -> None:
    """Tell the other contact, and the addresses that were public, that people reach the organisation otherwise now."""
    sender = _sender(session, row)
    told = {sender.email.casefold()} if sender else set[str]()
    for reader in _contacts(session, before.id):
        if reader.email.casefold() not in told:
            told.add(reader.email.casefold())
            _tell(session, row.id, before.id, revision, reader, to="contact", now=now)
    for address in _public_addresses(before, changed):
        if address.casefold() not in told:
            told.add(address.casefold())
            person_id = remember_person(session, email=address, now=now)
            reader = Reader(person_id, address, DEFAULT_LANGUAGE)
            _tell(session, row.id, before.id, revision, reader, to="public_address", now=now)


def _tell(
    session: Session, change_id: UUID, organisation_id: UUID, revision: int, reader: Reader, *, to: str, now: datetime
) -> None:
    message = emails.entry_changed(
        change_id, organisation_id, revision, to=to, person_id=reader.person_id, language=reader.language
    )
    enqueue(session, message, now=now, key=f"entry_changed:{change_id}:{revision}:{reader.person_id}")


def _public_addresses(before: Entry, changed: Collection[Difference]) -> Iterator[str]:
    """The organisation's own address, and each that was public where there is another one or none now."""
    if before.details.email:
        yield before.details.email
    for difference in changed:
        if difference.path[-1] == "email" and difference.old:
            yield difference.old
        if len(difference.path) == len(("service", "id")) and difference.path[0] == "service" and difference.old:
            yield from filter(None, [difference.old.email])


def _sender(session: Session, row: ChangeRow) -> Reader | None:
    """The mailbox on file that the link was sent to, never the address that somebody typed; else the person known."""
    if row.link_id is not None:
        query = (
            select(PersonRow.id, PersonRow.email, LinkRow.language)
            .join(ContactRow, ContactRow.person_id == PersonRow.id)
            .join(LinkRow, LinkRow.contact_id == ContactRow.id)
            .where(LinkRow.id == row.link_id, ContactRow.ended_at.is_(None), PersonRow.email != "")
        )
        found = session.execute(query).one_or_none()
        return None if found is None else Reader(found.id, found.email, found.language)
    person = session.get(PersonRow, row.submitted_by) if row.submitted_by else None
    return Reader(person.id, person.email, DEFAULT_LANGUAGE) if person is not None and person.email else None


def _contacts(session: Session, organisation_id: UUID) -> list[Reader]:
    """The update contacts that can be mailed, the first one first."""
    query = (
        select(PersonRow.id, PersonRow.email, ContactRow.language)
        .join(ContactRow, ContactRow.person_id == PersonRow.id)
        .where(
            ContactRow.organisation_id == organisation_id,
            ContactRow.ended_at.is_(None),
            ContactRow.state == ContactState.ACTIVE,
            PersonRow.email != "",
        )
        .order_by(ContactRow.position)
    )
    return [Reader(found.id, found.email, found.language) for found in session.execute(query)]
