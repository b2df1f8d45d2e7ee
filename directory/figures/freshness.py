"""How current the directory is: how much of it was confirmed, and how long ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.organisations.models import OrganisationRow
from directory.organisations.rules import ConfirmedBy, State

A_DAY = timedelta(days=1)
A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Freshness:
    """The figures that the public sees. A date taken over from another directory is no confirmation of ours."""

    entries: int
    """Public entries."""
    within_a_year: int
    """Of those, confirmed in the last 365 days."""
    never: int
    """Of those, never confirmed."""
    median_days: int | None
    """Half of the confirmed entries were confirmed at most so many days ago; None where there are none."""

    @property
    def share(self) -> float:
        """Part of the public entries that was confirmed within a year, from 0 to 1."""
        return self.within_a_year / self.entries if self.entries else 0.0


def freshness(session: Session, now: datetime) -> Freshness:
    """The figures as they are now."""
    found = session.execute(
        select(OrganisationRow.confirmed_at, OrganisationRow.confirmed_by)
        .where(OrganisationRow.state == State.PUBLIC)
        .order_by(OrganisationRow.id)
    )
    return measure([at if by is not ConfirmedBy.ANOTHER_DIRECTORY else None for at, by in found], now)


def measure(confirmed: Sequence[datetime | None], now: datetime) -> Freshness:
    """The figures of entries that were confirmed at these moments (None: never)."""
    ages = [(now - moment) / A_DAY for moment in confirmed if moment is not None]
    return Freshness(
        entries=len(confirmed),
        within_a_year=sum(age <= A_YEAR for age in ages),
        never=len(confirmed) - len(ages),
        median_days=max(0, int(median(ages))) if ages else None,
    )
