"""Mail to update contacts that came back. Nothing here commits."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory import audit
from directory.checks.keeping import day_of, locked_keeping
from directory.checks.models import ContactRow
from directory.checks.queries import contact, reachable_contacts
from directory.checks.rules import ContactState, Ladder
from directory.checks.unreached import Why, tell_unreached
from directory.people.models import PersonRow
from directory.tasks.operations import open_task
from directory.tasks.rules import TaskKind

LATER = timedelta(days=7)
"""When the task is due that can wait, since there is a second contact."""


def bounce(session: Session, contact_id: UUID, *, now: datetime, ladder: Ladder, code: str = "") -> None:
    """Mail to this contact came back: it is not mailed any more, and the other contact is told.

    Finding a better address is a task, due at once where there is nobody else to ask. Raises ContactUnknown.
    """
    _all_bounce(session, (contact_id,), now, ladder, code)


def bounce_address_of(session: Session, person_id: UUID, *, now: datetime, ladder: Ladder, code: str = "") -> None:
    """Mail to this person came back: so will all mail to the same address, for whichever entry."""
    address = select(func.lower(PersonRow.email)).where(PersonRow.id == person_id, PersonRow.email != "")
    bounced = reachable_contacts().where(func.lower(PersonRow.email).in_(address)).with_only_columns(ContactRow.id)
    _all_bounce(session, session.scalars(bounced).all(), now, ladder, code)


def _all_bounce(session: Session, contact_ids: Collection[UUID], now: datetime, ladder: Ladder, code: str) -> None:
    bounced = [row for row in (contact(session, contact_id) for contact_id in contact_ids) if _is_asked(row)]
    for row in bounced:
        locked_keeping(session, row.organisation_id, now).looked_on = None
        row.state = ContactState.BOUNCING
    session.flush()  # the queries for others must not find them
    for row in bounced:
        _find_address(session, row, now, code)
    tell_unreached(session, [row.organisation_id for row in bounced], Why.OTHER_CONTACT, now=now, ladder=ladder)


def _is_asked(row: ContactRow) -> bool:
    return row.state is ContactState.ACTIVE and row.ended_at is None


def _find_address(session: Session, row: ContactRow, now: datetime, code: str) -> None:
    others = reachable_contacts().where(ContactRow.organisation_id == row.organisation_id)
    is_only = session.scalars(others).first() is None
    open_task(
        session,
        kind=TaskKind.BOUNCED,
        key=str(row.id),
        due_on=day_of(now if is_only else now + LATER),
        now=now,
        organisation_id=row.organisation_id,
        contact=str(row.id),
        is_only=is_only,
        code=code,
    )
    audit.record(
        session,
        actor="system",
        action="contact_bouncing",
        now=now,
        organisation_id=row.organisation_id,
        subject=str(row.id),
    )
