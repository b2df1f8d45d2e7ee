"""What is wrong with a file, or worth knowing about it, each at its row and column."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What the rows of an entry can have wrong, beside what single cells and details can."""

    DISAGREES = "disagrees"
    """Rows of one record say different things about it."""
    NO_NUMBER = "no_number"
    """Facts about a phone without its number."""
    WITHHELD = "withheld"
    """A private address would become public: only an officer does that, in the entry itself."""
    NO_SUCH_ENTRY = "no_such_entry"
    """The id of an entry that there is not."""
    NO_SUCH_REVISION = "no_such_revision"
    HIDDEN = "hidden"
    """The entry is hidden: it must be shown again first."""
    IN_FUTURE = "in_future"
    NO_NAME = "no_name"
    """A row without the name of an organisation."""
    UNKNOWN_ORGANISATION = "unknown_organisation"
    """It is part of an entry that there is not."""
    TOO_MANY_ROWS = "too_many_rows"
    """One organisation has more rows than any could."""


class Remark(StrEnum):
    """What was done with a cell that could not be taken as it is."""

    HOURS_AS_WORDS = "hours_as_words"
    KIND_ASSUMED = "kind_assumed"
    SERVICE_NAMED = "service_named"
    """A service without a name is called as its organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One of them. `what` is a value of Fault, Remark, `CellFault` or `Problem`; `column` the key of a slot."""

    row: int
    what: str
    column: str = ""
    text: str = ""
    words: tuple[str, ...] = ()
    """Terms that are unknown, or the words that would be right."""
    is_remark: bool = False
