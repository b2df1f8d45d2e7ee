"""What managers may do with officers, and officers with what is their own. Nothing here commits."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory import audit
from directory.accounts.invitations import (
    issue_invitation,
    mail_invitation,
    renew_recovery_codes,
    revoke_invitations,
)
from directory.accounts.keys import AccountKeys
from directory.accounts.models import OfficerRow
from directory.accounts.queries import credentials_at
from directory.accounts.rules import (
    LastManager,
    OfficerExists,
    OfficerState,
    OfficerStateRefused,
    OfficerUnknown,
    Purpose,
    Role,
    is_last_manager,
)
from directory.accounts.sessions import end_sessions
from directory.people.addresses import normalise_email
from directory.people.models import PersonRow
from directory.people.operations import change_person, remember_person


def officer_address(email: str) -> str:
    """The address as officers sign in with it, however it is typed. Raises AddressInvalid."""
    return normalise_email(email).lower()


def add_officer(session: Session, *, name: str, email: str, role: Role, by: str, now: datetime) -> UUID:
    """Add an officer, who is to be invited. Raises AddressInvalid or OfficerExists."""
    _lock_officers(session)
    address = officer_address(email)
    if credentials_at(session, address) is not None:
        raise OfficerExists(role.value)
    officer_id = uuid4()
    session.add(
        OfficerRow(
            id=officer_id,
            person_id=remember_person(session, now=now, name=name, email=address),
            role=role,
            state=OfficerState.INVITED,
            password_hash="",
            sealed_secret="",
            last_code_step=0,
            weekly_digest=False,
            created_at=now,
        )
    )
    session.flush()  # others refer to the row by its id alone
    audit.record(session, actor=by, action="officer_added", now=now, subject=str(officer_id), role=role.value)
    return officer_id


def invite(session: Session, *, name: str, email: str, role: Role, by: str, now: datetime) -> UUID:
    """Add an officer and mail the invitation. Raises AddressInvalid or OfficerExists."""
    officer_id = add_officer(session, name=name, email=email, role=role, by=by, now=now)
    send_invitation(session, officer_id, by=by, now=now)
    return officer_id


def send_invitation(session: Session, officer_id: UUID, *, by: str, now: datetime) -> None:
    """Mail a new link to an officer who has not joined. Raises OfficerUnknown or OfficerStateRefused."""
    row = _locked(session, officer_id)
    if row.state is not OfficerState.INVITED:
        raise OfficerStateRefused(row.state.value)
    mail_invitation(session, issue_invitation(session, officer_id, Purpose.INVITE, now=now), now)
    audit.record(session, actor=by, action="officer_invited", now=now, subject=str(officer_id))


def reset(session: Session, officer_id: UUID, *, by: str, now: datetime, is_mailed: bool = True) -> str:
    """Take away what an officer signs in with, and give a link to choose anew; its id.

    Raises OfficerUnknown, OfficerStateRefused or, where a mail that is lost would leave nobody, LastManager.
    """
    row = _locked(session, officer_id)
    if row.state is OfficerState.DISABLED:
        raise OfficerStateRefused(row.state.value)
    if is_mailed:
        _refuse_last_manager(session, row)
    row.state, row.password_hash, row.sealed_secret = OfficerState.INVITED, "", ""
    end_sessions(session, officer_id, by=by, now=now)
    invitation_id = issue_invitation(session, officer_id, Purpose.RESET, now=now)
    if is_mailed:
        mail_invitation(session, invitation_id, now)
    audit.record(session, actor=by, action="officer_reset", now=now, subject=str(officer_id))
    return invitation_id


def rename(session: Session, officer_id: UUID, name: str, *, by: str, now: datetime) -> None:
    """Call an officer something else. Raises OfficerUnknown, or OfficerStateRefused for somebody who was erased."""
    person = session.get_one(PersonRow, _locked(session, officer_id).person_id, populate_existing=True)
    if person.erased_at is not None:
        raise OfficerStateRefused("erased")
    if name != person.name:
        change_person(session, person.id, name=name, role=person.role)
        audit.record(session, actor=by, action="officer_renamed", now=now, subject=str(officer_id))


def change_role(session: Session, officer_id: UUID, role: Role, *, by: str, now: datetime) -> None:
    """Let an officer do more, or less. Raises OfficerUnknown or LastManager."""
    row = _locked(session, officer_id)
    if role is row.role:
        return
    _refuse_last_manager(session, row)
    before, row.role = row.role, role
    audit.record(
        session,
        actor=by,
        action="officer_role_changed",
        now=now,
        subject=str(officer_id),
        before=before.value,
        role=role.value,
    )


def disable(session: Session, officer_id: UUID, *, by: str, now: datetime) -> None:
    """Let an officer in no more, at once. Raises OfficerUnknown or LastManager."""
    row = _locked(session, officer_id)
    if row.state is OfficerState.DISABLED:
        return
    _refuse_last_manager(session, row)
    row.state = OfficerState.DISABLED
    revoke_invitations(session, officer_id, now)
    end_sessions(session, officer_id, by=by, now=now)
    audit.record(session, actor=by, action="officer_disabled", now=now, subject=str(officer_id))


def enable(session: Session, officer_id: UUID, *, by: str, now: datetime) -> None:
    """Let an officer in again, with what they signed in with before; or by a new invitation.

    Raises OfficerUnknown, or OfficerStateRefused for somebody who was erased.
    """
    row = _locked(session, officer_id)
    if row.state is not OfficerState.DISABLED:
        return
    if session.get_one(PersonRow, row.person_id).erased_at is not None:
        raise OfficerStateRefused("erased")
    row.state = OfficerState.ACTIVE if row.password_hash else OfficerState.INVITED
    audit.record(session, actor=by, action="officer_enabled", now=now, subject=str(officer_id))
    if row.state is OfficerState.INVITED:
        send_invitation(session, officer_id, by=by, now=now)


def sign_out_everywhere(session: Session, officer_id: UUID, *, by: str, now: datetime) -> None:
    """End all sessions of an officer. Raises OfficerUnknown."""
    _locked(session, officer_id)
    end_sessions(session, officer_id, by=by, now=now)


def change_passphrase(session: Session, officer_id: UUID, password_hash: str, *, by: str, now: datetime) -> None:
    """Take a new passphrase, that was checked and hashed before, and end all sessions. Raises OfficerUnknown."""
    row = _locked(session, officer_id)
    row.password_hash = password_hash
    end_sessions(session, officer_id, by=by, now=now)
    audit.record(session, actor=by, action="passphrase_changed", now=now, subject=str(officer_id))


def make_recovery_codes(
    session: Session, officer_id: UUID, keys: AccountKeys, *, by: str, now: datetime
) -> Sequence[str]:
    """Make new codes for paper; the old ones are good no more."""
    codes = renew_recovery_codes(session, officer_id, keys)
    audit.record(session, actor=by, action="recovery_codes_made", now=now, subject=str(officer_id))
    return codes


def set_weekly_digest(session: Session, officer_id: UUID, *, is_wanted: bool, by: str, now: datetime) -> None:
    """Say whether an officer gets the weekly mail. Raises OfficerUnknown."""
    _locked(session, officer_id).weekly_digest = is_wanted
    audit.record(session, actor=by, action="weekly_digest_set", now=now, subject=str(officer_id), is_wanted=is_wanted)


def _refuse_last_manager(session: Session, row: OfficerRow) -> None:
    if row.role is not Role.MANAGER or row.state is not OfficerState.ACTIVE:
        return
    managers = session.scalars(
        select(OfficerRow.id)
        .where(OfficerRow.role == Role.MANAGER, OfficerRow.state == OfficerState.ACTIVE)
        .order_by(OfficerRow.id)
    )
    if is_last_manager(row.id, managers.all()):
        raise LastManager(str(row.id))


def _lock_officers(session: Session) -> None:
    """What is decided by looking at all officers waits for whoever else decides so."""
    session.scalars(select(OfficerRow.id).order_by(OfficerRow.id).with_for_update()).all()


def _locked(session: Session, officer_id: UUID) -> OfficerRow:
    _lock_officers(session)
    row = session.get(OfficerRow, officer_id, populate_existing=True)
    if row is None:
        raise OfficerUnknown(str(officer_id))
    return row
