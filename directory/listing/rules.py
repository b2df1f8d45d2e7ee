"""The states of hiding an entry, the policy of who can be listed, and what goes wrong in both."""

from enum import StrEnum

from directory.errors import DomainError


class HidingState(StrEnum):
    """Where it stands with taking an entry away from the public."""

    WAITING = "waiting"
    """For a second officer: nobody else offers what the entry does."""
    HIDDEN = "hidden"
    REFUSED = "refused"
    """The entry stayed public: the second officer said no, or whoever asked took it back."""
    ENDED = "ended"
    """The entry was hidden, and is shown again."""


class Criterion(StrEnum):
    """What an organisation must be to be listed, as `/kept-current` tells the public."""

    HELPS_THE_TARGETED = "helps_the_targeted"
    OPEN_TO_HARINGEY = "open_to_haringey"
    REACHABLE = "reachable"
    CLEAR_COST = "clear_cost"


class HidingUnknown(DomainError):
    """Nobody has asked for this entry to be hidden."""


class HidingAsked(DomainError):
    """Somebody has asked already, and a second officer is to decide."""


class HidingDecided(DomainError):
    """Somebody was faster: it is decided already."""


class AnotherOfficerNeeded(DomainError):
    """Whoever asks for the only match to be hidden cannot be the one who agrees."""


class ChangesWaiting(DomainError):
    """Changes of the entry wait for a decision, which comes first."""


class SameEntry(DomainError):
    """An entry cannot be joined with itself."""


class MemoryUnknown(DomainError):
    """There is nothing of this kind that is not to be listed again."""
