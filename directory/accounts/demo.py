"""A manager who is made up, so that the desk can be tried out on a machine of one's own. Nothing here commits."""

import secrets
from datetime import datetime, timedelta

from pyotp import random_base32
from sqlalchemy.orm import Session

from directory.accounts.invitations import issue_invitation, use_invitation
from directory.accounts.keys import AccountKeys
from directory.accounts.models import OfficerRow
from directory.accounts.operations import add_officer
from directory.accounts.passphrases import hash_passphrase
from directory.accounts.queries import credentials_at
from directory.accounts.rules import InvitationUnknown, OfficerState, Purpose, Role
from directory.accounts.sessions import begin_session

DEMO = "demo-sign-in"
"""The purpose, and so the salt, of links that sign in without anything else."""
ADDRESS = "demo@council.example"
GOOD_FOR = timedelta(hours=12)


def demo_link(session: Session, *, keys: AccountKeys, by: str, now: datetime) -> str:
    """Make a link that signs the made-up manager in, once; its id. Links from before are good no more.

    The manager is added if need be, with a passphrase that nobody knows.
    """
    found = credentials_at(session, ADDRESS)
    if found is None:
        officer_id = add_officer(session, name="Demo manager", email=ADDRESS, role=Role.MANAGER, by=by, now=now)
        row = session.get_one(OfficerRow, officer_id)
        row.state, row.password_hash = OfficerState.ACTIVE, hash_passphrase(secrets.token_urlsafe(32))
        row.sealed_secret = keys.seal(random_base32())
    else:
        officer_id = found.officer_id
    return issue_invitation(session, officer_id, Purpose.DEMO, now=now, good_for=GOOD_FOR)


def sign_in_by_link(session: Session, link_id: str, now: datetime) -> str:
    """Use the link and begin a session; its id. Raises InvitationUnknown or InvitationOver."""
    used = use_invitation(session, link_id, now)
    if used.purpose is not Purpose.DEMO:
        raise InvitationUnknown(link_id)
    return begin_session(session, used.officer.id, now)
