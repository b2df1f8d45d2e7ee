"""How current the directory is: how much of it was confirmed, and how long ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, case, cast, extract, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from directory.checks.models import KeepingRow
from directory.checks.rules import LONGEST_PERIOD
from directory.organisations.models import OrganisationRow
from directory.organisations.rules import ConfirmedBy, State

A_DAY = 24 * 60 * 60
A_YEAR = 365
"""Days."""


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
        select(confirmed_by_us(), period_of())
        .outerjoin(KeepingRow, KeepingRow.organisation_id == OrganisationRow.id)
        .where(OrganisationRow.state == State.PUBLIC)
        .order_by(OrganisationRow.id)
    )
    moment = now.timestamp()
    return measure([(age(at, moment), period) for at, period in found])


def measure(ages: Sequence[tuple[float | None, int]]) -> Freshness:
    """The figures of entries confirmed so many days ago (None: never), each with the days that this is good for."""
    known = [(days, period) for days, period in ages if days is not None]
    return Freshness(
        entries=len(ages),
        in_period=sum(days <= period for days, period in known),
        within_a_year=sum(days <= A_YEAR for days, _ in known),
        never=len(ages) - len(known),
        median_days=max(0, int(median(days for days, _ in known))) if known else None,
    )


def age(at: int | None, moment: float) -> float | None:
    """Days from one second to another."""
    return None if at is None else (moment - at) / A_DAY


def seconds(moment: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[int]:
    """A stored moment as a whole number, which is read many times faster than as a date."""
    return cast(extract("epoch", moment), BigInteger)


def confirmed_by_us() -> ColumnElement[int | None]:
    """The second in which an entry was last confirmed by its organisation or an officer."""
    is_ours = OrganisationRow.confirmed_by != ConfirmedBy.ANOTHER_DIRECTORY
    return case((is_ours, seconds(OrganisationRow.confirmed_at)))


def period_of() -> ColumnElement[int]:
    """The days within which an entry is to be confirmed again; a year where no round has looked at it yet."""
    return func.coalesce(KeepingRow.period_days, LONGEST_PERIOD)
