"""The half years that reports are about, from January to June and from July to December, as days in London."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Self

from directory.clock import LONDON
from directory.errors import DomainError

_JULY = 7


class PeriodUnknown(DomainError):
    """This names no half year that a report can be about."""


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """One half of a year: the first or the second."""

    year: int
    half: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The half year in which a day lies."""
        return cls(day.year, 1 if day.month < _JULY else 2)

    @property
    def code(self) -> str:
        """Its name in addresses and files: `2026-1`."""
        return f"{self.year}-{self.half}"

    @property
    def before(self) -> Self:
        """The half year before."""
        return type(self)(self.year, 1) if self.half > 1 else type(self)(self.year - 1, 2)

    @property
    def after(self) -> Self:
        """The half year after."""
        return type(self)(self.year, 2) if self.half == 1 else type(self)(self.year + 1, 1)

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        return date(self.year, 1 if self.half == 1 else _JULY, 1)

    @property
    def start(self) -> datetime:
        """The moment at which it begins."""
        return datetime.combine(self.first_day, time(), LONDON)

    @property
    def end(self) -> datetime:
        """The moment at which the next one begins."""
        return self.after.start


def half_years(since: date, today: date) -> tuple[HalfYear, ...]:
    """The half years from that of one day to that of another, the newest first."""
    oldest, found = HalfYear.of(since), [HalfYear.of(today)]
    while found[-1] > oldest:
        found.append(found[-1].before)
    return tuple(found)


def half_year(code: str, among: tuple[HalfYear, ...]) -> HalfYear:
    """The one of these with this code. Raises PeriodUnknown."""
    for one in among:
        if one.code == code:
            return one
    raise PeriodUnknown(code)
