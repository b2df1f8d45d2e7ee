"""Erasing a person, and erasing again after a restore. Nothing here commits."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from directory import audit
from directory.accounts.models import InvitationRow, OfficerRow, OfficerSessionRow, RecoveryCodeRow
from directory.accounts.rules import OfficerState
from directory.checks.contacts import decide_contact_change, remove_contact
from directory.checks.models import ContactChangeRow, ContactRow, DraftRow, LinkRow
from directory.directory_revision import lock_directory
from directory.errors import DomainError
from directory.outbox.models import OutboxRow
from directory.people.models import PersonRow
from directory.people.operations import erase_person
from directory.privacy.holdings import same_people
from directory.privacy.mentions import take_out
from directory.signals.models import ProblemReportRow, SuggestionRow


class OfficerNotDisabled(DomainError):
    """An officer is disabled first, and erased then."""


def note_export(session: Session, chosen: Collection[UUID], *, by: str, now: datetime) -> None:
    """Note that what is held about somebody was given out. Raises PersonUnknown."""
    for held in same_people(session, chosen):
        audit.record(session, actor=by, action="person_exported", now=now, subject=str(held))


def erase(session: Session, chosen: Collection[UUID], *, by: str, now: datetime) -> tuple[UUID, ...]:
    """Forget somebody for good, under these ids and all with the same address; the ids, to be listed before the commit.

    Their contacts, links and sessions end, mail to them and what they wrote to us is deleted, and officers' words about
    them lose name and address. The ids stay in the history, and say nothing. Raises PersonUnknown, OfficerNotDisabled.
    """
    lock_directory(session)
    ids = same_people(session, chosen)
    is_officer = select(OfficerRow.id).where(OfficerRow.person_id.in_(ids), OfficerRow.state != OfficerState.DISABLED)
    if session.scalars(is_officer.limit(1)).first() is not None:
        raise OfficerNotDisabled
    _erase(session, ids, by=by, now=now)
    return ids


def replay(session: Session, listed: Collection[UUID], *, by: str, now: datetime) -> int:
    """After a restore: erase again whom the backup has brought back, how many; and end all links and sessions."""
    lock_directory(session)
    back = select(PersonRow.id).where(PersonRow.id.in_(listed), PersonRow.erased_at.is_(None)).order_by(PersonRow.id)
    ids = tuple(session.scalars(back))
    if ids:
        _erase(session, ids, by=by, now=now)
    _end_links_and_sessions(session, now)
    audit.record(session, actor=by, action="erasures_replayed", now=now, people=len(ids))
    return len(ids)


def _erase(session: Session, ids: Collection[UUID], *, by: str, now: datetime) -> None:
    rows = session.scalars(select(PersonRow).where(PersonRow.id.in_(ids)).order_by(PersonRow.id)).all()
    take_out(session, [(row.name, row.email) for row in rows])
    _end_contacts(session, ids, by=by, now=now)
    _end_officer(session, ids)
    for table in (ProblemReportRow, SuggestionRow, OutboxRow):
        session.execute(delete(table).where(table.person_id.in_(ids)))
    for row in rows:
        erase_person(session, row.id, by=by, now=now)


def _end_contacts(session: Session, ids: Collection[UUID], *, by: str, now: datetime) -> None:
    contacts = session.scalars(select(ContactRow).where(ContactRow.person_id.in_(ids)).order_by(ContactRow.id)).all()
    asked = or_(ContactChangeRow.person_id.in_(ids), ContactChangeRow.contact_id.in_([row.id for row in contacts]))
    is_open = ContactChangeRow.decided_at.is_(None) & (ContactChangeRow.expires_at >= now)
    for change_id in session.scalars(select(ContactChangeRow.id).where(asked, is_open).order_by(ContactChangeRow.id)):
        decide_contact_change(session, change_id, is_agreed=False, by=by, now=now)
    for row in contacts:
        if row.ended_at is None:
            remove_contact(session, row.id, by=by, now=now)
    theirs = select(LinkRow.id).where(LinkRow.contact_id.in_([row.id for row in contacts]))
    session.execute(delete(DraftRow).where(DraftRow.link_id.in_(theirs)))


def _end_officer(session: Session, ids: Collection[UUID]) -> None:
    """Take away everything that an officer could sign in with; the id stays with what they did."""
    rows = session.scalars(select(OfficerRow).where(OfficerRow.person_id.in_(ids)).order_by(OfficerRow.id)).all()
    for row in rows:
        row.state, row.weekly_digest, row.password_hash, row.sealed_secret = OfficerState.DISABLED, False, "", ""
    officers = [row.id for row in rows]
    for table in (OfficerSessionRow, RecoveryCodeRow, InvitationRow):
        session.execute(delete(table).where(table.officer_id.in_(officers)))


def _end_links_and_sessions(session: Session, now: datetime) -> None:
    """What was handed out after the backup was made is not known, and what was ended since would be good again."""
    session.execute(
        update(LinkRow).where(LinkRow.used_at.is_(None), LinkRow.revoked_at.is_(None)).values(revoked_at=now)
    )
    is_asked = ContactChangeRow.decided_at.is_(None) & (ContactChangeRow.expires_at > now)
    session.execute(update(ContactChangeRow).where(is_asked).values(expires_at=now))
    session.execute(update(OfficerSessionRow).where(OfficerSessionRow.ended_at.is_(None)).values(ended_at=now))
    is_open = InvitationRow.used_at.is_(None) & InvitationRow.revoked_at.is_(None)
    session.execute(update(InvitationRow).where(is_open).values(revoked_at=now))
