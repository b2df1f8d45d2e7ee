"""Reading officers and what they sign in with. Nothing here writes."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from directory.accounts.models import OfficerRow, OfficerSessionRow, RecoveryCodeRow
from directory.accounts.rules import OfficerState, OfficerUnknown, Role, is_session_over
from directory.people.models import PersonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """An officer as pages show one."""

    id: UUID
    person_id: UUID
    name: str
    email: str
    role: Role
    state: OfficerState
    weekly_digest: bool
    created_at: datetime
    last_signed_in_at: datetime | None = None
    """As far back as sessions are kept; not filled in for whoever is signed in."""

    @property
    def actor(self) -> str:
        """The officer in audit events, revisions and decisions."""
        return f"officer:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a try to sign in is compared with."""

    officer_id: UUID
    state: OfficerState
    password_hash: str = field(repr=False)
    sealed_secret: str = field(repr=False)


def officer_of(session: Session, officer_id: UUID) -> Officer:
    """One officer, in any state. Raises OfficerUnknown."""
    found = session.execute(_with_last_session().where(OfficerRow.id == officer_id)).one_or_none()
    if found is None:
        raise OfficerUnknown(str(officer_id))
    return _officer(found.OfficerRow, found.PersonRow, found.at)


def officers(session: Session) -> tuple[Officer, ...]:
    """All officers by name, each with when they signed in last."""
    found = session.execute(_with_last_session().order_by(PersonRow.name, OfficerRow.id))
    return tuple(_officer(row.OfficerRow, row.PersonRow, row.at) for row in found)


def signed_in(session: Session, session_id: str, now: datetime) -> Officer | None:
    """The officer of a session; None if it is over, or the officer may not sign in any more."""
    found = session.execute(
        _with_people()
        .add_columns(OfficerSessionRow.started_at, OfficerSessionRow.ended_at)
        .join(OfficerSessionRow, OfficerSessionRow.officer_id == OfficerRow.id)
        .where(OfficerSessionRow.id == session_id, OfficerRow.state == OfficerState.ACTIVE)
    ).one_or_none()
    if found is None or is_session_over(started_at=found.started_at, ended_at=found.ended_at, now=now):
        return None
    return _officer(found.OfficerRow, found.PersonRow)


def credentials_at(session: Session, email: str) -> Credentials | None:
    """What the officer with this address signs in with."""
    found = session.scalars(
        select(OfficerRow).join(PersonRow, PersonRow.id == OfficerRow.person_id).where(PersonRow.email == email)
    ).one_or_none()
    return None if found is None else credentials(found)


def credentials_of(session: Session, officer_id: UUID) -> Credentials:
    """What an officer signs in with. Raises OfficerUnknown."""
    row = session.get(OfficerRow, officer_id)
    if row is None:
        raise OfficerUnknown(str(officer_id))
    return credentials(row)


def credentials(row: OfficerRow) -> Credentials:
    """What an officer signs in with."""
    return Credentials(
        officer_id=row.id, state=row.state, password_hash=row.password_hash, sealed_secret=row.sealed_secret
    )


def recovery_codes_left(session: Session, officer_id: UUID) -> int:
    """How many codes on an officer's paper are good still."""
    query = select(func.count()).where(RecoveryCodeRow.officer_id == officer_id, RecoveryCodeRow.used_at.is_(None))
    return session.scalars(query).one()


def _with_people() -> Select[OfficerRow, PersonRow]:
    return select(OfficerRow, PersonRow).join(PersonRow, PersonRow.id == OfficerRow.person_id)


def _with_last_session() -> Select[OfficerRow, PersonRow, datetime]:
    last = (
        select(OfficerSessionRow.officer_id, func.max(OfficerSessionRow.started_at).label("at"))
        .group_by(OfficerSessionRow.officer_id)
        .subquery()
    )
    return _with_people().add_columns(last.c.at).outerjoin(last, last.c.officer_id == OfficerRow.id)


def _officer(row: OfficerRow, person: PersonRow, last_signed_in_at: datetime | None = None) -> Officer:
    return Officer(
        id=row.id,
        person_id=row.person_id,
        name=person.name,
        email=person.email,
        role=row.role,
        state=row.state,
        weekly_digest=row.weekly_digest,
        created_at=row.created_at,
        last_signed_in_at=last_signed_in_at,
    )
