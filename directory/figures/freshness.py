"""How current the directory is: how much of it was confirmed, and how long ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.checks.models import KeepingRow
from directory.checks.rules import LONGEST_PERIOD
from directory.organisations.models import OrganisationRow
from directory.organisations.rules import ConfirmedBy, State

A_DAY = timedelta(days=1)
A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Confirmation:
    """When an entry was last confirmed (None: never), and how many days that is good for."""

    at: datetime | None
    period: int = LONGEST_PERIOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """The figures that the public sees. A date taken over from another directory is no confirmation of ours."""

    entries: int
    """Public entries."""
    in_period: int
    """Of those, confirmed within the period of their own in which they are checked."""
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

    @property
    def share_in_period(self) -> float:
        """Part of the public entries that was confirmed within its own period, from 0 to 1."""
        return self.in_period / self.entries if self.entries else 0.0


def freshness(session: Session, now: datetime) -> Freshness:
    """The figures as they are now."""
    found = session.execute(
        select(
            OrganisationRow.confirmed_at,
            OrganisationRow.confirmed_by,
            func.coalesce(KeepingRow.period_days, LONGEST_PERIOD),
        )
        .outerjoin(KeepingRow, KeepingRow.organisation_id == OrganisationRow.id)
        .where(OrganisationRow.state == State.PUBLIC)
        .order_by(OrganisationRow.id)
    )
    ours = (Confirmation(None if by is ConfirmedBy.ANOTHER_DIRECTORY else at, period) for at, by, period in found)
    return measure(tuple(ours), now)


def measure(confirmed: Sequence[Confirmation], now: datetime) -> Freshness:
    """The figures of entries that were confirmed so."""
    ages = [((now - one.at) / A_DAY, one.period) for one in confirmed if one.at is not None]
    return Freshness(
        entries=len(confirmed),
        in_period=sum(age <= period for age, period in ages),
        within_a_year=sum(age <= A_YEAR for age, _ in ages),
        never=len(confirmed) - len(ages),
        median_days=max(0, int(median(age for age, _ in ages))) if ages else None,
    )
