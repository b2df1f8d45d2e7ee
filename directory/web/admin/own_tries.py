"""Tries of somebody who is signed in: a session that was left open is no place to guess its owner's secrets."""

from directory import clock
from directory.accounts.signing_in import count_try
from directory.web.admin.access import account_keys, current_officer
from directory.web.transaction import transaction


def own_tries() -> str:
    """Under what they are counted."""
    return account_keys().tries_digest(f"signed in {current_officer().id}")


def count_own_try() -> None:
    """Count one more, whatever comes of it. Raises TooManyTries."""
    with transaction() as session:
        count_try(session, own_tries(), whose=None, now=clock.now())
