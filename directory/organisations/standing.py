"""How far an entry can be trusted today: who last said that it is right, and what is known against it."""

from dataclasses import dataclass
from datetime import date, datetime

from directory.organisations.rules import ConfirmedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the public is told about how current an entry is."""

    confirmed_at: datetime | None = None
    confirmed_by: ConfirmedBy | None = None
    overdue_since: date | None = None
    """The day on which a confirmation was due that has not come for weeks."""
    told_changed_on: date | None = None
    """When the organisation told us of a change that we are still checking."""
    told_closed_on: date | None = None
    """When it told us that it has closed, which we are still checking."""

    @property
    def is_doubtful(self) -> bool:
        """Whether something is known against the entry, so that it ranks lower."""
        return bool(self.overdue_since or self.told_changed_on or self.told_closed_on)

    def version(self, revision: int) -> str:
        """A text that is another one whenever the public sees something else: the revision and how it stands."""
        parts = (
            self.confirmed_at and f"{self.confirmed_at:%Y%m%dT%H%M%S.%f}",
            self.confirmed_by,
            self.overdue_since and f"{self.overdue_since:%Y%m%d}",
            self.told_changed_on and f"{self.told_changed_on:%Y%m%d}",
            self.told_closed_on and f"{self.told_closed_on:%Y%m%d}",
        )
        return "/".join([str(revision), *(str(part or "") for part in parts)])
