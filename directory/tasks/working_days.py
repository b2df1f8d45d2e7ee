"""Working days and hours in England: mails and tasks fall on them."""

from datetime import date, datetime, time, timedelta
from functools import cache

from holidays import country_holidays

from directory.clock import LONDON

OPENS, CLOSES = time(9), time(17)
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether `day` is from Monday to Friday and no bank holiday of England."""
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


def same_or_next_working_day(day: date) -> date:
    """`day` if it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def is_working_time(moment: datetime) -> bool:
    """Whether it is from 9 to 17 on a working day in London."""
    local = moment.astimezone(LONDON)
    return is_working_day(local.date()) and OPENS <= local.time() < CLOSES


def same_or_next_working_time(moment: datetime) -> datetime:
    """`moment` if it is in working hours, else nine o'clock of the working day that begins next."""
    if is_working_time(moment):
        return moment
    local = moment.astimezone(LONDON)
    day = local.date() + timedelta(days=local.time() >= CLOSES)
    return datetime.combine(same_or_next_working_day(day), OPENS, tzinfo=LONDON)


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and with `end`; 0 if `end` is not later."""
    return sum(is_working_day(start + timedelta(days=n + 1)) for n in range((end - start).days))


def working_days_before(day: date, number: int) -> date:
    """The latest day after which so many working days lie, up to and with `day`."""
    earlier = day
    while working_days_between(earlier, day) < number:
        earlier -= timedelta(days=1)
    return earlier


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))
