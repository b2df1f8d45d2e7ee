"""Signing in: tries are counted before anything is compared, and a code counts once. Nothing here commits.

The three steps are apart, so that no transaction is open while a passphrase is hashed, which takes long on purpose.
"""

from datetime import datetime

from sqlalchemy import case, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from directory import audit
from directory.accounts.codes import step_of, tidy_code
from directory.accounts.keys import AccountKeys
from directory.accounts.models import OfficerRow, RecoveryCodeRow, SignInTriesRow
from directory.accounts.passphrases import hash_passphrase, is_outdated
from directory.accounts.queries import Credentials
from directory.accounts.rules import (
    FORGOTTEN_AFTER,
    FREE_TRIES,
    OfficerState,
    SignInRefused,
    TooManyTries,
    wait_after,
)
from directory.accounts.sessions import begin_session

CODE_LENGTH = 6
_NOBODYS_SECRET = "A" * 32  # compared with for an equal time where there is no officer


def count_try(session: Session, digest: str, *, whose: Credentials | None, now: datetime) -> None:
    """Count one more try, and raise TooManyTries instead if it has to wait. Of many at once, each is counted.

    Whoever waits does not make the waiting longer.
    """
    tries = _counted(session, digest, now)
    if tries is None:
        free_at = session.get_one(SignInTriesRow, digest, populate_existing=True).free_at
        raise TooManyTries(free_at)
    session.execute(
        update(SignInTriesRow).where(SignInTriesRow.digest == digest).values(free_at=now + wait_after(tries))
    )
    if tries == FREE_TRIES and whose is not None:
        audit.record(session, actor="public", action="sign_in_slowed", now=now, subject=str(whose.officer_id))


def sign_in(
    session: Session, found: Credentials | None, code: str, *, digest: str, keys: AccountKeys, now: datetime
) -> str:
    """Take the code of whoever gave the right passphrase, and begin a session; its id.

    Raises SignInRefused, for None too. The tries that are counted under `digest` are forgotten.
    """
    typed = tidy_code(code)
    if found is None or found.state is not OfficerState.ACTIVE:
        step_of(_NOBODYS_SECRET, typed, now)
        raise SignInRefused
    is_taken = take_code(session, found, typed, keys, now) if len(typed) == CODE_LENGTH else False
    if not is_taken and not _take_recovery_code(session, found, typed, keys, now):
        raise SignInRefused
    forget_tries(session, digest)
    return begin_session(session, found.officer_id, now)


def take_code(session: Session, found: Credentials, code: str, keys: AccountKeys, now: datetime) -> bool:
    """Whether the code is right and was not taken before; of two at the same time one is."""
    step = step_of(keys.unseal(found.sealed_secret), code, now)
    if step is None:
        return False
    taken = session.scalars(
        update(OfficerRow)
        .where(OfficerRow.id == found.officer_id, OfficerRow.last_code_step < step)
        .values(last_code_step=step)
        .returning(OfficerRow.id)
    ).one_or_none()
    return taken is not None


def renew_hash(session: Session, found: Credentials, passphrase: str) -> None:
    """Hash a passphrase that was right as one is hashed today, if it was hashed in an older way."""
    if is_outdated(found.password_hash):
        session.execute(
            update(OfficerRow)
            .where(OfficerRow.id == found.officer_id, OfficerRow.password_hash == found.password_hash)
            .values(password_hash=hash_passphrase(passphrase))
        )


def forget_tries(session: Session, digest: str) -> None:
    """Somebody was right: what was tried under `digest` counts no more."""
    session.execute(delete(SignInTriesRow).where(SignInTriesRow.digest == digest))


def _take_recovery_code(session: Session, found: Credentials, code: str, keys: AccountKeys, now: datetime) -> bool:
    digest = keys.recovery_digest(found.officer_id, code)
    taken = session.scalars(
        update(RecoveryCodeRow)
        .where(
            RecoveryCodeRow.officer_id == found.officer_id,
            RecoveryCodeRow.digest == digest,
            RecoveryCodeRow.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCodeRow.digest)
    ).one_or_none()
    if taken is not None:
        actor = f"officer:{found.officer_id}"
        audit.record(session, actor=actor, action="recovery_code_used", now=now, subject=str(found.officer_id))
    return taken is not None


def _counted(session: Session, digest: str, now: datetime) -> int | None:
    """The number of tries with this one; None if it has to wait, and is not counted."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    is_forgotten = SignInTriesRow.last_at < now - FORGOTTEN_AFTER
    return session.scalars(
        insert(SignInTriesRow)
        .values(digest=digest, tries=1, last_at=now, free_at=now)
        .on_conflict_do_update(
            index_elements=["digest"],
            set_={"tries": case((is_forgotten, 1), else_=SignInTriesRow.tries + 1), "last_at": now},
            where=SignInTriesRow.free_at <= now,
        )
        .returning(SignInTriesRow.tries)
    ).one_or_none()
