"""What roles may do, how long a session lasts, how long somebody who guesses has to wait, and what can be refused."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from directory.errors import DomainError

LONGEST_SESSION = timedelta(hours=8)
IDLE_SESSION = timedelta(minutes=30)
"""After so long without a request a session is over; the cookie holds when the last one was."""
FREE_TRIES = 10
"""So many tries need no waiting; after each one more than that the waiting grows."""
SHORTEST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(hours=24)
"""Tries count until one is right, or none was made for so long."""
LINK_DAYS = 7
"""Days for which an invitation or a new start is good."""
SHORTEST_PASSPHRASE, LONGEST_PASSPHRASE = 15, 200
RECOVERY_CODES = 10


class Role(StrEnum):
    """What an officer may do; each may do all that the one before may."""

    VIEWER = "viewer"
    OFFICER = "officer"
    MANAGER = "manager"

    def may(self, least: "Role") -> bool:
        """Whether this role is enough where `least` is needed."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(least)


class OfficerState(StrEnum):
    """Whether an officer can sign in."""

    INVITED = "invited"
    """Asked to choose a passphrase; nothing can be signed in with yet."""
    ACTIVE = "active"
    DISABLED = "disabled"


class Purpose(StrEnum):
    """What the link of an invitation is for."""

    INVITE = "invite"
    RESET = "reset"
    """A new passphrase and a new code, for somebody who has lost one of them."""
    DEMO = "demo"
    """Signing in on a developer's own machine."""


class PassphraseFault(StrEnum):
    """Why a passphrase is not taken."""

    SHORT = "short"
    LONG = "long"
    GUESSABLE = "guessable"
    """It is in a list of those that were stolen elsewhere, or is put together of such."""


class SignInRefused(DomainError):
    """Address, passphrase and code do not belong together; which of them is wrong is not said."""


class TooManyTries(DomainError):
    """So much was tried that the next try has to wait."""

    def __init__(self, free_at: datetime) -> None:
        super().__init__(free_at.isoformat())
        self.free_at = free_at


class OfficerUnknown(DomainError):
    """There is no such officer."""


class OfficerExists(DomainError):
    """An officer with this address is there already."""


class LastManager(DomainError):
    """Without this manager nobody could manage who may sign in."""


class OfficerStateRefused(DomainError):
    """In the officer's state this cannot be done."""


class InvitationUnknown(DomainError):
    """There is no such invitation."""


class InvitationOver(DomainError):
    """The invitation was used, replaced, taken back, or is too old."""


class PassphraseRefused(DomainError):
    """The passphrase is too short, too long, or too easy to guess."""

    def __init__(self, fault: PassphraseFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class CodeRefused(DomainError):
    """This is not the code that the app shows now."""


def wait_after(tries: int) -> timedelta:
    """How long the next try has to wait after so many that were not right."""
    if tries < FREE_TRIES:
        return timedelta()
    doubled: timedelta = SHORTEST_WAIT * 2 ** min(tries - FREE_TRIES, 10)
    return min(doubled, LONGEST_WAIT)


def is_session_over(*, started_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """Whether a session was ended, or has lasted as long as one may."""
    return ended_at is not None or now >= started_at + LONGEST_SESSION


def is_last_manager(officer: object, active_managers: Collection[object]) -> bool:
    """Whether there would be no manager without this one."""
    return set(active_managers) <= {officer}
