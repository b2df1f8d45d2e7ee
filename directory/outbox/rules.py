"""States of a mail, when it is tried again, and when sending slows down or stops."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from directory.errors import DomainError

RETRY_AFTER = (
    *(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)),
    *(timedelta(hours=hours) for hours in range(4, 73, 4)),
)
"""When a mail that could not be taken is tried again, each counted from the first try."""
LEASE = timedelta(minutes=10)
"""How long a mail belongs to the sender that claimed it; longer than any sending takes."""
RATE, RATE_PERIOD = 10, timedelta(minutes=1)
"""At most so many mails in that time to one domain of recipients."""
BREAKER_WINDOW, BREAKER_MOST = 50, 5
"""Sending stops when more than so many (10 %) of the last fifty bounced hard."""


class OutboxState(StrEnum):
    """Where a mail stands."""

    WAITING = "waiting"
    LEASED = "leased"
    SENT = "sent"
    """The next server has taken it."""
    FAILED = "failed"
    """Tried for three days in vain."""
    REFUSED = "refused"
    """The other side refused it for good."""
    DROPPED = "dropped"
    """There is nobody to send it to any more, or nothing to say."""


class Outcome(StrEnum):
    """What became of a mail that did not arrive, or what it was that came back."""

    REFUSED = "refused"
    GAVE_UP = "gave_up"
    BOUNCED = "bounced"
    """Came back for good: no such mailbox, or it will not have our mail."""
    UNDELIVERED = "undelivered"
    """Came back after days of trying, or since the mailbox is full: the address may still be right."""
    DELAYED = "delayed"
    AUTO_REPLY = "auto_reply"
    RECEIPT = "receipt"
    OTHER = "other"


FAILURES = frozenset({Outcome.REFUSED, Outcome.GAVE_UP, Outcome.BOUNCED, Outcome.UNDELIVERED})
"""The outcomes that mean: this person did not get the mail."""
HARD = frozenset({Outcome.REFUSED, Outcome.BOUNCED})


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome, with the code that the other side gave (`550`, `5.1.1`); its words may hold addresses, and go."""

    outcome: Outcome
    code: str = ""


class MailUnknown(DomainError):
    """There is no such mail in the outbox."""


def retry_at(first_tried_at: datetime, now: datetime) -> datetime | None:
    """When a mail is tried next that has just failed; None when it has been tried for 72 hours."""
    return next((first_tried_at + after for after in RETRY_AFTER if first_tried_at + after > now), None)


def is_stopped(hard_bounces: int) -> bool:
    """Whether so many hard bounces among the last fifty mails mean that something is wrong with us."""
    return hard_bounces > BREAKER_MOST
