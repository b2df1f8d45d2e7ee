"""Invitations: the link by which an officer chooses what they sign in with. Nothing here commits.

Opening it changes nothing. It is good once, for some days, and until a newer one is issued.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from directory import audit
from directory.accounts.codes import new_recovery_code, step_of, tidy_code
from directory.accounts.keys import AccountKeys
from directory.accounts.models import InvitationRow, OfficerRow, RecoveryCodeRow
from directory.accounts.queries import Officer, officer_of
from directory.accounts.rules import (
    LINK_DAYS,
    RECOVERY_CODES,
    CodeRefused,
    InvitationOver,
    InvitationUnknown,
    OfficerState,
    Purpose,
)
from directory.checks.links import SKEW, new_link_id
from directory.outbox.message import MailKind, Message
from directory.outbox.operations import enqueue

JOIN = "officer-join"
"""The purpose, and so the salt, of links by which officers choose what they sign in with."""
MAILS = {Purpose.INVITE: MailKind.OFFICER_INVITED, Purpose.RESET: MailKind.OFFICER_RESET}


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A link that is good, and for whom."""

    id: str
    purpose: Purpose
    officer: Officer
    expires_at: datetime


def issue_invitation(
    session: Session, officer_id: UUID, purpose: Purpose, *, now: datetime, good_for: timedelta = timedelta(LINK_DAYS)
) -> str:
    """Make a link in the place of all that the officer had before; its id."""
    revoke_invitations(session, officer_id, now)
    invitation_id = new_link_id()
    session.add(
        InvitationRow(
            id=invitation_id,
            officer_id=officer_id,
            purpose=purpose,
            issued_at=now,
            expires_at=now + good_for,
            used_at=None,
            revoked_at=None,
        )
    )
    return invitation_id


def mail_invitation(session: Session, invitation_id: str, now: datetime) -> None:
    """Send the link to its officer."""
    session.flush()  # the row was added just before
    row = session.get_one(InvitationRow, invitation_id)
    person_id = session.get_one(OfficerRow, row.officer_id).person_id
    message = Message(kind=MAILS[row.purpose], person_id=person_id, language="en", link_ids=(invitation_id,))
    enqueue(session, message, now=now)


def revoke_invitations(session: Session, officer_id: UUID, now: datetime) -> None:
    """End what links an officer has that were not used."""
    session.execute(
        update(InvitationRow)
        .where(
            InvitationRow.officer_id == officer_id,
            InvitationRow.used_at.is_(None),
            InvitationRow.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )


def open_invitation(session: Session, invitation_id: str, now: datetime) -> Invitation:
    """An invitation that is good. Raises InvitationUnknown or InvitationOver."""
    row = session.get(InvitationRow, invitation_id, populate_existing=True)
    if row is None:
        raise InvitationUnknown(invitation_id)
    if row.used_at is not None or row.revoked_at is not None or now > row.expires_at + SKEW:
        raise InvitationOver(invitation_id)
    officer = officer_of(session, row.officer_id)
    return Invitation(id=row.id, purpose=row.purpose, officer=officer, expires_at=row.expires_at)


def use_invitation(session: Session, invitation_id: str, now: datetime) -> Invitation:
    """Use up an invitation: of two at the same time one does. Raises as `open_invitation`."""
    opened = open_invitation(session, invitation_id, now)
    used = session.scalars(
        update(InvitationRow)
        .where(InvitationRow.id == opened.id, InvitationRow.used_at.is_(None), InvitationRow.revoked_at.is_(None))
        .values(used_at=now)
        .returning(InvitationRow.id)
    ).one_or_none()
    if used is None:
        raise InvitationOver(invitation_id)
    return opened


def join(
    session: Session,
    invitation_id: str,
    *,
    password_hash: str,
    code_secret: str,
    code: str,
    keys: AccountKeys,
    now: datetime,
) -> Sequence[str]:
    """Take what an officer will sign in with; the recovery codes, which nobody can show again.

    The passphrase was checked and hashed before, since that takes long. Raises CodeRefused unless the app with this
    secret shows the code now, and as `open_invitation`.
    """
    step = step_of(code_secret, tidy_code(code), now)
    if step is None:
        raise CodeRefused
    officer = use_invitation(session, invitation_id, now).officer
    row = session.get_one(OfficerRow, officer.id)
    row.state, row.password_hash = OfficerState.ACTIVE, password_hash
    row.sealed_secret, row.last_code_step = keys.seal(code_secret), step
    audit.record(session, actor=officer.actor, action="officer_joined", now=now, subject=str(officer.id))
    return renew_recovery_codes(session, officer.id, keys)


def renew_recovery_codes(session: Session, officer_id: UUID, keys: AccountKeys) -> Sequence[str]:
    """Make new codes for paper in the place of the old ones; only their hashes are stored."""
    codes = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.officer_id == officer_id))
    session.add_all(
        RecoveryCodeRow(officer_id=officer_id, digest=keys.recovery_digest(officer_id, tidy_code(code)), used_at=None)
        for code in codes
    )
    return codes
