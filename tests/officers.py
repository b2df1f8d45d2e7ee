"""Officers for tests: who can sign in, with what."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from directory.accounts.codes import current_code
from directory.accounts.keys import AccountKeys
from directory.accounts.models import OfficerRow
from directory.accounts.passphrases import hash_passphrase
from directory.accounts.rules import OfficerState, Role
from directory.people.operations import remember_person
from tests.factories import NOW

SECRET_KEY = "a key that only the tests know, long enough"
KEYS = AccountKeys(SECRET_KEY)
PASSPHRASE = "a long walk beside the river Lea"
CODE_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OFFICERS = {role: UUID(int=number) for number, role in enumerate(Role, start=1)}
"""The id of the officer of each role whom a desk of the tests has."""
_HASH = hash_passphrase(PASSPHRASE)


def add_officer(
    session: Session,
    role: Role = Role.OFFICER,
    *,
    name: str = "",
    officer_id: UUID | None = None,
    state: OfficerState = OfficerState.ACTIVE,
    now: datetime = NOW,
) -> UUID:
    """An officer at `<name>@council.example`, who signs in with PASSPHRASE and the codes of CODE_SECRET."""
    held, word = officer_id or uuid4(), name or role.value
    person_id = remember_person(session, now=now, name=word.title(), email=f"{word}@council.example")
    session.add(
        OfficerRow(
            id=held,
            person_id=person_id,
            role=role,
            state=state,
            password_hash=_HASH,
            sealed_secret=KEYS.seal(CODE_SECRET),
            last_code_step=0,
            weekly_digest=False,
            created_at=now,
        )
    )
    session.flush()
    return held


def code_at(now: datetime) -> str:
    """What the app of each of them shows."""
    return current_code(CODE_SECRET, now)
