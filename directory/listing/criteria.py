"""What entries an officer looks for, as a frozen value."""

from dataclasses import dataclass
from enum import StrEnum

from directory.checks.rules import Way
from directory.organisations.details import OrganisationKind
from directory.organisations.rules import State


class Sign(StrEnum):
    """What is the matter with an entry, or with how it is kept."""

    DUE = "due"
    """The day of its check has come."""
    OVERDUE = "overdue"
    """The public reads that it was not confirmed in time."""
    NEVER_CONFIRMED = "never_confirmed"
    NO_CONTACT = "no_contact"
    """Nobody can be asked by email."""
    BOUNCING = "bouncing"
    PAUSED = "paused"
    TOLD_CHANGED = "told_changed"
    TOLD_CLOSED = "told_closed"


class Sort(StrEnum):
    """The order of the list."""

    NAME = "name"
    DUE = "due"
    """The check that is due first comes first."""
    CONFIRMED = "confirmed"
    """Never confirmed first, then the longest ago."""
    EDITED = "edited"
    """Edited last first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCriteria:
    """What was asked for; nothing of it narrows where it is empty."""

    words: str = ""
    """Looked for in names, addresses of pages, numbers of charities and companies, and phone numbers."""
    state: State | None = None
    way: Way | None = None
    sign: Sign | None = None
    kind: OrganisationKind | None = None
    ground: str = ""
    language: str = ""
    service_kind: str = ""
    sort: Sort = Sort.NAME
