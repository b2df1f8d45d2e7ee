"""Where an import stands, what may become of it, and what goes wrong."""

from datetime import timedelta
from enum import StrEnum

from directory.errors import DomainError


class ImportState(StrEnum):
    """Where an import stands."""

    COLUMNS = "columns"
    """Somebody is to say which column is which."""
    CHECKING = "checking"
    CHECKED = "checked"
    """Somebody is to look at what would change, and decide."""
    SENDING = "sending"
    """Its entries become changes."""
    UNDOING = "undoing"
    """Its changes are being taken back."""
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class EntryState(StrEnum):
    """What is known, or has become, of one organisation of a file."""

    WAITING = "waiting"
    """To be checked."""
    SAME = "same"
    """Our entry says all of it."""
    CHANGED = "changed"
    NEW = "new"
    BROKEN = "broken"
    LEFT_OUT = "left_out"
    SENT = "sent"
    """It is a change that waits for a decision."""
    PUBLISHED = "published"
    """Our entry says it now; a new one is a draft."""
    UNCHANGED = "unchanged"
    """Our entry said all of it when its turn came."""
    TAKEN_BACK = "taken_back"
    DECIDED = "decided"
    """Somebody had decided its change when it was to be taken back."""


class Treatment(StrEnum):
    """What an officer said about an organisation that looks like one of ours."""

    UNDECIDED = "undecided"
    NEW = "new"
    OURS = "ours"
    """It is the entry that it was found to be like."""
    LEAVE_OUT = "leave_out"


AT_WORK = frozenset({ImportState.CHECKING, ImportState.SENDING, ImportState.UNDOING})
"""The states in which the machine has something to do."""
ENDED = frozenset({ImportState.DONE, ImportState.CANCELLED, ImportState.FAILED})
READY = frozenset({EntryState.SAME, EntryState.CHANGED, EntryState.NEW})
"""The entries of a checked import that can go on."""

TRANSITIONS = {
    ImportState.COLUMNS: {ImportState.COLUMNS, ImportState.CHECKING, ImportState.CANCELLED},
    ImportState.CHECKING: {ImportState.CHECKED, ImportState.CANCELLED, ImportState.FAILED},
    ImportState.CHECKED: {
        ImportState.COLUMNS,
        ImportState.CHECKING,
        ImportState.SENDING,
        ImportState.CANCELLED,
    },
    ImportState.SENDING: {ImportState.DONE, ImportState.UNDOING},
    ImportState.UNDOING: {ImportState.CANCELLED, ImportState.FAILED},
    ImportState.DONE: set[ImportState](),
    ImportState.CANCELLED: set[ImportState](),
    ImportState.FAILED: set[ImportState](),
}

LEASE = timedelta(minutes=1)
"""How long one batch may take before another process may go on in its place."""
CHECKED_AT_A_TIME = 50
SENT_AT_A_TIME = 10
"""Entries that become changes in one transaction: others who write wait for it."""
KEPT_UNDECIDED = timedelta(days=14)
"""How long an import may wait for somebody; then it is deleted with its file."""
KEPT_ENDED = timedelta(days=365)
"""How long what became of an import is kept, without the file."""
MOST_ROWS_OF_ONE = 200
"""More rows of one organisation mean that a column was taken for another."""


class ImportUnknown(DomainError):
    """There is no such import."""


class ImportStateRefused(DomainError):
    """An import that stands so cannot go on in this way: somebody was faster, or it is over."""


class NoNameColumn(DomainError):
    """No column tells which organisation a row is about."""


class EntriesUndecided(DomainError):
    """Some organisations look like ones of ours, and nobody has said whether they are."""


class EntriesBroken(DomainError):
    """Some entries have something wrong, and nobody has said that they are to be left out."""


class NothingToSend(DomainError):
    """Nothing in the file would change anything."""


def check_transition(old: ImportState, new: ImportState) -> None:
    """Raise ImportStateRefused unless an import may go from one state to the other."""
    if new not in TRANSITIONS[old]:
        raise ImportStateRefused(f"{old} to {new}")
