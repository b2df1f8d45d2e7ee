"""One entry as officers see it at a glance: how it stands, how it is kept, who is asked, and what was said about it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from directory.changes.models import ChangeRow
from directory.changes.rules import ChangeState
from directory.checks.models import CheckRow, ContactRow, KeepingRow, LinkRow
from directory.checks.rules import ContactState, ContactUnknown, Way
from directory.organisations.models import NoteRow, OrganisationRow, SlugRow
from directory.organisations.queries import OrganisationNotFound
from directory.organisations.rules import State
from directory.organisations.standing import Standing
from directory.people.models import PersonRow

MOST_LINKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How an entry is kept."""

    way: Way
    source_to_check: str
    period_days: int
    period_is_set: bool
    due_on: date
    paused_until: date | None
    pause_reason: str
    do_not_email: bool
    asked_since: datetime | None
    """When the round of asking began that is going on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """An entry without what it says."""

    id: UUID
    slug: str
    name: str
    website: str
    state: State
    revision: int
    joined_into: UUID | None
    edited_at: datetime
    edited_by: str
    standing: Standing
    kept: Kept | None
    """None before the first round has looked at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """An update contact with who reads it."""

    id: UUID
    organisation_id: UUID
    position: int
    email: str
    name: str
    role: str
    language: str
    state: ContactState
    since: datetime
    has_ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link that was sent."""

    email: str
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None
    is_revoked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """A note of an officer."""

    text: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWaiting:
    """A change that waits for a decision."""

    id: UUID
    submitted_at: datetime


def overview(session: Session, organisation_id: UUID) -> Overview:
    """One entry at a glance, in one query. Raises OrganisationNotFound."""
    found = session.execute(
        select(OrganisationRow, SlugRow.slug, KeepingRow, CheckRow.started_at)
        .join(SlugRow, (SlugRow.organisation_id == OrganisationRow.id) & SlugRow.is_current)
        .outerjoin(KeepingRow, KeepingRow.organisation_id == OrganisationRow.id)
        .outerjoin(CheckRow, (CheckRow.organisation_id == OrganisationRow.id) & CheckRow.ended_at.is_(None))
        .where(OrganisationRow.id == organisation_id)
    ).one_or_none()
    if found is None:
        raise OrganisationNotFound(str(organisation_id))
    row, slug, keeping, asked_since = found
    return Overview(
        id=row.id,
        slug=slug,
        name=row.name,
        website=row.website,
        state=row.state,
        revision=row.revision,
        joined_into=row.joined_into,
        edited_at=row.edited_at,
        edited_by=row.edited_by,
        standing=Standing(
            confirmed_at=row.confirmed_at,
            confirmed_by=row.confirmed_by,
            overdue_since=row.overdue_since,
            told_changed_on=row.told_changed_on,
            told_closed_on=row.told_closed_on,
        ),
        kept=None if keeping is None else _kept(keeping, asked_since),
    )


def contact_views(session: Session, organisation_id: UUID) -> tuple[ContactView, ...]:
    """The update contacts of an entry, first and second, in any state."""
    query = _contacts().where(ContactRow.organisation_id == organisation_id, ContactRow.ended_at.is_(None))
    return tuple(_contact(row, person) for row, person in session.execute(query.order_by(ContactRow.position)))


def contact_view(session: Session, organisation_id: UUID, contact_id: UUID) -> ContactView:
    """One update contact of this entry. Raises ContactUnknown."""
    query = _contacts().where(ContactRow.id == contact_id, ContactRow.organisation_id == organisation_id)
    found = session.execute(query).one_or_none()
    if found is None:
        raise ContactUnknown(str(contact_id))
    return _contact(*found)


def last_links(session: Session, organisation_id: UUID) -> tuple[LinkView, ...]:
    """The newest links that were sent, with to whom."""
    found = session.execute(
        select(LinkRow, PersonRow.email)
        .join(ContactRow, ContactRow.id == LinkRow.contact_id)
        .join(PersonRow, PersonRow.id == ContactRow.person_id)
        .where(LinkRow.organisation_id == organisation_id)
        .order_by(LinkRow.issued_at.desc(), LinkRow.id)
        .limit(MOST_LINKS)
    )
    return tuple(
        LinkView(
            email=email,
            issued_at=row.issued_at,
            expires_at=row.expires_at,
            used_at=row.used_at,
            is_revoked=row.revoked_at is not None,
        )
        for row, email in found
    )


def notes_of(session: Session, organisation_id: UUID) -> tuple[NoteView, ...]:
    """The notes about an entry, the newest first."""
    query = select(NoteRow).where(NoteRow.organisation_id == organisation_id)
    rows = session.scalars(query.order_by(NoteRow.number.desc()))
    return tuple(NoteView(text=row.text, at=row.written_at, by=row.written_by) for row in rows)


def changes_waiting(session: Session, organisation_id: UUID) -> tuple[ChangeWaiting, ...]:
    """The changes of an entry that wait, the oldest first."""
    query = select(ChangeRow.id, ChangeRow.submitted_at).where(
        ChangeRow.organisation_id == organisation_id, ChangeRow.state == ChangeState.WAITING
    )
    rows = session.execute(query.order_by(ChangeRow.submitted_at, ChangeRow.id))
    return tuple(ChangeWaiting(id=row.id, submitted_at=row.submitted_at) for row in rows)


def _kept(row: KeepingRow, asked_since: datetime | None) -> Kept:
    return Kept(
        way=row.way,
        source_to_check=row.source_to_check,
        period_days=row.period_days,
        period_is_set=row.period_is_set,
        due_on=row.due_on,
        paused_until=row.paused_until,
        pause_reason=row.pause_reason,
        do_not_email=row.do_not_email,
        asked_since=asked_since,
    )


def _contacts() -> Select[ContactRow, PersonRow]:
    return select(ContactRow, PersonRow).join(PersonRow, PersonRow.id == ContactRow.person_id)


def _contact(row: ContactRow, person: PersonRow) -> ContactView:
    return ContactView(
        id=row.id,
        organisation_id=row.organisation_id,
        position=row.position,
        email=person.email,
        name=person.name,
        role=person.role,
        language=row.language,
        state=row.state,
        since=row.since,
        has_ended=row.ended_at is not None,
    )
