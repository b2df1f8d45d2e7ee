"""What the signs are called, how often each is looked for, and what decides whether it becomes a task."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from directory.errors import DomainError


class WebsiteStatus(StrEnum):
    """How a website answered."""

    FINE = "fine"
    RESTRICTED = "restricted"
    """It answered, but not to us: it asks who we are, or dislikes programs. People may well read it."""
    NOT_FOUND = "not_found"
    SERVER_ERROR = "server_error"
    REFUSED = "refused"
    """We do not go there: the address is not public, or no web address."""
    NO_ANSWER = "no_answer"
    NO_NAME = "no_name"
    BAD_CERTIFICATE = "bad_certificate"
    TOO_SLOW = "too_slow"
    TOO_MANY_REDIRECTS = "too_many_redirects"

    @property
    def is_failure(self) -> bool:
        """Whether a reader who follows the link would find nothing."""
        return self not in (WebsiteStatus.FINE, WebsiteStatus.RESTRICTED)

    @property
    def is_silence(self) -> bool:
        """Whether nothing was heard at all, which may be our own line being cut."""
        return self in (WebsiteStatus.NO_ANSWER, WebsiteStatus.NO_NAME, WebsiteStatus.TOO_SLOW)


class NumberFault(StrEnum):
    """Why a stored number cannot be rung."""

    NOT_POSSIBLE = "not_possible"
    """Too long, too short, or not a number."""
    NOT_VALID = "not_valid"
    """No such number is given out (any more)."""


class ProblemKind(StrEnum):
    """What somebody says is wrong with an entry."""

    NUMBER_DEAD = "number_dead"
    WRONG_NUMBER = "wrong_number"
    MOVED = "moved"
    CLOSED = "closed"
    NO_ANSWER = "no_answer"
    OTHER = "other"


class RegisterChange(StrEnum):
    """What a register of charities says that it did not say before."""

    REMOVED = "removed"
    RENAMED = "renamed"


class TooManyWaiting(DomainError):
    """So many suggestions wait for an officer that no more are taken."""


NOT_A_DUPLICATE = "not_a_duplicate"
"""The outcome of a finished task that says: these two are two. It is remembered."""
NUMBER_WORKS = "number_works"
"""The outcome of a finished task that says: rung, and it works. It is remembered."""

FAILURES_FOR_A_TASK = 3
LOOK_AGAIN = timedelta(days=7)
LOOK_AGAIN_AT_A_FAILING_ONE = timedelta(days=1)

MOST_REPORTS_KEPT = 20
"""Reports that are kept with one open task; of more only the number is."""
MOST_SUGGESTIONS_OPEN = 100
LONGEST_TEXT = 1000

NO_ANSWER_DAYS = 2
NO_ANSWER_WITHIN = timedelta(days=60)


def is_due(last_at: datetime, status: WebsiteStatus, now: datetime) -> bool:
    """Whether a website is to be looked at again: weekly, and daily while it fails."""
    return now - last_at >= (LOOK_AGAIN_AT_A_FAILING_ONE if status.is_failure else LOOK_AGAIN)


def failing_days(days: Iterable[str], status: WebsiteStatus, today: date) -> list[str]:
    """The days (ISO) on which a website failed without having been fine since, the newest `FAILURES_FOR_A_TASK`."""
    if not status.is_failure:
        return []
    return sorted({*days, today.isoformat()})[-FAILURES_FOR_A_TASK:]


def asks_for_an_earlier_check(days: Iterable[date], today: date) -> bool:
    """Whether people found nobody there on so many different days of late that the organisation is asked sooner."""
    return len({day for day in days if today - day <= NO_ANSWER_WITHIN}) >= NO_ANSWER_DAYS
